"""`ets ring`: a call from a shell reaches the database like a real one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from ets_desktop.cli import main
from ets_desktop.db.engine import Database


@pytest.fixture
def database(
    clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Database]:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    database = Database(clean_database, application_name="test")
    database.call(
        lambda session: session.execute(
            text(
                "INSERT INTO agent (login, name, extension, role)"
                " VALUES ('agent101', '이서연', '101', 'agent')"
            )
        )
    )
    yield database
    database.close()


def ets(*words: str) -> Result:
    return CliRunner().invoke(main, ["ring", *words])


def leg(database: Database) -> tuple[object, ...]:
    return database.call(
        lambda session: tuple(
            session.execute(
                text(
                    'SELECT l.extension, l.phase, l."end", l.talked_at IS NOT NULL,'
                    " c.caller_number, c.caller_name FROM call_leg l JOIN call c"
                    " ON c.id = l.call_id"
                )
            ).one()
        )
    )


def test_it_rings_and_leaves_it_ringing(database: Database) -> None:
    result = ets("101", "010-0000-1234", "--name", "김정민")
    assert (result.exit_code, result.output) == (0, "call 1\n")
    assert leg(database) == ("101", "ringing", None, False, "01000001234", "김정민")


def test_it_answers_and_ends_when_told(database: Database) -> None:
    assert ets("101", "01000001234", "--answer-after", "0.01", "--end-after", "0").exit_code == 0
    assert leg(database)[1:4] == ("ended", "completed", True)


def test_a_call_that_ends_unanswered_is_missed(database: Database) -> None:
    assert ets("101", "anonymous", "--end-after", "0.01").exit_code == 0
    assert leg(database)[1:5] == ("ended", "abandoned", False, None)


def test_an_unknown_extension_is_refused(database: Database) -> None:
    result = ets("999", "01000001234")
    assert result.exit_code == 2
    assert "extension unknown (extension: 999)" in result.output
    count = text("SELECT count(*) FROM call")
    assert database.call(lambda session: session.execute(count).scalar_one()) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for a child there")
@pytest.mark.usefixtures("database")
def test_interrupted_it_ends_the_call(database: Database) -> None:
    program = [sys.executable, "-c", "from ets_desktop.cli import main; main()"]
    words = ["ring", "101", "01000001234", "--answer-after", "60"]
    with subprocess.Popen(
        [*program, *words], stdout=subprocess.PIPE, env=dict(os.environ), text=True
    ) as ringing:
        assert ringing.stdout is not None
        assert ringing.stdout.readline() == "call 1\n"
        ringing.send_signal(signal.SIGINT)
        assert ringing.wait(20) == 0
    assert leg(database)[1:4] == ("ended", "abandoned", False)


@pytest.mark.parametrize("option", ["--answer-after", "--end-after"])
def test_a_negative_time_is_refused(option: str) -> None:
    assert ets("101", "01000001234", option, "-1").exit_code == 2


@pytest.mark.parametrize("option", ["--answer-after", "--end-after"])
def test_a_time_that_is_no_number_rings_nobody(database: Database, option: str) -> None:
    assert ets("101", "010-0000-1234", option, "nan").exit_code == 2
    count = database.call(lambda session: session.scalar(text("SELECT count(*) FROM call")))
    assert count == 0


@pytest.mark.parametrize(
    "words", [("\udcb1", "010-0000-1234"), ("101", "\udcb1"), ("101", "", "--name", "\udcb1")]
)
def test_bytes_that_are_no_text_are_refused(database: Database, words: tuple[str, ...]) -> None:
    result = ets(*words)
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
