"""Every number of 현황판 is the length of the list behind it, over random work."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.board import CallBar, CallKind, TicketBar, TicketKind, age_bucket
from ets_desktop.queries.board import Board, board
from ets_desktop.queries.board_lists import calls_behind, tickets_behind
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_team,
    a_ticket,
    an_activity,
    an_agent,
    make,
)
from tests.people import EMPTY

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
#: Which of three agents, or None: nobody of ours.
WHO = st.one_of(st.none(), st.integers(0, 2))
AGENT = st.integers(0, 2)
#: Minutes ago, often where an age begins.
AGO = st.one_of(
    st.sampled_from([0, 59, 60, 61, 239, 240, 241, 719, 721, 1440, 4319, 4320, 10_080]),
    st.integers(-1, 12_000),
)
NOWS = st.sampled_from(
    [
        datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
        datetime(2026, 11, 24, 15, 10, tzinfo=UTC),  # ten past midnight in Seoul
        datetime(2026, 11, 24, 14, 59, 59, tzinfo=UTC),
    ]
)


@dataclass(frozen=True)
class Work:
    """A ticket as the strategies make it; moments in minutes before now."""

    status: str
    received: int
    completed: int
    due_in: int
    creator: int
    holder: int | None
    hop_to: int | None
    hop_sent: int
    hop_settled: str


@dataclass(frozen=True)
class Leg:
    agent: int | None
    phase: str
    end: str
    answered_after_s: int | None


@dataclass(frozen=True)
class Ring:
    direction: str
    rang: int
    legs: tuple[Leg, ...]


WORKS = st.builds(
    Work,
    status=st.sampled_from(["received", "transferred", "transferred", "completed", "discarded"]),
    received=AGO,
    completed=AGO,
    due_in=st.integers(-2, 2),
    creator=AGENT,
    holder=WHO,
    hop_to=WHO,
    hop_sent=st.sampled_from([0, 29, 30, 31, 59, 60, 61, 300]),
    hop_settled=st.sampled_from(["", "", "", "accepted_at", "returned_at", "recalled_at"]),
)
LEGS = st.builds(
    Leg,
    agent=WHO,
    phase=st.sampled_from(["ringing", "talking", "ended", "ended", "ended"]),
    end=st.sampled_from(
        ["completed", "abandoned", "no_answer", "answered_elsewhere", "transferred", "lost"]
    ),
    answered_after_s=st.one_of(st.none(), st.integers(0, 90)),
)
RINGS = st.builds(
    Ring,
    direction=st.sampled_from(["in", "in", "in", "out", "internal"]),
    rang=AGO,
    legs=st.lists(LEGS, max_size=3).map(tuple),
)


class House:
    """Three agents, two of them of one team, and what hypothesis gives them to do."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.driver_connection() as connection:
            connection.execute(EMPTY)
        self.team: Team = make(database, a_team, name="물류팀")
        self.agents: list[Agent] = [
            make(database, an_agent, name=name, extension=extension, team=team)
            for name, extension, team in (
                ("김상담", "101", self.team),
                ("이담당", "102", self.team),
                ("박담당", "103", None),
            )
        ]

    def fill(self, now: datetime, works: list[Work], rings: list[Ring]) -> None:
        with self.database.driver_connection() as connection:
            for number, work in enumerate(works):
                self._add_ticket(connection, now, number, work)
            for number, ring in enumerate(rings):
                self._add_call(connection, now, number, ring)

    def _who(self, which: int | None) -> int | None:
        return None if which is None else self.agents[which].id

    def _add_ticket(self, connection: Connection[Any], now: datetime, no: int, work: Work) -> None:
        creator, done = self._who(work.creator), work.status == "completed"
        values = {
            "no": f"no-{no}",
            "status": work.status,
            "due_on": (now + timedelta(days=work.due_in)).date(),
            "creator": creator,
            "holder": self._who(work.holder),
            "team": self.team.id if work.holder is None else None,
            "received": now - timedelta(minutes=work.received),
            "completed": now - timedelta(minutes=work.completed) if done else None,
            "completer": creator if done else None,
            "reason": "잘못 접수" if work.status == "discarded" else "",
        }
        row = connection.execute(
            "INSERT INTO ticket (ticket_no, client_id, status, ticket_type, content, due_on,"
            " caller_number, created_by, updated_by, assignee_id, assignee_team_id, created_at,"
            " completed_at, completed_by, discard_reason) VALUES (%(no)s, gen_random_uuid(),"
            " %(status)s, 'delivery', '문의', %(due_on)s, '01000000001', %(creator)s, %(creator)s,"
            " %(holder)s, %(team)s, %(received)s, %(completed)s, %(completer)s, %(reason)s)"
            " RETURNING id",
            values,
        ).fetchone()
        assert row is not None
        if work.status != "transferred":
            return
        connection.execute(
            "INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id, to_team_id, sent_at,"
            " accepted_at, returned_at, recalled_at) VALUES (%s, 1, %s, %s, %s, %s, %s, %s, %s)",
            [
                row[0],
                creator,
                self._who(work.hop_to),
                self.team.id if work.hop_to is None else None,
                now - timedelta(minutes=work.hop_sent),
                *(
                    now if work.hop_settled == settled else None
                    for settled in ("accepted_at", "returned_at", "recalled_at")
                ),
            ],
        )

    def _add_call(self, connection: Connection[Any], now: datetime, no: int, ring: Ring) -> None:
        rang_at = now - timedelta(minutes=ring.rang)
        row = connection.execute(
            "INSERT INTO call (link, vendor_call_id, direction, caller_number, rang_at)"
            " VALUES ('test', %s, %s, '01000000002', %s) RETURNING id",
            [str(no), ring.direction, rang_at],
        ).fetchone()
        assert row is not None
        for place, leg in enumerate(ring.legs):
            over, talked = leg.phase == "ended", leg.answered_after_s
            if leg.phase == "talking":
                talked = talked or 0
            elif leg.phase == "ringing":
                talked = None
            connection.execute(
                'INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, "end",'
                " rang_at, talked_at, ended_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    row[0],
                    str(place),
                    "999" if leg.agent is None else self.agents[leg.agent].extension,
                    "out" if ring.direction == "out" else "in",
                    leg.phase,
                    leg.end if over else None,
                    rang_at + timedelta(seconds=place),
                    None if talked is None else rang_at + timedelta(seconds=talked),
                    rang_at + timedelta(seconds=100) if over else None,
                ],
            )


