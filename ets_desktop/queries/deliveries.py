"""배송조회: where the parcel of an order line is, and those that came back for it."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """`kind` is "shipped", "delivered" or "pickup". `at` is None for a waybill whose parcel nobody
    told to be on its way. Of a pickup `state` is ours, `courier_state` its courier's own."""

    kind: str
    event_id: int
    at: datetime | None
    place: str
    state: str
    courier_state: str


_DELIVERY = SQL("""
    WITH line AS (SELECT * FROM order_line WHERE id = %(line_id)s)
    SELECT 'shipped' AS kind, 0::bigint AS event_id, l.shipped_at AS at,
        concat_ws(' ', nullif(l.carrier, ''), nullif(l.tracking_no, '')) AS place,
        '' AS state, '' AS courier_state
    FROM line l WHERE l.shipped_at IS NOT NULL OR l.tracking_no <> ''
    UNION ALL
    SELECT 'delivered', 0, l.delivered_at, '', '', ''
    FROM line l WHERE l.delivered_at IS NOT NULL
    UNION ALL
    SELECT 'pickup', e.id, e.at, e.place, e.state, e.courier_state
    FROM claim_line c JOIN pickup p ON p.claim_id = c.claim_id
        JOIN pickup_event e ON e.pickup_id = p.id
    WHERE c.order_line_id = %(line_id)s
    ORDER BY at DESC NULLS LAST, event_id DESC, kind
""")


def delivery_of_line(
    session: Session, line_id: int, _after: tuple[object, ...] | None, _size: int
) -> Page[DeliveryRow]:
    """What is known of its parcel and of its pickups, newest first, all of it at once."""
    return Page(tuple(read(session, _DELIVERY, {"line_id": line_id}, DeliveryRow)))
