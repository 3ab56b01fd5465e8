"""전화 걸기 from rows and fields: the number behind the mask, and what the call belongs to."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import ClickToCall
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.table_menu import fill_menu
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column, Dialled
from ets_desktop.ui.widgets.dial_button import NUMBER, DialButton, press_dial
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
def tab(context: UiContext, qtbot: QtBot) -> Tab:
    window = QMainWindow()
    qtbot.addWidget(window)
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
