"""Recorded AMI streams: marker lines of ours between the bytes as they went over the wire.

`#T time +seconds <` stands before what Asterisk sent (`>` what was sent to it), `#S` says what
the scenario did, `#C` that the connection opened or closed. Markers end in LF alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.vendors.asterisk.parser import AmiParser
from ets_desktop.pbx.vendors.asterisk.tracker import Tracker

_MARKER = re.compile(rb"^#([TSC]) (\S+) \+(\d{1,8}(?:\.\d+)?)(?![\d.]) ?([^\r\n]*)\n", re.MULTILINE)
#: How the text of a marker begins that says so.
CLOSED = "connection closed"
#: A clock outside of them was never set; markers reach three years.
_YEARS = range(1990, 2200)

#: Larger than a day of a busy switchboard; a file beyond it is not a recording.
LARGEST = 500_000_000


class RecordingError(EtsError):
    """The file is no recording that can be replayed; `reason` is for the log."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A marker and the bytes after it: `kind` T, S or C, `seconds` since the recording began."""

    kind: str
    seconds: float
    text: str
    wire: bytes


@dataclass(frozen=True, slots=True)
class Recording:
    """`began` is second zero, aware."""

    began: datetime
    pieces: tuple[Piece, ...]


def load_recording(file: Path) -> Recording:
    """Read a recording. Raises RecordingError `recording_unreadable` or `recording_unknown`."""
    try:
        with file.open("rb") as opened:
            # Not by its size on disk: pipes and devices have none.
            content = opened.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordingError("recording_unreadable", file=str(file), reason=reason) from error
    if len(content) > LARGEST:
        raise RecordingError("recording_unknown", file=str(file), reason="too large")
    return read_recording(content, str(file))


def read_recording(content: bytes, name: str = "-") -> Recording:
    """The pieces of a recording. Raises RecordingError when `content` does not begin as one."""
    markers = list(_MARKER.finditer(content))
    if not markers or markers[0].start() != 0:
        raise RecordingError("recording_unknown", file=name, reason="no marker at the beginning")
    ends = [marker.start() for marker in markers[1:]] + [len(content)]
    pieces = tuple(
        Piece(
            kind=marker[1].decode(),
            seconds=float(marker[3]),
            text=marker[4].decode("utf-8", errors="backslashreplace"),
            wire=content[marker.end() : end],
        )
        for marker, end in zip(markers, ends, strict=True)
    )
    return Recording(_began(markers[0][2], pieces[0].seconds, name), pieces)


def _began(stamp: bytes, seconds: float, name: str) -> datetime:
    try:
        first = datetime.fromisoformat(stamp.decode("ascii"))
    except ValueError as error:
        raise RecordingError("recording_unknown", file=name, reason="no time") from error
    if first.tzinfo is None or first.year not in _YEARS:
        raise RecordingError("recording_unknown", file=name, reason="no time zone, or no clock")
    return first - timedelta(seconds=seconds)


def replayed(recording: Recording, link: str) -> Iterator[tuple[float, tuple[LegEvent, ...]]]:
    """What a tracker tells at each piece, with the second it tells it at.

    A closed connection, and the end of the recording, lose the legs under way.
    """
    tracker, parser = Tracker(link), AmiParser()
    second = 0.0
    for piece in recording.pieces:
        second = piece.seconds
        at = recording.began + timedelta(seconds=second)
        if piece.kind == "C":
            parser = AmiParser()
            if piece.text.startswith(CLOSED):
                yield second, tracker.disconnected(at)
        elif piece.kind == "T" and piece.text == "<":
            for message in parser.feed(piece.wire):
                yield second, tracker.feed(message, at)
    yield second, tracker.disconnected(recording.began + timedelta(seconds=second))
