"""The legs of one Centrex line, and which row of its history is whose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.calls import Direction, Phase
from ets_desktop.pbx.vendors.lgu_centrex.history import HistoryRow, extension_of

#: How much earlier and later than we heard of a call its row may say it began (LG U+ §1.6).
_WINDOWS: Mapping[Direction, tuple[timedelta, timedelta]] = MappingProxyType(
    {
        Direction.IN: (timedelta(seconds=-120), timedelta(seconds=60)),
        Direction.OUT: (timedelta(seconds=-5), timedelta(seconds=120)),
    }
)


@dataclass(slots=True, eq=False)
class Leg:
    """That it ended may be our own conclusion; `confirmed` once its row was read."""

    key: str
    call_key: str
    extension: str
    direction: Direction
    number: str | None
    dialled: str | None
    heard_at: datetime
    give_up_at: datetime
    phase: Phase = Phase.RINGING
    confirmed: bool = False

    @property
    def ended(self) -> bool:
        return self.phase is Phase.ENDED


def pair(
    rows: Sequence[HistoryRow], legs: Sequence[Leg], lines: Mapping[str, str]
) -> dict[HistoryRow, Leg]:
    """Which row is which leg's: the nearest in time first, none twice."""
    fitting = [
        (abs(row.began - leg.heard_at), place, index)
        for place, row in enumerate(rows)
        for index, leg in enumerate(legs)
        if _fits(row, leg, lines)
    ]
    pairs: dict[int, int] = {}
    for _, place, index in sorted(fitting):
        if place not in pairs and index not in pairs.values():
            pairs[place] = index
    return {rows[place]: legs[index] for place, index in pairs.items()}


def _fits(row: HistoryRow, leg: Leg, lines: Mapping[str, str]) -> bool:
    earliest, latest = _WINDOWS[leg.direction]
    return (
        row.direction is leg.direction
        and earliest <= row.began - leg.heard_at <= latest
        and extension_of(row.line, lines) in (None, leg.extension)
        and _same_number(row.number, leg.number)
    )


def _same_number(of_row: str, of_leg: str | None) -> bool:
    """Masked rows show how the number begins."""
    digits = phone.digits_of(of_leg)
    if not phone.is_masked(of_row):
        return phone.digits_of(of_row) == digits
    shown = re.split(r"\D", re.sub(r"[\s.-]", "", of_row), maxsplit=1)[0]
    return digits is not None and shown != "" and digits.startswith(shown)
