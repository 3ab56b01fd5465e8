"""A database with a row of everything, and a login of each role to try its rights with.

A service's login is nobody, and tries what is there as if it were the agent's.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.rows import dict_row
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.db.schema.approvals import Approval
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.permissions import ROLES
from tests.factories import (
    a_callback,
    a_category,
    a_customer,
    a_draft,
    a_team,
    a_template,
    a_ticket,
    a_transfer,
    an_agent,
    an_order,
    make,
)

PASSWORD = "kept-secret-12"
Connection = psycopg.Connection[Any]

_REST = """
    INSERT INTO setting (key, value) VALUES ('agent_times', '{}');
    INSERT INTO access_log (action) VALUES ('show_order');
    UPDATE agent SET state = 'not_ready', state_cause = 'signed_in';
    INSERT INTO desk (desk_id, agent_id) SELECT gen_random_uuid(), id FROM agent;
    INSERT INTO customer_history (customer_id, version, field) SELECT id, 1, 'name' FROM customer;
    INSERT INTO dial_request (client_id, agent_id, extension, number)
    SELECT gen_random_uuid(), id, '900', '01000000001' FROM agent;
    INSERT INTO ars_session (session_id, answered_at) VALUES ('old', now());
    INSERT INTO call (link, vendor_call_id, direction, caller_number, rang_at)
    VALUES ('office', '1', 'internal', '01000000001', now());
    INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, "end",
        rang_at, ended_at)
    SELECT id, '1', '900', 'in', 'ended', 'abandoned', rang_at, rang_at FROM call;
    INSERT INTO call_event (event_key, call_id, leg_id, extension, phase, happened_at)
    SELECT '1', call_id, id, extension, phase, rang_at FROM call_leg;
    INSERT INTO order_line (order_id, line_no, quantity, ordered_at, product_id, order_status)
    SELECT id, '1', 1, ordered_at, (SELECT id FROM product LIMIT 1), 'shipping' FROM sales_order;
    INSERT INTO claim (client_id, claim_type, order_id, ticket_id, reason, fee_payer, created_by,
        updated_by)
    SELECT gen_random_uuid(), 'return', o.id, t.id, 'fault', 'seller', t.created_by, t.created_by
    FROM sales_order o, ticket t WHERE t.title = 'of the claim';
    INSERT INTO claim_line (claim_id, order_line_id, quantity)
    SELECT c.id, l.id, 1 FROM claim c JOIN order_line l ON l.order_id = c.order_id;
    INSERT INTO order_line (order_id, line_no, quantity, ordered_at, product_id, order_status,
        amount)
    SELECT id, '2', 1, ordered_at, (SELECT id FROM product LIMIT 1), 'paid', 400000
    FROM sales_order;
    INSERT INTO claim (client_id, claim_type, order_id, ticket_id, reason, fee_payer, created_by,
        updated_by)
    SELECT gen_random_uuid(), 'cancel', o.id, t.id, 'fault', 'seller', t.created_by, t.created_by
    FROM sales_order o, ticket t WHERE t.title = 'of the large claim';
    INSERT INTO claim_line (claim_id, order_line_id, quantity, step)
    SELECT c.id, l.id, 1, 'accepted' FROM claim c JOIN order_line l ON l.order_id = c.order_id
    WHERE c.claim_type = 'cancel' AND l.line_no = '2';
    INSERT INTO refund_account (claim_id, key_id, sealed) SELECT id, 'k', 'x' FROM claim
    WHERE claim_type = 'return';
    INSERT INTO logistics_instruction (key, kind, order_id, claim_id)
    SELECT 'first', 'stock_in', order_id, id FROM claim
    WHERE claim_type = 'return';
    INSERT INTO approval (kind, list_name, conditions, reason, asked_by)
    SELECT 'export', '주문목록', '{}', '확인', t.created_by FROM ticket t
    WHERE t.title = 'of the large claim';
