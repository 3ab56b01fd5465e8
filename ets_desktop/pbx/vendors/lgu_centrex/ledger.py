"""The calls of one Centrex line: rings and dials, then whatever the history makes of them.

Pure: no sockets, no clock of its own. Only rings are known until the history confirms (spec 40).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from ets_desktop.domain import phone
from ets_desktop.domain.calls import (
    NO_DETAILS,
    UNANSWERED_BY,
    Direction,
    End,
    LegEvent,
    Phase,
)
from ets_desktop.pbx.protocol import Past
from ets_desktop.pbx.vendors.lgu_centrex.history import HistoryRow, extension_of
from ets_desktop.pbx.vendors.lgu_centrex.legs import Leg, pair
from ets_desktop.pbx.vendors.lgu_centrex.receiver import Ring

#: The same caller on the same line within this is told again, not calling again.
SAME_CALL = timedelta(seconds=30)
#: A withheld number says nothing about who it is: only what comes twice at once is one call.
SAME_WITHHELD_CALL = timedelta(seconds=5)
#: The same caller on another line within this: one call that rings several phones.
SAME_GROUP = timedelta(seconds=5)
#: After this without a row, nobody knows; a later row still says how it ended.
GIVEN_UP_AFTER = timedelta(hours=1)
#: The same for a dial of which no answer came.
UNSURE_DIAL_GIVEN_UP_AFTER = timedelta(minutes=3)

#: The Centrex's clock is not ours; a row from a later time is not believed.
_CLOCKS_DIFFER = timedelta(minutes=5)
#: Over a weekend.
REMEMBERED = timedelta(days=3)


class Ledger:
    """`lines` maps the digits of each number of the line to the extension it rings; `own` is the
    extension of the account's phone."""

    def __init__(self, link: str, lines: Mapping[str, str], own: str, began: datetime) -> None:
        self._link = link
        self._lines = lines
        self._own = own
        self._began = _whole_second(began)
        self._legs: dict[str, Leg] = {}
        self._read: dict[tuple[str, ...], datetime] = {}

    def remember(self, past: Past) -> None:
        """Go on where an earlier run stopped: its legs are confirmed again, which tells nothing
        new, and calls that came since then without us are told."""
        if past.since is not None:
            self._began = min(self._began, _whole_second(past.since))
        for known in past.legs:
            leg = Leg(
                known.leg_key,
                known.call_key,
                known.extension,
                known.direction,
                known.number,
                known.dialled,
                heard_at=known.rang_at,
                give_up_at=known.rang_at + GIVEN_UP_AFTER,
                phase=known.phase,
                confirmed=known.direction is Direction.OUT and known.end not in (None, End.LOST),
            )
            self._legs[leg.key] = leg

    @property
    def awaits_dialled(self) -> bool:
        """Whether a click-to-call is not confirmed yet."""
        return any(leg.direction is Direction.OUT for leg in self._unconfirmed())

    def legs_under_way(self) -> frozenset[str]:
        return frozenset(leg.key for leg in list(self._legs.values()) if not leg.ended)

    def ring(self, ring: Ring, at: datetime) -> Iterator[LegEvent]:
        """A callback came; nothing when it is about no line of ours or was told before."""
        extension = self._extension_of(ring)
        if extension is None:
            return
        number = None if phone.is_withheld(ring.sender) else ring.sender
        if any(self._is_same(leg, number, extension, at) for leg in self._unconfirmed()):
            return
        group = self._group(number, extension, at)
        leg = self._open(extension, Direction.IN, number, ring.receiver or None, at, group)
        yield self._event(leg, at, Phase.RINGING)

    def dial(self, key: str, number: str, at: datetime) -> LegEvent:
        """The own phone is asked to ring for `number`."""
        leg = self._open(self._own, Direction.OUT, number, None, at, None, key)
        return self._event(leg, at, Phase.RINGING)

    def lifted(self, key: str, at: datetime) -> Iterator[LegEvent]:
        """The own phone was lifted and dials; nobody has answered yet."""
        leg = self._legs[key]
        if not leg.ended:
            yield self._event(leg, at, Phase.DIALLING)

    def refused(self, key: str, at: datetime) -> Iterator[LegEvent]:
        """The own phone did not even ring."""
        leg = self._legs[key]
        leg.confirmed = True
        if not leg.ended:
            yield self._event(leg, at, Phase.ENDED, End.NOT_REACHABLE)

    def unsure(self, key: str, at: datetime) -> None:
        """No answer came: the own phone may ring all the same."""
        self._legs[key].give_up_at = at + UNSURE_DIAL_GIVEN_UP_AFTER

    def reconcile(self, rows: Iterable[HistoryRow], at: datetime) -> Iterator[LegEvent]:
        """What the history has become. A row that is no known call's is a call nobody told us of,
        if it began after we did: before that, an earlier run may have told it."""
        fresh = list({row.key: row for row in rows if self._is_new(row, at)}.values())
        legs = pair(fresh, list(self._unconfirmed()), self._lines)
        for row in sorted(fresh, key=lambda row: row.began):
            self._read[row.key] = row.began
            if row in legs:
                yield from self._confirm(legs[row], row)
            elif row.direction is Direction.IN and self._began <= row.began <= at + _CLOCKS_DIFFER:
                yield from self._unheard(row)

    def grow_old(self, at: datetime) -> Iterator[LegEvent]:
        """Give up what no row came for; forget what is long over."""
        for leg in list(self._legs.values()):
            if not leg.ended and at >= leg.give_up_at:
                yield self._event(leg, at, Phase.ENDED, End.LOST)
            if at - leg.heard_at > REMEMBERED:
                del self._legs[leg.key]
        self._read = {k: began for k, began in self._read.items() if at - began < 2 * REMEMBERED}

    def _extension_of(self, ring: Ring) -> str | None:
        """The phone that rings: by its own number where we know it, for the called number may be
        the shop's public one."""
        if ring.inner_num in self._lines.values():
            return ring.inner_num
        return extension_of(ring.receiver, self._lines)

    def _is_new(self, row: HistoryRow, at: datetime) -> bool:
        """The list goes back further than we remember what was read."""
        return row.key not in self._read and at - row.began < REMEMBERED and row.is_settled(at)

    def _unconfirmed(self) -> Iterator[Leg]:
        return (leg for leg in self._legs.values() if not leg.confirmed)

    def _is_same(self, leg: Leg, number: str | None, extension: str, at: datetime) -> bool:
        window = SAME_CALL if number is not None else SAME_WITHHELD_CALL
        of_phone = leg.direction is Direction.IN and leg.extension == extension
        return of_phone and leg.number == number and at - leg.heard_at < window

    def _group(self, number: str | None, extension: str, at: datetime) -> str | None:
        """The call that the same caller began on another phone just now."""
        return next(
            (
                leg.call_key
                for leg in self._unconfirmed()
                if number is not None
                and leg.number == number
                and leg.direction is Direction.IN
                and leg.extension != extension
                and at - leg.heard_at < SAME_GROUP
            ),
            None,
        )

    def _open(
        self,
        extension: str,
        direction: Direction,
        number: str | None,
        dialled: str | None,
        at: datetime,
        group: str | None,
        key: str = "",
    ) -> Leg:
        key = key or uuid4().hex
        leg = Leg(
            key,
            group or key,
            extension,
            direction,
            number,
            dialled,
            heard_at=at,
            give_up_at=at + GIVEN_UP_AFTER,
        )
        self._legs[key] = leg
        return leg

    def _confirm(self, leg: Leg, row: HistoryRow) -> Iterator[LegEvent]:
        leg.confirmed = True
        ended = max(row.ended, leg.heard_at)
        if row.talked_at is not None:
            talked_at = max(row.talked_at, leg.heard_at)
            yield from self._answered_by(leg, talked_at)
            yield self._event(leg, talked_at, Phase.TALKING)
        nobody = leg.direction is Direction.OUT and row.end is End.NO_ANSWER
        details = {UNANSWERED_BY: "customer"} if nobody else NO_DETAILS
        yield self._event(leg, ended, Phase.ENDED, row.end, details)

    def _answered_by(self, leg: Leg, at: datetime) -> Iterator[LegEvent]:
        """The other phones of the call stop ringing."""
        for other in self._legs.values():
            if other.call_key == leg.call_key and other is not leg and not other.ended:
                yield self._event(other, at, Phase.ENDED, End.ANSWERED_ELSEWHERE)

    def _unheard(self, row: HistoryRow) -> Iterator[LegEvent]:
        """A call without a callback (LG U+ §1.5, misses). It is over: it must not ring again, so
        its first event is what became of it, at the time it began."""
        extension = extension_of(row.line, self._lines) or self._own
        number = None if phone.is_withheld(row.number) else row.number
        key = sha256(":".join(row.key).encode()).hexdigest()[:32]  # keys are logged: no number
        leg = self._open(extension, Direction.IN, number, row.line or None, row.began, None, key)
        leg.confirmed = True
        if row.talked_at is None:
            yield self._event(leg, row.began, Phase.ENDED, row.end)
        else:
            yield self._event(leg, row.talked_at, Phase.TALKING)
            yield self._event(leg, row.ended, Phase.ENDED, row.end)

    def _event(
        self,
        leg: Leg,
        at: datetime,
        phase: Phase,
        end: End | None = None,
        details: Mapping[str, str] = NO_DETAILS,
    ) -> LegEvent:
        leg.phase = phase
        return LegEvent(
            link=self._link,
            vendor_call_id=leg.call_key,
            leg_key=leg.key,
            extension=leg.extension,
            direction=leg.direction,
            phase=phase,
            at=at,
            heard_at=leg.heard_at,
            event_key=f"{self._link}:{leg.key}:{phase}{f':{end}' if end else ''}",
            end=end,
            number=leg.number,
            dialled=leg.dialled,
            details=details,
        )


def _whole_second(moment: datetime) -> datetime:
    """As the history would write it: what came in the second we began in came after us."""
    return moment.replace(microsecond=0)
