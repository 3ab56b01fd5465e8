"""Takes the desks' wishes to dial while this gateway has the telephone."""

import logging
import time
from collections.abc import Callable
from contextlib import closing
from threading import Event, Thread

import psycopg

from ets_desktop.db.call_events import listen
from ets_desktop.db.engine import Database
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.dialling import DIALLED
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.services.dialling import DialWish, answer_dial_wish, take_dial_wishes

log = logging.getLogger(__name__)

WISHES = "ets_dial"

#: How long the end of the program may wait for a listener that hears nothing.
_LISTEN_S = 0.25
_JOIN_S = 3.0

#: Extension, number, a key that is dialled once. Raises EtsError.
Dial = Callable[[str, str, str], None]


class Dialler:
    """One thread on a listening connection of its own, from `start` to `stop`."""

    def __init__(self, database: Database, dial: Dial) -> None:
        self._database = database
        self._dial = dial
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="dialler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns within three seconds; a wish under way is answered first."""
        self._stopping.set()
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        patience = Patience()
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                with closing(self._database.listening_connection()) as ear:
                    listen(ear, WISHES)
                    while not self._stopping.is_set():
                        self._dial_waiting()
                        list(ear.notifies(timeout=_LISTEN_S, stop_after=1))
            except (psycopg.Error, Unavailable) as error:
                log.warning("the dialler lost the database: %s", type(error).__name__)
                self._stopping.wait(patience.wait_after(time.monotonic() - began))

    def _dial_waiting(self) -> None:
        for wish in self._database.call(take_dial_wishes).value:
            self._database.call(answer_dial_wish, wish.request_id, self._outcome(wish))

    def _outcome(self, wish: DialWish) -> str:
        try:
            self._dial(wish.extension, wish.number, wish.client_id.hex)
        except EtsError as error:
            log.warning("extension %s: %s", wish.extension, error.code)
            return error.code
        return DIALLED
