"""Backups of a whole database: made, checked, restored into an empty one, and compared."""
