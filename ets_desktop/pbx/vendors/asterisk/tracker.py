"""AMI events in, leg events out: a pure reducer without sockets or clocks (facts: Asterisk §3).

It takes the messages of one millisecond in any order: what turns out later (a transfer, the reason
of an end) corrects what was told, with another event about the same leg.
"""

from collections.abc import Callable
from datetime import datetime

from ets_desktop.domain import phone
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.pbx.vendors.asterisk.channels import (
    DIALLING,
    RINGING,
    UP,
    Channel,
    Channels,
    extension_of,
    known_exten,
)
from ets_desktop.pbx.vendors.asterisk.ledger import Ledger
from ets_desktop.pbx.vendors.asterisk.legs import Leg
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage

_WITHHELD = "anonymous"
_NOBODY = ("", "<unknown>", "unknown")
_STOPS_RINGING = ("BUSY", "NOANSWER", "CHANUNAVAIL", "CONGESTION")
_FEATURE_CODES = ("*", "#")

#: Channels of a lost connection that late messages must not bring back to life.
_DEAD_REMEMBERED = 5_000


class Tracker:
    """The state of one Asterisk; `link` names it in every event."""

    def __init__(self, link: str) -> None:
        self._link = link
        self._channels = Channels()
        self._ledger = Ledger(link, self._channels)
        self._dead: dict[str, None] = {}
        self._handlers: dict[str, Callable[[AmiMessage], None]] = {
            "Newchannel": self._on_newchannel,
            "Newstate": self._on_newstate,
            "NewConnectedLine": self._on_connected_line,
            "DialBegin": self._on_dial_begin,
            "DialEnd": self._on_dial_end,
            "BridgeEnter": self._on_bridge_enter,
            "BridgeLeave": self._on_bridge_leave,
            "Hold": self._on_hold,
            "Unhold": self._on_unhold,
            "Pickup": self._on_pickup,
            "BlindTransfer": self._on_blind_transfer,
            "AttendedTransfer": self._on_attended_transfer,
            "QueueCallerJoin": self._on_queue_join,
            "QueueCallerLeave": self._on_queue_leave,
            "AgentCalled": self._on_agent_called,
            "OriginateResponse": self._on_originate_response,
            "Hangup": self._on_hangup,
        }

    def feed(self, message: AmiMessage, at: datetime) -> tuple[LegEvent, ...]:
        """What `message`, received `at`, tells about legs. Unknown kinds tell nothing."""
        handler = self._handlers.get(message.event)
        if handler is None:
            return ()
        self._ledger.at = at
        handler(message)
        return self._ledger.take()

    def disconnected(self, at: datetime) -> tuple[LegEvent, ...]:
        """The connection or the PBX is gone: every leg under way is lost."""
        ledger = self._ledger
        ledger.at = at
        for leg in ledger.under_way():
            if leg.unrevealed_at is None:
                ledger.finish(leg, End.LOST)
        for uniqueid in self._channels.ids():
            self._bury(uniqueid)
        self._channels = Channels()
        self._ledger = Ledger(self._link, self._channels)
        return ledger.take()

    def _bury(self, uniqueid: str) -> None:
        self._dead[uniqueid] = None
        while len(self._dead) > _DEAD_REMEMBERED:
            del self._dead[next(iter(self._dead))]

    def _channel(self, message: AmiMessage, prefix: str = "") -> Channel | None:
        uniqueid = message.get(f"{prefix}Uniqueid")
        if uniqueid in self._dead:
            return None
        channel = self._channels.note(
            uniqueid,
            name=message.get(f"{prefix}Channel"),
            linkedid=message.get(f"{prefix}Linkedid"),
            exten=message.get(f"{prefix}Exten"),
            state=message.get(f"{prefix}ChannelState"),
            at=self._ledger.at,
        )
        if channel is not None:
            channel.connected = message.get(f"{prefix}ConnectedLineNum") or channel.connected
        return channel

    # -- a leg begins --------------------------------------------------------------------------

    def _on_newchannel(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is None or channel.state != DIALLING or self._ledger.of(channel) is not None:
            return
        leg = self._ledger.open(channel, Direction.OUT)
        if leg is None:
            return
        leg.number = leg.dialled = known_exten(channel.exten)
        if channel.exten.startswith(_FEATURE_CODES):
            leg.unrevealed_at = self._ledger.at
        else:
            self._ledger.step(leg, Phase.DIALLING)

    def _on_dial_begin(self, message: AmiMessage) -> None:
        source, called = self._channel(message), self._channel(message, "Dest")
        if called is None:
            return
        if source is None:
            called.originated = True
        else:
            called.dialled_by = called.dialled_by or source.uniqueid
            called.dialled_at_exten = called.dialled_at_exten or message.get("Exten")
            if called.uniqueid not in source.targets:
                source.targets.append(called.uniqueid)
            self._reveal(source)
        leg = self._ledger.open(called, Direction.IN)
        if leg is None or leg.end is not None:
            return
        if source is None:
            leg.number = leg.number or _known(message.get("DestConnectedLineNum"))
        else:
            self._name_caller(leg, source, message)
        self._ledger.learn(leg)

    def _name_caller(self, leg: Leg, source: Channel, message: AmiMessage) -> None:
        """The party that dials. A colleague is known by the channel: caller ids are overwritten."""
        withheld = any(
            variable.startswith("CALLERID(pres)=prohib") for variable in message.all("ChanVariable")
        )
        shown = _WITHHELD if withheld else message.get("CallerIDNum") or None
        leg.number = extension_of(source.name) or shown
        leg.name = None if withheld else _known(message.get("CallerIDName"))

    def _on_newstate(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is None:
            return
        leg = self._ledger.of(channel)
        if message.get("ChannelState") == RINGING:
            leg = leg or self._ledger.open(channel, Direction.IN)
            if leg is not None and leg.phase is None:
                leg.number = leg.number or message.get("ConnectedLineNum") or None
                self._ledger.learn(leg)
                self._ledger.step(leg, Phase.RINGING)
        elif message.get("ChannelState") == UP and leg is not None:
            unanswered = leg.phase in (None, Phase.RINGING)
            if unanswered and self._channels.is_originated(channel):
                self._ledger.step(leg, Phase.DIALLING)

    def _on_pickup(self, message: AmiMessage) -> None:
        taker, rang = self._channel(message), self._channel(message, "Target")
        leg = self._ledger.open(taker, Direction.IN) if taker is not None else None
        if leg is None or leg.end is not None:
            return
        rung = self._ledger.of(rang)
        leg.direction = Direction.IN
        leg.number = message.get("ConnectedLineNum") or None
        leg.dialled = None
        if rung is not None:
            leg.number, leg.name = rung.number, rung.name
            leg.dialled, leg.queue, leg.via = rung.dialled, rung.queue, rung.extension
            if leg.phase is None:
                leg.call_id = rung.call_id
        self._ledger.correct(leg)
        self._ledger.reveal(leg)

    def _reveal(self, channel: Channel) -> None:
        leg = self._ledger.of(channel)
        if leg is not None:
            self._ledger.reveal(leg)

    # -- a queue ------------------------------------------------------------------------------

    def _on_queue_join(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is not None:
            channel.waiting_in = message.get("Queue")
            self._learn_again()

    def _on_queue_leave(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is not None:
            channel.waiting_in = ""

    def _on_agent_called(self, message: AmiMessage) -> None:
        channel = self._channel(message, "Dest")
        if channel is not None:
            channel.called_from = message.get("Queue")
            self._learn_again()

    def _learn_again(self) -> None:
        for leg in self._ledger.under_way():
            if leg.direction is Direction.IN and leg.phase in (None, Phase.RINGING):
                self._ledger.learn(leg)

    # -- while it lasts ------------------------------------------------------------------------

    def _on_bridge_enter(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is None or channel.gone:
            return
        count = message.get("BridgeNumChannels")
        self._channels.enter(
            channel, message.get("BridgeUniqueid"), int(count) if count.isdecimal() else 0
        )
        for member in self._channels.reached_from(channel)[0]:
            self._talk(member)

    def _talk(self, uniqueid: str) -> None:
        channel = self._channels.get(uniqueid)
        if channel is None or not self._channels.reached_from(channel)[1]:
            return
        leg = self._ledger.of(channel) or self._join_in_mid_call(channel)
        if leg is None or leg.talked or leg.end is not None:
            return
        self._ledger.reveal(leg)
        leg.talked = True
        self._ledger.step(leg, Phase.TALKING)

    def _join_in_mid_call(self, channel: Channel) -> Leg | None:
        """A phone that was called before we listened: it shows up when somebody talks to it."""
        began_it = channel.uniqueid == channel.linkedid
        leg = self._ledger.open(channel, Direction.OUT if began_it else Direction.IN)
        if leg is not None:
            leg.number = channel.connected or None
            self._ledger.learn(leg)
        return leg

    def _on_bridge_leave(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is not None and channel.bridge == message.get("BridgeUniqueid"):
            self._channels.leave(channel)

    def _on_hold(self, message: AmiMessage) -> None:
        leg = self._ledger.of(self._channel(message))
        if leg is not None and leg.phase is Phase.TALKING:
            self._ledger.step(leg, Phase.HELD)

    def _on_unhold(self, message: AmiMessage) -> None:
        # One without a hold precedes each REFER.
        leg = self._ledger.of(self._channel(message))
        if leg is not None and leg.phase is Phase.HELD:
            self._ledger.step(leg, Phase.TALKING)

    def _on_connected_line(self, message: AmiMessage) -> None:
        leg = self._ledger.of(self._channel(message))
        number = _known(message.get("ConnectedLineNum"))
        if leg is None or number is None or leg.phase is None or leg.end is not None:
            return
        if not _same_number(number, leg.peer or leg.number):
            self._ledger.change_peer(leg, number)

    # -- transfers and ends ---------------------------------------------------------------------

    def _on_blind_transfer(self, message: AmiMessage) -> None:
        leg = self._ledger.of(self._channel(message, "Transferer"))
        # Where the transferee was until now is the last trace of what it had dialled.
        self._channel(message, "Transferee")
        if leg is not None and message.get("Result") == "Success":
            leg.transfer = ("blind", message.get("Extension"))
            self._ledger.reconsider(leg.channel.linkedid)

    def _on_attended_transfer(self, message: AmiMessage) -> None:
        if message.get("Result") != "Success":
            return
        target = self._transfer_target(message)
        for transferer in ("OrigTransferer", "SecondTransferer"):
            leg = self._ledger.of(self._channel(message, transferer))
            if leg is not None:
                leg.transfer = ("attended", target)
                self._ledger.reconsider(leg.channel.linkedid)

    def _transfer_target(self, message: AmiMessage) -> str:
        channel = self._channel(message, "TransferTarget")
        far = self._channels.partner(channel) if channel is not None else None
        phones = [channel] if far is None else [self._channels.get(t) for t in far.targets]
        extensions = (extension_of(ringing.name) for ringing in phones if ringing is not None)
        shown = message.get("SecondTransfererConnectedLineNum")
        return next((extension for extension in extensions if extension), shown)

    def _on_dial_end(self, message: AmiMessage) -> None:
        source, called = self._channel(message), self._channel(message, "Dest")
        # A queue repeats itself with CANCEL for each loser and each time-out: that one says least.
        if called is None or called.dial_status not in ("", "CANCEL"):
            return
        called.dial_status = message.get("DialStatus")
        called.forward = message.get("Forward")
        leg = self._ledger.of(called)
        if source is not None:
            called.dialled_by = called.dialled_by or source.uniqueid
            if message.get("Exten") != called.dialled_at_exten != "":
                called.redirected_to = message.get("Exten")
            if leg is not None and leg.unrevealed_at is not None:
                self._was_picked_up(leg, source, message)
        if leg is not None and called.dial_status in _STOPS_RINGING:
            leg.stopped_at = leg.stopped_at or self._ledger.at
        self._ledger.reconsider(called.linkedid)

    def _was_picked_up(self, leg: Leg, source: Channel, message: AmiMessage) -> None:
        """A phone that dialled a feature code is spoken of as answering: it took this call."""
        leg.direction, leg.dialled = Direction.IN, self._channels.dialled_number(source)
        self._name_caller(leg, source, message)
        leg.call_id = source.linkedid
        self._ledger.learn(leg)
        self._ledger.reveal(leg)

    def _on_originate_response(self, message: AmiMessage) -> None:
        uniqueid = message.get("Uniqueid")
        failed = message.get("Response") != "Success"
        channel = self._channels.get(uniqueid)
        if channel is None:
            if failed:
                self._never_rang(message)
            return
        channel.originated = True
        channel.originate_reason = message.get("Reason") if failed else ""
        wanted = known_exten(message.get("Exten"))
        for leg in self._ledger.under_way():
            origin = {leg.channel.uniqueid, *(c.uniqueid for c in self._callers(leg))}
            if wanted is not None and uniqueid in origin:
                leg.number = wanted
                self._ledger.learn(leg)
        self._ledger.reconsider(channel.linkedid)

    def _callers(self, leg: Leg) -> list[Channel]:
        return list(self._channels.callers_of(leg.channel))

    def _never_rang(self, message: AmiMessage) -> None:
        """A click-to-call to a phone that is not there: the answer is all there is of it."""
        extension = extension_of(message.get("Channel"))
        uniqueid = known_exten(message.get("Uniqueid")) or message.get("ActionID")
        if extension is None or uniqueid in self._dead:
            return
        self._bury(uniqueid)
        channel = Channel(uniqueid, message.get("Channel"), uniqueid, self._ledger.at)
        leg = Leg(channel, extension, Direction.OUT, call_id=uniqueid)
        leg.number = known_exten(message.get("Exten"))
        self._ledger.finish(leg, End.NOT_REACHABLE)

    def _on_hangup(self, message: AmiMessage) -> None:
        channel = self._channel(message)
        if channel is None or channel.gone:
            return
        channel.cause = message.get("Cause")
        leg = self._ledger.of(channel)
        if leg is not None and leg.unrevealed_at is None:
            self._ledger.finish(leg)
        for uniqueid in self._channels.hang_up(channel, self._ledger.at):
            self._ledger.forget(uniqueid)
        self._ledger.reconsider(channel.linkedid)


def _known(text: str) -> str | None:
    return None if text in _NOBODY else text


def _same_number(one: str, other: str | None) -> bool:
    return one == other or (phone.digits_of(one) or one) == phone.digits_of(other)
