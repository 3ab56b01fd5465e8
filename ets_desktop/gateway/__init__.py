"""The process beside the database: what happens on the telephone, written down and told."""
