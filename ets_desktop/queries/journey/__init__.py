"""고객여정: everything that happened with a customer, from every table that knows of it.

One statement: a branch for each source (`sources.py`), each walking an index from the newest, and
a merge over their heads. A new source is one line in `registry.py`.
"""
