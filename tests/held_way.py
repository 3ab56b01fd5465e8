"""A way to the server through this process, which can hold what comes, and cut it: no bytes lost
while it is open, none passed on while it is held."""

import select
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from sqlalchemy.engine import make_url

#: In no connection's first words.
NOBODY = b"\x00 nobody \x00"
_LOOK_S = 0.05
_FIRST_WORDS = 300


class Way:
    """`url` leads through it."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._spared = NOBODY
        self._open = Event()
        self._open.set()
        self._over = Event()
        self._lines: list[socket.socket] = []
        self._threads: list[Thread] = []
        self._port = 0
        self.mend()

    @property
    def url(self) -> str:
        near = self._server.set(host="127.0.0.1", port=self._port)
        return near.render_as_string(hide_password=False)

    def hold(self, spared: bytes = NOBODY) -> None:
        """Take what comes and pass on nothing, of new connections, too; only one with `spared` in
        its first words (an application_name) goes on."""
        self._spared = spared
        self._open.clear()

    def release(self) -> None:
        """Everything held goes on in its order."""
        self._open.set()

    def cut(self) -> None:
        """Nobody is there any more: open connections are lost, new ones refused."""
        # Closing alone would leave an accept under way as it is.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    def mend(self) -> None:
        """Somebody is there (again), at the same address."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        self._start(self._serve, self._listener)

    def close(self) -> None:
        self._over.set()
        self._open.set()
        self.cut()
        for thread in self._threads:
            thread.join(10)

    def _start(self, target: Callable[[socket.socket], None], one: socket.socket) -> None:
        thread = Thread(target=target, args=(one,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                self._start(self._carry, near)

    def _carry(self, near: socket.socket) -> None:
        far = socket.create_connection((self._server.host or "", self._server.port or 5432))
        self._lines += [near, far]
        words = b""
        with near, far, suppress(OSError):
            while not self._over.is_set():
                ready, _, _ = select.select([near, far], [], [], _LOOK_S)
                for source in ready:
                    piece = source.recv(65_536)
                    if not piece:
                        return
                    words += piece if len(words) < _FIRST_WORDS else b""
                    while self._spared not in words and not self._open.wait(_LOOK_S):
                        if self._over.is_set():
                            return
                    (far if source is near else near).sendall(piece)


@contextmanager
def way_to(server: str) -> Iterator[Way]:
    way = Way(server)
    try:
        yield way
    finally:
        way.close()
