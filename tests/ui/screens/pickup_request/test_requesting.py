"""택배회수요청 from an order to the claim: each way, each refusal in its place, nothing twice."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.ui.screens.order_search.screen import OrderSearchScreen
from tests.ui.screens.pickup_request.conftest import Opening
from tests.ui.screens.searching import button, cells, find, panel

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
COLUMNS = ["선택", "상품번호", "상품명", "옵션", "주문수량", "가능수량", "수량"]


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


def typed(dialog: QWidget, label: str, value: str) -> None:
    find(dialog, QLineEdit, label).setText(value)


def chosen(dialog: QWidget, label: str, word: str) -> None:
    box = find(dialog, QComboBox, label)
    assert box.findText(word) >= 0
    box.setCurrentText(word)


def press(dialog: QWidget, steps: Any, label: str) -> None:
    button(dialog, label).click()
    steps.run()


def filled(dialog: QWidget) -> QWidget:
    """All that a return of it needs."""
    chosen(dialog, "사유", "단순변심")
    chosen(dialog, "결제방법", "미수")
    return dialog


def test_every_field_button_and_column_is_there_by_its_name(
    opened: Opening, line: OrderLine
) -> None:
    dialog = opened(line)
    assert dialog.windowTitle() == "택배회수요청"
    for name in FIELDS:
        assert find(dialog, QWidget, name).isVisible()
    for label in ("반품접수처리", "동일상품교환", "닫기"):
        assert button(dialog, label).isVisible()
    model = dialog.table.model()
    across = range(model.columnCount())
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in across] == COLUMNS


def test_a_return_stands_beside_the_order_at_once(
    screen: OrderSearchScreen, opened: Opening, line: OrderLine, database: Database, steps, desk
) -> None:
    dialog = filled(opened(line))
    assert find(dialog, QLineEdit, "회송지 성명").text() == "이수취"
    assert find(dialog, QLineEdit, "회송지 이동전화").text() == "010-0000-1234"
    assert find(dialog, QLineEdit, "환불예정").text() == "7,000원 (배송비 3,000 뺌)"
    typed(dialog, "비고", "문 앞에 둠")
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
