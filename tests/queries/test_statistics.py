"""통계: every number is the length of the list behind it, and what counting by hand finds."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.statistics import (
    SHARES,
    TIME_DIMENSIONS,
    WHOLE,
    Dimension,
    Measure,
    StatisticsQuestion,
    StatisticsTable,
)
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.statistics import behind, statistics
from tests.factories import a_ticket, make
from tests.people import EMPTY
from tests.queries.counting_by_hand import ByHand
from tests.queries.shop_of_chance import ChanceShop

CHANCE = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def fold(database: Database, most: int = 1_000) -> int:
    with database.driver_connection() as connection:
        [row] = connection.execute("SELECT fold_statistics(%s)", [most]).fetchall()
    return int(str(row[0]))


def questions(shop: ChanceShop, rng: random.Random) -> list[StatisticsQuestion]:
    """Every dimension over some of the days, with and without filters."""
    first = shop.first + timedelta(days=rng.randint(-3, 5))
    last = shop.last - timedelta(days=rng.randint(-2, 5))
    filters: list[dict[str, object]] = [
        {"team_id": shop.teams[0]},
        {"agent_id": rng.choice(shop.agents)},
        {"ticket_type": "return", "channel_id": shop.channels[0]},
        {"category_id": shop.categories[0]},
        {"product_id": shop.products[1]},
    ]
    return [
        StatisticsQuestion(first, last, dimension, **asked)  # type: ignore[arg-type]
        for dimension in Dimension
        for asked in ({}, rng.choice(filters))
    ]


def check(database: Database, question: StatisticsQuestion) -> None:
    table = database.call(statistics, question)
    with database.driver_connection() as connection:
        by_hand = ByHand(connection, table.taken_at)
    cells = by_hand.cells(question)
    told = {row.key: dict(row.values) for row in table.rows}
    if question.dimension in TIME_DIMENSIONS:
        told = {key: values for key, values in told.items() if any(values.values())}
        cells = {key: values for key, values in cells.items() if any(values.values())}
    assert told == cells
    assert dict(table.total.values) == by_hand.whole(question)


def check_lists(database: Database, table: StatisticsTable, rng: random.Random) -> None:
    """Some rows of a table, each number with its list in pages."""
    for row in (*rng.sample(table.rows, min(2, len(table.rows))), table.total):
        for measure, value in row.values.items():
            found = 0
            after: tuple[object, ...] | None = ()
            while after is not None:
                page = database.call(behind, table.question, row.key, measure, after or None, 7)
                found += len(page.rows)
                after = page.next_key
            if measure not in SHARES:
                assert found == value, (table.question, row.key, measure)
            else:
                assert (found == 0) == (value is None)


@CHANCE
@given(st.integers(0, 10_000).map(random.Random))
def test_each_number_is_what_counting_by_hand_finds(database: Database, rng: random.Random) -> None:
    today = seoul_date(database.call(read_at))
    with database.driver_connection() as connection:
        connection.execute(EMPTY)
        shop = ChanceShop(connection, rng, today)
        shop.fill(40, 30)
    asked = questions(shop, rng)
    for question in rng.sample(asked, 4):
        check(database, question)
    fold(database)
    for question in rng.sample(asked, 4):
        check(database, question)
    for _ in range(2):
        with database.driver_connection() as connection:
            for _ in range(4):
                shop.happen()
        check(database, rng.choice(asked))
        fold(database, rng.randint(0, 9))
        check(database, rng.choice(asked))
    fold(database)
    for question in asked:
        check(database, question)
    for question in (rng.choice(asked), StatisticsQuestion(shop.first, shop.last, Dimension.WEEK)):
        check_lists(database, database.call(statistics, question), rng)


def test_a_list_goes_on_over_days_of_which_nothing_is_known(
    database: Database, kim: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ets_desktop.queries.statistics_lists._MOST_DAYS", 2)
    now = database.call(read_at)
    made = [
        make(database, a_ticket, created_by=kim, created_at=now - timedelta(days=ago)).id
        for ago in (0, 3, 5)
    ]
    question = StatisticsQuestion(seoul_date(now) - timedelta(days=5), seoul_date(now))
    first = database.call(behind, question, WHOLE, Measure.RECEIVED, None, 2)
    assert [row.ticket_id for row in first.rows] == made[:2]
    last = database.call(behind, question, WHOLE, Measure.RECEIVED, first.next_key, 2)
    assert ([row.ticket_id for row in last.rows], last.next_key) == (made[2:], None)
    assert {row.agent for row in (*first.rows, *last.rows)} == {"김상담"}


def test_who_keeps_the_queue_and_asks_nothing_keeps_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = seoul_date(database.call(read_at))
    monkeypatch.setattr("ets_desktop.queries.statistics.PATIENCE", "20ms")

    def asked(session: Session) -> tuple[int, str]:
        table = statistics(session, StatisticsQuestion(today, today))
        patience = session.execute(text("SHOW lock_timeout")).scalar_one()
        return len(table.rows), str(patience)

    assert database.call(asked) == (1, "0")
    with database.driver_connection() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(4010104)")
        assert database.call(asked) == (1, "0")
