"""The one place with transactions: runs functions on a session, maps the driver's errors.

GUI code never waits here: jobs call it from worker threads.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar, TypeVarTuple

import psycopg
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from ets_desktop.db.address import engine_of
from ets_desktop.db.failures import known_error
from ets_desktop.db.silence import PooledConnections
from ets_desktop.db.stopping import Stopper

T = TypeVar("T")
Args = TypeVarTuple("Args")

#: A dead server or cable is noticed in seconds, not hours (measured: without keepalives, never).
KEEPALIVES: dict[str, int] = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}


_FAILURES = (DBAPIError, psycopg.Error, PoolTimeout)


class Cancel(Protocol):
    """Somebody who may lose interest: `callback` runs at most once, on whatever thread."""

    def on_cancel(self, callback: Callable[[], None]) -> None: ...


class Database:
    """A pool of connections under one login.

    `call` raises known errors only as EtsError (Unavailable when the server is away, RuleViolation
    where the database refuses); what else comes out is a bug.
    """

    def __init__(self, url: str, *, application_name: str, pool_size: int = 6) -> None:
        self.url = url
        self._application_name = application_name
        self._engine: Engine = engine_of(
            url,
            # PgBouncer in transaction mode loses prepared statements; generic plans ruin LIKE.
            {**KEEPALIVES, "prepare_threshold": None, "application_name": application_name},
            pool_size=pool_size,
            max_overflow=2,
            pool_timeout=10,
            pool_recycle=1800,
            # The connections of a server that went and came back would each fail once more.
            pool_pre_ping=True,
        )
        self._pooled = PooledConnections(self._engine)

    def call(
        self,
        function: Callable[[Session, *Args], T],
        *args: *Args,
        cancel: Cancel | None = None,
    ) -> T:
        """Run `function(session, …)` in one transaction: committed on return, else rolled back.

        With `cancel` the statement under way is stopped on the server; `EtsError("cancelled")`
        comes out. The session's objects stay readable after the commit.
        """
        committing = False
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                with _stoppable(session, cancel):
                    result = function(session, *args)
                committing = True
                session.commit()
                return result
        except _FAILURES as error:
            self._raise_known(error, committing=committing)
            raise

    @contextmanager
    def driver_connection(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """A pooled psycopg connection in one transaction, for COPY and pipelines; raises as `call`,
        but never says `ambiguous`."""
        try:
            with Session(self._engine) as session, session.begin():
                yield driver_of(session)
        except _FAILURES as error:
            self._raise_known(error, committing=False)
            raise

    def listening_connection(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of its own for LISTEN, in autocommit, outside the pool."""
        return psycopg.connect(
            self.url,
            autocommit=True,
            application_name=f"{self._application_name} feed",
            prepare_threshold=None,
            **KEEPALIVES,  # type: ignore[arg-type]
        )

    def hang_up(self) -> None:
        """Give up a server that says nothing: every call under way ends with `database_away`, the
        next ones ask for a connection anew. From any thread."""
        self._pooled.hang_up()
        # The idle ones hang on the same server.
        self._engine.dispose()

    def close(self) -> None:
        self._engine.dispose()

    def _raise_known(self, error: Exception, *, committing: bool) -> None:
        known = known_error(error, committing=committing)
        if known is None:
            return
        # The driver's text may hold personal data: it is kept out of the chain that is logged.
        raise known from None


@contextmanager
def _stoppable(session: Session, cancel: Cancel | None) -> Iterator[None]:
    if cancel is None:
        yield
        return
    stopper = Stopper(driver_of(session))
    cancel.on_cancel(stopper.ask)
    try:
        yield
    finally:
        stopper.finish()


def driver_of(session: Session) -> psycopg.Connection[tuple[object, ...]]:
    """The psycopg connection inside `session`'s transaction, for pipelined reads and COPY."""
    driver = session.connection().connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("the driver is not psycopg")
    return driver
