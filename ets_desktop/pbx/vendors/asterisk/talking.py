"""Messages about legs that talk, wait, are handed on and end."""

from ets_desktop.domain import phone
from ets_desktop.domain.calls import Direction, Phase
from ets_desktop.pbx.vendors.asterisk.channels import Channel
from ets_desktop.pbx.vendors.asterisk.exchange import Exchange, Handlers, known_number
from ets_desktop.pbx.vendors.asterisk.legs import Leg
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage


class Talking:
    """What happens to legs from the answer to the end."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.handlers: Handlers = {
            "NewConnectedLine": self._on_connected_line,
            "BridgeEnter": self._on_bridge_enter,
            "BridgeLeave": self._on_bridge_leave,
            "Hold": self._on_hold,
            "Unhold": self._on_unhold,
            "BlindTransfer": self._on_blind_transfer,
            "AttendedTransfer": self._on_attended_transfer,
            "Hangup": self._on_hangup,
        }

    def _on_bridge_enter(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if channel is None or channel.gone:
            return
        count = message.get("BridgeNumChannels")
        self._exchange.channels.enter(
            channel, message.get("BridgeUniqueid"), int(count) if count.isdecimal() else 0
        )
        for member in self._exchange.channels.reached_from(channel)[0]:
            self._talk(member)

    def _talk(self, uniqueid: str) -> None:
        channel = self._exchange.channels.get(uniqueid)
        if channel is None or not self._exchange.channels.reached_from(channel)[1]:
            return
        leg = self._exchange.ledger.of(channel) or self._join_in_mid_call(channel)
        if leg is None or leg.talked or leg.end is not None:
            return
        self._exchange.ledger.reveal(leg)
        leg.talked = True
        self._exchange.ledger.step(leg, Phase.TALKING)

    def _join_in_mid_call(self, channel: Channel) -> Leg | None:
        """A phone that was called before we listened: it shows up when somebody talks to it."""
        began_it = channel.uniqueid == channel.linkedid
        leg = self._exchange.ledger.open(channel, Direction.OUT if began_it else Direction.IN)
        if leg is not None:
            leg.number = channel.connected or None
            self._exchange.ledger.learn(leg)
        return leg

    def _on_bridge_leave(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if channel is not None and channel.bridge == message.get("BridgeUniqueid"):
            self._exchange.channels.leave(channel)

    def _on_hold(self, message: AmiMessage) -> None:
        leg = self._exchange.ledger.of(self._exchange.channel(message))
        if leg is not None and leg.phase is Phase.TALKING:
            self._exchange.ledger.step(leg, Phase.HELD)

    def _on_unhold(self, message: AmiMessage) -> None:
        # One without a hold precedes each REFER.
        leg = self._exchange.ledger.of(self._exchange.channel(message))
        if leg is not None and leg.phase is Phase.HELD:
            self._exchange.ledger.step(leg, Phase.TALKING)

    def _on_connected_line(self, message: AmiMessage) -> None:
        leg = self._exchange.ledger.of(self._exchange.channel(message))
        number = known_number(message.get("ConnectedLineNum"))
        if leg is None or number is None or leg.phase is None or leg.end is not None:
            return
        if not _same_number(number, leg.peer or leg.number):
            self._exchange.ledger.change_peer(leg, number)

    def _on_blind_transfer(self, message: AmiMessage) -> None:
        leg = self._exchange.ledger.of(self._exchange.channel(message, "Transferer"))
        # Where the transferee was until now is the last trace of what it had dialled.
        self._exchange.channel(message, "Transferee")
        if leg is not None and message.get("Result") == "Success":
            leg.transfer = ("blind", message.get("Extension"))
            self._exchange.ledger.reconsider(leg.channel.linkedid)

    def _on_attended_transfer(self, message: AmiMessage) -> None:
        if message.get("Result") != "Success":
            return
        target = self._transfer_target(message)
        for transferer in ("OrigTransferer", "SecondTransferer"):
            leg = self._exchange.ledger.of(self._exchange.channel(message, transferer))
            if leg is not None:
                leg.transfer = ("attended", target)
                self._exchange.ledger.reconsider(leg.channel.linkedid)

    def _transfer_target(self, message: AmiMessage) -> str:
        channel = self._exchange.channel(message, "TransferTarget")
        phone = self._exchange.channels.phone_behind(channel) if channel is not None else None
        return phone or message.get("SecondTransfererConnectedLineNum")

    def _on_hangup(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if channel is None or channel.gone:
            return
        channel.cause = message.get("Cause")
        leg = self._exchange.ledger.of(channel)
        if leg is not None and leg.unrevealed_at is None:
            self._exchange.ledger.finish(leg)
        self._exchange.hang_up(channel)
        self._exchange.ledger.reconsider(channel.linkedid)


def _same_number(one: str, other: str | None) -> bool:
    return one == other or (phone.digits_of(one) or one) == phone.digits_of(other)
