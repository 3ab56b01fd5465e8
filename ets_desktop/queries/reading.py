"""Reading frozen rows by hand-written SQL: the statements of spec 90, without an ORM between."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from psycopg.rows import class_row
from psycopg.sql import SQL, Composed
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.paging import Page

Row = TypeVar("Row")

_NOW = SQL("SELECT clock_timestamp() AS now")


def read(
    session: Session, query: SQL | Composed, parameters: Mapping[str, Any], row: type[Row]
) -> list[Row]:
    """The rows of `query` as `row(**columns)`: one statement, one round trip."""
    with driver_of(session).cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(query, parameters).fetchall()


def read_mappings(
    session: Session, query: SQL | Composed, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of `query` as column → value, for those that make more than one object."""
    return read(session, query, parameters, dict)


def read_at(session: Session) -> datetime:
    """The database's time: rows read after it are not older (spec 20, lists tell their age)."""
    moment: datetime = read_mappings(session, _NOW, {})[0]["now"]
    return moment


def page_of(rows: list[Row], size: int, *key: str) -> Page[Row]:
    """A page of `rows`, which were read with LIMIT `size` + 1; `key` names the keyset's columns."""
    if len(rows) <= size:
        return Page(tuple(rows))
    last = rows[size - 1]
    return Page(tuple(rows[:size]), tuple(getattr(last, name) for name in key))
