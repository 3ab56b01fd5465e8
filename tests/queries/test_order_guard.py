"""Order-line guard: what is under way for an order, whoever does it."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.queries.order_guard import SOURCES, GuardScope, order_guard
from ets_desktop.ui.labels import GUARD_KINDS
from tests.claims import requested, shipped_line, wish
from tests.factories import a_customer, a_ticket, an_order_line, make


@pytest.fixture
def scope(database: Database) -> GuardScope:
    line = make(database, an_order_line)
    return GuardScope(line.order_id, line.id)


def test_open_and_recently_completed_tickets_by_kind_and_age(
    database: Database, kim: Agent, lee: Agent, team: Team, scope: GuardScope
) -> None:
    line = {"order_id": scope.order_id, "order_line_id": scope.line_id}
    now = datetime.now(UTC)
    customer = make(database, a_customer)
    old = make(database, a_ticket, created_by=kim, created_at=now - timedelta(days=30), **line)
    new = make(
        database,
        a_ticket,
        created_by=kim,
        assignee_team=team,
        status="transferred",
        customer=customer,
        **line,
    )
    done = make(database, a_ticket, created_by=lee, status="completed", **line)
    long_ago = {"completed_at": now - timedelta(days=8), "completed_by": lee.id}
    make(database, a_ticket, created_by=lee, status="completed", **line, **long_ago)
    found = database.call(order_guard, scope)
    assert [(n.kind, n.ref, n.who, n.about_line) for n in found] == [
        ("open_ticket", new.ticket_no, "물류팀", True),
        ("open_ticket", old.ticket_no, "김상담", True),
        ("recent_ticket", done.ticket_no, "이담당", True),
    ]
    assert (found[0].word, found[0].customer_id) == ("delivery", customer.id)
    assert {n.kind for n in found} <= GUARD_KINDS.keys()


def test_every_kind_has_a_word(database: Database, kim: Agent, scope: GuardScope) -> None:
    """A source names its kind in its statement; each is asked once with something to find."""
    for status in ("received", "completed"):
        make(database, a_ticket, created_by=kim, status=status, order_id=scope.order_id)
    line = make(database, an_order_line, order_id=scope.order_id)
    requested(database, kim, wish(line))
    whole = GuardScope(scope.order_id)
    kinds = [{n.kind for n in database.call(source, whole)} for source in SOURCES]
    assert all(len(kind) == 1 for kind in kinds), "a new source wants its own line here"
    assert set().union(*kinds) == GUARD_KINDS.keys()


def test_the_forms_own_ticket_and_other_orders_are_no_news(
    database: Database, kim: Agent, scope: GuardScope
) -> None:
    mine = make(database, a_ticket, created_by=kim, order_id=scope.order_id)
    elsewhere = make(database, an_order_line)
    make(database, a_ticket, created_by=kim, order_id=elsewhere.order_id)
    own = GuardScope(scope.order_id, None, mine.id)
    assert database.call(order_guard, own) == ()
    assert [n.about_line for n in database.call(order_guard, scope)] == [False]


def test_a_claim_and_its_pickup_concern_their_lines_alone(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    other = make(database, an_order_line, order_id=line.order_id)
    made = requested(database, kim, wish(line))
    its_own = GuardScope(line.order_id, line.id)
    found = database.call(order_guard, its_own)
    assert [(n.kind, n.about_line, n.word, n.who) for n in found] == [
        ("open_ticket", True, "return", "김상담"),
        ("open_claim", True, "return", "김상담"),
        ("booked_pickup", True, "requested", "김상담"),
    ]
    assert {n.ticket_id for n in found} == {made.ticket_id}
    assert database.call(order_guard, GuardScope(line.order_id, other.id)) == ()
    whole = database.call(order_guard, GuardScope(line.order_id))
    assert [(n.kind, n.about_line) for n in whole] == [
        ("open_ticket", False),
        ("open_claim", False),
        ("booked_pickup", False),
    ]
    assert database.call(order_guard, GuardScope(line.order_id, line.id, made.ticket_id)) == ()
