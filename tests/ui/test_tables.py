"""Tables over frozen rows: paging that never waits, what the view does with a row."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ets_desktop.domain.paging import Page
from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.tables import RIGHT, TONE_ROLE, Column, PagedTableModel
from ets_desktop.ui.window_state import WindowState


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    name: str = "린넨 셔츠"
    late: bool = False


COLUMNS: tuple[Column[Line], ...] = (
    Column("번호", lambda line: str(line.number), 6, RIGHT),
    Column("상품", lambda line: line.name, 12, red=lambda line: line.name == "품절"),
)


def key(line: Line) -> int:
    return line.number


def lines(first: int, last: int) -> tuple[Line, ...]:
    return tuple(Line(number) for number in range(first, last))


@pytest.fixture
def model(qapp: object) -> PagedTableModel[Line]:
    return PagedTableModel(COLUMNS, key, lambda line: line.late)


@pytest.fixture
def table(model: PagedTableModel[Line], state: WindowState, qtbot: QtBot) -> RecordTable:
    table = RecordTable("주문목록", model, state)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    return table


def click(qtbot: QtBot, table: RecordTable, row: int, *, double: bool = False) -> None:
    place = table.visualRect(table.model().index(row, 0)).center()
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(table.viewport(), button, pos=place)
    if double:
        qtbot.mouseDClick(table.viewport(), button, pos=place)


def test_the_model_keeps_qts_contract_through_every_change(
    model: PagedTableModel[Line], qtmodeltester: object
) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_page(Page(lines(0, 3), (3,)))
    model.fetchMore(QModelIndex())
    model.append_page(Page(lines(3, 5)))
    model.replace_row(Line(2, "품절"))
    model.refresh_texts()
    model.show_rows(())
    assert model.rowCount() == 0


def test_more_is_asked_for_once_and_never_waited_for(
    model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    asked: list[object] = []
    model.more_wanted.connect(asked.append)
    model.show_page(Page(lines(0, 3), (2, "key")))
    for _ in range(3):
        model.fetchMore(QModelIndex())
    assert asked == [(2, "key")]
    model.append_page(Page(lines(3, 5)))
    assert [line.number for line in model.rows] == [0, 1, 2, 3, 4]
    assert not model.canFetchMore(QModelIndex())


def test_a_page_that_failed_is_asked_for_again(model: PagedTableModel[Line]) -> None:
    model.show_page(Page(lines(0, 3), (3,)))
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    model.more_failed()
    assert model.canFetchMore(QModelIndex())


def test_an_empty_last_page_ends_the_list(model: PagedTableModel[Line]) -> None:
    model.show_page(Page(lines(0, 3), (3,)))
    model.append_page(Page(()))
    assert not model.has_more
    assert model.rowCount() == 3


def test_cells_read_the_same_for_eyes_and_screen_readers(model: PagedTableModel[Line]) -> None:
    model.show_rows([Line(7, "품절")])
    cell = model.index(0, 1)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        assert model.data(cell, role) == "품절"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "번호"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None


def test_red_comes_from_the_cell_or_from_the_row(model: PagedTableModel[Line]) -> None:
    model.show_rows([Line(1), Line(2, "품절"), Line(3, late=True)])
    tones = [[model.data(model.index(row, c), TONE_ROLE) for c in (0, 1)] for row in range(3)]
    assert tones == [["", ""], ["", "red"], ["red", "red"]]


def test_a_row_that_is_not_loaded_is_not_replaced(model: PagedTableModel[Line]) -> None:
    model.show_rows(lines(0, 2))
    assert not model.replace_row(Line(9))
    assert model.number_of(9) == -1


def test_scrolling_to_the_end_asks_for_more(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_page(Page(lines(0, 100), (100,)))
    with qtbot.waitSignal(model.more_wanted):
        table.scrollToBottom()


def test_a_click_previews_once(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    seen: list[object] = []
    table.row_previewed.connect(seen.append)
    model.show_rows(lines(0, 5))
    click(qtbot, table, 2)
    click(qtbot, table, 2)
    assert seen == [Line(2)]


def test_the_arrows_preview_too(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows(lines(0, 5))
    click(qtbot, table, 0)
    with qtbot.waitSignal(table.row_previewed) as seen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert seen.args == [Line(1)]


def test_the_row_at_either_end_is_selected_where_the_keys_go(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows(lines(0, 5))
    click(qtbot, table, 2)
    for key, number in ((Qt.Key.Key_End, 4), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
        assert table.current_row() == Line(number)
        assert [index.row() for index in table.selectionModel().selectedRows()] == [number]


def test_a_row_a_screen_reader_selects_becomes_the_current_one(
    table: RecordTable, model: PagedTableModel[Line]
) -> None:
    model.show_page(Page(lines(1, 5)))
    previewed: list[object] = []
    table.row_previewed.connect(previewed.append)
    rows = QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(
        model.index(3, 0), rows | QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert table.current_row() == lines(1, 5)[3]
    assert previewed == [lines(1, 5)[3]]


def test_double_click_and_enter_choose(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    chosen: list[object] = []
    table.row_chosen.connect(chosen.append)
    model.show_rows(lines(0, 5))
    click(qtbot, table, 3, double=True)
    qtbot.keyClick(table, Qt.Key.Key_Enter)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen == [Line(3)] * 3


def test_a_list_read_again_between_two_clicks_still_hears_the_double_click(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows(lines(0, 5))
    point = table.visualRect(model.index(2, 0)).center()
    left = Qt.MouseButton.LeftButton
    click(qtbot, table, 2)
    table.reload(Page(lines(0, 5)))
    chosen: list[object] = []
    table.row_chosen.connect(chosen.append)
    pressed = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        QPointF(point),
        table.viewport().mapToGlobal(QPointF(point)),
        left,
        left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(table.viewport(), pressed)
    assert chosen == [Line(2)]


def test_without_a_current_row_enter_chooses_nothing(table: RecordTable, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(table.row_chosen):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_copying_takes_the_cell_or_the_row_as_it_is_shown(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows([Line(1, "린넨\n셔츠")])
    table.setCurrentIndex(model.index(0, 1))
    table.horizontalHeader().moveSection(1, 0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "린넨\n셔츠"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "상품\t번호\n린넨 셔츠\t1"


def extend(qtbot: QtBot, table: RecordTable, times: int) -> None:
    for _ in range(times):
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


def selected(table: RecordTable) -> list[int]:
    return sorted(index.row() for index in table.selectionModel().selectedRows())


def test_several_rows_are_copied_a_line_each(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows([Line(1, "린넨\n셔츠"), Line(2, "탭\t하나"), Line(3)])
    table.setCurrentIndex(model.index(0, 0))
    extend(qtbot, table, 1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\t린넨 셔츠\n2\t탭 하나"
    table.columns.show_column(0, False)
    table.copy_rows()
    assert QGuiApplication.clipboard().text() == "상품\n린넨 셔츠\n탭 하나"


def test_without_a_row_nothing_is_copied(table: RecordTable, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("before")
    table.copy()
    table.copy_rows()
    assert QGuiApplication.clipboard().text() == "before"


def test_rows_selected_together_stay_so_when_the_list_is_read_again(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows(lines(0, 5))
    table.setCurrentIndex(model.index(1, 0))
    extend(qtbot, table, 2)
    assert (selected(table), table.current_row()) == ([1, 2, 3], Line(3))
    table.reload(Page((Line(9), *lines(0, 3))))
    assert selected(table) == [2, 3]
    table.reload(Page((*lines(3, 5), *lines(0, 3))))
    assert selected(table) == [3, 4]


def test_a_screen_reader_selects_one_row_after_the_other(
    table: RecordTable, model: PagedTableModel[Line]
) -> None:
    model.show_rows(lines(0, 5))
    flags = QItemSelectionModel.SelectionFlag
    for number in (3, 1):
        table.selectionModel().select(model.index(number, 0), flags.Rows | flags.Select)
        assert (selected(table), table.current_row()) == ([number], Line(number))


def test_a_reload_keeps_the_current_row_without_previewing_it_again(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows(lines(0, 5))
    click(qtbot, table, 2)
    with qtbot.assertNotEmitted(table.row_previewed):
        table.reload(Page((Line(9), *lines(0, 5))))
    assert table.current_row() == Line(2)
    assert table.currentIndex().row() == 3


def test_a_reload_without_the_current_row_has_none(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    model.show_rows(lines(0, 5))
    click(qtbot, table, 4)
    table.reload(Page(lines(0, 3)))
    assert table.current_row() is None
    assert not table.select_key(4)


def test_column_widths_are_remembered(
    model: PagedTableModel[Line], table: RecordTable, state: WindowState, qtbot: QtBot
) -> None:
    table.setColumnWidth(1, 222)
    again = RecordTable("주문목록", model, state)
    qtbot.addWidget(again)
    again.show()
    assert again.columnWidth(1) == 222


def test_a_damaged_state_gives_the_own_widths(
    model: PagedTableModel[Line], state: WindowState, qtbot: QtBot
) -> None:
    state.set_text("columns/주문목록", "rubbish")
    table = RecordTable("주문목록", model, state)
    qtbot.addWidget(table)
    table.show()
    assert table.columnWidth(0) < table.columnWidth(1)


def test_table_and_header_are_named(table: RecordTable) -> None:
    assert table.accessibleName() == "주문목록"
    assert table.horizontalHeader().accessibleName() == "주문목록"


def test_cut_text_has_a_tool_tip_and_whole_text_none(
    table: RecordTable, model: PagedTableModel[Line]
) -> None:
    delegate = table.itemDelegate()
    assert delegate.fitting("짧다", 200) == "짧다"
    assert delegate.fitting("린넨 오버핏 셔츠 화이트", 40).endswith("…")
    assert delegate.fitting("두\n줄", 200) == "두 줄"


def test_a_moment_that_does_not_fit_is_drawn_shorter(table: RecordTable) -> None:
    delegate, metrics = table.itemDelegate(), table.fontMetrics()
    year = datetime.now(SEOUL).year
    whole, brief = f"{year}-11-21 14:03:11", "11-21 14:03"
    assert delegate.fitting(whole, metrics.horizontalAdvance(whole) + 20) == whole
    assert delegate.fitting(whole, metrics.horizontalAdvance(whole) - 5) == brief
    assert delegate.fitting(whole, metrics.horizontalAdvance(brief) - 5).endswith("…")


def test_the_moments_of_a_column_are_written_alike(table: RecordTable) -> None:
    delegate, metrics = table.itemDelegate(), table.fontMetrics()
    year = datetime.now(SEOUL).year
    moments = [f"{year}-{n}{n}-{n}{n} {n}{n}:{n}{n}:{n}{n}" for n in range(10)]
    widths = [metrics.horizontalAdvance(moment) for moment in moments]
    for room in (min(widths), max(widths) - 1, max(widths) + 20):
        assert len({len(delegate.fitting(moment, room)) for moment in moments}) == 1


def test_a_column_may_have_more_to_tell(qapp: object) -> None:
    columns = (COLUMNS[0], replace(COLUMNS[1], tip=lambda line: f"관리번호 {line.number}"))
    model: PagedTableModel[Line] = PagedTableModel(columns, key)
    model.show_rows(lines(7, 8))
    assert [model.tip(0, column) for column in range(2)] == ["", "관리번호 7"]


def test_the_current_cell_is_framed_while_the_table_has_the_focus(
    table: RecordTable, model: PagedTableModel[Line], qtbot: QtBot
) -> None:
    palette = table.palette()
    palette.setColor(QPalette.ColorRole.Accent, "#00ff00")
    table.setPalette(palette)
    model.show_rows([Line(1), Line(2)])
    table.setCurrentIndex(model.index(1, 1))
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)

    def corner(row: int, column: int) -> str:
        picture = table.viewport().grab().toImage()
        return picture.pixelColor(table.visualRect(model.index(row, column)).topLeft()).name()

    assert corner(1, 1) == "#00ff00"
    assert "#00ff00" not in {corner(0, 1), corner(1, 0)}


def test_an_overdue_row_is_painted_in_red(table: RecordTable, model: PagedTableModel[Line]) -> None:
    palette = table.palette()
    palette.setColor(QPalette.ColorRole.BrightText, "#ff0000")
    table.setPalette(palette)
    model.show_rows([Line(1, "■■■■", late=True), Line(2, "■■■■")])
    picture = table.viewport().grab().toImage()

    def is_red(row: int) -> bool:
        area = table.visualRect(model.index(row, 1))
        points = (QPoint(x, area.center().y()) for x in range(area.left(), area.right()))
        return any(picture.pixelColor(point).name() == "#ff0000" for point in points)

    assert [is_red(0), is_red(1)] == [True, False]
