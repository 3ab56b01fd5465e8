"""Which call the agent is handling, and which ones wait behind it; no Qt here."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ets_desktop.domain import phone
from ets_desktop.domain.calls import CallEventRow, Direction, End, Phase, is_missed
from ets_desktop.ui.cards import CallCard
from ets_desktop.ui.language import translated

WITHHELD = "발신번호표시제한"
REMEMBERED = 500

_CONNECTED = (Phase.TALKING, Phase.HELD)


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call at this extension as its events told so far. `number` is digits, None if unknown."""

    call_id: int
    direction: Direction
    number: str | None
    shown: str
    rang_at: datetime
    phase: Phase
    talking_since: datetime | None = None
    ended_at: datetime | None = None
    end: End | None = None
    #: The number of the party that the call was handed to, if it changed.
    peer: str | None = None

    @property
    def is_live(self) -> bool:
        return self.phase is not Phase.ENDED

    @property
    def is_connected(self) -> bool:
        return self.phase in _CONNECTED

    @property
    def was_missed(self) -> bool:
        return is_missed(self.direction, self.end, self.talking_since)

    def card(self) -> CallCard:
        """What the top bar shows of it."""
        seconds = 0
        if self.talking_since is not None and self.ended_at is not None:
            seconds = max(0, int((self.ended_at - self.talking_since).total_seconds()))
        return CallCard(
            self.call_id,
            readable(self.number, self.shown),
            self.rang_at,
            "missed" if self.was_missed else str(self.phase),
            self.talking_since,
            seconds,
        )


def readable(number: str | None, shown: str) -> str:
    """`010-0000-1234`; what the PBX showed if that is no number, or that nothing was shown."""
    if number is not None:
        return phone.display(number)
    return translated(WITHHELD) if phone.is_withheld(shown) else shown


class LiveCalls:
    """Follows the events of one extension. One call is handled, a further one waits (spec 10).

    Kept by leg: a queue may let the same call ring here again.
    """

    def __init__(self) -> None:
        self._legs: dict[int, LiveCall] = {}
        self._current: int | None = None
        #: Legs that ended: an event of theirs that comes late rings nobody.
        self._over: deque[int] = deque(maxlen=REMEMBERED)
        self._missed: deque[int] = deque(maxlen=REMEMBERED)

    @property
    def current(self) -> LiveCall | None:
        """The call in the top bar: the one under way, or the last one until the next rings."""
        return self._legs.get(self._current) if self._current is not None else None

    @property
    def waiting(self) -> int:
        """Further calls under way behind the current one."""
        return sum(call.is_live for call in self._others())

    def waits(self, call_id: int) -> bool:
        """Whether that call rings while another one is handled."""
        current = self.current
        if current is None or not current.is_connected:
            return False
        return any(
            call.call_id == call_id and call.phase is Phase.RINGING for call in self._others()
        )

    def _others(self) -> Iterator[LiveCall]:
        current = self.current
        return (call for call in self._legs.values() if call is not current)

    @property
    def missed(self) -> frozenset[int]:
        """Calls that rang here in vain while this desk was looking."""
        return frozenset(self._missed)

    def find(self, call_id: int) -> LiveCall | None:
        """A call of which this desk heard; ended ones until the next call has taken over."""
        return next((c for c in self._legs.values() if c.call_id == call_id), None)

    def take(self, events: Iterable[CallEventRow]) -> tuple[LiveCall, ...]:
        """Fold `events` in; the calls that began to ring here and still do, oldest first.

        A call that came and went within `events` (a replay after an outage) rings no more.
        """
        fresh: list[int] = []
        for event in events:
            if event.leg_id in self._over:
                continue
            if event.leg_id not in self._legs:
                fresh.append(event.leg_id)
            self._legs[event.leg_id] = _after(self._legs.get(event.leg_id), event)
            if event.phase is Phase.ENDED:
                self._over.append(event.leg_id)
                if self._legs[event.leg_id].was_missed:
                    self._missed.append(event.call_id)
        self._choose()
        rang = tuple(self._legs[leg] for leg in fresh if self._legs[leg].is_live)
        self._legs = {n: c for n, c in self._legs.items() if c.is_live or n == self._current}
        return rang

    def _choose(self) -> None:
        current = self.current
        live = {leg: call for leg, call in self._legs.items() if call.is_live}
        connected = {leg: call for leg, call in live.items() if call.is_connected}
        if current is not None and current.is_connected:
            return
        if connected:
            self._current = min(connected, key=lambda leg: connected[leg].rang_at)
        elif live:
            # Nobody is spoken to yet: the strip names whoever rings now (spec 10).
            self._current = max(live, key=lambda leg: live[leg].rang_at)


def _after(call: LiveCall | None, event: CallEventRow) -> LiveCall:
    if call is None:
        call = LiveCall(
            event.call_id,
            event.direction,
            event.number,
            event.number_shown,
            event.happened_at,
            event.phase,
        )
    if not call.is_live:
        return call
    peer = event.peer or call.peer
    return replace(
        call,
        peer=peer,
        number=peer or event.number or call.number,
        shown=event.number_shown or call.shown,
        phase=event.phase,
        talking_since=call.talking_since
        or (event.happened_at if event.phase in _CONNECTED else None),
        ended_at=event.happened_at if event.phase is Phase.ENDED else None,
        end=event.end,
    )
