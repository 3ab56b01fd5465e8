"""회수지시 from the list of claims: where the goods are, what is refused, one pickup of it."""

from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claims import ClaimType, HoldReason
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.claims import HoldClaim, hold_claim
from ets_desktop.services.pickups import CancelPickup, cancel_pickup
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.claims.pickup_order import PickupOrderDialog
from ets_desktop.ui.screens.claims.screen import ReturnClaimsScreen
from ets_desktop.ui.table_panel import TablePanel
from tests.claims import PLACE, requested, shipped_line, wish, without_goods
from tests.ui.screens.searching import (
    access_log,
    button,
    cells,
    error,
    find,
    panel,
    shown,
    wait_for_cells,
)


def called_off(database: Database, kim: Agent) -> ClaimRequested:
    """A claim whose pickup was called off."""
    made = requested(database, kim, wish(shipped_line(database)))
    assert made.pickup_id is not None
    database.call(cancel_pickup, CancelPickup(kim.id, made.pickup_id))
    return made


def of_channel(database: Database, kim: Agent) -> ClaimRequested:
    return requested(database, kim, wish(shipped_line(database), pickup=None, source="channel"))


def open_screen(kims_desk: UiContext, steps: Any, qtbot: QtBot) -> ReturnClaimsScreen:
    made: ReturnClaimsScreen = shown(ReturnClaimsScreen(kims_desk), steps, qtbot)
    return made


def claims(screen: ReturnClaimsScreen) -> TablePanel[Any]:
    return panel(screen, "반품처리")


def open_dialog(screen: ReturnClaimsScreen, steps: Any) -> PickupOrderDialog:
    button(screen, "회수지시").click()
    steps.run()
    dialog: PickupOrderDialog = screen.findChild(PickupOrderDialog)
    return dialog


def confirm(dialog: PickupOrderDialog, steps: Any) -> None:
    button(dialog, "확인").click()
    steps.run()


def test_a_pickup_that_was_called_off_is_ordered_again_from_the_same_door(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    made = called_off(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    assert cells(claims(screen), "회수") == ["취소"]
    dialog = open_dialog(screen, steps)
    assert find(dialog, QLineEdit, "회송지 성명").text() == PLACE.name
    assert find(dialog, QLineEdit, "회송지 이동전화").text() == "010-0000-1234"
    assert (
        find(dialog, QLineEdit, "회송지 주소").text() == f"{PLACE.address} {PLACE.address_detail}"
    )
    find(dialog, QComboBox, "택배사").setCurrentText("우체국택배")
    confirm(dialog, steps)
    assert not dialog.isVisible()
    assert ("say", f"{made.ticket_no} 회수를 지시했습니다.") in kims_desk.desk.asked
    wait_for_cells(claims(screen), "단계", ["회수지시"], steps, qtbot)
    assert cells(claims(screen), "회수") == ["회수요청"]
    assert not button(screen, "회수지시").isEnabled()
    assert "order_pickup" in [entry[1] for entry in access_log(database)]


def test_a_claim_of_a_channel_is_fetched_from_the_recipient_and_faults_stand_beside_fields(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    of_channel(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    dialog = open_dialog(screen, steps)
    find(dialog, QComboBox, "택배사").setCurrentText("한진택배")
    name = find(dialog, QLineEdit, "회송지 성명")
    name.setText("")
    confirm(dialog, steps)
    assert error(dialog, "회송지 성명") == "성명을 입력하십시오."
    assert dialog.isVisible()
    name.setText("이수취")
    find(dialog, QLineEdit, "회송지 주소").setText("서울시 강남구 역삼동 1")
    find(dialog, QLineEdit, "회송지 이동전화").setText("010-0000-1234")
    confirm(dialog, steps)
    wait_for_cells(claims(screen), "단계", ["회수지시"], steps, qtbot)


def test_what_no_field_is_at_fault_for_stands_below(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot
) -> None:
    called_off(database, kim)
    screen = open_screen(kims_desk, steps, qtbot)
    row = claims(screen).model.row(0)
    dialog = open_dialog(screen, steps)
    hold = HoldClaim(kim.id, row.claim_id, row.version, HoldReason.CUSTOMER_CHECKS)
    database.call(hold_claim, hold)
    confirm(dialog, steps)
    assert dialog.isVisible()
    assert "다른 담당자가" in find(dialog, QLabel, "진행 상황").text()


@pytest.mark.parametrize("kind", ["under way", "without goods"])
def test_where_nothing_is_to_be_ordered_the_button_is_grey(
    kims_desk: UiContext, database: Database, kim: Agent, steps, qtbot: QtBot, kind: str
) -> None:
    line = shipped_line(database)
    lost = without_goods(ClaimType.LOST_IN_TRANSIT, line)
    requested(database, kim, wish(line) if kind == "under way" else lost)
    screen = open_screen(kims_desk, steps, qtbot)
    claims(screen).table.selectRow(0)
    assert not button(screen, "회수지시").isEnabled()


def test_without_a_row_it_says_that_it_needs_one(
    kims_desk: UiContext, database: Database, steps, qtbot: QtBot
) -> None:
    screen = open_screen(kims_desk, steps, qtbot)
    button(screen, "회수지시").click()
    assert claims(screen).message == "목록에서 한 건을 먼저 고르십시오."
