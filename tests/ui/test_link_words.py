"""What 전화 ● says on hover: each link's state with the reason, and its last event."""

from datetime import UTC, datetime

from ets_desktop.queries.health import LinkHealth
from ets_desktop.ui.link_words import is_up, links_told

SINCE = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def test_every_link_is_told_with_its_last_event_the_broken_ones_first() -> None:
    links = [
        LinkHealth("본사", "asterisk", SINCE, SINCE, ""),
        LinkHealth("매장", "lgu_centrex", SINCE, None, "centrex_password_ages"),
        LinkHealth("101", "lgu_ippbx", None, SINCE, "ippbx_silent"),
        LinkHealth("102", "lgu_ippbx", SINCE, SINCE, "", silent_s=100.0),
    ]
    down, silent, threatened, well = links_told(links).splitlines()
    assert down.startswith("101 (LG U+ IPPBX): ")
    assert silent == "102 (LG U+ IPPBX): 연결이 끊겼습니다. 마지막 이벤트 2026-11-22 10:02:03"
    assert threatened.startswith("매장 (LG U+ Centrex): ")
    assert threatened.endswith("미리 바꾸십시오. 마지막 이벤트 -")
    assert well == "본사 (Asterisk): 연결되어 있습니다. 마지막 이벤트 2026-11-22 10:02:03"
    assert [is_up(link) for link in links] == [True, True, False, False]


def test_of_many_links_the_first_are_told() -> None:
    many = [LinkHealth(f"{100 + n}", "lgu_ippbx", SINCE, None, "") for n in range(40)]
    lines = links_told(many).splitlines()
    assert (len(lines), lines[-1]) == (16, "외 25개")
    assert links_told([]) == "전화 연결이 없습니다."
