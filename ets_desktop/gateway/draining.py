"""What waits, into the database: in order, and nothing that another gateway tells as well."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from ets_desktop.db.engine import Database
from ets_desktop.domain.calls import NO_DETAILS, End, LegEvent, Phase
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway.logbook import Logbook, stopping_no_call
from ets_desktop.gateway.outbox import Outbox
from ets_desktop.gateway.watch import Watch
from ets_desktop.services.belated_calls import OtherGateway, record_belated_event
from ets_desktop.services.calls import record_leg_event

log = logging.getLogger(__name__)

#: The clock of the other gateway's machine is nearly ours.
CLOCKS_DIFFER = timedelta(seconds=5)

Write = Callable[[LegEvent], None]


class Drain:
    """Belongs to the gateway's thread. Each method raises Unavailable with the rest still in the
    outbox."""

    def __init__(
        self, database: Database, outbox: Outbox, watch: Watch, logbook: Logbook | None
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._watch = watch
        self._logbook = logbook
        self._new: dict[tuple[str, str], LegEvent] = {}

    def write(self, guard: psycopg.Connection[Any]) -> None:
        """The telephone is ours, and was ours when these were heard."""
        self._empty(guard, self._record)

    def write_belated(
        self,
        guard: psycopg.Connection[Any],
        others_up: Mapping[str, datetime],
        names_calls: Callable[[str], bool],
    ) -> None:
        """Another gateway may have worked meanwhile; `others_up`: since when its links are up."""

        def record(event: LegEvent) -> None:
            leg = event.link, event.leg_key
            other = OtherGateway(event.link in others_up, names_calls(event.link))
            known = leg in self._new
            if self._database.call(record_belated_event, event, other, known).value:
                self._new[leg] = event

        self._empty(guard, record)

    def end_what_is_open(self, others_up: Mapping[str, datetime]) -> None:
        """Legs that were told belatedly and that nobody follows: we do no more, and the other
        gateway found them no more when it came up."""
        for (link, key), event in list(self._new.items()):
            up_since = others_up.get(link)
            is_followed = up_since is not None and event.heard_at >= up_since - CLOCKS_DIFFER
            if event.phase is not Phase.ENDED and not is_followed:
                lost = replace(
                    event,
                    phase=Phase.ENDED,
                    end=End.LOST,
                    at=datetime.now(UTC),
                    event_key=f"{link}:{key}:ended:{End.LOST}",
                    details=NO_DETAILS,
                )
                self._database.call(record_leg_event, lost)
            del self._new[link, key]

    def forget_what_is_open(self) -> None:
        """They are followed again: the links come up with them."""
        self._new.clear()

    def _empty(self, guard: psycopg.Connection[Any], write: Write) -> None:
        while (event := self._outbox.first()) is not None:
            with self._watch.over(guard):
                self._try(write, event)
            self._outbox.drop_first()

    def _record(self, event: LegEvent) -> None:
        self._database.call(record_leg_event, event)
        if self._logbook is not None:
            with stopping_no_call():
                self._logbook.note_told(event)

    def _try(self, write: Write, event: LegEvent) -> None:
        try:
            write(event)
        except Unavailable:
            raise
        except EtsError as error:
            # Refused for good: keeping it would hold up every event behind it.
            log.error("event %s is refused: %s", event.event_key, error.code)
