"""ARS sessions written down: each once, fuller with each event, by who may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.ars import ArsEvent, ArsKind
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import ARS
from ets_desktop.queries.ars import ars_sessions_of
from ets_desktop.queries.journey.rows import Whose
from ets_desktop.services.ars import RecordedSessions, record_ars_events
from tests.factories import a_customer, a_phone, an_agent, an_order, make

NUMBER = "01000001234"
#: PostgreSQL keeps microseconds.
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
BEGAN = ArsEvent("s-1", NOW, phone="010-0000-1234")
ENDED = replace(
    BEGAN,
    order_no="20261121-77",
    name="홍길동",
    kind=ArsKind.RETURN,
    amount=32_000,
    menu=("주문조회", "반품"),
    reached_final=True,
    ended_at=NOW + timedelta(minutes=3),
)


def shown(database: Database, whose: Whose, size: int = 10) -> list[str]:
    rows, after = [], None
    while True:
        page = database.call(ars_sessions_of, whose, after, size)
        rows += [row.session_id for row in page.rows]
        if page.next_key is None:
            return rows
        after = page.next_key


def test_a_session_told_again_and_again_is_one(database: Database) -> None:
    done = database.call(record_ars_events, [BEGAN, ENDED])
    assert done.value == RecordedSessions(created=1, updated=1)
    assert done.touched == {ARS}
    again = database.call(record_ars_events, [ENDED, BEGAN]).value
    assert again == RecordedSessions(unchanged=2)
    [row] = database.call(ars_sessions_of, Whose(None, NUMBER), None, 10).rows
    assert (row.menu, row.kind, row.reached_final) == ("주문조회 > 반품", "return", True)
    assert (row.amount, row.ended_at, row.order_id) == (32_000, ENDED.ended_at, None)


def test_events_in_any_order_make_the_same_session(database: Database) -> None:
    step = replace(BEGAN, menu=("주문조회",))
    for number, told in enumerate(permutations((BEGAN, step, ENDED))):
        named = [replace(event, session_id=f"s-{number}") for event in told]
        for event in named:
            database.call(record_ars_events, [event])
    rows = database.call(ars_sessions_of, Whose(None, NUMBER), None, 10).rows
    assert len(rows) == 6
    assert len({replace(row, id=0, session_id="") for row in rows}) == 1


def test_a_withheld_number_is_nobodys(database: Database) -> None:
    database.call(record_ars_events, [replace(BEGAN, phone="발신번호표시제한")])
    assert shown(database, Whose(None, "")) == []


def test_sessions_are_found_by_number_and_by_order_each_once(database: Database) -> None:
    hong = make(database, a_customer, name="홍길동", numbers=(NUMBER, "0200001234"))
    order = make(database, an_order, customer=hong, channel_order_no="20261121-77")
    other = replace(ENDED, session_id="s-2", phone="01000009999", answered_at=NOW)
    later = replace(BEGAN, session_id="s-3", phone="02-0000-1234")
    later = replace(later, answered_at=NOW + timedelta(hours=1))
    database.call(record_ars_events, [BEGAN, ENDED, other, later])
    for size in (1, 2, 10):
        assert shown(database, Whose(hong.id), size) == ["s-3", "s-2", "s-1"]
    rows = database.call(ars_sessions_of, Whose(hong.id), None, 10).rows
    assert [row.order_id for row in rows] == [None, order.id, order.id]
    assert rows[1].recipient == "이수취"
    assert shown(database, Whose(None, "01000009999")) == ["s-2"]


def test_an_order_says_whose_a_shared_number_is(database: Database) -> None:
    hong = make(database, a_customer, name="홍길동", numbers=(NUMBER,))
    kim = make(database, a_customer, name="김정민", numbers=(NUMBER,))
    make(database, an_order, customer=kim, channel_order_no="20261121-77")
    database.call(record_ars_events, [ENDED, replace(BEGAN, session_id="s-2")])
    assert shown(database, Whose(hong.id)) == ["s-2"]
    assert shown(database, Whose(kim.id)) == ["s-2", "s-1"]


def test_a_safe_number_is_its_owners_for_a_time(database: Database) -> None:
    hong = make(database, a_customer, name="홍길동")
    make(
        database,
        a_phone,
        customer=hong,
        digits="050400001234",
        captured_at=NOW - timedelta(days=400),
    )
    database.call(record_ars_events, [replace(BEGAN, phone="0504-0000-1234")])
    assert shown(database, Whose(hong.id)) == []


def test_an_admin_imports_them_and_an_agent_only_reads(
    database: Database, kim: Agent, login: Callable[[Agent], Database]
) -> None:
    chief = login(make(database, an_agent, role="admin"))
    for event in (BEGAN, ENDED, ENDED):
        chief.call(record_ars_events, [event])
    assert shown(chief, Whose(None, NUMBER)) == ["s-1"]
    with pytest.raises(RuleViolation, match="not_allowed"):
        login(kim).call(record_ars_events, [ENDED])


def test_an_agent_reads_them(
    database: Database, kim: Agent, login: Callable[[Agent], Database]
) -> None:
    database.call(record_ars_events, [BEGAN])
    assert shown(login(kim), Whose(None, NUMBER)) == ["s-1"]
