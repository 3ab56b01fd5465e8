"""Typed tables, one module an area; `every` has them all.

A desk loads those that its services write, two fifths of them: each table costs a login two
milliseconds.
"""
