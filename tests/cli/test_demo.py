"""`ets demo`: what it prints, that it is refused twice, and what `ets doctor` says of it."""

import json
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main

PASSWORD = "demo-password"


@pytest.fixture
def url(clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_DEMO_PASSWORD", PASSWORD)
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return clean_database


def ets(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_a_demo_is_filled_in_once(url: str) -> None:
    filled = ets("demo", "--orders", "60", "--json")
    assert filled.exit_code == 0, filled.output
    told = json.loads(filled.stdout)
    assert (told["orders"], told["password"]) == (60, PASSWORD)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM sales_order").fetchone() == (60,)
    assert "orders 60/60" in filled.stderr
    again = ets("demo", "--orders", "60")
    assert again.exit_code == 2
    assert "demo exists" in again.stderr


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("C.UTF-8", ("30 orders", "logins: agent101", f"password: {PASSWORD}")),
        ("ko_KR.UTF-8", ("주문 30", "로그인: agent101", f"비밀번호: {PASSWORD}")),
    ],
)
def test_its_logins_are_told_in_the_locales_language(
    url: str, monkeypatch: pytest.MonkeyPatch, locale: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    told = ets("demo", "--orders", "30")
    assert told.exit_code == 0, told.output
    assert [word for word in words if word not in told.stdout] == []


@pytest.mark.parametrize("orders", ["0", "-1", "many"])
def test_a_size_that_is_none_is_refused(url: str, orders: str) -> None:
    assert ets("demo", "--orders", orders).exit_code == 2