def ticket_bars(found: Board) -> dict[TicketBar, int]:
    """Every number of tickets on the board."""
    kinds = {kind: getattr(found.totals, kind) for kind in TicketKind}
    bars = {TicketBar(kind): number for kind, number in kinds.items()}
    for age in found.ages:
        bars[TicketBar(TicketKind.OPEN, bucket=age.bucket)] = age.open
        bars[TicketBar(TicketKind.OVERDUE, bucket=age.bucket)] = age.overdue
    for bar in found.receivers:
        whose = {"agent_id": bar.agent_id, "team_id": bar.team_id}
        bars[TicketBar(TicketKind.WAITING, **whose)] = bar.waiting
        bars[TicketBar(TicketKind.LATE, **whose)] = bar.late
    for agent in found.agents:
        for kind in TicketKind:
            bars[TicketBar(kind, agent.agent_id)] = getattr(agent, kind)
    for done in found.completions:
        assert bars[TicketBar(TicketKind.COMPLETED, done.agent_id)] == done.completed
    return bars


def call_bars(found: Board) -> dict[CallBar, int]:
    """Every number of calls on the board; a half hour without any call is told by the whole."""
    bars = {
        CallBar(CallKind.RECEIVED): found.totals.calls,
        CallBar(CallKind.ANSWERED): found.totals.answered,
        CallBar(CallKind.ABANDONED): found.totals.abandoned,
        CallBar(CallKind.RINGING): found.totals.ringing,
        CallBar(CallKind.TALKED): sum(agent.talked for agent in found.agents),
        CallBar(CallKind.MISSED): sum(agent.missed for agent in found.agents),
    }
    for hour in found.half_hours:
        if hour.received:
            for kind in (CallKind.RECEIVED, CallKind.ANSWERED, CallKind.ABANDONED):
                bars[CallBar(kind, start=hour.start)] = getattr(hour, kind)
    for agent in found.agents:
        for kind in (CallKind.TALKED, CallKind.MISSED):
            bars[CallBar(kind, agent.agent_id)] = getattr(agent, kind)
    return bars


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(now=NOWS, works=st.lists(WORKS, max_size=25), rings=st.lists(RINGS, max_size=15))
def test_every_number_is_as_long_as_its_list(
    database: Database, now: datetime, works: list[Work], rings: list[Ring]
) -> None:
    house = House(database)
    house.fill(now, works, rings)
    for team_id in (None, house.team.id):
        found = database.call(board, now, team_id)
        tickets = {
            bar: database.call(tickets_behind, bar, now, team_id).rows for bar in ticket_bars(found)
        }
        assert {bar: len(rows) for bar, rows in tickets.items()} == ticket_bars(found)
        calls = {
            bar: database.call(calls_behind, bar, now, team_id).rows for bar in call_bars(found)
        }
        assert {bar: len(rows) for bar, rows in calls.items()} == call_bars(found)
        for bar, rows in tickets.items():
            assert len({row.ticket_id for row in rows}) == len(rows)
            if bar.bucket is not None:
                assert {age_bucket(row.created_at, now) for row in rows} <= {bar.bucket}
            if bar.kind is TicketKind.OVERDUE:
                assert all(row.is_red(now) for row in rows)
        opened = tickets[TicketBar(TicketKind.OPEN)]
        red = {row.ticket_id for row in opened if row.is_red(now)}
        assert red == {row.ticket_id for row in tickets[TicketBar(TicketKind.OVERDUE)]}
    opened_works = [work for work in works if work.status in ("received", "transferred")]
    assert database.call(board, now).totals.open == len(opened_works)


