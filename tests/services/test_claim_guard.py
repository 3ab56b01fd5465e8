"""What a person's plain SQL cannot do to claims and pickups, whatever their desk shows."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claims import ClaimType, Decision, Step, next_steps, takes
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.pickups import PickupState, next_states
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.pickups import RetryPickup, retry_pickup, take_pickup_news
from tests.claims import news, requested, shipped_line, wish
from tests.factories import an_agent, an_order_line, make

Login = Callable[[Agent], Database]


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


def run(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def refused(database: Database, sql: str) -> str:
    with pytest.raises(RuleViolation) as refusal:
        run(database, sql)
    return refusal.value.code


@pytest.fixture
def made(database: Database, kim: Agent) -> ClaimRequested:
    return requested(database, kim, wish(shipped_line(database)))


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE claim_line SET step = 'done', decision = 'refund'", "claim_moved_on"),
        ("UPDATE claim_line SET quantity = 9", "not_allowed"),
        ("UPDATE claim_line SET amount = 1000000", "not_allowed"),
        ("UPDATE claim SET claim_type = 'cancel'", "not_allowed"),
        ("UPDATE claim SET version = 1", "not_allowed"),
        ("UPDATE claim SET created_at = '2020-01-01'", "not_allowed"),
        ("UPDATE claim SET closed_at = clock_timestamp(), step = 'done'", "not_allowed"),
        ("DELETE FROM claim_line", "not_allowed"),
        ("DELETE FROM claim", "not_allowed"),
        ("DELETE FROM pickup", "not_allowed"),
        ("UPDATE pickup SET address = '딴 곳'", "not_allowed"),
        ("UPDATE pickup SET requested_at = '2020-01-01'", "not_allowed"),
        ("UPDATE pickup SET state = 'requested' WHERE state = 'accepted'", "pickup_moved_on"),
        ("UPDATE logistics_instruction SET state = 'sent'", "not_allowed"),
        ("UPDATE logistics_instruction SET body = '{}'", "not_allowed"),
        ("INSERT INTO claim_history (claim_id, version, field) VALUES (1, 1, 'x')", "not_allowed"),
        ("UPDATE claim_history SET new = 'x'", "not_allowed"),
        ("DELETE FROM pickup_event", "not_allowed"),
    ],
)
def test_an_agents_plain_sql_is_refused(
    database: Database, login: Login, kim: Agent, made: ClaimRequested, sql: str, code: str
) -> None:
    database.call(take_pickup_news, news(made, "accepted"))
    assert refused(login(kim), sql) == code


@pytest.mark.parametrize("table", ["claim_history", "pickup_event"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_histories_are_only_added_to_also_by_their_owner(
    database: Database, made: ClaimRequested, table: str, verb: str
) -> None:
    assert refused(database, verb.format(table)) == "not_allowed"


def test_who_and_when_are_the_databases_word(
    database: Database, login: Login, kim: Agent, lee: Agent, made: ClaimRequested
) -> None:
    desk = login(kim)
    run(desk, f"UPDATE claim SET note = '고침', updated_by = {lee.id}")
    run(
        desk,
        f"INSERT INTO pickup_event (pickup_id, event_key, kind, state) VALUES"
        f" ({made.pickup_id}, 'forged', 'state', 'arrived')",
    )
    assert rows(database, "SELECT updated_by FROM claim") == [(kim.id,)]
    forged = "SELECT kind, agent_id FROM pickup_event WHERE event_key = 'forged'"
    assert rows(database, forged) == [("scan", kim.id)]
    note = "SELECT new, changed_by FROM claim_history WHERE field = 'note'"
    assert rows(database, note) == [("고침", kim.id)]


def test_a_couriers_news_are_nobodys_work(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    # A process has a login and is nobody in `agent`.
    process = make(database, an_agent, role="technician", extension=None)
    worker = login(process)
    run(database, f"GRANT ets_erp TO {process.login}")
    run(database, f"DELETE FROM agent WHERE id = {process.id}")
    worker.call(take_pickup_news, news(made, "collected"))
    step = "SELECT new, changed_by FROM claim_history WHERE field = 'step' ORDER BY id DESC LIMIT 2"
    assert rows(database, step) == [("collecting", None), ("collecting", None)]


def test_more_than_is_left_is_refused_by_the_database_itself(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    line = "SELECT claim_id, order_line_id FROM claim_line"
    ((claim_id, line_id),) = rows(database, line)
    insert = "INSERT INTO claim_line (claim_id, order_line_id, quantity) VALUES ({}, {}, {})"
    desk = login(kim)
    assert refused(desk, insert.format(claim_id, line_id, 1)) == "line_under_claim"
    order_id = rows(database, "SELECT order_id FROM claim")[0][0]
    free = make(database, an_order_line, order_id=order_id)
    assert refused(desk, insert.format(claim_id, free.id, 2)) == "quantity_over_left"
    elsewhere = make(database, an_order_line)
    assert refused(desk, insert.format(claim_id, elsewhere.id, 1)) == "line_of_other_order"


def test_a_line_begins_at_its_beginning_and_pays_what_was_paid(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    order_id, claim_id = rows(database, "SELECT order_id, id FROM claim")[0]
    free = make(database, an_order_line, order_id=order_id, amount=37_000)
    insert = (
        "INSERT INTO claim_line (claim_id, order_line_id, quantity, step)"
        f" VALUES ({claim_id}, {free.id}, 1, '{{}}')"
    )
    assert refused(login(kim), insert.format("inspected")) == "claim_moved_on"
    run(login(kim), insert.format("accepted"))
    amount = f"SELECT amount FROM claim_line WHERE order_line_id = {free.id}"
    assert rows(database, amount) == [(37_000,)]


def test_one_pickup_is_under_way_whatever_is_sent(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    again = (
        "INSERT INTO pickup (claim_id, order_id, courier, name, address, requested_by)"
        f" SELECT id, order_id, 'cj', '이수취', '서울', {kim.id} FROM claim"
    )
    assert refused(login(kim), again) == "pickup_under_way"
    database.call(take_pickup_news, news(made, "failed"))
    database.call(retry_pickup, RetryPickup(kim.id, made.pickup_id or 0))
    assert refused(login(kim), again) == "pickup_under_way"


def test_other_roles_see_only_what_their_work_needs(
    database: Database, login: Login, made: ClaimRequested
) -> None:
    keeper = make(database, an_agent, role="warehouse", extension=None)
    worker = make(database, an_agent, role="technician", extension=None)
    desk = login(keeper)
    assert len(rows(desk, "SELECT id FROM claim")) == 1
    for sql in (
        "SELECT sealed FROM refund_account",
        "SELECT typed FROM customer_phone",
        "UPDATE claim SET held = true",
        "INSERT INTO claim (client_id) VALUES (gen_random_uuid())",
    ):
        assert refused(desk, sql) == "not_allowed"
    assert refused(login(worker), "SELECT id FROM claim") == "not_allowed"


def test_the_database_knows_the_same_steps_as_the_desk(database: Database) -> None:
    follows = {
        (kind, was, now): row
        for kind, was, now, row in rows(
            database,
            "SELECT k, a, b, claim_step_follows(k, a, b) IS TRUE"
            " FROM unnest(CAST(:kinds AS text[])) k, unnest(CAST(:steps AS text[])) a,"
            " unnest(CAST(:steps AS text[])) b",
            kinds=list(ClaimType),
            steps=list(Step),
        )
    }
    for kind, was, now in product(ClaimType, Step, Step):
        assert follows[kind, was, now] is (now in next_steps(kind, was)), (kind, was, now)


def test_the_database_knows_the_same_states_as_the_desk(database: Database) -> None:
    moves = rows(
        database,
        "SELECT a, b, pickup_state_follows(a, b) IS TRUE"
        " FROM unnest(CAST(:all AS text[])) a, unnest(CAST(:all AS text[])) b",
        all=list(PickupState),
    )
    for was, now, follows in moves:
        assert follows is (PickupState(now) in next_states(PickupState(was))), (was, now)


def test_the_database_counts_the_same_pieces_as_the_desk(database: Database) -> None:
    for kind, decision in product(ClaimType, [None, *Decision]):
        for step in (Step.DONE,) if decision else tuple(set(Step) - {Step.DONE}):
            counted = "SELECT claim_line_takes(:kind, :step, :decision)"
            given = {"kind": kind, "step": step, "decision": decision}
            ((counts,),) = rows(database, counted, **given)
            assert counts is takes(kind, step, decision), (kind, step, decision)
