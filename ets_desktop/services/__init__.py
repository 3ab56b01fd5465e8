"""Commands: verb(session, command) -> Done(value, touched). Nothing here commits."""
