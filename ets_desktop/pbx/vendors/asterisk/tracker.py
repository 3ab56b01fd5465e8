"""AMI events in, leg events out: a pure reducer without sockets or clocks (facts: Asterisk §3).

It takes the messages of one millisecond in any order: what turns out later (a transfer, the reason
of an end) corrects what was told, with another event about the same leg.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ets_desktop.domain.calls import LegEvent
from ets_desktop.pbx.protocol import KnownLeg
from ets_desktop.pbx.vendors.asterisk.dialling import Dialling
from ets_desktop.pbx.vendors.asterisk.exchange import Exchange, Handlers
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.vendors.asterisk.queues import Queues
from ets_desktop.pbx.vendors.asterisk.recovery import messages_of
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

    def survey(self, rows: Sequence[AmiMessage], at: datetime) -> tuple[LegEvent, ...]:
        """The PBX was asked `at` what goes on (CoreShowChannels): `rows` is everything there is.

        What is new or has gone on is told; how a leg ended that is gone nobody saw.
        """
        exchange = self._exchange
        exchange.ledger.at = at
        there = {row.get("Uniqueid") for row in rows}
        for leg in exchange.ledger.under_way():
            if leg.channel.uniqueid not in there:
                exchange.ledger.give_up(leg)
        for uniqueid in exchange.channels.alive() - there:
            exchange.drop(uniqueid)
        told = list(exchange.ledger.take())
        for message in messages_of(rows):
            told += self.feed(message, at)
        return tuple(told)

    def remember(self, legs: Iterable[KnownLeg]) -> None:
        """What an earlier run told of legs that the survey may find again."""
        self._exchange.ledger.remember(legs)

    def legs_under_way(self) -> frozenset[str]:
        """The keys of the legs that were not heard to end."""
        return frozenset(leg.channel.uniqueid for leg in self._exchange.ledger.under_way())

    def disconnected(self, at: datetime) -> tuple[LegEvent, ...]:
        """The connection or the PBX is gone: every leg under way is lost."""
        ledger = self._exchange.ledger
        ledger.at = at
        for leg in ledger.under_way():
            ledger.give_up(leg)
        self._exchange.forget_all(at)
        return ledger.take()
