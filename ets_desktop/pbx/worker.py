"""Runs one vendor on a thread of its own and runs it again when the link fails."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.protocol import LinkState, OnEvent, Vendor, Warns

log = logging.getLogger(__name__)

CONNECTING = "link_connecting"
FINISHED = "link_finished"
STOPPED = "link_stopped"
BROKEN = "link_broken"

_JOIN_S = 3.0


class LinkWorker:
    """Thread-safe. `on_event` is called on the worker's thread, in the vendor's order, and
    `on_up` with the link's name there each time the link has come up."""

    def __init__(
        self,
        name: str,
        vendor: Vendor,
        on_event: OnEvent,
        *,
        on_up: Callable[[str], None] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.name = name
        self._on_up = on_up
        self.vendor = vendor
        self._on_event = on_event
        self._patience = patience or Patience()
        self._state = LinkState(reason=CONNECTING)
        self._guard = Lock()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=f"link {name}", daemon=True)

    @property
    def state(self) -> LinkState:
        with self._guard:
            state = self._state
        if state.up_since is not None and isinstance(self.vendor, Warns):
            return replace(state, reason=self.vendor.warning())
        return state

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the link; returns within three seconds."""
        self._stopping.set()
        self.vendor.stop()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        reason = BROKEN
        try:
            reason = self._keep_running()
        finally:
            self._go_down(reason)

    def _keep_running(self) -> str:
        """Until the vendor has no more to tell or we stop; the reason to show then."""
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self.vendor.run(self._pass_on, self._go_up)
                return STOPPED if self._stopping.is_set() else FINISHED
            except EtsError as error:
                log.warning("link %s: %s", self.name, error.code)
                self._go_down(error.code)
            self._stopping.wait(self._patience.wait_after(time.monotonic() - began))
        return STOPPED

    def _pass_on(self, event: LegEvent) -> None:
        with self._guard:
            self._state = replace(self._state, last_event_at=datetime.now(UTC))
        self._on_event(event)

    def _go_up(self) -> None:
        log.info("link %s is up", self.name)
        with self._guard:
            self._state = replace(self._state, up_since=datetime.now(UTC), reason="")
        if self._on_up is not None:
            self._on_up(self.name)

    def _go_down(self, reason: str) -> None:
        with self._guard:
            self._state = replace(self._state, up_since=None, reason=reason)
