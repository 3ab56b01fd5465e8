"""택배회수요청: a claim with its lines, pickup, ticket and instructions, all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.claim_requests import (
    ClaimRequest,
    GoodsWish,
    LineFacts,
    Place,
    refusals,
)
from ets_desktop.domain.claims import (
    EXCHANGES,
    TICKET_TYPES,
    ClaimType,
    Instruction,
    Step,
)
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import Action, TicketForm, tidy_line
from ets_desktop.domain.topics import OUTBOX, PICKUPS, Done
from ets_desktop.queries.reading import read, read_at, read_mappings
from ets_desktop.services.claim_rows import ClaimDone, LockedClaim, lock_claim
from ets_desktop.services.instructions import Telling
from ets_desktop.services.pickup_rows import collecting, place_columns, write_pickup
from ets_desktop.services.receipts import is_first_arrival
from ets_desktop.services.refund_accounts import seal_account
from ets_desktop.services.ticket_forms import ReceiveTicket, Saved, write_form

_HOLD = SQL("SELECT hold_order_lines(%(ids)s::bigint[])")
_FACTS = SQL("""
    SELECT l.id AS order_line_id, l.order_id, l.product_id, l.option, l.order_status,
        l.cancelled, l.quantity AS bought,
        coalesce(l.amount, l.unit_price * l.quantity, 0) AS amount,
        coalesce((SELECT sum(x.quantity) FROM claim_line x
                  WHERE x.order_line_id = l.id AND x.takes), 0)::bigint AS taken,
        coalesce((SELECT c.claim_no FROM claim_line x JOIN claim c ON c.id = x.claim_id
                  WHERE x.order_line_id = l.id
                    AND x.step NOT IN ('done', 'rejected', 'withdrawn')), '') AS open_claim,
        l.tracking_no
    FROM order_line l WHERE l.id = ANY(%(ids)s::bigint[])
""")
_ORDER = SQL("""
    SELECT o.id, o.customer_id, coalesce(o.orderer_phone, o.recipient_phone) AS phone,
        coalesce(u.name, o.orderer_name) AS customer_name
    FROM sales_order o
        LEFT JOIN customer u ON u.id = coalesce(%(customer_id)s::bigint, o.customer_id)
    WHERE o.id = %(order_id)s
""")
_MISSING_PRODUCTS = SQL("""
    SELECT FROM unnest(%(ids)s::bigint[]) w (id)
    WHERE NOT EXISTS (SELECT FROM product p WHERE p.id = w.id)
""")
_CLAIM = SQL("""
    INSERT INTO claim (client_id, claim_type, order_id, ticket_id, source, channel_status,
        channel_status_detail, reason, reason_note, note, discovered_on, fee_payer, fee,
        fee_method, exchange_amount, ship_name, ship_phone, ship_mobile, ship_zipcode,
        ship_address, ship_address_detail, created_by, updated_by)
    VALUES (%(client_id)s, %(claim_type)s, %(order_id)s, %(ticket_id)s, %(source)s,
        %(channel_status)s, %(channel_status_detail)s, %(reason)s, %(reason_note)s, %(note)s,
        %(discovered_on)s, %(fee_payer)s, %(fee)s, %(fee_method)s, %(exchange_amount)s,
        %(name)s, %(phone)s, %(mobile)s, %(zipcode)s, %(address)s, %(address_detail)s,
        %(actor_id)s, %(actor_id)s)
    RETURNING id
""")
_LINE = SQL("""
    INSERT INTO claim_line (claim_id, order_line_id, quantity, step)
    VALUES (%(claim_id)s, %(order_line_id)s, %(quantity)s, %(step)s)
""")
_GOODS = SQL("""
    INSERT INTO exchange_line (claim_id, product_id, option, unit_price, quantity)
    VALUES (%(claim_id)s, %(product_id)s, %(option)s, %(unit_price)s, %(quantity)s)
""")
_STANDING = SQL("""
    SELECT c.id AS claim_id, c.claim_no, c.version, c.step, k.id AS ticket_id, k.ticket_no,
        (SELECT p.id FROM pickup p WHERE p.claim_id = c.id ORDER BY p.id DESC LIMIT 1)
            AS pickup_id
    FROM claim c JOIN ticket k ON k.id = c.ticket_id WHERE c.client_id = %(client_id)s
