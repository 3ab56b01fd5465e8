"""The house at a desk: the defaults until it is read, and again when an admin changes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.topics import SETTINGS
from ets_desktop.domain.transfers import LIMITS
from ets_desktop.services.holidays import MarkDay, mark_day
from ets_desktop.ui.context import UiContext
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]


def test_the_tables_are_read_at_the_start_and_when_they_change(
    context: UiContext,
    database: Database,
    kim: Agent,
    login: Callable[[Agent], Database],
    steps: Steps,
) -> None:
    house = context.house
    assert (house.limits, house.calendar) == (LIMITS, BusinessCalendar())
    house.begin(replace(context, call=login(kim).call))
    steps.run()
    assert house.calendar.holiday(date(2026, 12, 25)) != ""
    database.call(mark_day, MarkDay(date(2026, 11, 23), "창립기념일"))
    database.call(
        lambda session: session.execute(
            text("""INSERT INTO setting VALUES ('accept_within_minutes', '{"agent": 5}')""")
        )
    )
    told: list[bool] = []
    house.changed.connect(lambda: told.append(True))
    context.changes.publish(frozenset({SETTINGS}))
    steps.run()
    assert told == [True]
    assert house.limits.agent == timedelta(minutes=5)
    assert house.house.default_due_on("delivery", date(2026, 11, 20)) == date(2026, 11, 24)


def test_what_is_known_holds_while_the_database_is_away(context: UiContext, steps: Steps) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise Unavailable("database_away")

    context.house.begin(replace(context, call=away))
    steps.run()
    assert context.house.limits == LIMITS
