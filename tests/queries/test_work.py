"""담당자관련이력: what belongs in which list, what is red, and one snapshot for badge and rows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.queries.calls import call_history
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.queries.work import (
    AgentWork,
    CallbackRow,
    ListCount,
    TransferredRow,
    WorkList,
    agent_work,
    work_list,
    work_page,
)
from tests.factories import (
    a_call,
    a_callback,
    a_customer,
    a_leg,
    a_ticket,
    a_transfer,
    an_activity,
    an_order,
    an_order_line,
    make,
)
from tests.round_trips import round_trips

NOW = datetime.now(UTC)
NOTHING = ListCount(0, red=False)
LONG_AGO = {"created_at": NOW - timedelta(hours=73)}


def work_of(database: Database, agent: Agent, now: datetime = NOW) -> AgentWork:
    return database.call(agent_work, agent.id, now)


def rows(database: Database, agent: Agent, which: WorkList) -> list[TicketRow]:
    """The rows, which must be those of both ways to ask, and as many as the badge says."""
    work, first = database.call(work_list, agent.id, which, NOW)
    page = database.call(work_page, agent.id, which, None, 100)
    assert first == page
    count: ListCount = getattr(work, which)
    assert (count.count, count.red) == (len(page.rows), any(r.is_red(NOW) for r in page.rows))
    return list(page.rows)


def ids(found: list[TicketRow]) -> list[int]:
    return [row.ticket_id for row in found]


def test_an_agent_without_work_has_empty_lists(database: Database, kim: Agent) -> None:
    work = work_of(database, kim)
    assert (work.calls, work.received, work.total, work.red) == (NOTHING, NOTHING, 0, False)
    assert abs(work.as_of - datetime.now(UTC)) < timedelta(minutes=1)
    for which in WorkList:
        assert rows(database, kim, which) == []


def test_a_transfer_is_in_the_receivers_and_in_the_senders_list(
    database: Database, kim: Agent, lee: Agent
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee, reason="물류 확인")
    received = rows(database, lee, WorkList.RECEIVED_TRANSFERS)
    sent = rows(database, kim, WorkList.SENT_TRANSFERS)
    assert received == sent
    row = received[0]
    assert isinstance(row, TransferredRow)
    assert (row.ticket_id, row.transfer_id, row.from_agent, row.to_agent, row.reason) == (
        hop.ticket_id,
        hop.id,
        "김상담",
        "이담당",
        "물류 확인",
    )
    assert (row.transfer_state, row.assignee, row.to_team) == ("sent", "이담당", False)
    # Received by kim, handed on or not: in 접수 as well, and counted once.
    assert ids(rows(database, kim, WorkList.RECEIVED)) == [hop.ticket_id]
    assert work_of(database, kim).total == 1
    assert rows(database, kim, WorkList.RECEIVED_TRANSFERS) == []
    assert rows(database, lee, WorkList.SENT_TRANSFERS) == []
    assert rows(database, lee, WorkList.RECEIVED) == []


def test_a_chain_is_in_the_list_of_everyone_who_handed_it_on(
    database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=park, status="transferred")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, accepted_at=NOW)
    make(database, a_transfer, ticket=ticket, from_agent=lee, to_agent=park, hop=2)
    assert ids(rows(database, kim, WorkList.SENT_TRANSFERS)) == [ticket.id]
    assert ids(rows(database, lee, WorkList.SENT_TRANSFERS)) == [ticket.id]
    [row] = rows(database, park, WorkList.RECEIVED_TRANSFERS)
    assert isinstance(row, TransferredRow)
    assert row.from_agent == "이담당"


def test_what_came_back_is_no_longer_sent(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=kim, status="transferred")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, accepted_at=NOW)
    make(database, a_transfer, ticket=ticket, from_agent=lee, to_agent=kim, hop=2)
    assert rows(database, kim, WorkList.SENT_TRANSFERS) == []
    for outcome in ("returned_at", "recalled_at"):
        back = make(database, a_ticket, created_by=kim)
        make(database, a_transfer, ticket=back, from_agent=kim, to_agent=lee, **{outcome: NOW})
    assert rows(database, kim, WorkList.SENT_TRANSFERS) == []


def test_what_was_sent_twice_is_one_row(
    database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=park, status="transferred")
    for hop, receiver in enumerate((lee, park), start=1):
        make(
            database,
            a_transfer,
            ticket=ticket,
            from_agent=kim,
            to_agent=receiver,
            hop=hop,
            accepted_at=NOW,
        )
    [row] = rows(database, kim, WorkList.SENT_TRANSFERS)
    assert isinstance(row, TransferredRow)
    assert (row.to_agent, row.transfer_state) == ("박관리", "accepted")


def test_a_teams_ticket_is_sent_but_nobodys_yet(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    make(database, a_transfer, from_agent=kim, to_team=team)
    [row] = rows(database, kim, WorkList.SENT_TRANSFERS)
    assert isinstance(row, TransferredRow)
    assert (row.to_agent, row.to_team, row.assignee) == ("물류팀", True, "물류팀")
    assert rows(database, lee, WorkList.RECEIVED_TRANSFERS) == []


def test_a_transferred_ticket_is_shown_even_without_its_hop(
    database: Database, kim: Agent, lee: Agent
) -> None:
    make(database, a_ticket, created_by=kim, assignee=lee, status="transferred")
    [row] = rows(database, lee, WorkList.RECEIVED_TRANSFERS)
    assert isinstance(row, TransferredRow)
    assert (row.transfer_id, row.from_agent, row.to_agent) == (None, "", "")


@pytest.mark.parametrize("status", ["completed", "discarded"])
def test_a_closed_ticket_is_in_no_list(
    database: Database, kim: Agent, lee: Agent, status: str
) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=lee, status=status)
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, accepted_at=NOW)
    make(database, a_callback, ticket=ticket, assignee=lee)
    for agent in (kim, lee):
        assert work_of(database, agent).total == 0
        for which in WorkList:
            assert rows(database, agent, which) == []


def test_a_ticket_with_a_promise_is_under_callbacks_only(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    later = make(database, a_callback, ticket=ticket, assignee=kim, number="01000000007")
    soon = make(database, a_callback, assignee=kim, due_at=NOW + timedelta(minutes=5))
    assert rows(database, kim, WorkList.RECEIVED) == []
    first, second = rows(database, kim, WorkList.CALLBACKS)
    assert isinstance(first, CallbackRow)
    assert isinstance(second, CallbackRow)
    assert (first.callback_id, second.callback_id) == (soon.id, later.id)
    assert (second.callback_number, second.callback_at) == ("01000000007", later.due_at)
    assert (second.attempts, second.last_outcome) == (0, "")


def test_a_promise_tells_its_last_attempt(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_callback, ticket=ticket, assignee=kim, outcome="missed", attempts=1)
    make(database, a_callback, ticket=ticket, assignee=kim, attempts=1)
    [row] = rows(database, kim, WorkList.CALLBACKS)
    assert isinstance(row, CallbackRow)
    assert (row.attempts, row.last_outcome) == (1, "missed")


def test_a_kept_promise_brings_the_ticket_back_to_received(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_callback, ticket=ticket, assignee=kim, outcome="succeeded")
    assert ids(rows(database, kim, WorkList.RECEIVED)) == [ticket.id]


def test_what_came_to_me_otherwise_is_mine_too(database: Database, kim: Agent, lee: Agent) -> None:
    taken_over = make(database, a_ticket, created_by=lee, assignee=kim)
    assert ids(rows(database, kim, WorkList.RECEIVED)) == [taken_over.id]
    assert ids(rows(database, lee, WorkList.RECEIVED)) == [taken_over.id]


RED_AND_NOT: list[tuple[dict[str, Any], bool]] = [
    ({"due_on": seoul_date(NOW)}, False),
    ({"due_on": seoul_date(NOW) - timedelta(days=1)}, True),
    (LONG_AGO, True),
    ({"created_at": NOW - timedelta(hours=71)}, False),
]


@pytest.mark.parametrize(("values", "red"), RED_AND_NOT)
def test_a_number_is_red_when_a_row_behind_it_is(
    database: Database, kim: Agent, lee: Agent, values: dict[str, Any], red: bool
) -> None:
    make(database, a_ticket, created_by=kim, **values)
    called = make(database, a_ticket, created_by=kim, **values)
    make(database, a_callback, ticket=called, assignee=kim)
    handed = make(database, a_ticket, created_by=kim, assignee=lee, status="transferred", **values)
    make(database, a_transfer, ticket=handed, from_agent=kim, to_agent=lee, accepted_at=NOW)
    for agent, lists in (
        (kim, (WorkList.RECEIVED, WorkList.CALLBACKS, WorkList.SENT_TRANSFERS)),
        (lee, (WorkList.RECEIVED_TRANSFERS,)),
    ):
        assert work_of(database, agent).red is red
        for which in lists:
            assert {row.is_red(NOW) for row in rows(database, agent, which)} == {red}


@pytest.mark.parametrize(("minutes", "red"), [(29, False), (31, True)])
def test_an_offer_nobody_accepts_turns_red(
    database: Database, kim: Agent, lee: Agent, minutes: int, red: bool
) -> None:
    sent_at = NOW - timedelta(minutes=minutes)
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=sent_at)
    assert rows(database, kim, WorkList.SENT_TRANSFERS)[0].is_red(NOW) is red
    assert rows(database, lee, WorkList.RECEIVED_TRANSFERS)[0].is_red(NOW) is red
    assert hop.accepted_at is None


def test_a_teams_offer_has_an_hour(database: Database, kim: Agent, team: Team) -> None:
    sent_at = NOW - timedelta(minutes=59)
    make(database, a_transfer, from_agent=kim, to_team=team, sent_at=sent_at)
    assert not work_of(database, kim).sent_transfers.red
    assert work_of(database, kim, NOW + timedelta(minutes=2)).sent_transfers.red


def test_calls_count_with_an_open_ticket_or_missed_and_not_handled(
    database: Database, kim: Agent, lee: Agent
) -> None:
    def leg(agent: Agent, ticket: Ticket | None = None, **values: Any) -> None:
        call = make(database, a_call, rang_at=values.get("rang_at", NOW))
        make(database, a_leg, call=call, agent=agent, **values)
        if ticket is not None:
            make(database, an_activity, ticket=ticket, call=call)

    lees = make(database, a_ticket, created_by=lee)
    done = make(database, a_ticket, created_by=lee, status="completed")
    leg(kim, end="no_answer")
    leg(kim, lees, end="completed", talked_at=NOW)
    leg(kim, done, end="completed", talked_at=NOW)
    leg(kim, end="abandoned", handled_at=NOW)
    leg(kim, end="answered_elsewhere")
    leg(kim, end="transferred")
    leg(kim, end="busy", direction="out")
    leg(kim)
    leg(kim, end="no_answer", rang_at=NOW - timedelta(days=1))
    leg(lee, end="no_answer")
    work = work_of(database, kim)
    assert (work.calls.count, work.total) == (2, 1)
    shown = database.call(call_history, "101", seoul_date(NOW))
    wanting = [
        row for row in shown if row.ticket_id == lees.id or (row.is_missed and not row.is_handled)
    ]
    assert len(wanting) == work.calls.count


def test_a_call_that_rang_twice_counts_once(database: Database, kim: Agent) -> None:
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim, end="no_answer")
    assert work_of(database, kim).calls.count == 1
    make(database, a_leg, call=call, agent=kim, end="completed", talked_at=NOW)
    assert work_of(database, kim).calls.count == 0


def test_a_calls_number_is_red_when_its_ticket_is(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, **LONG_AGO)
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim, end="completed", talked_at=NOW)
    make(database, an_activity, ticket=ticket, call=call)
    assert work_of(database, kim).calls == ListCount(1, red=True)


def test_the_pages_of_a_list_follow_each_other(database: Database, kim: Agent, lee: Agent) -> None:
    hops = [make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=NOW) for _ in range(5)]
    make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=NOW - timedelta(hours=1))
    for agent, which in ((kim, WorkList.SENT_TRANSFERS), (lee, WorkList.RECEIVED_TRANSFERS)):
        whole = [row.ticket_id for row in rows(database, agent, which)]
        assert sorted(whole[:5]) == sorted(hop.ticket_id for hop in hops)
        work, page = database.call(work_list, agent.id, which, NOW, 2)
        assert getattr(work, which).count == 6
        walked = list(page.rows)
        while page.next_key is not None:
            page = database.call(work_page, agent.id, which, page.next_key, 2)
            walked += page.rows
        assert ids(walked) == whole


def test_a_row_tells_the_names_behind_its_ids(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer, name="최구매", numbers=("01000000001", "01000000002"))
    order = make(database, an_order, channel_order_no="20261121-0000001")
    line = make(database, an_order_line, order=order)
    about = make(database, a_ticket, created_by=kim, customer=buyer, order_line=line)
    make(database, a_ticket, created_by=kim, caller_number="01000000003")
    unknown, row = rows(database, kim, WorkList.RECEIVED)
    assert (unknown.customer, unknown.phone, unknown.order_no, unknown.product) == (
        "",
        "01000000003",
        "",
        "",
    )
    assert (row.ticket_id, row.customer, row.phone) == (about.id, "최구매", "01000000002")
    assert row.order_no == f"S{line.order_id:09d}"
    assert row.channel_order_no == "20261121-0000001"
    assert row.product.startswith("무선 청소기")
    assert (row.title, row.status, row.is_open, row.completed_at) == (
        "배송 문의",
        "received",
        True,
        None,
    )


def test_every_question_is_one_round_trip(database: Database, kim: Agent) -> None:
    make(database, a_transfer, from_agent=kim)
    assert round_trips(database, agent_work, kim.id, NOW) == 1
    for which in WorkList:
        assert round_trips(database, work_list, kim.id, which, NOW) == 1
        assert round_trips(database, work_page, kim.id, which, None, 50) == 1


def test_the_day_of_calls_is_the_day_in_seoul(database: Database, kim: Agent) -> None:
    # 15:00 in Greenwich is midnight in Seoul.
    before, after = (datetime(2026, 11, 20, hour, 30, tzinfo=UTC) for hour in (14, 15))
    for rang_at in (before, after):
        call = make(database, a_call, rang_at=rang_at)
        make(database, a_leg, call=call, agent=kim, end="no_answer")
    now = datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert work_of(database, kim, now).calls.count == 1
    assert seoul_date(now) == date(2026, 11, 21)