def test_a_call_tells_who_called_masked_and_who_answered(database: Database, kim: Agent) -> None:
    customer = make(database, a_customer, name="김정민", numbers=("01000000003",))
    call = make(database, a_call, caller_number="01000000003", queue="배송", rang_at=NOON)
    talked = {"talked_at": call.rang_at + timedelta(seconds=7), "end": "completed"}
    make(database, a_leg, call=call, agent=kim, **talked)
    ticket = make(database, a_ticket, created_by=kim)
    make(database, an_activity, ticket=ticket, call=call)
    (row,) = database.call(calls_behind, CallBar(CallKind.ANSWERED), NOON).rows
    assert (row.number, row.customer) == ("010-****-0003", "김*민")
    assert (row.customer_id, row.agent, row.extension) == (customer.id, "김상담", "101")
    assert (row.state, row.wait_s, row.ticket_no) == ("completed", 7.0, ticket.ticket_no)


def test_a_call_that_nobody_took_tells_where_it_rang_last(
    database: Database, kim: Agent, lee: Agent
) -> None:
    call = make(database, a_call, rang_at=NOON)
    for place, agent in enumerate((kim, lee)):
        rang_at = call.rang_at + timedelta(seconds=place)
        make(database, a_leg, call=call, agent=agent, rang_at=rang_at, end="no_answer")
    (row,) = database.call(calls_behind, CallBar(CallKind.ABANDONED), NOON).rows
    assert (row.agent, row.state, row.wait_s) == ("이담당", "no_answer", None)
    (missed,) = database.call(calls_behind, CallBar(CallKind.MISSED, kim.id), NOON).rows
    assert (missed.agent, missed.call_id) == ("김상담", call.id)


def test_of_too_many_a_list_says_that_there_are_more(
    database: Database, kim: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ets_desktop.queries.board_lists.MOST", 1)
    for _ in "12":
        make(database, a_ticket, created_by=kim)
        make(database, a_leg, agent=kim)
    tickets = database.call(tickets_behind, TicketBar(TicketKind.OPEN))
    calls = database.call(calls_behind, CallBar(CallKind.RINGING))
    assert (len(tickets.rows), tickets.more) == (1, True)
    assert (len(calls.rows), calls.more) == (1, True)
