"""Customers: registered once, edited by two, tied to their orders."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.customers import AddressForm, CustomerForm
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.customer_history import customer_history_rows
from ets_desktop.queries.customers import customer_detail
from ets_desktop.services.customer_belongings import AddPhone, add_phone
from ets_desktop.services.customer_merges import MergeCustomers, merge_customers
from ets_desktop.services.customers import (
    LinkOrder,
    RegisterCustomer,
    RegisterOrderer,
    UpdateCustomer,
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
        (CustomerForm("김정민", occupation="가" * 51), "occupation", "text_too_long"),
        (CustomerForm("김정민", cashback=-1), "cashback", "no_amount"),
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


def test_an_older_card_of_which_no_field_changed_is_saved(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer, name="김정민", version=3)
    loaded = CustomerForm("김정민")
    save = UpdateCustomer(kim.id, buyer.id, 2, loaded, replace(loaded, grade="gold"))
    assert database.call(update_customer, save).value == 4


def test_each_change_is_told_with_who_made_it(
    database: Database, login: Login, kim: Agent, lee: Agent
) -> None:
    buyer = make(database, a_customer, name="김정민")
    first = CustomerForm("김정민")
    second = replace(first, occupation="교사")
    third = replace(second, mailing=True)
    login(lee).call(update_customer, UpdateCustomer(lee.id, buyer.id, 1, first, second))
    login(kim).call(update_customer, UpdateCustomer(kim.id, buyer.id, 2, second, third))
    mine = UpdateCustomer(kim.id, buyer.id, 1, first, replace(first, grade="gold"))
    with pytest.raises(StaleData) as stale:
        database.call(update_customer, mine)
    assert [(c.field, c.theirs, c.changed_by) for c in stale.value.changes] == [
        ("occupation", "교사", "이담당"),
        ("mailing", "true", "김상담"),
    ]
    rows = database.call(customer_history_rows, buyer.id, None, 50).rows
    assert [(row.field, row.old, row.new, row.changed_by) for row in rows] == [
        ("mailing", "false", "true", "김상담"),
        ("occupation", "", "교사", "이담당"),
        ("created", "", buyer.customer_no, ""),
    ]


def test_a_login_cannot_forge_who_changed_a_card_or_when(
    database: Database, login: Login, kim: Agent, lee: Agent
) -> None:
    buyer = make(database, a_customer, name="김정민")
    desk = login(kim)
    forged = (
        f"UPDATE customer SET name = '김정미', version = 99, updated_by = {lee.id},"
        " updated_at = '2020-01-01'"
    )
    desk.call(lambda session: session.execute(text(forged)))
    told = "SELECT version, updated_by, updated_at > created_at FROM customer"
    assert row(database, told) == (2, kim.id, True)
    desk.call(lambda session: session.execute(text("UPDATE customer SET version = 7")))
    assert row(database, told) == (2, kim.id, True)
    for denied in ("created_by = 1", f"merged_into_id = {buyer.id}", "created_at = now()"):
        with pytest.raises(RuleViolation) as refused:
            desk.call(
                lambda session, sql=denied: session.execute(text(f"UPDATE customer SET {sql}"))
            )
        assert refused.value.code == "not_allowed"
    new = f"INSERT INTO customer (name, created_by) VALUES ('이영희', {lee.id})"
    desk.call(lambda session: session.execute(text(new)))
    assert column(database, "SELECT created_by FROM customer ORDER BY id") == [None, kim.id]


def test_the_same_new_customer_arriving_twice_is_one(database: Database, kim: Agent) -> None:
    command = RegisterCustomer(
        kim.id,
        CustomerForm("김정민"),
        ("010-0000-0007",),
        client_id=uuid4(),
        addresses=(AddressForm("물빛로 1", "work"), AddressForm("물빛로 1", "home")),
    )
    first = database.call(register_customer, command).value
    assert database.call(register_customer, command).value == first
    typed_on = replace(command, form=replace(command.form, grade="gold"))
    assert database.call(register_customer, typed_on).value == first
    assert row(database, "SELECT count(*), max(grade), max(version) FROM customer") == (
        1,
        "gold",
        2,
    )
    assert row(database, "SELECT count(*) FROM customer_phone") == (1,)
    assert row(database, "SELECT count(*), max(kind) FROM customer_address") == (1, "work")
    # Somebody has worked on it: an old repeat no longer writes.
    assert database.call(register_customer, command).value == first
    assert column(database, "SELECT grade FROM customer") == ["gold"]


def test_a_repeat_for_somebody_merged_meanwhile_gives_who_stayed(
    database: Database, kim: Agent
) -> None:
    other = make(database, a_customer)
    command = RegisterCustomer(kim.id, CustomerForm("김정민"), client_id=uuid4())
    made = database.call(register_customer, command).value
    database.call(merge_customers, MergeCustomers(kim.id, other.id, made))
    assert database.call(register_customer, command).value == other.id
    save = UpdateCustomer(kim.id, made, 1, CustomerForm("김정민"), CustomerForm("김정미"))
    with pytest.raises(RuleViolation) as refused:
        database.call(update_customer, save)
    assert refused.value.code == "customer_merged"


def test_numbers_and_addresses_come_and_go_with_the_card(
    database: Database, login: Login, kim: Agent
) -> None:
    buyer = make(database, a_customer, name="김정민", numbers=("01000000001",))
    desk = login(kim)
    form = CustomerForm("김정민")
    (old,) = column(database, "SELECT id FROM customer_phone")
    desk.call(
        update_customer,
        UpdateCustomer(
            kim.id, buyer.id, 1, form, form, ("02-000-0001",), (old,), (AddressForm(" 물빛로  1 "),)
        ),
    )
    detail = database.call(customer_detail, buyer.id)
    assert [row.digits for row in detail.phones] == ["020000001"]
    (address,) = detail.addresses
    assert (address.address, detail.version) == ("물빛로 1", 1)
    gone = UpdateCustomer(kim.id, buyer.id, 1, form, form, (), (old,), (), (address.address_id,))
    desk.call(update_customer, gone)
    desk.call(update_customer, gone)
    assert database.call(customer_detail, buyer.id).addresses == ()
    with pytest.raises(RuleViolation):
        desk.call(update_customer, replace(gone, addresses=(AddressForm(" "),)))
    told = [
        (row.field, row.old, row.new)
        for row in database.call(customer_history_rows, buyer.id, None, 50).rows
    ]
    assert told == [
        ("other_address", "물빛로 1", ""),
        ("other_address", "", "물빛로 1"),
        ("phone", "", "020000001"),
        ("phone", "01000000001", ""),
        ("created", "", buyer.customer_no),
    ]


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


def test_other_desks_are_told_whose_card_changed(
    database: Database, login: Login, kim: Agent
) -> None:
    buyer, twin = make(database, a_customer, name="김정민"), make(database, a_customer)
    desk = login(kim)
    listener = database.listening_connection()
    listener.execute("LISTEN ets_change")
    form = CustomerForm("김정민")
    told: list[set[str]] = []
    for service, command in (
        (update_customer, UpdateCustomer(kim.id, buyer.id, 1, form, replace(form, grade="vip"))),
        (add_phone, AddPhone(kim.id, buyer.id, "010-0000-0007")),
        (merge_customers, MergeCustomers(kim.id, buyer.id, twin.id)),
    ):
        desk.call(service, command)
        told.append({notice.payload for notice in listener.notifies(timeout=0.2)})
    listener.close()
    one, other = f"customer/{buyer.id}", f"customer/{twin.id}"
    assert told == [{one}, {one}, {one, other}]


@pytest.mark.parametrize(
    "address", [AddressForm("가" * 301), AddressForm("물빛로 1", zipcode="1" * 11)]
)
def test_a_further_address_has_the_limits_of_the_main_one(
    database: Database, kim: Agent, address: AddressForm
) -> None:
    command = RegisterCustomer(kim.id, CustomerForm("김정민"), addresses=(address,))
    with pytest.raises(RuleViolation) as refused:
        database.call(register_customer, command)
    assert refused.value.code == "text_too_long"
