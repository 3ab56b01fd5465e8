"""Plays the wire log of a 클콜 extension: its messages through a ledger again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ets_desktop.domain.calls import LegEvent
from ets_desktop.pbx.vendors.asterisk.recording import Piece, Recording, RecordingError
from ets_desktop.pbx.vendors.lgu_ippbx.ledger import Ledger
from ets_desktop.pbx.vendors.lgu_ippbx.messages import Message, read_message
from ets_desktop.pbx.vendors.lgu_ippbx.states import IDLE, READY, TALKING
from ets_desktop.pbx.vendors.lgu_ippbx.switchboard import Switchboard


def played(recording: Recording, link: str) -> Iterator[tuple[float, tuple[LegEvent, ...]]]:
    """What the line told at each piece. Raises RecordingError for what no line has written."""
    try:
        player = _Player(link, _told(recording.pieces[0]))
        for piece in recording.pieces[1:]:
            at = recording.began + timedelta(seconds=piece.seconds)
            yield piece.seconds, tuple(player.play(_told(piece), at))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = type(error).__name__
        raise RecordingError("recording_unknown", file="-", reason=reason) from error


class _Player:
    def __init__(self, link: str, header: Mapping[str, Any]) -> None:
        self._ledger = Ledger(link, header["extension"], Switchboard())
        self._ledger.peer = header["peer"]
        self._recovering = False
        self._code = READY
        self._spoken_of: set[str] = set()

    def play(self, told: Mapping[str, Any], at: datetime) -> Iterator[LegEvent]:
        yield from self._ledger.grow_old(at)
        message = read_message(told.get("told"))
        if message is not None:
            yield from self._hear(message, at)
        elif "login" in told:
            self._recovering = True
            self._spoken_of.clear()
        elif "recovered" in told:
            self._recovering = False
            yield from self._ledger.give_up(at, frozenset(self._spoken_of))
        elif "given_up" in told:
            yield from self._ledger.give_up(at)
        elif "unheard" in told:
            yield self._ledger.never_dialled(told["unheard"], told["number"], at)

    def _hear(self, message: Message, at: datetime) -> Iterable[LegEvent]:
        if not self._ledger.is_ours(message):
            return ()
        if message.name == "LOGIN":
            self._ledger.peer, self._code = message.get("DATA5"), message.get("DATA3")
        elif message.name == "MEMBERSTATUS":
            self._code = message.kind
            if self._code in IDLE and not self._recovering:
                return self._ledger.idle(at)
        elif message.name == "CALLEVENT":
            self._spoken_of.add(message.get("DATA8"))
            busy = self._code == TALKING
            return self._ledger.call(message, at, recovering=self._recovering, busy=busy)
        elif message.name == "HANGUPEVENT":
            return self._ledger.hang_up(message, at)
        elif message.name == "BYE":
            return self._ledger.give_up(at)
        return ()


def _told(piece: Piece) -> dict[str, Any]:
    told = json.loads(piece.wire)
    if not isinstance(told, dict):
        raise TypeError
    return told
