"""택배회수요청 from an order to the claim: each way, each refusal in its place, nothing twice."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.services.refund_accounts import set_refund_key
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.screens.order_search.screen import OrderSearchScreen
from ets_desktop.ui.screens.pickup_request.dialog import PickupRequestDialog
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.widgets.dial_button import DialButton
from tests.claims import requested, shipped_line, wish
from tests.factories import a_product, an_order, an_order_line, make
from tests.ui.screens.pickup_request.conftest import Opening
from tests.ui.screens.searching import button, cells, error, find, panel

FIELDS = [
    "회송지 성명",
    "회송지 전화",
    "회송지 이동전화",
    "회송지 우편번호",
    "회송지 주소",
    "회송지 상세주소",
    "택배사",
    "비고",
    "사유",
    "비용부담",
    "배송비",
    "결제방법",
    "수거희망일",
    "반품 대상 상품",
]
BUTTONS = ["선택", "반품접수처리", "동일상품교환", "다른상품교환", "닫기"]
LINES = ["선택", "상품번호", "상품명", "옵션", "주문수량", "가능수량", "수량"]
GOODS = ["상품정보", "판매가", "수량", "금액"]


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


def shows(dialog: QWidget, label: str) -> str:
    return str(find(dialog, QLineEdit, label).text())


def put(dialog: QWidget, label: str, value: str) -> None:
    find(dialog, QLineEdit, label).setText(value)


def choose(dialog: QWidget, label: str, word: str) -> None:
    box = find(dialog, QComboBox, label)
    assert box.findText(word) >= 0
    box.setCurrentText(word)
    box.activated.emit(box.currentIndex())


def press(dialog: QWidget, steps: Any, label: str) -> None:
    button(dialog, label).click()
    steps.run()


def filled(dialog: PickupRequestDialog) -> PickupRequestDialog:
    """All that a return of it needs."""
    choose(dialog, "사유", "단순변심")
    choose(dialog, "결제방법", "미수")
    return dialog


def titles(dialog: QWidget, name: str) -> list[str]:
    model = find(dialog, QTableView, name).model()
    across = range(model.columnCount())
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in across]


def type_into(dialog: QWidget, qtbot: QtBot, name: str, row: int, column: int, text: str) -> None:
    """As a hand does: go to the cell, type, Enter."""
    table = find(dialog, QTableView, name)
    table.edit_at(row, column)
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.state() != QTableView.State.EditingState)


def test_every_field_button_and_column_is_there_by_its_name(
    opened: Opening, line: OrderLine, steps: Any
) -> None:
    dialog = opened(line)
    assert dialog.windowTitle() == "택배회수요청"
    for name in FIELDS:
        assert find(dialog, QWidget, name).isVisible()
    for label in BUTTONS:
        assert button(dialog, label).isVisible()
    assert titles(dialog, "반품 대상 상품") == LINES
    assert not button(dialog, "취소접수처리").isVisible()
    press(dialog, steps, "다른상품교환")
    assert titles(dialog, "교환상품") == GOODS
    assert find(dialog, QWidget, "차액").isVisible()
    assert button(dialog, "교환처리").isVisible()


# The ways


def test_a_return_stands_beside_the_order_at_once(
    screen: OrderSearchScreen,
    opened: Opening,
    line: OrderLine,
    database: Database,
    steps: Any,
    desk: Any,
) -> None:
    dialog = filled(opened(line))
    assert shows(dialog, "회송지 성명") == "이수취"
    assert shows(dialog, "회송지 이동전화") == "010-0000-1234"
    assert shows(dialog, "환불예정") == "7,000원 (배송비 3,000 뺌)"
    put(dialog, "비고", "문 앞에 둠")
    press(dialog, steps, "반품접수처리")
    (claim,) = rows(database, "SELECT claim_type, fee, fee_method, note, reason FROM claim")
    assert claim == ("return", 3000, "unpaid", "문 앞에 둠", "change_of_mind")
    (pickup,) = rows(database, "SELECT courier, name, mobile, address FROM pickup")
    assert pickup == ("cj", "이수취", "01000001234", "서울시 강남구 역삼동 1")
    assert not dialog.isVisible()
    verb, told = desk.asked[-1]
    (number,) = rows(database, "SELECT ticket_no FROM ticket")[0]
    assert verb == "say"
    assert "반품접수처리" in told
    assert number in told
    assert cells(panel(screen, "주문관련접수내역"), "제목") == ["반품접수처리"]


def test_an_exchange_for_the_same_goes_where_it_is_told(
    opened: Opening, line: OrderLine, database: Database, steps: Any
) -> None:
    dialog = filled(opened(line))
    dialog.findChild(QCheckBox).setChecked(True)
    put(dialog, "교환 배송지 주소", "부산시 해운대구 우동 2")
    put(dialog, "회송지 상세주소", "101호")
    choose(dialog, "택배사", "한진택배")
    press(dialog, steps, "동일상품교환")
    (claim,) = rows(database, "SELECT claim_type, fee, ship_address FROM claim")
    assert claim == ("exchange_same", 6000, "부산시 해운대구 우동 2")
    assert rows(database, "SELECT courier, address_detail FROM pickup") == [("hanjin", "101호")]
    assert rows(database, "SELECT title FROM ticket") == [("동일상품교환",)]
    assert rows(database, "SELECT count(*) FROM customer_history") == [(0,)]


def test_other_goods_go_out_and_the_difference_is_shown(
    opened: Opening, line: OrderLine, database: Database, steps: Any, qtbot: QtBot
) -> None:
    for name, price in (("무선 선풍기", 12_000), ("무선 청소기 큰 것", 30_000)):
        product = make(database, a_product, name=name)
        order = make(database, an_order, orderer_name="박다른")
        make(database, an_order_line, order=order, product=product, unit_price=price)
    dialog = filled(opened(line))
    press(dialog, steps, "다른상품교환")
    assert shows(dialog, "배송비") == "6,000"
    type_into(dialog, qtbot, "교환상품", 0, 0, "선풍기")
    steps.run()
    type_into(dialog, qtbot, "교환상품", 0, 2, "2")
    assert shows(dialog, "차액") == "14,000"
    table = find(dialog, QTableView, "교환상품")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.model().rowCount() == 2
    type_into(dialog, qtbot, "교환상품", 1, 0, "없는 상품")
    steps.run()
    press(dialog, steps, "교환처리")
    assert error(dialog, "교환상품") == "없는 상품입니다."
    type_into(dialog, qtbot, "교환상품", 1, 0, "무선 청소기 큰")
    steps.run()
    type_into(dialog, qtbot, "교환상품", 1, 1, "25,000")
    press(dialog, steps, "교환처리")
    assert rows(database, "SELECT unit_price, quantity FROM exchange_line ORDER BY id") == [
        (12_000, 2),
        (25_000, 1),
    ]
    assert rows(database, "SELECT claim_type, fee FROM claim") == [("exchange_other", 6000)]
    assert rows(database, "SELECT title FROM ticket") == [("다른상품교환접수",)]


def test_a_product_is_picked_from_what_was_found(
    opened: Opening, line: OrderLine, database: Database, steps: Any, qtbot: QtBot
) -> None:
    for name in ("찻잔 큰 것", "찻잔 작은 것"):
        make(database, a_product, name=name, code="C")
    dialog = filled(opened(line))
    press(dialog, steps, "다른상품교환")
    table = find(dialog, QTableView, "교환상품")
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.setText("찻잔")
    steps.run()
    editor.completer().activated.emit("찻잔 큰 것 (C)")
    qtbot.waitUntil(lambda: table.state() != QTableView.State.EditingState)
    assert table.model().index(0, 0).data() == "찻잔 큰 것 (C)"
    button(dialog, "다른상품교환").click()
    assert not table.isVisible()
    assert shows(dialog, "배송비") == "3,000"


def test_a_product_is_picked_by_the_arrow_keys_however_long_one_looks(
    opened: Opening, line: OrderLine, database: Database, steps: Any, qtbot: QtBot
) -> None:
    product = make(database, a_product, name="찻잔 작은 것", code="C")
    make(database, an_order_line, product=product, unit_price=5_000)
    dialog = filled(opened(line))
    press(dialog, steps, "다른상품교환")
    table = find(dialog, QTableView, "교환상품")
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.setText("찻")
    steps.run()
    # ↓ in the list writes what it stands on into the field; Enter then picks it
    editor.setText("찻잔 작은 것 (C)")
    steps.run()
    editor.completer().activated.emit("찻잔 작은 것 (C)")
    qtbot.waitUntil(lambda: table.state() != QTableView.State.EditingState)
    assert table.model().index(0, 1).data() == "5,000"


def test_what_has_not_been_shipped_is_cancelled(
    opened: Opening, database: Database, steps: Any
) -> None:
    dialog = filled(opened(shipped_line(database, order_status="paid")))
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "반품 대상 상품").startswith("아직 출고되지 않은 상품입니다.")
    press(dialog, steps, "취소접수처리")
    assert rows(database, "SELECT claim_type, fee FROM claim") == [("cancel", 0)]
    assert rows(database, "SELECT title FROM ticket") == [("취소접수처리",)]
    assert rows(database, "SELECT count(*) FROM pickup") == [(0,)]


# What is said beside the fields


@pytest.mark.parametrize(
    ("label", "value", "told"),
    [
        ("회송지 성명", "", "성명을 입력하십시오."),
        ("회송지 이동전화", "", ""),
        ("회송지 이동전화", "12", ""),
        ("회송지 주소", "", ""),
        ("회송지 주소", "서울시 강남구 역삼동 2", "고친 주소입니다."),
        ("배송비", "삼천원", "숫자로 입력하십시오."),
    ],
)
def test_a_refusal_stands_beside_its_field(
    opened: Opening,
    line: OrderLine,
    database: Database,
    steps: Any,
    label: str,
    value: str,
    told: str,
) -> None:
    dialog = filled(opened(line))
    put(dialog, label, value)
    press(dialog, steps, "반품접수처리")
    where = "회송지 전화" if (label, value) == ("회송지 이동전화", "") else label
    assert error(dialog, where)
    assert told in error(dialog, where)
    assert dialog.isVisible()
    assert shows(dialog, label) == value
    assert rows(database, "SELECT count(*) FROM ticket") == [(0,)]


def test_what_is_not_chosen_is_asked_for_in_turn(
    opened: Opening, line: OrderLine, database: Database, steps: Any
) -> None:
    dialog = opened(line)
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "사유") == "사유를 고르십시오."
    choose(dialog, "사유", "단순변심")
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "사유") == ""
    assert error(dialog, "결제방법") == "배송비 결제방법을 고르십시오."
    choose(dialog, "사유", "상품 불량")
    assert shows(dialog, "배송비") == "0"
    button(dialog, "선택").click()
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "반품 대상 상품") == "반품할 상품을 하나 이상 고르십시오."
    press(dialog, steps, "다른상품교환")
    button(dialog, "선택").click()
    press(dialog, steps, "교환처리")
    assert error(dialog, "교환상품") == "교환할 상품을 고르십시오."
    assert rows(database, "SELECT count(*) FROM claim") == [(0,)]


def test_no_more_comes_back_than_is_left(
    opened: Opening, line: OrderLine, database: Database, kim: Agent, steps: Any, qtbot: QtBot
) -> None:
    dialog = filled(opened(line))
    type_into(dialog, qtbot, "반품 대상 상품", 0, 6, "4")
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "반품 대상 상품") == "가능수량을 넘었습니다. (가능수량 3)"
    type_into(dialog, qtbot, "반품 대상 상품", 0, 6, "2")
    other = requested(database, kim, wish(line, quantity=1))
    press(dialog, steps, "반품접수처리")
    assert other.claim.claim_no in error(dialog, "반품 대상 상품")


def test_only_what_is_checked_comes_back(
    opened: Opening, line: OrderLine, database: Database, steps: Any, qtbot: QtBot
) -> None:
    second = shipped_line(database, order_id=line.order_id)
    dialog = filled(opened(second))
    table = find(dialog, QTableView, "반품 대상 상품")
    assert dialog.lines.wishes()[0].order_line_id == second.id
    assert table.currentIndex().row() == 1
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    press(dialog, steps, "반품접수처리")
    assert rows(database, "SELECT order_line_id FROM claim_line") == [(line.id,)]


def test_a_row_that_a_screen_reader_selects_is_the_current_one(
    opened: Opening, line: OrderLine, database: Database, steps: Any
) -> None:
    second = shipped_line(database, order_id=line.order_id)
    dialog = filled(opened(line))
    table = find(dialog, QTableView, "반품 대상 상품")
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.model().index(1, 0), flags.ClearAndSelect | flags.Rows)
    press(dialog, steps, "선택")
    assert [wish.order_line_id for wish in dialog.lines.wishes()] == [line.id, second.id]


@pytest.mark.parametrize(
    ("words", "claim_type", "pickups", "reason"),
    [
        ("맞교환접수", "swap", 1, "faulty"),
        ("회수접수", "collect_only", 1, "faulty"),
        ("배송중분실접수", "lost_in_transit", 0, "lost"),
        ("미배송접수", "not_delivered", 0, "not_delivered"),
    ],
)
def test_the_seldom_claims_are_in_a_menu(
    opened: Opening,
    line: OrderLine,
    database: Database,
    steps: Any,
    words: str,
    claim_type: str,
    pickups: int,
    reason: str,
) -> None:
    dialog = opened(line)
    if pickups:
        choose(dialog, "사유", "상품 불량")
    menu = button(dialog, "그 밖의 접수").menu()
    next(action for action in menu.actions() if action.text() == words).trigger()
    steps.run()
    made = rows(
        database,
        "SELECT c.claim_type, c.reason, t.title, (SELECT count(*) FROM pickup)"
        " FROM claim c JOIN ticket t ON t.id = c.ticket_id",
    )
    assert made == [(claim_type, reason, words, pickups)]
    assert not dialog.isVisible()


def test_what_is_left_follows_what_others_claim(
    opened: Opening,
    line: OrderLine,
    database: Database,
    kim: Agent,
    steps: Any,
    changes: ChangeBus,
    qtbot: QtBot,
) -> None:
    dialog = opened(line)
    requested(database, kim, wish(line, quantity=1))
    changes.publish(frozenset({f"order/{line.order_id}"}))
    steps.run()
    table = find(dialog, QTableView, "반품 대상 상품")
    assert [table.model().index(0, n).data() for n in (4, 5, 6)] == ["3", "2", "2"]
    type_into(dialog, qtbot, "반품 대상 상품", 0, 6, "1")
    changes.publish(frozenset({"*"}))
    steps.run()
    assert table.model().index(0, 6).data() == "1"


def test_where_the_exchange_goes_is_refused_beside_its_own_field(
    opened: Opening, line: OrderLine, steps: Any
) -> None:
    dialog = filled(opened(line))
    dialog.findChild(QCheckBox).setChecked(True)
    put(dialog, "교환 배송지 성명", "")
    press(dialog, steps, "동일상품교환")
    assert error(dialog, "교환 배송지 성명") == "성명을 입력하십시오."
    assert error(dialog, "회송지 성명") == ""


# Nothing twice, nothing lost


def test_two_presses_make_one(
    opened: Opening, line: OrderLine, database: Database, steps: Any
) -> None:
    dialog = filled(opened(line))
    button(dialog, "반품접수처리").click()
    button(dialog, "동일상품교환").click()
    dialog.reject()
    assert dialog.isVisible()
    steps.run()
    assert rows(database, "SELECT claim_type FROM claim") == [("return",)]


def test_a_database_that_is_away_is_told_and_the_next_press_makes_one(
    opened: Opening, line: OrderLine, database: Database, steps: Any, desk: Any
) -> None:
    dialog = filled(opened(line))
    put(dialog, "비고", "문 앞에 둠")
    button(dialog, "반품접수처리").click()
    write = next(iter(steps.hub._open))
    work = write.work

    def answer_is_lost() -> Any:
        work()
        raise Unavailable("database_away", ambiguous=True)

    write.work = answer_is_lost
    steps.run()
    assert dialog.isVisible()
    assert dialog.message
    assert shows(dialog, "비고") == "문 앞에 둠"
    press(dialog, steps, "반품접수처리")
    assert rows(database, "SELECT count(*) FROM claim") == [(1,)]
    assert desk.asked[-1][1].startswith("이미 접수되어 있습니다.")


def test_a_closed_dialog_keeps_what_was_typed(
    opened: Opening, line: OrderLine, screen: OrderSearchScreen, steps: Any
) -> None:
    dialog = opened(line)
    press(dialog, steps, "닫기")
    assert opened(line) is not dialog
    again = opened(line)
    put(again, "비고", "문 앞에 둠")
    press(again, steps, "닫기")
    assert opened(line) is again
    assert shows(again, "비고") == "문 앞에 둠"


def test_without_a_row_there_is_nothing_to_request(
    screen: OrderSearchScreen, desk: Any, steps: Any
) -> None:
    press(screen, steps, "택배회수요청")
    assert desk.asked[-1] == ("say", "주문목록에서 한 건을 먼저 고르십시오.")


# 환불계좌


def test_a_refund_account_is_asked_for_where_one_is_needed(
    opened: Opening, database: Database, steps: Any
) -> None:
    paid = {"payment_method": "무통장입금", "recipient_phone": "01000001234", "address": "서울 1"}
    line = shipped_line(database, order=make(database, an_order, **paid))
    dialog = filled(opened(line))
    assert not find(dialog, QWidget, "환불계좌").isVisible()
    press(dialog, steps, "닫기")
    from ets_desktop.local.refund_box import new_key, public_half

    database.call(set_refund_key, public_half(new_key()))
    other = shipped_line(database, order=make(database, an_order, **paid))
    dialog = filled(opened(other))
    assert find(dialog, QWidget, "환불계좌").isVisible()
    put(dialog, "환불은행", "가게은행")
    put(dialog, "예금주", "이수취")
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "환불계좌") == "계좌번호가 아닙니다."
    put(dialog, "환불계좌", "000-0000-000000")
    press(dialog, steps, "반품접수처리")
    assert rows(database, "SELECT count(*) FROM refund_account") == [(1,)]


def test_an_order_that_cannot_be_read_opens_nothing(
    kims_desk: UiContext, steps: Any, qtbot: QtBot
) -> None:
    from ets_desktop.ui.screens.pickup_request.requesting import PickupRequests

    def away(*_args: Any, **_more: Any) -> Any:
        raise Unavailable("database_away")

    owner = QWidget()
    qtbot.addWidget(owner)
    requests = PickupRequests(replace(kims_desk, call=away), owner)
    with qtbot.waitSignal(steps.hub.error_untold):
        requests.request(1)
        steps.run()
    assert not owner.findChildren(PickupRequestDialog)


def test_the_number_at_the_pickups_place_is_called(opened: Opening, line: OrderLine) -> None:
    dialog = opened(line)
    assert find(dialog, DialButton, "회송지 이동전화 통화").isVisible()
    assert find(dialog, DialButton, "회송지 전화 통화").isVisible()
    mobile = find(dialog, QLineEdit, "회송지 이동전화")
    assert dialled_at(mobile) == Dialled("01000001234")
