"""A small shop's day on the telephone, invented: callers, hold-ups, abandoned calls; dials too."""

import heapq
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Condition

from ets_desktop.domain.calls import UNANSWERED_BY, Direction, End, LegEvent, Phase
from ets_desktop.pbx.protocol import Capabilities, OnEvent
from ets_desktop.pbx.scene import Scene, option, refuse_unknown
from ets_desktop.settings import GatewayLink

#: One step of an invented leg: seconds after its beginning, phase, end, who did not answer.
Step = tuple[float, Phase, End | None, str]

_SECONDS_OF_AN_HOUR = 3600.0


class Simulator:
    """Idle until dialled unless `calls_per_hour` says otherwise; the same seed is the same day.

    `speed` 2 lets everything happen twice as fast.
    """

    def __init__(
        self,
        link: str,
        scene: Scene,
        *,
        calls_per_hour: float = 0.0,
        speed: float = 1.0,
        seed: int = 1,
    ) -> None:
        self._link = link
        self._scene = scene
        self._calls_per_hour = calls_per_hour
        self._speed = speed
        self._dice = random.Random(seed)
        self._agenda: list[tuple[float, int, LegEvent]] = []
        self._busy: dict[str, int] = {}
        self._dialled: set[str] = set()
        self._count = 0
        self._run = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        self._bell = Condition()
        self._stopping = False

    @classmethod
    def of_link(cls, link: GatewayLink, scene: Scene) -> "Simulator":
        """Options: `calls_per_hour`, `speed`, `seed`."""
        refuse_unknown(link, {"calls_per_hour", "speed", "seed"})
        return cls(
            link.name,
            scene,
            calls_per_hour=max(0.0, option(link, "calls_per_hour", float, 0.0)),
            speed=max(0.01, option(link, "speed", float, 1.0)),
            seed=option(link, "seed", int, 1),
        )

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(dials=True)

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        on_up()
        next_caller = self._moment_of_next_caller()
        while not self._stopping:
            event = self._next_event(next_caller)
            if event is not None:
                on_event(event)
            elif time.monotonic() >= next_caller:
                self._call_in()
                next_caller = self._moment_of_next_caller()

    def legs_under_way(self) -> frozenset[str]:
        return frozenset()

    def stop(self) -> None:
        with self._bell:
            self._stopping = True
            self._bell.notify_all()

    def dial(self, extension: str, number: str, request_id: str) -> None:
        with self._bell:
            if request_id in self._dialled:
                return
            self._dialled.add(request_id)
            leg = self._leg(extension, number, Direction.OUT, request_id)
            self._plan(leg, outgoing_steps(self._dice))

    def _call_in(self) -> None:
        """Somebody calls a phone that is free; if none is, they are not put through."""
        with self._bell:
            free = [e for e in self._scene.extensions if not self._busy.get(e)]
            if free and self._scene.numbers:
                extension = self._dice.choice(free)
                number = self._dice.choice(self._scene.numbers)
                self._count += 1
                leg = self._leg(extension, number, Direction.IN, f"{self._run}-{self._count}")
                self._plan(leg, incoming_steps(self._dice))

    def _leg(self, extension: str, number: str, direction: Direction, key: str) -> LegEvent:
        now = datetime.now(UTC)
        return LegEvent(
            link=self._link,
            vendor_call_id=key,
            leg_key=key,
            extension=extension,
            direction=direction,
            phase=Phase.RINGING,
            at=now,
            heard_at=now,
            event_key=f"{self._link}:{key}",
            number=number,
        )

    def _plan(self, leg: LegEvent, steps: list[Step]) -> None:
        began = time.monotonic()
        self._busy[leg.extension] = self._busy.get(leg.extension, 0) + 1
        for number, (second, phase, end, unanswered_by) in enumerate(steps):
            event = replace(
                leg,
                phase=phase,
                end=end,
                event_key=f"{leg.event_key}:{number}",
                details={UNANSWERED_BY: unanswered_by} if unanswered_by else {},
            )
            self._count += 1
            heapq.heappush(self._agenda, (began + second / self._speed, self._count, event))
        self._bell.notify_all()

    def _next_event(self, deadline: float) -> LegEvent | None:
        """What is due first, waited for until `deadline` at most; None then, or when stopped."""
        with self._bell:
            while not self._stopping:
                now = time.monotonic()
                due = self._agenda[0][0] if self._agenda else deadline
                if self._agenda and due <= now:
                    event = heapq.heappop(self._agenda)[2]
                    if event.phase is Phase.ENDED:
                        self._busy[event.extension] -= 1
                    return replace(event, at=datetime.now(UTC))
                if now >= deadline:
                    return None
                self._bell.wait(min(due, deadline) - now)
        return None

    def _moment_of_next_caller(self) -> float:
        if not self._calls_per_hour:
            return time.monotonic() + _SECONDS_OF_AN_HOUR
        rate = self._calls_per_hour * self._speed / _SECONDS_OF_AN_HOUR
        return time.monotonic() + self._dice.expovariate(rate)


def incoming_steps(dice: random.Random) -> list[Step]:
    """What becomes of a call from outside: most are answered, some callers give up."""
    steps: list[Step] = [(0.0, Phase.RINGING, None, "")]
    fate = dice.random()
    if fate < 0.2:
        return [*steps, (dice.uniform(5, 25), Phase.ENDED, End.ABANDONED, "")]
    if fate < 0.26:
        return [*steps, (20.0, Phase.ENDED, End.NO_ANSWER, "")]
    if fate < 0.3:
        return [*steps, (dice.uniform(1, 4), Phase.ENDED, End.DECLINED, "")]
    answered = dice.uniform(2, 8)
    return [*steps, *_talk(dice, answered)]


def outgoing_steps(dice: random.Random) -> list[Step]:
    """Click-to-call: the agent's own phone rings first, then the customer's."""
    taken = dice.uniform(1, 2.5)
    steps: list[Step] = [(0.0, Phase.RINGING, None, ""), (taken, Phase.DIALLING, None, "")]
    fate = dice.random()
    if fate < 0.1:
        return [*steps, (taken + dice.uniform(1, 3), Phase.ENDED, End.BUSY, "customer")]
    if fate < 0.25:
        return [*steps, (taken + 25.0, Phase.ENDED, End.NO_ANSWER, "customer")]
    return [*steps, *_talk(dice, taken + dice.uniform(3, 12))]


def _talk(dice: random.Random, begins: float) -> list[Step]:
    steps: list[Step] = [(begins, Phase.TALKING, None, "")]
    ends = begins + dice.uniform(20, 240)
    if dice.random() < 0.2:
        held = begins + dice.uniform(0.3, 0.5) * (ends - begins)
        back = held + dice.uniform(0.3, 0.9) * (ends - held)
        steps += [(held, Phase.HELD, None, ""), (back, Phase.TALKING, None, "")]
    return [*steps, (ends, Phase.ENDED, End.COMPLETED, "")]
