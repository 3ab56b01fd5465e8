"""`ets gateway`: a service in a process of its own, and its state for people and scripts."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner

from ets_desktop.cli import gateway, main
from ets_desktop.db.engine import Database
from ets_desktop.gateway.health_file import NAME, write_health
from ets_desktop.gateway.service import Gateway
from ets_desktop.paths import paths
from ets_desktop.pbx.protocol import LinkState
from ets_desktop.queries.health import LinkHealth
from ets_desktop.services.gateway import report_link

PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def home(clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


@contextmanager
def serving(*words: str) -> Iterator[subprocess.Popen[str]]:
    """The service, once it says that it runs."""
    with subprocess.Popen(
        [sys.executable, "-c", "from ets_desktop.cli import main; main()", "gateway", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "the gateway runs\n"
            yield process
        finally:
            process.kill()


def status() -> list[dict[str, Any]]:
    told = CliRunner().invoke(main, ["gateway", "status", "--json"])
    links: list[dict[str, Any]] = json.loads(told.stdout)
    assert told.exit_code == (0 if links and all(link["up"] for link in links) else 1)
    return links


def until_up() -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while not (links := status()) or not links[0]["up"]:
        assert time.monotonic() < deadline
        Event().wait(0.05)
    return links[0]


def test_it_runs_until_it_is_told_to_stop(home: Path) -> None:
    config = home / "gateway.toml"
    config.write_text('[[gateway.links]]\nname = "office"\nvendor = "simulator"\n')
    assert status() == []
    with serving("--config", str(config)) as process:
        link = until_up()
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=PATIENCE_S)
    assert (link["name"], link["vendor"], link["waiting"], link["lag_s"]) == (
        "office",
        "simulator",
        0,
        0.0,
    )
    assert (process.returncode, said) == (0, "the gateway has stopped\n")
    stopped = CliRunner().invoke(main, ["gateway", "status"])
    assert stopped.exit_code == 1
    assert stopped.stdout == "✗ office (simulator): link_stopped, last event -, waiting 0 (0.0 s)\n"
    assert (home / "home" / "log" / "gateway.log").exists()


def test_a_second_service_with_the_same_files_is_refused() -> None:
    with serving():
        second = CliRunner().invoke(main, ["gateway"])
    assert second.exit_code == 2
    assert "spool unusable" in second.stderr


def test_without_a_link_the_state_says_so() -> None:
    told = CliRunner().invoke(main, ["gateway", "status"])
    assert (told.exit_code, told.stdout) == (1, "no link has been heard of yet\n")


def test_settings_that_make_no_sense_are_refused(home: Path) -> None:
    config = home / "gateway.toml"
    config.write_text('[[gateway.links]]\nname = "office"\nvendor = "pigeon"\n')
    told = CliRunner().invoke(main, ["gateway", "--config", str(config)])
    assert told.exit_code == 2
    assert "settings bad value" in told.stderr


def test_a_password_that_expires_soon_is_told_in_korean_everywhere(
    clean_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(clean_database, application_name="test")
    state = LinkState(up_since=datetime.now(UTC), reason="centrex_password_ages")
    database.call(report_link, "office", "lgu_centrex", state)
    database.close()
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    for words in (["gateway", "status"], ["doctor"]):
        assert "비밀번호가 곧 만료됩니다(3개월)" in CliRunner().invoke(main, words).stdout


@pytest.fixture
def noted() -> None:
    up = LinkHealth("office", "asterisk", datetime.now(UTC), None, "", waiting=3, lag_s=2.0)
    write_health(paths().state_dir / "gateway" / NAME, (up,))


def test_without_a_database_the_gateway_beside_us_is_asked(
    noted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/ets")
    told = CliRunner().invoke(main, ["gateway", "status", "--json"])
    (link,) = json.loads(told.stdout)
    assert (told.exit_code, link["name"], link["waiting"], link["up"]) == (0, "office", 3, True)
    assert told.stderr == "no database: as told here\n"


def test_a_database_that_says_nothing_is_not_waited_for(
    noted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "PATIENCE_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("ETS_DATABASE_URL", f"postgresql://nobody@127.0.0.1:{port}/ets")
        told = CliRunner().invoke(main, ["gateway", "status"])
    assert "✓ office (asterisk)" in told.stdout


def test_without_a_database_and_a_gateway_nothing_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/ets")
    assert CliRunner().invoke(main, ["gateway", "status"]).exit_code == 2


def test_a_service_whose_gateway_broke_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gateway, "_run", lambda self: None)
    ended = CliRunner().invoke(main, ["gateway"])
    assert ended.exit_code == 2
    assert "gateway broken" in ended.stderr


def test_a_schema_that_is_not_this_programs_ends_the_service(clean_database: str) -> None:
    database = Database(clean_database, application_name="test")
    database.call(
        lambda session: session.connection().exec_driver_sql("TRUNCATE alembic_version") and None
    )
    database.close()
    told = CliRunner().invoke(main, ["gateway"])
    assert told.exit_code == 2
    assert "schema" in told.stderr
