"""Lists whose order somebody gives them: a number a row, written where it changes."""

from collections.abc import Sequence

from psycopg.sql import SQL, Composable, Identifier
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import StaleData
from ets_desktop.queries.reading import read_mappings

_PLACES = SQL("SELECT id FROM {table} WHERE {which} ORDER BY sort, {name}, id")
_PUT = SQL("""
    UPDATE {table} t SET sort = o.place
    FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS o(id, place)
    WHERE t.id = o.id AND t.sort <> o.place
""")
_NAMES = {"template": "title", "ticket_category": "name"}


def put_in_order(
    session: Session, table: str, which: Composable, was: Sequence[int], now: Sequence[int]
) -> None:
    """The rows `which` of `table`, which stood as `was`, stand as `now`.

    StaleData `stale_list` if they stand otherwise, one more or one less among them.
    """
    named = {"table": Identifier(table), "name": Identifier(_NAMES[table]), "which": which}
    standing = read_mappings(session, _PLACES.format(**named), {})
    if [row["id"] for row in standing] != list(was) or sorted(was) != sorted(now):
        raise StaleData("stale_list")
    driver_of(session).execute(_PUT.format(table=Identifier(table)), {"ids": list(now)})
