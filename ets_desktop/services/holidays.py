"""The calendar of the house: Korean public holidays, reckoned once a year, and its own days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.system import Holiday
from ets_desktop.domain import ageing
from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.house import HouseSettings
from ets_desktop.domain.tickets import tidy_text
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.house_settings import house_settings

NAME_LIMIT = 60
#: Names of the law that nobody says.
_SPOKEN = {"기독탄신일": "성탄절", "신정연휴": "신정"}


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


@cache
def holidays_of(year: int) -> Mapping[date, str]:
    """The public holidays of Korea in `year` by name, substitute and election days included."""
    # Imported here: no start waits for it (130 ms with the first year).
    import holidays

    found = holidays.country_holidays("KR", years=year, language="ko")
    return MappingProxyType({day: _SPOKEN.get(name, name) for day, name in found.items()})


def public_holiday(day: date) -> str:
    """The name of the Korean public holiday on `day`, "" for none; weekends are none."""
    return holidays_of(day.year).get(day, "")


def house_of(settings: HouseSettings) -> House:
    calendar = BusinessCalendar(settings.week, settings.house_days, public_holiday)
    return House(settings, calendar)


def read_house(session: Session, today: date) -> House:
    """The house as the tables have it; the holidays of this year and the next are reckoned."""
    for year in (today.year, today.year + 1):
        holidays_of(year)
    return house_of(house_settings(session))


def default_due_on(session: Session, ticket_type: str, today: date) -> date:
    """완료예정일 of a ticket that came without one."""
    return house_of(house_settings(session)).default_due_on(ticket_type, today)


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
