"""The list of one's own drafts."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.paging import Page
from ets_desktop.queries.drafts import draft_list, my_drafts
from tests.factories import a_customer, a_draft, a_form, an_order, make
from tests.round_trips import round_trips

NOW = datetime.now(UTC)


def test_a_draft_tells_customer_order_and_title(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer, name="최구매")
    order = make(database, an_order)
    known = FormContents(a_form(customer_id=buyer.id, order_id=order.id, title="파손"))
    typed = FormContents(a_form(title="", content=""), customer_name="박신규")
    make(database, a_draft, agent=kim, contents=known, kind="call", saved_at=NOW)
    make(database, a_draft, agent=kim, contents=typed, saved_at=NOW - timedelta(hours=1))
    page = database.call(my_drafts, kim.id, None, 10)
    assert [(row.kind, row.customer, row.order_no, row.title) for row in page.rows] == [
        ("call", "최구매", order.order_no, "파손"),
        ("manual", "박신규", "", ""),
    ]
    assert round_trips(database, my_drafts, kim.id, None, 10) == 1


def test_a_draft_without_a_title_tells_how_it_begins_and_who_called(
    database: Database, kim: Agent
) -> None:
    """Parked when the next call came, it has neither title nor customer."""
    content = " 배송이\n언제 되나요? " + "가" * 100
    parked = FormContents(a_form(title=" ", content=content, caller_number="01000000160"))
    make(database, a_draft, agent=kim, contents=parked, kind="call")
    [row] = database.call(my_drafts, kim.id, None, 10).rows
    assert (row.customer, row.caller_number) == ("", "01000000160")
    assert row.title.startswith("배송이 언제 되나요? 가")
    assert len(row.title) < len(content)


def test_a_damaged_draft_does_not_hide_the_others(database: Database, kim: Agent) -> None:
    make(database, a_draft, agent=kim, form={"customer_id": "누구", "title": 5})
    make(database, a_draft, agent=kim)
    assert len(database.call(my_drafts, kim.id, None, 10).rows) == 2


def test_drafts_are_paged_newest_first(database: Database, kim: Agent, lee: Agent) -> None:
    made = [
        make(database, a_draft, agent=kim, id=uuid4(), saved_at=NOW - timedelta(hours=age // 2)).id
        for age in range(5)
    ]
    make(database, a_draft, agent=lee)
    page = database.call(my_drafts, kim.id, None, 2)
    walked = [row.draft_id for row in page.rows]
    while page.next_key is not None:
        page = database.call(my_drafts, kim.id, page.next_key, 2)
        walked += [row.draft_id for row in page.rows]
    assert len(walked) == len(set(walked)) == 5
    assert set(walked[:2]) == set(made[:2])
    assert database.call(draft_list, kim.id, 10).count == 5


def test_the_number_and_the_rows_behind_it_come_at_once(database: Database, kim: Agent) -> None:
    empty = database.call(draft_list, kim.id, 2)
    assert (empty.count, empty.page) == (0, Page(()))
    for _ in range(3):
        make(database, a_draft, agent=kim)
    found = database.call(draft_list, kim.id, 2)
    assert found.count == 3
    assert found.page == database.call(my_drafts, kim.id, None, 2)
    assert found.as_of > empty.as_of
    assert round_trips(database, draft_list, kim.id, 2) == 1
