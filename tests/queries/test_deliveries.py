"""배송조회: what the shop and the couriers told of one order line's parcels."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.deliveries import DeliveryRow, delivery_of_line
from ets_desktop.services.pickups import take_pickup_news
from tests.claims import news, requested, shipped_line, wish
from tests.factories import an_order_line, make
from tests.people import kim, team

__all__ = ["kim", "team"]

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


def told(database: Database, line: OrderLine) -> list[tuple[Any, ...]]:
    page = database.call(delivery_of_line, line.id, None, 50)
    assert page.next_key is None
    return [(row.kind, row.at, row.place, row.state, row.courier_state) for row in page.rows]


def test_before_it_is_sent_nothing_is_told(database: Database) -> None:
    line = make(database, an_order_line, tracking_no="", shipped_at=None, delivered_at=None)
    assert told(database, line) == []


def test_a_waybill_alone_has_no_time(database: Database) -> None:
    line = make(
        database,
        an_order_line,
        carrier="CJ대한통운",
        tracking_no="1234",
        shipped_at=None,
        delivered_at=None,
    )
    assert told(database, line) == [("shipped", None, "CJ대한통운 1234", "", "")]


def test_the_newest_comes_first_and_another_line_is_not_told(database: Database) -> None:
    day = timedelta(days=1)
    line = make(
        database,
        an_order_line,
        carrier="",
        tracking_no="1234",
        shipped_at=NOON,
        delivered_at=NOON + day,
    )
    make(database, an_order_line, shipped_at=NOON, tracking_no="99")
    assert told(database, line) == [
        ("delivered", NOON + day, "", "", ""),
        ("shipped", NOON, "1234", "", ""),
    ]


def test_what_came_back_is_told_with_its_place(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line))
    at = datetime.now(UTC) + timedelta(minutes=1)
    database.call(take_pickup_news, news(made, "accepted", at=at, place="강남 대리점"))
    first = database.call(delivery_of_line, line.id, None, 50).rows[0]
    assert isinstance(first, DeliveryRow)
    assert (first.kind, first.state, first.place) == ("pickup", "accepted", "강남 대리점")
    assert {row[0] for row in told(database, line)} == {"pickup", "shipped"}
