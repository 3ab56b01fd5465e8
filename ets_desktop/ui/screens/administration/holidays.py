"""휴일 of 관리: the public holidays of a year, and the days that the house has off or works on."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from ets_desktop.domain.calendar import HouseDay
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.house import WEEKDAYS as WEEK
from ets_desktop.domain.public_holidays import kept_years
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.house_settings import house_days, house_settings
from ets_desktop.services.holidays import (
    NAME_LIMIT,
    ClearDay,
    ReviseDay,
    clear_day,
    revise_day,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import day_text
from ets_desktop.ui.labels import WEEKDAYS, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.changes import plain_words
from ets_desktop.ui.screens.administration.record_page import RecordPage, Wish
from ets_desktop.ui.tables import CENTER, Column
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import TextField, label_for

DAY, SORT, NAME, YEAR = "날짜", "구분", "휴일명", "연도"
PLAIN, OFF, WORKS = "plain", "off", "works"
KINDS = {PLAIN: "표시 없음", OFF: "휴무", WORKS: "근무"}
PUBLIC = "공휴일"


@dataclass(frozen=True)
class DayLine:
    """A day that is a public holiday (`public` is its name), that the house marked, or both."""

    day: date
    public: str
    own: HouseDay | None
    changed_by: str

    @property
    def kind(self) -> str:
        if self.own is None:
            return PLAIN
        return WORKS if self.own.works else OFF

    @property
    def name(self) -> str:
        return self.public if self.own is None else self.own.name


def _kind(line: DayLine) -> str:
    return translated(PUBLIC) if line.own is None else word(KINDS, line.kind)


COLUMNS: tuple[Column[DayLine], ...] = (
    Column(DAY, lambda line: day_text(line.day), 10),
    Column("요일", lambda line: word(WEEKDAYS, WEEK[line.day.weekday()]), 5, CENTER),
    Column(SORT, _kind, 8, CENTER, red=lambda line: line.kind == WORKS),
    Column(NAME, lambda line: line.name, 22),
    Column(PUBLIC, lambda line: line.public, 18),
    Column("수정자", lambda line: line.changed_by, 8),
)


class HolidaysPage(RecordPage[DayLine]):
    """근무 on a public holiday opens the house; 표시 없음 leaves the day as it would be."""

    LIST, KIND, TOPICS, COLUMNS = "휴일 목록", "holiday", (SETTINGS,), COLUMNS

    def __init__(self, context: UiContext) -> None:
        self._year = now_in_seoul().year
        super().__init__(context)
        years = (str(year) for year in kept_years(self._year))
        self._years = CodeChoice(YEAR, {year: year for year in years})
        self._years.set_code(str(self._year))
        self.list.add_tool(label_for(YEAR, self._years))
        self.list.add_tool(self._years)
        self._years.code_chosen.connect(self._on_year_chosen)

    def build_form(self) -> None:
        day = TextField(DAY, maximum=10)
        day.setPlaceholderText(f"{self._year}-12-31")
        self.form.add_field("day", DAY, day)
        self.form.add_field("works", SORT, CodeChoice(SORT, KINDS))
        self.form.add_field("name", NAME, TextField(NAME, maximum=NAME_LIMIT))

    @staticmethod
    def key(row: Any) -> Hashable:
        day: date = row.day
        return day

    def read(self, session: Any) -> Sequence[DayLine]:
        year = self._year
        public = house_settings(session).public_holidays.of_year(year)
        own = {row.day: row for row in house_days(session, date(year, 1, 1), date(year, 12, 31))}
        return [
            DayLine(
                day,
                public.get(day, ""),
                HouseDay(own[day].name, own[day].works) if day in own else None,
                own[day].changed_by if day in own else "",
            )
            for day in sorted({*public, *own})
        ]

    def values_of(self, row: DayLine | None) -> dict[str, object]:
        if row is None:
            return {"day": "", "works": OFF, "name": ""}
        return {"day": day_text(row.day), "works": row.kind, "name": row.name}

    def title_of(self, row: DayLine) -> str:
        return f"{day_text(row.day)} {row.name}"

    def record_shown(self, row: DayLine | None) -> None:
        """A day stays that day."""
        self.form.field("day").setEnabled(row is None)

    def words(self, column: str, value: object) -> str:
        if column == "works":
            return word(KINDS, WORKS if value else OFF)
        return plain_words(column, value)

    def wish(self, row: DayLine | None, values: dict[str, object], reason: str) -> Wish:
        day = _day_of(str(values["day"]))
        was = None if row is None else row.own
        if values["works"] != PLAIN:
            self._show_year(day.year)
            works = values["works"] == WORKS
            command = ReviseDay(day, str(values["name"]), works, was, reason)
            return Wish(revise_day, command, self.tr("휴일을 저장했습니다."))
        if row is None or was is None:
            raise RuleViolation("needs_day_kind", field="works")
        service = clear_day if row.public else _clear_away
        return Wish(service, ClearDay(day, was, reason), self.tr("휴일 표시를 지웠습니다."))

    def _on_saved(self, told: str, done: Done[Any]) -> None:
        if done.value is None:
            self.show_record(None)
        super()._on_saved(told, done)

    # The year

    @Slot()
    def _on_year_chosen(self) -> None:
        year = int(self._years.code())
        self.ask_unsaved(partial(self._choose_year, year), partial(self._show_year, self._year))

    def _choose_year(self, year: int) -> None:
        self._show_year(year)
        self.show_record(None)
        self.refresh()

    def _show_year(self, year: int) -> None:
        self._year = year
        self._years.set_code(str(year))


def _day_of(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip().replace(".", "-").rstrip("-"))
    except ValueError:
        raise RuleViolation("needs_date", field="day") from None


def _clear_away(session: Any, command: ClearDay) -> Done[None]:
    """Of a day that stands in the list for its mark alone."""
    return Done(None, clear_day(session, command).touched)
