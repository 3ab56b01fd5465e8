"""시작일, 종료일 and their buttons."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ets_desktop.ui.theme import Theme
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.period import PERIODS, DateField, Period, PeriodButtons, period_of

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("button", "period"),
    [
        ("오늘", Period(TODAY, TODAY)),
        ("어제", Period(date(2026, 3, 30), date(2026, 3, 30))),
        ("1주", Period(date(2026, 3, 24), TODAY)),
        ("1개월", Period(date(2026, 2, 28), TODAY)),
        ("3개월", Period(date(2025, 12, 31), TODAY)),
        ("전체", Period(None, None)),
        ("1년", Period(date(2025, 3, 31), TODAY)),
        ("올해", Period(date(2026, 1, 1), TODAY)),
        ("작년", Period(date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_what_a_button_means(button: str, period: Period) -> None:
    assert period_of(button, TODAY) == period


@pytest.fixture
def buttons(qtbot: QtBot) -> PeriodButtons:
    buttons = PeriodButtons("1개월", lambda: TODAY)
    qtbot.addWidget(buttons)
    buttons.show()
    return buttons


def pressed(buttons: PeriodButtons) -> list[str]:
    return [b.text() for b in buttons.findChildren(QPushButton) if b.property("chosen")]


def test_the_buttons_are_those_of_the_spec(buttons: PeriodButtons) -> None:
    assert [b.text() for b in buttons.findChildren(QPushButton)] == list(PERIODS)
    names = [field.accessibleName() for field in buttons.findChildren(DateField)]
    assert names == ["시작일", "종료일"]
    assert pressed(buttons) == ["1개월"]


def test_pressing_fills_the_days_and_asks(buttons: PeriodButtons, qtbot: QtBot) -> None:
    with qtbot.waitSignal(buttons.period_chosen) as chosen:
        next(b for b in buttons.findChildren(QPushButton) if b.text() == "전체").click()
    assert chosen.args == [Period(None, None)]
    assert pressed(buttons) == ["전체"]
    assert [f.text().strip() for f in buttons.findChildren(DateField)] == ["", ""]


def test_pressing_twice_stays_pressed(buttons: PeriodButtons) -> None:
    for _ in range(2):
        next(b for b in buttons.findChildren(QPushButton) if b.text() == "오늘").click()
    assert pressed(buttons) == ["오늘"]


def test_a_typed_day_releases_the_button(buttons: PeriodButtons, qtbot: QtBot) -> None:
    with qtbot.waitSignal(buttons.period_changed):
        buttons.findChildren(DateField)[0].set_day(date(2026, 3, 1))
    assert buttons.period() == Period(date(2026, 3, 1), TODAY)
    assert pressed(buttons) == []


def test_a_screen_reader_presses_the_buttons_as_a_hand_does(
    buttons: PeriodButtons, qtbot: QtBot
) -> None:
    """The first action of a checkable button is Toggle, which no `clicked` follows."""
    today = next(b for b in buttons.findChildren(QPushButton) if b.text() == "오늘")
    found = QAccessible.queryAccessibleInterface(today)
    assert found is not None
    action = found.actionInterface()
    with qtbot.waitSignal(buttons.period_chosen) as chosen:
        action.doAction(action.actionNames()[0])
    assert chosen.args == [Period(TODAY, TODAY)]
    assert found.role() == QAccessible.Role.Button
    assert pressed(buttons) == ["오늘"]


@pytest.mark.parametrize("before", [None, date(2026, 11, 22)])
@pytest.mark.parametrize(
    "typed", ["2027-01-15", "20270115", "2027.1.15", "2027-1-15", "2027/01/15"]
)
def test_a_day_is_typed_over_whatever_stands_there(
    before: date | None, typed: str, qtbot: QtBot
) -> None:
    field = DateField("완료예정일")
    qtbot.addWidget(field)
    field.set_day(before)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    assert field.day() == date(2027, 1, 15)


def test_a_day_is_deleted_and_another_one_typed(qtbot: QtBot) -> None:
    field = DateField("완료예정일")
    qtbot.addWidget(field)
    field.set_day(date(2026, 11, 22))
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert field.day() is None
    qtbot.keyClicks(field, "2027-03-01")
    assert field.day() == date(2027, 3, 1)


@pytest.mark.parametrize("day", [None, date(2026, 11, 22)])
@pytest.mark.parametrize("back", [False, True])
def test_one_tab_leads_out_of_a_day_open_or_not(day: date | None, back: bool, qtbot: QtBot) -> None:
    box, before, field, after = QWidget(), QLineEdit(), DateField("완료예정일"), QLineEdit()
    row = QHBoxLayout(box)
    for widget in (before, field, after):
        row.addWidget(widget)
    qtbot.addWidget(box)
    field.set_day(day)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is (before if back else after)
    assert field.day() == day


@pytest.mark.parametrize(
    "reason", [Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason]
)
def test_a_day_come_to_by_tab_is_replaced_or_deleted_as_a_whole(
    reason: Qt.FocusReason, qtbot: QtBot
) -> None:
    box, before, field = QWidget(), QLineEdit(), DateField("종료일")
    row = QHBoxLayout(box)
    for widget in (before, field):
        row.addWidget(widget)
    qtbot.addWidget(box)
    field.set_day(date(2026, 11, 22))
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    field.setFocus(reason)
    qtbot.keyClicks(field, "20270115")
    assert field.day() == date(2027, 1, 15)
    before.setFocus()
    field.setFocus(reason)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert field.day() is None


def test_an_open_day_shows_no_blank_selected(qtbot: QtBot) -> None:
    field = DateField("시작일")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    for reason in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.TabFocusReason):
        field.clearFocus()
        field.setFocus(reason)
        qtbot.waitUntil(field.hasFocus)
        assert not field.lineEdit().hasSelectedText()


def test_a_day_is_as_high_as_the_field_beside_it(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, "light")
    window = QWidget()
    row = QHBoxLayout(window)
    fields = (DateField("시작일"), TextField("주문번호"), QComboBox())
    for field in fields:
        row.addWidget(field)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    heights = {field.height() for field in fields}
    qapp.setStyleSheet("")
    theme.deleteLater()
    assert heights == {25}


@pytest.mark.parametrize("typed", ["99991231", "9999-12-31", "00000101", "99999999"])
def test_no_day_is_typed_that_has_none_after_it(typed: str, qtbot: QtBot) -> None:
    field = DateField("종료일")
    qtbot.addWidget(field)
    field.show()
    field.set_day(date(2026, 11, 22))
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, typed)
    field.interpretText()
    day = field.day()
    assert day is None or date(1900, 1, 1) < day <= date(9998, 12, 31)
