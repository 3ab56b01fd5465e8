"""The channels of an Asterisk as its events describe them, and who is joined to whom.

Calls hop over pairs of Local channels (FreePBX queues, forwarding, AMI transfers): questions such
as "who dialled this phone" walk through such pairs.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

UP = "6"
RINGING = "5"
DIALLING = "4"

#: How the ids of the channels begin that we asked for (click-to-call): nobody dialled them.
OURS = "ets-"

#: Late messages about a channel that is gone still find it, then it is forgotten.
_REMEMBERED = timedelta(seconds=30)

_TECHNOLOGY = re.compile(r"(?:PJSIP|SIP|IAX2|SCCP|Skinny|DAHDI)/(.+)-[0-9A-Fa-f]+")
_LOCAL = re.compile(r"(Local/.+);([12])")
_EXTENSION = re.compile(r"[1-9]\d{1,5}")


@dataclass(slots=True, eq=False)
class Channel:
    """`exten` is where the dialplan is now, `first_exten` where it began: what was dialled."""

    uniqueid: str
    name: str
    linkedid: str
    heard_at: datetime
    state: str = ""
    connected: str = ""
    exten: str = ""
    first_exten: str = ""
    dialled_by: str = ""
    dialled_at_exten: str = ""
    originated: bool = False
    dial_status: str = ""
    forward: str = ""
    targets: list[str] = field(default_factory=list)
    waiting_in: str = ""
    called_from: str = ""
    bridge: str = ""
    cause: str = ""
    gone: bool = False
    originate_reason: str = ""
    redirected_to: str = ""


def extension_of(name: str) -> str | None:
    """The extension whose phone the channel called `name` (or the bare peer `PJSIP/101`) is."""
    phone = _TECHNOLOGY.fullmatch(name)
    peer = phone[1] if phone else name.partition("/")[2]
    return peer if _EXTENSION.fullmatch(peer) and not name.startswith("Local/") else None


class Channels:
    """All channels alive, and for a while those that are gone."""

    def __init__(self) -> None:
        self._by_id: dict[str, Channel] = {}
        self._local: dict[str, str] = {}
        self._bridges: dict[str, set[str]] = {}
        self._strangers: dict[str, int] = {}
        self._leaving: deque[tuple[datetime, str]] = deque()

    def get(self, uniqueid: str) -> Channel | None:
        return self._by_id.get(uniqueid)

    def __getitem__(self, uniqueid: str) -> Channel:
        return self._by_id[uniqueid]

    def ids(self) -> tuple[str, ...]:
        return tuple(self._by_id)

    def alive(self) -> set[str]:
        """The ids of the channels that were not heard to end."""
        return {uniqueid for uniqueid, channel in self._by_id.items() if not channel.gone}

    def note(
        self, uniqueid: str, name: str, linkedid: str, exten: str, state: str, at: datetime
    ) -> Channel | None:
        """The channel of a message, learnt on first sight; None when it names none."""
        if not uniqueid or not name:
            return None
        channel = self._by_id.get(uniqueid)
        if channel is None:
            channel = Channel(uniqueid, name, linkedid or uniqueid, at, first_exten=exten)
            # The phone may ring before it is told who made it ring.
            channel.originated = uniqueid.startswith(OURS)
            self._by_id[uniqueid] = channel
            if _LOCAL.fullmatch(name):
                self._local[name] = uniqueid
        channel.state = state or channel.state
        channel.exten = exten or channel.exten
        return channel

    def partner(self, channel: Channel) -> Channel | None:
        """The other half of a Local pair."""
        half = _LOCAL.fullmatch(channel.name)
        if half is None:
            return None
        other = "2" if half[2] == "1" else "1"
        return self._by_id.get(self._local.get(f"{half[1]};{other}", ""))

    def callers_of(self, channel: Channel) -> Iterator[Channel]:
        """Who dialled `channel`, nearest first: Local halves, up to the first real party."""
        seen = {channel.uniqueid}
        step = self._by_id.get(channel.dialled_by)
        while step is not None and step.uniqueid not in seen:
            seen.add(step.uniqueid)
            yield step
            if not is_local(step):
                return
            step = self._by_id.get(step.dialled_by) or self.partner(step)

    def is_originated(self, channel: Channel) -> bool:
        """Whether AMI made this phone ring, maybe through Local pairs: nobody dialled it."""
        chain = (channel, *self.callers_of(channel))
        return any(c.originated for c in chain if c is channel or is_local(c))

    def dialled_number(self, channel: Channel) -> str | None:
        """What the caller dialled: where the call's first channel began (facts §3.1).

        When that one was never seen, where the caller is in the dialplan now; None when it is a
        Local channel, for then nobody dialled.
        """
        root = self._by_id.get(channel.linkedid)
        if root is None:
            root = next((c for c in self.callers_of(channel) if not is_local(c)), None)
        if root is None:
            return known_exten(channel.dialled_at_exten)
        return None if is_local(root) else known_exten(root.first_exten)

    def phone_behind(self, channel: Channel) -> str | None:
        """The extension that `channel` is, or that its Local pair has dialled."""
        far = self.partner(channel)
        rung = [channel] if far is None else [self._by_id.get(target) for target in far.targets]
        extensions = (extension_of(phone.name) for phone in rung if phone is not None)
        return next((extension for extension in extensions if extension is not None), None)

    def queue_of(self, channel: Channel) -> str | None:
        """The queue that made this phone ring; none once the queue had let the caller go."""
        if channel.called_from:
            return channel.called_from
        for caller in self.callers_of(channel):
            if caller.waiting_in or caller.called_from:
                waits = caller.dial_status != "ANSWER"
                return (caller.waiting_in or caller.called_from) if waits else None
        return None

    def enter(self, channel: Channel, bridge: str, count: int) -> set[str]:
        """Put `channel` into `bridge`, which now holds `count`; the ids known to be in it."""
        self.leave(channel)
        members = self._bridges.setdefault(bridge, set())
        members.add(channel.uniqueid)
        channel.bridge = bridge
        self._strangers[bridge] = max(0, count - len(members))
        return members

    def leave(self, channel: Channel) -> None:
        members = self._bridges.get(channel.bridge)
        if members is not None:
            members.discard(channel.uniqueid)
            if not members:
                self._bridges.pop(channel.bridge)
                self._strangers.pop(channel.bridge, None)
        channel.bridge = ""

    def reached_from(self, channel: Channel) -> tuple[set[str], bool]:
        """Ids joined to `channel` over bridges and Local pairs; and whether a party is among them.

        A member that was there before we listened counts as a party.
        """
        reached = {channel.uniqueid}
        party = False
        todo = [channel]
        while todo:
            current = todo.pop()
            party |= bool(self._strangers.get(current.bridge))
            joined = set(self._bridges.get(current.bridge, ()))
            other_half = self.partner(current)
            if other_half is not None:
                joined.add(other_half.uniqueid)
            for uniqueid in joined - reached:
                reached.add(uniqueid)
                member = self._by_id[uniqueid]
                party |= not is_local(member)
                todo.append(member)
        return reached, party

    def hang_up(self, channel: Channel, at: datetime) -> list[str]:
        """Take `channel` away; the ids of those gone so long ago that they are forgotten now."""
        channel.gone = True
        self.leave(channel)
        self._leaving.append((at, channel.uniqueid))
        forgotten: list[str] = []
        while at - self._leaving[0][0] > _REMEMBERED:
            forgotten.append(self._leaving.popleft()[1])
            self._forget(forgotten[-1])
        return forgotten

    def _forget(self, uniqueid: str) -> None:
        channel = self._by_id.pop(uniqueid)
        if self._local.get(channel.name) == uniqueid:
            del self._local[channel.name]


def is_local(channel: Channel) -> bool:
    return channel.name.startswith("Local/")


def known_exten(exten: str) -> str | None:
    """A dialled number, or None for the dialplan's own places (`s`, `h`, empty)."""
    return exten if len(exten) > 1 else None
