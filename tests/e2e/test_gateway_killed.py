"""The gateway killed again and again, with its database and without: each event stands once."""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from ets_desktop.gateway.health_file import NAME, read_health
from tests.held_way import Way, way_to

ROUNDS = int(os.environ.get("ETS_ROUNDS", "1"))
PATIENCE_S = 60.0
#: A call every tenth of a second; a telephone where nobody calls.
BUSY = "calls_per_hour = 1800.0\nspeed = 20.0\nseed = {seed}\n"
SILENT = ""
EVENTS = "SELECT count(*) FROM call_event"
#: Of the shop's own history no events are kept.
OTHER = (
    "SELECT count(*) FROM call_leg l WHERE phase IS DISTINCT FROM"
    " (SELECT phase FROM call_event e WHERE e.leg_id = l.id ORDER BY e.id DESC LIMIT 1)"
)
OPEN = """SELECT count(*) FROM call_leg WHERE "end" IS NULL"""


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password="e2e-password")
    yield database
    database.close()


@contextmanager
def gateway(home: Path, url: str, telephone: str) -> Iterator[subprocess.Popen[str]]:
    """Killed at the end, as by kill -9."""
    config = home / "gateway.toml"
    home.mkdir(exist_ok=True)
    link = '[[gateway.links]]\nname = "office"\nvendor = "simulator"\n'
    config.write_text(link + telephone, encoding="utf-8")
    program = "from ets_desktop.cli import main; main()"
    words = ["gateway", "--config", str(config)]
    environ = {"ETS_DATABASE_URL": url, "ETS_HOME": str(home), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environ},
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "the gateway runs\n"
            yield process
        finally:
            process.kill()


def count(database: Database, sql: str) -> int:
    return int(database.call(lambda session: session.execute(text(sql)).scalar_one()))


def kept(home: Path) -> list[str]:
    """The keys of events on disk, as a killed gateway left them."""
    (file,) = home.rglob("spool.sqlite")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as spool:
        rows = spool.execute("SELECT json_extract(event, '$.event_key') FROM waiting")
        return [str(row[0]) for row in rows]


def waiting(home: Path) -> int:
    """How many events the gateway says that it keeps."""
    told = read_health(home / "state" / "gateway" / NAME)
    return sum(link.waiting for link in told)


def until(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_a_killed_gateway_heard_without_a_database_is_written_once(
    shop: Database, tmp_path: Path
) -> None:
    home = tmp_path / "gateway"
    heard: list[str] = []
    with way_to(shop.url) as way:
        for seed in range(ROUNDS):
            heard += heard_and_killed(shop, way, home, BUSY.format(seed=seed))
            way.mend()
            with gateway(home, way.url, SILENT):
                until(lambda: count(shop, OPEN) == 0 and waiting(home) == 0)
            assert kept(home) == []
    written = shop.call(lambda s: s.execute(text("SELECT event_key FROM call_event")).scalars())
    counts = Counter(str(key) for key in written)
    assert len(heard) == len(set(heard)) > 10 * ROUNDS
    assert [key for key in heard if counts[key] != 1] == []


def heard_and_killed(shop: Database, way: Way, home: Path, telephone: str) -> list[str]:
    """A gateway at work loses its database, hears more, and is killed; what it kept on disk."""
    begun = count(shop, EVENTS)
    with gateway(home, way.url, telephone):
        until(lambda: count(shop, EVENTS) > begun + 5)
        way.cut()
        until(lambda: waiting(home) > 10)
    return kept(home)


def test_a_gateway_killed_at_its_work_doubles_nothing_and_leaves_no_call_open(
    shop: Database, tmp_path: Path
) -> None:
    home = tmp_path / "gateway"
    unheard = count(shop, OTHER)
    for seed in range(ROUNDS + 2):
        begun = count(shop, EVENTS)
        with gateway(home, shop.url, BUSY.format(seed=100 + seed)):
            until(lambda begun=begun: count(shop, EVENTS) > begun + 20)
    with gateway(home, shop.url, SILENT):
        until(lambda: count(shop, OPEN) == 0 and waiting(home) == 0)
    assert kept(home) == []
    # What stands of each leg is what its last event told.
    assert count(shop, OTHER) == unheard
