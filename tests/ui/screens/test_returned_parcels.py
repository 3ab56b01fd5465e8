"""반품회송처리: from the scan to the decision, by hand of a warehouse login."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claims import ClaimType, Decision, HoldReason
from ets_desktop.domain.delivery import Miss, Undelivered
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.topics import EVERYTHING, UNMATCHED
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.approvals import approvals
from ets_desktop.queries.claim_detail import ClaimDetail, claim_detail
from ets_desktop.services.approvals import AnswerApproval, answer_approval
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.claims import HoldClaim, hold_claim
from ets_desktop.services.outbox import TakeInstructions, note_delivery, take_instructions
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.services.unmatched_returns import RegisterReturn, register_return
from ets_desktop.settings import DeskSettings
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.screens.returned_parcels.inspection import InspectionStrip
from ets_desktop.ui.screens.returned_parcels.parcel_form import ParcelForm
from ets_desktop.ui.screens.returned_parcels.photos import PhotoDialog, PhotoLine
from ets_desktop.ui.screens.returned_parcels.screen import ReturnedParcelsScreen
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.widgets.counted_tabs import CountedTabs
from tests.claims import arrived, requested, shipped_line, wish
from tests.factories import an_agent, an_order, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.screens.searching import button, cells, error, find, panel, shown, wait_for_cells

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

WAYBILL = "600000000125"
LINES = ["상품번호", "상품명", "수량", "검수결과", "비고", "사진", "처분"]


@pytest.fixture
def keeper(database: Database) -> Agent:
    return make(database, an_agent, name="정창고", role="warehouse", extension=None)


@pytest.fixture
def line(database: Database) -> OrderLine:
    return shipped_line(database, tracking_no=WAYBILL)


@pytest.fixture
def screen(
    context: UiContext, keeper: Agent, login: Callable[[Agent], Database], tmp_path: Path,
    steps: Any, qtbot: QtBot,
) -> Iterator[ReturnedParcelsScreen]:  # fmt: skip
    logged_in = login(keeper)
    desk = replace(
        context,
        call=logged_in.call,
        agent=logged_in.call(sign_in),
        settings=DeskSettings(photo_folder=tmp_path / "photos"),
    )
    made: ReturnedParcelsScreen = shown(ReturnedParcelsScreen(desk), steps, qtbot)
    made.come_to_front()
    yield made
    context.hub.shutdown()


def scan(screen: ReturnedParcelsScreen, steps: Any, qtbot: QtBot, number: str = WAYBILL) -> None:
    """As a scanner types it, with the Enter behind."""
    field = find(screen, QLineEdit, "송장번호")
    qtbot.keyClicks(field, number)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    steps.run()


def press(screen: ReturnedParcelsScreen, label: str, steps: Any) -> None:
    pressed = next(
        each
        for each in screen.findChildren(type(button(screen, label)))
        if each.text() == label and each.isVisibleTo(screen)
    )
    assert pressed.isEnabled(), label
    pressed.click()
    steps.run()


def note_of(screen: ReturnedParcelsScreen) -> QLineEdit:
    """비고 of the line in hand, not that of an unexpected parcel."""
    note: QLineEdit = find(screen.findChild(InspectionStrip), QLineEdit, "비고")
    return note


def column(screen: ReturnedParcelsScreen, title: str) -> list[str]:
    return cells(panel(screen, "반품상품"), title)


def detail(database: Database, made: ClaimRequested) -> ClaimDetail:
    return database.call(claim_detail, made.claim.claim_id)


def said(screen: ReturnedParcelsScreen) -> list[str]:
    return [text for verb, text, *_ in screen.context.desk.asked if verb == "say"]


def test_a_parcel_goes_from_its_scan_to_the_refund(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    made = requested(database, kim, wish(line))
    scan(screen, steps, qtbot)
    lines = panel(screen, "반품상품")
    assert [each.title for each in lines.model.columns] == LINES
    assert column(screen, "수량") == ["1"]
    assert find(screen, QLineEdit, "클레임번호").text() == made.claim.claim_no
    assert not button(screen, "환불").isEnabled()
    assert not button(screen, "양품").isEnabled()
    press(screen, "입고확인", steps)
    assert not button(screen, "입고확인").isEnabled()
    qtbot.keyClicks(note_of(screen), "torn")
    press(screen, "불량", steps)
    wait_for_cells(lines, "검수결과", ["불량"], steps, qtbot)
    assert column(screen, "비고") == ["torn"]
    press(screen, "환불", steps)
    wait_for_cells(lines, "처분", ["환불"], steps, qtbot)
    now = detail(database, made)
    assert (now.row.step, now.row.closed_at is not None) == ("done", True)
    assert {told.kind for told in now.instructions} == {"collect", "stock_in", "refund"}
    number = made.claim.claim_no
    assert said(screen) == [
        f"{number} 입고를 확인했습니다.",
        f"{number} 검수: 불량",
        f"{number} 처분: 환불 333원",
    ]
    assert (
        find(screen, QLineEdit, "물류지시").text()
        == "회수 지시 전송대기 · 입고 지시 전송대기 · 환불 전송대기"
    )
    assert not button(screen, "고객회송").isEnabled()


def test_an_instruction_that_did_not_arrive_says_why(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    requested(database, kim, wish(line))
    (told,) = database.call(take_instructions, TakeInstructions())
    database.call(note_delivery, told, Miss(Undelivered.REFUSED, "422", final=True))
    scan(screen, steps, qtbot)
    field = find(screen, QLineEdit, "물류지시")
    reason = "ERP가 받지 않았습니다. 내용을 확인한 뒤 다시 보내십시오. (422)"
    assert field.text() == f"회수 지시 실패 · {reason}"
    assert field.property("tone") == "red"


def test_the_field_is_ready_for_the_next_parcel(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    requested(database, kim, wish(line))
    field = find(screen, QLineEdit, "송장번호")
    qtbot.waitUntil(field.hasFocus)
    scan(screen, steps, qtbot)
    panel(screen, "반품상품").table.setFocus()
    press(screen, "입고확인", steps)
    qtbot.waitUntil(field.hasFocus)
    assert field.selectedText() == WAYBILL
    qtbot.keyClicks(field, "699")
    press(screen, "양품", steps)
    assert (field.text(), field.hasSelectedText()) == ("699", False)
    field.selectAll()
    scan(screen, steps, qtbot, "699-999-999")
    assert field.text() == "699-999-999"
    assert error(screen, "송장번호").startswith("이 송장번호의 클레임이 없습니다.")
    assert find(screen, QLineEdit, "반품송장번호").text() == "699-999-999"
    scan(screen, steps, qtbot)
    assert error(screen, "송장번호") == ""
    assert column(screen, "수량") == ["1"]


def test_an_empty_scan_asks_nothing(screen: ReturnedParcelsScreen, steps, qtbot: QtBot) -> None:
    qtbot.keyClicks(find(screen, QLineEdit, "송장번호"), "  ")
    qtbot.keyClick(find(screen, QLineEdit, "송장번호"), Qt.Key.Key_Return)
    assert steps.waiting == 0


def test_each_line_is_looked_at_and_decided_for_itself(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    other = shipped_line(database, order_id=line.order_id, line_no="2", tracking_no=WAYBILL)
    made = requested(database, kim, wish(line, other))
    scan(screen, steps, qtbot)
    press(screen, "입고확인", steps)
    lines = panel(screen, "반품상품")
    press(screen, "양품", steps)
    wait_for_cells(lines, "검수결과", ["양품", ""], steps, qtbot)
    assert lines.table.currentIndex().row() == 1
    press(screen, "오반품", steps)
    wait_for_cells(lines, "검수결과", ["양품", "오반품"], steps, qtbot)
    lines.table.selectRow(0)
    press(screen, "교환출고", steps)
    wait_for_cells(lines, "처분", ["교환출고", ""], steps, qtbot)
    assert lines.table.currentIndex().row() == 1
    screen.context.prompts.answers += [None, "고객 물건"]  # type: ignore[attr-defined]
    press(screen, "고객회송", steps)
    assert column(screen, "처분") == ["교환출고", ""]
    press(screen, "고객회송", steps)
    wait_for_cells(lines, "처분", ["교환출고", "고객회송"], steps, qtbot)
    assert lines.model.tip(1, LINES.index("처분")).endswith("· 고객 물건")
    assert detail(database, made).row.step == "done"


def test_a_note_that_was_typed_waits_for_its_line(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    elsewhere = shipped_line(database, tracking_no="600000000999")
    for each in (line, elsewhere):
        arrived(database, kim, requested(database, kim, wish(each)))
    scan(screen, steps, qtbot)
    note = note_of(screen)
    qtbot.keyClicks(note, "stained")
    screen.context.changes.publish(frozenset({EVERYTHING}))
    steps.run()
    assert note.text() == "stained"
    scan(screen, steps, qtbot, "600000000999")
    assert note.text() == ""
    scan(screen, steps, qtbot)
    assert note.text() == "stained"


def test_of_several_claims_of_a_waybill_one_is_chosen(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    other = shipped_line(database, order_id=line.order_id, line_no="2", tracking_no=WAYBILL)
    first = requested(database, kim, wish(line))
    second = requested(database, kim, wish(other))
    scan(screen, steps, qtbot)
    claims = panel(screen, "클레임")
    assert cells(claims, "클레임번호") == [second.claim.claim_no, first.claim.claim_no]
    shown_no = find(screen, QLineEdit, "클레임번호")
    assert shown_no.text() == second.claim.claim_no
    claims.table.selectRow(1)
    steps.run()
    assert shown_no.text() == first.claim.claim_no


def test_goods_that_are_only_collected_end_with_their_inspection(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    request = wish(line, claim_type=ClaimType.COLLECT_ONLY)
    arrived(database, kim, requested(database, kim, request))
    scan(screen, steps, qtbot)
    press(screen, "구성품누락", steps)
    wait_for_cells(panel(screen, "반품상품"), "처분", ["입고"], steps, qtbot)


def test_who_was_faster_is_told_and_seen(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    scan(screen, steps, qtbot)
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.REFUND))
    press(screen, "교환출고", steps)
    assert ("tell", "claim_closed") in screen.context.desk.asked
    assert column(screen, "처분") == ["환불"]


def test_lines_looked_at_together_keep_their_own_notes(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    other = shipped_line(database, order_id=line.order_id, line_no="2", tracking_no=WAYBILL)
    arrived(database, kim, requested(database, kim, wish(line, other)))
    scan(screen, steps, qtbot)
    lines = panel(screen, "반품상품")
    qtbot.keyClicks(note_of(screen), "torn")
    lines.table.clearSelection()
    lines.table.selectAll()
    assert note_of(screen).text() == ""
    press(screen, "양품", steps)
    wait_for_cells(lines, "비고", ["torn", ""], steps, qtbot)
    lines.table.clearSelection()
    lines.table.selectAll()
    qtbot.keyClicks(note_of(screen), "wet")
    press(screen, "불량", steps)
    wait_for_cells(lines, "비고", ["wet", "wet"], steps, qtbot)
    assert cells(lines, "검수결과") == ["불량", "불량"]


def test_a_held_claim_says_why_and_is_not_decided(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    order = make(database, an_order, paid_in_full=False)
    line = shipped_line(database, order_id=order.id, tracking_no=WAYBILL)
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    version = detail(database, made).row.version
    hold = HoldClaim(kim.id, made.claim.claim_id, version, HoldReason.FEE_UNPAID, "입금 확인 중")
    database.call(hold_claim, hold)
    scan(screen, steps, qtbot)
    held = find(screen, QLineEdit, "보류사유")
    assert (held.text(), held.toolTip()) == ("배송비 미입금", "입금 확인 중")
    assert find(screen, QLineEdit, "완납여부").text() == "미완납"
    assert not button(screen, "환불").isEnabled()
    assert button(screen, "양품").isEnabled()


# 미확인 반품


def fill(screen: ReturnedParcelsScreen, **typed: str) -> None:
    for label, text in typed.items():
        find(screen.findChild(ParcelForm), QLineEdit, label.replace("_", " ")).setText(text)


def test_an_unexpected_parcel_is_registered_and_matched_by_what_stands_on_it(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    order = make(database, an_order, orderer_name="홍길동", orderer_phone="01000001234")
    line = shipped_line(database, order_id=order.id, tracking_no="600000000777")
    made = requested(database, kim, wish(line))
    scan(screen, steps, qtbot, "699000000001")
    fill(screen, 보낸_사람="홍길동", 전화번호="010-0000-1234")
    typed = find(screen.findChild(ParcelForm), QLineEdit, "전화번호")
    assert dialled_at(typed) == Dialled("01000001234")
    press(screen, "미확인 반품 등록", steps)
    waiting = panel(screen, "미확인 반품")
    wait_for_cells(waiting, "송장번호", ["699000000001"], steps, qtbot)
    assert cells(waiting, "보낸 사람") == ["홍*동"]
    assert cells(waiting, "전화번호") == ["010-****-1234"]
    assert find(screen, QLineEdit, "보낸 사람").text() == ""
    candidates = panel(screen, "클레임 후보")

    wait_for_cells(candidates, "클레임번호", [made.claim.claim_no], steps, qtbot)
    candidates.table.selectRow(0)
    waiting.table.selectRow(0)
    claim = detail(database, made).row
    assert dialled_at(waiting.table) == Dialled("01000001234")
    assert dialled_at(candidates.table) == Dialled(
        claim.phone, DialledFrom(ticket_id=claim.ticket_id)
    )
    press(screen, "연결", steps)
    now = detail(database, made)
    assert (now.row.step, now.row.return_waybill) == ("arrived", "699000000001")
    assert find(screen, QLineEdit, "클레임번호").text() == made.claim.claim_no
    wait_for_cells(waiting, "송장번호", [], steps, qtbot)
    scan(screen, steps, qtbot, "699000000001")
    assert column(screen, "수량") == ["1"]


def test_what_is_missing_or_no_number_is_told_at_its_field(
    screen: ReturnedParcelsScreen, steps, qtbot: QtBot
) -> None:
    scan(screen, steps, qtbot, "699000000001")
    press(screen, "비우기", steps)
    press(screen, "미확인 반품 등록", steps)
    assert error(screen, "반품송장번호") == "송장번호, 보낸 사람, 전화번호 중 하나를 입력하십시오."
    fill(screen, 전화번호="전화 없음")
    press(screen, "미확인 반품 등록", steps)
    assert error(screen, "전화번호")
    assert error(screen, "반품송장번호") == ""


def test_a_claim_is_looked_for_by_what_is_typed(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    made = requested(database, kim, wish(line))
    scan(screen, steps, qtbot, "699000000001")
    fill(screen, 주문번호=detail(database, made).row.channel_order_no)
    press(screen, "클레임 찾기", steps)
    candidates = panel(screen, "클레임 후보")
    assert cells(candidates, "클레임번호") == [made.claim.claim_no]
    candidates.table.selectRow(0)
    press(screen, "연결", steps)
    assert panel(screen, "미확인 반품").message == "목록에서 한 건을 먼저 고르십시오."


def test_with_nothing_typed_a_claim_is_looked_for_by_the_parcel_in_hand(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    made = requested(database, kim, wish(line))
    scan(screen, steps, qtbot, "699000000001")
    fill(screen, 주문번호=detail(database, made).row.channel_order_no)
    press(screen, "미확인 반품 등록", steps)
    candidates = panel(screen, "클레임 후보")
    wait_for_cells(candidates, "클레임번호", [made.claim.claim_no], steps, qtbot)
    press(screen, "클레임 찾기", steps)
    assert cells(candidates, "클레임번호") == [made.claim.claim_no]


def test_another_desks_parcel_appears_by_itself(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    scan(screen, steps, qtbot, "699000000001")
    database.call(register_return, RegisterReturn(kim.id, uuid4(), "699000000002"))
    screen.context.changes.publish(frozenset({UNMATCHED}))
    wait_for_cells(panel(screen, "미확인 반품"), "송장번호", ["699000000002"], steps, qtbot)
    fill(screen, 반품송장번호="699000000002")
    press(screen, "미확인 반품 등록", steps)
    assert error(screen, "반품송장번호") == "이미 등록된 송장번호입니다."


# 사진


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "box.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkRed)
    assert image.save(str(file))
    return file


def pick(screen: ReturnedParcelsScreen, steps: Any, *files: Path) -> None:
    for line in screen.findChildren(PhotoLine):
        line._choose = lambda _parent: files
    press(screen, "사진 추가", steps)


def test_photos_go_with_the_inspection_and_are_looked_at(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine,
    picture: Path, steps, qtbot: QtBot,
) -> None:  # fmt: skip
    made = requested(database, kim, wish(line))
    arrived(database, kim, made)
    scan(screen, steps, qtbot)
    pick(screen, steps)
    pick(screen, steps, picture, picture)
    assert not detail(database, made).lines[0].photos
    press(screen, "불량", steps)
    wait_for_cells(panel(screen, "반품상품"), "사진", ["1장"], steps, qtbot)
    second = picture.with_name("label.png")
    assert QImage(20, 20, QImage.Format.Format_RGB32).save(str(second))
    pick(screen, steps, second)
    wait_for_cells(panel(screen, "반품상품"), "사진", ["2장"], steps, qtbot)
    press(screen, "사진 보기", steps)
    (dialog,) = screen.window().findChildren(PhotoDialog)
    picture_of = dialog.findChild(QLabel)
    assert find(dialog, QLineEdit, "사진").text() == "1 / 2"
    assert not picture_of.pixmap().isNull()
    button(dialog, "다음").click()
    steps.run()
    assert find(dialog, QLineEdit, "사진").text() == "2 / 2"
    button(dialog, "이전").click()
    steps.run()
    assert not button(dialog, "이전").isEnabled()
    button(dialog, "닫기").click()


def test_a_photo_that_is_gone_or_none_is_told(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine,
    picture: Path, tmp_path: Path, steps, qtbot: QtBot,
) -> None:  # fmt: skip
    arrived(database, kim, requested(database, kim, wish(line)))
    scan(screen, steps, qtbot)
    program = tmp_path / "photo.jpg"
    program.write_bytes(b"MZ")
    pick(screen, steps, program)
    assert ("tell", "photo_not_an_image") in screen.context.desk.asked
    pick(screen, steps, picture)
    for kept in (tmp_path / "photos").rglob("*.png"):
        kept.unlink()
    press(screen, "사진 보기", steps)
    (dialog,) = screen.window().findChildren(PhotoDialog)
    assert dialog.findChild(QLabel).text().startswith("사진을 읽을 수 없습니다.")
    dialog.reject()


def test_an_unexpected_parcel_has_photos_too(
    screen: ReturnedParcelsScreen, picture: Path, steps, qtbot: QtBot
) -> None:
    scan(screen, steps, qtbot, "699000000001")
    pick(screen, steps, picture)
    press(screen, "미확인 반품 등록", steps)
    waiting = panel(screen, "미확인 반품")
    wait_for_cells(waiting, "사진", ["1장"], steps, qtbot)
    press(screen, "사진", steps)
    (dialog,) = screen.window().findChildren(PhotoDialog)
    assert find(dialog, QLineEdit, "사진").text() == "1 / 1"
    dialog.reject()
    fill(screen, 반품송장번호="699000000002")
    press(screen, "미확인 반품 등록", steps)
    wait_for_cells(waiting, "사진", ["", "1장"], steps, qtbot)
    waiting.table.selectRow(0)
    press(screen, "사진", steps)
    assert said(screen)[-1] == "사진이 없습니다."


def test_keys_leave_alone_what_is_behind_the_other_tab(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, line: OrderLine, steps,
    qtbot: QtBot,
) -> None:  # fmt: skip
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    scan(screen, steps, qtbot)
    refund = screen.context.desk.actions.action("refund_return")
    assert refund is not None
    assert refund.isEnabled()
    screen.findChild(CountedTabs).open_page("미확인 반품")
    assert not refund.isEnabled()
    screen.findChild(CountedTabs).open_page("반품상품")
    assert refund.isEnabled()


def test_a_large_refund_is_asked_for_at_the_bench(
    screen: ReturnedParcelsScreen, database: Database, kim: Agent, keeper: Agent, park: Agent,
    login: Callable[[Agent], Database], steps: Any, prompts: Any, qtbot: QtBot,
) -> None:  # fmt: skip
    line = shipped_line(database, tracking_no=WAYBILL, amount=500_000, quantity=1)
    made = requested(database, kim, wish(line, fee=0, fee_method=None))
    arrived(database, keeper, made, line.id)
    scan(screen, steps, qtbot)
    prompts.answers = [None, "고가 상품"]
    press(screen, "환불", steps)
    asked = screen.context.desk.asked  # type: ignore[attr-defined]
    assert ("tell", "refund_needs_approval") in asked
    press(screen, "환불", steps)
    assert prompts.asked[-1][:2] == ("환불 승인요청", "요청사유")
    told = "환불 승인을 요청했습니다: 500,000원. 승인되면 다시 처분하십시오."
    assert ("say", told) in asked
    [request] = database.call(approvals).rows
    approve = AnswerApproval(park.id, request.approval_id, approves=True)
    login(park).call(answer_approval, approve)
    press(screen, "환불", steps)
    wait_for_cells(panel(screen, "반품상품"), "처분", ["환불"], steps, qtbot)
