"""Messages about phones that dial and phones that ring."""

from ets_desktop.domain.calls import Direction, End, Phase
from ets_desktop.pbx.vendors.asterisk.channels import (
    DIALLING,
    RINGING,
    UP,
    Channel,
    extension_of,
    known_exten,
)
from ets_desktop.pbx.vendors.asterisk.exchange import Exchange, Handlers, known_number
from ets_desktop.pbx.vendors.asterisk.legs import Leg
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage

_WITHHELD = "anonymous"
_STOPS_RINGING = ("BUSY", "NOANSWER", "CHANUNAVAIL", "CONGESTION")
_FEATURE_CODES = ("*", "#")


class Dialling:
    """How legs begin, ring and fail to be answered."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.handlers: Handlers = {
            "Newchannel": self._on_newchannel,
            "Newstate": self._on_newstate,
            "DialBegin": self._on_dial_begin,
            "DialEnd": self._on_dial_end,
            "Pickup": self._on_pickup,
            "OriginateResponse": self._on_originate_response,
        }

    def _on_newchannel(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if (
            channel is None
            or channel.state != DIALLING
            or self._exchange.ledger.of(channel) is not None
        ):
            return
        leg = self._exchange.ledger.open(channel, Direction.OUT)
        if leg is None:
            return
        leg.number = leg.dialled = known_exten(channel.exten)
        if channel.exten.startswith(_FEATURE_CODES):
            leg.unrevealed_at = self._exchange.ledger.at
        else:
            self._exchange.ledger.step(leg, Phase.DIALLING)

    def _on_dial_begin(self, message: AmiMessage) -> None:
        source, called = self._exchange.channel(message), self._exchange.channel(message, "Dest")
        if called is None:
            return
        if source is None:
            called.originated = True
        else:
            called.dialled_by = called.dialled_by or source.uniqueid
            called.dialled_at_exten = called.dialled_at_exten or message.get("Exten")
            if called.uniqueid not in source.targets:
                source.targets.append(called.uniqueid)
            self._exchange.ledger.reveal(self._exchange.ledger.of(source))
        leg = self._exchange.ledger.open(called, Direction.IN)
        if leg is None or leg.end is not None:
            return
        if source is None:
            leg.number = leg.number or known_number(message.get("DestConnectedLineNum"))
        else:
            self._name_caller(leg, source, message)
        self._exchange.ledger.learn(leg)

    def _name_caller(self, leg: Leg, source: Channel, message: AmiMessage) -> None:
        """The party that dials. A colleague is known by the channel: caller ids are overwritten."""
        withheld = any(
            variable.startswith("CALLERID(pres)=prohib") for variable in message.all("ChanVariable")
        )
        shown = _WITHHELD if withheld else message.get("CallerIDNum") or None
        leg.number = extension_of(source.name) or shown
        leg.name = None if withheld else known_number(message.get("CallerIDName"))

    def _on_newstate(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if channel is None:
            return
        leg = self._exchange.ledger.of(channel)
        if message.get("ChannelState") == RINGING:
            leg = leg or self._exchange.ledger.open(channel, Direction.IN)
            if leg is not None and leg.phase is None:
                leg.number = leg.number or message.get("ConnectedLineNum") or None
                self._exchange.ledger.learn(leg)
                self._exchange.ledger.step(leg, Phase.RINGING)
        elif message.get("ChannelState") == UP and leg is not None:
            unanswered = leg.phase in (None, Phase.RINGING)
            if unanswered and self._exchange.channels.is_originated(channel):
                self._exchange.ledger.step(leg, Phase.DIALLING)

    def _on_pickup(self, message: AmiMessage) -> None:
        taker, rang = self._exchange.channel(message), self._exchange.channel(message, "Target")
        leg = self._exchange.ledger.open(taker, Direction.IN) if taker is not None else None
        if leg is None or leg.end is not None:
            return
        rung = self._exchange.ledger.of(rang)
        leg.direction = Direction.IN
        leg.number = message.get("ConnectedLineNum") or None
        leg.dialled = None
        if rung is not None:
            leg.number, leg.name = rung.number, rung.name
            leg.dialled, leg.queue, leg.via = rung.dialled, rung.queue, rung.extension
            if leg.phase is None:
                leg.call_id = rung.call_id
        self._exchange.ledger.correct(leg)
        self._exchange.ledger.reveal(leg)

    def _on_dial_end(self, message: AmiMessage) -> None:
        source, called = self._exchange.channel(message), self._exchange.channel(message, "Dest")
        # A queue repeats itself with CANCEL for each loser and each time-out: that one says least.
        if called is None or called.dial_status not in ("", "CANCEL"):
            return
        called.dial_status = message.get("DialStatus")
        called.forward = message.get("Forward")
        leg = self._exchange.ledger.of(called)
        if source is not None:
            called.dialled_by = called.dialled_by or source.uniqueid
            if message.get("Exten") != called.dialled_at_exten != "":
                called.redirected_to = message.get("Exten")
            if leg is not None and leg.unrevealed_at is not None:
                self._was_picked_up(leg, source, message)
        if leg is not None and called.dial_status in _STOPS_RINGING:
            leg.stopped_at = leg.stopped_at or self._exchange.ledger.at
        self._exchange.ledger.reconsider(called.linkedid)

    def _was_picked_up(self, leg: Leg, source: Channel, message: AmiMessage) -> None:
        """A phone that dialled a feature code is spoken of as answering: it took this call."""
        leg.direction, leg.dialled = Direction.IN, self._exchange.channels.dialled_number(source)
        self._name_caller(leg, source, message)
        leg.call_id = source.linkedid
        self._exchange.ledger.learn(leg)
        self._exchange.ledger.reveal(leg)

    def _on_originate_response(self, message: AmiMessage) -> None:
        uniqueid = message.get("Uniqueid")
        failed = message.get("Response") != "Success"
        channel = self._exchange.channels.get(uniqueid)
        if channel is None:
            if failed:
                self._never_rang(message)
            return
        channel.originated = True
        channel.originate_reason = message.get("Reason") if failed else ""
        wanted = known_exten(message.get("Exten"))
        for leg in self._exchange.ledger.under_way():
            origin = (leg.channel, *self._exchange.channels.callers_of(leg.channel))
            if wanted is not None and channel in origin:
                leg.number = wanted
                self._exchange.ledger.learn(leg)
        self._exchange.ledger.reconsider(channel.linkedid)

    def _never_rang(self, message: AmiMessage) -> None:
        """A click-to-call to a phone that is not there: the answer is all there is of it."""
        extension = extension_of(message.get("Channel"))
        uniqueid = known_exten(message.get("Uniqueid")) or message.get("ActionID")
        if extension is None or uniqueid in self._exchange.dead:
            return
        self._exchange.bury(uniqueid)
        channel = Channel(uniqueid, message.get("Channel"), uniqueid, self._exchange.ledger.at)
        leg = Leg(channel, extension, Direction.OUT, call_id=uniqueid)
        leg.number = known_exten(message.get("Exten"))
        self._exchange.ledger.finish(leg, End.NOT_REACHABLE)