""")

_NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class RequestClaim:
    """`client_id` is made by the desk once per dialog: pressing again makes no second claim.

    `form` brings title (the word of the claim's type), content, customer, tags and due date of
    the ticket; its type, order and line are the claim's.
    """

    actor_id: int
    client_id: UUID
    request: ClaimRequest
    form: TicketForm


@dataclass(frozen=True, slots=True)
class ClaimRequested:
    """`pickup_id` is None where nothing is fetched; `repeated`: it had been made before."""

    claim: ClaimDone
    ticket_id: int
    ticket_no: str
    pickup_id: int | None


def request_claim(session: Session, command: RequestClaim) -> Done[ClaimRequested]:
    """Make the claim, its lines, the wish to fetch them, its ticket and what logistics is told.

    RuleViolation with the first of `domain.claim_requests.refusals`, `no_such_product`,
    `refund_key_missing`, or what `write_form` refuses.
    """
    request = command.request
    if not is_first_arrival(session, command.client_id, command.actor_id):
        return _standing(session, command)
    facts = _held_lines(session, request)
    for refusal in refusals(request, facts, seoul_date(read_at(session))):
        raise RuleViolation(refusal.code, field=refusal.field, **(refusal.details or {}))
    order = _order(session, command)
    ticket = _ticket(session, command, order)
    claim_id = _write_claim(session, command, ticket.ticket_id, facts)
    pickup_id = _write_pickup(session, command, claim_id, order, facts)
    if request.refund_account is not None:
        seal_account(session, claim_id, command.client_id, request.refund_account)
    claim = lock_claim(session, claim_id)
    _tell(Telling(session, claim, command.actor_id), command, claim, pickup_id)
    done = ClaimDone(claim_id, claim.claim_no, claim.version, claim.step)
    made = ClaimRequested(done, ticket.ticket_id, ticket.ticket_no, pickup_id)
    return Done(made, claim.topics | {PICKUPS, OUTBOX})


def _held_lines(session: Session, request: ClaimRequest) -> Mapping[int, LineFacts]:
    """The order's lines, held until the end: what is left of them stays so."""
    asked = {"ids": [line.order_line_id for line in request.lines]}
    driver_of(session).execute(_HOLD, asked)
    return {row.order_line_id: row for row in read(session, _FACTS, asked, LineFacts)}


def _order(session: Session, command: RequestClaim) -> Mapping[str, Any]:
    asked = {"order_id": command.request.order_id, "customer_id": command.form.customer_id}
    return read_mappings(session, _ORDER, asked)[0]


def _ticket(session: Session, command: RequestClaim, order: Mapping[str, Any]) -> Saved:
    form, lines = command.form, command.request.lines
    customer_id = form.customer_id or order["customer_id"]
    form = replace(
        form,
        client_id=command.client_id,
        ticket_type=TICKET_TYPES[command.request.claim_type],
        customer_id=customer_id,
        caller_number=form.caller_number or (None if customer_id else _number(command, order)),
        order_id=command.request.order_id,
        order_line_id=lines[0].order_line_id if len(lines) == 1 else None,
    )
    return write_form(session, ReceiveTicket(command.actor_id, form), Action.SAVE).saved


def _number(command: RequestClaim, order: Mapping[str, Any]) -> str | None:
    """Whom to call about it: who ordered, or where the channel hides that, who hands it over."""
    wish = command.request.pickup
    numbers = (wish.place.mobile, wish.place.phone) if wish is not None else ()
    return next(filter(None, (order["phone"], *numbers)), None)


def _write_claim(
    session: Session, command: RequestClaim, ticket_id: int, facts: Mapping[int, LineFacts]
) -> int:
    request = command.request
    goods = _goods(request, facts)
    _require_products(session, goods)
    row = {
        "client_id": command.client_id,
        "claim_type": request.claim_type,
        "order_id": request.order_id,
        "ticket_id": ticket_id,
        "source": request.source,
        "channel_status": tidy_line(request.channel_status),
        "channel_status_detail": tidy_line(request.channel_status_detail),
        "reason": request.reason,
        "reason_note": tidy_line(request.reason_note),
        "note": tidy_line(request.note),
        "discovered_on": request.discovered_on,
        "fee_payer": request.fee_payer,
        "fee": request.fee,
        "fee_method": request.fee_method or "",
        "exchange_amount": sum(one.unit_price * one.quantity for one in goods),
        "actor_id": command.actor_id,
        **place_columns(_ship_to(request)),
    }
    driver = driver_of(session)
    claim_id = int(str(driver.execute(_CLAIM, row).fetchall()[0][0]))
    step = _first_step(request)
    for wish in sorted(request.lines, key=lambda wish: wish.order_line_id):
        line = {"order_line_id": wish.order_line_id, "quantity": wish.quantity}
        driver.execute(_LINE, {"claim_id": claim_id, "step": step, **line})
    for one in goods:
        driver.execute(_GOODS, {"claim_id": claim_id, **_goods_columns(one)})
    return claim_id


def _first_step(request: ClaimRequest) -> Step:
    """A desk accepts what it writes down; what a channel brings waits to be accepted."""
    if request.pickup is not None:
        return Step.PICKUP_ORDERED
    return Step.REQUESTED if request.source == "channel" else Step.ACCEPTED


def _goods(request: ClaimRequest, facts: Mapping[int, LineFacts]) -> tuple[GoodsWish, ...]:
    """What goes out: what was chosen, else the same as comes back, at what was paid for it."""
    if request.claim_type not in EXCHANGES or request.goods:
        return request.goods
    lines = [(facts[wish.order_line_id], wish.quantity) for wish in request.lines]
    return tuple(
        GoodsWish(known.product_id, known.amount // known.bought, quantity, known.option)
        for known, quantity in lines
    )


def _require_products(session: Session, goods: tuple[GoodsWish, ...]) -> None:
    ids = [one.product_id for one in goods]
    if ids and read_mappings(session, _MISSING_PRODUCTS, {"ids": ids}):
        raise RuleViolation("no_such_product", field="goods")


def _ship_to(request: ClaimRequest) -> Place:
    if request.claim_type not in EXCHANGES:
        return request.ship_to or _NOWHERE
    return request.ship_to or (request.pickup.place if request.pickup else _NOWHERE)


def _goods_columns(one: GoodsWish) -> dict[str, Any]:
    return {
        "product_id": one.product_id,
        "option": tidy_line(one.option),
        "unit_price": one.unit_price,
        "quantity": one.quantity,
    }


def _write_pickup(
    session: Session,
    command: RequestClaim,
    claim_id: int,
    order: Mapping[str, Any],
    facts: Mapping[int, LineFacts],
) -> int | None:
    wish = command.request.pickup
    if wish is None:
        return None
    waybills = [facts[line.order_line_id].tracking_no for line in command.request.lines]
    about = {
        "claim_id": claim_id,
        "order_id": command.request.order_id,
        "original_waybill": next(filter(None, waybills), ""),
        "customer_name": order["customer_name"],
        "note": tidy_line(command.request.note),
        "actor_id": command.actor_id,
    }
    return write_pickup(session, wish, about)


def _tell(
    telling: Telling, command: RequestClaim, claim: LockedClaim, pickup_id: int | None
) -> None:
    request = command.request
    ids = [line.claim_line_id for line in claim.lines]
    if request.claim_type is ClaimType.CANCEL:
        telling.of_claim(Instruction.CANCEL_ORDER, ids)
    if request.pickup is not None:
        telling.of_claim(Instruction.COLLECT, ids, f"/{pickup_id}", **collecting(request.pickup))
    if request.claim_type is ClaimType.SWAP:
        telling.of_exchange(Instruction.EXCHANGE_SHIP)


def _standing(session: Session, command: RequestClaim) -> Done[ClaimRequested]:
    """What the first arrival made, as it is now."""
    found = read_mappings(session, _STANDING, {"client_id": command.client_id})[0]
    done = ClaimDone(
        found["claim_id"], found["claim_no"], found["version"], Step(found["step"]), repeated=True
    )
    made = ClaimRequested(done, found["ticket_id"], found["ticket_no"], found["pickup_id"])
    return Done(made, lock_claim(session, done.claim_id).topics)
