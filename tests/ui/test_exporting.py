"""엑셀 저장 from the screen: asked for by key, menu and button, written behind the desk."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import Done
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.approvals import Asked, AskToExport, ask_to_export
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.exporting import ExportRun, ListExport
from ets_desktop.ui.table_panel import EXPORT, Question, TablePanel
from ets_desktop.ui.tables import RIGHT, Column
from ets_desktop.ui.widgets.export_dialog import FILE, REASON, ExportDialog
from tests.ui.test_tables import Line, key, lines

COLUMNS: tuple[Column[Line], ...] = (
    Column("번호", lambda line: f"{line.number:,}", 6, RIGHT),
    Column("상품", lambda line: line.name, 12),
    Column("고객", lambda line: "홍*동", 8),
)


class Window(QWidget):
    """A window with one list and a field beside it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.panel: TablePanel[Line] = TablePanel(
            "주문목록", COLUMNS, key, buttons=("선택", EXPORT), state=context.state
        )
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.panel)
        self.exports = ListExport(context, self)


class Log:
    """A `Call` without a database that keeps what is logged."""

    def __init__(self) -> None:
        self.entries: list[LogAccess] = []
        self.is_away = False
        self.is_held = False
        self.asked: list[AskToExport] = []

    def __call__(self, function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any:
        if function is log_access:
            if self.is_away:
                raise Unavailable("database_away")
            if self.is_held:
                raise RuleViolation("export_needs_approval")
            self.entries.extend(args)
            return None
        if function is ask_to_export:
            if not args[0].reason:
                raise RuleViolation("needs_reason", field="reason")
            self.asked.extend(args)
            return Done(Asked(1))
        return function(None, *args)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def window(context: UiContext, log: Log, tmp_path: Path, qtbot: QtBot) -> Window:
    folder = tmp_path / "문서"
    folder.mkdir()
    context.state.set_text("export/folder", str(folder))
    window = Window(replace(context, call=log))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "문서"


def further(_session: Any, after: tuple[object, ...], size: int) -> Page[Line]:
    first = int(str(after[0]))
    return Page(lines(first, first + 5), (first + 5,) if first < 90 else None)


def fill(window: Window, *, most: int | None = None) -> None:
    window.panel.set_question(Question(further, {"orderer": "김정민"}, most))
    window.panel.show_page(Page(lines(0, 10), (10,)))


def press_key(window: Window) -> None:
    QTest.keyClick(window.panel.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def dialog_of(window: Window) -> ExportDialog:
    [dialog] = window.findChildren(ExportDialog)
    return dialog


def confirm(window: Window, reason: str = "고객 요청", file: str = "목록") -> ExportDialog:
    dialog = dialog_of(window)
    named(dialog, REASON).setText(reason)
    named(dialog, FILE).setText(file)
    press(dialog, "확인")
    return dialog


def named(dialog: QWidget, name: str) -> QLineEdit:
    return next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == name)


def press(dialog: QWidget, label: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == label).click()


def rows_of(place: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(place).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def said(context: UiContext) -> list[Any]:
    return [asked[1] for asked in context.desk.asked if asked[0] == "say"]  # type: ignore[attr-defined]


def test_all_rows_are_written_with_the_columns_as_they_are_shown(
    window: Window, log: Log, folder: Path, context: UiContext, steps: Any
) -> None:
    fill(window)
    window.panel.table.columns.show_column(1, False)
    window.panel.table.horizontalHeader().moveSection(2, 0)
    window.panel.table.setFocus()
    press_key(window)
    confirm(window)
    steps.run()
    assert rows_of(folder / "목록.xlsx") == [
        ("고객", "번호"),
        *[("홍*동", number) for number in range(95)],
    ]
    [entry] = log.entries
    assert (entry.action, entry.subject, entry.row_count) == ("export", "list/주문목록", 95)
    assert entry.condition["conditions"] == {"orderer": "김정민"}
    assert said(context) == [f"주문목록 95행을 엑셀로 저장했습니다: {folder / '목록.xlsx'}"]


def test_the_button_and_the_menu_do_it_too(window: Window, steps: Any) -> None:
    fill(window)
    window.field.setFocus()
    button = window.panel.button(EXPORT)
    assert button.toolTip() == "엑셀 저장 (Ctrl+E)"
    button.click()
    assert window.field.hasFocus() or QApplication.focusWidget() is None
    assert window.panel.current_row() is None
    dialog_of(window).reject()
    QApplication.processEvents()
    menu_action(window, "엑셀 저장").trigger()
    assert any(dialog.isVisible() for dialog in window.findChildren(ExportDialog))


def menu_of(window: Window) -> QMenu:
    table = window.panel.table
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, QPoint(), QPoint()))
    return table.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]


