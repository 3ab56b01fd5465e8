"""The calendar of the house: the public holidays of its table, and its own days."""

from dataclasses import dataclass
from datetime import date

from psycopg.sql import SQL
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.public_holidays import keep_public_holidays
from ets_desktop.db.schema.system import Holiday
from ets_desktop.domain import ageing
from ets_desktop.domain.calendar import BusinessCalendar, HouseDay
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.house import HouseSettings
from ets_desktop.domain.tickets import tidy_name
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.house_settings import house_settings
from ets_desktop.services.records import give_reason, require_unchanged

NAME_LIMIT = 60

_ADD = SQL("""
    INSERT INTO holiday (day, name, works) VALUES (%(day)s, %(name)s, %(works)s)
    ON CONFLICT (day) DO NOTHING
""")
_REVISE = SQL("UPDATE holiday SET name = %(name)s, works = %(works)s WHERE day = %(day)s")
_CLEAR = SQL("DELETE FROM holiday WHERE day = %(day)s")


@dataclass(frozen=True, slots=True)
class MarkDay:
    """`day` is one the house has off, or with `works` a holiday on which it works."""

    day: date
    name: str
    works: bool = False


@dataclass(frozen=True, slots=True)
class ReviseDay:
    """`was` is how the day was marked when the wish was made, None: not at all."""

    day: date
    name: str
    works: bool
    was: HouseDay | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClearDay:
    day: date
    was: HouseDay
    reason: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """The settings of the house, and the calendar they make."""

    settings: HouseSettings
    calendar: BusinessCalendar

    def default_due_on(self, ticket_type: str, today: date) -> date:
        """완료예정일 proposed for a ticket received `today` (spec 20, Overdue)."""
        return ageing.default_due_on(ticket_type, today, self.calendar, self.settings.due_days)


def house_of(settings: HouseSettings) -> House:
    calendar = BusinessCalendar(
        settings.week, settings.house_days, settings.public_holidays.name_of
    )
    return House(settings, calendar)


def read_house(session: Session) -> House:
    """The house as the tables have it."""
    return house_of(house_settings(session))


def default_due_on(session: Session, ticket_type: str, today: date) -> date:
    """완료예정일 of a ticket that came without one."""
    return read_house(session).default_due_on(ticket_type, today)


def mark_day(session: Session, command: MarkDay) -> Done[bool]:
    """Write or rewrite a day of the house; true if it is new there.

    RuleViolation `needs_holiday_name`, `holiday_name_too_long`.
    """
    name = _name_of(command.name)
    day = insert(Holiday).values(day=command.day, name=name, works=command.works)
    changed = {"name": name, "works": command.works}
    written = day.on_conflict_do_update(index_elements=[Holiday.day], set_=changed)
    known = session.get(Holiday, command.day) is not None
    session.execute(written, execution_options={"synchronize_session": False})
    return Done(not known, frozenset({SETTINGS}))


def unmark_day(session: Session, day: date) -> Done[bool]:
    """Take a day of the house away; false if there was none."""
    gone = session.scalars(
        delete(Holiday).where(Holiday.day == day).returning(Holiday.day),
        execution_options={"synchronize_session": False},
    )
    return Done(gone.first() is not None, frozenset({SETTINGS}))


def revise_day(session: Session, command: ReviseDay) -> Done[date]:
    """`mark_day` by whoever looked at the day before; the value is the day.

    RuleViolation as `mark_day`, and `day_marked`; StaleData `record_changed`, NotFound
    `record_gone`.
    """
    name, driver = _name_of(command.name), driver_of(session)
    if command.was is not None:
        _require_unchanged(session, command.day, command.was)
    give_reason(session, command.reason)
    given = {"day": command.day, "name": name, "works": command.works}
    statement = _ADD if command.was is None else _REVISE
    if not driver.execute(statement, given).rowcount:
        raise RuleViolation("day_marked", field="day")
    return Done(command.day, frozenset({SETTINGS}))


def clear_day(session: Session, command: ClearDay) -> Done[date]:
    """The day is what it would be without the house; refused as `revise_day`."""
    _require_unchanged(session, command.day, command.was)
    give_reason(session, command.reason)
    driver_of(session).execute(_CLEAR, {"day": command.day})
    return Done(command.day, frozenset({SETTINGS}))


def _require_unchanged(session: Session, day: date, was: HouseDay) -> None:
    require_unchanged(session, "holiday", "day", day, {"name": was.name, "works": was.works})


def _name_of(typed: str) -> str:
    name = tidy_name(typed)
    if not name:
        raise RuleViolation("needs_holiday_name", field="name")
    if len(name) > NAME_LIMIT:
        raise RuleViolation("holiday_name_too_long", field="name", limit=NAME_LIMIT)
    return name


def keep_holidays(session: Session) -> Done[bool]:
    """Public holidays of the years around today; false if all of them stand. The gateway's part."""
    return Done(keep_public_holidays(driver_of(session)))
