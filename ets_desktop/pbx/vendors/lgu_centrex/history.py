"""The Centrex's lists of past calls, the only place where it says what became of one (LG U+ §1.6).

A row comes up to a minute after the call has ended, with whole seconds of Korean time; outgoing
numbers are masked behind the first seven digits.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.calls import Direction, End
from ets_desktop.pbx.vendors.lgu_centrex.answers import Row

INBOUND = "getinboundcall"
OUTBOUND = "callhistory"

_INBOUND_ENDS: Mapping[str, End] = MappingProxyType(
    {
        "ANSWERED": End.COMPLETED,
        "NOANSWER": End.NO_ANSWER,
        "CANCEL": End.ABANDONED,
        "BUSY": End.BUSY,
        "FAILED": End.NOT_REACHABLE,
    }
)
#: The carrier's voice mail answers too: OK does not say that a person was reached (LG U+ §1.4).
_OUTBOUND_ENDS: Mapping[str, End] = MappingProxyType({"OK": End.COMPLETED, "FAIL": End.NO_ANSWER})

#: A dialled call's row may still change so long after its end, longer if it came to nothing.
_SETTLES = timedelta(seconds=3)
_NOTHING_SETTLES = timedelta(seconds=8)
_LONGEST_CALL = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """`line` is what was called or called from, as the list has it; `talked_at` is None unless
    somebody surely answered."""

    direction: Direction
    number: str
    line: str
    began: datetime
    ended: datetime
    end: End
    talked_at: datetime | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The same whenever the row is read again."""
        return (self.direction, self.began.isoformat(), self.number, self.line)

    def is_settled(self, at: datetime) -> bool:
        if self.direction is Direction.IN:
            return True
        return at >= self.ended + (_SETTLES if self.ended > self.began else _NOTHING_SETTLES)


def inbound_row(row: Row) -> HistoryRow | None:
    """A row of `getinboundcall`; None when it has no time."""
    began = moment(row.get("TIME", ""))
    if began is None:
        return None
    lasted = _span(row.get("DURATION", ""))
    ended = max(began, moment(row.get("ENDTIME", "")) or began + lasted)
    end = _INBOUND_ENDS.get(re.sub(r"[\s_]", "", row.get("STATUS", "").upper()), End.LOST)
    # Whether the duration has the ringing in it is not told: either way this is not too early.
    talked_at = max(began, ended - lasted) if end is End.COMPLETED else None
    number, line = row.get("SRC", ""), row.get("DST", "")
    return HistoryRow(Direction.IN, number, line, began, ended, end, talked_at)


def outbound_row(row: Row) -> HistoryRow | None:
    """A row of `callhistory` with the call type `outbound`; None when it has no time."""
    began = moment(row.get("TIME", ""))
    if began is None:
        return None
    ended = began + _span(row.get("DURATION", ""))
    end = _OUTBOUND_ENDS.get(row.get("STATUS", "").upper(), End.LOST)
    return HistoryRow(Direction.OUT, row.get("DST", ""), row.get("SRC", ""), began, ended, end)


READERS: Mapping[str, Callable[[Row], HistoryRow | None]] = MappingProxyType(
    {INBOUND: inbound_row, OUTBOUND: outbound_row}
)


def extension_of(number: str, lines: Mapping[str, str]) -> str | None:
    """The extension of a line's number; None for a number that is none of `lines`, such as the
    Centrex's own inner ids."""
    return lines.get(phone.digits_of(number) or "")


def moment(text: str) -> datetime | None:
    """A time of the lists; None for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=SEOUL) if _is_sane(moment) else None


def _is_sane(moment: datetime) -> bool:
    """Of this century, so that nothing overflows near the calendar's ends."""
    return 2000 <= moment.year < 2100


def _span(text: str) -> timedelta:
    """Seconds; what is no number is none."""
    seconds = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    return min(timedelta(seconds=seconds), _LONGEST_CALL)
