"""주소 정제: for CJ only, over a real connection; what was typed stays as it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QToolButton

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.ui.screens.pickup_request.dialog import PickupRequestDialog
from tests.couriers.reference_cj import BIZ_NO, CUST_ID, ReferenceCj, reference_cj
from tests.ui.screens.pickup_request.conftest import Opening
from tests.ui.screens.pickup_request.test_requesting import choose, filled, press, put, rows, shows
from tests.ui.screens.searching import error, find

EDITED = "서울시 강남구 역삼동 2"


@pytest.fixture
def cj() -> Iterator[ReferenceCj]:
    with reference_cj() as courier:
        yield courier


@pytest.fixture
def couriers(cj: ReferenceCj) -> dict[str, dict[str, object]]:
    account = {"base_url": cj.url, "cust_id": CUST_ID, "biz_no": BIZ_NO, "patience_s": 2}
    centre = {"name": "반품센터", "address": "이천시 1", "phone": "031-000-0000"}
    return {"cj": dict(account), "centre": dict(centre)}


def refine(dialog: PickupRequestDialog, steps: Any) -> None:
    next(b for b in dialog.findChildren(QToolButton) if b.text() == "주소 정제").click()
    steps.run()


def test_an_edited_address_is_refined_and_goes_with_the_pickup(
    opened: Opening, line: OrderLine, database: Database, steps: Any
) -> None:
    dialog = filled(opened(line))
    put(dialog, "회송지 주소", EDITED)
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "회송지 주소").startswith("고친 주소입니다.")
    refine(dialog, steps)
    assert shows(dialog, "정제결과") == "분류코드 5D32 1g · 역삼 1 · 점소 강남"
    assert shows(dialog, "회송지 주소") == EDITED
    press(dialog, steps, "반품접수처리")
    assert rows(database, "SELECT address, refined->>'code' FROM pickup") == [(EDITED, "5D32")]


def test_an_answer_to_another_address_is_none(opened: Opening, line: OrderLine, steps: Any) -> None:
    dialog = filled(opened(line))
    put(dialog, "회송지 주소", EDITED)
    refine(dialog, steps)
    put(dialog, "회송지 상세주소", "101호")
    assert shows(dialog, "정제결과") == ""
    button = next(b for b in dialog.findChildren(QToolButton) if b.text() == "주소 정제")
    button.click()
    put(dialog, "회송지 상세주소", "102호")
    steps.run()
    assert shows(dialog, "정제결과") == ""
    press(dialog, steps, "반품접수처리")
    assert error(dialog, "회송지 주소").startswith("고친 주소입니다.")


def test_warnings_are_shown_and_faults_stand_beside_the_address(
    opened: Opening, line: OrderLine, cj: ReferenceCj, steps: Any
) -> None:
    cj.refused_addresses = {"섬": "-20010 late", "없는": "-20002 what"}
    dialog = filled(opened(line))
    put(dialog, "회송지 주소", "제주도 섬 1")
    refine(dialog, steps)
    assert shows(dialog, "정제결과").endswith("배송이 늦어질 수 있는 지역입니다.")
    put(dialog, "회송지 주소", "없는 곳")
    refine(dialog, steps)
    assert error(dialog, "회송지 주소").startswith("택배사가 주소를 알아보지 못했습니다.")
    assert shows(dialog, "정제결과") == ""
    choose(dialog, "택배사", "롯데택배")
    assert error(dialog, "회송지 주소") == "", "that was CJ's word"


def test_without_an_answer_another_courier_may_be_chosen(
    opened: Opening, line: OrderLine, cj: ReferenceCj, database: Database, steps: Any
) -> None:
    cj.faults = [503, 503]
    dialog = filled(opened(line))
    put(dialog, "회송지 주소", EDITED)
    refine(dialog, steps)
    assert "다른 택배사" in error(dialog, "정제결과")
    choose(dialog, "택배사", "한진택배")
    assert not find(dialog, QLineEdit, "정제결과").isVisible()
    press(dialog, steps, "반품접수처리")
    assert rows(database, "SELECT courier, address FROM pickup") == [("hanjin", EDITED)]


@pytest.mark.parametrize("couriers", [{}], ids=["not set"])
def test_a_desk_without_the_couriers_settings_says_so(
    opened: Opening, line: OrderLine, steps: Any, couriers: dict[str, dict[str, object]]
) -> None:
    dialog = filled(opened(line))
    refine(dialog, steps)
    assert error(dialog, "정제결과").startswith("설정에 없는 택배사입니다.")
