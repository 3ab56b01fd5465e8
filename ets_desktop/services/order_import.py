"""Importing a channel's orders: one COPY, a handful of set-based statements, nothing twice.

The key is channel + order number + line number (spec 30, ERP); the same file again changes
nothing, a later file changes what it says differently.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, LiteralString

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.hangul import bigrams, initials
from ets_desktop.domain.topics import EVERYTHING, Done, Topic, order_topic
from ets_desktop.erp.exports.channels import CHANNEL_OF_CODE
from ets_desktop.erp.exports.parsed import ParsedFile, ParsedLine, ParsedOrder
from ets_desktop.erp.exports.people import is_masked_name
from ets_desktop.services import order_import_sql as sql

#: Exports tell Korean local time; Korea has had no summer time since 1988.
KOREA: Final = timezone(timedelta(hours=9))
#: Told the name of each step before it begins: copy, match, write.
Step = Callable[[str], None]
#: Screens that show more orders than this are told to read everything again.
_MOST_TOPICS = 200
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class ImportOrders:
    """`file` is the name the run is remembered by."""

    file: str
    parsed: ParsedFile


@dataclass(frozen=True, slots=True)
class ImportedOrders:
    """Counts of lines; a line of an order that changed notably is updated."""

    run_id: int
    created: int
    updated: int
    unchanged: int


def import_orders(
    session: Session, command: ImportOrders, step: Step | None = None
) -> Done[ImportedOrders]:
    """Bring the file's orders into the database.

    What is known is never lost to a file that tells less: absent columns, blanks and masked people
    leave the old values (a shorter layout, a channel that masks after delivery).
    """
    tell = step or (lambda _: None)
    connection = driver_of(session)
    parsed = command.parsed
    preset = CHANNEL_OF_CODE[parsed.channel]
    connection.execute(sql.CHANNEL, {"code": preset.code, "name": preset.name})
    channel_id = _number(connection, sql.LOCK, {"code": preset.code})
    run_id = _begin_run(connection, command, channel_id)
    tell("copy")
    _copy(connection, parsed.orders)
    tell("match")
    _remember_names(connection)
    keys = {"channel_id": channel_id, "run_id": run_id}
    connection.execute(sql.PRODUCTS)
    connection.execute(sql.ORDERS, keys)
    tell("write")
    connection.execute("ANALYZE placed_order")
    connection.execute(sql.UPDATE_ORDERS)
    connection.execute(sql.INSERT_ORDERS, keys)
    connection.execute(sql.LINES)
    connection.execute("ANALYZE placed_order, placed_line, incoming_product")
    connection.execute(sql.UPDATE_LINES, keys)
    connection.execute(sql.INSERT_LINES, keys)
    imported = _counted(connection, run_id, parsed.line_count)
    _end_run(connection, imported, parsed)
    return Done(imported, _told(connection))


def _copy(connection: Connection, orders: Sequence[ParsedOrder]) -> None:
    connection.execute(sql.INCOMING)
    with connection.cursor() as cursor:
        with cursor.copy(sql.COPY_ORDERS) as copy:
            for place, order in enumerate(orders):
                copy.write_row(_order_row(place, order))
        with cursor.copy(sql.COPY_LINES) as copy:
            for row in _line_rows(orders):
                copy.write_row(row)
    connection.execute("ANALYZE incoming_order, incoming_line")


def _order_row(place: int, order: ParsedOrder) -> tuple[object, ...]:
    head = order.head
    orderer_phones = (*head.orderer_phones, None, None)
    recipient_phones = (*head.recipient_phones, None, None)
    return (
        place,
        head.order_no,
        _in_korea(head.ordered_at),
        _in_korea(head.paid_at),
        head.orderer,
        _initials(head.orderer),
        orderer_phones[0],
        orderer_phones[1],
        head.recipient,
        _initials(head.recipient),
        recipient_phones[0],
        recipient_phones[1],
        head.orderer_login,
        head.orderer_email,
        head.zipcode,
        head.address,
        head.memo,
        head.payment_method,
        all(line.order_status != "awaiting_payment" for line in order.lines),
        head.shipping_fee,
        head.order_total,
        head.order_paid,
        head.customs_id,
        _json(head.masked),
        _json(_order_extra(order)),
    )


def _order_extra(order: ParsedOrder) -> dict[str, object]:
    """What only some channels tell: the mall inside a collecting one, how totals stand."""
    extra: dict[str, object] = {}
    if order.head.mall:
        extra["mall"] = order.head.mall
    if order.totals_repeat is not None:
        extra["totals_repeat"] = order.totals_repeat
    if order.head.damaged:
        extra["order_no_damaged"] = True
    if order.head.ordered_at is None:
        extra["ordered_at_unknown"] = True
    return extra


def _line_rows(orders: Sequence[ParsedOrder]) -> Iterator[tuple[object, ...]]:
    for place, order in enumerate(orders):
        for line in order.lines:
            yield _line_row(place, line)


def _line_row(place: int, line: ParsedLine) -> tuple[object, ...]:
    damaged = {"tracking_no": line.tracking_damaged} if line.tracking_damaged else {}
    first = {} if line.quantity_first is None else {"quantity_first": line.quantity_first}
    return (
        place,
        line.line_no,
        line.product,
        line.product_code,
        line.option,
        line.quantity,
        line.unit_price,
        line.amount,
        line.order_status,
        line.channel_status,
        line.channel_status_detail,
        line.cancelled,
        line.carrier,
        line.tracking_no,
        line.bundle_no,
        _in_korea(line.shipped_at),
        _in_korea(line.delivered_at),
        line.row,
        _json(damaged),
        _json(first),
    )


def _in_korea(when: datetime | None) -> str | None:
    return None if when is None else f"{when.isoformat()}+09"


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "{}"


@lru_cache(maxsize=32_768)
def _initials(name: str) -> str | None:
    """What people search by; a masked name has none worth finding."""
    return None if not name or is_masked_name(name) else initials(name)


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


def _end_run(connection: Connection, imported: ImportedOrders, parsed: ParsedFile) -> None:
    """The run's counts; rows by number only, for a log holds no personal data."""
    result = {
        "orders": len(parsed.orders),
        "lines": parsed.line_count,
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
        "ignored": len(parsed.ignored_rows),
        "bad": [[bad.row, bad.column, bad.reason] for bad in parsed.bad_rows[:1_000]],
        "suspect": [[found.row, found.column, found.reason] for found in parsed.suspect[:1_000]],
    }
    connection.execute(
        "UPDATE import_run SET finished_at = clock_timestamp(), result = %s WHERE id = %s",
        [Jsonb(result), imported.run_id],
    )


def _counted(connection: Connection, run_id: int, lines: int) -> ImportedOrders:
    row = connection.execute(sql.COUNTS).fetchone() or (0, 0)
    known, changed = int(str(row[0])), int(str(row[1]))
    return ImportedOrders(run_id, lines - known, changed, known - changed)


def _told(connection: Connection) -> frozenset[Topic]:
    """The orders that changed under open screens, told to the other desks too."""
    rows = connection.execute(sql.CHANGED_ORDERS, {"most": _MOST_TOPICS + 1}).fetchall()
    topics = [order_topic(int(str(row[0]))) for row in rows]
    if len(topics) > _MOST_TOPICS:
        topics = [EVERYTHING]
    if topics:
        connection.execute("SELECT pg_notify('ets_change', %s)", [" ".join(topics)])
    return frozenset(topics)


def _number(connection: Connection, statement: LiteralString, values: dict[str, object]) -> int:
    row = connection.execute(statement, values).fetchone()
    if row is None:
        raise LookupError(statement)
    return int(str(row[0]))
