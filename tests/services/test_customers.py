"""Customers: registered once, edited by two, tied to their orders."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.customers import CustomerForm
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.services.customers import (
    AddPhone,
    LinkOrder,
    RegisterCustomer,
    RegisterOrderer,
    UpdateCustomer,
    add_phone,
    link_order_to_customer,
    register_customer,
    register_orderer,
    update_customer,
)
from tests.factories import a_customer, an_order, make

Login = Callable[[Agent], Database]


def row(database: Database, sql: str) -> tuple[Any, ...]:
    return database.call(lambda session: tuple(session.execute(text(sql)).one()))


def column(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: list(session.scalars(text(sql))))


def test_a_new_customer_is_found_by_initials_and_number(database: Database, kim: Agent) -> None:
    form = CustomerForm(" 김정민 ", address="서울시  강남구")
    done = database.call(
        register_customer, RegisterCustomer(kim.id, form, ("+82 10-0000-0007", "101"))
    )
    assert done.touched == {f"customer/{done.value}"}
    told = row(database, "SELECT name, initials, address, created_by, version FROM customer")
    assert told == ("김정민", "ㄱㅈㅁ", "서울시 강남구", kim.id, 1)
    phones = "SELECT digits || ' ' || kind FROM customer_phone ORDER BY id"
    assert column(database, phones) == ["01000000007 mobile", "101 other"]
    assert column(database, "SELECT typed FROM customer_phone ORDER BY id")[0] == "+82 10-0000-0007"


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        (CustomerForm(" \x00"), "name", "needs_name"),
        (CustomerForm("가" * 101), "name", "name_too_long"),
        (CustomerForm("김정민", flagged=True), "flagged_reason", "needs_flagged_reason"),
    ],
)
def test_a_faulty_card_is_refused(
    database: Database, kim: Agent, form: CustomerForm, field: str, code: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        database.call(register_customer, RegisterCustomer(kim.id, form))
    assert (refused.value.field, refused.value.code) == (field, code)


@pytest.mark.parametrize("number", ["없음", "12", "010-****-0007"])
def test_a_number_that_is_none_is_refused(database: Database, kim: Agent, number: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        database.call(
            register_customer, RegisterCustomer(kim.id, CustomerForm("김정민"), (number,))
        )
    assert refused.value.code == "no_phone_number"
    assert column(database, "SELECT id FROM customer") == []


def test_a_card_is_saved_as_its_next_version(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer, name="김정민")
    loaded = CustomerForm("김정민")
    form = replace(loaded, name="김정미", grade="vip", flagged=True, flagged_reason="폭언")
    done = database.call(update_customer, UpdateCustomer(kim.id, buyer.id, 1, loaded, form))
    assert done.value == 2
    assert done.touched == {f"customer/{buyer.id}"}
    told = row(database, "SELECT name, initials, grade, flagged_reason, updated_by FROM customer")
    assert told == ("김정미", "ㄱㅈㅁ", "vip", "폭언", kim.id)


def test_an_older_card_is_refused_and_told_what_changed(
    database: Database, kim: Agent, lee: Agent
) -> None:
    buyer = make(database, a_customer, name="김정민")
    loaded = CustomerForm("김정민")
    theirs = replace(loaded, flagged=True, flagged_reason="폭언")
    database.call(update_customer, UpdateCustomer(lee.id, buyer.id, 1, loaded, theirs))
    mine = UpdateCustomer(kim.id, buyer.id, 1, loaded, replace(loaded, grade="gold"))
    with pytest.raises(StaleData) as stale:
        database.call(update_customer, mine)
    assert stale.value.code == "stale_customer"
    assert [(c.field, c.theirs, c.changed_by) for c in stale.value.changes] == [
        ("flagged", "true", "이담당"),
        ("flagged_reason", "폭언", "이담당"),
    ]
    again = UpdateCustomer(lee.id, buyer.id, 1, loaded, theirs)
    assert database.call(update_customer, again).value == 2


def test_a_card_nobody_made_by_hand_tells_no_name(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer, name="김정민", version=3)
    loaded = CustomerForm("김정미")
    save = UpdateCustomer(kim.id, buyer.id, 2, loaded, replace(loaded, grade="gold"))
    with pytest.raises(StaleData) as stale:
        database.call(update_customer, save)
    assert [(c.field, c.changed_by) for c in stale.value.changes] == [("name", "")]


def test_a_faulty_edit_is_refused(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer, name="김정민")
    save = UpdateCustomer(kim.id, buyer.id, 1, CustomerForm("김정민"), CustomerForm(""))
    with pytest.raises(RuleViolation) as refused:
        database.call(update_customer, save)
    assert refused.value.field == "name"


def test_a_customer_who_is_not_there_is_not_found(database: Database, kim: Agent) -> None:
    form = CustomerForm("김정민")
    with pytest.raises(NotFound) as missing:
        database.call(update_customer, UpdateCustomer(kim.id, 4711, 1, form, form))
    assert missing.value.code == "no_such_customer"


def test_a_known_number_is_captured_anew(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer)
    first = database.call(add_phone, AddPhone(kim.id, buyer.id, "0504-000-0000")).value
    before = column(database, "SELECT captured_at FROM customer_phone")
    assert database.call(add_phone, AddPhone(kim.id, buyer.id, "05040000000")).value == first
    assert column(database, "SELECT captured_at FROM customer_phone") > before
    assert column(database, "SELECT kind FROM customer_phone") == ["safe"]
    with pytest.raises(RuleViolation):
        database.call(add_phone, AddPhone(kim.id, buyer.id, "101"))


def test_an_order_is_tied_to_one_customer(database: Database, kim: Agent) -> None:
    buyer, other = make(database, a_customer), make(database, a_customer)
    order = make(database, an_order)
    command = LinkOrder(kim.id, order.id, buyer.id)
    done = database.call(link_order_to_customer, command)
    assert done.touched == {f"order/{order.id}", f"customer/{buyer.id}"}
    database.call(link_order_to_customer, command)
    with pytest.raises(RuleViolation) as refused:
        database.call(link_order_to_customer, replace(command, customer_id=other.id))
    assert refused.value.code == "order_of_other_customer"
    with pytest.raises(NotFound):
        database.call(link_order_to_customer, replace(command, order_id=4711))


def test_a_new_customer_takes_the_order_in_hand_along_if_it_is_nobodys(
    database: Database, kim: Agent
) -> None:
    order = make(database, an_order)
    command = RegisterCustomer(kim.id, CustomerForm("김정민"), order_id=order.id)
    done = database.call(register_customer, command)
    assert done.touched == {f"order/{order.id}", f"customer/{done.value}"}
    assert column(database, "SELECT customer_id FROM sales_order") == [done.value]
    database.call(register_customer, command)
    assert column(database, "SELECT customer_id FROM sales_order") == [done.value]


def test_an_orderer_becomes_a_customer(database: Database, kim: Agent) -> None:
    order = make(
        database,
        an_order,
        orderer_name="최주문",
        orderer_phone="01000000007",
        orderer_phone2=None,
        address="부산시",
    )
    command = RegisterOrderer(kim.id, order.id, ("010-0000-0007", "02-000-0000"))
    done = database.call(register_orderer, command)
    assert row(database, "SELECT name, address FROM customer") == ("최주문", "부산시")
    assert column(database, "SELECT digits FROM customer_phone ORDER BY id") == [
        "01000000007",
        "020000000",
    ]
    assert column(database, "SELECT customer_id FROM sales_order") == [done.value]
    with pytest.raises(RuleViolation):
        database.call(register_orderer, command)
    with pytest.raises(NotFound):
        database.call(register_orderer, replace(command, order_id=4711))
    assert len(column(database, "SELECT id FROM customer")) == 1


def test_an_agents_login_may_do_all_of_it(database: Database, login: Login, kim: Agent) -> None:
    desk = login(kim)
    order = make(database, an_order)
    buyer = desk.call(register_orderer, RegisterOrderer(kim.id, order.id)).value
    desk.call(add_phone, AddPhone(kim.id, buyer, "010-0000-0007"))
    loaded = CustomerForm(order.orderer_name)
    save = UpdateCustomer(kim.id, buyer, 1, loaded, replace(loaded, grade="gold"))
    assert desk.call(update_customer, save).value == 2
    desk.call(link_order_to_customer, LinkOrder(kim.id, order.id, buyer))
