"""Reads: SELECT -> frozen rows, pages by key. Nothing here commits or decides."""
