"""Agent states of telephone systems that keep some too: both sides follow each other (spec 40)."""

import logging
import time
from collections import deque
from collections.abc import Iterable
from contextlib import closing
from threading import Event, Thread

import psycopg

from ets_desktop.db.call_events import listen
from ets_desktop.db.engine import Database
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx.protocol import KeepsAgentStates, TakesAgentStates
from ets_desktop.queries.duty import state_at, states_at_extensions
from ets_desktop.services.duty import follow_pbx_state

log = logging.getLogger(__name__)

#: Extensions whose agent changed, told by trigger (migration 0015).
CHANGED = "ets_state"

_LISTEN_S = 0.25
_JOIN_S = 3.0


class StateFollower:
    """One thread on a listening connection of its own, from `start` to `stop`.

    `heard` takes what a telephone system tells, from any thread; what desks change goes to all of
    `keepers`. Without keepers nothing runs.
    """

    def __init__(self, database: Database, keepers: Iterable[TakesAgentStates]) -> None:
        self._database = database
        self._keepers = tuple(keepers)
        self._heard: deque[tuple[str, AgentState]] = deque()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="agent states", daemon=True)
        for keeper in self._keepers:
            if isinstance(keeper, KeepsAgentStates):
                keeper.follow_states(self.heard)

    def start(self) -> None:
        """Safe to call again."""
        if self._keepers and self._thread.ident is None:
            self._thread.start()

    def stop(self) -> None:
        """Returns within three seconds."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def heard(self, extension: str, state: AgentState) -> None:
        """The telephone system has the agent at `extension` in `state` now."""
        self._heard.append((extension, state))

    def _run(self) -> None:
        patience = Patience()
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                with closing(self._database.listening_connection()) as ear:
                    listen(ear, CHANGED)
                    for extension, state in self._database.call(states_at_extensions):
                        self._tell(extension, state)
                    while not self._stopping.is_set():
                        self._follow()
                        for notice in ear.notifies(timeout=_LISTEN_S, stop_after=1):
                            self._tell_one(notice.payload)
            except (psycopg.Error, Unavailable) as error:
                log.warning("agent states lost the database: %s", type(error).__name__)
                self._stopping.wait(patience.wait_after(time.monotonic() - began))

    def _follow(self) -> None:
        while self._heard:
            extension, state = self._heard[0]
            if not self._database.call(follow_pbx_state, extension, state).value:
                log.info("extension %s: %s is passed over", extension, state)
            self._heard.popleft()

    def _tell_one(self, extension: str) -> None:
        state = self._database.call(state_at, extension)
        if state is not None:
            self._tell(extension, state)

    def _tell(self, extension: str, state: AgentState) -> None:
        for keeper in self._keepers:
            keeper.set_state(extension, state)
