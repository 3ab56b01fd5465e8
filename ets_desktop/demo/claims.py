"""Claims behind the demo's tickets about returns and exchanges, in every step, with their pickups.

Written as rows with their own dates; the triggers that guard what people write stand aside.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from ets_desktop.demo import words
from ets_desktop.demo.loading import Connection, copy_rows, next_ids
from ets_desktop.domain.claim_fees import EXCHANGE_FEE, RETURN_FEE, share_of

#: The tables whose triggers stand aside.
TABLES: Final = ("claim", "claim_line", "pickup", "pickup_event", "logistics_instruction")
#: One ticket an order line, the open ones first, as many as a desk's lists want.
_MOST = 400
_TICKETS = """
    SELECT * FROM (
        SELECT DISTINCT ON (l.id) t.id AS ticket_id, t.ticket_type, t.status, t.created_at,
            t.created_by, t.completed_at, t.order_id, l.id AS line_id, l.quantity, l.amount,
            l.product_id, l.option, l.tracking_no, coalesce(u.name, o.orderer_name) AS customer,
            o.recipient_name, o.recipient_phone, o.zipcode, o.address, o.paid_in_full
        FROM ticket t JOIN sales_order o ON o.id = t.order_id
            JOIN order_line l ON l.shipped_at < t.created_at
                AND l.id = (SELECT min(f.id) FROM order_line f WHERE f.order_id = o.id)
            LEFT JOIN customer u ON u.id = t.customer_id
        WHERE t.ticket_type IN ('return', 'exchange') AND t.status <> 'discarded'
          AND l.quantity > 0 AND l.amount IS NOT NULL
          AND NOT EXISTS (SELECT FROM claim_line n WHERE n.order_line_id = l.id)
        ORDER BY l.id, t.completed_at NULLS FIRST, t.id
    ) found ORDER BY completed_at NULLS FIRST, ticket_id LIMIT %(most)s
"""
#: How far a claim has come, with the state of its pickup ("" without one).
_OPEN = (
    ("pickup_ordered", "requested"),
    ("pickup_ordered", "accepted"),
    ("pickup_ordered", "accepted"),
    ("collecting", "collected"),
    ("collecting", "in_transit"),
    ("pickup_failed", "failed"),
    ("arrived", "arrived"),
    ("inspected", "arrived"),
    ("accepted", ""),
)
_ENDED = (("done", "arrived"), ("done", "arrived"), ("done", "arrived"), ("withdrawn", "cancelled"))
_PATH = ("requested", "accepted", "collected", "in_transit", "arrived")
_REASONS = {
    "return": ("change_of_mind", "change_of_mind", "size_or_colour", "faulty", "damaged"),
    "exchange": ("size_or_colour", "faulty", "wrong_item", "ordered_wrongly"),
}
_COURIERS = ("cj", "cj", "cj", "hanjin", "lotte", "epost", "logen")
#: Where the courier gave up, its code and its words.
_FAILURES = (
    ("not_collected", "02", "업체미출고"),
    ("not_collected", "16", "고객사용중"),
    ("not_collected", "21", "정보오류"),
)


@dataclass(frozen=True, slots=True)
class _Story:
    """One claim with its dates; `ticket` is the row it hangs on."""

    id: int
    client_id: UUID
    ticket: dict[str, Any]
    claim_type: str
    step: str
    pickup_id: int
    state: str
    times: tuple[datetime, ...]
    reason: str
    courier: str
    held: bool
    failure: tuple[str, str, str]
    inspection: str | None

    @property
    def decision(self) -> str | None:
        if self.step != "done":
            return None
        return "refund" if self.claim_type == "return" else "exchange"

    @property
    def closed_at(self) -> datetime | None:
        return self.times[-1] if self.step in ("done", "withdrawn") else None

    @property
    def amount(self) -> int:
        return share_of(self.ticket["amount"], self.ticket["quantity"], 0, 1)

    @property
    def waybill(self) -> str:
        """Known from the collection on; its last digit is CJ's check."""
        if self.state not in ("collected", "in_transit", "arrived"):
            return ""
        base = f"6{self.pickup_id:010d}"
        return f"{base}{int(base[2:]) % 7}"


