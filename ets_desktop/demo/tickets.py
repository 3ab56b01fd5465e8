"""Tickets in every state, spread over the staff: first as values, then numbered and stored."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ets_desktop.demo import words
from ets_desktop.demo.crowd import Crowd
from ets_desktop.demo.sales import Sale
from ets_desktop.demo.staff import Worker
from ets_desktop.domain.ageing import default_due_on
from ets_desktop.domain.calendar import BusinessCalendar, seoul_date

_TYPES = tuple(words.TICKET_WORDS)
#: In a hundred, in the order of words.TICKET_WORDS.
TYPE_SHARES = (18, 30, 16, 12, 6, 10, 5, 3)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_STEPS = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Hop:
    """A transfer of a ticket to an agent or a team; times as offsets are already resolved."""

    from_id: int
    to_id: int | None
    to_team_id: int | None
    reason: str
    sent_at: datetime
    seen_at: datetime | None = None
    accepted_at: datetime | None = None
    returned_at: datetime | None = None
    recalled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A callback; `outcome` None is pending."""

    due_at: datetime
    assignee_id: int
    attempts: int = 0
    outcome: str | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One ticket before it has an id and a number."""

    client_id: UUID
    sale: Sale
    number: str
    ticket_type: str
    created_at: datetime
    creator: Worker
    status: str = "received"
    assignee_id: int | None = None
    assignee_team_id: int | None = None
    origin: str = "phone"
    closed_at: datetime | None = None
    due_on: date | None = None
    hops: tuple[Hop, ...] = ()
    promise: Promise | None = None
    tags: tuple[str, ...] = field(default=())

    @property
    def touched_at(self) -> datetime:
        times = [hop.sent_at for hop in self.hops]
        return max([self.created_at, *times, *([self.closed_at] if self.closed_at else [])])


class CaseBook:
    """Makes the cases of a shop, seeded."""

    def __init__(self, seed: int, crowd: Crowd, staff: list[Worker], now: datetime) -> None:
        self._rng = random.Random(f"{seed}/tickets")
        self._crowd = crowd
        self._agents = [worker for worker in staff if worker.extension is not None]
        self._now = now

    def open_cases(self, recent: list[Sale]) -> Iterator[Case]:
        """For every agent: some received, handed on and handed over, called back, overdue."""
        # What is handed on takes its time, one step after the other.
        recent = [sale for sale in recent if sale.ordered_at <= self._now - _STEPS] or recent
        for place, me in enumerate(self._agents):
            for _ in range(self._rng.randint(2, 4)):
                yield self._case(recent, me, self._ago(hours=20))
            yield self._overdue(self._case(recent, me, self._ago(hours=3 * 24) - 76 * HOUR))
            for state in ("waiting", "seen", "accepted", "returned", "recalled"):
                yield self._handed_on(self._case(recent, me, self._ago(hours=26)), state)
            yield self._called_back(self._case(recent, me, self._ago(hours=30)), late=False)
            if place % 3 == 0:
                yield self._called_back(self._case(recent, me, self._ago(hours=30)), late=True)
                yield self._to_a_team(self._case(recent, me, self._ago(hours=9)))

    def closed_cases(self, sales: list[Sale], count: int) -> Iterator[Case]:
        """`count` tickets that are done; one in fifty was discarded."""
        for _ in range(count):
            sale = self._rng.choice(sales)
            after = timedelta(hours=1 + self._rng.random() * 200)
            created_at = min(sale.ordered_at + after, self._now - 2 * HOUR)
            case = self._case([sale], self._rng.choice(self._agents), created_at)
            closed_at = min(created_at + timedelta(minutes=self._rng.randint(2, 4000)), self._now)
            status = "discarded" if self._rng.random() < 0.02 else "completed"
            case = replace(case, status=status, closed_at=closed_at)
            yield self._with_past(case, closed_at)

    def _with_past(self, case: Case, closed_at: datetime) -> Case:
        """One in eight was handed on before, one in ten was called back."""
        if self._rng.random() < 0.125:
            hop = self._hop(case, self._other(case.creator).id, until=closed_at)
            at = hop.sent_at + (closed_at - hop.sent_at) / 2
            accepted = replace(hop, seen_at=at, accepted_at=at)
            return replace(case, hops=(accepted,), assignee_id=hop.to_id)
        if self._rng.random() < 0.1:
            outcome = self._rng.choice(("succeeded", "succeeded", "cancelled"))
            promise = Promise(closed_at, case.creator.id, self._rng.randint(0, 2), outcome)
            return replace(case, promise=replace(promise, done_at=closed_at))
        return case

    def _case(self, sales: list[Sale], creator: Worker, at: datetime) -> Case:
        rng = self._rng
        sale = rng.choice(sales)
        kind = rng.choices(_TYPES, weights=TYPE_SHARES)[0]
        origin = rng.choice(("phone",) * 8 + ("chat", "email", "board", "sms"))
        return Case(
            client_id=UUID(int=rng.getrandbits(128), version=4),
            sale=sale,
            number=self._crowd.phone(sale.person),
            ticket_type=kind,
            created_at=max(at, sale.ordered_at) if at < self._now else self._now,
            creator=creator,
            assignee_id=creator.id,
            origin=origin,
            due_on=default_due_on(kind, seoul_date(at), BusinessCalendar()),
            tags=tuple(rng.sample(words.TAGS, 1)) if rng.random() < 0.2 else (),
        )

    def _ago(self, *, hours: int) -> datetime:
        return self._now - timedelta(minutes=self._rng.randint(4, hours * 60))

    def _overdue(self, case: Case) -> Case:
        created_at = self._now - timedelta(hours=self._rng.randint(80, 160))
        past = seoul_date(self._now) - timedelta(days=self._rng.randint(1, 3))
        return replace(case, created_at=created_at, due_on=past)

    def _other(self, worker: Worker) -> Worker:
        return self._rng.choice([agent for agent in self._agents if agent != worker])

    def _hop(
        self,
        case: Case,
        to_id: int | None,
        to_team_id: int | None = None,
        until: datetime | None = None,
    ) -> Hop:
        """Sent after it was received, with as much time for what comes before `until`."""
        room = (until or self._now) - case.created_at
        sent_at = case.created_at + min(timedelta(minutes=self._rng.randint(2, 40)), room / 2)
        reason = self._rng.choice(words.TRANSFER_REASONS)
        return Hop(case.creator.id, to_id, to_team_id, reason, sent_at)

    def _handed_on(self, case: Case, state: str) -> Case:
        to = self._other(case.creator)
        hop = self._hop(case, to.id)
        at = hop.sent_at + (self._now - hop.sent_at) / 2
        if state in ("returned", "recalled"):
            back = (
                replace(hop, seen_at=at, returned_at=at)
                if state == "returned"
                else replace(hop, recalled_at=at)
            )
            return replace(case, hops=(back,))
        hop = replace(
            hop,
            seen_at=None if state == "waiting" else at,
            accepted_at=at if state == "accepted" else None,
        )
        return replace(case, hops=(hop,), status="transferred", assignee_id=to.id)

    def _to_a_team(self, case: Case) -> Case:
        team_id = self._other(case.creator).team_id
        hop = self._hop(case, None, team_id)
        return replace(
            case, hops=(hop,), status="transferred", assignee_id=None, assignee_team_id=team_id
        )

    def _called_back(self, case: Case, *, late: bool) -> Case:
        minutes = self._rng.randint(20, 240)
        due_at = self._now + timedelta(minutes=-minutes if late else minutes)
        promise = Promise(due_at, case.creator.id, self._rng.randint(0, 2))
        return replace(case, promise=promise)


def numbered(cases: list[Case], last_numbers: dict[date, int]) -> Iterator[tuple[str, Case]]:
    """`cases` (sorted by created_at) with their YYMMDD-NNNNN; `last_numbers` moves along."""
    counters = Counter(last_numbers)
    for case in cases:
        day = seoul_date(case.created_at)
        counters[day] += 1
        last_numbers[day] = counters[day]
        yield f"{day:%y%m%d}-{counters[day]:05d}", case
