"""The settings of the house as the tables have them."""

from datetime import date, timedelta

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import HouseDay
from ets_desktop.domain.house import HouseSettings
from ets_desktop.queries.house_settings import HouseDayRow, house_days, house_settings
from tests.round_trips import round_trips

ANNIVERSARY, CHRISTMAS = date(2026, 11, 23), date(2026, 12, 25)


def run(database: Database, sql: str) -> None:
    database.call(lambda session: driver_of(session).execute(sql))


def test_an_empty_table_gives_the_defaults(database: Database) -> None:
    assert database.call(house_settings) == HouseSettings()
    assert round_trips(database, house_settings) == 1


def test_stored_settings_and_days_are_read(database: Database) -> None:
    run(
        database,
        "INSERT INTO setting VALUES ('accept_within_minutes', '{\"team\": 90}'), ('demo', '{}'),"
        " ('claim_fees', '{\"return\": 2500}')",
    )
    run(
        database,
        "INSERT INTO holiday (day, name, works) VALUES ('2026-11-23', '창립기념일', false),"
        " ('2026-12-25', '성탄절 근무', true)",
    )
    settings = database.call(house_settings)
    assert settings.accept.team == timedelta(minutes=90)
    assert settings.claim_fees == {"return": 2_500, "exchange": 6_000}
    assert settings.house_days == {
        ANNIVERSARY: HouseDay("창립기념일"),
        CHRISTMAS: HouseDay("성탄절 근무", works=True),
    }


def test_the_days_of_a_span_say_who_wrote_them(database: Database, kim: Agent) -> None:
    run(database, "INSERT INTO holiday (day, name) VALUES ('2026-11-23', '창립기념일')")
    assert database.call(house_days, ANNIVERSARY, CHRISTMAS) == (
        HouseDayRow(ANNIVERSARY, "창립기념일", works=False, changed_by=""),
    )
    assert database.call(house_days, CHRISTMAS, CHRISTMAS) == ()
