"""The top bar and the dock: what they show, and that they take nothing from who is typing."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.call_dock import CALL_COLUMNS, CallDock
from ets_desktop.ui.cards import CallCard, CallerCard, CallLine, CustomerCard
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.theme import Theme
from ets_desktop.ui.topbar import TopBar
from ets_desktop.ui.window import MINIMUM
from ets_desktop.ui.window_state import WindowState

RANG_AT = datetime(2026, 11, 21, 5, 3, 11, tzinfo=UTC)
RINGING = CallCard(7, "010-0000-1234", RANG_AT, "ringing")
KIM = CustomerCard(1, "C000000001", "김정민", "vip", "", 4)


class Clock:
    def __init__(self) -> None:
        self.now = RANG_AT + timedelta(seconds=52)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def bar(qtbot: QtBot) -> TopBar:
    bar = TopBar(Clock())
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def named(place: QWidget, name: str, kind: type = QWidget):
    found = [w for w in place.findChildren(kind) if w.accessibleName() == name]
    assert len(found) == 1, name
    return found[0]


def shown(bar: TopBar, name: str) -> str:
    return str(named(bar, name).text())


def button(place: QWidget, text: str) -> QPushButton:
    return next(b for b in place.findChildren(QPushButton) if b.text() == text)


def test_every_value_of_the_spec_is_a_field_named_by_its_label(bar: TopBar) -> None:
    wanted = (
        "담당자 내선 상담상태 수신번호 수신일시 통화시간 미처리 DB 전화연결 "
        "고객ID 고객명 등급 주의고객 누적접수"
    )
    buddies = {label.text(): label.buddy() for label in bar.findChildren(QLabel)}
    assert set(wanted.split()) <= set(buddies)
    assert all(buddy.accessibleName() == text for text, buddy in buddies.items())
    for text in ("신규고객", "고객저장", "고객상세"):
        assert button(bar, text).isVisible()


def test_nothing_overlaps_in_the_narrowest_window(
    bar: TopBar, qapp: QApplication, qtbot: QtBot
) -> None:
    theme = Theme(qapp, "light")
    with qtbot.waitExposed(bar):
        bar.show()
    asked = bar.minimumSizeHint().width()
    qapp.setStyleSheet("")
    theme.deleteLater()
    assert asked <= MINIMUM[0]


def test_agent_and_links_are_shown(bar: TopBar) -> None:
    bar.show_agent("김상담", "101")
    bar.show_unprocessed(1207, red=True)
    bar.show_link("DB", True)
    bar.show_link("전화연결", False, "연결이 거부되었습니다")
    texts = [shown(bar, name) for name in ("담당자", "내선", "미처리", "DB", "전화연결")]
    assert texts == ["김상담", "101", "1,207", "● 연결", "● 끊김"]
    assert named(bar, "전화연결").toolTip() == "연결이 거부되었습니다"
    assert named(bar, "미처리").property("tone") == "red"


def test_a_ring_fills_number_and_time(bar: TopBar) -> None:
    bar.show_call(RINGING)
    texts = [shown(bar, name) for name in ("수신번호", "수신일시", "통화시간")]
    assert texts == ["010-0000-1234", "2026-11-21 14:03:11", "00:00"]
    bar.show_call(None)
    assert shown(bar, "수신번호") == ""
    assert shown(bar, "통화시간") == ""


def test_the_duration_runs_while_they_talk_and_stands_afterwards(bar: TopBar) -> None:
    talking = CallCard(7, "010-0000-1234", RANG_AT, "talking", RANG_AT + timedelta(seconds=10))
    bar.show_call(talking)
    assert shown(bar, "통화시간") == "00:42"
    ended = CallCard(7, "010-0000-1234", RANG_AT, "ended", RANG_AT, talk_seconds=65)
    bar.show_call(ended)
    assert shown(bar, "통화시간") == "01:05"


def test_a_ring_takes_neither_focus_nor_text(bar: TopBar, qtbot: QtBot) -> None:
    field = named(bar, "고객명")
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    bar.show_call(RINGING)
    bar.show_caller(CallerCard(7, "김정민", "vip", "폭언", 2, "린넨 셔츠", 1, 1))
    qtbot.keyClicks(field, "def")
    assert QApplication.focusWidget() is field
    assert field.text() == "abcdef"


@pytest.mark.parametrize(
    ("caller", "text"),
    [
        (
            CallerCard(7, "김정민", "vip", "폭언", 2, "2026-11-20 린넨 셔츠", 1, 1),
            "김정민 · VIP · 주의고객: 폭언 · 미완료 접수 2건 · "
            "최근 주문 2026-11-20 린넨 셔츠 · 대기 통화 1",
        ),
        (CallerCard(7), "등록되지 않은 번호"),
        (CallerCard(7, candidates=3), "고객 3명"),
        (None, ""),
    ],
)
def test_the_strip_names_the_caller(bar: TopBar, caller: CallerCard | None, text: str) -> None:
    bar.show_caller(caller)
    assert shown(bar, "수신고객") == text


def test_the_painted_caller_is_told_once(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.caller_painted) as painted:
        bar.show_caller(CallerCard(7, "김정민"))
    assert painted.args == [7]
    with qtbot.assertNotEmitted(bar.caller_painted):
        bar.repaint()


def test_the_customer_in_the_form_is_shown_and_cleared(bar: TopBar) -> None:
    bar.show_customer(KIM)
    names = ("고객ID", "고객명", "등급", "주의고객", "누적접수")
    assert [shown(bar, name) for name in names] == ["C000000001", "김정민", "VIP", "—", "4"]
    assert button(bar, "고객상세").isEnabled()
    bar.show_customer(None)
    assert [shown(bar, name) for name in names] == [""] * 5
    assert not button(bar, "고객상세").isEnabled()


def test_a_long_name_is_held_whole(bar: TopBar) -> None:
    name = "가" * 100
    bar.show_customer(CustomerCard(1, "C1", name, "normal", "", 0))
    assert bar.customer_name == name
    assert named(bar, "고객명").toolTip() == name
    bar.set_customer_name(name + "나")
    assert bar.customer_name == name + "나"


def test_a_flagged_customer_shows_the_reason(bar: TopBar) -> None:
    bar.show_customer(CustomerCard(1, "C1", "김정민", "normal", "반복 환불", 0))
    assert shown(bar, "주의고객") == "반복 환불"


def test_enter_in_the_customer_field_searches(bar: TopBar, qtbot: QtBot) -> None:
    bar.focus_customer_search()
    field = named(bar, "고객ID")
    with qtbot.assertNotEmitted(bar.customer_searched):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    field.setText(" 1234 ")
    with qtbot.waitSignal(bar.customer_searched) as searched:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert searched.args == ["1234"]


def test_a_name_is_told_by_whatever_hand_it_is_typed(bar: TopBar, qtbot: QtBot) -> None:
    """Screen readers and acceptance runs put the text into the field as a whole."""
    field = QAccessible.queryAccessibleInterface(named(bar, "고객명"))
    assert field is not None
    with qtbot.waitSignal(bar.customer_name_edited) as typed:
        field.setText(QAccessible.Text.Value, "김정민")
    assert typed.args == ["김정민"]


def test_a_name_that_the_program_shows_is_not_told_as_typed(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.customer_name_edited):
        bar.show_customer(KIM)
        bar.set_customer_name("박정민")
        bar.show_customer(None)


def test_buttons_ask_and_do_nothing_themselves(bar: TopBar, qtbot: QtBot) -> None:
    bar.allow_customer_actions(save=True, detail=True)
    for text, signal in (
        ("신규고객", bar.new_customer_requested),
        ("고객저장", bar.save_customer_requested),
        ("고객상세", bar.customer_detail_requested),
    ):
        with qtbot.waitSignal(signal):
            button(bar, text).click()


def test_only_a_persons_choice_of_state_is_told(bar: TopBar, qtbot: QtBot) -> None:
    combo = named(bar, "상담상태", QComboBox)
    with qtbot.assertNotEmitted(bar.agent_state_chosen):
        bar.show_duty("on_call")
    assert combo.currentText() == "통화중"
    combo.setFocus()
    with qtbot.waitSignal(bar.agent_state_chosen) as chosen:
        qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert chosen.args == ["ready"]
    assert combo.currentText() == "통화중"  # until the database says so


def test_the_state_tells_since_when_and_what_follows_a_call(bar: TopBar) -> None:
    assert named(bar, "상담상태", QComboBox).currentText() == "로그아웃"
    assert shown(bar, "상담상태 경과") == ""
    bar.show_duty("rest", 125.4)
    assert shown(bar, "상담상태 경과") == "02:05"
    bar.show_duty("on_call", 3, "protected_rest")
    span = named(bar, "상담상태 경과")
    assert (span.text(), span.toolTip()) == ("00:03", "통화가 끝나면 보호 휴식")
    bar._now.now += timedelta(seconds=60)
    bar.state_box._clock.timeout.emit()
    assert span.text() == "01:03"


def test_states_of_the_telephone_cannot_be_chosen(bar: TopBar) -> None:
    combo = named(bar, "상담상태", QComboBox)
    enabled = [
        combo.itemText(n)
        for n in range(combo.count())
        if combo.model().flags(combo.model().index(n, 0)) & Qt.ItemFlag.ItemIsEnabled
    ]
    assert enabled == ["준비", "후처리", "휴식", "식사", "교육", "보호 휴식", "준비되지 않음"]


# 당일 콜 히스토리


def line(call_id: int, kind: str = "in", ticket: str = "") -> CallLine:
    number = f"010-0000-{call_id:04}"
    return CallLine(call_id, RANG_AT, kind, number, "김정민", None, ticket, 42, "ended")


@pytest.fixture
def dock(state: WindowState, qtbot: QtBot) -> CallDock:
    dock = CallDock(state)
    qtbot.addWidget(dock)
    dock.show()
    return dock


def table(dock: CallDock):
    return dock.widget().table


def test_the_columns_are_those_of_the_spec() -> None:
    titles = ["시각", "구분", "전화번호", "고객", "접수번호", "통화시간", "상태"]
    assert [column.title for column in CALL_COLUMNS] == titles
    texts = [column.text(line(7, "missed", "261121-00042")) for column in CALL_COLUMNS]
    assert texts == ["14:03:11", "부재", "010-0000-0007", "김정민", "261121-00042", "00:42", "종료"]


def test_a_new_call_goes_on_top_and_a_known_one_is_renewed(dock: CallDock) -> None:
    dock.show_calls([line(1)])
    dock.put_call(line(2))
    dock.put_call(line(1, ticket="261121-00042"))
    model = table(dock).model()
    assert [(row.call_id, row.ticket_no) for row in model.rows] == [(2, ""), (1, "261121-00042")]


def test_a_new_call_does_not_move_the_current_row(dock: CallDock) -> None:
    dock.show_calls([line(1), line(0)])
    table(dock).selectRow(1)
    dock.put_call(line(2))
    assert table(dock).current_row() == line(0)


def test_accepting_and_dialling_act_on_the_current_call(dock: CallDock, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dock.call_accept_requested):
        button(dock, "접수").click()
    dock.show_calls([line(1), line(2)])
    table(dock).selectRow(1)
    with qtbot.waitSignal(dock.call_accept_requested) as accepted:
        button(dock, "접수").click()
    with qtbot.waitSignal(dock.dial_requested) as dialled:
        button(dock, "통화").click()
    assert accepted.args == dialled.args == [line(2)]


def test_without_a_telephone_that_dials_there_is_no_dialling(dock: CallDock) -> None:
    dock.allow_dialling(False)
    assert not button(dock, "통화").isEnabled()


def test_pinning_is_remembered(dock: CallDock, state: WindowState, qtbot: QtBot) -> None:
    assert dock.is_pinned
    with qtbot.waitSignal(dock.pinned_changed):
        named(dock, "고정", QToolButton).click()
    again = CallDock(state)
    qtbot.addWidget(again)
    assert not again.is_pinned


def test_hiding_hides(dock: CallDock) -> None:
    named(dock, "숨김", QToolButton).click()
    assert dock.isHidden()


def test_a_failed_read_is_told_in_the_dock(dock: CallDock) -> None:
    dock.show_error("데이터베이스에 연결할 수 없습니다.")
    assert dock.widget().message == "데이터베이스에 연결할 수 없습니다."


def test_the_strip_is_called_back_at_the_number_that_rang(bar: TopBar, qtbot: QtBot) -> None:
    strip = named(bar, "수신고객")
    bar.show_caller(CallerCard(7, "김정민", number="01000001234"))
    whom = dialled_at(strip)
    assert whom is not None
    assert whom.number == "01000001234"
    with qtbot.assertNotEmitted(bar.caller_clicked):
        qtbot.mouseClick(strip, Qt.MouseButton.RightButton)
    bar.show_caller(None)
    assert dialled_at(strip) is None
