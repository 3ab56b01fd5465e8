"""ARS sessions are forgotten, exported and erased with the person they are of (spec 80)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.ars import ArsEvent, ArsKind
from ets_desktop.domain.retention import ERASED
from ets_desktop.queries.ars import ars_sessions_of
from ets_desktop.queries.journey.rows import Whose
from ets_desktop.services.ars import record_ars_events
from ets_desktop.services.customer_rights import CustomerRequest, erase_customer, export_customer
from tests.factories import a_customer, an_order, make
from tests.services.test_retention import NOW, ago, erase, everything

NAME, NUMBER = "홍길동", "01000008765"


@pytest.fixture
def tell(database: Database) -> Callable[..., None]:
    def tell(session_id: str, at: datetime, **values: Any) -> None:
        told = {"name": NAME, "phone": NUMBER} | values
        database.call(record_ars_events, [ArsEvent(session_id, at, **told)])

    return tell


@pytest.mark.parametrize(
    ("kind", "years"),
    [(None, 3), (ArsKind.DELIVERY, 3), (ArsKind.CONSULTATION, 3), *((k, 5) for k in ("cancel",))],
)
def test_a_session_is_kept_to_the_day(
    database: Database, tell: Callable[..., None], kind: ArsKind | None, years: int
) -> None:
    tell("new", ago(years, -2), kind=kind, name="아직")
    tell("old", ago(years, 2), kind=kind, order_no="20201121-1", name="지남")
    assert erase(database).ars == 1
    told = everything(database)
    assert "아직" in told
    assert "지남" not in told
    assert "20201121-1" not in told
    assert not erase(database).is_any


def test_a_person_is_given_what_is_theirs_and_nothing_of_who_shares_the_number(
    database: Database, tell: Callable[..., None]
) -> None:
    hong = make(database, a_customer, name=NAME, numbers=(NUMBER,))
    order = make(database, an_order, customer=hong)
    other = make(database, an_order, customer=make(database, a_customer, name="김정민"))
    tell("by name", NOW)
    tell("unnamed", NOW, name="")
    tell("by order", NOW, name="홍엄마", phone="01000001111", order_no=order.channel_order_no)
    tell("another's", NOW, name="김정민")
    tell("another's order", NOW, order_no=other.channel_order_no)
    record = database.call(export_customer, CustomerRequest(hong.customer_no, "본인")).value
    assert len(record["ars"]) == 3
    assert {one["name"] for one in record["ars"]} == {NAME, "", "홍엄마"}
    assert "session_id" not in record["ars"][0]


def test_an_erasure_keeps_withdrawals_and_says_until_when(
    database: Database, tell: Callable[..., None]
) -> None:
    hong = make(database, a_customer, name=NAME, numbers=(NUMBER,))
    tell("asked", NOW, kind=ArsKind.DELIVERY)
    tell("returned", datetime(2026, 11, 20, tzinfo=UTC), kind=ArsKind.RETURN)
    assert len(database.call(ars_sessions_of, Whose(hong.id), None, 10).rows) == 2
    done = database.call(erase_customer, CustomerRequest(hong.customer_no, "본인")).value
    assert done.erased.ars == 1
    assert [(kept.what, kept.count, kept.until.year) for kept in done.kept] == [("ars", 1, 2031)]
    told = everything(database)
    assert told.count(NAME) == 1
    assert ERASED in told


def test_who_is_gone_for_long_leaves_no_session_behind(
    database: Database, tell: Callable[..., None]
) -> None:
    tell("s-1", NOW - timedelta(days=365 * 6), kind=ArsKind.EXCHANGE, menu=("교환",))
    assert erase(database).ars == 1
    told = everything(database)
    assert NUMBER not in told
    assert "교환" in told
