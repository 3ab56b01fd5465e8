"""How a command reaches the database: the one of the settings, else the embedded one."""

from collections.abc import Iterator
from contextlib import contextmanager

from ets_desktop.db import server as servers
from ets_desktop.db.engine import Database
from ets_desktop.db.server import Server
from ets_desktop.settings import load_settings


@contextmanager
def located_server(*, migrate: bool = True, linger: bool = False) -> Iterator[Server]:
    """The server in use; its schema is this program's unless `migrate` is false."""
    settings = load_settings()
    with servers.located_server(settings, is_desk=False, linger=linger) as server:
        if migrate:
            servers.require_current_schema(server)
        yield server


@contextmanager
def open_database(application_name: str = "ets") -> Iterator[Database]:
    """The database in use, as the settings' own login (embedded: the owner)."""
    with located_server() as server:
        database = Database(server.owner_url, application_name=application_name)
        try:
            yield database
        finally:
            database.close()
