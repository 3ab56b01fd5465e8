"""A desk without a window that asks for one claim after the other, until it is killed."""

from collections.abc import Sequence
from multiprocessing.connection import Connection
from uuid import UUID

from ets_desktop.db.engine import Database
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claim_requests import ClaimRequest, LineWish, PickupWish, Place
from ets_desktop.domain.claims import ClaimType
from ets_desktop.domain.tickets import TicketForm
from ets_desktop.services.claim_requests import RequestClaim, request_claim

PLACE = Place("이수취", "서울시 강남구 역삼동 1", mobile="010-0000-1234")


def request_of(agent_id: int, line: tuple[int, int], client_id: UUID) -> RequestClaim:
    """A return of one piece of `line` (order, line), known by its `client_id`."""
    order_id, line_id = line
    request = ClaimRequest(
        ClaimType.RETURN,
        order_id,
        (LineWish(line_id, 1),),
        "change_of_mind",
        PickupWish("cj", PLACE),
        fee=3_000,
        fee_method=FeeMethod.UNPAID,
    )
    form = TicketForm(
        client_id, title="반품접수처리", content="단순변심", caller_number="010-0000-1234"
    )
    return RequestClaim(agent_id, client_id, request, form)


def run(
    tell: Connection,
    url: str,
    agent_id: int,
    work: Sequence[tuple[tuple[int, int], UUID]],
) -> None:
    """Ask for all of `work`; tells each that is done."""
    database = Database(url, application_name="claims", pool_size=1)
    tell.send(-1)
    for number, (line, client_id) in enumerate(work):
        database.call(request_claim, request_of(agent_id, line, client_id))
        tell.send(number)
    database.close()
