"""Migrations beside desks at work, and programs beside schemas that are not theirs (spec 85)."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from click.testing import CliRunner

from ets_desktop.cli import main
from ets_desktop.db import migrate, schema_version
from ets_desktop.db.migrate import downgrade, upgrade
from ets_desktop.db.schema_version import schema_status
from ets_desktop.db.server import Server, require_current_schema
from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.paths import migrations_dir

#: A busy machine; alone it is the lock time-out and little more.
SOON_S = 10.0
STEP = '''"""{what}"""

from alembic import op

revision = "{revision}"
down_revision = "{on}"
branch_labels = None
depends_on = None
{mark}

def upgrade() -> None:
    op.execute("{sql}")


def downgrade() -> None:
    pass
'''


@contextmanager
def steps_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program whose migrations are those of `folder`."""
    schema_version._steps.cache_clear()
    with monkeypatch.context() as patched:
        for module in (migrate, schema_version):
            patched.setattr(module, "migrations_dir", lambda: folder)
        yield
    schema_version._steps.cache_clear()


@pytest.fixture
def next_release(tmp_path: Path) -> Path:
    """Our migrations, to add steps to."""
    folder = tmp_path / "migrations"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(migrations_dir(), folder, ignore=ignored)
    return folder


def add_step(folder: Path, revision: str, on: str, sql: str, *, contracts: bool = False) -> None:
    mark = "contracts = True\n" if contracts else ""
    told = STEP.format(what="a next step", revision=revision, on=on, mark=mark, sql=sql)
    (folder / "versions" / f"next_{revision}.py").write_text(told, encoding="utf-8")


@contextmanager
def reading_desk(url: str, table: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A desk in the midst of a transaction that has read `table`."""
    with psycopg.connect(url) as desk:
        desk.execute(f"SELECT count(*) FROM {table}".encode())
        yield desk


def test_a_step_gives_way_to_desks_and_is_done_when_they_let_it(clean_database: str) -> None:
    downgrade(clean_database, "0016")
    migration = Thread(target=upgrade, args=(clean_database,))
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with (
        reading_desk(clean_database, "callback") as desk,
        psycopg.connect(clean_database, autocommit=True) as other,
    ):
        migration.start()
        deadline = time.monotonic() + SOON_S
        while other.execute(waits).fetchone() == (0,):
            assert time.monotonic() < deadline
        # This one queues behind the step that waits, until that gives way.
        began = time.monotonic()
        other.execute("SELECT count(*) FROM callback")
        assert time.monotonic() - began < SOON_S
        assert migration.is_alive()
        assert schema_status(clean_database).current == "0016"
        desk.rollback()
    migration.join(60)
    assert schema_status(clean_database).is_current


def test_a_step_that_never_gets_its_table_is_told_and_leaves_a_whole_schema(
    clean_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    downgrade(clean_database, "0015")
    monkeypatch.setattr(migrate, "PATIENCE_S", 0.1)
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT_MS", 50)
    with reading_desk(clean_database, "callback"), pytest.raises(Unavailable) as waits:
        upgrade(clean_database)
    assert waits.value.code == "migration_waits"
    assert schema_status(clean_database).current == "0016"
    upgrade(clean_database)
    assert schema_status(clean_database).is_current


def test_an_old_program_works_on_with_a_schema_that_was_only_added_to(
    clean_database: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = schema_status(clean_database).head
    add_step(next_release, "n001", head, "ALTER TABLE team ADD COLUMN colour text")
    with steps_in(next_release, monkeypatch):
        upgrade(clean_database)
        assert schema_status(clean_database).is_current
    status = schema_status(clean_database)
    assert (status.current, status.is_current) == ("n001", False)
    assert (status.is_unknown, status.is_served) == (True, True)
    require_current_schema(Server(clean_database, is_embedded=False))
    require_current_schema(Server(clean_database, is_embedded=True))
    assert schema_status(clean_database).current == "n001"


def test_an_old_program_is_refused_by_a_schema_that_took_something_away(
    clean_database: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = schema_status(clean_database).head
    add_step(next_release, "n001", head, "ALTER TABLE team ADD COLUMN colour text")
    add_step(next_release, "n002", "n001", "SELECT 1", contracts=True)
    add_step(next_release, "n003", "n002", "SELECT 1")
    with steps_in(next_release, monkeypatch):
        upgrade(clean_database)
    for is_embedded in (True, False):
        with pytest.raises(RuleViolation) as refused:
            require_current_schema(Server(clean_database, is_embedded))
        assert refused.value.code == "schema_newer"
        assert refused.value.details == {"current": "n003", "program": head}


def test_a_new_program_leaves_an_old_schema_to_its_keeper_and_says_which(
    clean_database: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = schema_status(clean_database).head
    add_step(next_release, "n001", head, "ALTER TABLE team ADD COLUMN colour text")
    with steps_in(next_release, monkeypatch):
        with pytest.raises(RuleViolation) as refused:
            require_current_schema(Server(clean_database, is_embedded=False))
        assert refused.value.code == "schema_older"
        assert refused.value.details == {"current": head, "program": "n001"}
    assert schema_status(clean_database).is_current


def test_a_step_that_fails_changes_nothing(
    clean_database: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = schema_status(clean_database).head
    add_step(next_release, "n001", head, "DROP TABLE team_of_nobody")
    with steps_in(next_release, monkeypatch), pytest.raises(Exception, match="team_of_nobody"):
        upgrade(clean_database)
    assert schema_status(clean_database).is_current


def test_an_upgrade_that_ends_the_programs_of_now_waits_for_their_desks(
    clean_database: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    head = schema_status(clean_database).head
    add_step(next_release, "n001", head, "SELECT 1", contracts=True)
    with steps_in(next_release, monkeypatch):
        with psycopg.connect(clean_database, application_name="ETS Desktop @PC"):
            refused = CliRunner().invoke(main, ["db", "upgrade"])
            assert (refused.exit_code, "1명이 로그인해" in refused.stderr) == (2, True)
            assert schema_status(clean_database).current == head
            assert CliRunner().invoke(main, ["db", "upgrade", "--now"]).exit_code == 0
        assert schema_status(clean_database).is_current
        assert not schema_status(clean_database).takes_away


def test_an_upgrade_that_only_adds_is_done_under_desks_at_work(
    clean_database: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    add_step(next_release, "n001", schema_status(clean_database).head, "SELECT 1")
    with (
        steps_in(next_release, monkeypatch),
        psycopg.connect(clean_database, application_name="ETS Desktop @PC"),
    ):
        assert CliRunner().invoke(main, ["db", "upgrade"]).exit_code == 0
