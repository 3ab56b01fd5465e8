"""The real server the tests run on: ours, embedded, once a session, its databases cloned."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from psycopg import sql

from ets_desktop.db.migrate import upgrade
from ets_desktop.local.connection import connect
from ets_desktop.local.embedded import ConnectionTarget, EmbeddedPostgres
from ets_desktop.paths import Paths

#: What makes a server quick that is thrown away.
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
QUICK_INITDB = ("--no-sync", "--wal-segsize=1")

_numbers = itertools.count(1)


@contextmanager
def throw_away_server(folder: Path) -> Iterator[ConnectionTarget]:
    """A server of its own below `folder`; its database `ets` is empty."""
    embedded = EmbeddedPostgres(
        Paths.under(folder), settings=UNSAFE_SETTINGS, initdb_options=QUICK_INITDB
    )
    target = embedded.start()
    try:
        yield target
    finally:
        embedded.stop()


@contextmanager
def clone(server: ConnectionTarget, template: str) -> Iterator[ConnectionTarget]:
    """A copy of the database `template`, dropped at the end with whoever is still connected."""
    target = replace(server, database=f"{template}_{next(_numbers)}")
    name = sql.Identifier(target.database)
    with connect(server, "postgres") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template))
        )
        try:
            yield target
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def migrated_template(server: ConnectionTarget) -> Iterator[str]:
    """The name of a database with the newest schema and no rows, which nobody connects to."""
    with clone(server, "ets") as target:
        upgrade(target.url())
        yield target.database