def fill_claims(connection: Connection, seed: int, now: datetime) -> int:
    """Store claims for what tickets there are; how many."""
    rng = random.Random(f"{seed}/claims")
    with connection.cursor(row_factory=dict_row) as cursor:
        tickets = cursor.execute(_TICKETS, {"most": _MOST}).fetchall()
    if not tickets:
        return 0
    first, first_pickup = (
        next_ids(connection, table, len(tickets)) for table in ("claim", "pickup")
    )
    stories = [
        _story(rng, ticket, first + place, first_pickup + place, now)
        for place, ticket in enumerate(tickets)
    ]
    _store(connection, stories)
    return len(stories)


def _story(
    rng: random.Random, ticket: dict[str, Any], id_: int, pickup_id: int, now: datetime
) -> _Story:
    kind = ticket["ticket_type"]
    step, state = rng.choice(_OPEN if ticket["completed_at"] is None else _ENDED)
    began, until = ticket["created_at"], ticket["completed_at"] or now
    ahead = _PATH.index(state) if state in _PATH else 2
    # One time for each state on the way, one for the end.
    times = tuple(began + (until - began) * part / (ahead + 2) for part in range(ahead + 2))
    return _Story(
        id=id_,
        client_id=UUID(int=rng.getrandbits(128), version=4),
        ticket=ticket,
        claim_type="return" if kind == "return" else "exchange_same",
        step=step,
        pickup_id=pickup_id,
        state=state,
        times=times,
        reason=rng.choice(_REASONS[kind]),
        courier=rng.choice(_COURIERS),
        held=step in ("arrived", "inspected", "accepted") and rng.random() < 0.3,
        failure=rng.choice(_FAILURES),
        inspection=rng.choice(("good", "good", "faulty"))
        if step in ("inspected", "done")
        else None,
    )


def _store(connection: Connection, stories: Sequence[_Story]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ticket SET title = %s WHERE id = %s",
            [(words.CLAIM_TITLES[one.claim_type], one.ticket["ticket_id"]) for one in stories],
        )
    lines = next_ids(connection, "claim_line", len(stories))
    copy_rows(connection, "claim", _CLAIM_COLUMNS, map(_claim, stories))
    copy_rows(
        connection,
        "claim_line",
        _LINE_COLUMNS,
        (_line(n, one) for n, one in enumerate(stories, lines)),
    )
    exchanges = [one for one in stories if one.claim_type != "return"]
    copy_rows(
        connection,
        "exchange_line",
        "claim_id, product_id, option, unit_price, quantity",
        [(x.id, x.ticket["product_id"], x.ticket["option"], x.amount, 1) for x in exchanges],
    )
    _store_ways(connection, stories)


def _store_ways(connection: Connection, stories: Sequence[_Story]) -> None:
    """Pickups and what was told of them and of the claims."""
    fetched = [one for one in stories if one.state]
    copy_rows(connection, "pickup", _PICKUP_COLUMNS, map(_pickup, fetched))
    copy_rows(
        connection,
        "pickup_event",
        "pickup_id, event_key, kind, state, courier_state, code, words, at, recorded_at",
        (event for one in fetched for event in _events(one)),
    )
    copy_rows(
        connection,
        "logistics_instruction",
        "key, kind, order_id, claim_id, paid_in_full, body, state, sent_at, created_at, created_by",
        (row for one in stories for row in _instructions(one)),
    )
    copy_rows(
        connection,
        "claim_history",
        "claim_id, version, field, old, new, changed_at, changed_by",
        (row for one in stories for row in _history(one)),
    )


_CLAIM_COLUMNS = (
    "id, client_id, version, claim_type, step, held, hold_reason, held_at, held_by, order_id,"
    " ticket_id, reason, fee_payer, fee, fee_method, fee_deducted, exchange_amount, ship_name,"
    " ship_phone, ship_zipcode, ship_address, created_at, created_by, updated_at, updated_by,"
    " arrived_at, closed_at"
)
_LINE_COLUMNS = (
    "id, claim_id, order_line_id, quantity, amount, step, takes, inspection, inspected_at,"
    " inspected_by, decision, decided_at, decided_by"
)
_PICKUP_COLUMNS = (
    "id, claim_id, order_id, courier, state, failure_state, failure_code, failure_text,"
    " original_waybill, return_waybill, customer_name, name, phone, zipcode, address, send_state,"
    " booking_no, sent_at, requested_at, requested_by, accepted_at, collected_at, arrived_at,"
    " failed_at, cancelled_at"
)


