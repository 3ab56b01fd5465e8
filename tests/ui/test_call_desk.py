"""The ring path in the window: strip, dock, form, on real stored events (spec 10, spec 40)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calls import UNANSWERED_BY, Direction, End, LegEvent, Phase
from ets_desktop.domain.dialling import NOTHING
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import customer_topic
from ets_desktop.pbx.protocol import LinkState
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.calls import call_by_id, events_after
from ets_desktop.queries.drafts import my_drafts
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.gateway import report_link
from ets_desktop.settings import DeskSettings
from ets_desktop.ui.call_desk import CallDesk
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.window_desk import WindowDesk
from tests.calls import ring, then
from tests.factories import a_customer, a_phone, a_ticket, an_order, an_order_line, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

NUMBER = "01000001234"
SHOWN = "010-0000-1234"
_calls = count(1)


class Seat:
    """Kim's window without its frame: top bar, dock, form, and the telephone that rings."""

    def __init__(self, context: UiContext, database: Database, steps: Steps) -> None:
        self.beeps = 0
        self.desk = WindowDesk(context.state)
        self.context = replace(context, desk=self.desk)
        self.diagnostics = Diagnostics()
        self.form = TicketFormScreen(self.context)
        self.calls = CallDesk(
            self.context, self.desk, self.diagnostics, sound=self.beep, gap_milliseconds=0
        )
        self._database = database
        self._steps = steps
        self._last_id = 0

    def beep(self) -> None:
        self.beeps += 1

    def happen(self, *events: LegEvent) -> int:
        """The gateway stores `events`, the feed tells what is new; the call's id."""
        call_id = 0
        for event in events:
            call_id = self._database.call(record_leg_event, event).value
        self.catch_up()
        return call_id

    def catch_up(self) -> None:
        told = self._database.call(events_after, self.context.agent.extension, self._last_id)
        if told:
            self._last_id = told[-1].id
            self.calls.take_events(told)
        self.settle()

    def settle(self) -> None:
        """Until every job is told and nothing waits for its pace."""
        self._steps.run()
        gap = self.calls._history_pace._gap
        while gap.isActive() or self._steps.waiting:
            QCoreApplication.processEvents()
            self._steps.run()

    @property
    def strip(self) -> str:
        return self.desk.top_bar._caller.text()

    @property
    def dock(self) -> list[tuple[str, ...]]:
        model = self.desk.call_dock._panel.model
        return [model.texts(number) for number in range(model.rowCount())]


