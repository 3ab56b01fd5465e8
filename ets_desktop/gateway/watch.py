"""Notices that the server has said nothing for too long, at the cost of two assignments a question.

`db.silence.answer_within` starts a thread each time; a burst of calls has hundreds of questions.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import psycopg

from ets_desktop.db.silence import hang_up

#: After so many seconds a server that says nothing is given up, and what waits for it waits here.
SILENCE_S = 8.0


class Watch:
    """One thread asks; another one looks now and then."""

    def __init__(self, on_silence: Callable[[], None]) -> None:
        self._on_silence = on_silence
        self._lock = Lock()
        self._asked: tuple[psycopg.Connection[Any], float] | None = None

    @contextmanager
    def over(self, guard: psycopg.Connection[Any]) -> Iterator[None]:
        """What is asked in here, on whatever connection, is given up with `guard` in the end."""
        with self._lock:
            self._asked = guard, time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._asked = None

    def look(self) -> None:
        """Give the server up if it is time to."""
        with self._lock:
            if self._asked is None or time.monotonic() - self._asked[1] < SILENCE_S:
                return
            # Under the lock: nobody closes the connection meanwhile.
            hang_up(self._asked[0])
        self._on_silence()