"""


@dataclass(frozen=True, slots=True)
class World:
    """`facts` are the names that a try may use; `urls` are the logins by role."""

    urls: dict[str, str]
    facts: dict[str, dict[str, object]]


def make_world(database: Database) -> World:
    """Everything that the tries need; the logins are called `may_<role>`."""
    people = {role: _person(database, role) for role in ROLES if role not in ("gateway", "erp")}
    other = make(database, an_agent, name="이담당", extension="201")
    third = make(database, an_agent, name="박셋째", extension="202")
    shared = _shared(database, other, third)
    own = {role: _own(database, person, other, shared) for role, person in people.items()}
    with database.driver_connection() as connection:
        connection.execute(_REST.encode())
        verifier = _verifier(connection, "newcomer")
        for role in ROLES:
            _log_in(connection, role)
        shared |= _found(connection)
    shared |= {"verifier": verifier, "subject": other.login, "disabled": "may_nothing"}
    facts = {role: _facts(role, shared, own.get(role, own["agent"])) for role in ROLES}
    return World({role: _url(database, role) for role in ROLES}, facts)


def _person(database: Database, role: str) -> Agent:
    return make(database, an_agent, login=f"may_{role}", name="김상담", role=role)


def _shared(database: Database, other: Agent, third: Agent) -> dict[str, object]:
    customer = make(database, a_customer, name="김정민", numbers=("01000000160",))
    of_claims = {"created_by": other, "caller_number": "01000000001"}
    make(database, a_ticket, title="of the claim", **of_claims)
    make(database, a_ticket, title="of the large claim", **of_claims)
    busy = make(database, a_team)
    make(database, a_transfer, from_agent=other, to_team=busy)
    return {
        "other": other.id,
        "third": third.id,
        "customer": customer.id,
        "second_customer": make(database, a_customer, name="이영희").id,
        "order": make(database, an_order).id,
        "others_draft": make(database, a_draft, agent=other).id,
        "others_offer": make(database, a_transfer, from_agent=other, to_agent=third).id,
        "others_callback": make(database, a_callback, assignee=other).id,
        "category": make(database, a_category).id,
        "template": make(database, a_template).id,
        "idle": make(database, an_agent, name="정한가", extension="203").login,
        "team": make(database, a_team).id,
        "closed_team": make(database, a_team, active=False).id,
        "busy_team": busy.id,
        "product": make(database, _a_product),
    }


def _a_product(session: Any) -> int:
    row = (
        driver_of(session)
        .execute("INSERT INTO product (name) VALUES ('무선 청소기') RETURNING id")
        .fetchone()
    )
    assert row is not None
    return int(str(row[0]))


def _own(
    database: Database, me: Agent, other: Agent, shared: dict[str, object]
) -> dict[str, object]:
    settled = {"outcome": "succeeded", "done_at": me.created_at}
    return {
        "me": me.id,
        "ticket": make(database, a_ticket, created_by=me).id,
        "closed_ticket": make(database, a_ticket, created_by=me, status="completed").id,
        "approval": make(database, _an_approval, asker=me).id,
        "others_approval": make(database, _an_approval, asker=other).id,
        "answered": make(
            database, _an_approval, asker=other, state="withdrawn", answered_at=me.created_at
        ).id,
        "offer": make(database, a_transfer, from_agent=other, to_agent=me).id,
        "settled_offer": make(
            database, a_transfer, from_agent=other, to_agent=me, accepted_at=me.created_at
        ).id,
        "callback": make(database, a_callback, assignee=me).id,
        "settled_callback": make(database, a_callback, assignee=me, **settled).id,
    }


def _an_approval(session: Session, *, asker: Agent, **values: Any) -> Approval:
    """Of a ticket to be reopened, one for each."""
    ticket = a_ticket(session, created_by=asker, status="completed")
    row = Approval(kind="reopen", ticket_id=ticket.id, reason="확인", asked_by=asker.id, **values)
    session.add(row)
    session.flush()
    session.refresh(row)
    return row


def _log_in(connection: Connection, role: str) -> None:
    login = f"may_{role}"
    verifier = _verifier(connection, login)
    if role in ("gateway", "erp"):
        connection.execute(
            "SELECT add_agent(%s, '', %s, NULL, NULL, %s, '')", (login, role, verifier)
        )
    else:
        connection.execute("SELECT set_login_password(%s, %s, '')", (login, verifier))


def _verifier(connection: Connection, login: str) -> str:
    return connection.pgconn.encrypt_password(
        PASSWORD.encode(), login.encode(), b"scram-sha-256"
    ).decode()


def _found(connection: Connection) -> dict[str, object]:
    connection.execute(
        "DO $$ BEGIN CREATE ROLE may_nothing NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
        " END $$"
    )
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            "SELECT (SELECT id FROM claim WHERE claim_type = 'return') AS claim,"
            " (SELECT id FROM claim WHERE claim_type = 'cancel') AS large_claim,"
            " (SELECT id FROM approval WHERE kind = 'export') AS others_export,"
            " (SELECT id FROM call) AS call,"
            " pg_backend_pid() AS others_pid"
        ).fetchone()
    assert row is not None
    return dict(row)


def _facts(role: str, shared: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    # A gateway tells what the telephone system said, a person what they chose.
    chosen = "pbx" if role in ("gateway", "erp") else "chosen"
    return {**shared, **own, "chosen": chosen, "desk": uuid4()}


def _url(database: Database, role: str) -> str:
    url = make_url(database.url).set(username=f"may_{role}", password=PASSWORD)
    return url.render_as_string(hide_password=False)
