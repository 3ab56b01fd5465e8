"""Starts probes, and lends them an agent's login that exists only meanwhile."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from psycopg import sql

from ets_desktop.bench.clearing import clearing
from ets_desktop.bench.ground import Ground

EXTENSION = "99991"
_LOGIN = "ets_bench_agent"
#: What the database keeps of an agent who was there.
_TRACES = ("task_offer", "missed_call", "agent_state_change", "desk", "desk_session")


@dataclass(frozen=True, slots=True)
class Visitor:
    """An agent for the time of a benchmark; `url` is the database under that login."""

    login: str
    password: str
    url: str
    extension: str


@contextmanager
def visitor(ground: Ground) -> Iterator[Visitor]:
    """A login of the server and an agent of the database, removed afterwards."""
    password = secrets.token_hex(12)
    name = sql.Identifier(_LOGIN)
    parts = urlsplit(ground.database.url)
    host = parts.netloc.rpartition("@")[2]
    _remove_visitor(ground)
    with ground.database.driver_connection() as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE ets_agent").format(
                name, sql.Literal(password)
            )
        )
        connection.execute(
            "INSERT INTO agent (login, name, extension, role, team_id)"
            " VALUES (%s, '김측정', %s, 'agent', (SELECT min(id) FROM team))",
            [_LOGIN, EXTENSION],
        )
    try:
        url = urlunsplit(parts._replace(netloc=f"{_LOGIN}:{password}@{host}"))
        yield Visitor(_LOGIN, password, url, EXTENSION)
    finally:
        _remove_visitor(ground)


def _remove_visitor(ground: Ground) -> None:
    """Also the one that a killed run left behind."""
    with clearing(ground.database, "agent_state_change") as connection:
        for table in _TRACES:
            trace = sql.SQL(
                "DELETE FROM {} WHERE agent_id = (SELECT id FROM agent WHERE login = %s)"
            )
            connection.execute(trace.format(sql.Identifier(table)), [_LOGIN])
        connection.execute("DELETE FROM agent WHERE login = %s", [_LOGIN])
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(_LOGIN)))


class Probe:
    """A running probe: `hear()` its next line, `ask(command, …)` one that listens."""

    def __init__(self, module: str, home: Path, url: str, *arguments: str) -> None:
        environ = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "ETS_HOME": str(home),
            "ETS_DATABASE_URL": url,
        }
        # An installed desk does not compile itself at each start.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        self.began = perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"ets_desktop.bench.probes.{module}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environ,
            text=True,
            encoding="utf-8",
        )

    def hear(self) -> Any:
        stdout = self._process.stdout
        assert stdout is not None
        line = stdout.readline()
        if not line:
            raise RuntimeError("the probe fell silent")
        return json.loads(line)

    def ask(self, *words: object) -> Any:
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(json.dumps(words) + "\n")
        stdin.flush()
        return self.hear()

    def close(self) -> None:
        """Let it end by itself, which it does when nobody speaks to it any more."""
        self._process.communicate(timeout=30)


@contextmanager
def probe(module: str, url: str, *arguments: str) -> Iterator[Probe]:
    """A probe in a folder of its own, gone at the end."""
    with TemporaryDirectory(prefix="ets-bench-") as folder:
        started = Probe(module, Path(folder), url, *arguments)
        try:
            yield started
        finally:
            started.close()
