"""What a chart shows, as frozen values, and the units its axis may have."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from ets_desktop.ui.language import translated


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: `key` says what a click asks for, `note` is one more line of its tip; an
    `alarming` one is red and struck with a mark of its own."""

    label: str
    value: float | None
    key: Hashable | None = None
    note: str = ""
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The `steps` of an axis (the last in multiples); how a value reads at a `tick` and `told`."""

    steps: tuple[int, ...]
    tick: Callable[[float], str]
    told: Callable[[float], str]


def count_text(value: float) -> str:
    return translated("{count}건").format(count=f"{value:,.0f}")


def seconds_text(value: float) -> str:
    """`45초`, `2분`, `2분 30초`, `1시간 5분`."""
    seconds = round(value)
    if seconds >= _HOUR_S:
        return minutes_text(seconds / 60)
    minutes, rest = divmod(seconds, 60)
    parts = [translated("{minutes}분").format(minutes=minutes)] if minutes else []
    if rest or not minutes:
        parts.append(translated("{seconds}초").format(seconds=rest))
    return " ".join(parts)


def minutes_text(value: float) -> str:
    """`0분`, `45분`, `1시간 30분`, `2일`, `2일 3시간`."""
    days, minutes = divmod(round(value), _DAY_MIN)
    hours, minutes = divmod(minutes, 60)
    if days:
        minutes = 0
    parts = [
        translated(text).format(**{unit: number})
        for text, unit, number in (
            ("{days}일", "days", days),
            ("{hours}시간", "hours", hours),
            ("{minutes}분", "minutes", minutes),
        )
        if number
    ]
    return " ".join(parts) or translated("{minutes}분").format(minutes=0)


def percent_text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") + "%"


def _number(value: float) -> str:
    return f"{value:,.0f}"


_HOUR_S, _DAY_MIN = 3_600, 1_440
_TENS = tuple(digit * 10**power for power in range(7) for digit in (1, 2, 5))

#: 건, of anything
COUNT = Unit(_TENS, _number, count_text)
SECONDS = Unit(
    (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400),
    seconds_text,
    seconds_text,
)
MINUTES = Unit(
    (1, 2, 5, 10, 20, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 7_200, 14_400),
    minutes_text,
    minutes_text,
)
PERCENT = Unit((1, 2, 5, 10, 20, 25, 50, 100), percent_text, percent_text)
