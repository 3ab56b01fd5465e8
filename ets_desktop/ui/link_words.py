"""The links to the telephone systems as 전화 ● tells of them on hover (spec 40, health)."""

from collections.abc import Sequence

from ets_desktop.domain.errors import Unavailable
from ets_desktop.queries.health import LinkHealth
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated

#: A gateway that was not heard of for so long is gone, whatever it said last.
SILENT_SECONDS = 60.0
#: 클콜 has a link for each extension; what is well is not all told then.
_MOST_LINES = 15

_VENDORS = {
    "asterisk": "Asterisk",
    "lgu_centrex": "LG U+ Centrex",
    "lgu_ippbx": "LG U+ IPPBX",
    "replay": "replay",
    "simulator": "simulator",
}


def is_up(link: LinkHealth) -> bool:
    return link.up_since is not None and not _is_silent(link)


def links_told(links: Sequence[LinkHealth]) -> str:
    """A line for each link: its state with the reason, and its last event; what is down first."""
    if not links:
        return translated("전화 연결이 없습니다.")
    ordered = sorted(links, key=lambda link: (is_up(link), not link.reason, link.name))
    lines = [_line_of(link) for link in ordered[:_MOST_LINES]]
    if len(ordered) > _MOST_LINES:
        lines.append(translated("외 {count}개").format(count=len(ordered) - _MOST_LINES))
    return "\n".join(lines)


def _line_of(link: LinkHealth) -> str:
    last = moment_text(link.last_event_at) or "-"
    return translated("{name} ({vendor}): {state} 마지막 이벤트 {last}").format(
        name=link.name, vendor=_VENDORS.get(link.vendor, link.vendor), state=_state(link), last=last
    )


def _state(link: LinkHealth) -> str:
    """Why it is down, or what threatens it; a silent one says what it said last no more."""
    if link.reason and not (link.up_since is not None and _is_silent(link)):
        return error_text(Unavailable(link.reason))
    return translated("연결되어 있습니다.") if is_up(link) else translated("연결이 끊겼습니다.")


def _is_silent(link: LinkHealth) -> bool:
    return link.silent_s > SILENT_SECONDS
