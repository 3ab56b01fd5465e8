"""What the agent sees, offscreen: start, login, ring, search, scrolling, stalls."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Any
from uuid import uuid4

from ets_desktop.bench import search_floors as floors
from ets_desktop.bench.ground import Ground
from ets_desktop.bench.probing import EXTENSION, Probe, probe, visitor
from ets_desktop.bench.rings import LINK, forget_calls
from ets_desktop.bench.searches import pop_by_hand
from ets_desktop.bench.timing import Figure, Spread, spread_of, timed
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.services.calls import record_leg_event

#: Starts of processes are few: each takes a second.
STARTS = 7
RINGS = 50
_SCROLLS = 120


def start(ground: Ground) -> Iterator[Figure]:
    """From the start of the process to the painted window; its memory then."""
    url = ground.database.url
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    for _ in range(_starts(ground)):
        for module, into in (("bare_window", bare), ("login_window", ours)):
            with probe(module, url) as started:
                memory = float(started.hear())
                into.append(((perf_counter() - started.began) * 1000, memory))
    yield Figure(
        "window start",
        "process start to login window; floor: a bare PySide6 window",
        spread_of([ms for ms, _ in ours]),
        spread_of([ms for ms, _ in bare]),
        goal=1.25,
    )
    yield Figure(
        "window memory",
        "at the login window; floor: a bare PySide6 window",
        spread_of([mb for _, mb in ours]),
        spread_of([mb for _, mb in bare]),
        unit="MB",
    )


def _starts(ground: Ground) -> int:
    return max(1, min(STARTS, ground.rounds // 10))


def login(ground: Ground) -> Iterator[Figure]:
    """From 로그인 to a desk whose first lists are there."""
    ours: list[float] = []
    bare: list[float] = []
    with visitor(ground) as guest:
        for _ in range(_starts(ground)):
            with probe("bare_login", guest.url, guest.url) as started:
                bare.append(float(started.hear()["ms"]))
            with probe("desk", ground.database.url, guest.login, guest.password) as desk:
                ours.append(float(desk.hear()["ms"]))
    yield Figure(
        "login to usable",
        "로그인 to the first lists; floor: imports of the drivers, connect, first lists by hand",
        spread_of(ours),
        spread_of(bare),
        goal=1.3,
    )


def desk(ground: Ground) -> Iterator[Figure]:
    """One desk: rings painted, a search painted, scrolling, and what delayed its GUI thread."""
    numbers = ground.some(
        b"SELECT orderer_phone FROM sales_order WHERE id = ANY(%(ids)s) AND orderer_phone <> ''"
    )
    with visitor(ground) as guest:
        try:
            with probe("desk", ground.database.url, guest.login, guest.password) as running:
                running.hear()
                yield from _painted(ground, running, numbers)
        finally:
            forget_calls(ground)


def _painted(ground: Ground, running: Probe, numbers: list[Any]) -> Iterator[Figure]:
    frame = spread_of(running.ask("frames", ground.rounds))
    # What the probe itself held up is not the desk's.
    running.ask("stalls")
    yield _rings(ground, running, numbers, frame)
    yield _searches(ground, running, frame)
    late, worst = running.ask("stalls")
    yield Figure(
        "GUI thread stall",
        "how late a 5 ms beat was during rings and searches: p50, and the worst as p99",
        Spread(spread_of(late).p50, max(late)),
        note="the goal is no stall over 50 ms",
        worst=worst,
    )
    scrolls = spread_of(running.ask("scroll", _SCROLLS))
    yield Figure("scroll step", "three rows, painted", scrolls, frame, limit=16.0)
    memory = spread_of([float(running.ask("memory"))])
    yield Figure("desk memory", "after all of the above", memory, unit="MB")


def _rings(ground: Ground, running: Probe, numbers: list[Any], frame: Spread) -> Figure:
    rings = min(RINGS, ground.rounds)
    for rung, number in enumerate((numbers * rings)[:rings], start=1):
        end = _ring(ground, number)
        # A caller who hangs up before the strip is painted is no measurement.
        running.ask("rings", rung)
        end()
    pops = spread_of([timed(partial(pop_by_hand, ground, number)) for number in numbers])
    return Figure(
        "ring to painted",
        f"{rings} rings one after the other; floor: pop by hand + a bare frame",
        spread_of(running.ask("rings", rings)),
        _sum(pops, frame),
        limit=25.0,
    )


def _searches(ground: Ground, running: Probe, frame: Spread) -> Figure:
    running.ask("search", "김정민")
    shown = [float(running.ask("search", "김정민")) for _ in range(min(20, ground.rounds))]
    by_hand = partial(ground.by_hand, floors.NAME, {"v": "김정민"})
    return Figure(
        "search to painted",
        "조회 to the first page on the screen; floor: by hand + a bare frame",
        spread_of(shown),
        _sum(spread_of([timed(by_hand) for _ in shown]), frame),
        goal=2.0,
        limit=50.0,
    )


def _ring(ground: Ground, number: str) -> Callable[[], object]:
    """Let the visitor's extension ring; what comes back ends the call."""
    now, key = datetime.now(UTC), uuid4().hex
    ringing = LegEvent(
        link=LINK,
        vendor_call_id=key,
        leg_key=key,
        extension=EXTENSION,
        direction=Direction.IN,
        phase=Phase.RINGING,
        at=now,
        heard_at=now,
        event_key=f"{key}-ringing",
        number=number,
    )
    over = replace(ringing, phase=Phase.ENDED, end=End.ABANDONED, event_key=f"{key}-ended")
    ground.database.call(record_leg_event, ringing)
    return partial(ground.database.call, record_leg_event, over)


def _sum(one: Spread, other: Spread) -> Spread:
    return Spread(one.p50 + other.p50, one.p99 + other.p99)
