"""The calls of one 클콜 extension, from the PBX's messages. Pure: no sockets, no clock of its own.

Messages may come twice, out of order, and again after a reconnect (GET_LASTEVENT): a call that has
ended stays ended, and a ring that nobody heard the end of is given up (facts: LG U+ §2.5, §3.2).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.calls import (
    NO_DETAILS,
    UNANSWERED_BY,
    Direction,
    End,
    LegEvent,
    Phase,
)
from ets_desktop.pbx.protocol import KnownLeg
from ets_desktop.pbx.vendors.lgu_ippbx.messages import Message
from ets_desktop.pbx.vendors.lgu_ippbx.switchboard import Switchboard, begun_at, is_sibling

#: A ring or a dial of which no end was heard; an answered call is never given up by time.
UNANSWERED_GIVEN_UP_AFTER = timedelta(minutes=3)
#: What is told after a reconnect of a call this old is history.
_LONGEST_CALL = timedelta(hours=4)
#: How long an end is remembered, so that what comes late brings nothing back to life.
REMEMBERED = timedelta(days=1)
#: A colleague's answer may be heard of after the end of the own ring.
_ANSWERED_ELSEWHERE_WITHIN = timedelta(seconds=10)

_PHASES: Mapping[str, tuple[Direction, Phase]] = MappingProxyType(
    {
        "IR": (Direction.IN, Phase.RINGING),
        "ID": (Direction.IN, Phase.TALKING),
        "PICKUP": (Direction.IN, Phase.TALKING),
        "OR": (Direction.OUT, Phase.DIALLING),
        "OD": (Direction.OUT, Phase.TALKING),
    }
)
_HANGUP_DIRECTIONS = MappingProxyType({"I": Direction.IN, "O": Direction.OUT})
#: Asterisk's id of a call: the second it began, and a number.
_CALL_ID = re.compile(r"\d{9,11}\.\d{1,10}")
#: DATA8 of a hang-up is a cause or the agent's next state, which is a digit and no cause.
_CAUSES: Mapping[str, End] = MappingProxyType(
    {
        "BUSY": End.BUSY,
        "NOANSWER": End.NO_ANSWER,
        "CHANUNAVAIL": End.NOT_REACHABLE,
        "CONGESTION": End.NOT_REACHABLE,
    }
)


@dataclass(slots=True, eq=False)
class Leg:
    """`key` is the PBX's id of the call, so that the next run of the gateway knows it again."""

    key: str
    direction: Direction
    number: str | None
    dialled: str | None
    heard_at: datetime
    phase: Phase
    talked: bool = False
    end: End | None = None
    ended_at: datetime | None = None
    #: Only the answer to what was missed says that it goes on.
    doubtful: bool = False

    def enter(self, phase: Phase) -> None:
        self.phase = phase
        self.talked = self.talked or phase is Phase.TALKING


