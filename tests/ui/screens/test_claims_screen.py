"""반품처리 and 교환처리: what is open, its clocks, and what is done with several claims at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claims import ClaimType, Decision, HoldReason
from ets_desktop.domain.delivery import Miss, Undelivered
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_phone
from ets_desktop.domain.pickups import PickupState
from ets_desktop.queries.claim_detail import claim_detail
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.claims import HoldClaim, hold_claim
from ets_desktop.services.outbox import TakeInstructions, note_delivery, take_instructions
from ets_desktop.services.pickups import take_pickup_news
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.ui.batch_actions import REFUSED
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.screens.claims.fee_dialog import FeeDialog
from ets_desktop.ui.screens.claims.hold_dialog import HoldDialog
from ets_desktop.ui.screens.claims.screen import ExchangeClaimsScreen, ReturnClaimsScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.fields import TextField
from tests.claims import arrived, news, requested, shipped_line, wish, without_goods
from tests.ui.screens.searching import (
    ask,
    ask_for,
    button,
    cells,
    error,
    find,
    panel,
    select_every_row,
    shown,
    wait_for_cells,
)

BUTTONS = ["선택", "접수", "보류", "해제", "거부", "철회", "환불", "재발송", "엑셀 저장"]
CONDITIONS = ["시작일", "종료일", "유형", "단계", "보류", "경과", "주문번호", "고객"]


def claim(database: Database, kim: Agent, **values: Any) -> ClaimRequested:
    line = shipped_line(database, **values.pop("line", {}))
    return requested(database, kim, wish(line, **values))


def of_channel(database: Database, kim: Agent) -> ClaimRequested:
    """A claim that a channel told of, with its own code and words."""
    return claim(
        database,
        kim,
        pickup=None,
        source="channel",
        channel_status="RETURN_REQUEST",
        channel_status_detail="반품요청",
    )


def open_screen(
    kims_desk: UiContext, steps: Any, qtbot: QtBot, **values: Any
) -> ReturnClaimsScreen:
    made: ReturnClaimsScreen = shown(ReturnClaimsScreen(kims_desk, **values), steps, qtbot)
    return made


def claims(screen: QWidget, name: str = "반품처리") -> TablePanel[Any]:
    return panel(screen, name)


def select_all(screen: QWidget, qtbot: QtBot) -> None:
    claims(screen).table.selectRow(0)
    select_every_row(claims(screen), qtbot)


def press(screen: QWidget, label: str, steps: Any) -> None:
    button(screen, label).click()
    steps.run()


def choose(screen: QWidget, label: str, wanted: str, steps: Any) -> None:
    find(screen, QComboBox, label).setCurrentText(wanted)
    ask(screen, steps)


def set_on_claim(database: Database, made: ClaimRequested, assignment: str) -> None:
    statement = text(f"UPDATE claim SET {assignment} WHERE id = :id")

    def write(session: Any) -> None:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(statement, {"id": made.claim.claim_id})

    database.call(write)


def tone(screen: QWidget, title: str, row: int = 0) -> bool:
    titles = [column.title for column in claims(screen).model.columns]
    return claims(screen).model.is_red(row, titles.index(title))


def test_every_button_and_condition_is_there(kims_desk: UiContext, steps, qtbot: QtBot) -> None:
    screen = open_screen(kims_desk, steps, qtbot)
    for label in BUTTONS:
        assert button(screen, label).isVisible()
    for name in CONDITIONS:
        assert find(screen, QWidget, name).isVisible()


def test_opened_it_shows_every_open_claim_however_old_in_one_read(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = of_channel(database, kim)
    set_on_claim(database, made, "created_at = now() - interval '100 days'")
    claim(database, kim, claim_type=ClaimType.EXCHANGE_SAME)
    screen = ReturnClaimsScreen(kims_desk)
    qtbot.addWidget(screen)
    screen.show()
    assert steps.waiting == 1
    steps.run()
    assert cells(claims(screen), "유형") == ["반품"]
    assert cells(claims(screen), "단계") == ["요청"]
    assert cells(claims(screen), "판매처 상태") == ["RETURN_REQUEST 반품요청"]
    assert cells(claims(screen), "경과") == ["100일 0시간"]
    assert cells(claims(screen), "접수번호") == [made.ticket_no]
    assert "*" in cells(claims(screen), "고객")[0]
    claims(screen).table.selectRow(0)
    whom = dialled_at(claims(screen).table)
    assert whom is not None
    assert mask_phone(whom.number) == cells(claims(screen), "연락처")[0]
    assert whom.about == DialledFrom(ticket_id=claims(screen).model.rows[0].ticket_id)


def test_exchanges_have_their_own_list(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    claim(database, kim)
    claim(database, kim, claim_type=ClaimType.EXCHANGE_SAME)
    screen = shown(ExchangeClaimsScreen(kims_desk), steps, qtbot)
    assert cells(claims(screen, "교환처리"), "유형") == ["동일상품교환"]


def test_conditions_narrow_the_list_and_clearing_brings_the_open_ones_back(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    asked = of_channel(database, kim)
    held = claim(database, kim)
    hold = HoldClaim(kim.id, held.claim.claim_id, held.claim.version, HoldReason.FEE_UNPAID)
    database.call(hold_claim, hold)
    screen = open_screen(kims_desk, steps, qtbot)
    table = claims(screen)
    assert cells(table, "보류") == ["배송비 미입금", ""]
    choose(screen, "보류", "보류 아님", steps)
    assert cells(table, "접수번호") == [asked.ticket_no]
    choose(screen, "단계", "회수지시", steps)
    assert table.model.rowCount() == 0
    choose(screen, "보류", "보류", steps)
    assert cells(table, "접수번호") == [held.ticket_no]
    choose(screen, "유형", "회수", steps)
    assert table.model.rowCount() == 0
    button(screen, "초기화").click()
    choose(screen, "경과", "7일 이상", steps)
    assert table.model.rowCount() == 0
    set_on_claim(database, asked, "created_at = now() - interval '8 days'")
    ask(screen, steps)
    assert cells(table, "접수번호") == [asked.ticket_no]
    button(screen, "1주").click()
    steps.run()
    assert table.model.rowCount() == 0
    button(screen, "초기화").click()
    choose(screen, "단계", "전체", steps)
    assert error(screen, "고객") == "조회 조건을 하나 이상 입력하십시오."
    button(screen, "1개월").click()
    steps.run()
    assert table.model.rowCount() == 2
    ask_for(screen, steps, "고객", "x")
    assert table.model.rowCount() == 0


def test_the_clocks_of_the_law_turn_red_once_they_are_over(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    delivered = datetime.now(UTC) - timedelta(days=20)
    line = shipped_line(database, order_status="delivered", delivered_at=delivered)
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    screen = open_screen(kims_desk, steps, qtbot)
    assert tone(screen, "신청기한")
    assert not tone(screen, "환불기한")
    assert cells(claims(screen), "환불기한")[0] > cells(claims(screen), "신청기한")[0]
    titles = [column.title for column in claims(screen).model.columns]
    tips = {title: claims(screen).model.tip(0, titles.index(title)) for title in titles}
    assert tips["신청기한"].startswith("배송완료 ")
    assert tips["환불기한"].startswith("입고 ")
    late = open_screen(kims_desk, steps, qtbot, now=lambda: datetime.now(UTC) + timedelta(days=30))
    assert tone(late, "환불기한")


def test_a_delivery_that_becomes_known_starts_its_clock(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    line = shipped_line(database)
    requested(database, kim, wish(line))
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(claims(screen), "신청기한") == [""]
    delivered = text("UPDATE order_line SET delivered_at = now() WHERE id = :id")
    database.call(lambda session: session.execute(delivered, {"id": line.id}))
    ask(screen, steps)
    assert cells(claims(screen), "신청기한") != [""]
    assert not tone(screen, "신청기한")


def test_fees_payment_goods_and_parcel_are_told_in_words(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    line = shipped_line(database)
    other = shipped_line(database, order=None)
    made = requested(database, kim, wish(line))
    free = requested(database, kim, wish(other, fee=0, fee_method=None, pickup=None))
    database.call(take_pickup_news, news(made, PickupState.ACCEPTED, return_waybill="600000000999"))
    screen = open_screen(kims_desk, steps, qtbot)
    titles = [column.title for column in claims(screen).model.columns]
    tips = {title: claims(screen).model.tip(1, titles.index(title)) for title in titles}
    assert cells(claims(screen), "접수번호") == [free.ticket_no, made.ticket_no]
    assert cells(claims(screen), "배송비") == ["", "3,000"]
    assert cells(claims(screen), "회수") == ["", "택배접수"]
    assert tips["배송비"] == "고객 부담 · 미수"
    assert tips["회수"] == "CJ대한통운 600000000999"
    assert tips["유형"] == f"클레임 {made.claim.claim_no}"
    assert tips["단계"].startswith("주문상태: ")
    assert set(cells(claims(screen), "완납여부")) <= {"완납", "미완납"}


def test_an_instruction_that_did_not_arrive_says_why(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    claim(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(claims(screen), "물류지시") == ["전송대기"]
    (told,) = database.call(take_instructions, TakeInstructions())
    refused = Miss(Undelivered.REFUSED, "422", final=True)
    database.call(note_delivery, told, refused)
    ask(screen, steps)
    (said,) = cells(claims(screen), "물류지시")
    assert said.startswith("실패 · ERP가 받지 않았습니다.")
    assert said.endswith("(422)")
    assert tone(screen, "물류지시")


def test_of_several_instructions_the_one_worst_off_is_told(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line))
    (told,) = database.call(take_instructions, TakeInstructions())
    database.call(note_delivery, told, None)
    arrived(database, kim, made, line.id)
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.REFUND))
    row = database.call(claim_detail, made.claim.claim_id).row
    assert (row.send_state, row.send_error) == ("waiting", "")
    later, *_ = database.call(take_instructions, TakeInstructions())
    database.call(note_delivery, later, Miss(Undelivered.BUSY, "503"))
    row = database.call(claim_detail, made.claim.claim_id).row
    assert (row.send_state, row.send_error) == ("waiting", "erp_busy 503")


def test_one_refused_row_stops_no_other_and_is_told_by_itself(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    first, stale, last = (of_channel(database, kim) for _ in range(3))
    screen = open_screen(kims_desk, steps, qtbot)
    set_on_claim(database, stale, "version = version + 1")
    select_all(screen, qtbot)
    press(screen, "접수", steps)
    told = panel(screen, REFUSED)
    assert cells(told, "접수번호") == [stale.ticket_no]
    assert "다른 담당자가" in cells(told, "이유")[0]
    said = "접수: 2건을 처리했고 1건은 처리하지 못했습니다."
    assert ("say", said) in kims_desk.desk.asked
    wait_for_cells(claims(screen), "단계", ["접수", "요청", "접수"], steps, qtbot)
    assert {first.ticket_no, last.ticket_no} < set(cells(claims(screen), "접수번호"))


def test_a_hold_needs_a_reason_and_is_released_again(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    claim(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    assert not button(screen, "해제").isEnabled()
    button(screen, "보류").click()
    dialog = screen.findChild(HoldDialog)
    button(dialog, "확인").click()
    assert error(dialog, "보류사유") == "보류 사유를 고르십시오."
    find(dialog, QComboBox, "보류사유").setCurrentText("고객 확인 필요")
    find(dialog, TextField, "비고").setText("가" * 3_000)
    button(dialog, "확인").click()
    assert error(dialog, "비고")
    find(dialog, TextField, "비고").setText("색상 확인")
    button(dialog, "확인").click()
    wait_for_cells(claims(screen), "보류", ["고객 확인 필요"], steps, qtbot)
    press(screen, "해제", steps)
    wait_for_cells(claims(screen), "보류", [""], steps, qtbot)


@pytest.mark.parametrize(("label", "step"), [("거부", "거부"), ("철회", "철회")])
def test_claims_are_ended_with_a_reason_that_their_tickets_keep(
    kims_desk: UiContext, database: Database, kim: Agent, prompts, steps, qtbot: QtBot,
    label: str, step: str,
) -> None:  # fmt: skip
    claim(database, kim)
    claim(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    select_all(screen, qtbot)
    prompts.answers = [None]
    press(screen, label, steps)
    assert prompts.asked == [(f"클레임 {label}", f"{label}사유", ("확인", "취소"))]
    prompts.answers = ["고객이 그대로 쓰기로 함"]
    press(screen, label, steps)
    assert ("say", f"{label}: 2건을 처리했습니다.") in kims_desk.desk.asked
    choose(screen, "단계", step, steps)
    assert cells(claims(screen), "단계") == [step, step]


def test_goods_on_their_way_are_not_ended_any_more(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = claim(database, kim)
    database.call(take_pickup_news, news(made, PickupState.COLLECTED))
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(claims(screen), "단계") == ["회수중"]
    for label in ("접수", "거부", "철회"):
        assert not button(screen, label).isEnabled()
    assert button(screen, "보류").isEnabled()


def test_what_needs_no_warehouse_is_paid_back_or_sent_again_here(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    lost = without_goods(ClaimType.LOST_IN_TRANSIT, shipped_line(database))
    unshipped = shipped_line(database, order_status="paid", tracking_no="")
    requested(database, kim, lost)
    requested(database, kim, without_goods(ClaimType.CANCEL, unshipped))
    waiting = claim(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(claims(screen), "유형") == ["반품", "취소", "배송중분실"]
    for row, refund, reship in ((0, False, False), (1, True, False), (2, True, True)):
        claims(screen).table.selectRow(row)
        assert button(screen, "환불").isEnabled() is refund
        assert button(screen, "재발송").isEnabled() is reship
    press(screen, "재발송", steps)
    wait_for_cells(claims(screen), "유형", ["반품", "취소"], steps, qtbot)
    select_all(screen, qtbot)
    press(screen, "환불", steps)
    told = panel(screen, REFUSED)
    assert cells(told, "접수번호") == [waiting.ticket_no]
    assert cells(told, "이유") == ["이 단계에서는 할 수 없는 처리입니다."]
    wait_for_cells(claims(screen), "유형", ["반품"], steps, qtbot)


def test_the_postage_is_changed_when_the_money_was_in_the_parcel(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = claim(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    button(screen, "배송비 변경").click()
    dialog = screen.findChild(FeeDialog)
    fee = find(dialog, TextField, "배송비")
    assert fee.text() == "3,000"
    fee.setText("삼천")
    press(dialog, "확인", steps)
    assert error(dialog, "배송비")
    fee.setText("2,500")
    method = find(dialog, QComboBox, "결제방법")
    method.setCurrentIndex(0)
    press(dialog, "확인", steps)
    assert error(dialog, "결제방법") == "배송비 결제방법을 고르십시오."
    method.setCurrentText("동봉")
    set_on_claim(database, made, "version = version + 1")
    press(dialog, "확인", steps)
    told = find(dialog, QLabel, "진행 상황")
    assert "다른 담당자가" in told.text()
    assert told.accessibleDescription() == told.text()
    set_on_claim(database, made, "version = version - 1")
    press(dialog, "확인", steps)
    assert not dialog.isVisible()
    wait_for_cells(claims(screen), "배송비", ["2,500"], steps, qtbot)


def test_without_a_row_every_button_says_that_it_needs_one(
    kims_desk: UiContext, database: Database, steps, qtbot: QtBot
) -> None:
    screen = open_screen(kims_desk, steps, qtbot)
    for label in ("접수", "보류", "해제", "거부", "철회", "환불", "재발송", "배송비 변경"):
        press(screen, label, steps)
        assert claims(screen).message == "목록에서 한 건을 먼저 고르십시오."


def test_a_row_opens_its_ticket(
    kims_desk: UiContext, database: Database, kim: Agent, desk, steps, qtbot: QtBot
) -> None:
    made = claim(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    button(screen, "선택").click()
    assert ("load_ticket", made.ticket_id) in desk.asked


def test_a_large_refund_is_asked_for_here(
    kims_desk: UiContext, database: Database, kim: Agent, steps, prompts: Any, qtbot: QtBot
) -> None:
    for amount in (400_000, 10_000):
        line = shipped_line(database, amount=amount, quantity=1, order_status="paid")
        requested(database, kim, without_goods(ClaimType.CANCEL, line, quantity=1, fee_method=None))
    screen = open_screen(kims_desk, steps, qtbot)
    select_all(screen, qtbot)
    prompts.answers = [None, "배송 지연"]
    press(screen, "환불 승인요청", steps)
    press(screen, "환불 승인요청", steps)
    refused = panel(screen, REFUSED)
    assert cells(refused, "이유") == ["승인이 필요한 금액이 아닙니다."]
    asked = database.call(lambda s: s.execute(text("SELECT amount FROM approval")).scalars().all())
    assert asked == [400_000]
