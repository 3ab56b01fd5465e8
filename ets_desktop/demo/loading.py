"""COPY into tables whose indexes, foreign keys and triggers stand aside meanwhile.

What stands aside is read from the catalogue, so the schema is written down once, in `db/schema`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    WHERE i.indrelid = ANY(%s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    ORDER BY 1
"""
#: Foreign keys last: those into another of the tables need its rows, and go first when dropping.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f')
    ORDER BY contype = 'f', 1, 2
"""


def copy_rows(
    connection: Connection, table: str, columns: str, rows: Iterable[Sequence[object]]
) -> None:
    """COPY typed rows; `columns` is a comma-separated list."""
    with connection.cursor() as cursor, cursor.copy(_copy_into(table, columns)) as copy:
        for row in rows:
            copy.write_row(row)


def copy_text(connection: Connection, table: str, columns: str, block: bytes) -> None:
    """COPY rows that already are in COPY's text form."""
    with connection.cursor() as cursor, cursor.copy(_copy_into(table, columns)) as copy:
        copy.write(block)


def _copy_into(table: str, columns: str) -> sql.Composed:
    names = sql.SQL(", ").join(sql.Identifier(name.strip()) for name in columns.split(","))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)


@contextmanager
def indexes_aside(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Drop the indexes, unique and foreign keys of `tables` and build them again afterwards.

    Their triggers rest meanwhile: they guard what people write, and cost a call a row. All inside
    the caller's transaction, which locks the tables: after an error it is as before.
    """
    indexes = _rows(connection, _INDEXES, list(tables))
    constraints = _rows(connection, _CONSTRAINTS, list(tables))
    for table, name, _ in reversed(constraints):
        _run(connection, f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        _run(connection, f"DROP INDEX {name}")
    for table in tables:
        _run(connection, f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        _run(connection, f"ALTER TABLE {table} ENABLE TRIGGER USER")
    # Sorting in memory and with a second worker halves the time (measured on two cores).
    _run(connection, "SET LOCAL maintenance_work_mem = '384MB'")
    _run(connection, "SET LOCAL max_parallel_maintenance_workers = 2")
    for _, definition in indexes:
        _run(connection, definition)
    for table, name, definition in constraints:
        _run(connection, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def next_ids(connection: Connection, table: str, count: int) -> int:
    """Reserve `count` ids of `table` and return the first of them."""
    rows = _rows(
        connection,
        """
        SELECT setval(pg_get_serial_sequence(%s, 'id'), s.last + %s - 1) - %s + 1
        FROM (SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS last) s
        """,
        table,
        count,
        count,
        table,
    )
    return cast(int, rows[0][0])


def _rows(connection: Connection, statement: LiteralString, *values: object) -> list[Any]:
    return connection.execute(statement, values).fetchall()


def _run(connection: Connection, statement: str) -> None:
    """Run a statement made of the catalogue's own words, never of a user's."""
    connection.execute(statement.encode())
