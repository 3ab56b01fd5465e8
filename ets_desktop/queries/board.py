"""현황판 of supervisors (spec 60): who is in which state, and today's numbers, of one moment."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from psycopg import Cursor
from psycopg.rows import dict_row
from psycopg.sql import SQL, Composed
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.board import (
    AgeBucket,
    CallKind,
    TicketKind,
    half_hours,
)
from ets_desktop.domain.transfers import LIMITS, AcceptLimits
from ets_desktop.queries.board_sets import (
    AT_AGENTS,
    CALL_SETS,
    HALF_HOUR_OF,
    HEARD,
    IS_ABANDONED,
    IS_ANSWERED,
    IS_LATE,
    IS_MISSED,
    IS_RED,
    IS_TALKED,
    TICKET_SETS,
    asked_at,
    look,
)


@dataclass(frozen=True, slots=True)
class BoardAgent:
    """An agent, or anybody else who is at a desk. `team` and `extension` are "" without one;
    `cause` says why the state is what it is (agent_states.Cause). The numbers are those of
    TicketKind and CallKind; `offered`: a task lies before the agent (대기열)."""

    agent_id: int
    name: str
    login: str
    role: str
    team_id: int | None
    team: str
    extension: str
    state: AgentState
    since: datetime
    after: str
    cause: str
    talked: int
    missed: int
    received: int
    completed: int
    open: int
    overdue: int
    waiting: int
    late: int
    offered: bool


@dataclass(frozen=True, slots=True)
class HalfHour:
    """The calls that came in within the half hour from `start`: all, with somebody who talked,
    with nobody; from the first ring to the answer in whole seconds, reckoned as 통계 does (the
    smallest that half, nine tenths, did not exceed), None where none was answered."""

    start: datetime
    received: int
    answered: int
    abandoned: int
    median_s: int | None
    p90_s: int | None


@dataclass(frozen=True, slots=True)
class AgeBar:
    """The open tickets of that age, and how many of them are red."""

    bucket: AgeBucket
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ReceiverBar:
    """What waits to be accepted by an agent or (`agent_id` None) by a team; the longest since
    `since`."""

    agent_id: int | None
    team_id: int | None
    name: str
    waiting: int
    late: int
    since: datetime


@dataclass(frozen=True, slots=True)
class CompletedBar:
    """What an agent completed today; whoever did none is not there."""

    agent_id: int
    name: str
    completed: int


@dataclass(frozen=True, slots=True)
class BoardTotals:
    """The numbers of the wallboard. `longest_ringing_since` and `longest_waiting_since` are None
    when nobody rings, nothing waits; `states` counts the agents per state, those without any too.
    """

    ringing: int
    longest_ringing_since: datetime | None
    calls: int
    answered: int
    abandoned: int
    open: int
    overdue: int
    received: int
    completed: int
    waiting: int
    late: int
    longest_waiting_since: datetime | None
    states: Mapping[AgentState, int]

    @property
    def answer_rate(self) -> float | None:
        """The answered part of today's calls that are decided, 0 to 1; None before the first."""
        decided = self.answered + self.abandoned
        return self.answered / decided if decided else None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of one snapshot; nothing in it is older than `taken_at` (database clock).

    `half_hours` run from midnight in Seoul to the one under way, `ages` hold every AgeBucket,
    `receivers` come longest waiting first, `completions` most first.
    """

    taken_at: datetime
    agents: tuple[BoardAgent, ...]
    half_hours: tuple[HalfHour, ...]
    ages: tuple[AgeBar, ...]
    receivers: tuple[ReceiverBar, ...]
    completions: tuple[CompletedBar, ...]
    totals: BoardTotals


_Row = dict[str, Any]

#: From the columns of which statement the numbers of an agent come.
_NUMBERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "open": {"open": "open", "overdue": "overdue"},
        "waiting": {"waiting": "waiting", "late": "late"},
        "received": {"number": "received"},
        "completed": {"number": "completed"},
        "calls": {"talked": "talked", "missed": "missed"},
    }
)
_AGENTS = SQL("""
    SELECT a.id AS agent_id, a.name, a.login, a.role, a.team_id,
        coalesce((SELECT m.name FROM team m WHERE m.id = a.team_id), '') AS team,
        coalesce(a.extension, '') AS extension, a.state, a.state_since AS since,
        coalesce(a.state_after, '') AS after, a.state_cause AS cause,
        EXISTS (SELECT FROM task_offer o WHERE o.agent_id = a.id AND o.ended_at IS NULL) AS offered
    FROM agent a
    WHERE a.active AND (a.role = 'agent' OR a.state <> 'logged_out')
      AND (%(team)s::smallint IS NULL OR a.team_id = %(team)s)
    ORDER BY team, a.name, a.id
""")
_OPEN = SQL("""
    SELECT t.assignee_id AS agent_id,
        width_bucket(t.created_at, %(bounds)s::timestamptz[]) AS place,
        count(*) AS open, count(*) FILTER (WHERE {red}) AS overdue
    {found} GROUP BY 1, 2
""")
_WAITING = SQL("""
    SELECT x.to_agent_id AS agent_id, x.to_team_id AS team_id,
        coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                 (SELECT m.name FROM team m WHERE m.id = x.to_team_id)) AS name,
        count(*) AS waiting, count(*) FILTER (WHERE {late}) AS late, min(x.sent_at) AS since
    {found} GROUP BY 1, 2 ORDER BY since, name
""")
_DONE = SQL("""
    SELECT {who} AS agent_id, (SELECT a.name FROM agent a WHERE a.id = {who}) AS name,
        count(*) AS number
    {found} GROUP BY 1 ORDER BY number DESC, name
