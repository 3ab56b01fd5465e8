"""A time line: days above, marks beside, what is behind an entry opened by click and Enter."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ets_desktop.ui.theme import Theme
from ets_desktop.ui.widgets.marks import COLOURS, mark_icon
from ets_desktop.ui.widgets.timeline import Timeline, TimelineEntry

#: Sunday 2026-11-22 in Seoul, just after midnight.
NIGHT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)


def entry(number: int, at: datetime, **values: object) -> TimelineEntry:
    told = {"title": f"접수 {number}", "detail": "배송 문의", "tip": "다", "behind": number}
    return TimelineEntry(key=number, at=at, **{"mark": "ticket"} | told | values)  # type: ignore[arg-type]


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline("고객여정")
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_an_entry_is_a_list_item_that_says_its_whole_sentence(timeline: Timeline) -> None:
    timeline.entries.show_entries([entry(1, NIGHT)], has_more=False)
    QAccessible.setActive(True)
    node = QAccessible.queryAccessibleInterface(timeline)
    assert node.text(QAccessible.Text.Name) == "고객여정"
    assert node.role() == QAccessible.Role.List
    item = node.child(0)
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == "2026-11-22 00:30:00, 접수 1, 배송 문의"
    QAccessible.setActive(False)
    index = timeline.entries.index(0, 0)
    assert timeline.entries.data(index, Qt.ItemDataRole.ToolTipRole) == "다"
    assert timeline.entries.data(index, Qt.ItemDataRole.EditRole) is None
    assert timeline.entries.data(QModelIndex()) is None


def test_the_first_entry_of_a_day_in_seoul_is_taller(timeline: Timeline) -> None:
    hour = timedelta(hours=1)
    entries = [entry(1, NIGHT + hour), entry(2, NIGHT), entry(3, NIGHT - hour)]
    timeline.entries.show_entries(entries, has_more=False)
    begins = [timeline.entries.begins_day(number) for number in range(3)]
    assert begins == [True, False, True]
    heights = [timeline.visualRect(timeline.entries.index(n, 0)).height() for n in range(3)]
    assert heights[0] == heights[2] > heights[1]


def test_enter_and_a_click_open_what_is_behind_and_nothing_else(
    timeline: Timeline, qtbot: QtBot
) -> None:
    entries = [entry(1, NIGHT), entry(2, NIGHT, behind=None)]
    timeline.entries.show_entries(entries, has_more=False)
    opened: list[object] = []
    timeline.entry_opened.connect(opened.append)
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    timeline.select_key(1)
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    timeline.select_key(2)
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    place = timeline.visualRect(timeline.entries.index(0, 0)).center()
    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [1, 1]
    qtbot.keyClicks(timeline, "x")
    qtbot.keyClick(timeline, Qt.Key.Key_Down)
    assert timeline.current_key() == 2
    assert not timeline.select_key(7)


def test_the_end_of_what_is_loaded_asks_for_more_once(timeline: Timeline) -> None:
    asked: list[int] = []
    timeline.entries.more_wanted.connect(lambda: asked.append(1))
    timeline.entries.show_entries([entry(1, NIGHT)], has_more=True)
    top = QModelIndex()
    timeline.entries.fetchMore(top)
    timeline.entries.fetchMore(top)
    assert asked == [1]
    timeline.entries.more_failed()
    assert timeline.entries.canFetchMore(top)
    timeline.entries.append_entries([entry(2, NIGHT)], has_more=False)
    timeline.entries.append_entries([], has_more=False)
    assert [one.key for one in timeline.entries.entries] == [1, 2]
    assert not timeline.entries.canFetchMore(top)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_mark_is_a_shape_of_its_own_in_both_themes(
    qapp: QApplication, timeline: Timeline, theme: str
) -> None:
    dressed = Theme(qapp, theme)
    seen: list[QImage] = []
    for mark in COLOURS:
        picture = mark_icon(mark, qapp.palette()).pixmap(24, 24).toImage()
        shape = picture.createAlphaMask()
        assert shape not in seen, mark
        seen.append(shape)
    everything = [entry(n, NIGHT, mark=mark) for n, mark in enumerate([*COLOURS, "unheard"])]
    timeline.entries.show_entries(everything, has_more=False)
    timeline.select_key(2)
    timeline.setFocus()
    assert not timeline.grab().isNull()
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.PaletteChange))
    qapp.setStyleSheet("")
    dressed.deleteLater()
