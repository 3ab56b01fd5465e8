"""전화 걸기 from rows and fields: the number behind the mask, and what the call belongs to."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.queries.customers import CustomerRow
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import ClickToCall
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.table_menu import fill_menu
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column, Dialled
from ets_desktop.ui.widgets.dial_button import NUMBER, DialButton, press_dial
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.side_dialog import SideDialog
from ets_desktop.ui.widgets.timeline import Timeline, TimelineEntry
from tests.ui.conftest import WrittenDesk

OF_TICKET = DialledFrom(ticket_id=7)


@dataclass(frozen=True)
class Row:
    key: int
    whom: Dialled


class Tab(Screen):
    """A list, a field to type in with its ☎, and one that only shows."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        columns = (
            Column[Row]("이름", lambda row: str(row.key)),
            Column[Row]("전화번호", lambda row: "010-****-1234", dials=lambda row: row.whom),
        )
        self.panel = TablePanel("목록", columns, lambda row: row.key)
        self.typed = QLineEdit()
        self.dial = DialButton("전화", self.typed)
        self.plain = QLineEdit("010-0000-1234")
        self.masked = QLineEdit("010-****-9999")
        self.masked.setProperty(NUMBER, "01000009999")
        self.label = QLabel()
        column = QVBoxLayout(self)
        for each in (self.panel, self.typed, self.dial, self.plain, self.masked, self.label):
            column.addWidget(each)

    def dialled_from(self) -> DialledFrom:
        return OF_TICKET


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def tab(context: UiContext, window: QMainWindow) -> Tab:
    tab = Tab(context)
    window.setCentralWidget(tab)
    ClickToCall(context, window)
    return tab


def asked(desk: WrittenDesk) -> tuple[object, ...]:
    return desk.asked[-1]


def choose(tab: Tab, number: str, about: DialledFrom = NOTHING) -> None:
    tab.panel.show_rows((Row(1, Dialled(number, about)),))
    tab.panel.table.selectRow(0)
    press_dial(tab.panel.table)


def test_a_row_dials_the_number_behind_its_cell(tab: Tab, desk: WrittenDesk) -> None:
    choose(tab, "01000001234", OF_TICKET)
    assert asked(desk) == ("dial", "01000001234", OF_TICKET)
    choose(tab, "")
    assert asked(desk) == ("say", "전화번호가 없습니다.")


def test_a_promise_is_kept_by_the_way_of_promises(tab: Tab, desk: WrittenDesk) -> None:
    choose(tab, "01000001234", DialledFrom(callback_id=3))
    assert asked(desk) == ("call_back", 3, "010-****-1234")


def test_without_a_row_or_a_number_there_is_nobody_to_call(tab: Tab, desk: WrittenDesk) -> None:
    nobody = ("say", "전화를 걸 번호를 먼저 고르십시오.")
    for place in (tab.panel.table, tab.plain, tab.label):
        press_dial(place)
        assert asked(desk) == nobody


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("010-0000-1234", ("dial", "01000001234", OF_TICKET)),
        ("", ("say", "전화번호가 없습니다.")),
        ("102", ("say", "전화번호가 없습니다.")),
    ],
)
def test_the_button_beside_a_field_dials_what_stands_in_it(
    tab: Tab, desk: WrittenDesk, typed: str, told: tuple[object, ...]
) -> None:
    assert tab.dial.accessibleName() == "전화 통화"
    tab.typed.setText(typed)
    tab.dial.click()
    assert asked(desk) == told


def test_a_field_that_shows_less_dials_the_whole_number(tab: Tab, desk: WrittenDesk) -> None:
    press_dial(tab.masked)
    assert asked(desk) == ("dial", "01000009999", OF_TICKET)


def test_a_field_outside_the_tabs_belongs_to_nothing(
    tab: Tab, desk: WrittenDesk, qtbot: QtBot
) -> None:
    bar = QLineEdit("010-0000-1234", tab.window())
    bar.setProperty(NUMBER, True)
    press_dial(bar)
    assert asked(desk) == ("dial", "01000001234")


def test_the_menu_of_a_list_dials_where_the_window_does(tab: Tab, desk: WrittenDesk) -> None:
    tab.panel.show_rows((Row(1, Dialled("01000001234")),))
    tab.panel.table.selectRow(0)
    menu = QMenu(tab)
    fill_menu(menu, tab.panel.table)
    call = next(action for action in menu.actions() if action.text() == "전화 걸기")
    call.trigger()
    assert asked(desk) == ("dial", "01000001234")


def test_where_nothing_is_dialled_nothing_happens(qtbot: QtBot, desk: WrittenDesk) -> None:
    alone = QWidget()
    qtbot.addWidget(alone)
    press_dial(alone)
    assert desk.asked == []


# Menus and dialogs


