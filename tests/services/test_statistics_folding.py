"""What is kept of days for 통계 never hides a change, whoever writes and folds at once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.statistics import Dimension, Measure, StatisticsQuestion
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.statistics import statistics
from ets_desktop.services.statistics_folding import fold_statistics
from tests.factories import a_call, a_leg, a_ticket, make
from tests.queries.counting_by_hand import ByHand
from tests.queries.shop_of_chance import ChanceShop

LogIn = Callable[[Agent], Database]
RECEIVE = (
    "INSERT INTO ticket (client_id, ticket_type, content, due_on, created_at, created_by,"
    " updated_by) VALUES (gen_random_uuid(), 'delivery', '문의', current_date, %s, %s, %s)"
)


def fold_all(database: Database) -> int:
    folded = 0
    while some := database.call(fold_statistics, 50).value:
        folded += some
    return folded


def received(database: Database, day: date) -> int | None:
    table = database.call(statistics, StatisticsQuestion(day, day))
    return table.total.values[Measure.RECEIVED]


def marks(database: Database) -> int:
    count = "SELECT count(*) FROM statistics_mark"
    return int(database.call(lambda session: session.execute(text(count)).scalar_one()))


@pytest.fixture
def past(database: Database) -> datetime:
    """Noon of three days ago in Seoul."""
    today = seoul_date(database.call(read_at))
    return start_of_day(today - timedelta(days=3)) + timedelta(hours=12)


def test_days_are_kept_until_they_change(database: Database, kim: Agent, past: datetime) -> None:
    make(database, a_ticket, created_by=kim, created_at=past)
    assert fold_all(database) == 3
    # What came after a ticket may repeat it: today keeps its mark.
    assert (fold_all(database), marks(database)) == (0, 1)
    make(database, a_ticket, created_by=kim, created_at=past + timedelta(days=1))
    assert fold_all(database) == 2
    assert received(database, seoul_date(past)) == 1


def test_today_is_never_kept_and_has_one_mark(database: Database, kim: Agent) -> None:
    for _ in range(3):
        make(database, a_ticket, created_by=kim)
    assert marks(database) == 3
    assert (fold_all(database), marks(database)) == (0, 1)
    assert received(database, seoul_date(database.call(read_at))) == 3


def test_a_change_that_was_under_way_while_folding_is_counted(
    database: Database, kim: Agent, past: datetime
) -> None:
    make(database, a_ticket, created_by=kim, created_at=past)
    day = seoul_date(past)
    with psycopg.connect(database.url) as writer:
        writer.execute(RECEIVE, [past, kim.id, kim.id])
        fold_all(database)
        assert received(database, day) == 1
        writer.commit()
        assert received(database, day) == 2
        assert fold_all(database) > 0
        assert received(database, day) == 2


def test_two_do_not_fold_at_once(database: Database, kim: Agent, past: datetime) -> None:
    make(database, a_ticket, created_by=kim, created_at=past)
    with psycopg.connect(database.url) as other:
        other.execute("SELECT fold_statistics(1)")
        assert database.call(fold_statistics).value == 0
        other.rollback()
    assert database.call(fold_statistics).value == 2


def test_what_is_kept_can_be_forgotten(database: Database, kim: Agent, past: datetime) -> None:
    make(database, a_ticket, created_by=kim, created_at=past)
    kept = fold_all(database)
    with database.driver_connection() as connection:
        connection.execute("SELECT forget_statistics()")
    assert received(database, seoul_date(past)) == 1
    assert fold_all(database) == kept


def test_no_desk_folds_or_reads_what_is_kept(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    for who in (kim, park):
        with pytest.raises(RuleViolation) as refused:
            login(who).call(fold_statistics)
        assert refused.value.code == "not_allowed"
    today = seoul_date(database.call(read_at))
    asked = StatisticsQuestion(today, today)
    with pytest.raises(RuleViolation) as refused:
        login(kim).call(statistics, asked)
    assert refused.value.code == "not_allowed"
    assert login(park).call(statistics, asked).total.values[Measure.RECEIVED] == 0


def test_writers_and_folders_at_once_lose_nothing(database: Database) -> None:
    today = seoul_date(database.call(read_at))
    with database.driver_connection() as connection:
        shop = ChanceShop(connection, random.Random(7), today)
        shop.fill(30, 20)

    def write(seed: int) -> None:
        with psycopg.connect(database.url) as connection:
            mine = shop.seen_by(connection, random.Random(seed), turned=seed == 2)
            for _ in range(25):
                mine.fill(1, 1)
                connection.commit()
                mine.happen()
                connection.commit()

    def fold(_: int) -> None:
        for _ in range(25):
            database.call(fold_statistics, 5)

    with ThreadPoolExecutor(4) as pool:
        for job in [pool.submit(*work) for work in ((write, 1), (write, 2), (fold, 3), (fold, 4))]:
            job.result()
    asked = StatisticsQuestion(shop.first, shop.last, Dimension.DAY)
    assert_equals_by_hand(database, asked)
    fold_all(database)
    assert_equals_by_hand(database, asked)


def assert_equals_by_hand(database: Database, asked: StatisticsQuestion) -> None:
    table = database.call(statistics, asked)
    with database.driver_connection() as connection:
        by_hand: Any = ByHand(connection, table.taken_at).cells(asked)
    for row in table.rows:
        if row.key in by_hand:
            assert dict(row.values) == by_hand[row.key]
        else:
            assert not any(row.values.values())


def test_who_was_not_answered_has_no_time_to_answer(database: Database, past: datetime) -> None:
    for talked_at in (None, past):
        call = make(database, a_call, rang_at=past - timedelta(seconds=5))
        make(database, a_leg, call=call, talked_at=talked_at)
    facts = text("SELECT fact, seconds FROM statistics_calls('-infinity', 'infinity') ORDER BY 1")

    def found(session: Session) -> list[tuple[str, int | None]]:
        return [(row.fact, row.seconds) for row in session.execute(facts)]

    assert database.call(found) == [("call", None), ("call_answered", 5)]
