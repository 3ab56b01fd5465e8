"""Puts the sources of a time line into one statement and reads a page of it."""

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache

from psycopg.sql import SQL, Composed, Identifier, Literal
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.customers import SAFE_NUMBER_LASTS
from ets_desktop.queries.journey.registry import SOURCES
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.queries.journey.sources import Source
from ets_desktop.queries.reading import page_of, read

#: Before the newest entry.
_FROM_THE_TOP = ("infinity", 0, 0)
_BRANCH = SQL("""(
    SELECT {columns} FROM {rows} ORDER BY {at} DESC, {key} DESC LIMIT %(size)s
)""")
_MERGED = SQL("""
    SELECT * FROM ({branches}) merged ORDER BY at DESC, place DESC, key DESC LIMIT %(size)s
""")
#: The first condition is the one an index is walked by.
_KEYSET = SQL("""
    {at} <= %(at)s AND ({at}, {place}, {key}) < (%(at)s, %(place)s::bigint, %(key)s::bigint)
""")
_OF_CUSTOMER = SQL("t.customer_id = %(customer_id)s")
_OF_NUMBER = SQL("t.caller_number = %(number)s")
_NOTHING = {
    "ticket_id": SQL("NULL::bigint"),
    "order_id": SQL("NULL::bigint"),
    "amount": SQL("NULL::bigint"),
    "count": SQL("NULL::bigint"),
    "seconds": SQL("NULL::bigint"),
    "due_at": SQL("NULL::timestamptz"),
}


def journey_of(
    session: Session,
    whose: Whose,
    after: tuple[object, ...] | None,
    size: int,
    events: frozenset[str] | None = None,
) -> Page[JourneyRow]:
    """고객여정, newest first: `size` entries after the key `after`, of these `events` or of all.

    A caller who is nobody's customer has what is known of the number. One statement.
    """
    wanted = [s for s in SOURCES if events is None or s.event in events]
    return read_sources(session, wanted, whose, after, size)


def read_sources(
    session: Session,
    sources: Sequence[Source],
    whose: Whose,
    after: tuple[object, ...] | None,
    size: int,
) -> Page[JourneyRow]:
    """A page of these sources merged, newest first; empty when none of them is asked."""
    by_number = whose.customer_id is None
    asked = tuple(s for s in sources if not by_number or s.rows_by_number is not None)
    if not asked:
        return Page(())
    at, place, key = after or _FROM_THE_TOP
    values = {
        "customer_id": whose.customer_id,
        "number": whose.number,
        "at": at,
        # From the top nothing is left out by its place.
        "place": place,
        "key": key,
        "size": size + 1,
    }
    rows = read(session, _statement(asked, by_number), values, JourneyRow)
    return page_of(rows, size, "at", "place", "key")


@lru_cache(maxsize=64)
def _statement(sources: tuple[Source, ...], by_number: bool) -> Composed:
    branches = [_branch(place, source, by_number) for place, source in enumerate(sources)]
    return _MERGED.format(branches=SQL(" UNION ALL ").join(branches))


def _branch(place: int, source: Source, by_number: bool) -> Composed:
    rows = source.rows_by_number if by_number else source.rows
    assert rows is not None
    keyset = _KEYSET.format(at=source.at, key=source.key, place=Literal(place))
    tickets = _OF_NUMBER if by_number else _OF_CUSTOMER
    return _BRANCH.format(
        columns=SQL(", ").join(_column(name, place, source) for name in _COLUMNS),
        rows=rows.format(tickets=tickets, keyset=keyset, lasts=SAFE_NUMBER_LASTS),
        at=source.at,
        key=source.key,
    )


_COLUMNS = tuple(field.name for field in fields(JourneyRow))


def _column(name: str, place: int, source: Source) -> Composed:
    fixed: dict[str, SQL | Composed] = {
        "at": source.at,
        "key": source.key,
        "place": SQL("{}::bigint").format(Literal(place)),
        "event": SQL("{}").format(Literal(source.event)),
    }
    if name in fixed:
        value: SQL | Composed = fixed[name]
    elif name in source.told and name not in _NOTHING:
        value = SQL("coalesce({}, '')").format(source.told[name])
    else:
        value = source.told.get(name) or _NOTHING.get(name, SQL("''"))
    return SQL("{} AS {}").format(value, Identifier(name))