""")
_HALF_HOURS = SQL("""
    SELECT {half_hour} AS place, count(*) AS received,
        count(*) FILTER (WHERE {answered}) AS answered,
        count(*) FILTER (WHERE {abandoned}) AS abandoned,
        percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY greatest(0, floor(extract(epoch FROM legs.talked_at - c.rang_at)))::integer
        ) FILTER (WHERE {answered}) AS answer_s
    FROM {heard} GROUP BY 1
""").format(half_hour=HALF_HOUR_OF, answered=IS_ANSWERED, abandoned=IS_ABANDONED, heard=HEARD)
_CALLS = SQL("""
    SELECT leg.agent_id, count(*) FILTER (WHERE {talked}) AS talked,
        count(*) FILTER (WHERE {missed}) AS missed
    FROM {at_agents} GROUP BY 1
""").format(talked=IS_TALKED, missed=IS_MISSED, at_agents=AT_AGENTS)
_RINGING = SQL("SELECT count(*) AS ringing, min(c.rang_at) AS since FROM {}").format(
    CALL_SETS[CallKind.RINGING]
)


def board(
    session: Session,
    now: datetime | None = None,
    team_id: int | None = None,
    limits: AcceptLimits = LIMITS,
) -> Board:
    """The whole board of a team, or of all; `now` (None: the database's clock) decides what is
    today, how old, and late. One snapshot in three round trips.

    Must be the first to read in its transaction.
    """
    taken_at = look(session)
    read = _read(session, team_id, asked_at(now or taken_at, team_id, limits))
    agents = _agents(read)
    hours = _half_hours(read["half_hours"], now or taken_at)
    ages = _ages(read["open"])
    receivers = tuple(ReceiverBar(**row) for row in read["waiting"])
    completions = tuple(
        CompletedBar(row["agent_id"], row["name"], row["number"]) for row in read["completed"]
    )
    totals = BoardTotals(
        ringing=read["ringing"][0]["ringing"],
        longest_ringing_since=read["ringing"][0]["since"],
        calls=sum(hour.received for hour in hours),
        answered=sum(hour.answered for hour in hours),
        abandoned=sum(hour.abandoned for hour in hours),
        open=sum(bar.open for bar in ages),
        overdue=sum(bar.overdue for bar in ages),
        received=sum(row["number"] for row in read["received"]),
        completed=sum(bar.completed for bar in completions),
        waiting=sum(bar.waiting for bar in receivers),
        late=sum(bar.late for bar in receivers),
        longest_waiting_since=min((bar.since for bar in receivers), default=None),
        states=_states(agents),
    )
    return Board(taken_at, agents, hours, ages, receivers, completions, totals)


def _read(session: Session, team_id: int | None, asked: dict[str, Any]) -> dict[str, list[_Row]]:
    """The rows of every statement, all sent at once."""
    statements: dict[str, SQL | Composed] = {
        "agents": _AGENTS,
        "open": _OPEN.format(red=IS_RED, found=TICKET_SETS[TicketKind.OPEN].found(team_id)),
        "waiting": _WAITING.format(
            late=IS_LATE, found=TICKET_SETS[TicketKind.WAITING].found(team_id)
        ),
        "received": _done(TicketKind.RECEIVED, team_id),
        "completed": _done(TicketKind.COMPLETED, team_id),
        "half_hours": _HALF_HOURS,
        "calls": _CALLS,
        "ringing": _RINGING,
    }
    driver = driver_of(session)
    cursors: dict[str, Cursor[_Row]] = {}
    with driver.pipeline():
        for name, statement in statements.items():
            cursors[name] = driver.cursor(row_factory=dict_row).execute(statement, asked)
    return {name: cursor.fetchall() for name, cursor in cursors.items()}


def _done(kind: TicketKind, team_id: int | None) -> Composed:
    done = TICKET_SETS[kind]
    return _DONE.format(who=done.who, found=done.found(team_id))


def _agents(read: dict[str, list[_Row]]) -> tuple[BoardAgent, ...]:
    numbers: dict[int, Counter[str]] = defaultdict(Counter)
    for name, columns in _NUMBERS.items():
        for row in read[name]:
            for column, number in columns.items():
                numbers[row["agent_id"]][number] += row[column]
    counted = sorted({number for columns in _NUMBERS.values() for number in columns.values()})
    agents = []
    for row in read["agents"]:
        of_agent = numbers[row["agent_id"]]
        found = row | {number: of_agent[number] for number in counted}
        agents.append(BoardAgent(**found | {"state": AgentState(row["state"])}))
    return tuple(agents)


def _half_hours(read: list[_Row], now: datetime) -> tuple[HalfHour, ...]:
    found = {row["place"]: row for row in read}
    hours = []
    for place, start in enumerate(half_hours(now, max(found, default=-1) + 1)):
        row = found.get(place)
        if row is None:
            hours.append(HalfHour(start, 0, 0, 0, None, None))
            continue
        median, p90 = row["answer_s"] or (None, None)
        hours.append(
            HalfHour(start, row["received"], row["answered"], row["abandoned"], median, p90)
        )
    return tuple(hours)


def _ages(read: list[_Row]) -> tuple[AgeBar, ...]:
    """Youngest first; the database numbers them from the oldest on."""
    opened: Counter[int] = Counter()
    overdue: Counter[int] = Counter()
    for row in read:
        opened[row["place"]] += row["open"]
        overdue[row["place"]] += row["overdue"]
    last = len(AgeBucket) - 1
    return tuple(
        AgeBar(bucket, opened[last - place], overdue[last - place])
        for place, bucket in enumerate(AgeBucket)
    )


def _states(agents: tuple[BoardAgent, ...]) -> Mapping[AgentState, int]:
    found = Counter(agent.state for agent in agents)
    return MappingProxyType({state: found[state] for state in AgentState})
