"""접속기록, page by page and by each of its conditions."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.access_log import (
    MANY,
    OUTSIDE,
    AccessSearch,
    count_access,
    search_access,
    unseen_exports,
)
from tests.factories import an_order, make

TODAY = date(2026, 11, 23)


@pytest.fixture
def looks(database: Database) -> Database:
    """Seven, an hour apart, from eight in the morning of a Monday in Seoul."""
    put = text(
        "INSERT INTO access_log (at, login, action, subject, condition, persons)"
        " VALUES (:at, 'kim', 'export', :subject, '{\"reason\": \"100% 확인\"}', :persons)"
    )
    began = datetime(2026, 11, 22, 23, tzinfo=UTC)
    rows = [
        {"at": began + timedelta(hours=hour), "subject": f"order/{hour}", "persons": 50 * hour}
        for hour in range(7)
    ]
    database.call(lambda session: session.execute(put, rows))
    return database


def subjects(database: Database, **conditions: Any) -> list[str]:
    page = database.call(search_access, AccessSearch(**conditions))
    count = database.call(count_access, AccessSearch(**conditions))
    assert (count.count, count.is_capped) == (len(page.rows), False)
    return [row.subject for row in page.rows]


def test_pages_follow_one_another_newest_first(looks: Database) -> None:
    found, after = [], None
    while True:
        page = looks.call(search_access, AccessSearch(date_from=TODAY), after, 3)
        found += [row.subject for row in page.rows]
        if (after := page.next_key) is None:
            break
    assert found == [f"order/{hour}" for hour in reversed(range(7))]


def test_a_search_ends_after_the_most_rows(
    looks: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ets_desktop.queries.access_log.MOST_ROWS", 5)
    search = AccessSearch(date_from=TODAY)
    first = looks.call(search_access, search, None, 3)
    last = looks.call(search_access, search, first.next_key, 3)
    assert (len(first.rows), len(last.rows), last.next_key) == (3, 2, None)
    count = looks.call(count_access, search)
    assert (count.count, count.is_capped) == (5, True)


@pytest.mark.parametrize(
    ("conditions", "hours"),
    [
        ({"date_from": TODAY, "date_to": TODAY}, range(7)),
        ({"date_from": date(2026, 11, 24)}, ()),
        ({"who": "kim"}, range(7)),
        ({"who": "ki_"}, ()),
        ({"action": "login"}, ()),
        ({"kind": OUTSIDE}, (0,)),
        ({"kind": MANY}, range(2, 7)),
        ({"words": "100%"}, range(7)),
        ({"words": "1_0%"}, ()),
        ({"subject": "order/3"}, (3,)),
        ({"subject": "C000000003"}, ()),
    ],
)
def test_each_condition_narrows(looks: Database, conditions: dict[str, Any], hours: Any) -> None:
    assert subjects(looks, **conditions) == [f"order/{hour}" for hour in reversed(hours)]


def test_an_order_is_found_by_either_of_its_numbers(looks: Database) -> None:
    order = make(looks, an_order)
    looks.call(
        lambda session: session.execute(
            text(f"INSERT INTO access_log (action, subject) VALUES ('x', 'order/{order.id}')")
        )
    )
    for number in (order.order_no, order.channel_order_no):
        assert f"order/{order.id}" in subjects(looks, subject=number)


@pytest.mark.parametrize("conditions", [{}, {"date_to": TODAY}, {"who": " ", "words": " "}])
def test_everything_is_no_question(looks: Database, conditions: dict[str, Any]) -> None:
    for query in (search_access, count_access):
        with pytest.raises(RuleViolation, match="search_needs_condition"):
            looks.call(query, AccessSearch(**conditions))


def test_exports_of_many_or_out_of_hours_wait(looks: Database) -> None:
    waiting = [row.subject for row in looks.call(unseen_exports)]
    assert waiting == [f"order/{hour}" for hour in (0, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize("logged", ["[1]", "null", '"x"'])
def test_what_a_plain_shell_logged_is_shown_as_it_is(database: Database, logged: str) -> None:
    put = text(
        "INSERT INTO access_log (at, login, action, condition)"
        " VALUES ('2026-11-23 10:00+09', 'kim', 'search_orders', CAST(:logged AS jsonb))"
    )
    database.call(lambda session: session.execute(put, {"logged": logged}))
    [row] = database.call(search_access, AccessSearch(date_from=TODAY)).rows
    assert row.condition == {"typed": json.loads(logged)}
