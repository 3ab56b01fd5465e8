"""Persons are forgotten when the law no longer asks to keep them, and never before (spec 80)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.customers import Customer
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.retention import ERASED
from ets_desktop.services.customer_rights import (
    CustomerRequest,
    erase_customer,
    export_customer,
)
from ets_desktop.services.retention import Erased, erase_old
from tests.claims import requested, shipped_line, wish
from tests.factories import (
    a_call,
    a_callback,
    a_customer,
    a_draft,
    a_leg,
    a_ticket,
    a_transfer,
    an_activity,
    an_order,
    make,
)

LogIn = Callable[[Agent], Database]
NOW = datetime.now(UTC)
NAME, NUMBER = "홍길동", "01000008765"


def ago(years: int, days: int = 0) -> datetime:
    """`days` before (or, negative, after) that anniversary."""
    return NOW - timedelta(days=365.25 * years + days)


def erase(database: Database) -> Erased:
    whole = Erased()
    while (step := database.call(erase_old).value).is_any:
        whole += step
    return whole


def run(database: Database, sql: str, **values: Any) -> None:
    database.call(lambda session: session.execute(text(sql), values))


def everything(database: Database) -> str:
    """Every row of every table, as text."""

    def read(session: Any) -> str:
        names = session.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'public'::regnamespace"
            )
        ).all()
        return "\n".join(
            str(row)
            for name in names
            for row in session.scalars(text(f'SELECT to_jsonb(t)::text FROM "{name}" t'))
        )

    return database.call(read)


def a_closed_ticket(database: Database, kim: Agent, at: datetime, **values: Any) -> Any:
    return make(
        database,
        a_ticket,
        created_by=kim,
        status="completed",
        completed_at=at,
        completed_by=kim.id,
        created_at=at,
        updated_at=at,
        **values,
    )


# Tickets


@pytest.mark.parametrize(
    ("ticket_type", "years"),
    [("delivery", 3), ("complaint", 3), ("cancel", 5), ("return", 5), ("exchange", 5)],
)
def test_a_ticket_is_kept_to_the_day(
    database: Database, kim: Agent, ticket_type: str, years: int
) -> None:
    a_closed_ticket(database, kim, ago(years, -2), ticket_type=ticket_type, content="아직")
    a_closed_ticket(database, kim, ago(years, 2), ticket_type=ticket_type, content="지남")
    assert erase(database).tickets == 1
    told = everything(database)
    assert "아직" in told
    assert "지남" not in told


def test_an_open_ticket_is_kept_however_old(database: Database, kim: Agent) -> None:
    make(database, a_ticket, created_by=kim, created_at=ago(9), updated_at=ago(9))
    assert not erase(database).is_any


def test_a_discarded_ticket_is_kept_like_any_other(database: Database, kim: Agent) -> None:
    for at in (ago(3, 2), ago(3, -2)):
        make(
            database,
            a_ticket,
            created_by=kim,
            status="discarded",
            discard_reason=NAME,
            created_at=at,
            updated_at=at,
        )
    assert erase(database).tickets == 1
    assert everything(database).count(NAME) == 1


def test_nothing_of_a_person_is_left_anywhere(database: Database, kim: Agent, lee: Agent) -> None:
    old = ago(6)
    customer = make(
        database,
        a_customer,
        name=NAME,
        numbers=(NUMBER,),
        address=f"서울 {NAME}로",
        created_at=old,
        updated_at=old,
        last_contact_at=old,
    )
    order = make(
        database,
        an_order,
        customer=customer,
        orderer_name=NAME,
        recipient_name=NAME,
        orderer_phone=NUMBER,
        address=f"서울 {NAME}로",
        ordered_at=old,
    )
    run(database, "INSERT INTO person_name VALUES (:n, 'ㅎㄱㄷ', '{}')", n=NAME)
    ticket = a_closed_ticket(
        database, kim, old, customer=customer, order=order, title=NAME, content=f"{NAME} {NUMBER}"
    )
    run(database, "UPDATE ticket SET content = :c WHERE id = :i", c=f"{NAME}의 말", i=ticket.id)
    run(database, "UPDATE ticket SET completed_at = :a", a=old)
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, reason=NAME)
    make(database, a_callback, ticket=ticket, assignee=kim, number=NUMBER)
    call = make(
        database, a_call, customer=customer, caller_number=NUMBER, caller_name=NAME, rang_at=old
    )
    leg = make(database, a_leg, call=call, agent=kim, end="completed", rang_at=old)
    run(
        database,
        "INSERT INTO call_event (event_key, call_id, leg_id, extension, phase, happened_at,"
        " details) VALUES ('e', :c, :l, '101', 'ringing', :a,"
        " jsonb_build_object('caller', (:n)::text))",
        c=call.id,
        l=leg.id,
        a=old,
        n=NUMBER,
    )
    make(database, an_activity, ticket=ticket, call=call, note=NAME)
    run(database, "UPDATE customer SET name = :n, version = 2", n=NAME)
    draft = make(database, a_draft, agent=kim, saved_at=old)
    run(database, "UPDATE draft SET form = jsonb_build_object('name', (:n)::text)", n=NAME)
    run(
        database,
        "INSERT INTO unmatched_return (client_id, sender_name, sender_phone, received_at,"
        " received_by) VALUES (gen_random_uuid(), :n, :p, :a, :k)",
        n=NAME,
        p=NUMBER,
        a=old,
        k=kim.id,
    )
    run(database, "UPDATE customer SET updated_at = :a", a=old)
    run(database, "DELETE FROM missed_call")
    assert draft.id
    erased = erase(database)
    assert (erased.orders, erased.tickets, erased.calls, erased.customers) == (1, 1, 1, 1)
    assert (erased.parcels, erased.drafts) == (1, 1)
    told = everything(database)
    for left in (NAME, NUMBER, "홍길", "8765"):
        assert left not in told
    assert told.count(ERASED) >= 3


def test_a_claim_keeps_its_order_and_ticket_five_years_from_its_end(
    database: Database, kim: Agent
) -> None:
    made = requested(database, kim, wish(shipped_line(database)))
    claim_id = made.claim.claim_id
    run(database, "UPDATE sales_order SET ordered_at = :a, orderer_name = :n", a=ago(8), n=NAME)
    run(database, "UPDATE order_line SET ordered_at = :a", a=ago(8))
    run(database, "UPDATE ticket SET status = 'completed', completed_at = :a", a=ago(8))
    assert erase(database) == Erased()
    _close(database, claim_id, ago(4))
    assert erase(database) == Erased()
    _close(database, claim_id, ago(5, 2))
    erased = erase(database)
    assert (erased.orders, erased.tickets) == (1, 1)
    assert NAME not in everything(database)


def _close(database: Database, claim_id: int, at: datetime) -> None:
    """As if it had ended then; no step leads into the past."""
    with psycopg.connect(database.url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE claim SET step = 'withdrawn', closed_at = %s WHERE id = %s", [at, claim_id]
        )


def test_a_customer_with_anything_kept_stays(database: Database, kim: Agent) -> None:
    old = ago(4)
    customer = make(
        database, a_customer, name=NAME, created_at=old, updated_at=old, last_contact_at=old
    )
    make(database, an_order, customer=customer, ordered_at=old)
    young = make(database, a_customer, name="김어린", created_at=NOW)
    assert not erase(database).is_any
    assert young.id


# Logs


def test_the_access_log_is_kept_two_years_and_changes_of_rights_three(
    database: Database, kim: Agent
) -> None:
    for years in (1, 2, 3):
        for days in (-2, 2):
            at = ago(years, days)
            run(database, "INSERT INTO access_log (at, action) VALUES (:a, 'login')", a=at)
            run(
                database,
                "INSERT INTO rights_change (at, subject, change) VALUES (:a, 'kim', 'role')",
                a=at,
            )
    erased = erase(database)
    assert (erased.looks, erased.rights) == (3, 1)


@pytest.mark.parametrize(
    "call",
    [
        "forget_old_trails(1)",
        "forget_words_of_tickets('{1}')",
        "forget_words_of_customers('{1}')",
        "forget_words_of_claims('{1}')",
        "forget_words_of_calls('{1}')",
    ],
)
def test_no_login_of_a_person_forgets_a_trail(
    database: Database, park: Agent, login: LogIn, call: str
) -> None:
    with psycopg.connect(login(park).url) as one, pytest.raises(InsufficientPrivilege):
        one.execute(f"SELECT {call}".encode())


def test_the_owner_forgets_no_words_of_what_is_kept(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, content="처음")
    run(database, "UPDATE ticket SET content = '나중'")
    run(database, f"SELECT forget_words_of_tickets('{{{ticket.id}}}')")
    assert "처음" in everything(database)


# A customer's own requests


@pytest.fixture
def hong(database: Database) -> Customer:
    return make(
        database, a_customer, name=NAME, numbers=(NUMBER,), address="서울 강남구", occupation="교사"
    )


def test_a_customer_is_told_everything_that_is_kept(
    database: Database, kim: Agent, hong: Customer
) -> None:
    order = make(database, an_order, customer=hong, orderer_name=NAME)
    make(database, a_ticket, created_by=kim, customer=hong, content="내 문의")
    make(database, a_call, customer=hong, caller_number=NUMBER)
    told = database.call(export_customer, CustomerRequest(hong.customer_no, "열람 요구서")).value
    assert told["customer"]["name"] == NAME
    assert told["phones"][0]["number"] == NUMBER
    assert told["orders"][0]["channel_order_no"] == order.channel_order_no
    assert told["tickets"][0]["content"] == "내 문의"
    assert told["calls"][0]["number"] == NUMBER
    assert "created_by" not in told["customer"]


def test_a_customer_of_whom_nothing_must_be_kept_is_erased_at_once(
    database: Database, hong: Customer
) -> None:
    make(database, a_call, customer=hong, caller_number=NUMBER)
    request = CustomerRequest(hong.customer_no, "파기 요구, 본인 확인")
    done = database.call(erase_customer, request).value
    assert (done.erased.customers, done.erased.calls, done.kept) == (1, 1, ())
    told = everything(database)
    assert NAME not in told
    assert NUMBER not in told


def test_what_the_law_keeps_is_told_with_its_last_day_and_goes_later(
    database: Database, kim: Agent, hong: Customer
) -> None:
    make(database, an_order, customer=hong, orderer_name=NAME, ordered_at=ago(1))
    a_closed_ticket(database, kim, ago(1), customer=hong, content="불만")
    done = database.call(erase_customer, CustomerRequest(hong.customer_no, "파기 요구")).value
    assert done.erased.customers == 0
    years = {one.what: round((one.until - NOW.date()).days / 365.25) for one in done.kept}
    assert years == {"orders": 4, "tickets": 2}
    told = database.call(export_customer, CustomerRequest(hong.customer_no, "확인")).value
    assert (told["customer"]["name"], told["customer"]["occupation"]) == (NAME, "")
    assert told["customer"]["address"] == ""


def test_requests_say_why_and_are_logged(database: Database, hong: Customer) -> None:
    for refused in (export_customer, erase_customer):
        with pytest.raises(RuleViolation, match="needs_reason"):
            database.call(refused, CustomerRequest(hong.customer_no, " "))
        for nobody in ("C999999999", "홍길동"):
            with pytest.raises(NotFound):
                database.call(refused, CustomerRequest(nobody, "사유"))
        database.call(refused, CustomerRequest(hong.customer_no, "사유"))
    rows = database.call(
        lambda session: session.execute(
            text("SELECT action, subject, condition ->> 'reason' FROM access_log ORDER BY id")
        ).all()
    )
    subject = f"customer/{hong.id}"
    assert [tuple(row) for row in rows] == [
        ("export_customer", subject, "사유"),
        ("erase_customer", subject, "사유"),
    ]
