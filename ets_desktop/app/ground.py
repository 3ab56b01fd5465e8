"""The ground under the desk: a server that runs, a schema that is ours, a demo shop in a new one.

Heavy imports (drivers, SQLAlchemy) happen here, on the worker, while the agent types a name.
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ets_desktop.paths import Paths, make_private
from ets_desktop.settings import Settings

if TYPE_CHECKING:
    from ets_desktop.db.server import Server

DEMO_ORDERS = 2_000
_PASSWORD_FILE = "demo-password"


class Ground:
    """Made once a program; `server` may be called from any thread and again after a failure."""

    def __init__(
        self,
        settings: Settings,
        places: Paths,
        tell: Callable[[str], None],
        demo_orders: int | None = None,
    ) -> None:
        self._settings = settings
        self._places = places
        self._tell = tell
        self._demo_orders = demo_orders or DEMO_ORDERS
        self._lock = Lock()
        self._stack = ExitStack()
        self._server: Server | None = None

    def server(self) -> "Server":
        """The server, ready to log in to; waits for a preparation under way.

        Raises EtsError (Unavailable when trying again may help).
        """
        with self._lock:
            if self._server is None:
                self._server = self._prepare()
            return self._server

    def revive(self) -> None:
        """Bring the embedded server back if it died under the desk; its address stays.

        Raises EtsError.
        """
        with self._lock:
            if self._server is None or not self._server.is_embedded:
                return
            from ets_desktop.db.server import located_server

            # Our own lease is still held: whoever joins and leaves does not stop it again.
            with located_server(self._settings, is_desk=False):
                pass

    def close(self) -> None:
        """Leave the embedded server; the last program out stops it."""
        with self._lock:
            self._server = None
            self._stack.close()

    def _prepare(self) -> "Server":
        from ets_desktop.db.server import located_server, require_current_schema

        with ExitStack() as stack:
            self._tell("starting")
            server = stack.enter_context(located_server(self._settings, is_desk=True))
            if server.is_embedded:
                self._tell("migrating")
                require_current_schema(server)
                self._furnish(server)
            self._stack = stack.pop_all()
        self._tell("")
        return server

    def _furnish(self, server: "Server") -> None:
        """Give an empty embedded database its demo shop; print how to log in to one that has it."""
        from ets_desktop.db.engine import Database
        from ets_desktop.demo.logins import new_password, set_demo_password
        from ets_desktop.demo.shop import fill, has_nobody

        file = self._places.data_dir / _PASSWORD_FILE
        database = Database(server.owner_url, application_name="ets set-up", pool_size=1)
        try:
            if database.call(has_nobody):
                self._tell("furnishing")
                password = self._settings.demo_password or new_password()
                fill(database, orders=self._demo_orders, password=password)
                _write_privately(file, password)
            elif not file.exists():
                return  # somebody's own shop: nothing to print
            elif self._settings.demo_password not in (None, file.read_text(encoding="utf-8")):
                password = str(self._settings.demo_password)
                database.call(set_demo_password, password)
                _write_privately(file, password)
        finally:
            database.close()
        self._tell(f"login {file.read_text(encoding='utf-8')}")


def _write_privately(file: Path, text: str) -> None:
    make_private(file.parent)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
