"""Plays the wire log of an Asterisk link: as the link lived it, cuts and surveys included."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ets_desktop.domain.calls import LegEvent
from ets_desktop.pbx.vendors.asterisk.following import Following
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage, AmiParser
from ets_desktop.pbx.vendors.asterisk.recording import CLOSED, Recording


def played(recording: Recording, link: str) -> Iterator[tuple[float, tuple[LegEvent, ...]]]:
    """As `replayed`, but a closed connection loses nothing that the next survey finds again."""
    following = Following(link)
    connection = _Connection(following)
    second = 0.0
    for piece in recording.pieces:
        second = piece.seconds
        at = recording.began + timedelta(seconds=second)
        if piece.kind == "C" and piece.text.startswith(CLOSED):
            following.closed(at)
        elif piece.kind == "C":
            connection = _Connection(following)
            yield second, following.connecting(at)
        elif piece.kind == "T" and piece.text == "<":
            yield second, connection.take(piece.wire, at)
    yield second, following.ended(recording.began + timedelta(seconds=second))


class _Connection:
    """What was heard before the survey is made sense of after it, as the live link does."""

    def __init__(self, following: Following) -> None:
        self._following = following
        self._parser = AmiParser()
        self._status = AmiMessage((), {})
        self._rows: list[AmiMessage] = []
        self._early: list[tuple[AmiMessage, datetime]] = []
        self._surveyed = False

    def take(self, wire: bytes, at: datetime) -> tuple[LegEvent, ...]:
        told: list[LegEvent] = []
        for message in self._parser.feed(wire):
            if self._surveyed:
                told += self._following.feed(message, at)
            else:
                told += self._survey(message, at)
        return tuple(told)

    def _survey(self, message: AmiMessage, at: datetime) -> tuple[LegEvent, ...]:
        if message.get("CoreStartupTime"):
            self._status = message
        elif message.event == "CoreShowChannel":
            self._rows.append(message)
        elif message.event != "CoreShowChannelsComplete":
            self._early.append((message, at))
        else:
            self._surveyed = True
            told = list(self._following.surveyed(self._status, self._rows, at))
            for early, heard_at in self._early:
                told += self._following.feed(early, heard_at)
            return tuple(told)
        return ()
