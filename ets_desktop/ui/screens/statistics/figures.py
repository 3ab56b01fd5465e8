"""How the figures of 통계 read: 1,234, 2시간 5분, 87.5%; and a change, ▲ 12, ▼ 3.1%p."""

from collections.abc import Callable

from ets_desktop.ui.language import translated

#: There is no such figure for this row.
NONE = "–"
_UP, _DOWN = "▲", "▼"
_UNITS = (
    ("{days}일", "days", 86_400),
    ("{hours}시간", "hours", 3_600),
    ("{minutes}분", "minutes", 60),
    ("{seconds}초", "seconds", 1),
)

Figure = float | None
Text = Callable[[float], str]


def count_text(count: float) -> str:
    return f"{count:,.0f}"


def share_text(share: float) -> str:
    """`share` of 1 in per cent: `87.5%`."""
    return f"{share * 100:.1f}%"


def span_text(seconds: float) -> str:
    """In its two largest units: `2일 3시간`, `2시간 5분`, `1분 20초`, `42초`, `2시간`."""
    rest = round(seconds)
    largest = next((n for n, unit in enumerate(_UNITS) if rest >= unit[2]), len(_UNITS) - 1)
    parts: list[str] = []
    for text, name, size in _UNITS[largest : largest + 2]:
        number, rest = divmod(rest, size)
        if number or not parts:
            parts.append(translated(text).format(**{name: number}))
    return " ".join(parts)


def points_text(share: float) -> str:
    """A difference of two shares, in points: `3.1%p`."""
    return f"{share * 100:.1f}%p"


def figure_text(figure: Figure, text: Text) -> str:
    return NONE if figure is None else text(figure)


def change_text(now: Figure, before: Figure, text: Text) -> str:
    """By how much it rose or fell, told by a sign and not by a colour: `▲ 12`, `▼ 5분`."""
    if now is None or before is None:
        return NONE
    told = text(abs(now - before))
    if told == text(0):
        return told
    return f"{_UP if now > before else _DOWN} {told}"
