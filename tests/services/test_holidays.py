"""The house's own days: written by an admin, read by everybody, told to every desk."""

from collections.abc import Callable
from datetime import date, datetime

import psycopg
import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import HouseDay
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.house_settings import house_days
from ets_desktop.queries.setting_changes import setting_changes
from ets_desktop.services.holidays import (
    ClearDay,
    MarkDay,
    ReviseDay,
    clear_day,
    default_due_on,
    mark_day,
    read_house,
    revise_day,
    unmark_day,
)
from tests.factories import an_agent, make

LogIn = Callable[[Agent], Database]
ANNIVERSARY = date(2026, 11, 23)
OFF = MarkDay(ANNIVERSARY, "창립기념일")


@pytest.fixture
def admin(database: Database, login: LogIn) -> Database:
    return login(make(database, an_agent, name="최관리", role="admin"))


def test_an_admin_marks_a_day_and_takes_it_away(database: Database, admin: Database) -> None:
    assert admin.call(mark_day, OFF).value
    done = admin.call(mark_day, MarkDay(ANNIVERSARY, "  창립기념일 근무 ", works=True))
    assert (done.value, done.touched) == (False, {"settings"})
    [row] = database.call(house_days, ANNIVERSARY, ANNIVERSARY)
    assert (row.name, row.works, row.changed_by) == ("창립기념일 근무", True, "최관리")
    assert admin.call(unmark_day, ANNIVERSARY).value
    assert not admin.call(unmark_day, ANNIVERSARY).value


def test_a_day_of_the_house_moves_the_due_date_of_a_new_ticket(
    database: Database, admin: Database, login: LogIn, kim: Agent
) -> None:
    admin.call(mark_day, OFF)
    agent = login(kim)
    assert agent.call(default_due_on, "delivery", date(2026, 11, 20)) == date(2026, 11, 24)
    house = agent.call(read_house)
    assert house.calendar.holiday(ANNIVERSARY) == "창립기념일"


@pytest.mark.parametrize(
    ("name", "code"), [(" \n", "needs_holiday_name"), ("가" * 61, "holiday_name_too_long")]
)
def test_a_day_needs_a_name_of_a_line(database: Database, name: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        database.call(mark_day, MarkDay(ANNIVERSARY, name))
    assert refused.value.code == code


def test_an_agent_changes_no_day_and_no_setting(
    database: Database, login: LogIn, kim: Agent
) -> None:
    agent = login(kim)
    for command in (mark_day, OFF), (unmark_day, ANNIVERSARY):
        with pytest.raises(RuleViolation) as refused:
            agent.call(*command)
        assert refused.value.code == "not_allowed"
    with pytest.raises(RuleViolation):
        agent.call(lambda session: session.execute(text("DELETE FROM setting")))


def test_who_changed_a_day_is_not_the_admins_word(database: Database, admin: Database) -> None:
    with psycopg.connect(admin.url, autocommit=True) as shell:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shell.execute(
                "INSERT INTO holiday (day, name, changed_at) VALUES ('2026-11-23', '날', 'now')"
            )
        shell.execute("INSERT INTO holiday (day, name) VALUES ('2026-11-23', '날')")
        row = shell.execute("SELECT changed_at, changed_by FROM holiday").fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    assert row[1] is not None


def test_every_desk_hears_of_a_change(database: Database, admin: Database) -> None:
    with database.listening_connection() as ear:
        ear.execute("LISTEN ets_change")
        admin.call(mark_day, OFF)
        admin.call(
            lambda session: session.execute(
                text("INSERT INTO setting VALUES ('accept_within_minutes', '{}')")
            )
        )
        told = [notice.payload for notice in ear.notifies(timeout=5, stop_after=2)]
    assert told == ["settings", "settings"]


def test_a_day_is_revised_and_cleared_by_who_looked_at_it(admin: Database) -> None:
    off, works = HouseDay("창립기념일"), HouseDay("창립기념일 근무", works=True)
    done = admin.call(revise_day, ReviseDay(ANNIVERSARY, " 창립기념일 ", False, None))
    assert (done.value, done.touched) == (ANNIVERSARY, {"settings"})
    with pytest.raises(RuleViolation) as marked:
        admin.call(revise_day, ReviseDay(ANNIVERSARY, "또", False, None))
    assert (marked.value.code, marked.value.field) == ("day_marked", "day")
    admin.call(revise_day, ReviseDay(ANNIVERSARY, works.name, True, off, "주문 폭주"))
    for stale in (ReviseDay(ANNIVERSARY, "x", False, off), ClearDay(ANNIVERSARY, off)):
        work = clear_day if isinstance(stale, ClearDay) else revise_day
        with pytest.raises(StaleData):
            admin.call(work, stale)
    assert admin.call(clear_day, ClearDay(ANNIVERSARY, works)).value == ANNIVERSARY
    with pytest.raises(NotFound):
        admin.call(clear_day, ClearDay(ANNIVERSARY, works))
    told = admin.call(setting_changes, "holiday", ANNIVERSARY.isoformat())
    assert [each.change for each in told] == ["removed", "changed", "added"]
    assert (told[1].reason, told[1].who) == ("주문 폭주", "최관리")
    with pytest.raises(RuleViolation) as nameless:
        admin.call(revise_day, ReviseDay(ANNIVERSARY, " ", False, None))
    assert nameless.value.code == "needs_holiday_name"
