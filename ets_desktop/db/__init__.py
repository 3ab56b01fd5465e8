"""The database: tables, the engine that owns every transaction, the feed of other desks' news."""
