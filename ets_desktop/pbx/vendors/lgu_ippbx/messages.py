"""The PBX's own messages, `NAME|KEY:VALUE|KEY:VALUE…` (facts: LG U+ §2.4, §3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

#: What stands where a value is missing; a 0 does not: it is the code of 대기.
_NO_VALUE = frozenset({"null", "nil", "none", "undefined"})


@dataclass(frozen=True, slots=True)
class Message:
    """`fields` as sent; `get` folds away the words for nothing."""

    name: str
    fields: Mapping[str, str]

    def get(self, key: str) -> str:
        value = self.fields.get(key, "")
        return "" if value.lower() in _NO_VALUE else value

    @property
    def kind(self) -> str:
        return self.get("KIND")


def read_message(text: object) -> Message | None:
    """None for what is no message; of a key that comes twice the first counts."""
    if not isinstance(text, str):
        return None
    name, *parts = text.strip().split("|")
    fields: dict[str, str] = {}
    for part in parts:
        key, colon, value = part.partition(":")
        if colon:
            fields.setdefault(key.strip(), value.strip())
    return Message(name, fields) if name and parts else None


def command(name: str, *values: str) -> str:
    """A command as the PBX takes it; what would end a value or the command is left out."""
    return "|".join(("CMD", name, *([",".join(map(_plain, values))] if values else [])))


def _plain(value: str) -> str:
    return "".join(letter for letter in value if letter not in "|,\r\n")
