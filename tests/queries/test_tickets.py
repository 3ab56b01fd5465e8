"""One ticket in full, its history, and the pages of a customer, an order, a line."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.history import HistoryRow, changes_since, ticket_history_rows
from ets_desktop.queries.tickets import (
    ticket_detail,
    tickets_of_customer,
    tickets_of_order,
    tickets_of_order_line,
)
from ets_desktop.queries.transfers import recent_transfers
from tests.factories import (
    a_call,
    a_callback,
    a_category,
    a_customer,
    a_ticket,
    a_transfer,
    an_activity,
    an_order,
    an_order_line,
    make,
)
from tests.round_trips import round_trips

NOW = datetime.now(UTC)


def change(database: Database, ticket_id: int, changes: str, **given: Any) -> None:
    sql = text(f"UPDATE ticket SET {changes}, version = version + 1 WHERE id = {ticket_id}")
    database.call(lambda session: session.execute(sql, given))


def test_a_ticket_tells_every_name(database: Database, kim: Agent, lee: Agent) -> None:
    buyer = make(database, a_customer, name="최구매")
    line = make(database, an_order_line, order=make(database, an_order))
    first = make(database, a_ticket, created_by=kim)
    ticket = make(
        database,
        a_ticket,
        created_by=kim,
        assignee=lee,
        customer=buyer,
        order_line=line,
        category_id=make(database, a_category, name="지연").id,
        tags=["급"],
        follow_up_of=first.id,
        status="transferred",
    )
    hop = make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, seen_at=NOW)
    promise = make(database, a_callback, ticket=ticket, assignee=lee)
    detail = database.call(ticket_detail, ticket.id)
    assert (detail.customer, detail.category, detail.creator, detail.assignee) == (
        "최구매",
        "지연",
        "김상담",
        "이담당",
    )
    assert (detail.line_no, detail.form.order_line_id) == (line.line_no, line.id)
    assert (detail.order_no, detail.follow_up_of_no) == (f"S{line.order_id:09d}", first.ticket_no)
    assert detail.form.tags == ("급",)
    assert detail.is_open
    assert detail.last_transfer is not None
    assert (detail.last_transfer.transfer_id, detail.last_transfer.state) == (hop.id, "seen")
    assert (detail.last_transfer.from_agent, detail.last_transfer.to) == ("김상담", "이담당")
    assert detail.callback is not None
    assert (detail.callback.callback_id, detail.callback.number) == (promise.id, promise.number)


def test_a_bare_ticket_has_empty_names(database: Database, kim: Agent, team: Team) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee_team=team)
    detail = database.call(ticket_detail, ticket.id)
    assert (detail.customer, detail.order_no, detail.product, detail.category) == ("", "", "", "")
    assert (detail.assignee, detail.last_transfer, detail.callback) == ("물류팀", None, None)


def test_a_ticket_is_one_statement(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    assert round_trips(database, ticket_detail, ticket.id) == 1
    assert round_trips(database, ticket_history_rows, ticket.id, None, 50) == 1
    assert round_trips(database, changes_since, ticket.id, 1) == 1
    assert round_trips(database, tickets_of_customer, 1, None, 50) == 1
    assert round_trips(database, recent_transfers, None, 50) == 1


def test_a_ticket_that_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound) as missing:
        database.call(ticket_detail, 4711)
    assert missing.value.code == "no_such_ticket"


def test_tickets_of_a_customer_an_order_and_a_line_are_paged_newest_first(
    database: Database, kim: Agent
) -> None:
    buyer = make(database, a_customer)
    line = make(database, an_order_line)
    made = [
        make(
            database,
            a_ticket,
            created_by=kim,
            customer=buyer,
            order_line=line,
            created_at=NOW - timedelta(hours=age // 2),
        ).id
        for age in range(5)
    ]
    make(database, a_ticket, created_by=kim)
    expected = [made[1], made[0], made[3], made[2], made[4]]
    for function, key in (
        (tickets_of_customer, buyer.id),
        (tickets_of_order, line.order_id),
        (tickets_of_order_line, line.id),
    ):
        page = database.call(function, key, None, 2)
        walked = list(page.rows)
        while page.next_key is not None:
            page = database.call(function, key, page.next_key, 2)
            walked += page.rows
        assert [row.ticket_id for row in walked] == expected


def test_a_closed_row_is_never_red(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer)
    old = NOW - timedelta(days=9)
    make(database, a_ticket, created_by=kim, customer=buyer, created_at=old)
    make(database, a_ticket, created_by=kim, customer=buyer, created_at=old, status="completed")
    completed, still_open = database.call(tickets_of_customer, buyer.id, None, 10).rows
    assert (still_open.is_red(NOW), completed.is_red(NOW)) == (True, False)


def test_the_history_tells_ids_in_words(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    order = make(database, an_order, channel_order_no="20261121-0000001")
    line = make(database, an_order_line, order=order)
    buyer = make(database, a_customer, name="최구매")
    change(
        database,
        ticket.id,
        """customer_id = :customer, order_id = :order, order_line_id = :line, assignee_id = NULL,
        assignee_team_id = :team, category_id = :category, tags = ARRAY['급', '지연'],
        customer_confirmed = true""",
        customer=buyer.id,
        order=line.order_id,
        line=line.id,
        team=team.id,
        category=make(database, a_category, name="지연").id,
    )
    change(
        database,
        ticket.id,
        "status = 'completed', completed_at = now(), completed_by = :by, customer_id = NULL",
        by=lee.id,
    )
    make(database, an_activity, ticket=ticket, note="재오픈 사유", agent_id=lee.id)
    make(database, an_activity, ticket=ticket, kind="take_over", at=NOW - timedelta(days=1))
    told = database.call(ticket_history_rows, ticket.id, None, 50).rows
    assert told[0].changed_by == "이담당"
    assert {(row.field, row.old, row.new) for row in told} == {
        ("created", "", "received"),
        ("note", "", "재오픈 사유"),
        ("take_over", "", ""),
        ("customer_id", "", f"{buyer.customer_no} 최구매"),
        ("customer_id", f"{buyer.customer_no} 최구매", ""),
        ("order_id", "", "20261121-0000001"),
        ("order_line_id", "", line.line_no),
        ("assignee_id", "김상담", ""),
        ("assignee_team_id", "", "물류팀"),
        ("category_id", "", "지연"),
        ("tags", "", "급, 지연"),
        ("customer_confirmed", "false", "true"),
        ("status", "received", "completed"),
        ("completed_by", "", "이담당"),
    }
    page = database.call(ticket_history_rows, ticket.id, None, 4)
    walked = list(page.rows)
    while page.next_key is not None:
        page = database.call(ticket_history_rows, ticket.id, page.next_key, 4)
        walked += page.rows
    assert tuple(walked) == told


def test_the_history_tells_contacts_offers_and_callbacks_too(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    follow_up = make(database, a_ticket, created_by=kim)
    change(database, follow_up.id, "follow_up_of = :first", first=ticket.id)
    (followed, _) = database.call(ticket_history_rows, follow_up.id, None, 50).rows
    assert (followed.field, followed.new) == ("follow_up_of", ticket.ticket_no)
    call = make(database, a_call, caller_number="01000001234")
    make(database, an_activity, ticket=ticket, call=call, agent_id=kim.id)
    back = {"sent_at": NOW, "returned_at": NOW, "return_reason": "물류 건 아님"}
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team, **back)
    taken = {"sent_at": NOW, "accepted_at": NOW, "hop": 2, "reason": ""}
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, **taken)
    recalled = {"sent_at": NOW, "recalled_at": NOW, "hop": 3}
    make(database, a_transfer, ticket=ticket, from_agent=lee, to_agent=kim, **recalled)
    done = {"outcome": "missed", "done_at": NOW, "done_by": kim.id}
    promise = make(database, a_callback, ticket=ticket, assignee=lee, **done)
    told = database.call(ticket_history_rows, ticket.id, None, 50).rows
    assert {(row.changed_by, row.field, row.old, row.new) for row in told} == {
        ("김상담", "created", "", "received"),
        ("김상담", "call_in", "", "01000001234"),
        ("김상담", "transfer_sent", "김상담", "물류팀 · 담당 변경"),
        ("물류팀", "transfer_returned", "물류팀", "김상담 · 물류 건 아님"),
        ("김상담", "transfer_sent", "김상담", "이담당"),
        ("이담당", "transfer_accepted", "이담당", ""),
        ("이담당", "transfer_sent", "이담당", "김상담 · 담당 변경"),
        ("이담당", "transfer_recalled", "김상담", "이담당"),
        ("이담당", "callback_promised", promise.number, due_text(told)),
        ("김상담", "callback_missed", promise.number, ""),
    }
    assert datetime.fromisoformat(due_text(told)) == promise.due_at


def due_text(rows: tuple[HistoryRow, ...]) -> str:
    return next(row.new for row in rows if row.field == "callback_promised")


def test_changes_since_a_version_are_the_newest_of_each_field(
    database: Database, kim: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    for title in ("하나", "둘", "셋"):
        change(database, ticket.id, "title = :title", title=title)
    since = database.call(changes_since, ticket.id, 2)
    assert [(one.field, one.theirs, one.changed_by) for one in since] == [("title", "셋", "김상담")]
    assert database.call(changes_since, ticket.id, 4) == ()


def test_recent_transfers_are_everyones_newest_first(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    buyer = make(database, a_customer, name="최구매")
    ticket = make(database, a_ticket, created_by=kim, customer=buyer, title="파손")
    for hop, values in enumerate(
        ({"to_agent": lee, "returned_at": NOW}, {"to_team": team, "recalled_at": NOW}), start=1
    ):
        sent_at = NOW + timedelta(seconds=hop)
        make(
            database,
            a_transfer,
            ticket=ticket,
            from_agent=kim,
            hop=hop,
            sent_at=sent_at,
            **values,
        )
    first = database.call(recent_transfers, None, 1)
    second = database.call(recent_transfers, first.next_key, 1)
    assert second.next_key is None
    told = [
        (row.from_agent, row.to_agent, row.transfer_state, row.hop, row.customer, row.title)
        for row in (*first.rows, *second.rows)
    ]
    assert told == [
        ("김상담", "물류팀", "recalled", 2, "최구매", "파손"),
        ("김상담", "이담당", "returned", 1, "최구매", "파손"),
    ]
