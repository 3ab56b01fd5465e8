"""What PBX events say about the legs of calls, whatever the vendor (spec 40).

A gateway turns its vendor's wire into `LegEvent`s. They may come twice and out of order; folding
them gives the same leg in any order: ended stays ended, the earliest ring is the ring.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

NO_DETAILS: Mapping[str, str] = MappingProxyType({})

#: Keys of `LegEvent.details`.
PEER = "peer"  # the other party has changed to this number
TRANSFERRED_TO = "transferred_to"
TRANSFER_KIND = "transfer_kind"  # blind, attended, forward, redirect
UNANSWERED_BY = "unanswered_by"  # of a click-to-call: the agent's own phone, or the customer


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Phase(StrEnum):
    DIALLING = "dialling"
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"
    ENDED = "ended"


class End(StrEnum):
    """How a leg ended, from the vaguest to the surest: the surer of two reports is believed."""

    LOST = "lost"
    ABANDONED = "abandoned"
    NO_ANSWER = "no_answer"
    COMPLETED = "completed"
    BUSY = "busy"
    DECLINED = "declined"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    NOT_REACHABLE = "not_reachable"
    TRANSFERRED = "transferred"


_SURENESS = {end: rank for rank, end in enumerate(End)}
_RANKS = {phase: rank for rank, phase in enumerate(Phase)}

#: What may follow what. A held leg that is answered again is talking; after the end comes nothing.
_FOLLOWS: Mapping[Phase, frozenset[Phase]] = MappingProxyType(
    {
        Phase.DIALLING: frozenset({Phase.RINGING, Phase.TALKING, Phase.ENDED}),
        Phase.RINGING: frozenset({Phase.DIALLING, Phase.TALKING, Phase.ENDED}),
        Phase.TALKING: frozenset({Phase.HELD, Phase.ENDED}),
        Phase.HELD: frozenset({Phase.TALKING, Phase.ENDED}),
        Phase.ENDED: frozenset(),
    }
)


@dataclass(frozen=True, slots=True)
class LegEvent:
    """One step of one leg, as a gateway stores it.

    `vendor_call_id` is the PBX's call at the time the leg began; `leg_key` is unique within it.
    `number` is the other party as the PBX shows it (None: it shows none). `event_key` is the same
    whenever the same step is reported again, also by the next run of the gateway. `heard_at` is
    when the PBX first spoke of the leg, `at` when this step happened; both are aware.
    """

    link: str
    vendor_call_id: str
    leg_key: str
    extension: str
    direction: Direction
    phase: Phase
    at: datetime
    heard_at: datetime
    event_key: str
    end: End | None = None
    number: str | None = None
    caller_name: str | None = None
    dialled: str | None = None
    queue: str | None = None
    via: str | None = None
    details: Mapping[str, str] = field(default_factory=lambda: NO_DETAILS)


@dataclass(frozen=True, slots=True)
class LegState:
    """What is known of a leg after some of its events; times are None while unknown."""

    direction: Direction
    phase: Phase
    phase_at: datetime
    rang_at: datetime
    talked_at: datetime | None = None
    ended_at: datetime | None = None
    end: End | None = None


@dataclass(frozen=True, slots=True)
class LegStory:
    """A leg from its first phase to its end, told in seconds since a recording began."""

    extension: str
    direction: Direction
    number: str | None
    dialled: str | None
    queue: str | None
    phases: tuple[tuple[float, Phase], ...]
    end: End | None
    via: str | None = None
    peers: tuple[tuple[float, str], ...] = ()
    transferred_to: str | None = None
    transfer_kind: str | None = None


@dataclass(frozen=True, slots=True)
class CallEventRow:
    """A stored event as desks read it. `id` numbers all events in the order they were committed.

    `number` is the other party in digits (None: withheld, masked, unknown), `number_shown` what
    the PBX showed; `peer` is set when the other party has changed to that number; `unanswered_by`
    names who did not take a click-to-call.
    """

    id: int
    call_id: int
    leg_id: int
    extension: str
    direction: Direction
    phase: Phase
    end: End | None
    happened_at: datetime
    number: str | None
    number_shown: str
    caller_name: str
    dialled: str
    queue: str
    peer: str | None
    transferred_to: str | None
    unanswered_by: str | None = None


def next_phase_allowed(current: Phase | None, following: Phase) -> bool:
    """Whether a leg in `current` (None: unheard of) may go on to `following`."""
    return current is None or following in _FOLLOWS[current]


def is_missed(direction: Direction, end: End | None, talked_at: datetime | None) -> bool:
    """부재: somebody called this extension in vain, and nobody else took the call there."""
    unanswered = end is not None and talked_at is None and direction is Direction.IN
    return unanswered and end not in (End.ANSWERED_ELSEWHERE, End.TRANSFERRED)


def surer_end(one: End | None, other: End | None) -> End | None:
    """The one of two reports about the same end that says more."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=_SURENESS.__getitem__)


