"""AMI events in, leg events out: a pure reducer without sockets or clocks (facts: Asterisk §3).

It takes the messages of one millisecond in any order: what turns out later (a transfer, the reason
of an end) corrects what was told, with another event about the same leg.
"""

from datetime import datetime

from ets_desktop.domain.calls import End, LegEvent
from ets_desktop.pbx.vendors.asterisk.dialling import Dialling
from ets_desktop.pbx.vendors.asterisk.exchange import Exchange, Handlers
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.vendors.asterisk.queues import Queues
from ets_desktop.pbx.vendors.asterisk.talking import Talking


class Tracker:
    """The state of one Asterisk; `link` names it in every event."""

    def __init__(self, link: str) -> None:
        self._exchange = Exchange(link)
        self._handlers: Handlers = {
            **Dialling(self._exchange).handlers,
            **Queues(self._exchange).handlers,
            **Talking(self._exchange).handlers,
        }

    def feed(self, message: AmiMessage, at: datetime) -> tuple[LegEvent, ...]:
        """What `message`, received `at`, tells about legs. Unknown kinds tell nothing."""
        handler = self._handlers.get(message.event)
        if handler is None:
            return ()
        self._exchange.ledger.at = at
        handler(message)
        return self._exchange.ledger.take()

    def disconnected(self, at: datetime) -> tuple[LegEvent, ...]:
        """The connection or the PBX is gone: every leg under way is lost."""
        ledger = self._exchange.ledger
        ledger.at = at
        for leg in ledger.under_way():
            if leg.unrevealed_at is None:
                ledger.finish(leg, End.LOST)
        self._exchange.forget_all(at)
        return ledger.take()
