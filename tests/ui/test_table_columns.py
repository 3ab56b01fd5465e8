"""Columns as a person likes them: remembered by title, shrunk where room is scarce."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ets_desktop.domain.paging import Page
from ets_desktop.ui.formats import SEOUL, briefer
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.tables import Column, PagedTableModel
from ets_desktop.ui.window_state import WindowState
from tests.ui.test_tables import Line, key, lines

MOMENT = "2026-11-21 14:03:11"
#: As a narrow column has it.
BRIEF = briefer(MOMENT, datetime.now(SEOUL).year)
TITLES = ("주문일시", "주문번호", "상품", "금액")
COLUMNS: tuple[Column[Line], ...] = (
    Column("주문일시", lambda line: MOMENT, 19),
    Column("주문번호", lambda line: str(line.number), 14),
    Column("상품", lambda line: line.name, 40),
    Column("금액", lambda line: "37,000", 8, least=6),
)


def a_table(
    state: WindowState | None, qtbot: QtBot, columns: tuple[Column[Line], ...] = COLUMNS
) -> RecordTable:
    model: PagedTableModel[Line] = PagedTableModel(columns, key)
    model.show_rows(lines(0, 3))
    table = RecordTable("주문목록", model, state)
    qtbot.addWidget(table)
    table.resize(1600, 300)
    with qtbot.waitExposed(table):
        table.show()
    return table


def titles(table: RecordTable) -> list[str]:
    shown = table.columns.shown()
    return [str(table.model().headerData(n, Qt.Orientation.Horizontal)) for n in shown]


def widths(table: RecordTable) -> list[int]:
    return [table.columnWidth(number) for number in range(len(COLUMNS))]


@pytest.fixture
def table(state: WindowState, qtbot: QtBot) -> RecordTable:
    return a_table(state, qtbot)


def test_order_widths_and_visibility_are_remembered(
    table: RecordTable, state: WindowState, qtbot: QtBot
) -> None:
    table.horizontalHeader().moveSection(2, 0)
    table.setColumnWidth(1, 222)
    table.columns.show_column(3, False)
    again = a_table(state, qtbot)
    assert titles(again) == ["상품", "주문일시", "주문번호"]
    assert again.columnWidth(1) == 222


def test_they_are_on_the_disk_too(
    table: RecordTable, state: WindowState, tmp_path: Path, qtbot: QtBot
) -> None:
    table.columns.show_column(0, False)
    state.save()
    again = a_table(WindowState(tmp_path), qtbot)
    assert titles(again) == ["주문번호", "상품", "금액"]


def test_a_column_of_a_later_version_stands_where_that_version_has_it(
    table: RecordTable, state: WindowState, qtbot: QtBot
) -> None:
    table.horizontalHeader().moveSection(3, 0)
    table.columns.show_column(1, False)
    new, first = (replace(COLUMNS[0], title=title) for title in ("판매처", "구분"))
    later = (first, *COLUMNS[:2], new, *COLUMNS[2:])
    assert titles(a_table(state, qtbot, later)) == ["구분", "금액", "주문일시", "판매처", "상품"]


def test_a_column_that_is_gone_is_forgotten(
    table: RecordTable, state: WindowState, qtbot: QtBot
) -> None:
    table.setColumnWidth(0, 222)
    table.columns.show_column(0, False)
    assert titles(a_table(state, qtbot, COLUMNS[1:])) == ["주문번호", "상품", "금액"]


def test_one_column_always_stays(table: RecordTable, state: WindowState, qtbot: QtBot) -> None:
    for number in range(len(COLUMNS)):
        table.columns.show_column(number, False)
    assert titles(table) == ["금액"]
    assert titles(a_table(state, qtbot, COLUMNS[:3])) == list(TITLES[:3])


@pytest.mark.parametrize(
    "kept",
    [
        "rubbish",
        "[]",
        '{"order": 1, "hidden": [3], "widths": []}',
        '{"order": ["상품", "상품"], "hidden": null, "widths": {"상품": -4, "금액": "x"}}',
        '{"hidden": ["주문일시", "주문번호", "상품", "금액"]}',
    ],
)
def test_a_damaged_state_shows_every_column(kept: str, state: WindowState, qtbot: QtBot) -> None:
    state.set_text("columns/주문목록", kept)
    assert sorted(titles(a_table(state, qtbot))) == sorted(TITLES)


def test_without_a_state_nothing_is_remembered(qtbot: QtBot) -> None:
    table = a_table(None, qtbot)
    table.columns.show_column(0, False)
    table.columns.reset()
    assert titles(table) == list(TITLES)


def test_reset_brings_everything_back(table: RecordTable, state: WindowState, qtbot: QtBot) -> None:
    before = widths(table)
    table.horizontalHeader().moveSection(3, 0)
    table.setColumnWidth(1, 300)
    table.columns.show_column(2, False)
    table.columns.reset()
    assert (titles(table), widths(table)) == (list(TITLES), before)
    assert widths(a_table(state, qtbot)) == before


def test_columns_shrink_before_they_need_a_scroll_bar(table: RecordTable) -> None:
    asked = widths(table)
    table.resize(sum(asked) - 60, 300)
    shrunk = widths(table)
    assert sum(shrunk) <= table.viewport().width()
    assert shrunk[0] >= table.fontMetrics().horizontalAdvance(MOMENT) + 10
    assert shrunk[2] < asked[2]
    assert not table.horizontalScrollBar().isVisible()


def test_they_never_shrink_below_what_can_be_read(table: RecordTable) -> None:
    table.resize(120, 300)
    digit = table.fontMetrics().horizontalAdvance("0")
    assert widths(table)[0] >= table.fontMetrics().horizontalAdvance(BRIEF) + 10
    assert widths(table)[3] >= table.fontMetrics().horizontalAdvance("37,000") + 10
    assert widths(table)[3] <= digit * 6 + 10
    titled = table.fontMetrics().horizontalAdvance("주문번호")
    assert all(titled < width < titled + 4 * digit for width in widths(table)[1:3])
    table.resize(1600, 300)
    assert widths(table) == [digit * width + 10 for width in (19, 14, 40, 8)]


def test_an_empty_column_gives_its_room_to_those_that_say_something(
    state: WindowState, qtbot: QtBot
) -> None:
    columns = (*COLUMNS, Column[Line]("송장번호", lambda line: "", 14))
    table = a_table(state, qtbot, columns)
    digit = table.fontMetrics().horizontalAdvance("0")
    table.resize(digit * 62, 300)
    assert table.columnWidth(4) < digit * 14
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance(MOMENT) + 10
    assert not table.horizontalScrollBar().isVisible()


def test_a_moment_gives_its_year_and_seconds_before_a_long_text_is_cut(
    state: WindowState, qtbot: QtBot
) -> None:
    long = Column[Line]("제목", lambda line: "배송이 늦어 다시 문의하심 " * 3, 26, least=11)
    table = a_table(state, qtbot, (COLUMNS[0], long))
    digit = table.fontMetrics().horizontalAdvance("0")
    brief = table.fontMetrics().horizontalAdvance(BRIEF) + 10
    table.resize(digit * 26 + 10 + brief + 2 * digit, 300)
    assert brief <= table.columnWidth(0) < table.fontMetrics().horizontalAdvance(MOMENT)
    assert table.columnWidth(1) == digit * 26 + 10
    table.resize(brief + 20 * digit, 300)
    assert table.columnWidth(0) >= brief
    assert table.columnWidth(1) < digit * 20
    assert table.columnWidth(0) + table.columnWidth(1) <= table.viewport().width()


def test_a_text_longer_than_its_column_takes_the_room_of_others_and_what_is_left(
    state: WindowState, qtbot: QtBot
) -> None:
    said = "두툼한 면 100% 담요 (색상: 남색) 두 장, 베개 하나"
    long = Column[Line]("상품", lambda line: said, 12)
    airy = Column[Line]("비고", lambda line: "", 40)
    table = a_table(state, qtbot, (long, airy))
    whole = table.fontMetrics().horizontalAdvance(said) + 10
    digit = table.fontMetrics().horizontalAdvance("0")
    assert table.columnWidth(0) >= whole
    assert table.columnWidth(1) == 40 * digit + 10
    table.resize(whole + 8 * digit, 300)
    assert table.columnWidth(0) >= whole
    table.resize(whole, 300)
    assert 12 * digit < table.columnWidth(0) < whole


def test_a_number_is_whole_until_the_texts_are_as_narrow_as_they_get(
    state: WindowState, qtbot: QtBot
) -> None:
    long = Column[Line]("상품", lambda line: "두툼한 면 100% 담요 (색상: 남색)", 28, least=9)
    number = Column[Line]("주문번호", lambda line: f"20261121-{line.number:07}", 20)
    table = a_table(state, qtbot, (long, number))
    digit = table.fontMetrics().horizontalAdvance("0")
    whole = table.fontMetrics().horizontalAdvance("20261121-0000000") + 10
    table.resize(whole + 11 * digit + 10, 300)
    assert table.columnWidth(1) >= whole
    assert table.columnWidth(0) <= 11 * digit + 10
    table.resize(120, 300)
    assert (table.columnWidth(0), table.columnWidth(1)) == (9 * digit + 10, 10 * digit + 10)


def test_all_numbers_of_as_many_digits_are_whole(state: WindowState, qtbot: QtBot) -> None:
    number = Column[Line]("송장번호", lambda line: "611111111111", 14)
    table = a_table(state, qtbot, (COLUMNS[2], number))
    table.resize(120, 300)
    widest = max(table.fontMetrics().horizontalAdvance(digit * 12) for digit in "0123456789")
    assert table.columnWidth(1) >= widest + 10


def test_a_day_of_another_year_is_whole_among_many_of_this_one(
    state: WindowState, qtbot: QtBot
) -> None:
    year = datetime.now(SEOUL).year
    days = [f"{year}-11-{day:02}" for day in range(1, 30)] + [f"{year + 1}-01-30"]
    narrow = Column[Line]("기한", lambda line: days[line.number], 11, least=10)
    long = Column[Line]("제목", lambda line: "배송이 늦어 다시 문의하심 " * 3, 26, least=11)
    table = a_table(state, qtbot, (narrow, long))
    table.model().show_rows(lines(0, 30))
    table.resize(120, 300)
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance(days[-1][2:]) + 10


def test_columns_keep_what_they_once_needed(table: RecordTable) -> None:
    table.resize(300, 300)
    before = widths(table)
    table.reload(Page(()))
    assert widths(table) == before
    table.reload(Page(lines(0, 2)))
    assert widths(table) == before


def test_a_width_that_somebody_chose_stays(table: RecordTable) -> None:
    table.setColumnWidth(2, 500)
    table.resize(300, 300)
    assert table.columnWidth(2) == 500


def menu_under(table: RecordTable) -> QMenu:
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_header_has_a_menu_of_its_columns(table: RecordTable) -> None:
    table.columns.show_column(1, False)
    menu = menu_under(table)
    entries = [(a.text(), a.isChecked()) for a in menu.actions() if not a.isSeparator()]
    assert entries == [
        ("주문일시", True),
        ("주문번호", False),
        ("상품", True),
        ("금액", True),
        ("처음대로", False),
    ]
    menu.actions()[1].trigger()
    menu.actions()[0].trigger()
    assert titles(table) == ["주문번호", "상품", "금액"]
    menu.actions()[-1].trigger()
    assert titles(table) == list(TITLES)
    menu.close()


def test_the_last_column_cannot_be_unchecked(table: RecordTable) -> None:
    for number in (0, 1, 2):
        table.columns.show_column(number, False)
    menu = menu_under(table)
    assert [action.isEnabled() for action in menu.actions()[:4]] == [True, True, True, False]
    menu.close()
