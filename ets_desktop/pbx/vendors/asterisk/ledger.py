"""The legs of one Asterisk, and the telling of their steps as vendor-neutral events."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ets_desktop.domain.calls import PEER, Direction, End, LegEvent, Phase, surer_end
from ets_desktop.pbx.protocol import KnownLeg
from ets_desktop.pbx.vendors.asterisk.channels import (
    Channel,
    Channels,
    extension_of,
    known_exten,
)
from ets_desktop.pbx.vendors.asterisk.legs import Leg, end_of

#: What tells the steps of one kind apart.
_COUNT = re.compile(r":\d+$")


class Ledger:
    """`at` is the time of the message being worked on; what it tells is taken by `take`."""

    def __init__(self, link: str, channels: Channels) -> None:
        self.at = datetime.min.replace(tzinfo=UTC)
        self._link = link
        self._channels = channels
        self._legs: dict[str, Leg] = {}
        self._told: list[LegEvent] = []
        self._known: dict[str, KnownLeg] = {}

    def remember(self, legs: Iterable[KnownLeg]) -> None:
        """What an earlier run told of legs that may still be there."""
        self._known = {leg.leg_key: leg for leg in legs}

    def take(self) -> tuple[LegEvent, ...]:
        """What was told since the last time."""
        told, self._told = tuple(self._told), []
        return told

    def of(self, channel: Channel | None) -> Leg | None:
        return self._legs.get(channel.uniqueid) if channel is not None else None

    def under_way(self) -> Iterator[Leg]:
        return (leg for leg in list(self._legs.values()) if leg.end is None)

    def open(self, channel: Channel, direction: Direction) -> Leg | None:
        """The leg of an extension's channel, begun if need be; None for any other channel."""
        leg = self._legs.get(channel.uniqueid)
        extension = extension_of(channel.name)
        if leg is None and extension is not None and not channel.gone:
            leg = Leg(channel, extension, direction, call_id=channel.linkedid)
            self._legs[channel.uniqueid] = leg
            if channel.uniqueid in self._known:
                self._go_on(leg, self._known.pop(channel.uniqueid))
        return leg

    def forget(self, uniqueid: str) -> None:
        self._legs.pop(uniqueid, None)

    def learn(self, leg: Leg) -> None:
        """Take over what the chain of callers says about a leg that is called; tell changes."""
        if self._channels.is_originated(leg.channel):
            leg.direction = Direction.OUT
            leg.dialled = leg.queue = leg.via = None
        else:
            through = known_exten(leg.channel.dialled_at_exten)
            leg.dialled = leg.dialled or self._channels.dialled_number(leg.channel)
            leg.queue = leg.queue or self._channels.queue_of(leg.channel)
            leg.via = leg.via or (through if through != leg.dialled else None)
        self.correct(leg)

    def reveal(self, leg: Leg | None) -> None:
        """A feature code has become a call: tell when it was dialled."""
        if leg is not None and leg.unrevealed_at is not None:
            now, self.at, leg.unrevealed_at = self.at, leg.unrevealed_at, None
            self.step(leg, Phase.DIALLING)
            self.at = now

    def step(self, leg: Leg, phase: Phase) -> None:
        """Tell that `leg` is now in `phase`, unless an earlier run has told it."""
        known, leg.known_phase = leg.known_phase, None
        if known is phase or (known is Phase.HELD and phase is Phase.TALKING):
            # A list of channels does not say who is on hold.
            leg.phase, leg.told = known, leg.facts()
            return
        leg.phase = phase
        self._tell(leg, str(phase))

    def change_peer(self, leg: Leg, number: str) -> None:
        """Tell that the other party of `leg` is now `number`."""
        leg.peer = number
        self._tell(leg, "peer", {PEER: number})

    def correct(self, leg: Leg) -> None:
        """Tell the facts of a leg again when they changed since they were told."""
        if leg.phase is not None and leg.facts() != leg.told:
            self._tell(leg, "facts")

    def finish(self, leg: Leg, end: End | None = None) -> None:
        """Tell how `leg` ended (`end`, or what the channels say), again when more is known."""
        known, details = (end, {}) if end is not None else end_of(leg, self._channels)
        surest = surer_end(leg.end, known)
        if surest is leg.end:
            return
        leg.end = surest
        now, self.at = self.at, leg.stopped_at or self.at
        leg.stopped_at, leg.phase = self.at, Phase.ENDED
        self._tell(leg, f"ended:{surest}", details)
        self.at = now

    def give_up(self, leg: Leg) -> None:
        """Tell that nobody saw how `leg` ended; a dialled feature code was no call."""
        if leg.unrevealed_at is None:
            self.finish(leg, End.LOST)

    def reconsider(self, linkedid: str) -> None:
        """Correct the ends of the legs of one call after more was heard of it."""
        for leg in self._legs.values():
            if leg.end is not None and leg.channel.linkedid == linkedid:
                self.finish(leg)

    def _go_on(self, leg: Leg, known: KnownLeg) -> None:
        """The next step of each kind has a key that the earlier run has not used."""
        leg.known_phase, leg.call_id = known.phase, known.call_key
        for key in known.event_keys:
            step = key.removeprefix(f"{self._link}:{known.leg_key}:")
            leg.times[_COUNT.sub("", step)] += 1

    def _tell(self, leg: Leg, step: str, details: dict[str, str] | None = None) -> None:
        assert leg.phase is not None
        leg.told = leg.facts()
        times = leg.times[step]
        leg.times[step] += 1
        again = f":{times}" if times else ""
        self._told.append(
            LegEvent(
                link=self._link,
                vendor_call_id=leg.call_id,
                leg_key=leg.channel.uniqueid,
                extension=leg.extension,
                direction=leg.direction,
                phase=leg.phase,
                at=self.at,
                heard_at=leg.channel.heard_at,
                event_key=f"{self._link}:{leg.channel.uniqueid}:{step}{again}",
                end=leg.end,
                number=leg.number,
                caller_name=leg.name,
                dialled=leg.dialled,
                queue=leg.queue,
                via=leg.via,
                details=details or {},
            )
        )