def menu_action(window: Window, title: str) -> QAction:
    return next(action for action in menu_of(window).actions() if action.text() == title)


def test_the_menu_of_a_table(window: Window) -> None:
    fill(window)
    window.panel.table.selectRow(0)
    shown = [(a.text(), a.shortcut().toString()) for a in menu_of(window).actions() if a.text()]
    assert shown == [
        ("복사", "Ctrl+C"),
        ("행 복사", "Ctrl+Shift+C"),
        ("엑셀 저장", "Ctrl+E"),
        ("열 설정", ""),
    ]


def test_a_table_outside_the_window_offers_no_export(context: UiContext, qtbot: QtBot) -> None:
    panel: TablePanel[Line] = TablePanel("목록", COLUMNS, key, buttons=(EXPORT,))
    qtbot.addWidget(panel)
    panel.show_rows(lines(0, 2))
    panel.button(EXPORT).click()
    assert panel.findChildren(ExportDialog) == []


def test_the_only_list_with_a_button_for_it_need_not_be_picked(window: Window) -> None:
    without: TablePanel[Line] = TablePanel("변경이력", COLUMNS, key)
    window.layout().addWidget(without)
    without.show()
    fill(window)
    window.exports.export()
    assert dialog_of(window).isVisible()


def test_the_list_that_had_the_focus_last_is_meant(window: Window, context: UiContext) -> None:
    other: TablePanel[Line] = TablePanel("다른 목록", COLUMNS, key, buttons=(EXPORT,))
    window.layout().addWidget(other)
    other.show()
    window.exports.export()
    assert said(context) == ["엑셀로 저장할 목록을 먼저 고르십시오."]
    window.panel.table.setFocus()
    window.field.setFocus()
    window.exports.export()
    assert said(context)[1:] == ["엑셀로 저장할 행이 없습니다."]
    fill(window)
    window.exports.export()
    assert dialog_of(window).isVisible()


def test_without_a_reason_or_with_a_bad_name_what_was_typed_stays(
    window: Window, folder: Path, steps: Any
) -> None:
    fill(window)
    window.panel.export()
    dialog = confirm(window, reason="가", file="목록")
    steps.run()
    assert dialog.fault(REASON) == "사유를 두 글자 이상 입력하십시오."
    (folder / "목록.xlsx").write_text("mine")
    confirm(window)
    steps.run()
    assert dialog.fault(REASON) == ""
    assert dialog.fault(FILE) == "이미 있는 파일입니다. 다른 이름을 쓰십시오."
    assert (named(dialog, REASON).text(), named(dialog, FILE).text()) == ("고객 요청", "목록")
    confirm(window, file="다른 목록")
    steps.run()
    assert (folder / "다른 목록.xlsx").exists()
    assert (folder / "목록.xlsx").read_text() == "mine"


def test_the_file_is_named_after_the_list_and_the_time(window: Window, folder: Path) -> None:
    fill(window, most=1_000)
    window.panel.export()
    dialog = dialog_of(window)
    assert named(dialog, FILE).text().startswith(str(folder / "주문목록_20"))
    note = next(label for label in dialog.findChildren(QLabel) if "모든 행" in label.text())
    assert "최대 1,000행" in note.text()


def test_rows_beyond_the_limit_of_a_search_are_said_to_be_missing(
    window: Window, folder: Path, context: UiContext, steps: Any
) -> None:
    fill(window, most=20)
    window.panel.export()
    confirm(window)
    steps.run()
    assert len(rows_of(folder / "목록.xlsx")) == 21
    assert "20행(조회 한도)" in said(context)[0]


