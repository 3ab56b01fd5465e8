"""How moments, spans and money read on the screen: times in Asia/Seoul, money in whole won."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ets_desktop.ui.language import translated

SEOUL = ZoneInfo("Asia/Seoul")

_CLOCK = re.compile(r"(\d\d:\d\d):\d\d", re.ASCII)
_WRITTEN = re.compile(r"(\d\d)(\d\d)(-\d\d-\d\d)( \d\d:\d\d)?(?(4):\d\d)", re.ASCII)


def moment_text(moment: datetime | None) -> str:
    """`2026-11-21 14:03:11`; empty for None."""
    return "" if moment is None else f"{moment.astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"


def clock_text(moment: datetime | None) -> str:
    """`14:03:11`; empty for None."""
    return "" if moment is None else f"{moment.astimezone(SEOUL):%H:%M:%S}"


def day_text(day: date | None) -> str:
    """`2026-11-21`; empty for None."""
    return "" if day is None else day.isoformat()


def briefer(text: str, year: int) -> str:
    """What `moment_text`, `day_text` or `clock_text` wrote as a narrow place has it: without the
    seconds and the century, in that `year` without the year (`11-21 14:03`); "" for any other
    text."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        clock_only = _CLOCK.fullmatch(text)
        return clock_only[1] if clock_only else ""
    century, short, day, clock = written.groups(default="")
    return f"{day[1:]}{clock}" if century + short == str(year) else f"{short}{day}{clock}"


def money_text(won: int | None) -> str:
    """`37,000`; empty for None."""
    return "" if won is None else f"{won:,}"


def elapsed_text(span: timedelta) -> str:
    """How long something has been open, in its two largest units: `2일 3시간`, `3시간 5분`, `5분`.

    Less than a minute, and a clock that is behind, read `0분`.
    """
    minutes = max(0, int(span.total_seconds() // 60))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return translated("{days}일 {hours}시간").format(days=days, hours=hours)
    if hours:
        return translated("{hours}시간 {minutes}분").format(hours=hours, minutes=minutes)
    return translated("{minutes}분").format(minutes=minutes)


def duration_text(seconds: int | None) -> str:
    """A call's length: `00:42`, over an hour `1:02:03`; empty for None."""
    if seconds is None:
        return ""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
