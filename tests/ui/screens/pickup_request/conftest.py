"""통합주문검색 with one shipped order of three pieces, and 택배회수요청 opened on it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.order_search.screen import OrderSearchScreen
from ets_desktop.ui.screens.pickup_request.dialog import PickupRequestDialog
from tests.claims import shipped_line
from tests.factories import an_order, make
from tests.ui.screens.searching import ask, button, panel, shown

Opening = Callable[[OrderLine], PickupRequestDialog]


@pytest.fixture
def line(database: Database) -> OrderLine:
    order = make(
        database,
        an_order,
        recipient_name="이수취",
        recipient_phone="01000001234",
        address="서울시 강남구 역삼동 1",
        zipcode="06234",
    )
    return shipped_line(database, order=order)


@pytest.fixture
def couriers() -> dict[str, dict[str, object]]:
    """What the settings of this PC say of couriers: nothing."""
    return {}


@pytest.fixture
def screen(
    kims_desk: UiContext, couriers: dict[str, dict[str, object]], steps: Any, qtbot: QtBot
) -> OrderSearchScreen:
    context = replace(kims_desk, couriers=couriers)
    return shown(OrderSearchScreen(context), steps, qtbot)


@pytest.fixture
def opened(screen: OrderSearchScreen, steps: Any) -> Opening:
    """택배회수요청 on the row of a line."""

    def open_on(line: OrderLine) -> PickupRequestDialog:
        ask(screen, steps)
        rows = panel(screen, "주문목록")
        rows.table.select_key(line.id)
        steps.run()
        button(screen, "택배회수요청").click()
        steps.run()
        return next(each for each in screen.findChildren(PickupRequestDialog) if each.isVisible())

    return open_on
