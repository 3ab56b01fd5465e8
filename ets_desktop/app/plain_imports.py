"""Imports without PySide6's look at them; import this before anything large.

PySide6 puts a function of its own before each import. It reads the source of the module, looking
for its own name, in case somebody imports `__feature__` (we do not), and keeps every line: 25 MB
and a sixth of the time of a login.
"""

import builtins

import PySide6.QtCore  # noqa: F401  (what is taken away comes with it)

_before = getattr(builtins, "__orig_import__", None)
if _before is not None:
    builtins.__import__ = _before
