"""병합: everything goes to who stays, and back again; two desks at once, raw connections."""

from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.customers import Customer
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import EtsError, NotFound, RuleViolation
from ets_desktop.queries.callers import caller_card
from ets_desktop.queries.customer_history import customer_history_rows
from ets_desktop.queries.customer_merges import alike_customers, merge_sides
from ets_desktop.queries.customers import customer_detail, find_customers
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.customer_belongings import AddPhone, RemovePhone, add_phone, remove_phone
from ets_desktop.services.customer_merges import (
    MergeCustomers,
    Merged,
    UndoMerge,
    merge_customers,
    undo_merge,
)
from ets_desktop.services.customers import LinkOrder, link_order_to_customer
from ets_desktop.services.ticket_forms import ReceiveTicket
from ets_desktop.services.tickets import receive_ticket
from tests.factories import a_call, a_customer, a_form, a_phone, a_ticket, an_order, make

Login = Callable[[Agent], Database]
SHARED, OWN = "01000000001", "01000000002"


@pytest.fixture
def desk(login: Login, kim: Agent) -> Database:
    return login(kim)


@pytest.fixture
def kept(database: Database) -> Customer:
    return make(database, a_customer, name="김정민", numbers=(SHARED,), address="물빛로 1")


@pytest.fixture
def twin(database: Database) -> Customer:
    return make(
        database,
        a_customer,
        name="김정민",
        numbers=(SHARED, OWN),
        address="별솔로 2",
        flagged=True,
        flagged_reason="폭언",
    )


def merge(desk: Database, kim: Agent, kept: Customer, twin: Customer) -> Merged:
    return desk.call(merge_customers, MergeCustomers(kim.id, kept.id, twin.id)).value


def column(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: list(session.scalars(text(sql))))


