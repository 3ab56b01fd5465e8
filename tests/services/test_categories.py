"""세부유형: an admin's tree; what tickets have stays theirs."""

from collections.abc import Callable

import psycopg
import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.agents import category_counts, category_records, ticket_categories
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.categories import (
    AddCategory,
    ChangeCategory,
    OrderCategories,
    add_category,
    change_category,
    order_categories,
)
from tests.factories import a_category, a_ticket, an_agent, make

LogIn = Callable[[Agent], Database]


@pytest.fixture
def admin(database: Database, login: LogIn) -> Database:
    return login(make(database, an_agent, name="최관리", role="admin"))


def change(category_id: int, was: str, name: str, *, active: bool = True) -> ChangeCategory:
    return ChangeCategory(category_id, "delivery", name, active, was, was_active=True)


def offered(database: Database) -> list[tuple[str, str]]:
    return [(row.ticket_type, row.name) for row in database.call(ticket_categories)]


def test_a_new_one_stands_last_of_its_type(admin: Database) -> None:
    for ticket_type, name in (
        ("delivery", "분실"),
        ("delivery", " 배송  지연 "),
        ("return", "변심"),
    ):
        done = admin.call(add_category, AddCategory(ticket_type, name))
        assert done.touched == {"settings"}
    assert offered(admin) == [("delivery", "분실"), ("delivery", "배송 지연"), ("return", "변심")]
    assert admin.call(category_counts) == {"delivery": 2, "return": 1}


def test_one_that_is_out_of_use_stays_on_its_tickets(database: Database, admin: Database) -> None:
    category = make(database, a_category, name="분실")
    ticket = make(database, a_ticket, ticket_type="delivery", category_id=category.id)
    done = admin.call(change_category, change(category.id, "분실", "분실", active=False))
    assert (done.value, done.touched) == (category.id, {"settings"})
    assert offered(admin) == []
    assert admin.call(ticket_detail, ticket.id).category == "분실"
    [record] = admin.call(category_records, "delivery")
    assert (record.name, record.active, record.tickets) == ("분실", False, 1)


def test_whoever_comes_second_is_told(admin: Database) -> None:
    one = admin.call(add_category, AddCategory("delivery", "분실")).value
    admin.call(change_category, change(one, "분실", "파손"))
    with pytest.raises(StaleData) as refused:
        admin.call(change_category, change(one, "분실", "지연"))
    assert (refused.value.code, refused.value.changes[0].theirs) == ("record_changed", "파손")
    with pytest.raises(NotFound):
        admin.call(change_category, change(one + 1, "파손", "지연"))


@pytest.mark.parametrize(
    ("name", "code"),
    [(" \n", "needs_category_name"), ("가" * 41, "text_too_long"), ("분실", "category_name_taken")],
)
def test_a_name_is_refused_for_a_reason(admin: Database, name: str, code: str) -> None:
    admin.call(add_category, AddCategory("delivery", "분실"))
    two = admin.call(add_category, AddCategory("delivery", "파손")).value
    for work, command in (
        (add_category, AddCategory("delivery", name)),
        (change_category, change(two, "파손", name)),
    ):
        with pytest.raises(RuleViolation) as refused:
            admin.call(work, command)
        assert (refused.value.code, refused.value.field) == (code, "name")


def test_they_are_put_in_order_within_their_type(admin: Database) -> None:
    ids = tuple(
        admin.call(add_category, AddCategory("delivery", name)).value for name in ("가", "나", "다")
    )
    turned = (ids[1], ids[0], ids[2])
    admin.call(order_categories, OrderCategories("delivery", ids, turned))
    assert [name for _, name in offered(admin)] == ["나", "가", "다"]
    with pytest.raises(StaleData):
        admin.call(order_categories, OrderCategories("delivery", ids, turned))


def test_a_supervisor_changes_none(database: Database, login: LogIn) -> None:
    supervisor = login(make(database, an_agent, role="supervisor"))
    with pytest.raises(RuleViolation) as refused:
        supervisor.call(add_category, AddCategory("delivery", "분실"))
    assert refused.value.code == "not_allowed"


def test_every_desk_hears_of_a_change_at_once(database: Database, admin: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as desk:
        desk.execute("LISTEN ets_change")
        admin.call(add_category, AddCategory("delivery", "분실"))
        heard = next(desk.notifies(timeout=30, stop_after=1))
    assert heard.payload == "settings"
