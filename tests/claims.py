"""Requests of claims as tests make them: a shipped line of three pieces, and its return."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claim_requests import (
    ClaimRequest,
    GoodsWish,
    LineWish,
    PickupWish,
    Place,
)
from ets_desktop.domain.claims import ClaimType, Inspection
from ets_desktop.domain.pickups import PickupState
from ets_desktop.services.claim_requests import ClaimRequested, RequestClaim, request_claim
from ets_desktop.services.pickups import PickupNews
from ets_desktop.services.returns import (
    InspectLine,
    ReceiveReturn,
    inspect_line,
    receive_return,
)
from tests.factories import a_form, a_product, an_order_line, make

PLACE = Place(
    "이수취", "서울시 강남구 역삼동 1", "101동 202호", "06234", "02-0000-0000", "010-0000-1234"
)


def shipped_line(database: Database, **values: Any) -> OrderLine:
    """Three pieces for 10,000 KRW, on their way."""
    defaults = {"quantity": 3, "amount": 10_000, "unit_price": 3_334, "tracking_no": "600000000125"}
    return make(database, an_order_line, **defaults | values)


def wish(line: OrderLine, *more: OrderLine, quantity: int = 1, **values: Any) -> ClaimRequest:
    """A return of `quantity` of each line because of a fault, fetched by CJ."""
    defaults: dict[str, Any] = {
        "claim_type": ClaimType.RETURN,
        "order_id": line.order_id,
        "lines": tuple(LineWish(one.id, quantity) for one in (line, *more)),
        "reason": "change_of_mind",
        "pickup": PickupWish("cj", PLACE),
        "fee": 3_000,
        "fee_method": FeeMethod.UNPAID,
        "note": "문 앞에 둠",
    }
    return ClaimRequest(**defaults | values)


def without_goods(claim_type: ClaimType, line: OrderLine, **values: Any) -> ClaimRequest:
    return wish(line, claim_type=claim_type, pickup=None, fee=0, **values)


def other_goods(database: Database, *prices: int) -> tuple[GoodsWish, ...]:
    return tuple(GoodsWish(make(database, a_product).id, price, 1) for price in prices)


def command(actor: Agent, request: ClaimRequest, client_id: UUID | None = None) -> RequestClaim:
    form = a_form(title="반품접수처리", content="사이즈가 안 맞음")
    return RequestClaim(actor.id, client_id or uuid4(), request, form)


def requested(database: Database, actor: Agent, request: ClaimRequest) -> ClaimRequested:
    return database.call(request_claim, command(actor, request)).value


def news(made: ClaimRequested, state: str | None, key: str = "", **values: Any) -> PickupNews:
    """What a courier tells of the claim's pickup."""
    assert made.pickup_id is not None
    became = None if state is None else PickupState(state)
    at = values.pop("at", datetime.now(UTC))
    return PickupNews(made.pickup_id, key or f"scan/{state}", at, became, **values)


def arrived(database: Database, actor: Agent, made: ClaimRequested, *line_ids: int) -> None:
    """The goods came and were found good."""
    claim_id = made.claim.claim_id
    database.call(receive_return, ReceiveReturn(actor.id, claim_id, line_ids or None))
    for line_id in line_ids:
        database.call(inspect_line, InspectLine(actor.id, claim_id, line_id, Inspection.GOOD))
