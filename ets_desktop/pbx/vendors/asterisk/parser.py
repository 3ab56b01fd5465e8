"""AMI bytes to messages: split before decoding, so that no cut can fall inside a character.

Asterisk passes on caller names as the telephone network sent them, so one message may hold UTF-8
and CP949 side by side (facts: Asterisk §2, §3.4).
"""

from dataclasses import dataclass

_END = b"\r\n\r\n"

#: A message is a few kB; a stream that never ends one is not AMI, and must not fill the memory.
LONGEST_MESSAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class AmiMessage:
    """The `key: value` lines of one message in order, repeated keys kept."""

    pairs: tuple[tuple[str, str], ...]
    first: dict[str, str]

    def get(self, key: str) -> str:
        """The first value of `key`, empty when there is none."""
        return self.first.get(key, "")

    def all(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.pairs if name == key)

    @property
    def event(self) -> str:
        """The kind of event; empty for an answer."""
        return self.first.get("Event", "")


class AmiParser:
    """Turns a stream that arrives in pieces of any size into messages; never raises on content."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes) -> list[AmiMessage]:
        """The messages that `piece` completes; lines without a colon (the banner) are left out."""
        *complete, self._rest = (self._rest + piece).split(_END)
        if len(self._rest) > LONGEST_MESSAGE:
            self._rest = b""
        messages = [_message(raw) for raw in complete]
        return [message for message in messages if message.pairs]

    @property
    def unfinished(self) -> int:
        """Bytes of a message whose end has not arrived."""
        return len(self._rest)


def _message(raw: bytes) -> AmiMessage:
    pairs: list[tuple[str, str]] = []
    first: dict[str, str] = {}
    for line in _lines(raw):
        key, colon, value = line.partition(":")
        if colon:
            value = value.removeprefix(" ")
            pairs.append((key, value))
            first.setdefault(key, value)
    return AmiMessage(tuple(pairs), first)


def _lines(raw: bytes) -> list[str]:
    try:
        return raw.decode("utf-8").split("\r\n")
    except UnicodeDecodeError:
        return [_decode(line) for line in raw.split(b"\r\n")]


def _decode(line: bytes) -> str:
    for encoding in ("utf-8", "cp949"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", errors="backslashreplace")
