"""`ets calendar`: what it prints, what it changes, how it exits."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main


@pytest.fixture
def url(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return clean_database


def calendar(*arguments: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["calendar", *arguments])
    assert result.exit_code == exits, result.output
    return result


def listed(*arguments: str) -> Any:
    return json.loads(calendar("list", "--json", *arguments).stdout)


def test_public_holidays_and_hours_are_listed(url: str) -> None:
    told = listed("--year", "2026")
    assert told["business_hours"]["mon"] == ["09:00", "18:00"]
    assert told["business_hours"]["sun"] is None
    assert {"day": "2026-02-17", "name": "설날", "kind": "public"} in told["days"]
    lines = calendar("list", "--year", "2026").stdout.splitlines()
    assert lines[0] == "mon 09:00–18:00"
    assert lines[6] == "sun closed"
    assert "2026-02-17 public holiday: 설날" in lines


def test_a_day_of_the_house_is_added_changed_and_removed(url: str) -> None:
    added = json.loads(calendar("add", "2026-11-23", "창립기념일", "--json").stdout)
    assert added == {"day": "2026-11-23", "name": "창립기념일", "kind": "off", "new": True}
    assert calendar("add", "2026-02-17", "설날 근무", "--works").stdout == (
        "2026-02-17 worked: 설날 근무\n"
    )
    days = {day["day"]: day for day in listed("--year", "2026")["days"]}
    assert days["2026-11-23"]["kind"] == "off"
    assert (days["2026-02-17"]["kind"], days["2026-02-17"]["name"]) == ("works", "설날 근무")
    assert not json.loads(calendar("add", "2026-11-23", "휴무", "--json").stdout)["new"]
    assert calendar("remove", "2026-11-23").stdout == "2026-11-23 removed\n"
    assert "no such day" in calendar("remove", "2026-11-23", exits=1).stderr
    gone = calendar("remove", "2026-11-23", "--json", exits=1).stdout
    assert json.loads(gone) == {"day": "2026-11-23", "removed": False}


def test_this_year_is_listed_by_default(url: str) -> None:
    assert listed()["year"] >= 2026


@pytest.mark.parametrize(
    "arguments",
    [("add", "11월 23일", "휴무"), ("add", "2026-02-30", "휴무"), ("list", "--year", "26")],
)
def test_what_is_no_day_is_refused(url: str, arguments: tuple[str, ...]) -> None:
    calendar(*arguments, exits=2)


def test_a_day_without_a_name_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "needs holiday name" in calendar("add", "2026-11-23", " ", exits=2).stderr
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "휴일의 이름" in calendar("add", "2026-11-23", " ", exits=2).stderr