def fold(state: LegState | None, event: LegEvent) -> LegState:
    """The leg after `event`. Events may repeat and may come in any order of their `at`."""
    if state is None:
        state = LegState(event.direction, event.phase, event.at, rang_at=event.at)
    newest = _order(event.at, event.phase) >= _order(state.phase_at, state.phase)
    ended = Phase.ENDED in (event.phase, state.phase)
    talked = event.phase in (Phase.TALKING, Phase.HELD)
    return LegState(
        direction=event.direction if newest else state.direction,
        phase=Phase.ENDED if ended else (event.phase if newest else state.phase),
        phase_at=max(event.at, state.phase_at),
        rang_at=min(event.at, state.rang_at),
        talked_at=_earliest(state.talked_at, event.at if talked else None),
        ended_at=_earliest(state.ended_at, event.at if event.phase is Phase.ENDED else None),
        end=surer_end(state.end, event.end),
    )


def tell(events: Iterable[LegEvent], began: datetime) -> tuple[LegStory, ...]:
    """One story a leg, in the order the PBX first spoke of them; `began` is second zero.

    A lost leg has no `ended` phase (nobody saw it end), and a leg that was over when it was first
    heard of has no phase at all.
    """
    legs: dict[tuple[str, str, str], dict[str, LegEvent]] = {}
    for event in events:
        of_leg = legs.setdefault((event.link, event.vendor_call_id, event.leg_key), {})
        of_leg.setdefault(event.event_key, event)
    first_heard = sorted(legs.values(), key=lambda leg: min(e.heard_at for e in leg.values()))
    return tuple(_story(list(leg.values()), began) for leg in first_heard)


def _story(events: list[LegEvent], began: datetime) -> LegStory:
    events.sort(key=lambda event: _order(event.at, event.phase))
    state = fold(None, events[0])
    for event in events[1:]:
        state = fold(state, event)
    return LegStory(
        extension=events[-1].extension,
        direction=state.direction,
        number=_last(events, lambda event: event.number),
        dialled=_last(events, lambda event: event.dialled),
        queue=_last(events, lambda event: event.queue),
        via=_last(events, lambda event: event.via),
        phases=_phases(events, state, began),
        end=state.end,
        peers=tuple((_seconds(e.at, began), e.details[PEER]) for e in events if PEER in e.details),
        transferred_to=_last(events, lambda event: event.details.get(TRANSFERRED_TO)),
        transfer_kind=_last(events, lambda event: event.details.get(TRANSFER_KIND)),
    )


def _phases(
    events: list[LegEvent], state: LegState, began: datetime
) -> tuple[tuple[float, Phase], ...]:
    phases: list[tuple[float, Phase]] = []
    for event in events:
        over = event.phase is Phase.ENDED
        unseen = over and (state.end is End.LOST or event.at == event.heard_at)
        if not unseen and (not phases or phases[-1][1] is not event.phase):
            phases.append((_seconds(event.at, began), event.phase))
    return tuple(phases)


def _last(events: list[LegEvent], value: Callable[[LegEvent], str | None]) -> str | None:
    return next((told for event in reversed(events) if (told := value(event)) is not None), None)


def _seconds(at: datetime, began: datetime) -> float:
    return round((at - began).total_seconds(), 2)


def _order(at: datetime, phase: Phase) -> tuple[datetime, int]:
    """Events of one instant go in the order a call does."""
    return at, _RANKS[phase]


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
