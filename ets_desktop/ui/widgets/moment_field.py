"""A day and a time typed as people write them: 콜백일시; says so where nobody works then."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ets_desktop.domain.calendar import BusinessCalendar, Closed, Closure, Hours, closure
from ets_desktop.domain.callbacks import OfferedTime, offered_times
from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.language import translated
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.fields import FieldNote, TextField

_DAYS = {"오늘": 0, "내일": 1, "모레": 2, "today": 0, "tomorrow": 1}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
_SHAPES = (
    re.compile(rf"(?P<year>\d{{4}})[-./](?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}})[ Tt]+{_CLOCK}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2}) ?(?P<hour>\d{2})(?P<minute>\d{2})"),
    re.compile(rf"(?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}}) +{_CLOCK}"),
    re.compile(rf"(?P<word>{'|'.join(_DAYS)}) *{_CLOCK}"),
    re.compile(_CLOCK),
)
_WEEKDAYS = ("월", "화", "수", "목", "금", "토", "일")
_SPAN = re.compile(r"(?:(?P<hours>\d{1,3}) *시간)? *(?:(?P<minutes>\d{1,4}) *분)? *(?:뒤|후)?")


def parse_moment(text: str, now: datetime) -> datetime | None:
    """`2026-11-21 14:00`, `11-21 14:00`, `내일 10:00`, `14:00`, `30분 뒤` in Asia/Seoul, else None.

    A time without a day is today's, also when it has passed: the rule refuses it, nobody guesses.
    """
    typed = " ".join(text.casefold().split())
    now = now.astimezone(SEOUL)
    for shape in _SHAPES:
        match = shape.fullmatch(typed)
        if match is not None:
            return _moment(match.groupdict(), now)
    span = _SPAN.fullmatch(typed)
    if span is None or not (span["hours"] or span["minutes"]):
        return None
    ahead = timedelta(hours=int(span["hours"] or 0), minutes=int(span["minutes"] or 0))
    return (now + ahead).replace(second=0, microsecond=0)


def _moment(parts: dict[str, str | None], now: datetime) -> datetime | None:
    day = now + timedelta(days=_DAYS[parts.get("word") or "오늘"])
    try:
        moment = datetime(
            int(parts.get("year") or day.year),
            int(parts.get("month") or day.month),
            int(parts.get("day") or day.day),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            tzinfo=SEOUL,
        )
        # The first hours of the calendar in Seoul are none anywhere else.
        return moment.astimezone(UTC).astimezone(SEOUL)
    except (ValueError, OverflowError):
        return None


def offered_words(offered: OfferedTime, now: datetime) -> str:
    """`30분 뒤`, `오늘 17:00`, `내일 10:00`; further on the day with its weekday."""
    if offered.minutes == 30:
        return translated("30분 뒤")
    if offered.minutes:
        return translated("1시간 뒤")
    days = (offered.at.date() - now.astimezone(SEOUL).date()).days
    words = {0: "오늘 {clock}", 1: "내일 {clock}"}.get(days, "{day} {clock}")
    at = offered.at
    day = translated("{month}월 {day}일 ({weekday})").format(
        month=at.month, day=at.day, weekday=translated(_WEEKDAYS[at.weekday()])
    )
    return translated(words).format(clock=f"{at:%H:%M}", day=day)


def closure_words(closed: Closure) -> str:
    """Why nobody works then: a warning, for a customer may have asked for that time."""
    if closed.why is Closed.HOLIDAY:
        return translated("휴일입니다: {name}").format(name=closed.holiday)
    if closed.why is Closed.DAY:
        return translated("영업일이 아닙니다.")
    hours = closed.hours or Hours(time(), time())
    return translated("업무 시간({opens}–{closes})이 아닙니다.").format(
        opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}"
    )


class MomentField(TextField):
    """Shows what it understood as `2026-11-21 14:00`, once the typing is over.

    `note` stands below the field, wherever its owner puts it.
    """

    moment_chosen = Signal()

    def __init__(
        self,
        label: str,
        now: Callable[[], datetime] = now_in_seoul,
        calendar: Callable[[], BusinessCalendar] = BusinessCalendar,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self._now = now
        self._calendar = calendar
        self._offered: tuple[OfferedTime, ...] = ()
        self.note = FieldNote(label)
        self.setPlaceholderText(self.tr("내일 10:00"))
        # What it shows is read whole, in every language and however narrow the form is.
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("2026-00-00 00:00") + 16)
        self.entered.connect(self._tidy)
        self.textChanged.connect(self._warn)

    def use_calendar(self, calendar: Callable[[], BusinessCalendar]) -> None:
        """Whose hours and holidays count from now on."""
        self._calendar = calendar
        self._warn()

    def moment(self) -> datetime | None:
        """None while nothing readable stands there; see `is_unreadable`."""
        return parse_moment(self.text(), self._now())

    @property
    def is_unreadable(self) -> bool:
        """True when something was typed that is no moment."""
        return bool(self.text().strip()) and self.moment() is None

    def set_moment(self, moment: datetime | None) -> None:
        self.setText("" if moment is None else f"{moment.astimezone(SEOUL):%Y-%m-%d %H:%M}")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tidy()

    def quick_button(self, name: str) -> QToolButton:
        """A button named `name` whose menu offers times of business; place it beside the field."""
        button = QToolButton()
        button.setText("▾")
        button.setAccessibleName(self.tr(name))
        button.setToolTip(self.tr(name))
        button.setAutoRaise(True)
        button.clicked.connect(self._on_quick_clicked)
        return button

    @Slot()
    def _on_quick_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._now()
        self._offered = offered_times(now, self._calendar())
        for number, offered in enumerate(self._offered):
            menu.addAction(offered_words(offered, now)).setData(number)
        menu.triggered.connect(self._on_quick_triggered)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QAction)
    def _on_quick_triggered(self, action: QAction) -> None:
        self.set_moment(self._offered[action.data()].at)
        self.moment_chosen.emit()

    @Slot()
    def _warn(self) -> None:
        moment = self.moment()
        closed = None if moment is None else closure(moment, self._calendar())
        self.note.show_note("" if closed is None else closure_words(closed))

    @Slot()
    def _tidy(self) -> None:
        moment = self.moment()
        if moment is not None:
            self.set_moment(moment)
