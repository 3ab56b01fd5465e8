"""Orders of an ERP taken in part by part, each together with how far its source is read by then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import Done
from ets_desktop.erp.exports.parse import Export
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.order_import import ImportedOrders, ImportOrders, import_orders

_READ = SQL("SELECT watermark FROM erp_source WHERE name = %(name)s")
# Two pulls of one source wait for each other; the later one starts where the first one ended.
_LOCK = SQL("SELECT pg_advisory_xact_lock(hashtextextended('erp source ' || %(name)s, 0))")
_SAVE = SQL("""
    INSERT INTO erp_source (name, watermark) VALUES (%(name)s, %(watermark)s)
    ON CONFLICT (name) DO UPDATE
    SET watermark = excluded.watermark, read_at = clock_timestamp()
""")


@dataclass(frozen=True, slots=True)
class PullPart:
    """`watermark` as `erp.sources.sql.stored` makes it."""

    source: str
    export: Export
    watermark: Mapping[str, Any]


def kept_watermark(session: Session, source: str) -> Mapping[str, Any] | None:
    """How far `source` is read; None before its first pull."""
    found = read_mappings(session, _READ, {"name": source})
    watermark: Mapping[str, Any] | None = found[0]["watermark"] if found else None
    return watermark


def pull_part(session: Session, command: PullPart) -> Done[ImportedOrders]:
    """The orders and the watermark, both or neither: a pull that dies goes on where it was."""
    connection = driver_of(session)
    connection.execute(_LOCK, {"name": command.source})
    done = import_orders(session, ImportOrders(f"ERP {command.source}", command.export))
    given = {"name": command.source, "watermark": Jsonb(dict(command.watermark))}
    connection.execute(_SAVE, given)
    return done
