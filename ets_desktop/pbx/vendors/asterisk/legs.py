"""A leg of an extension as the tracker holds it, and how it ended (facts: Asterisk §3)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ets_desktop.domain.calls import (
    TRANSFER_KIND,
    TRANSFERRED_TO,
    UNANSWERED_BY,
    Direction,
    End,
    Phase,
)
from ets_desktop.pbx.vendors.asterisk.channels import UP, Channel, Channels

#: Hangup causes are decided on only where 16 and 22 agree (facts §3.3).
_CAUSES = {"26": End.ANSWERED_ELSEWHERE, "17": End.BUSY, "21": End.DECLINED}

_STATUSES = {
    "BUSY": End.BUSY,
    "NOANSWER": End.NO_ANSWER,
    "CANCEL": End.ABANDONED,
    "ANSWER": End.ABANDONED,
    "CHANUNAVAIL": End.NOT_REACHABLE,
    "CONGESTION": End.NOT_REACHABLE,
}

_ORIGINATE_REASONS = {"5": End.BUSY, "8": End.NOT_REACHABLE}

#: One of several phones rung by an outgoing call tells most when it rang longest.
_OUT_STATUSES = ("NOANSWER", "CANCEL", "BUSY", "CONGESTION", "CHANUNAVAIL")


@dataclass(slots=True)
class Leg:
    """`phase` is None until the leg is worth telling: a dead phone never rings.

    `unrevealed_at` is when a phone dialled a feature code such as `*8101`; that is no call yet.
    `stopped_at` is when the phone stopped ringing, a moment before its channel hangs up.
    `known_phase` is what an earlier run of the gateway told last, until this one tells.
    """

    channel: Channel
    extension: str
    direction: Direction
    call_id: str
    number: str | None = None
    name: str | None = None
    dialled: str | None = None
    queue: str | None = None
    via: str | None = None
    phase: Phase | None = None
    talked: bool = False
    peer: str | None = None
    unrevealed_at: datetime | None = None
    stopped_at: datetime | None = None
    known_phase: Phase | None = None
    transfer: tuple[str, str] | None = None
    end: End | None = None
    times: Counter[str] = field(default_factory=Counter)
    told: tuple[object, ...] = ()

    def facts(self) -> tuple[object, ...]:
        """What a later message may correct."""
        return (self.direction, self.number, self.name, self.dialled, self.queue, self.via)


def end_of(leg: Leg, channels: Channels) -> tuple[End, dict[str, str]]:
    """How `leg` ended, as far as is known now, and the details worth keeping."""
    if leg.transfer is not None:
        kind, to = leg.transfer
        return End.TRANSFERRED, {TRANSFER_KIND: kind, TRANSFERRED_TO: to}
    if leg.talked:
        return End.COMPLETED, {}
    if channels.is_originated(leg.channel):
        return _end_of_originated(leg, channels)
    if leg.direction is Direction.OUT:
        return _end_of_dialling(leg.channel, [leg.channel], channels), {}
    return _end_of_ringing(leg.channel, channels)


def _end_of_ringing(channel: Channel, channels: Channels) -> tuple[End, dict[str, str]]:
    if channel.forward:
        return End.TRANSFERRED, {TRANSFER_KIND: "forward", TRANSFERRED_TO: channel.forward}
    if channel.cause in _CAUSES:
        return _CAUSES[channel.cause], {}
    # Before the status is heard the vaguest is told: it is corrected, never contradicted.
    end = _STATUSES.get(channel.dial_status, End.ABANDONED)
    callers = list(channels.callers_of(channel))
    if end is End.ABANDONED:
        # A queue that gives up on a Local member shows up here as a cancelled dial.
        if any(caller.dial_status == "NOANSWER" for caller in callers):
            return End.NO_ANSWER, {}
        to = next((c.redirected_to for c in (channel, *callers) if c.redirected_to), None)
        if to is not None:
            return End.TRANSFERRED, {TRANSFER_KIND: "redirect", TRANSFERRED_TO: to}
    return end, {}


def _end_of_originated(leg: Leg, channels: Channels) -> tuple[End, dict[str, str]]:
    channel = leg.channel
    if channel.state == UP:
        chain = [channel, *channels.callers_of(channel)]
        return _end_of_dialling(channel, chain, channels), {UNANSWERED_BY: "customer"}
    origin = next((c for c in [channel, *channels.callers_of(channel)] if c.originated), channel)
    end = _CAUSES.get(channel.cause) or _ORIGINATE_REASONS.get(origin.originate_reason)
    if end is None:
        end = _STATUSES.get(channel.dial_status, End.NO_ANSWER)
    return (End.NO_ANSWER if end is End.ABANDONED else end), {UNANSWERED_BY: "agent"}


def _end_of_dialling(channel: Channel, sources: Iterable[Channel], channels: Channels) -> End:
    """The end of a leg whose phone called somebody: given up counts as not answered."""
    targets = [channels.get(target) for source in sources for target in source.targets]
    reached = [target for target in targets if target is not None]
    statuses = {target.dial_status for target in reached}
    status = next((status for status in _OUT_STATUSES if status in statuses), "")
    causes = {target.cause for target in reached} | {channel.cause}
    if status in ("NOANSWER", "") and "21" in causes:
        return End.DECLINED
    if status == "" and "17" in causes:
        return End.BUSY
    end = _STATUSES.get(status, End.NO_ANSWER)
    return End.NO_ANSWER if end is End.ABANDONED else end
