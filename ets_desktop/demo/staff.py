"""Who works in the invented shop: teams, and agents on their extensions."""

from dataclasses import dataclass

from ets_desktop.demo import words
from ets_desktop.demo.loading import Connection
from ets_desktop.domain.errors import EtsError

FIRST_EXTENSION = 101
AGENTS = 40
#: Teams by the number of their agents, in the order of words.TEAMS.
_TEAM_SIZES = (15, 15, 6, 4)


@dataclass(frozen=True, slots=True)
class Worker:
    """An agent of the demo; `extension` is None for those without a telephone."""

    id: int
    login: str
    name: str
    extension: str | None
    team_id: int
    role: str


def demo_logins() -> list[str]:
    """agent101 … agent140, supervisor, admin."""
    return [login for login, *_ in _people()]


def insert_staff(connection: Connection) -> list[Worker]:
    """Add the teams and agents that are not there yet; the forty with an extension come first."""
    for team in words.TEAMS:
        connection.execute(
            "INSERT INTO team (name) VALUES (%s) ON CONFLICT (name) DO NOTHING", [team]
        )
    found = connection.execute("SELECT name, id FROM team").fetchall()
    teams = {str(name): id_ for name, id_ in found}
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO agent (login, name, extension, team_id, role) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (login) DO NOTHING",
            [
                (login, name, extension, teams[words.TEAMS[team]], role)
                for login, name, extension, team, role in _people()
            ],
        )
    rows = connection.execute(
        "SELECT id, login, name, extension, team_id, role FROM agent WHERE login = ANY(%s)"
        " ORDER BY extension NULLS LAST, login",
        [demo_logins()],
    )
    return [Worker(*row) for row in rows.fetchall()]  # type: ignore[arg-type]


def require_extensions(connection: Connection) -> None:
    """A shop's own agents may sit on the demo's: EtsError `demo_extension_taken`."""
    wanted = {login: extension for login, _, extension, *_ in _people() if extension}
    found = connection.execute(
        "SELECT extension FROM agent WHERE extension = ANY(%s) AND login <> ALL(%s)"
        " ORDER BY extension LIMIT 1",
        [[*wanted.values()], [*wanted]],
    ).fetchone()
    if found is not None:
        raise EtsError("demo_extension_taken", extension=found[0])


def _people() -> list[tuple[str, str, str | None, int, str]]:
    surnames = [name for name, _ in words.SURNAMES]
    teams = [team for team, size in enumerate(_TEAM_SIZES) for _ in range(size)]
    people: list[tuple[str, str, str | None, int, str]] = [
        (
            f"agent{FIRST_EXTENSION + n}",
            surnames[n] + words.AGENT_GIVEN[n % len(words.AGENT_GIVEN)],
            str(FIRST_EXTENSION + n),
            teams[n],
            "agent",
        )
        for n in range(AGENTS)
    ]
    return [
        *people,
        ("supervisor", "박팀장", None, 0, "supervisor"),
        ("admin", "최관리", None, 0, "admin"),
    ]
