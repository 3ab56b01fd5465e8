"""The embedded PostgreSQL of this PC: shared by the programs that run here, gone with the last one.

Whoever uses it holds a lease, a lock that dies with its process; coming and going is done one at a
time behind a gate. So a killed desk leaves nothing behind that the next one to come or to go does
not put right.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import psycopg
from psycopg import sql

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.filelock import FileLock
from ets_desktop.local.cluster import Cluster
from ets_desktop.local.connection import ConnectionTarget, connect, refusal
from ets_desktop.local.leases import Leases
from ets_desktop.paths import Paths, make_private, paths

__all__ = ["ConnectionTarget", "EmbeddedPostgres", "running_cluster"]

#: A server that lives and does not answer is recovering, or is what is left of a killed one.
ANSWER_LIMIT_S: Final = 600
#: A password refused for so long is no stranger's server that has the port by chance.
PASSWORD_LIMIT_S: Final = 10
_POLL_S: Final = 0.02
_LAUNCHES: Final = 3


class EmbeddedPostgres:
    """This process's share in the cluster of `where`; one thread at a time.

    `settings` are given to the server over our own, if this process is the one to start it;
    `initdb_options` likewise if it is the one to create it.
    """

    def __init__(
        self,
        where: Paths | None = None,
        *,
        settings: Mapping[str, str] | None = None,
        initdb_options: Sequence[str] = (),
    ) -> None:
        self._where = where or paths()
        self._settings = settings or {}
        self._initdb_options = initdb_options
        self._folder = self._where.data_dir / "postgresql"
        self._gate = FileLock(self._folder / "gate.lock")
        self._leases = Leases(self._folder / "leases")
        self._lease: FileLock | None = None

    def start(self) -> ConnectionTarget:
        """A server that has just answered: made, started or joined, whatever it takes.

        Called again it brings back a server that died. Waits as long as a server lives that is
        still recovering. Raises EtsError (`embedded_…`, `folder_unusable`), Unavailable when
        another try may help.
        """
        with self._one_at_a_time() as cluster:
            if self._lease is None:
                self._lease = self._leases.take()
            try:
                cluster.prepare(self._initdb_options)
                return _ready_target(cluster)
            except BaseException:
                self._give_back_lease()
                if not self._leases.any_held():
                    cluster.stop()
                raise

    def stop(self, *, linger: bool = False, end_lingering: bool = False) -> None:
        """Leave the cluster; the last one out stops the server. Not having started is fine.

        With `linger` the server goes on for somebody who only has its URL, and only a stop with
        `end_lingering` (the last desk's) ends it.
        """
        if self._lease is None:
            return
        with self._one_at_a_time() as cluster:
            self._give_back_lease()
            if linger:
                cluster.linger()
            elif (end_lingering or not cluster.is_lingering) and not self._leases.any_held():
                cluster.stop()

    def stop_idle(self) -> bool:
        """Stop a server that nobody holds a lease of; False if somebody works with it."""
        with self._one_at_a_time() as cluster:
            if self._leases.any_held():
                return False
            cluster.stop()
            return True

    def _give_back_lease(self) -> None:
        if self._lease is not None:
            self._leases.give_back(self._lease)
            self._lease = None

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[Cluster]:
        try:
            make_private(self._folder / "leases")
            self._gate.acquire()
            try:
                yield Cluster(self._folder, self._where.log_dir / "postgresql", self._settings)
            finally:
                self._gate.release()
        except PermissionError as error:
            raise EtsError("embedded_not_yours", folder=str(self._folder)) from error
        except OSError as error:
            reason = error.strerror
            raise Unavailable("embedded_io", folder=str(self._folder), reason=reason) from error


@contextlib.contextmanager
def running_cluster(
    where: Paths | None = None, *, linger: bool = False, end_lingering: bool = False
) -> Iterator[ConnectionTarget]:
    """The embedded database for as long as the block runs, and left as `stop` says.

    Raises what `start` raises.
    """
    embedded = EmbeddedPostgres(where)
    target = embedded.start()
    try:
        yield target
    finally:
        embedded.stop(linger=linger, end_lingering=end_lingering)


def _ready_target(cluster: Cluster) -> ConnectionTarget:
    """Start the server unless it lives, and again if it dies before it answers."""
    launched = False
    for _ in range(_LAUNCHES):
        if not cluster.is_running():
            # One of ours may have died of its port being taken between our look and its own; a
            # server found dying did not, and its address is the one that desks know.
            cluster.launch(on_a_new_port=launched)
            launched = True
        target = cluster.target()
        if not _answers(cluster, target):
            continue
        try:
            _ensure_database(target)
        except psycopg.OperationalError:
            continue
        return target
    raise Unavailable("embedded_start_failed", log=str(cluster.startup_log))


def _answers(cluster: Cluster, target: ConnectionTarget) -> bool:
    """Wait until the server answers; False as soon as it is dead."""
    began = time.monotonic()
    while cluster.is_running():
        said = refusal(target)
        if said is None:
            return True
        waited = time.monotonic() - began
        if waited > PASSWORD_LIMIT_S and "password authentication failed" in said:
            raise EtsError("embedded_password_refused")
        if waited > ANSWER_LIMIT_S:
            raise Unavailable("embedded_not_answering", log=str(cluster.startup_log))
        time.sleep(_POLL_S)
    return False


def _ensure_database(target: ConnectionTarget) -> None:
    """Create our database in a new cluster, having seen that it can find Hangul.

    Who may make temporary tables may put triggers of their own on them; on a central server nobody
    may either (db/server_setup.py).
    """
    name = sql.Identifier(target.database)
    with connect(target, "postgres") as connection:
        query = "SELECT FROM pg_database WHERE datname = %s"
        if connection.execute(query, (target.database,)).fetchone() is None:
            _check_hangul(connection)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        open_to_all = "SELECT WHERE has_database_privilege('public', %s, 'TEMPORARY')"
        if connection.execute(open_to_all, (target.database,)).fetchone() is not None:
            connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(name))


def _check_hangul(connection: psycopg.Connection) -> None:
    """With a wrong LC_CTYPE trigram indexes hold no Hangul and searches scan, without a word."""
    with connection.transaction(force_rollback=True):
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute("SELECT show_trgm('김정민')").fetchone()
    if row is None or not row[0]:
        raise EtsError("embedded_blind_to_hangul")
