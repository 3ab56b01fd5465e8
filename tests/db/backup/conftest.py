"""A shop to back up, and what to do with its backups."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from ets_desktop.db.backup.dumping import back_up
from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from ets_desktop.local.connection import ConnectionTarget, connect
from tests.postgres import clone

PASSWORD = "backup-password"
_numbers = count(1)


@pytest.fixture(scope="module")
def shop(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="shop")
        fill(database, orders=30, password=PASSWORD)
        yield database
        database.close()


@pytest.fixture(scope="module")
def backup(shop: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole one, to look at."""
    folder = tmp_path_factory.mktemp("backups") / "whole"
    back_up(shop.url, folder, before=lambda: None)
    return folder


@pytest.fixture
def new_name(postgres_server: ConnectionTarget) -> Iterator[Callable[[], str]]:
    """Names of databases that are dropped at the end."""
    made: list[str] = []

    def name() -> str:
        made.append(f"restored_{next(_numbers)}")
        return made[-1]

    yield name
    with connect(postgres_server, "postgres") as connection:
        for one in made:
            connection.execute(f"DROP DATABASE IF EXISTS {one} WITH (FORCE)".encode())
