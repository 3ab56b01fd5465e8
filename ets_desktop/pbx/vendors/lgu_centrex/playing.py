"""Plays the wire log of a Centrex line: rings, dials and history rows through a ledger again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ets_desktop.domain.calls import LegEvent
from ets_desktop.pbx.vendors.asterisk.recording import Piece, Recording, RecordingError
from ets_desktop.pbx.vendors.lgu_centrex.history import READERS
from ets_desktop.pbx.vendors.lgu_centrex.ledger import Ledger
from ets_desktop.pbx.vendors.lgu_centrex.receiver import Ring
from ets_desktop.pbx.vendors.lgu_centrex.schedule import DIAL


def played(recording: Recording, link: str) -> Iterator[tuple[float, tuple[LegEvent, ...]]]:
    """What the line told at each piece. Raises RecordingError for what no line has written."""
    try:
        told = _told(recording.pieces[0])
        ledger = Ledger(link, told["lines"], told["own"], recording.began)
        for piece in recording.pieces[1:]:
            at = recording.began + timedelta(seconds=piece.seconds)
            grown = ledger.grow_old(at)
            yield piece.seconds, (*grown, *_feed(ledger, _told(piece), at))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = type(error).__name__
        raise RecordingError("recording_unknown", file="-", reason=reason) from error


def _told(piece: Piece) -> dict[str, Any]:
    told = json.loads(piece.wire)
    if not isinstance(told, dict):
        raise TypeError
    return told


def _feed(ledger: Ledger, told: Mapping[str, Any], at: datetime) -> Iterable[LegEvent]:
    if "ring" in told:
        return ledger.ring(Ring(*told["ring"]), at)
    if "dial" in told:
        return (ledger.dial(told["key"], told["dial"], at),)
    if told.get("answer") == DIAL:
        return _dialled(ledger, told, at)
    read = READERS.get(told.get("answer", ""))
    if read is None:
        return ()
    past = (row for row in map(read, told.get("rows", ())) if row is not None)
    return ledger.reconcile(past, at)


def _dialled(ledger: Ledger, told: Mapping[str, Any], at: datetime) -> Iterable[LegEvent]:
    if "error" not in told:
        return ledger.lifted(told["key"], at)
    if told["ambiguous"]:
        ledger.unsure(told["key"], at)
        return ()
    return ledger.refused(told["key"], at)
