"""`ets demo` fills an empty database once and says how to log in."""

import json

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg.conninfo import make_conninfo

from ets_desktop.cli import main


@pytest.fixture
def url(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("ETS_DEMO_PASSWORD", raising=False)
    return clean_database


def demo(*arguments: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["demo", *arguments])
    assert result.exit_code == exits, result.output
    return result


def test_the_printed_password_opens_the_door(url: str) -> None:
    told = demo("--orders", "50").stdout.splitlines()
    assert told[0].startswith("50 orders, 50 customers, ")
    password = told[-1].removeprefix("password: ")
    with psycopg.connect(make_conninfo(url, user="agent140", password=password)):
        pass


def test_the_environment_may_set_the_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETS_DEMO_PASSWORD", "from-outside")
    summary = json.loads(demo("--orders", "50", "--json").stdout)
    assert (summary["orders"], summary["password"]) == (50, "from-outside")
    assert {"agent101", "agent140", "supervisor", "admin"} <= set(summary["logins"])


def test_a_second_demo_is_refused_in_the_language_asked_for(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = demo("--orders", "50").stderr
    assert "orders 50/50" in told
    assert "demo exists" in demo(exits=2).stderr
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "데이터" in demo(exits=2).stderr
