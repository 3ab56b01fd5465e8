"""What a benchmark wrote into trails that are only ever added to: taken away by the owner alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.sql import SQL, Identifier

from ets_desktop.bench.ground import Bare
from ets_desktop.db.engine import Database


@contextmanager
def clearing(database: Database, *trails: str) -> Iterator[Bare]:
    """A connection of the schema's owner in one transaction, in which `trails` may be deleted from;
    nobody else reaches them meanwhile."""
    with database.driver_connection() as connection:
        for trail in trails:
            table = Identifier(trail)
            connection.execute(SQL("ALTER TABLE {} DISABLE TRIGGER only_added_to").format(table))
        yield connection
        for trail in trails:
            table = Identifier(trail)
            connection.execute(SQL("ALTER TABLE {} ENABLE TRIGGER only_added_to").format(table))
