"""How often a query really goes over the wire, by libpq's own trace: a Sync or a Query each."""

import re
import tempfile
from collections.abc import Callable
from typing import TypeVarTuple

from psycopg.pq import Trace
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of

Args = TypeVarTuple("Args")

_TURN = re.compile(rb"^F\t\d+\t(Sync|Query)\b", re.MULTILINE)


def round_trips(
    database: Database, function: Callable[[Session, *Args], object], *args: *Args
) -> int:
    """Round trips of `function(session, *args)` in a transaction that has begun."""
    with tempfile.TemporaryFile() as trace:

        def run(session: Session) -> None:
            driver_of(session).execute("SELECT")
            connection = driver_of(session).pgconn
            connection.trace(trace.fileno())
            connection.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
            try:
                function(session, *args)
            finally:
                connection.untrace()

        database.call(run)
        trace.seek(0)
        return len(_TURN.findall(trace.read()))
