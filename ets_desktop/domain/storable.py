"""Texts that PostgreSQL and its JSON can hold: what comes by pasting, or from outside, and cannot
be stored goes, instead of taking what it came with along."""

import re
from collections.abc import Mapping
from typing import Any, Final

#: NUL, and halves of letter pairs.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def storable(told: Any) -> Any:
    """`told`, a text or whatever JSON has, without them; keys, too."""
    # type(), not isinstance: what is one of an enumeration stays it.
    if type(told) is str:
        return _UNSTORABLE.sub("", told)
    if isinstance(told, Mapping):
        return {storable(name): storable(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [storable(one) for one in told]
    return told
