"""Calls of the invented shop: those behind tickets, today's of every extension, some of before."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ets_desktop.demo.crowd import Crowd
from ets_desktop.demo.sales import Sale
from ets_desktop.demo.staff import Worker
from ets_desktop.demo.tickets import Case
from ets_desktop.domain.calendar import seoul_date, start_of_day

#: Older tickets keep no call: a PBX forgets too.
CALLS_KEPT = timedelta(days=60)
_MISSED = ("no_answer", "no_answer", "abandoned", "declined")


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call that is over, with its one leg; `ticket_id` is the ticket it became a part of."""

    number: str
    customer_id: int | None
    extension: str
    direction: str
    rang_at: datetime
    talked_at: datetime | None
    ended_at: datetime
    end: str
    handled_at: datetime | None = None
    ticket_id: int | None = None


def calls_of_cases(
    numbered: list[tuple[int, Case]], now: datetime, rng: random.Random
) -> Iterator[PastCall]:
    """The calls in which the younger tickets of (id, case) were received."""
    for ticket_id, case in numbered:
        extension = case.creator.extension
        if case.origin != "phone" or extension is None or now - case.created_at > CALLS_KEPT:
            continue
        talked_for = timedelta(seconds=rng.randint(40, 420))
        talked_at = case.created_at - talked_for
        yield PastCall(
            number=case.number,
            customer_id=case.sale.customer_id,
            extension=extension,
            direction="in",
            rang_at=talked_at - timedelta(seconds=rng.randint(3, 20)),
            talked_at=talked_at,
            ended_at=case.created_at,
            end="completed",
            ticket_id=ticket_id,
        )


def calls_of_today(
    staff: list[Worker], sales: list[Sale], crowd: Crowd, now: datetime, rng: random.Random
) -> Iterator[PastCall]:
    """Six to twelve a telephone between the start of work (or midnight) and now."""
    opened = start_of_day(seoul_date(now)) + timedelta(hours=9)
    since = opened if now - opened > timedelta(hours=1) else start_of_day(seoul_date(now))
    for worker in staff:
        if worker.extension is not None:
            for _ in range(rng.randint(6, 12)):
                yield _call(worker.extension, rng.choice(sales), crowd, since, now, rng)


def calls_of_before(
    staff: list[Worker],
    sales: list[Sale],
    crowd: Crowd,
    now: datetime,
    rng: random.Random,
    count: int,
) -> Iterator[PastCall]:
    """`count` calls of the days before today, so that a caller may have called yesterday."""
    midnight = start_of_day(seoul_date(now))
    extensions = [worker.extension for worker in staff if worker.extension is not None]
    for _ in range(count):
        day = midnight - timedelta(days=1 + int(rng.random() ** 2 * 59))
        since, until = day + timedelta(hours=9), day + timedelta(hours=19)
        yield _call(rng.choice(extensions), rng.choice(sales), crowd, since, until, rng)


def _call(
    extension: str,
    sale: Sale,
    crowd: Crowd,
    since: datetime,
    until: datetime,
    rng: random.Random,
) -> PastCall:
    span = (until - since).total_seconds()
    rang_at = since + timedelta(seconds=round(rng.random() * span * 0.97))
    waited = timedelta(seconds=min(rng.randint(3, 25), int(span * 0.01) + 1))
    outgoing = rng.random() < 0.25
    missed = not outgoing and rng.random() < 0.3
    ended_at = min(rang_at + waited + timedelta(seconds=rng.randint(20, 400)), until)
    return PastCall(
        number=crowd.phone(sale.person),
        customer_id=sale.customer_id,
        extension=extension,
        direction="out" if outgoing else "in",
        rang_at=rang_at,
        talked_at=None if missed else rang_at + waited,
        ended_at=rang_at + waited if missed else max(ended_at, rang_at + waited),
        end=rng.choice(_MISSED) if missed else "completed",
        # Half of the missed calls were seen to.
        handled_at=rang_at + waited if missed and rng.random() < 0.5 else None,
    )
