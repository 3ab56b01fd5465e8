"""Rules as pure functions over small frozen values; nothing here knows a clock or a database."""