class Ledger:
    """`peer` is the phone's inner number as the PBX told it at login."""

    def __init__(self, link: str, extension: str, switchboard: Switchboard) -> None:
        self._link = link
        self._extension = extension
        self._switchboard = switchboard
        self._legs: dict[str, Leg] = {}
        self.peer = ""

    def legs_under_way(self) -> frozenset[str]:
        return frozenset(leg.key for leg in list(self._legs.values()) if leg.end is None)

    def remember(self, legs: Iterable[KnownLeg]) -> None:
        """What an earlier run told: what goes on is followed, what has ended stays ended."""
        for known in legs:
            talked = any(key.endswith(f":{Phase.TALKING}") for key in known.event_keys)
            leg = Leg(
                known.leg_key,
                known.direction,
                known.number,
                known.dialled,
                known.rang_at,
                known.phase,
                talked,
                known.end,
            )
            leg.ended_at = known.rang_at if known.end else None
            self._keep(leg)

    def is_ours(self, message: Message) -> bool:
        """Whether a message speaks of this phone: a session may hear of others too."""
        return not (self.peer and message.get("PEER")) or message.get("PEER") == self.peer

    def call(
        self, message: Message, at: datetime, *, recovering: bool, busy: bool = False
    ) -> Iterator[LegEvent]:
        """A CALLEVENT. `recovering`: it may be the answer to what was missed, so it may be old;
        `busy`: the PBX says that the agent talks."""
        key = message.get("DATA8")
        told = _PHASES.get(message.kind)
        if told is None or not _CALL_ID.fullmatch(key):
            return
        direction, phase = told
        leg = known = self._legs.get(key)
        if leg is None:
            if recovering and self._is_history(key, phase, at, busy=busy):
                return
            leg = self._open(message, key, direction, phase, at)
        leg.doubtful = recovering and not busy
        if known is None or not (known.end or known.talked or known.phase is phase):
            yield self._step(leg, phase, at)

    def hang_up(self, message: Message, at: datetime) -> Iterator[LegEvent]:
        """A HANGUPEVENT, whose id of the call stands elsewhere than a CALLEVENT's."""
        key = message.get("DATA7")
        direction = _HANGUP_DIRECTIONS.get(message.kind)
        if not _CALL_ID.fullmatch(key):
            return
        leg = self._legs.get(key) or self._sibling(key, message)
        if leg is None and direction is not None:
            yield from self._unheard(message, key, direction, at)
        elif leg is not None and leg.end in (None, End.LOST):
            yield from self._finish(leg, _CAUSES.get(message.get("DATA8").upper()), at)

    def never_dialled(self, request_id: str, number: str, at: datetime) -> LegEvent:
        """Nothing came of a click-to-call: most likely the own phone was not lifted."""
        leg = self._keep(Leg(request_id, Direction.OUT, number, None, at, Phase.DIALLING))
        return self._end(leg, End.NO_ANSWER, at, {UNANSWERED_BY: "agent"})

    def give_up(self, at: datetime, but: frozenset[str] = frozenset()) -> Iterator[LegEvent]:
        """Nobody can say any more what becomes of the legs under way."""
        for leg in list(self._legs.values()):
            if leg.end is None and leg.key not in but:
                yield self._end(leg, End.LOST, at)

    def idle(self, at: datetime) -> Iterator[LegEvent]:
        """The PBX says that the agent talks to nobody: what seemed to go on has ended."""
        doubtful = {leg.key for leg in self._legs.values() if leg.doubtful and leg.talked}
        yield from self.give_up(at, self.legs_under_way() - doubtful)

    def grow_old(self, at: datetime) -> Iterator[LegEvent]:
        """Give up rings without an end, learn who took them, forget what is long over."""
        for leg in list(self._legs.values()):
            if leg.ended_at is not None:
                yield from self._look_around(leg, leg.ended_at, at)
            elif not leg.talked and at - leg.heard_at >= UNANSWERED_GIVEN_UP_AFTER:
                yield self._end(leg, End.LOST, at)
        self._switchboard.forget(at - REMEMBERED)

    def _look_around(self, leg: Leg, ended_at: datetime, at: datetime) -> Iterator[LegEvent]:
        if at - ended_at > REMEMBERED:
            del self._legs[leg.key]
        elif (
            leg.end is End.ABANDONED
            and at - ended_at <= _ANSWERED_ELSEWHERE_WITHIN
            and self._switchboard.is_taken(leg.key, self._extension)
        ):
            yield self._end(leg, End.ANSWERED_ELSEWHERE, ended_at)

    def _open(
        self, message: Message, key: str, direction: Direction, phase: Phase, at: datetime
    ) -> Leg:
        number, dialled = self._parties(message, direction)
        return self._keep(Leg(key, direction, number, dialled, at, phase))

    def _keep(self, leg: Leg) -> Leg:
        self._legs[leg.key] = leg
        return leg

    def _parties(self, message: Message, direction: Direction) -> tuple[str | None, str | None]:
        """The other party, and what it dialled. Of a call from here the number stands in DATA2 or,
        where that is the own extension, in DATA3: both have been seen."""
        first, second, third = (message.get(f"DATA{place}") for place in (1, 2, 3))
        if direction is Direction.IN:
            return (None if phone.is_withheld(first) else first), third or None
        own = (self._extension, self.peer, "")
        return next((number for number in (second, third, first) if number not in own), None), None

    def _is_history(self, key: str, phase: Phase, at: datetime, *, busy: bool) -> bool:
        """Of a call that is not known here; by the PBX's clock, which need not be quite ours."""
        if phase is Phase.TALKING:
            return not busy or at - begun_at(key) > _LONGEST_CALL
        return at - begun_at(key) > UNANSWERED_GIVEN_UP_AFTER

    def _sibling(self, key: str, message: Message) -> Leg | None:
        """The leg of the same party whose id is the next one to `key`: two channels of one call."""
        parties = {message.get(f"DATA{place}") for place in (1, 2, 3)}
        for leg in self._legs.values():
            if is_sibling(leg.key, key) and leg.number in parties:
                return leg
        return None

    def _unheard(
        self, message: Message, key: str, direction: Direction, at: datetime
    ) -> Iterator[LegEvent]:
        """A call that rang and ended while nobody listened. It is over and must not ring again; a
        recording of it is the only sign that somebody talked."""
        leg = self._open(message, key, direction, Phase.RINGING, at)
        if message.get("DATA13"):
            yield self._step(leg, Phase.TALKING, at)
        yield from self._finish(leg, _CAUSES.get(message.get("DATA8").upper()), at)

    def _finish(self, leg: Leg, cause: End | None, at: datetime) -> Iterator[LegEvent]:
        if leg.talked:
            yield self._end(leg, End.COMPLETED, at)
        elif leg.direction is Direction.OUT:
            yield self._end(leg, cause or End.NO_ANSWER, at, {UNANSWERED_BY: "customer"})
        elif self._switchboard.is_taken(leg.key, self._extension):
            yield self._end(leg, End.ANSWERED_ELSEWHERE, at)
        else:
            yield self._end(leg, cause or End.ABANDONED, at)

    def _step(self, leg: Leg, phase: Phase, at: datetime) -> LegEvent:
        leg.enter(phase)
        if leg.talked and leg.direction is Direction.IN:
            self._switchboard.answered(leg.key, self._extension, at)
        return self._event(leg, at)

    def _end(
        self, leg: Leg, end: End, at: datetime, details: Mapping[str, str] = NO_DETAILS
    ) -> LegEvent:
        leg.end, leg.ended_at, leg.phase = end, at, Phase.ENDED
        return self._event(leg, at, details)

    def _event(self, leg: Leg, at: datetime, details: Mapping[str, str] = NO_DETAILS) -> LegEvent:
        return LegEvent(
            link=self._link,
            vendor_call_id=leg.key,
            leg_key=leg.key,
            extension=self._extension,
            direction=leg.direction,
            phase=leg.phase,
            at=at,
            heard_at=leg.heard_at,
            event_key=f"{self._link}:{leg.key}:{leg.phase}{f':{leg.end}' if leg.end else ''}",
            end=leg.end,
            number=leg.number,
            dialled=leg.dialled,
            details=details,
        )