def run(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def refusal(function: Callable[..., Any], *args: Any) -> str:
    with pytest.raises(EtsError) as refused:
        function(*args)
    return refused.value.code


def numbers(database: Database, customer: Customer) -> set[str]:
    return {row.digits for row in database.call(customer_detail, customer.id).phones}


def test_a_merge_moves_everything_closed_tickets_included(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    opened = make(database, a_ticket, customer=twin, created_by=kim)
    closed = make(database, a_ticket, customer=twin, created_by=kim, status="completed")
    call = make(database, a_call, customer=twin)
    order = make(database, an_order, customer=twin)
    done = desk.call(merge_customers, MergeCustomers(kim.id, kept.id, twin.id))
    merged = done.value
    assert (merged.tickets, merged.calls, merged.orders, merged.phones) == (2, 1, 1, 1)
    assert done.touched == {
        f"customer/{kept.id}",
        f"customer/{twin.id}",
        f"ticket/{opened.id}",
        f"ticket/{closed.id}",
        f"order/{order.id}",
    }
    assert set(column(database, "SELECT customer_id FROM ticket")) == {kept.id}
    assert column(database, "SELECT customer_id FROM call") == [kept.id]
    assert column(database, "SELECT customer_id FROM sales_order") == [kept.id]
    assert numbers(database, kept) == {SHARED, OWN}
    assert numbers(database, twin) == set()
    detail = database.call(customer_detail, kept.id)
    assert (detail.flagged_reason, detail.version) == ("폭언", 2)
    assert [row.address for row in detail.addresses] == ["별솔로 2"]
    assert database.call(ticket_detail, closed.id).status == "completed"
    assert call.id


def test_who_was_merged_is_seen_nowhere(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    merge(desk, kim, kept, twin)
    for typed in ("김정민", "김정", "정민", "ㄱㅈㅁ", OWN, SHARED, OWN[-4:], twin.customer_no):
        rows = database.call(find_customers, typed)
        assert {row.customer_id for row in rows} == {kept.id}, typed
    card = database.call(caller_card, SHARED)
    assert [row.customer_id for row in card.candidates] == [kept.id]
    assert database.call(customer_detail, twin.id).merged_into_id == kept.id


def test_an_undone_merge_restores_what_has_not_changed_since(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    own = make(database, a_ticket, customer=kept, created_by=kim)
    moved = make(database, a_ticket, customer=twin, created_by=kim, status="completed")
    elsewhere = make(database, a_ticket, customer=twin, created_by=kim)
    order = make(database, an_order, customer=twin)
    other = make(database, a_customer, name="박제삼")
    before = column(database, "SELECT digits || captured_at FROM customer_phone ORDER BY id")
    done = merge(desk, kim, kept, twin)
    late = desk.call(receive_ticket, ReceiveTicket(kim.id, a_form(customer_id=kept.id))).value
    run(database, f"UPDATE ticket SET customer_id = {other.id} WHERE id = {elsewhere.id}")
    desk.call(undo_merge, UndoMerge(kim.id, done.merge_id))
    owners = "SELECT customer_id FROM ticket ORDER BY id"
    assert column(database, owners) == [kept.id, twin.id, other.id, kept.id]
    assert (own.id, moved.id) < (late.ticket_id, late.ticket_id)
    assert column(database, "SELECT customer_id FROM sales_order") == [twin.id]
    assert numbers(database, kept) == {SHARED}
    assert numbers(database, twin) == {SHARED, OWN}
    after = column(database, "SELECT digits || captured_at FROM customer_phone ORDER BY id")
    assert after == before
    detail = database.call(customer_detail, kept.id)
    assert (detail.flagged, detail.flagged_reason, detail.addresses) == (False, "", ())
    assert database.call(customer_detail, twin.id).merged_into_id is None
    assert {row.customer_id for row in database.call(find_customers, "김정민")} == {
        kept.id,
        twin.id,
    }
    assert order.id


def test_a_number_taken_away_after_a_merge_stays_away(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    done = merge(desk, kim, kept, twin)
    (phone_id,) = column(database, f"SELECT id FROM customer_phone WHERE digits = '{OWN}'")
    desk.call(remove_phone, RemovePhone(kim.id, kept.id, phone_id))
    desk.call(undo_merge, UndoMerge(kim.id, done.merge_id))
    assert numbers(database, twin) == {SHARED}


def test_what_is_written_for_somebody_merged_goes_to_who_stayed(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    last = make(database, a_customer, name="김정민")
    order = make(database, an_order)
    merge(desk, kim, kept, twin)
    merge(desk, kim, last, kept)
    saved = desk.call(receive_ticket, ReceiveTicket(kim.id, a_form(customer_id=twin.id))).value
    assert database.call(ticket_detail, saved.ticket_id).form.customer_id == last.id
    desk.call(link_order_to_customer, LinkOrder(kim.id, order.id, twin.id))
    assert column(database, "SELECT customer_id FROM sales_order") == [last.id]
    desk.call(add_phone, AddPhone(kim.id, twin.id, "010-0000-0009"))
    assert "01000000009" in numbers(database, last)


def test_merges_that_make_no_sense_are_refused_in_words(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    third = make(database, a_customer)
    assert refusal(merge, desk, kim, kept, kept) == "merge_with_itself"
    nobody = MergeCustomers(kim.id, kept.id, 4711)
    with pytest.raises(NotFound):
        desk.call(merge_customers, nobody)
    first = merge(desk, kim, kept, twin)
    assert refusal(merge, desk, kim, kept, twin) == "customer_merged"
    assert refusal(merge, desk, kim, twin, third) == "customer_merged"
    later = merge(desk, kim, third, kept)
    undo = UndoMerge(kim.id, first.merge_id)
    assert refusal(desk.call, undo_merge, undo) == "later_merge_first"
    desk.call(undo_merge, UndoMerge(kim.id, later.merge_id))
    desk.call(undo_merge, undo)
    assert refusal(desk.call, undo_merge, undo) == "merge_undone"
    with pytest.raises(NotFound):
        desk.call(undo_merge, UndoMerge(kim.id, 4711))
    merge(desk, kim, kept, twin)


def test_two_desks_merging_the_same_pair_merge_it_once(
    database: Database, login: Login, kim: Agent, lee: Agent, kept: Customer, twin: Customer
) -> None:
    for _ in range(3):
        make(database, a_ticket, customer=twin, created_by=kim)
        make(database, a_ticket, customer=kept, created_by=kim)
    outcomes: list[str] = []

    def go(agent: Agent, stays: Customer, goes: Customer) -> None:
        try:
            merge(desks[agent.id], agent, stays, goes)
            outcomes.append("merged")
        except RuleViolation as refused:
            outcomes.append(refused.code)

    desks = {agent.id: login(agent) for agent in (kim, lee)}
    threads = [Thread(target=go, args=(kim, kept, twin)), Thread(target=go, args=(lee, twin, kept))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["customer_merged", "merged"]
    assert len(set(column(database, "SELECT customer_id FROM ticket"))) == 1


def test_the_history_tells_merges_and_what_can_be_undone(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    done = merge(desk, kim, kept, twin)
    rows = database.call(customer_history_rows, kept.id, None, 50).rows
    assert [(row.field, row.changed_by, row.merge_id) for row in rows if row.field == "merged"] == [
        ("merged", "김상담", done.merge_id)
    ]
    assert {"flagged", "flagged_reason", "created"} < {row.field for row in rows}
    told = database.call(customer_history_rows, twin.id, None, 50).rows[0]
    assert told.field == "merged_into"
    assert told.new == f"{kept.customer_no} 김정민"
    desk.call(undo_merge, UndoMerge(kim.id, done.merge_id))
    rows = database.call(customer_history_rows, kept.id, None, 50).rows
    assert [row.merge_id for row in rows if row.field == "merged"] == [None]
    assert [row.changed_by for row in rows if row.field == "merge_undone"] == ["김상담"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE customer SET merged_into_id = {kept} WHERE id = {twin}",
        "UPDATE customer_merge SET tickets = '{{}}'",
        "UPDATE customer_merge SET kept_id = {twin}",
        "DELETE FROM customer_merge",
        "INSERT INTO customer_merge (kept_id, merged_id, tickets) VALUES ({twin}, {kept}, '{{1}}')",
        "INSERT INTO customer_history (customer_id, version, field) VALUES ({kept}, 1, 'name')",
        "DELETE FROM customer_history",
        "UPDATE customer_phone SET customer_id = {kept}",
        "UPDATE customer_address SET customer_id = {kept}",
        "UPDATE customer SET client_id = gen_random_uuid()",
        "SELECT hold_customers(1, 2, '{{}}')",
    ],
)
def test_a_login_cannot_merge_by_halves_or_forge_the_record(
    database: Database, desk: Database, kept: Customer, twin: Customer, sql: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        run(desk, sql.format(kept=kept.id, twin=twin.id))
    assert refused.value.code == "not_allowed"


def test_a_closed_ticket_follows_merges_and_nothing_else(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    ticket = make(database, a_ticket, customer=twin, created_by=kim, status="completed")
    move = f"UPDATE ticket SET customer_id = {kept.id} WHERE id = {ticket.id}"
    assert refusal(run, desk, move) == "ticket_closed"
    merge(desk, kim, kept, twin)
    assert database.call(ticket_detail, ticket.id).version == 2
    back = f"UPDATE ticket SET customer_id = {twin.id} WHERE id = {ticket.id}"
    assert refusal(run, desk, back) == "ticket_closed"
    typed = f"UPDATE ticket SET title = '다른 제목' WHERE id = {ticket.id}"
    assert refusal(run, desk, typed) == "ticket_closed"


def test_who_and_when_of_a_merge_are_the_databases_words(
    database: Database, desk: Database, kim: Agent, lee: Agent, kept: Customer, twin: Customer
) -> None:
    run(
        desk,
        "INSERT INTO customer_merge (kept_id, merged_id, merged_by)"
        f" VALUES ({kept.id}, {twin.id}, {lee.id})",
    )
    assert column(database, "SELECT merged_by FROM customer_merge") == [kim.id]
    run(desk, f"UPDATE customer_merge SET undone_at = '2020-01-01', undone_by = {lee.id}")
    assert column(database, "SELECT undone_by FROM customer_merge") == [kim.id]
    assert column(database, "SELECT undone_at > merged_at FROM customer_merge") == [True]


def test_every_table_that_names_a_customer_is_moved_by_a_merge(database: Database) -> None:
    """Whoever adds a table adds it to the merge (migration 0007), or its rows stay behind."""
    naming = column(
        database,
        "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND confrelid = 'customer'::regclass",
    )
    told = column(database, "SELECT prosrc FROM pg_proc WHERE proname = 'customer_merge_made'")[0]
    # Records of what was stay as they were written.
    own = {"customer", "customer_merge", "customer_history", "call_tie", "approval"}
    missing = [name for name in set(naming) - own if f"UPDATE {name} SET customer_id" not in told]
    assert missing == []


def test_a_safe_number_of_both_is_no_reason_to_merge(database: Database, kim: Agent) -> None:
    one = make(database, a_customer, name="김정민", numbers=(SHARED,))
    make(database, a_phone, customer=one, digits="050400000001")
    same = make(database, a_customer, name="정민", numbers=(SHARED,))
    stranger = make(database, a_customer, name="이영희")
    make(database, a_phone, customer=stranger, digits="050400000001")
    named = make(database, a_customer, name="김정민")
    rows = database.call(alike_customers, one.id)
    assert [(row.customer_id, [str(reason) for reason in row.reasons]) for row in rows] == [
        (same.id, ["same_number"]),
        (named.id, ["same_name"]),
    ]
    first, second = database.call(merge_sides, one.id, same.id)
    assert (first.phones, first.shared_phones) == (("050400000001", SHARED), 1)
    assert second.tickets == 0
    with pytest.raises(NotFound):
        database.call(merge_sides, one.id, 4711)
    database.call(merge_customers, MergeCustomers(kim.id, one.id, same.id))
    assert refusal(database.call, merge_sides, one.id, same.id) == "customer_merged"


def test_a_ticket_written_while_a_merge_runs_is_in_it(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    """The merge waits for who has the customer in hand, and moves that ticket too."""
    merging = Thread(target=merge, args=(desk, kim, kept, twin))
    with database.driver_connection() as connection:
        connection.execute(
            "INSERT INTO ticket (client_id, ticket_type, content, customer_id, due_on, created_by,"
            " updated_by) VALUES (gen_random_uuid(), 'general', '문의', %s, current_date, %s, %s)",
            (twin.id, kim.id, kim.id),
        )
        merging.start()
        wait_for_a_lock(database)
    merging.join()
    assert column(database, "SELECT customer_id FROM ticket") == [kept.id]


def test_a_ticket_written_behind_a_merge_goes_to_who_stayed(
    database: Database, desk: Database, kim: Agent, kept: Customer, twin: Customer
) -> None:
    save = ReceiveTicket(kim.id, a_form(customer_id=twin.id))
    saving = Thread(target=desk.call, args=(receive_ticket, save))
    with database.driver_connection() as connection:
        connection.execute(
            "INSERT INTO customer_merge (kept_id, merged_id) VALUES (%s, %s)", (kept.id, twin.id)
        )
        saving.start()
        wait_for_a_lock(database)
    saving.join()
    assert column(database, "SELECT customer_id FROM ticket") == [kept.id]


def wait_for_a_lock(database: Database) -> None:
    """Until the other thread's statement waits in the database."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    deadline = monotonic() + 10
    while column(database, waiting) == [0]:
        assert monotonic() < deadline
