"""The wire log of a 클콜 extension: a JSON object for each message and command, masked.

Not the frames: the password is in the login, and what a message holds besides calls is nobody's.
"""

import json
import re
from collections.abc import Callable, Mapping

from ets_desktop.pbx.vendors.lgu_ippbx.messages import Message
from ets_desktop.pbx.wire.log import Mask, WireLog
from ets_desktop.pbx.wire.pseudonyms import Pseudonyms

HIDDEN = "***"

#: What a ledger reads of each message, and how it is written down.
_PARTIES = {"PEER": "number", "DATA1": "number", "DATA2": "number", "DATA3": "number"}
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "LOGIN": {"DATA1": "number", "DATA3": "word", "DATA4": "word", "DATA5": "number"},
    "CALLEVENT": {**_PARTIES, "DATA8": "call"},
    "HANGUPEVENT": {**_PARTIES, "DATA5": "word", "DATA7": "call", "DATA8": "word"},
    "MEMBERSTATUS": {"PEER": "number"},
    "PEER": {"PEER": "number", "DATA2": "word"},
    "BYE": {"PEER": "number"},
}
#: The file of a recording is called after the caller; whether there is one tells of a talk.
_RECORDING = ("HANGUPEVENT", "DATA13")
_CALL = re.compile(r"\d{9,11}\.\d{1,10}")
_WORD = re.compile(r"[A-Za-z_]{0,20}|\d{1,4}")
#: Between the separators of a command.
_PIECE = re.compile(r"[^|,]+")

Masked = Callable[[Pseudonyms], Mapping[str, object]]


class Tape:
    """Writes nothing without a wire log."""

    def __init__(self) -> None:
        self._wire: WireLog | None = None

    def begin(
        self, wire: WireLog, extension: str, peer: Callable[[], str], is_quiet: Callable[[], bool]
    ) -> None:
        wire.begin(
            is_quiet,
            _json(lambda names: {"extension": extension, "peer": names.number(peer())}),
        )
        self._wire = wire

    def heard(self, message: Message) -> None:
        if self._wire is not None:
            self._wire.heard(_json(lambda stand_ins: {"told": _masked(message, stand_ins)}))

    def commanded(self, text: str) -> None:
        def masked(stand_ins: Pseudonyms) -> Mapping[str, object]:
            # What the PBX told is given back to it in some.
            return {"command": _PIECE.sub(lambda piece: _spoken(piece[0], stand_ins), text)}

        self._note(masked)

    def logged_in(self) -> None:
        """What comes now may be old."""
        self._note(lambda _: {"login": True})

    def recovered(self) -> None:
        """What was not spoken of since the login is lost."""
        self._note(lambda _: {"recovered": True})

    def given_up(self) -> None:
        """The line is away for too long."""
        self._note(lambda _: {"given_up": True})

    def unheard(self, request_id: str, number: str) -> None:
        """Nothing came of a click-to-call."""
        self._note(lambda stand_ins: {"unheard": request_id, "number": stand_ins.number(number)})

    def _note(self, masked: Masked) -> None:
        if self._wire is not None:
            self._wire.asked(_json(masked))


def _masked(message: Message, stand_ins: Pseudonyms) -> str:
    kinds = _FIELDS.get(message.name, {})
    name = message.name if message.name in _FIELDS else HIDDEN
    parts = [name, f"KIND:{_value('word', message.kind, stand_ins)}"]
    for key, kind in kinds.items():
        if key in message.fields:
            parts.append(f"{key}:{_value(kind, message.get(key), stand_ins)}")
    if message.name == _RECORDING[0] and message.get(_RECORDING[1]):
        parts.append(f"{_RECORDING[1]}:{HIDDEN}")
    return "|".join(parts)


def _value(kind: str, value: str, stand_ins: Pseudonyms) -> str:
    if kind == "number":
        return stand_ins.number(value)
    shape = _CALL if kind == "call" else _WORD
    return value if shape.fullmatch(value) else HIDDEN


def _spoken(piece: str, stand_ins: Pseudonyms) -> str:
    return piece if _WORD.fullmatch(piece) else stand_ins.number(piece)


def _json(masked: Masked) -> Mask:
    def text(stand_ins: Pseudonyms) -> bytes:
        return json.dumps(masked(stand_ins), ensure_ascii=False).encode() + b"\n"

    return text
