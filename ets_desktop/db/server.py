"""Which database server this installation works with: the central one, or the one of this PC."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from ets_desktop.db.address import require_address
from ets_desktop.db.schema_version import schema_status
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.local.embedded import running_cluster
from ets_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class Server:
    """`owner_url` reaches the database as whoever the settings name (embedded: the owner)."""

    owner_url: str = field(repr=False)
    is_embedded: bool

    def url_as(self, login: str, password: str) -> str:
        """The same database under a person's own login (spec 80)."""
        parts = urlsplit(self.owner_url)
        hosts = parts.netloc.rpartition("@")[2]
        person = f"{quote(login, safe='')}:{quote(password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{person}@{hosts}"))

    @property
    def place(self) -> str:
        """Host and database without any login, to show."""
        parts = urlsplit(self.owner_url)
        return parts.netloc.rpartition("@")[2] + parts.path


@contextmanager
def located_server(settings: Settings, *, is_desk: bool, linger: bool = False) -> Iterator[Server]:
    """The server in use, running while the context is open.

    With `linger` an embedded one is left running for others, until a desk leaves as the last.
    Raises SettingsError for a URL that is none, and what the embedded one raises.
    """
    if settings.database.url is not None:
        require_address(settings.database.url)
        yield Server(settings.database.url, is_embedded=False)
        return
    with running_cluster(linger=linger, end_lingering=is_desk) as target:
        yield Server(target.url(), is_embedded=True)


def require_current_schema(server: Server) -> None:
    """Migrate the embedded database; refuse a central one whose schema is not this program's.

    A newer one that only added to what this program knows serves it on: the schema itself says
    so, as the program that migrated it knew (ARCHITECTURE, expand, then contract).
    A central database is migrated by its keeper (`ets db upgrade`), never by an agent's PC.
    Raises RuleViolation `schema_older` or `schema_newer`.
    """
    status = schema_status(server.owner_url)
    if status.is_current or status.is_served:
        return
    if status.is_unknown:
        raise RuleViolation("schema_newer", current=status.current, program=status.head)
    if not server.is_embedded:
        raise RuleViolation("schema_older", current=status.current, program=status.head)
    # Imported here: most starts find the schema current and need no alembic.
    from ets_desktop.db.migrate import upgrade

    upgrade(server.owner_url)