def menu_of(place: QWidget, reason: QContextMenuEvent.Reason) -> QMenu | None:
    """The menu that comes up at `place`."""
    QApplication.sendEvent(place, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))
    menu = QApplication.activePopupWidget()
    return menu if isinstance(menu, QMenu) else None


def call_in(menu: QMenu | None) -> QAction | None:
    """전화 걸기 of a menu, which is closed again."""
    assert menu is not None
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    menu.close()
    return next((action for action in menu.actions() if action.text() == "전화 걸기"), None)


MOUSE, KEYS = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard


@pytest.fixture
def timeline(tab: Tab) -> Timeline:
    timeline = Timeline("고객여정")
    tab.layout().addWidget(timeline)
    at = datetime(2026, 11, 22, 5, 3, 11, tzinfo=UTC)
    called = TimelineEntry(1, at, "call", "통화", dialled=Dialled("01000001234", OF_TICKET))
    entries = [called, TimelineEntry(2, at, "status", "완료")]
    timeline.entries.show_entries(entries, has_more=False)
    return timeline


def test_an_entry_of_a_time_line_dials_its_number(
    tab: Tab, timeline: Timeline, desk: WrittenDesk
) -> None:
    press_dial(timeline)
    assert asked(desk) == ("say", "전화를 걸 번호를 먼저 고르십시오.")
    timeline.select_key(1)
    press_dial(timeline)
    assert asked(desk) == ("dial", "01000001234", OF_TICKET)
    timeline.select_key(2)
    press_dial(timeline)
    assert asked(desk) == ("say", "전화번호가 없습니다.")


@pytest.mark.parametrize("reason", [MOUSE, KEYS])
def test_the_menu_of_a_time_line_dials(
    tab: Tab, timeline: Timeline, desk: WrittenDesk, reason: QContextMenuEvent.Reason
) -> None:
    # Qt tells the mouse to the viewport, the menu key to the list.
    place = timeline.viewport() if reason is MOUSE else timeline
    timeline.select_key(1)
    call = call_in(menu_of(place, reason))
    assert call is not None
    call.trigger()
    assert asked(desk) == ("dial", "01000001234", OF_TICKET)
    timeline.select_key(2)
    call = call_in(menu_of(place, reason))
    assert call is not None
    assert not call.isEnabled()


def test_a_time_line_where_nothing_is_dialled_has_no_menu(qtbot: QtBot) -> None:
    alone = Timeline("고객여정")
    qtbot.addWidget(alone)
    assert menu_of(alone.viewport(), MOUSE) is None


def test_the_menu_of_a_shown_number_dials(tab: Tab, desk: WrittenDesk) -> None:
    field = ReadOnlyField("수신번호", tab)
    field.show_value("010-****-1234")
    assert call_in(menu_of(field, MOUSE)) is None
    field.setProperty(NUMBER, "01000001234")
    call = call_in(menu_of(field, MOUSE))
    assert call is not None
    call.trigger()
    assert asked(desk) == ("dial", "01000001234", OF_TICKET)


def test_where_nothing_is_dialled_a_shown_number_is_only_copied(qtbot: QtBot) -> None:
    field = ReadOnlyField("수신번호")
    field.setProperty(NUMBER, "01000001234")
    qtbot.addWidget(field)
    assert call_in(menu_of(field, MOUSE)) is None


def test_a_customer_is_called_from_the_chooser_by_its_key_and_its_menu(
    tab: Tab, context: UiContext, desk: WrittenDesk, qtbot: QtBot
) -> None:
    rows = tuple(
        CustomerRow(number, f"C-{number}", "김정민", digits, "normal", False, "", "", None)
        for number, digits in ((1, "01000001234"), (2, ""))
    )
    tab.window().show()
    chooser = CustomerChooser(rows, "", context.state, tab.window())
    with qtbot.waitActive(chooser):
        chooser.open()
        chooser.activateWindow()
    qtbot.keyClick(chooser.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert asked(desk) == ("dial", "01000001234")
    assert chooser.isVisible()
    chooser.table.selectRow(1)
    menu = QMenu(chooser)
    fill_menu(menu, chooser.table)
    call = call_in(menu)
    assert call is not None
    call.trigger()
    assert asked(desk) == ("say", "전화번호가 없습니다.")
    chooser.reject()


def test_the_key_in_a_dialog_beside_dials_its_own_number(
    tab: Tab, desk: WrittenDesk, qtbot: QtBot
) -> None:
    window = tab.window()
    window.show()
    tab.typed.setText("010-0000-9999")
    tab.typed.setFocus()
    dialog = SideDialog(window)
    field = QLineEdit("010-0000-1234", dialog)
    dial = DialButton("전화", field)
    dial.setParent(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.asked == [("dial", "01000001234")]
    qtbot.keyClicks(field, "5")
    assert field.text() == "010-0000-12345"
    dialog.close()
