"""택배회수요청 by its accessible names alone, as a screen reader's hands go through it."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from tests.ui.screens.pickup_request.conftest import Opening
from tests.ui.screens.pickup_request.test_requesting import rows
from tests.ui.test_accessible_names import Found, name_of, shown

Role = QAccessible.Role
NAMES = {
    *("회송지 성명", "회송지 전화", "회송지 이동전화", "회송지 우편번호", "회송지 주소"),
    *("회송지 상세주소", "택배사", "정제결과", "비고", "사유", "비용부담", "배송비", "결제방법"),
    *("수거희망일", "반품 대상 상품", "환불예정", "주소 정제", "반품접수처리", "동일상품교환"),
    *("다른상품교환", "닫기", "교환 배송지 다름", "선택"),
}
EXCHANGE = {"교환상품", "차액", "교환처리", "교환 배송지 성명", "교환 배송지 주소"}


@pytest.fixture
def reader(qapp: object) -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def node(dialog: QWidget, role: QAccessible.Role, name: str) -> QAccessibleInterface:
    return next(n for n in shown(dialog) if n.role() == role and name_of(n) == name)


def press(dialog: QWidget, qtbot: QtBot, name: str, role: QAccessible.Role = Role.Button) -> None:
    """Qt shows the button pressed down for a moment before it clicks."""
    pressed = node(dialog, role, name)
    action, widget = pressed.actionInterface(), pressed.object()
    with qtbot.waitSignal(widget.clicked if role == Role.Button else widget.toggled):
        action.doAction(action.actionNames()[0])


def choose(dialog: QWidget, label: str, word: str) -> None:
    choices = node(dialog, Role.ComboBox, label).child(0)
    places = (n for n in range(choices.childCount()))
    place = next(n for n in places if choices.child(n).text(QAccessible.Text.Name) == word)
    choices.selectionInterface().select(choices.child(place))


def test_everything_is_named_once_and_a_return_is_made_by_name(
    reader: None, opened: Opening, line: OrderLine, database: Database, steps: Any, qtbot: QtBot
) -> None:
    dialog = opened(line)
    found = Found(shown(dialog))
    assert (found.unnamed, found.unlabelled, found.headless) == ([], [], [])
    assert found.twice(()) == {}
    assert found.names >= NAMES
    press(dialog, qtbot, "다른상품교환")
    press(dialog, qtbot, "교환 배송지 다름", Role.CheckBox)
    found = Found(shown(dialog))
    assert (found.unnamed, found.headless) == ([], [])
    assert found.names >= EXCHANGE
    press(dialog, qtbot, "다른상품교환")
    choose(dialog, "사유", "상품 불량")
    note = node(dialog, Role.EditableText, "비고")
    note.setText(QAccessible.Text.Value, "문 앞에 둠")
    press(dialog, qtbot, "반품접수처리")
    steps.run()
    (claim,) = rows(database, "SELECT claim_type, reason, fee_payer, note FROM claim")
    assert claim == ("return", "faulty", "seller", "문 앞에 둠")
