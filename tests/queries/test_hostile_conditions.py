"""Every text of every search: wildcards are letters, quotes end nothing, nothing makes it fail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from ets_desktop.domain.errors import EtsError
from ets_desktop.local.connection import ConnectionTarget
from ets_desktop.queries.access_log import AccessSearch, count_access, search_access
from ets_desktop.queries.claims import ClaimSearch, count_claims, search_claims
from ets_desktop.queries.customers import find_customers
from ets_desktop.queries.orders import OrderSearch, count_orders, search_orders
from ets_desktop.queries.pickups import PickupSearch, count_pickups, search_pickups
from ets_desktop.queries.products import find_products
from ets_desktop.queries.returns import claims_by_waybill, claims_for_return
from ets_desktop.queries.ticket_search.conditions import TicketSearch
from ets_desktop.queries.ticket_search.searching import count_tickets, search_tickets
from ets_desktop.services.access import LogAccess, log_access
from tests.postgres import clone


@dataclass(frozen=True)
class Searching:
    """A search, the fields that take what a person types, and how many rows there are at all."""

    kind: type[Any]
    rows: Callable[..., Any]
    count: Callable[..., Any]

    def found(self, session: Session, field: str, typed: str) -> int:
        search = self.kind(**{field: typed})
        rows = len(self.rows(session, search, None, 50).rows)
        # Both build their own statement.
        self.count(session, search)
        return rows


CODES = {"date_kind", "status", "order_status", "channel_code", "ticket_type", "step", "state"}
CODES |= {"courier", "action", "kind"}
SEARCHES = (
    Searching(OrderSearch, search_orders, count_orders),
    Searching(TicketSearch, search_tickets, count_tickets),
    Searching(ClaimSearch, search_claims, count_claims),
    Searching(PickupSearch, search_pickups, count_pickups),
    Searching(AccessSearch, search_access, count_access),
)
FIELDS = [
    pytest.param(searching, field.name, id=f"{searching.kind.__name__}.{field.name}")
    for searching in SEARCHES
    for field in fields(searching.kind)
    if field.type in ("str", str) and field.name not in CODES
]
#: In no name, number or text of the shop; each would find much of it as a pattern.
WILD = ("%", "%%", "_", "___", "김%", "%민%", "김_민", "김__", "_정민", "%_%", "\\%", "1%", "01%")
HOSTILE = (
    *("' OR '1'='1", "'; DROP TABLE customer; --", '"', "\\", "\\\\'", "$$", "%(name)s", ":name"),
    *(
        "{0}",
        "{condition}",
        "\x00",
        "a\x00b",
        "\ud800",
        "김\udfff민",
        "\u202e",
        "💣" * 40,
        "가" * 2000,
    ),
    *("NULL", "1e999", "-1", "9" * 400, "[", "(((((", "\n\n", "ㄱ%", "ㄱ_", "*%"),
)


@pytest.fixture(scope="module")
def shop(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="test")
        fill(database, orders=150, password="secret")
        database.call(log_access, LogAccess("find_orders", "", {"anything": "김정민"}, 3))
        yield database
        database.close()


@pytest.mark.parametrize(("searching", "field"), FIELDS)
def test_a_wildcard_is_a_letter_that_nobody_has(
    shop: Database, searching: Searching, field: str
) -> None:
    def ask(session: Session) -> dict[str, int]:
        found = {}
        for typed in WILD:
            try:
                found[typed] = searching.found(session, field, typed)
            except EtsError:
                continue
        return {typed: rows for typed, rows in found.items() if rows}

    assert shop.call(ask) == {}


@pytest.mark.parametrize(("searching", "field"), FIELDS)
def test_no_text_makes_a_search_fail_or_find_everything(
    shop: Database, searching: Searching, field: str
) -> None:
    for typed in HOSTILE:
        try:
            found = shop.call(searching.found, field, typed)
        except EtsError as refused:
            assert refused.code.startswith("search_")  # noqa: PT017 - one of many
        else:
            assert found < 50


@pytest.mark.parametrize("typed", [*WILD, *HOSTILE])
def test_no_text_makes_a_lookup_fail(shop: Database, typed: str) -> None:
    def ask(session: Session) -> tuple[int, int, int]:
        found = len(find_customers(session, typed))
        claims = claims_for_return(session, name=typed, phone=typed, order_no=typed)
        find_products(session, typed)
        return found, len(claims), len(claims_by_waybill(session, typed))

    found = shop.call(ask)
    if typed in WILD:
        assert found == (0, 0, 0)