def test_a_log_that_cannot_be_written_is_told_and_there_is_no_file(
    window: Window, log: Log, folder: Path, steps: Any
) -> None:
    fill(window)
    log.is_away = True
    window.panel.export()
    dialog = confirm(window)
    steps.run()
    assert dialog.message.startswith("데이터베이스에 연결할 수 없습니다.")
    assert os.listdir(folder) == []
    log.is_away = False
    confirm(window)
    steps.run()
    assert os.listdir(folder) == ["목록.xlsx"]


@pytest.mark.parametrize("how", ["중지", "escape"])
def test_stopped_it_says_so_and_can_be_asked_again(
    window: Window, folder: Path, steps: Any, how: str
) -> None:
    fill(window)
    window.panel.export()
    dialog = confirm(window)
    if how == "escape":
        dialog.reject()
    else:
        press(dialog, how)
    steps.run()
    assert dialog.isVisible()
    assert dialog.message == "중지했습니다. 파일은 만들지 않았습니다."
    assert os.listdir(folder) == []
    confirm(window)
    steps.run()
    assert os.listdir(folder) == ["목록.xlsx"]


def test_while_it_is_written_nothing_else_can_be_pressed(window: Window, steps: Any) -> None:
    fill(window)
    window.panel.export()
    dialog = confirm(window)
    enabled = [b.text() for b in dialog.findChildren(QPushButton) if b.isEnabled()]
    assert enabled == ["중지"]
    named(dialog, FILE).returnPressed.emit()
    assert steps.waiting == 1
    [run] = window.findChildren(ExportRun)
    run._on_tick()
    assert dialog.message == "0행 저장 중…"
    steps.run()


def test_the_folder_of_the_last_file_is_remembered(
    window: Window, tmp_path: Path, context: UiContext, steps: Any
) -> None:
    fill(window)
    window.panel.export()
    confirm(window, file=str(tmp_path / "여기"))
    steps.run()
    assert context.state.text("export/folder") == str(tmp_path)


def test_without_a_remembered_folder_it_is_the_documents(
    window: Window, context: UiContext
) -> None:
    context.state.set_text("export/folder", "")
    fill(window)
    window.panel.export()
    assert Path(named(dialog_of(window), FILE).text()).is_absolute()


def test_a_place_can_be_looked_for(window: Window, folder: Path, qtbot: QtBot) -> None:
    fill(window)
    window.panel.export()
    dialog = dialog_of(window)
    press(dialog, "찾아보기")
    [chooser] = dialog.findChildren(QFileDialog)
    assert chooser.labelText(QFileDialog.DialogLabel.FileType) == "파일 형식:"
    chooser.fileSelected.emit(str(folder / "b.xlsx"))
    assert named(dialog, FILE).text() == str(folder / "b.xlsx")
    chooser.reject()


def test_an_export_of_many_is_asked_for_from_its_dialog(
    window: Window, log: Log, folder: Path, context: UiContext, steps: Any
) -> None:
    log.is_held = True
    fill(window)
    press_key(window)
    dialog = confirm(window, reason="고객 요청")
    ask = next(b for b in dialog.findChildren(QPushButton) if b.text() == "승인 요청")
    assert ask.isHidden()
    steps.run()
    assert dialog.message == "0명이 들어 있어 관리자의 승인이 필요합니다."
    assert not ask.isHidden()
    assert list(folder.iterdir()) == []
    named(dialog, REASON).setText("")
    ask.click()
    steps.run()
    assert dialog.fault(REASON) == "사유를 입력하십시오."
    named(dialog, REASON).setText("월말 정산")
    ask.click()
    steps.run()
    me = context.agent.agent_id
    conditions = {"orderer": "김정민"}
    assert log.asked == [AskToExport(me, "주문목록", "월말 정산", conditions, 95, 0)]
    assert "승인되면 1시간 안에" in said(context)[-1]
    assert dialog.isHidden()
