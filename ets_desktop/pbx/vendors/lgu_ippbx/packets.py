"""The frames of the three generations of Socket.IO that a 클콜 connector may speak.

Which one it is nobody tells (facts: LG U+ §3.1), and no client package speaks more than one of
them: so the few kinds of frames that are needed are read and written here, over any WebSocket.
"""

import json
import re
from dataclasses import dataclass
from enum import Enum, StrEnum


class Generation(StrEnum):
    """By the release of Socket.IO: each speaks with the servers from that one on to the next."""

    FIRST = "0.9"  # Socket.IO 0.7 to 0.9
    SECOND = "2"  # Socket.IO 1 and 2 (Engine.IO 3)
    THIRD = "4"  # Socket.IO 3 and 4 (Engine.IO 4)


class Kind(Enum):
    OPENED = "opened"
    CONNECTED = "connected"
    EVENT = "event"
    CLOSED = "closed"
    REFUSED = "refused"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Packet:
    """`answer` is the frame that the other side waits for, if any; `args` are an event's."""

    kind: Kind
    name: str = ""
    args: tuple[object, ...] = ()
    answer: str = ""


NOTHING = Packet(Kind.NOTHING)

_BEAT = "2::"
_PING, _PONG = "2", "3"
_OPEN, _CLOSE, _MESSAGE = "0", "1", "4"

#: type : id, with + where the other side makes the answer itself : endpoint : data
_FIRST = re.compile(r"([0-8]):(\d*\+?):([^:]*)(?::(.*))?", re.DOTALL)
_FIRST_KINDS = {"0": Kind.CLOSED, "1": Kind.CONNECTED, "7": Kind.REFUSED}
#: type, then the number that an acknowledgement must carry, then data; no other namespace is ours.
_LATER = re.compile(r"([0-6])(\d*)(.*)", re.DOTALL)
_LATER_KINDS = {"0": Kind.CONNECTED, "1": Kind.CLOSED, "4": Kind.REFUSED}


def read_packet(generation: Generation, frame: str) -> Packet:
    """What a frame says; whatever cannot be understood says nothing."""
    if generation is Generation.FIRST:
        return _read_first(frame)
    head, rest = frame[:1], frame[1:]
    if head == _PING:
        return Packet(Kind.NOTHING, answer=_PONG + rest)
    if head == _OPEN:
        # From Socket.IO 3 on, a client asks to be let in; before, it is told that it is.
        return Packet(Kind.OPENED, answer="40" if generation is Generation.THIRD else "")
    if head == _CLOSE:
        return Packet(Kind.CLOSED)
    return _read_later(rest) if head == _MESSAGE else NOTHING


def event(generation: Generation, name: str, *args: object) -> str:
    """The frame that emits `name`."""
    if generation is Generation.FIRST:
        told: dict[str, object] = {"name": name}
        if args:
            told["args"] = args
        return f"5:::{json.dumps(told, ensure_ascii=False)}"
    return f"42{json.dumps([name, *args], ensure_ascii=False)}"


def ping(generation: Generation) -> str:
    """The frame with which this side keeps the line alive; nothing where the other side does."""
    return _PING if generation is Generation.SECOND else ""


def _read_first(frame: str) -> Packet:
    parts = _FIRST.fullmatch(frame)
    if parts is None or parts[3]:
        return NOTHING
    kind, number, data = parts[1], parts[2], parts[4] or ""
    if kind == "2":
        return Packet(Kind.NOTHING, answer=_BEAT)
    if kind != "5":
        return Packet(_FIRST_KINDS.get(kind, Kind.NOTHING))
    told = _json(data)
    if not isinstance(told, dict):
        return NOTHING
    args = told.get("args", [])
    answer = f"6:::{number}{'[]' if number.endswith('+') else ''}" if number else ""
    return _event(told.get("name"), args if isinstance(args, list) else [], answer)


def _read_later(rest: str) -> Packet:
    parts = _LATER.fullmatch(rest)
    if parts is None or parts[3].startswith("/"):
        return NOTHING
    if parts[1] != "2":
        return Packet(_LATER_KINDS.get(parts[1], Kind.NOTHING))
    told = _json(parts[3])
    if not isinstance(told, list) or not told:
        return NOTHING
    return _event(told[0], told[1:], f"43{parts[2]}[]" if parts[2] else "")


def _event(name: object, args: list[object], answer: str) -> Packet:
    if not isinstance(name, str):
        return NOTHING
    return Packet(Kind.EVENT, name, tuple(args), answer)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
