"""A server that freezes between two jobs: whoever waits for it is freed, wherever it waits."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import Unavailable

PATIENCE_S = 10.0


@contextmanager
def way_that_freezes(url: str, frozen: Event, reached: Event) -> Iterator[str]:
    """A way to the server for one connection, which from `frozen` on holds whatever comes."""
    server = make_url(url)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def carry(source: socket.socket, target: socket.socket) -> None:
            with suppress(OSError):
                while piece := source.recv(65_536):
                    if frozen.is_set():
                        reached.set()
                    else:
                        target.sendall(piece)
                target.shutdown(socket.SHUT_RDWR)

        def serve() -> None:
            near, _ = listener.accept()
            listener.close()
            far = socket.create_connection((server.host or "", server.port or 5432))
            with near, far:
                back = Thread(target=carry, args=(far, near))
                back.start()
                carry(near, far)
                back.join()

        port = listener.getsockname()[1]
        thread = Thread(target=serve)
        thread.start()
        yield server.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        thread.join(PATIENCE_S)


def test_a_pooled_connection_that_is_asked_whether_it_lives_is_hung_up_on_too(
    database_url: str,
) -> None:
    frozen, reached = Event(), Event()
    errors: list[str] = []
    with way_that_freezes(database_url, frozen, reached) as url:
        database = Database(url, application_name="frozen", pool_size=1)
        assert database.call(lambda session: session.execute(text("SELECT 1")).scalar()) == 1
        frozen.set()

        def ask() -> None:
            with pytest.raises(Unavailable) as away:
                database.call(lambda session: session.execute(text("SELECT 1")))
            errors.append(away.value.code)

        thread = Thread(target=ask)
        thread.start()
        assert reached.wait(PATIENCE_S)
        began = time.monotonic()
        database.hang_up()
        thread.join(PATIENCE_S)
        assert time.monotonic() - began < PATIENCE_S
        database.close()
    assert errors == ["database_away"]
