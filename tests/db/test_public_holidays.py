"""The table of public holidays: filled by a migration, kept by the gateway, only read by desks."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

import psycopg
import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.migrate import downgrade, upgrade
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.public_holidays import holidays_of, kept_years, release
from ets_desktop.services.holidays import keep_holidays, read_house
from tests.people import database, desk_database, kim, login

__all__ = ["database", "desk_database", "kim", "login"]

LogIn = Callable[[Agent], Database]


def this_year() -> int:
    return seoul_date(datetime.now(UTC)).year


def kept(database: Database) -> dict[date, str]:
    with database.driver_connection() as connection:
        found = connection.execute("SELECT day, name FROM public_holiday").fetchall()
    return dict(found)


def reckoned() -> dict[date, str]:
    years = kept_years(this_year())
    return {day: name for year in years for day, name in holidays_of(year).items()}


def test_a_migration_fills_it(clean_database: str) -> None:
    downgrade(clean_database, "0019")
    upgrade(clean_database, "0020")
    with psycopg.connect(clean_database) as connection:
        assert connection.execute("SELECT count(*) FROM public_holiday").fetchone() == (0,)
    upgrade(clean_database)
    with psycopg.connect(clean_database) as connection:
        found = connection.execute("SELECT day, name, reckoned_by FROM public_holiday").fetchall()
    assert {day: name for day, name, _by in found} == reckoned()
    assert {by for *_day, by in found} == {release()}


def test_years_that_are_missing_are_written_once(database: Database) -> None:
    assert database.call(keep_holidays).value
    assert kept(database) == reckoned()
    assert not database.call(keep_holidays).value


def test_a_newer_release_has_the_last_word_and_years_gone_by_stay(database: Database) -> None:
    day, fair = date(this_year(), 3, 1), date(this_year(), 3, 5)
    with database.driver_connection() as connection:
        connection.execute(
            "INSERT INTO public_holiday VALUES (%s, '옛 이름', '0.1'), (%s, '장날', '0.1'),"
            " ('2001-01-01', '신정', '0.1')",
            [day, fair],
        )
    assert database.call(keep_holidays).value
    assert kept(database) == reckoned() | {date(2001, 1, 1): "신정"}


def test_every_desk_hears_of_it(database: Database) -> None:
    with database.listening_connection() as ear:
        ear.execute("LISTEN ets_change")
        database.call(keep_holidays)
        told = [notice.payload for notice in ear.notifies(timeout=5, stop_after=1)]
    assert told == ["settings"]


def test_a_gateway_keeps_it_and_an_agent_only_reads(
    database: Database, kim: Agent, login: LogIn
) -> None:
    with database.driver_connection() as connection:
        connection.execute("SET ROLE ets_gateway")
        connection.execute("INSERT INTO public_holiday VALUES ('2001-01-01', '신정', '0.1')")
        connection.execute("UPDATE public_holiday SET name = '설날'")
        connection.execute("DELETE FROM public_holiday")
        connection.execute("RESET ROLE")
    database.call(keep_holidays)
    agent = login(kim)
    christmas = date(this_year(), 12, 25)
    assert agent.call(read_house).calendar.holiday(christmas) == "성탄절"
    for statement in (
        "INSERT INTO public_holiday VALUES ('2001-01-02', '휴무', '0.1')",
        "UPDATE public_holiday SET name = '휴무'",
        "DELETE FROM public_holiday",
    ):
        with (
            psycopg.connect(agent.url) as shell,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            shell.execute(statement)


def test_a_desk_does_not_load_the_library(database: Database) -> None:
    database.call(keep_holidays)
    program = """
import sys
from datetime import date
from ets_desktop.db.engine import Database
from ets_desktop.services.holidays import default_due_on, keep_holidays
database = Database(sys.argv[1], application_name="test")
today = date(int(sys.argv[2]), 12, 24)
print(database.call(default_due_on, "after_service", today))
database.call(keep_holidays)
print("holidays" in sys.modules)
"""
    arguments = [sys.executable, "-c", program, database.url, str(this_year())]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"
