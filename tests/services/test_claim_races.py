"""Several desks at once on one order: no line claimed twice, no pickup doubled, sums right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claim_requests import LineWish
from ets_desktop.domain.claims import Decision
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.pickups import PickupState
from ets_desktop.services.claim_requests import request_claim
from ets_desktop.services.claims import EndClaim, withdraw_claim
from ets_desktop.services.pickups import RetryPickup, retry_pickup, take_pickup_news
from ets_desktop.services.returns import DecideLines, ReceiveReturn, decide_lines, receive_return
from tests.claims import arrived, command, news, requested, shipped_line, wish
from tests.factories import an_order_line, make

Login = Callable[[Agent], Database]
DESKS = 3
BOUGHT = (3, 2)
PAID = (10_000, 7_001)
RACES = settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Press:
    """What a desk does: it asks for pieces of the two lines, under one of a few ids."""

    quantities: tuple[int, int]
    client: int


PRESSES = st.lists(
    st.builds(
        Press,
        st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any),
        st.integers(0, 2),
    ),
    min_size=2,
    max_size=5,
)


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


@pytest.fixture
def desks(login: Login, kim: Agent, lee: Agent, park: Agent) -> list[Database]:
    return [login(one) for one in (kim, lee, park)]


def answers(pool: ThreadPoolExecutor, work: list[Callable[[], Any]]) -> list[Any]:
    """What each came to, all begun at once: a value, or the code it was refused with."""

    def tried(one: Callable[[], Any]) -> Any:
        try:
            return one()
        except EtsError as refused:
            return refused.code

    return [done.result() for done in [pool.submit(tried, one) for one in work]]


def order_of_two(database: Database) -> tuple[OrderLine, OrderLine]:
    first = shipped_line(database, quantity=BOUGHT[0], amount=PAID[0])
    second = make(
        database, an_order_line, order_id=first.order_id, quantity=BOUGHT[1], amount=PAID[1]
    )
    return first, second


def assert_whole(database: Database) -> None:
    """What must hold of every claim, whoever pressed what."""
    over = """
        SELECT l.id FROM order_line l JOIN claim_line k ON k.order_line_id = l.id AND k.takes
        GROUP BY l.id
        HAVING sum(k.quantity) > l.quantity
            OR sum(k.amount) <> div(l.amount * sum(k.quantity), l.quantity)
            OR count(*) FILTER (WHERE k.step NOT IN ('done', 'rejected', 'withdrawn')) > 1
    """
    assert rows(database, over) == []
    halves = """
        SELECT c.id FROM claim c
        WHERE (SELECT count(*) FROM claim_line l WHERE l.claim_id = c.id) = 0
           OR (SELECT count(*) FROM pickup p WHERE p.claim_id = c.id
                 AND p.state NOT IN ('failed', 'cancelled')) > 1
           OR (SELECT count(*) FROM logistics_instruction i
               WHERE i.claim_id = c.id AND i.kind = 'collect') <> 1
           OR NOT EXISTS (SELECT FROM ticket t WHERE t.id = c.ticket_id
                            AND t.client_id = c.client_id)
    """
    assert rows(database, halves) == []
    counts = "SELECT (SELECT count(*) FROM ticket), (SELECT count(*) FROM claim)"
    assert len(set(rows(database, counts)[0])) == 1


@RACES
@given(presses=PRESSES)
def test_what_was_bought_is_never_claimed_twice(
    database: Database, desks: list[Database], kim: Agent, presses: list[Press]
) -> None:
    lines = order_of_two(database)
    clients: list[UUID] = [uuid4() for _ in range(3)]

    def ask(number: int, press: Press) -> Callable[[], Any]:
        wished = tuple(
            LineWish(line.id, quantity)
            for line, quantity in zip(lines, press.quantities, strict=True)
            if quantity
        )
        # Both ways round, for two desks must not lock each other out.
        wished = wished if number % 2 else wished[::-1]
        asked = command(kim, wish(lines[0], lines=wished), clients[press.client])
        return lambda: desks[number % DESKS].call(request_claim, asked).value.claim.claim_id

    with ThreadPoolExecutor(DESKS) as pool:
        told = answers(pool, [ask(number, press) for number, press in enumerate(presses)])
    assert_whole(database)
    made = {one for one in told if isinstance(one, int)}
    assert {one for one in told if not isinstance(one, int)} <= {
        "line_under_claim",
        "quantity_over_left",
    }
    stored = {
        row[0]
        for row in rows(
            database,
            "SELECT id FROM claim WHERE order_id = :order_id",
            order_id=lines[0].order_id,
        )
    }
    assert made == stored


@RACES
@given(
    tries=st.lists(
        st.sampled_from(["retry", "withdraw", "collected", "failed", "receive"]),
        min_size=2,
        max_size=6,
    )
)
def test_no_pickup_is_doubled_whoever_moves_it(
    database: Database, desks: list[Database], kim: Agent, tries: list[str]
) -> None:
    made = requested(database, kim, wish(shipped_line(database)))
    claim_id, pickup_id = made.claim.claim_id, made.pickup_id or 0
    database.call(take_pickup_news, news(made, "failed"))
    version = rows(database, "SELECT version FROM claim WHERE id = :id", id=claim_id)[0][0]

    def act(number: int, what: str) -> Callable[[], Any]:
        desk = desks[number % DESKS]
        work: dict[str, Callable[[], Any]] = {
            "retry": lambda: desk.call(retry_pickup, RetryPickup(kim.id, pickup_id)),
            "withdraw": lambda: desk.call(
                withdraw_claim, EndClaim(kim.id, claim_id, version, "변심")
            ),
            "collected": lambda: desk.call(take_pickup_news, news(made, "collected")),
            "failed": lambda: desk.call(take_pickup_news, news(made, "failed", f"again/{number}")),
            "receive": lambda: desk.call(receive_return, ReceiveReturn(kim.id, claim_id)),
        }
        return work[what]

    with ThreadPoolExecutor(DESKS) as pool:
        answers(pool, [act(number, what) for number, what in enumerate(tries)])
    assert_whole(database)
    states = rows(database, "SELECT state FROM pickup WHERE claim_id = :id", id=claim_id)
    assert len(states) <= 2
    live = [row[0] for row in states if row[0] not in (PickupState.FAILED, PickupState.CANCELLED)]
    assert len(live) <= 1
    steps = "SELECT count(DISTINCT step), (SELECT step FROM claim WHERE id = :id) = min(step)"
    assert tuple(
        rows(database, f"{steps} FROM claim_line WHERE claim_id = :id", id=claim_id)[0]
    ) == (1, True)


@RACES
@given(decisions=st.lists(st.sampled_from([*Decision]), min_size=2, max_size=5))
def test_a_line_is_decided_once_and_told_once(
    database: Database, desks: list[Database], kim: Agent, decisions: list[Decision]
) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line, quantity=2))
    arrived(database, kim, made, line.id)

    def decide(number: int, what: Decision) -> Callable[[], Any]:
        press = DecideLines(kim.id, made.claim.claim_id, what, (line.id,), reason="확인")
        return lambda: desks[number % DESKS].call(decide_lines, press).value.refund

    with ThreadPoolExecutor(DESKS) as pool:
        told = answers(pool, [decide(number, what) for number, what in enumerate(decisions)])
    allowed = [what for what in decisions if what is not Decision.STOCK]
    paid = sum(one for one in told if isinstance(one, int))
    (decision,) = rows(
        database, "SELECT decision FROM claim_line WHERE claim_id = :id", id=made.claim.claim_id
    )[0]
    assert (decision in allowed) if allowed else (decision is None)
    refunds = rows(
        database,
        "SELECT body->'amount' FROM logistics_instruction WHERE kind = 'refund' AND claim_id = :id",
        id=made.claim.claim_id,
    )
    assert [row[0] for row in refunds] == ([paid] if decision == "refund" else [])
    assert paid == (6_666 - 3_000 if decision == "refund" else 0)
