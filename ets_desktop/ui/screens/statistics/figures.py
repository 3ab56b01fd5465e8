"""How the figures of 통계 read: 1,234, 2시간 5분, 87.5%; and a change, ▲ 12, ▼ 3.1%p."""

from collections.abc import Callable

from ets_desktop.ui.language import translated

#: There is no such figure for this row.
NONE = "–"
_UP, _DOWN = "▲", "▼"
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400

Figure = float | None
Text = Callable[[float], str]


def count_text(count: float) -> str:
    return f"{count:,.0f}"


def share_text(share: float) -> str:
    """`share` of 1 in per cent: `87.5%`."""
    return f"{share * 100:.1f}%"


def span_text(seconds: float) -> str:
    """In its two largest units: `2일 3시간`, `2시간 5분`, `1분 20초`, `42초`."""
    whole = round(seconds)
    if whole >= _DAY:
        days, rest = divmod(whole, _DAY)
        return translated("{days}일 {hours}시간").format(days=days, hours=rest // _HOUR)
    if whole >= _HOUR:
        hours, rest = divmod(whole, _HOUR)
        return translated("{hours}시간 {minutes}분").format(hours=hours, minutes=rest // _MINUTE)
    if whole >= _MINUTE:
        minutes, rest = divmod(whole, _MINUTE)
        return translated("{minutes}분 {seconds}초").format(minutes=minutes, seconds=rest)
    return translated("{seconds}초").format(seconds=whole)


def points_text(share: float) -> str:
    """A difference of two shares, in points: `3.1%p`."""
    return f"{share * 100:.1f}%p"


def figure_text(figure: Figure, text: Text) -> str:
    return NONE if figure is None else text(figure)


def change_text(now: Figure, before: Figure, text: Text) -> str:
    """By how much it rose or fell, told by a sign and not by a colour: `▲ 12`, `▼ 5분 0초`."""
    if now is None or before is None:
        return NONE
    told = text(abs(now - before))
    if told == text(0):
        return told
    return f"{_UP if now > before else _DOWN} {told}"
