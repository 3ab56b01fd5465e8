"""Stopping a statement on the server because nobody waits for it any more."""

import logging
from threading import Event, Lock, Thread
from typing import Any

import psycopg

log = logging.getLogger(__name__)

#: A cancel request is a connection of its own; a dead server must not keep it for long.
PATIENCE_S = 3.0

#: A request that comes before the statement is lost: asked again until the work ends.
_AGAIN_S = 0.1


class Stopper:
    """Cancels what one connection does, up to `finish`, and never what it does later.

    `ask` comes from the GUI thread, so the requests are sent from a thread of its own; `finish`
    waits for it, lest a request meet the next user of the pooled connection.
    """

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._driver = driver
        self._lock = Lock()
        self._finished = Event()
        self._sender: Thread | None = None

    def ask(self) -> None:
        """Stop the statement under way or about to begin; returns at once."""
        with self._lock:
            if self._sender is None and not self._finished.is_set():
                self._sender = Thread(target=self._send, name="stop", daemon=True)
                self._sender.start()

    def finish(self) -> None:
        """The work is over: from now on nothing is stopped."""
        with self._lock:
            self._finished.set()
        if self._sender is not None:
            self._sender.join()

    def _send(self) -> None:
        while not self._finished.is_set():
            try:
                self._driver.cancel_safe(timeout=PATIENCE_S)
            except psycopg.Error as error:
                # Then the statement ends by itself, or the connection does; its job tells which.
                log.info("a statement could not be stopped: %s", type(error).__name__)
            self._finished.wait(_AGAIN_S)
