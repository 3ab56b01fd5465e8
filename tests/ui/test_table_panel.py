"""A list with its buttons, its age and its errors."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from ets_desktop.domain.paging import Page
from ets_desktop.ui.list_age import AWAY, ListAge
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.window_state import WindowState
from tests.ui.test_tables import COLUMNS, Line, key, lines

NOW = datetime(2026, 11, 21, 5, 3, 11, tzinfo=UTC)


@pytest.fixture
def panel(state: WindowState, qtbot: QtBot) -> TablePanel[Line]:
    panel: TablePanel[Line] = TablePanel(
        "고객접수내역", COLUMNS, key, buttons=("선택", "삭제"), state=state
    )
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_the_list_tells_its_age_in_seoul(panel: TablePanel[Line]) -> None:
    panel.show_page(Page(lines(0, 3)), NOW)
    assert panel.age.text() == "14:03:11 기준"


def test_the_button_chooses_the_current_row(panel: TablePanel[Line], qtbot: QtBot) -> None:
    panel.show_rows(lines(0, 3))
    panel.table.selectRow(1)
    with qtbot.waitSignal(panel.row_chosen) as chosen:
        panel.button("선택").click()
    assert chosen.args == [Line(1)]
    assert panel.current_row() == Line(1)


def test_without_a_row_the_button_asks_for_one(panel: TablePanel[Line], qtbot: QtBot) -> None:
    panel.show_rows(lines(0, 3))
    with qtbot.assertNotEmitted(panel.row_chosen):
        panel.button("선택").click()
    assert panel.message == "목록에서 한 건을 먼저 고르십시오."
    panel.table.selectRow(1)
    assert panel.message == ""


def test_an_empty_list_says_so(panel: TablePanel[Line]) -> None:
    panel.show_rows(())
    assert panel.message == "내역이 없습니다."
    panel.show_rows(lines(0, 1))
    assert panel.message == ""


def test_a_failed_read_keeps_the_rows_and_their_age(panel: TablePanel[Line]) -> None:
    panel.show_page(Page(lines(0, 3), (3,)), NOW)
    panel.show_error("데이터베이스에 연결할 수 없습니다.")
    assert panel.model.rowCount() == 3
    assert panel.age.text() == "14:03:11 기준"
    assert panel.message == "데이터베이스에 연결할 수 없습니다."


def test_a_busy_and_a_cleared_list_say_so(panel: TablePanel[Line]) -> None:
    panel.show_busy()
    assert panel.message == "조회 중…"
    panel.clear()
    assert (panel.message, panel.age.text(), panel.model.rowCount()) == ("", "", 0)


def test_a_reload_keeps_row_and_age(panel: TablePanel[Line]) -> None:
    panel.show_page(Page(lines(0, 3)), NOW)
    panel.table.selectRow(2)
    panel.reload_rows((Line(7), *lines(0, 3)))
    assert panel.current_row() == Line(2)
    assert panel.age.text() == "14:03:11 기준"
    panel.reload(Page(lines(0, 2)), NOW)
    assert panel.current_row() is None


def test_further_pages_are_asked_for(panel: TablePanel[Line], qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.more_wanted) as wanted:
        panel.show_page(Page(lines(0, 3), (3,)))
    assert wanted.args == [(3,)]
    panel.append_page(Page(lines(3, 4)))
    assert panel.model.rowCount() == 4


def test_a_note_ends_the_waiting_without_being_a_fault(panel: TablePanel[Line]) -> None:
    panel.show_page(Page(lines(0, 3), (3,)), NOW)
    panel.model.fetchMore(QModelIndex())
    panel.show_note("조회를 중지했습니다.")
    assert panel.message == "조회를 중지했습니다."
    assert panel.model.canFetchMore(QModelIndex())


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def age(clock: Clock, qtbot: QtBot) -> ListAge:
    age = ListAge(passed=clock)
    qtbot.addWidget(age)
    age.show()
    return age


def test_from_a_minute_on_the_age_is_told_too(age: ListAge, clock: Clock) -> None:
    age.show_moment(NOW)
    clock.seconds += 59
    age.clock.timeout.emit()
    assert age.text() == "14:03:11 기준"
    clock.seconds += 61
    age.clock.timeout.emit()
    assert age.text() == "14:03:11 기준 · 2분 전"


def test_the_same_moment_goes_on_ageing_and_a_newer_one_starts_anew(
    age: ListAge, clock: Clock
) -> None:
    age.show_moment(NOW)
    clock.seconds += 60
    age.show_moment(NOW)
    assert age.text() == "14:03:11 기준 · 1분 전"
    age.show_moment(NOW + timedelta(minutes=1))
    assert age.text() == "14:04:11 기준"


def test_the_age_moves_only_while_it_is_seen(age: ListAge, clock: Clock) -> None:
    age.show_moment(NOW)
    assert age.clock.isActive()
    age.hide()
    assert not age.clock.isActive()
    clock.seconds += 3_600
    age.show()
    assert age.text() == "14:03:11 기준 · 1시간 0분 전"


def test_rows_that_hear_nothing_new_are_plainly_marked(age: ListAge) -> None:
    age.setProperty(AWAY, True)
    age.show_moment(None)
    assert (age.text(), age.property("tone")) == ("", None)
    age.show_moment(NOW)
    assert (age.text(), age.property("tone")) == ("14:03:11 기준 · 연결 끊김", "red")
    age.setProperty(AWAY, False)
    age.tell()
    assert (age.text(), age.property("tone")) == ("14:03:11 기준", "")
