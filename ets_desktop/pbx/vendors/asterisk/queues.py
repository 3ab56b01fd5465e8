"""Messages about callers who wait in queues."""

from ets_desktop.domain.calls import Direction, Phase
from ets_desktop.pbx.vendors.asterisk.exchange import Exchange, Handlers
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage


class Queues:
    """Which queue made a phone ring."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.handlers: Handlers = {
            "QueueCallerJoin": self._on_queue_join,
            "QueueCallerLeave": self._on_queue_leave,
            "AgentCalled": self._on_agent_called,
        }

    def _on_queue_join(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if channel is not None:
            channel.waiting_in = message.get("Queue")
            self._learn_again()

    def _on_queue_leave(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message)
        if channel is not None:
            channel.waiting_in = ""

    def _on_agent_called(self, message: AmiMessage) -> None:
        channel = self._exchange.channel(message, "Dest")
        if channel is not None:
            channel.called_from = message.get("Queue")
            self._learn_again()

    def _learn_again(self) -> None:
        for leg in self._exchange.ledger.under_way():
            if leg.direction is Direction.IN and leg.phase in (None, Phase.RINGING):
                self._exchange.ledger.learn(leg)
