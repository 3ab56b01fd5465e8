"""`ets db` and `ets doctor`: which database is in use, and what is said when it cannot be used."""

import json
import socket
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg.conninfo import conninfo_to_dict

from ets_desktop.cli import main
from ets_desktop.db.migrate import downgrade


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def url(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    return clean_database


def ets(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    # Anything else would have been a traceback.
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def unused_port() -> int:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        return int(nobody.getsockname()[1])


def doctors_words(result: Result) -> dict[str, str]:
    return {finding["name"]: finding["state"] for finding in json.loads(result.stdout)}


def test_the_url_in_use_is_printed_and_nothing_else(url: str) -> None:
    assert ets("db", "url").output == f"{url}\n"


def test_the_schema_in_use_is_told(url: str) -> None:
    told = json.loads(ets("db", "status", "--json").stdout)
    assert told["is_current"] is True
    assert told["current"] == told["head"]


def test_an_old_schema_exits_one_and_is_upgraded_on_demand(url: str) -> None:
    downgrade(url, "0001")
    assert ets("db", "status").exit_code == 1
    assert ets("orders", "show", "1").exit_code == 2
    assert doctors_words(ets("doctor", "--json"))["schema"] == "wrong"
    assert ets("db", "upgrade").exit_code == 0
    assert ets("db", "status").exit_code == 0


def test_a_newer_schema_is_not_upgraded(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'n001'")
    refused = ets("db", "upgrade")
    assert refused.exit_code == 2
    assert "n001" in refused.stderr


def test_a_healthy_database_passes_the_doctor(url: str) -> None:
    result = ets("doctor", "--json")
    assert "wrong" not in doctors_words(result).values()
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "address",
    [
        "not a url",
        "postgresql://[::1",
        "postgresql://127.0.0.1/x?nonsense=1",
        "postgresql://\udcb1@127.0.0.1/x",
    ],
)
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", address)
    refused = ets("db", "status")
    assert refused.exit_code == 2
    assert "settings bad value" in refused.stderr
    assert ets("doctor", "--json").exit_code == 1


def test_a_server_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", f"postgresql://x@127.0.0.1:{unused_port()}/ets")
    for words in (["db", "status"], ["db", "upgrade"], ["orders", "show", "1"], ["ring", "1", "1"]):
        away = ets(*words)
        assert (away.exit_code, away.stderr) == (2, "ets: database away\n")
    assert doctors_words(ets("doctor", "--json"))["database"] == "wrong"


def test_a_wrong_password_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    password = str(conninfo_to_dict(url)["password"])
    monkeypatch.setenv("ETS_DATABASE_URL", url.replace(password, "wrong"))
    refused = ets("db", "status")
    assert (refused.exit_code, refused.stderr) == (2, "ets: login refused\n")


def test_the_next_host_of_the_url_is_taken_when_the_first_is_down(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = url.rpartition("@")[2].partition("/")[0]
    both = url.replace(f"@{hosts}", f"@127.0.0.1:{unused_port()},{hosts}")
    monkeypatch.setenv("ETS_DATABASE_URL", both)
    assert ets("db", "status").exit_code == 0
    assert ets("orders", "show", "1").exit_code == 1


def test_a_home_that_no_disk_can_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETS_HOME", "/" + "x" * 300)
    assert ets("db", "status").exit_code == 2
    assert ets("doctor", "--json").exit_code == 1
