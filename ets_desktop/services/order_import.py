"""Importing a channel's orders: one COPY, a handful of set-based statements, nothing twice.

The key is channel + order number + line number (spec 30, ERP); the same file again changes
nothing, a later file changes what it says differently.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import LiteralString

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.hangul import bigrams, initials
from ets_desktop.domain.masking import mask_cell
from ets_desktop.domain.topics import EVERYTHING, IMPORTS, Done, Topic, order_topic
from ets_desktop.erp.exports.gather import RowsScattered
from ets_desktop.erp.exports.parse import Export, Progress
from ets_desktop.erp.exports.parsed import Outcome, ParsedOrder
from ets_desktop.erp.exports.read_ahead import read_ahead
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.services import order_import_sql as sql
from ets_desktop.services.order_rows import CopyRows, copy_rows

#: Screens that show more orders than this are told to read everything again.
_MOST_TOPICS = 200
#: Bad rows, and doubtful ones, that a run remembers.
_MOST_ROWS = 1_000
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class ImportOrders:
    """`file` is the name the run is remembered by."""

    file: str
    export: Export


@dataclass(frozen=True, slots=True)
class ImportedOrders:
    """Counts of lines; a line of an order that changed notably is updated."""

    run_id: int
    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class NoteRefusal:
    """A file that nobody was looking at when it was refused; `why` has no personal data."""

    file: str
    why: Refused


def note_refusal(session: Session, command: NoteRefusal) -> Done[None]:
    """Remember it among the runs, for whoever looks at them later."""
    details = {name: str(value) for name, value in command.why.details.items()}
    driver_of(session).execute(
        "INSERT INTO import_run (file, finished_at, result) VALUES (%s, clock_timestamp(), %s)",
        [command.file[:255], Jsonb({"refused": command.why.code, "details": details})],
    )
    return Done(None, frozenset({IMPORTS}))


def import_orders(
    session: Session, command: ImportOrders, progress: Progress | None = None
) -> Done[ImportedOrders]:
    """Bring the file's orders into the database; raises Refused, and then nothing is in.

    What is known is never lost to a file that tells less: absent columns, blanks and masked people
    leave the old values (a shorter layout, a channel that masks after delivery). The file is read
    on another thread while the server works.
    """
    connection = driver_of(session)
    preset = command.export.preset
    connection.execute(sql.SETTINGS)
    connection.execute(sql.CHANNEL, {"code": preset.code, "name": preset.name})
    channel_id = _number(connection, sql.LOCK, {"code": preset.code})
    run_id = _begin_run(connection, command, channel_id)
    keys = {"channel_id": channel_id, "run_id": run_id}
    try:
        with connection.transaction():
            counted = _take_in(connection, keys, command.export.batches(progress))
    except RowsScattered:
        whole = command.export.batches(progress, scattered=True)
        counted = _take_in(connection, keys, whole)
    outcome = command.export.outcome()
    unchanged = counted.known - counted.updated
    imported = ImportedOrders(run_id, outcome.lines - counted.known, counted.updated, unchanged)
    _end_run(connection, imported, outcome)
    return Done(imported, _told(connection, counted.changed_orders))


@dataclass(slots=True)
class _Counted:
    """Lines that were here already, those of them that changed, and the orders concerned."""

    known: int = 0
    updated: int = 0
    changed_orders: set[int] = field(default_factory=set)


def _take_in(
    connection: Connection,
    keys: Mapping[str, object],
    batches: Iterator[tuple[ParsedOrder, ...]],
) -> _Counted:
    """Copy and place batch after batch; the next one is read meanwhile."""
    counted = _Counted()
    for rows in read_ahead(copy_rows(batch) for batch in batches):
        _copy(connection, rows)
        _place(connection, keys)
        known, updated = _counted(connection)
        counted.known += known
        counted.updated += updated
        counted.changed_orders |= _changed_orders(connection)
    return counted


def _place(connection: Connection, keys: Mapping[str, object]) -> None:
    """What was copied becomes orders and lines."""
    _remember_names(connection)
    connection.execute(sql.PRODUCTS)
    connection.execute(sql.ORDERS, keys)
    connection.execute(sql.UPDATE_ORDERS)
    connection.execute(sql.INSERT_ORDERS, keys)
    connection.execute("ANALYZE placed_order, incoming_product")
    connection.execute(sql.LINES)
    connection.execute("ANALYZE placed_line")
    connection.execute(sql.UPDATE_LINES, keys)
    connection.execute(sql.INSERT_LINES, keys)
    connection.execute(sql.MARKS)


def _copy(connection: Connection, rows: CopyRows) -> None:
    connection.execute(sql.INCOMING)
    with connection.cursor() as cursor:
        with cursor.copy(sql.COPY_ORDERS) as copy:
            copy.write(rows.orders)
        with cursor.copy(sql.COPY_LINES) as copy:
            copy.write(rows.lines)
    connection.execute("ANALYZE incoming_order (place, channel_order_no), incoming_line (place)")


def _remember_names(connection: Connection) -> None:
    """The dictionary of names grows by those it has not seen (spec 90)."""
    unknown = [str(row[0]) for row in connection.execute(sql.UNKNOWN_NAMES)]
    if not unknown:
        return
    with connection.cursor() as cursor, cursor.copy(sql.COPY_NAMES) as copy:
        for name in unknown:
            copy.write_row((name, initials(name), bigrams(name)))
    connection.execute(sql.NAMES)


def _begin_run(connection: Connection, command: ImportOrders, channel_id: int) -> int:
    statement = "INSERT INTO import_run (file, channel_id) VALUES (%(file)s, %(id)s) RETURNING id"
    return _number(connection, statement, {"file": command.file[:255], "id": channel_id})


def _end_run(connection: Connection, imported: ImportedOrders, outcome: Outcome) -> None:
    """The run's counts, and where its file was at fault; what stood there is masked, and forgotten
    by the gateway 90 days later (migration 0028)."""
    bad, suspect = outcome.bad_rows[:_MOST_ROWS], outcome.suspect[:_MOST_ROWS]
    result: dict[str, object] = {
        "orders": outcome.orders,
        "lines": outcome.lines,
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
        "ignored": len(outcome.ignored_rows),
        "bad": [[row.row, row.column, row.reason] for row in bad],
        "suspect": [[found.row, found.column, found.reason] for found in suspect],
        "bad_count": len(outcome.bad_rows),
        "suspect_count": len(outcome.suspect),
    }
    if bad or suspect:
        result["values"] = {
            "bad": [row.value for row in bad],
            "suspect": [mask_cell(found.raw) for found in suspect],
        }
    connection.execute(
        "UPDATE import_run SET finished_at = clock_timestamp(), result = %s WHERE id = %s",
        [Jsonb(result), imported.run_id],
    )


def _counted(connection: Connection) -> tuple[int, int]:
    """Lines that were here already, and how many of them changed."""
    ((known, changed),) = connection.execute(sql.COUNTS).fetchall()
    return int(str(known)), int(str(changed))


def _changed_orders(connection: Connection) -> set[int]:
    rows = connection.execute(sql.CHANGED_ORDERS, {"most": _MOST_TOPICS + 1}).fetchall()
    return {int(str(row[0])) for row in rows}


def _told(connection: Connection, changed_orders: set[int]) -> frozenset[Topic]:
    """The orders that changed under open screens, told to the other desks too."""
    topics = [order_topic(order_id) for order_id in sorted(changed_orders)]
    if len(topics) > _MOST_TOPICS:
        topics = [EVERYTHING]
    if topics:
        connection.execute("SELECT pg_notify('ets_change', %s)", [" ".join(topics)])
    return frozenset(topics)


def _number(connection: Connection, statement: LiteralString, values: Mapping[str, object]) -> int:
    (row,) = connection.execute(statement, values).fetchall()
    return int(str(row[0]))
