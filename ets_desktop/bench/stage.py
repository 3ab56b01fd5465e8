"""The database that is measured: the one at hand, or one of a given size made beside it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from ets_desktop.db.engine import Database
from ets_desktop.db.migrate import upgrade
from ets_desktop.db.schema_version import schema_status
from ets_desktop.demo.shop import Progress, fill, silent

APPLICATION = "ets bench"


@contextmanager
def measured_database(
    url: str, orders: int | None, progress: Progress = silent
) -> Iterator[Database]:
    """The database at `url` if `orders` is None.

    Else `ets_bench_<orders>` on the same server, made and filled when it is not there yet (as the
    owner, without any login), and kept for the next time.
    """
    if orders is not None:
        url = _bench_url(url, orders)
    with closing(Database(url, application_name=APPLICATION)) as database:
        if orders is not None and not has_orders(database):
            fill(database, orders=orders, with_logins=False, progress=progress)
        yield database


def has_orders(database: Database) -> bool:
    """False when there is nothing to measure."""
    with database.driver_connection() as connection:
        return connection.execute("SELECT FROM sales_order LIMIT 1").fetchone() is not None


def _bench_url(url: str, orders: int) -> str:
    """The database of that size beside the one at `url`, existing and migrated."""
    name = f"ets_bench_{orders}"
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    beside = _with_database(url, name)
    if not schema_status(beside).is_current:
        upgrade(beside)
    return beside


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