@pytest.fixture
def seat(
    qtbot: QtBot,
    context: UiContext,
    kim: Agent,
    lee: Agent,
    login: Callable[[Agent], Database],
    database: Database,
    steps: Steps,
) -> Iterator[Seat]:
    kims = login(kim)
    mine = replace(
        context, call=kims.call, agent=kims.call(sign_in), settings=DeskSettings(tone=True)
    )
    made = Seat(mine, database, steps)
    window = QWidget()
    column = QVBoxLayout(window)
    for part in (made.desk.top_bar, made.form, made.desk.call_dock):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.resize(1200, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    steps.run()
    yield made
    steps.run()
    if made.form.customers.chooser is not None:
        made.form.customers.chooser.reject()
    made.calls.deleteLater()


def new_ring(number: str | None = NUMBER, *, ago: float = 0) -> LegEvent:
    call = f"call-{next(_calls)}"
    at = datetime.now(UTC) - timedelta(seconds=ago)
    return ring("101", number, call, f"{call}-leg", at)


def link_is_up(seat: Seat, database: Database, reason: str = "") -> None:
    """The gateway tells that its link is up, or why not."""
    state = LinkState(up_since=None if reason else datetime.now(UTC), reason=reason)
    database.call(report_link, "asterisk", "asterisk", state)
    seat.calls._look_at_links()
    seat.settle()


def compose(field: QWidget, text: str) -> None:
    """A syllable under way in an input method."""
    QCoreApplication.sendEvent(field, QInputMethodEvent(text, []))


def content_of(seat: Seat) -> QPlainTextEdit:
    edit = seat.form.fields.content.focusProxy()
    assert isinstance(edit, QPlainTextEdit)
    return edit


def test_a_known_caller_is_named_and_loads_into_an_empty_form(seat, database) -> None:
    customer = make(database, a_customer, name="김정민", numbers=(NUMBER,), grade="vip")
    make(database, a_ticket, customer=customer)
    make(database, an_order_line, order=make(database, an_order, customer=customer))
    seat.happen(new_ring())
    bar = seat.desk.top_bar
    assert bar._shown["수신번호"].text() == SHOWN
    assert bar._shown["수신일시"].text()
    assert "김정민" in seat.strip
    assert "VIP" in seat.strip
    assert "미완료 접수 1건" in seat.strip
    assert "무선 청소기" in seat.strip
    assert seat.form.form.customer_id == customer.id
    assert SHOWN in seat.form.fields.customer.text()
    assert bar.customer_name == "김정민"
    assert bar._shown["누적접수"].text() == "1"
    assert seat.form.fields.origin.code() == "phone"
    assert seat.beeps == 1


def test_the_dock_shows_the_call_masked_and_the_history_of_today(seat, database) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    first = new_ring()
    seat.happen(first)
    seat.happen(then(first, Phase.TALKING, 3), then(first, Phase.ENDED, 45, End.COMPLETED))
    ((_, kind, number, name, _, duration, state),) = seat.dock
    assert (kind, number, name) == ("수신", "010-****-1234", "김*민")
    assert (duration, state) == ("00:42", "통화 완료")


def test_an_unknown_caller_makes_a_new_customer_by_name_and_save(seat, database, steps) -> None:
    seat.happen(new_ring())
    assert "등록되지 않은 번호" in seat.strip
    assert seat.form.fields.customer.text() == f"신규고객 · {SHOWN}"
    bar = seat.desk.top_bar
    bar._customer_name.setText("박새롬")
    bar._customer_name.textEdited.emit("박새롬")
    assert seat.form.fields.customer.text() == f"신규고객 박새롬 · {SHOWN}"
    assert bar.buttons()["save_customer"].isEnabled()
    bar.buttons()["save_customer"].click()
    steps.run()
    assert seat.form.form.customer is not None
    assert seat.form.form.customer.name == "박새롬"
    assert bar.customer_name == "박새롬"
    assert bar.customer_search.startswith("C")
    seat.settle()
    assert "박새롬" in seat.strip


def test_several_customers_are_counted_without_a_dialog_and_chosen_with_reasons(
    seat, database, steps
) -> None:
    lately = make(database, a_customer, name="김정민", numbers=(NUMBER,))
    other = make(database, a_customer, name="이정민", numbers=(NUMBER,))
    make(database, a_ticket, customer=other)
    seat.happen(new_ring())
    assert "2명" in seat.strip
    assert seat.form.customers.chooser is None
    assert seat.form.form.customer_id is None
    assert seat.form.fields.customer.text() == f"고객 2명 · {SHOWN}"
    seat.desk.take_shown_call()
    steps.run()
    chooser = seat.form.customers.chooser
    assert chooser is not None
    assert chooser.windowTitle() == "고객 선택"
    assert [row.customer_id for row in chooser.rows] == [other.id, lately.id]
    assert chooser.table.model().index(0, 6).data() == "미완료 접수, 등록된 번호"
    chooser.table.selectRow(1)
    chooser.choose.click()
    steps.run()
    assert seat.form.form.customer_id == lately.id
    assert seat.form.customers.chooser is None


def test_the_strip_and_the_dock_open_the_chooser_too(seat, database, steps) -> None:
    for name in ("김정민", "이정민"):
        make(database, a_customer, name=name, numbers=(NUMBER,))
    seat.happen(new_ring())
    seat.desk.top_bar.caller_clicked.emit()
    steps.run()
    chooser = seat.form.customers.chooser
    assert chooser is not None
    chooser.cancel.click()
    dock = seat.desk.call_dock._panel
    dock.table.selectRow(0)
    dock.button("접수").click()
    steps.run()
    again = seat.form.customers.chooser
    assert again is not None
    again.new.click()
    assert QApplication.focusWidget() is seat.desk.top_bar._customer_name


def test_a_person_known_only_from_an_order_is_offered_and_registered(
    seat, database, steps, prompts
) -> None:
    order = make(database, an_order, orderer_name="최주문", orderer_phone=NUMBER)
    make(database, an_order_line, order=order)
    seat.happen(new_ring())
    assert "최주문 (미등록)" in seat.strip
    assert seat.form.form.customer_id is None
    seat.desk.take_shown_call()
    steps.run()
    chooser = seat.form.customers.chooser
    assert chooser is not None
    assert chooser.table.model().index(0, 6).data() == "주문자 (미등록)"
    prompts.answers = ["Yes"]
    chooser.choose.click()
    steps.run()
    assert prompts.asked[-1][:2] == (
        "고객 등록",
        "연결된 고객이 없습니다. 주문자 최주문을 신규 고객으로 등록하시겠습니까?",
    )
    assert seat.form.form.customer.name == "최주문"
    assert seat.form.form.order_id == order.id


def test_whoever_is_registered_right_after_the_call_is_named(seat, database, steps) -> None:
    first = new_ring()
    seat.happen(first)
    seat.happen(then(first, Phase.TALKING, 3), then(first, Phase.ENDED, 45, End.COMPLETED))
    one = make(database, a_customer, name="최새봄", numbers=(NUMBER,))
    seat.context.changes.publish(frozenset({customer_topic(one.id)}))
    steps.run()
    assert "최새봄" in seat.strip


def test_an_expired_safe_number_is_told_as_such_and_loads_nobody(seat, database, steps) -> None:
    one = make(database, a_customer, name="최안심")
    old = datetime.now(UTC) - timedelta(days=40)
    make(database, a_phone, customer=one, digits=NUMBER, kind="safe", captured_at=old)
    seat.happen(new_ring())
    assert "최안심 (만료된 안심번호)" in seat.strip
    assert seat.form.form.customer_id is None
    seat.desk.take_shown_call()
    steps.run()
    assert seat.form.customers.chooser.table.model().index(0, 6).data() == "만료된 안심번호"
    seat.form.customers.chooser.cancel.click()


def test_a_ring_in_mid_composition_takes_neither_focus_nor_text(seat, database, steps) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    edit = content_of(seat)
    edit.setFocus()
    compose(edit, "안")
    seat.happen(new_ring())
    assert "김정민" in seat.strip
    assert QApplication.focusWidget() is edit
    assert edit.textCursor().block().layout().preeditAreaText() == "안"
    assert seat.form.form.call is None
    event = QInputMethodEvent()
    event.setCommitString("안")
    QCoreApplication.sendEvent(edit, event)
    assert seat.form.fields.content.text() == "안"


def test_a_ring_while_text_stands_there_leaves_the_form_alone(seat, database, steps) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    seat.form.fields.title.setText("쓰는 중")
    seat.form.fields.title.setFocus()
    seat.happen(new_ring())
    assert seat.form.fields.title.text() == "쓰는 중"
    assert QApplication.focusWidget() is seat.form.fields.title
    assert (seat.form.form.call, seat.form.form.customer_id) == (None, None)


def test_a_ring_leaves_what_is_typed_into_the_top_bar(seat, database) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    seat.desk.top_bar.set_customer_search("박")
    seat.happen(new_ring())
    assert seat.desk.top_bar.customer_search == "박"
    assert seat.form.form.call is None


def test_a_ring_closes_no_chooser_and_sweeps_no_pick_away(seat, database, steps) -> None:
    for name in ("김정민", "김정민"):
        make(database, a_customer, name=name)
    make(database, a_customer, name="이영희", numbers=(NUMBER,))
    seat.desk.top_bar.set_customer_search("김정민")
    seat.desk.top_bar.customer_searched.emit("김정민")
    steps.run()
    seat.desk.top_bar.set_customer_search("")
    seat.happen(new_ring())
    chooser = seat.form.customers.chooser
    assert chooser is not None
    assert "이영희" in seat.strip
    chooser.cancel.click()
    seat.form.fields.ticket_type.set_code("return")
    seat.happen(new_ring("01000005678"))
    assert seat.form.form.call is None
    assert seat.form.fields.ticket_type.code() == "return"


def test_a_ring_leaves_a_card_under_edit_in_front(seat, database) -> None:
    make(database, a_customer, name="이영희", numbers=(NUMBER,))
    seat.form.pages.open_page("고객상세")
    seat.form.pages.customer.button("만들기").click()
    seat.form.pages.customer.name.setText("박새롬")
    seat.happen(new_ring())
    assert seat.form.pages.open_title == "고객상세"
    assert seat.form.pages.customer.name.text() == "박새롬"
    assert seat.form.form.call is None


def test_f2_parks_the_text_even_of_a_half_composed_syllable(seat, database, steps, kim) -> None:
    customer = make(database, a_customer, name="김정민", numbers=(NUMBER,))
    seat.form.fields.title.setText("쓰는 중")
    edit = content_of(seat)
    edit.setFocus()
    compose(edit, "안")
    call_id = seat.happen(new_ring())
    seat.desk.take_shown_call()
    steps.run()
    (draft,) = database.call(my_drafts, kim.id, None, 10).rows
    assert (draft.kind, draft.title) == ("call", "쓰는 중")
    assert "임시저장" in seat.desk.status_line.message
    assert seat.form.form.customer_id == customer.id
    assert seat.form.form.contents.call_id == call_id
    assert seat.form.fields.content.text() == ""
    seat.form.load_draft(draft.draft_id)
    steps.run()
    assert seat.form.fields.content.text() == "안"
    assert seat.form.form.contents.call_id is None


def test_a_save_links_the_call_that_was_taken_and_no_other(seat, database, steps, kim) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    first = new_ring()
    taken = seat.happen(first, then(first, Phase.TALKING, 2))
    other = seat.happen(new_ring("01000005678"))
    seat.form.fields.ticket_type.set_code("delivery")
    seat.form.fields.content.set_text("언제 오나요")
    seat.form.buttons.button(Action.SAVE).click()
    steps.run()
    ticket_no = seat.form.fields.ticket_no.text()
    assert database.call(call_by_id, "101", taken).ticket_no == ticket_no
    assert database.call(call_by_id, "101", other).ticket_no == ""
    assert any(ticket_no in row for row in seat.dock)


def test_answering_without_f2_leaves_the_form_alone_and_links_nothing(
    seat, database, steps, kim
) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    ticket = make(database, a_ticket, created_by=kim)
    seat.form.load_ticket(ticket.id)
    steps.run()
    first = new_ring()
    call_id = seat.happen(first, then(first, Phase.TALKING, 2))
    seat.form.fields.content.set_text("다른 일")
    seat.form.buttons.button(Action.SAVE).click()
    steps.run()
    assert database.call(ticket_detail, ticket.id).form.content == "다른 일"
    assert database.call(call_by_id, "101", call_id).ticket_id is None


def test_a_second_call_waits_and_takes_over_when_the_first_ends(seat, database, steps) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    make(database, a_customer, name="이둘째", numbers=("01000005678",))
    first = new_ring()
    seat.happen(first, then(first, Phase.TALKING, 2))
    seat.happen(new_ring("01000005678"))
    assert "김정민" in seat.strip
    assert "대기 통화 1" in seat.strip
    assert len(seat.dock) == 2
    seat.happen(then(first, Phase.ENDED, 30, End.COMPLETED))
    assert "이둘째" in seat.strip
    assert "대기" not in seat.strip
    assert seat.form.form.customer.name == "김정민"


def test_a_form_filled_by_a_missed_call_gives_way_to_the_next_ring(seat, database) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    second = make(database, a_customer, name="이둘째", numbers=("01000005678",))
    first = new_ring()
    seat.happen(first)
    seat.happen(then(first, Phase.ENDED, 9, End.ABANDONED))
    seat.happen(new_ring("01000005678"))
    assert seat.form.form.customer_id == second.id


def test_calls_of_an_outage_are_missed_in_the_dock_and_pop_up_no_more(seat, database) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    over = new_ring(ago=60)
    seat.happen(over, then(over, Phase.ENDED, 9, End.ABANDONED))
    assert [row[1] for row in seat.dock] == ["부재"]
    assert seat.strip == ""
    assert seat.form.form.call is None
    assert seat.beeps == 0


def test_a_call_still_talking_after_an_outage_is_shown_as_talking(seat, database) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    going_on = new_ring(ago=60)
    seat.happen(going_on, then(going_on, Phase.TALKING, 5))
    assert seat.desk.top_bar.call.state == "talking"
    assert seat.desk.top_bar._shown["통화시간"].text().startswith("00:5")
    assert "김정민" in seat.strip


def test_a_withheld_number_is_a_call_without_a_customer(seat, database, steps) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    seat.happen(new_ring("anonymous"))
    assert seat.desk.top_bar._shown["수신번호"].text() == "발신번호표시제한"
    assert seat.form.form.customer_id is None
    assert seat.form.fields.customer.text() == "신규고객 · 발신번호표시제한"
    seat.form.fields.ticket_type.set_code("delivery")
    seat.form.fields.content.set_text("누구일까")
    seat.form.buttons.button(Action.SAVE).click()
    assert seat.form.fields.error("고객")


def test_a_colleague_who_rings_is_nobodys_customer(seat, database) -> None:
    seat.happen(new_ring("102"))
    assert seat.strip == "내선 102"
    assert seat.form.form.call is None


def test_an_outgoing_call_is_shown_and_takes_no_form(seat, database) -> None:
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    out = replace(new_ring(), direction=Direction.OUT, phase=Phase.DIALLING)
    seat.happen(out)
    assert seat.desk.top_bar.call.state == "dialling"
    assert seat.form.form.call is None
    assert seat.beeps == 0


@pytest.mark.parametrize(
    ("who", "end", "told", "ended"),
    [
        ("agent", End.NO_ANSWER, "전화기를 받지 않아 010-****-1234에 걸지", "내 전화 안 받음"),
        ("agent", End.BUSY, "전화기가 통화 중이어서 010-****-1234에 걸지", "내 전화 통화 중"),
        ("customer", End.BUSY, "010-****-1234: 고객이 통화 중입니다.", "통화 중(상대)"),
        ("customer", End.DECLINED, "010-****-1234: 고객이 거절했습니다.", "거절"),
    ],
)
def test_whoever_dialled_is_told_who_did_not_take_the_call(
    seat: Seat, who: str, end: End, told: str, ended: str
) -> None:
    out = replace(new_ring(), direction=Direction.OUT, phase=Phase.RINGING)
    seat.happen(out, then(out, Phase.ENDED, 9, end, {UNANSWERED_BY: who}))
    assert told in seat.desk.status_line.message
    assert seat.dock[0][6] == ended


def test_a_call_that_ended_as_calls_do_is_told_of_by_the_dock_alone(seat: Seat) -> None:
    out = replace(new_ring(), direction=Direction.OUT, phase=Phase.RINGING)
    seat.happen(out, then(out, Phase.ENDED, 9, End.LOST, {UNANSWERED_BY: "customer"}))
    assert seat.desk.status_line.message == ""
    assert seat.dock[0][6] == "확인 안 됨"


def test_the_dock_dials_the_number_behind_its_masked_row(seat, database, qtbot) -> None:
    link_is_up(seat, database)
    seat.happen(new_ring())
    dock = seat.desk.call_dock._panel
    dock.table.selectRow(0)
    with qtbot.waitSignal(seat.desk.dial_requested) as dialled:
        dock.button("통화").click()
    assert dialled.args == [NUMBER, NOTHING]


def test_the_telephone_dot_tells_the_state_of_the_links(seat, database) -> None:
    dot = seat.desk.top_bar._shown["전화연결"]
    assert dot.text() == "● 끊김"
    assert dot.toolTip() == "전화 연결이 없습니다."
    link_is_up(seat, database)
    assert dot.text() == "● 연결"
    link_is_up(seat, database, reason="link_refused")
    assert dot.text() == "● 끊김"
    assert dot.toolTip().startswith("asterisk (Asterisk): ")
    threatened = LinkState(up_since=datetime.now(UTC), reason="centrex_password_ages")
    database.call(report_link, "asterisk", "asterisk", threatened)
    seat.calls._look_at_links()
    seat.settle()
    assert dot.text() == "● 연결"
    assert "곧 만료됩니다" in dot.toolTip()


def test_ring_to_painted_is_measured_once_a_call(seat, database, qtbot) -> None:
    seat.happen(new_ring(ago=0.05))
    qtbot.waitUntil(lambda: len(seat.diagnostics.ring_to_painted) == 1)
    assert 0.04 < seat.diagnostics.ring_to_painted[0] < 60
    seat.desk.top_bar.update()
    QCoreApplication.processEvents()
    assert len(seat.diagnostics.ring_to_painted) == 1


def test_the_look_at_the_caller_is_logged(seat, database) -> None:
    from sqlalchemy import text

    customer = make(database, a_customer, name="김정민", numbers=(NUMBER,))
    seat.happen(new_ring())
    rows = database.call(
        lambda session: session.execute(text("SELECT action, subject FROM access_log")).all()
    )
    assert ("show_caller", f"customer/{customer.id}") in {tuple(row) for row in rows}


def test_f2_without_a_call_says_so(seat) -> None:
    seat.desk.take_shown_call()
    assert "통화" in seat.desk.status_line.message
