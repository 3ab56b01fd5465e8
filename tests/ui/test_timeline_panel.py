"""A time line read page by page: place and current entry stay when it is read again."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.domain.paging import Page
from ets_desktop.ui.timeline_panel import TimelinePanel
from ets_desktop.ui.widgets.timeline import TimelineEntry

NOW = datetime(2026, 11, 22, 5, 3, 11, tzinfo=UTC)


def entry_of(number: int) -> TimelineEntry:
    return TimelineEntry(number, NOW - timedelta(hours=number), "ticket", f"접수 {number}")


@pytest.fixture
def panel(qtbot: QtBot) -> TimelinePanel[int]:
    made = TimelinePanel("고객여정", entry_of)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def keys(panel: TimelinePanel[int]) -> list[object]:
    return [entry.key for entry in panel.timeline.entries.entries]


def test_a_further_page_is_asked_for_by_its_key(panel: TimelinePanel[int]) -> None:
    asked: list[object] = []
    panel.more_wanted.connect(asked.append)
    panel.show_page(Page((1, 2), ("key",)), NOW)
    panel.timeline.entries.more_wanted.emit()
    assert ("key",) in asked
    panel.append_page(Page((3,)))
    assert keys(panel) == [1, 2, 3]
    asked.clear()
    panel.timeline.entries.more_wanted.emit()
    assert asked == []


def test_place_and_current_entry_stay_when_it_is_read_again(panel: TimelinePanel[int]) -> None:
    panel.show_page(Page(tuple(range(1, 30))), NOW)
    panel.timeline.select_key(20)
    bar = panel.timeline.verticalScrollBar()
    top = bar.value()
    assert top > 0
    panel.reload(Page(tuple(range(30))), NOW + timedelta(minutes=1))
    assert panel.timeline.current_key() == 20
    assert bar.value() == top
    assert panel.age.moment == NOW + timedelta(minutes=1)
    panel.show_page(Page((5,)), NOW)
    panel.reload(Page((6,)), NOW)
    assert keys(panel) == [6]


def test_it_says_when_there_is_nothing_and_why(panel: TimelinePanel[int]) -> None:
    panel.show_busy()
    assert panel.message == "조회 중…"
    panel.show_page(Page(()), NOW)
    assert panel.message == "내역이 없습니다."
    panel.show_page(Page((1,)), NOW)
    panel.show_error("데이터베이스에 연결할 수 없습니다.")
    assert panel.message == "데이터베이스에 연결할 수 없습니다."
    assert keys(panel) == [1]
    panel.clear()
    assert (keys(panel), panel.message, panel.age.moment) == ([], "", None)
