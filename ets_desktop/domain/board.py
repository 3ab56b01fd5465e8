"""What the numbers and bars of 현황판 mean (spec 60): half hours, ages, what is counted."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ets_desktop.domain.calendar import seoul_date, start_of_day

HALF_HOUR = timedelta(minutes=30)


class AgeBucket(StrEnum):
    """How long an open ticket has been there: hours first, then days in Seoul; youngest first."""

    HOUR = "hour"  # at most an hour
    FOUR_HOURS = "four_hours"
    TODAY = "today"
    YESTERDAY = "yesterday"
    THREE_DAYS = "three_days"  # two or three days ago
    WEEK = "week"  # four to seven days ago
    OLDER = "older"


class TicketKind(StrEnum):
    """Which tickets a number counts; today is the day in Seoul."""

    OPEN = "open"  # of whoever has them now
    OVERDUE = "overdue"  # red by spec 10, among the open ones
    RECEIVED = "received"  # 접수 today, of whoever wrote them down
    COMPLETED = "completed"  # 완료 today, of whoever did it
    WAITING = "waiting"  # handed on and accepted by nobody yet, of the receiver
    LATE = "late"  # among these, longer than the house allows


class CallKind(StrEnum):
    """Which calls a number counts: from outside, of today; colleagues' talk is none."""

    RECEIVED = "received"  # every call that came in
    ANSWERED = "answered"  # among these, somebody talked
    ABANDONED = "abandoned"  # among these, over without anybody having taken it
    RINGING = "ringing"  # at this moment, nobody talks yet
    TALKED = "talked"  # of an agent, in or out
    MISSED = "missed"  # of an agent: rang there in vain, taken by nobody else


#: What is of an agent; the others are of the house or a team.
OF_AGENTS = frozenset({CallKind.TALKED, CallKind.MISSED})


@dataclass(frozen=True, slots=True)
class TicketBar:
    """A number or bar of tickets. `agent_id` narrows to that agent's, `team_id` (of `WAITING` and
    `LATE`) to what was handed to that team as such, `bucket` (of `OPEN`, `OVERDUE`) to an age."""

    kind: TicketKind
    agent_id: int | None = None
    team_id: int | None = None
    bucket: AgeBucket | None = None


@dataclass(frozen=True, slots=True)
class CallBar:
    """A number or bar of calls: of an agent (`TALKED`, `MISSED`), or of the half hour that begins
    at `start` (the other kinds but `RINGING`; None: of the whole day)."""

    kind: CallKind
    agent_id: int | None = None
    start: datetime | None = None


def age_bounds(now: datetime) -> tuple[datetime, ...]:
    """The moments between the ages, oldest first: a ticket that was received at or after the last
    one is `HOUR`, before the first one `OLDER`. Shortly after midnight some ages are empty."""
    today = seoul_date(now)
    marks = [now - timedelta(hours=1), now - timedelta(hours=4)]
    marks += [start_of_day(today - timedelta(days=days)) for days in (0, 1, 3, 7)]
    youngest_first: list[datetime] = []
    for mark in marks:
        youngest_first.append(min([mark, *youngest_first[-1:]]))
    return tuple(reversed(youngest_first))


def age_bucket(created_at: datetime, now: datetime) -> AgeBucket:
    """The age of what was received at `created_at`."""
    return tuple(reversed(AgeBucket))[bisect_right(age_bounds(now), created_at)]


def bucket_span(bucket: AgeBucket, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when (None: ever) until before when (None: no end) a ticket of that age came."""
    edges = (None, *age_bounds(now), None)
    place = tuple(reversed(AgeBucket)).index(bucket)
    return edges[place], edges[place + 1]


def day_span(now: datetime) -> tuple[datetime, datetime]:
    """The day in Seoul at `now`: from midnight until before the next one."""
    today = seoul_date(now)
    return start_of_day(today), start_of_day(today + timedelta(days=1))


def half_hours(now: datetime, at_least: int = 0) -> tuple[datetime, ...]:
    """When the half hours of today began, the one under way last; `at_least` so many (the clock
    of a telephone may be ahead)."""
    midnight, _ = day_span(now)
    begun = (now - midnight) // HALF_HOUR + 1
    return tuple(midnight + HALF_HOUR * slot for slot in range(max(begun, at_least)))
