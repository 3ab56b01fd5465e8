"""User actions that several screens share."""
