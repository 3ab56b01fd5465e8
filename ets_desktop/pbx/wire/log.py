"""The wire log of one link: a recording in parts, in files of their owner alone, bounded.

A part that has grown is left for a new one when nobody talks, so that each tells whole calls.
"""

import logging
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Protocol, runtime_checkable

from ets_desktop.domain.errors import EtsError
from ets_desktop.paths import make_private
from ets_desktop.pbx.wire.pseudonyms import Pseudonyms

log = logging.getLogger(__name__)

#: A part is left when it is this share of the whole, or twice that while somebody talks.
_SHARE = 10
_MOST_PARTS = 200
#: After a disk that refused, nothing is written for so long.
_PAUSE = timedelta(minutes=1)
#: The first marker of each part, followed by the vendor's name.
HEADLINE = "wire log of "

Mask = Callable[[Pseudonyms], bytes]


class WireLog:
    """Thread-safe. Nothing it meets stops a call: a disk that refuses costs the log alone."""

    def __init__(self, folder: Path, link: str, vendor: str, most_bytes: int) -> None:
        self._folder = folder
        self._stem = re.sub(r"[^\w.-]", "_", link)
        self._vendor = vendor
        self._most = most_bytes
        self._guard = Lock()
        self._is_quiet: Callable[[], bool] = lambda: True
        self._headers: Mask = _nothing
        self._part: int | None = None
        self._size = 0
        self._began = datetime.min.replace(tzinfo=UTC)
        self._stand_ins = Pseudonyms()
        self._not_before = datetime.min.replace(tzinfo=UTC)

    def begin(self, is_quiet: Callable[[], bool], headers: Mask | None = None) -> None:
        """`is_quiet` says whether no call is under way; `headers` stand first in each part."""
        self._is_quiet = is_quiet
        self._headers = headers or _nothing

    def heard(self, mask: Mask) -> None:
        """What the telephone system sent, as `mask` makes it of the part's pseudonyms."""
        self._write("T", "<", mask)

    def asked(self, mask: Mask) -> None:
        """What was sent to it."""
        self._write("T", ">", mask)

    def connected(self) -> None:
        self._write("C", "connected", _nothing)

    def closed(self) -> None:
        self._write("C", "connection closed", _nothing)

    def close(self) -> None:
        with self._guard:
            self._leave_part()

    def _write(self, kind: str, text: str, mask: Mask) -> None:
        with self._guard:
            now = datetime.now(UTC)
            if now < self._not_before:
                return
            try:
                if self._part is None or self._is_grown():
                    self._begin_part(now)
                self._put(kind, now, text, mask(self._stand_ins))
            except (OSError, EtsError) as error:
                log.warning("wire log %s: %s", self._stem, type(error).__name__)
                self._leave_part()
                self._not_before = now + _PAUSE

    def _is_grown(self) -> bool:
        share = self._most // _SHARE
        if self._stand_ins.is_full or self._size >= 2 * share:
            return True
        return self._size >= share and self._is_quiet()

    def _begin_part(self, now: datetime) -> None:
        self._leave_part()
        self._prune()
        make_private(self._folder)
        file = self._folder / f"{self._stem}-{now:%Y%m%dT%H%M%S.%fZ}.wire"
        self._part = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._began, self._size, self._stand_ins = now, 0, Pseudonyms()
        self._put("S", now, f"{HEADLINE}{self._vendor}", self._headers(self._stand_ins))

    def _put(self, kind: str, now: datetime, text: str, wire: bytes) -> None:
        assert self._part is not None
        seconds = max(0.0, (now - self._began).total_seconds())
        piece = f"#{kind} {now.isoformat()} +{seconds:.6f} {text}\n".encode() + wire
        piece += b"" if not wire or wire.endswith(b"\n") else b"\n"
        os.write(self._part, piece)
        self._size += len(piece)

    def _leave_part(self) -> None:
        if self._part is not None:
            os.close(self._part)
            self._part = None

    def _prune(self) -> None:
        """Leave room for the part that begins: the oldest ones go."""
        parts = parts_of(self._folder, self._stem)
        room = self._most - 2 * (self._most // _SHARE)
        sizes = [part.stat().st_size for part in parts]
        while parts and (sum(sizes) > room or len(parts) >= _MOST_PARTS):
            parts.pop(0).unlink(missing_ok=True)
            sizes.pop(0)


@runtime_checkable
class Recorded(Protocol):
    """A vendor that can keep a wire log."""

    def record_to(self, wire: WireLog) -> None:
        """Before the first `run`."""
        ...


def parts_of(folder: Path, link: str) -> list[Path]:
    """The parts of a link's wire log, the oldest first."""
    stem = re.escape(re.sub(r"[^\w.-]", "_", link))
    name = re.compile(stem + r"-\d{8}T\d{6}\.\d{6}Z\.wire")
    return sorted(file for file in folder.glob("*.wire") if name.fullmatch(file.name))


def _nothing(_stand_ins: Pseudonyms) -> bytes:
    return b""
