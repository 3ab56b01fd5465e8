"""The calendar of the house: the public holidays of its table, and its own days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.public_holidays import keep_public_holidays
from ets_desktop.db.schema.system import Holiday
from ets_desktop.domain import ageing
from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.house import HouseSettings
from ets_desktop.domain.tickets import tidy_text
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.house_settings import house_settings

NAME_LIMIT = 60


@dataclass(frozen=True, slots=True)
class MarkDay:
    """`day` is one the house has off, or with `works` a holiday on which it works."""

    day: date
    name: str
    works: bool = False


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
    name = tidy_text(command.name).strip()
    if not name:
        raise RuleViolation("needs_holiday_name", field="name")
    if len(name) > NAME_LIMIT:
        raise RuleViolation("holiday_name_too_long", field="name", limit=NAME_LIMIT)
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


def keep_holidays(session: Session) -> Done[bool]:
    """Public holidays of the years around today; false if all of them stand. The gateway's part."""
    return Done(keep_public_holidays(driver_of(session)))
