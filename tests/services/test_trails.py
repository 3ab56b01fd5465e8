"""Trails, sessions, working hours and news of exports, tried past the program (spec 80)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import SEOUL, closure
from ets_desktop.queries.house_settings import house_settings
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.holidays import house_of

LogIn = Callable[[Agent], Database]
TRAILS = (
    "ticket_history",
    "customer_history",
    "claim_history",
    "activity",
    "call_event",
    "call_tie",
    "pickup_event",
    "agent_state_change",
    "access_log",
    "rights_change",
)
#: Monday to Sunday, and a public holiday (Christmas 2026 is a Friday).
DAYS = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)] + [date(2026, 12, 25)]
_SET_HOURS = "INSERT INTO setting (key, value) VALUES ('business_hours', (:v)::jsonb)"
CLOCKS = ["00:00", "08:59", "09:00", "12:30", "17:59", "18:00", "23:59"]


def run(database: Database, sql: str, **values: Any) -> Any:
    return database.call(lambda session: session.execute(text(sql), values))


def values(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


@pytest.mark.parametrize("trail", TRAILS)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_no_role_rewrites_a_trail_the_owner_of_the_schema_included(
    database: Database, trail: str, verb: str
) -> None:
    if verb.startswith("UPDATE"):
        verb = f"UPDATE {trail} SET {_column(database, trail)} = NULL"
    with (
        psycopg.connect(database.url, autocommit=True) as owner,
        pytest.raises(InsufficientPrivilege, match="added to"),
    ):
        owner.execute((verb.format(trail) + (" CASCADE" if "TRUNCATE" in verb else "")).encode())


def _column(database: Database, trail: str) -> str:
    """One that may be written: an identity may not."""
    sql = f"SELECT attname FROM pg_attribute WHERE attrelid = '{trail}'::regclass AND attnum = 2"
    return str(values(database, sql)[0][0])


def test_a_look_says_who_when_from_where_at_whose_data_and_what(
    database: Database, kim: Agent, login: LogIn
) -> None:
    desk = Database(login(kim).url, application_name="ETS Desktop @PC-07")
    desk.call(log_access, LogAccess("reveal_order", "order/12", {"a": "b"}, 3, 2))
    desk.close()
    [row] = values(
        database,
        "SELECT login, at > now() - interval '1 hour', address IS NOT NULL, host, subject, action,"
        " condition, row_count, persons, outside_hours IS NOT NULL FROM access_log",
    )
    assert row[:4] == (kim.login, True, True, "ETS Desktop @PC-07")
    assert row[4:] == ("order/12", "reveal_order", {"a": "b"}, 3, 2, True)


# Working hours


@pytest.mark.parametrize(
    "stored",
    [
        None,
        '{"sat": ["10:00", "14:00"], "wed": null}',
        '{"mon": ["9", "18:00"], "tue": "x", "thu": ["25:00", "26:00"], "fri": ["18:00", "09:00"]}',
        '{"mon": null, "tue": null, "wed": null, "thu": null, "fri": null}',
        "[]",
    ],
)
def test_the_database_reckons_working_hours_as_the_calendar_does(
    database: Database, stored: str | None
) -> None:
    run(database, "INSERT INTO public_holiday VALUES ('2026-12-25', '성탄절', 'x')")
    run(database, "INSERT INTO holiday (day, name, works) VALUES ('2026-11-24', '창립', false)")
    run(database, "INSERT INTO holiday (day, name, works) VALUES ('2026-11-28', '행사', true)")
    if stored is not None:
        run(database, _SET_HOURS, v=stored)
    calendar = house_of(database.call(house_settings)).calendar
    moments = [
        datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=SEOUL)
        for day in DAYS
        for clock in CLOCKS
    ]
    ours = [closure(moment, calendar) is not None for moment in moments]
    asked = (
        "SELECT is_outside_hours(m) FROM unnest((:m)::timestamptz[]) WITH ORDINALITY u(m, n)"
        " ORDER BY n"
    )
    theirs = database.call(
        lambda session: list(session.scalars(text(asked), {"m": [m.isoformat() for m in moments]}))
    )
    assert theirs == ours


# Exports that a supervisor should see


def _close_the_house(database: Database, closed: bool) -> None:
    """Whatever the clock of this moment says."""
    day = datetime.now(UTC).astimezone(SEOUL).date()
    hours = '["23:58", "23:59"]' if closed else '["00:00", "23:59"]'
    week = ", ".join(f'"{d}": {hours}' for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    run(database, _SET_HOURS, v=f"{{{week}}}")
    run(database, "INSERT INTO holiday (day, name, works) VALUES (:d, '근무', true)", d=day)


@pytest.mark.parametrize(
    ("persons", "closed", "told"),
    [(99, False, 0), (100, False, 1), (0, True, 1), (None, False, 0)],
)
def test_an_export_of_many_or_out_of_hours_waits_for_a_supervisor(
    database: Database, park: Agent, login: LogIn, persons: int | None, closed: bool, told: int
) -> None:
    _close_the_house(database, closed)
    login(park).call(log_access, LogAccess("export", "list/x", {"reason": "y"}, 300, persons))
    assert len(values(database, "SELECT access_id FROM export_alert")) == told


def test_what_is_given_to_one_person_is_an_export_too(
    database: Database, park: Agent, login: LogIn
) -> None:
    given = LogAccess("export_customer", "customer/1", {"reason": "본인"}, persons=1)
    _close_the_house(database, False)
    login(park).call(log_access, given)
    assert values(database, "SELECT access_id FROM export_alert") == []
    run(database, "DELETE FROM holiday")
    run(database, "DELETE FROM setting")
    _close_the_house(database, True)
    login(park).call(log_access, given)
    assert len(values(database, "SELECT access_id FROM export_alert")) == 1


def test_the_house_says_how_many_are_many(database: Database, park: Agent, login: LogIn) -> None:
    _close_the_house(database, False)
    run(database, "INSERT INTO setting VALUES ('access_review', '{\"many_persons\": 10}')")
    login(park).call(log_access, LogAccess("export", "list/x", {"reason": "y"}, 300, 10))
    assert len(values(database, "SELECT access_id FROM export_alert")) == 1


def test_who_saw_an_export_is_the_databases_word(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    login(park).call(log_access, LogAccess("export", "list/x", {"reason": "y"}, 300, 100))
    with psycopg.connect(login(kim).url, autocommit=True) as agent:
        for forbidden in (
            b"SELECT * FROM export_alert",
            b"UPDATE export_alert SET seen_at = now()",
        ):
            with pytest.raises(InsufficientPrivilege):
                agent.execute(forbidden)
    with psycopg.connect(login(park).url, autocommit=True) as supervisor:
        supervisor.execute("UPDATE export_alert SET seen_at = '2001-01-01'")
        with pytest.raises(InsufficientPrivilege):
            supervisor.execute(f"UPDATE export_alert SET seen_by = {kim.id}".encode())
    [row] = values(database, "SELECT seen_by, seen_at > '2020-01-01' FROM export_alert")
    assert row == (park.id, True)


# Sessions


def test_a_second_login_ends_the_first(database: Database, kim: Agent, login: LogIn) -> None:
    desk, first, second = login(kim), uuid4(), uuid4()
    run(desk, "SELECT begin_session(:s)", s=first)
    assert run(desk, "SELECT session_ended(:s)", s=first).scalar() == ""
    run(desk, "SELECT begin_session(:s)", s=second)
    assert run(desk, "SELECT session_ended(:s)", s=first).scalar() == "second_login"
    assert run(desk, "SELECT session_ended(:s)", s=second).scalar() == ""
    # A desk whose answer was lost asks again, and ends nobody.
    run(desk, "SELECT begin_session(:s)", s=first)
    assert run(desk, "SELECT session_ended(:s)", s=first).scalar() == "second_login"


def test_logins_and_their_ends_stand_in_the_access_log(
    database: Database, kim: Agent, login: LogIn
) -> None:
    desk, session = login(kim), uuid4()
    for _ in range(2):
        run(desk, "SELECT begin_session(:s)", s=session)
    for _ in range(2):
        run(desk, "SELECT end_session(:s, 'idle')", s=session)
    rows = values(database, "SELECT login, action, condition FROM access_log ORDER BY id")
    assert rows == [(kim.login, "login", {}), (kim.login, "logout", {"why": "idle"})]


def test_nobody_ends_a_session_of_somebody_else_or_by_another_name(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    session = uuid4()
    run(login(kim), "SELECT begin_session(:s)", s=session)
    run(login(lee), "SELECT end_session(:s, 'left')", s=session)
    assert run(login(kim), "SELECT session_ended(:s)", s=session).scalar() == ""
    with psycopg.connect(login(kim).url) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute("SELECT end_session(%s, 'second_login')", [session])
    with psycopg.connect(login(kim).url) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute("SELECT * FROM desk_session")


def test_a_disabled_agents_desk_hears_of_it(database: Database, kim: Agent, login: LogIn) -> None:
    desk, session = login(kim), uuid4()
    run(desk, "SELECT begin_session(:s)", s=session)
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        run(database, f"UPDATE agent SET active = false WHERE id = {kim.id}")
        assert f"session/{kim.id}" in {n.payload for n in ear.notifies(timeout=5, stop_after=1)}
    assert run(desk, "SELECT session_ended(:s)", s=session).scalar() == "disabled"