def _claim(one: _Story) -> tuple[object, ...]:
    ticket, agent = one.ticket, one.ticket["created_by"]
    exchange = one.claim_type != "return"
    customer_pays = one.reason in ("change_of_mind", "size_or_colour", "ordered_wrongly")
    fee = (EXCHANGE_FEE if exchange else RETURN_FEE) if customer_pays else 0
    method = ("unpaid" if one.id % 3 else "enclosed") if fee else ""
    owed = method == "unpaid" and one.decision == "refund"
    place = [ticket["recipient_name"], ticket["recipient_phone"] or ""]
    place += [ticket["zipcode"], ticket["address"]]
    held_at = one.times[-1] if one.held else None
    return (
        *(one.id, one.client_id, 2 + len(one.times), one.claim_type, one.step),
        *(one.held, "fee_unpaid" if one.held else "", held_at, agent if one.held else None),
        *(ticket["order_id"], ticket["ticket_id"], one.reason),
        *("customer" if customer_pays else "seller", fee, method),
        *(min(fee, one.amount) if owed else 0, one.amount if exchange else 0),
        *(place if exchange else [""] * 4),
        *(one.times[0], agent, one.times[-1], agent),
        *(_time_of(one, "arrived"), one.closed_at),
    )


def _line(id_: int, one: _Story) -> tuple[object, ...]:
    agent = one.ticket["created_by"]
    looked_at = one.times[-1] if one.inspection else None
    takes = one.step != "withdrawn" and one.decision != "exchange"
    return (
        *(id_, one.id, one.ticket["line_id"], 1, one.amount, one.step, takes),
        *(one.inspection, looked_at, agent if one.inspection else None),
        *(one.decision, one.closed_at if one.decision else None),
        agent if one.decision else None,
    )


def _pickup(one: _Story) -> tuple[object, ...]:
    ticket, known = one.ticket, one.state != "requested"
    failure = one.failure if one.state == "failed" else ("", "", "")
    return (
        *(one.pickup_id, one.id, ticket["order_id"], one.courier, one.state, *failure),
        *(ticket["tracking_no"], one.waybill, ticket["customer"], ticket["recipient_name"]),
        *(ticket["recipient_phone"] or "", ticket["zipcode"], ticket["address"]),
        *("sent" if known else "waiting", f"D{one.pickup_id:08d}" if known else ""),
        *(one.times[1] if known else None, one.times[0], ticket["created_by"]),
        *(_time_of(one, state) for state in ("accepted", "collected", "arrived")),
        *(_time_of(one, state) for state in ("failed", "cancelled")),
    )


def _way(one: _Story) -> tuple[str, ...]:
    """The states of its pickup, in order."""
    if one.state in ("failed", "cancelled"):
        return ("requested", "accepted", one.state)
    return _PATH[: _PATH.index(one.state) + 1] if one.state else ()


def _time_of(one: _Story, state: str) -> datetime | None:
    way = _way(one)
    return one.times[way.index(state)] if state in way else None


def _events(one: _Story) -> Iterator[tuple[object, ...]]:
    for state, at in zip(_way(one), one.times, strict=False):
        told = one.failure if state == "failed" else ("", "", "")
        yield one.pickup_id, f"state/{state}", "state", state, *told, at, at + timedelta(minutes=3)


def _instructions(one: _Story) -> Iterator[tuple[object, ...]]:
    kinds = [("collect", one.times[0])] if one.state else []
    if one.closed_at is not None and one.decision:
        second = "refund" if one.decision == "refund" else "exchange_ship"
        kinds += [("stock_in", one.closed_at), (second, one.closed_at)]
    for kind, at in kinds:
        waits = kind == "collect" and one.state == "requested"
        yield (
            *(f"claim/{one.client_id}/{kind}", kind, one.ticket["order_id"], one.id),
            *(one.ticket["paid_in_full"], Jsonb({"claim_no": f"R{one.id:09d}"})),
            *("waiting" if waits else "sent", None if waits else at + timedelta(minutes=1), at),
            one.ticket["created_by"],
        )


def _history(one: _Story) -> Iterator[tuple[object, ...]]:
    agent = one.ticket["created_by"]
    yield one.id, 1, "created", None, one.claim_type, one.times[0], agent
    yield one.id, 2 + len(one.times), "step", "requested", one.step, one.times[-1], agent
