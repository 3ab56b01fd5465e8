"""시작일, 종료일 and the buttons 오늘 · 어제 · 1주 · 1개월 · 3개월 · 전체, or 1년 · 올해 · 작년."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QPushButton, QWidget

from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import label_for, set_chosen

PERIODS = ("오늘", "어제", "1주", "1개월", "3개월", "전체")
#: Where a period has to have two ends.
CLOSED_PERIODS = ("오늘", "어제", "1주", "1개월", "3개월", "1년", "올해", "작년")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in Asia/Seoul, both ends included; None is open."""

    start: date | None
    end: date | None


def today_in_seoul() -> date:
    return datetime.now(SEOUL).date()


def period_of(button: str, today: date) -> Period:
    """What a button means on `today`: 1주 starts on the same weekday, 1개월 on the same day."""
    if button == "전체":
        return Period(None, None)
    if button == "어제":
        yesterday = today - timedelta(days=1)
        return Period(yesterday, yesterday)
    if button == "1주":
        return Period(today - timedelta(days=7), today)
    if button == "작년":
        return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    if button == "올해":
        return Period(date(today.year, 1, 1), today)
    months = {"1개월": 1, "3개월": 3, "1년": 12}.get(button, 0)
    return Period(_months_before(today, months), today)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day (31 March → 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_EMPTYING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SEPARATORS = ("-", ".", "/")
#: Height of a line and of the frame around it, as the style sheet has them for every field.
_LINE, _FRAME = 19, 6
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class DateField(QDateEdit):
    """A day that may be open; open shows blank and is the field's minimum."""

    _OPEN = QDate(1900, 1, 1)
    #: What is asked for ends with the day after, which there has to be.
    _LAST = QDate(9998, 12, 31)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translated(label))
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setMinimumDate(self._OPEN)
        self.setMaximumDate(self._LAST)
        self.setSpecialValueText(" ")
        self.set_day(None)

    def day(self) -> date | None:
        value = self.date()
        return None if value == self._OPEN else date(value.year(), value.month(), value.day())

    def set_day(self, day: date | None) -> None:
        self.setDate(self._OPEN if day is None else QDate(day.year, day.month, day.day))

    def sizeHint(self) -> QSize:
        """As high as the fields beside it: Qt adds a combo box's frame to that of the sheet."""
        hint = super().sizeHint()
        hint.setHeight(max(_LINE, self.lineEdit().sizeHint().height()) + _FRAME)
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        hint.setHeight(self.sizeHint().height())
        return hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A day is typed with or without separators, over an open or wholly selected field too.

        Qt takes no digit there: it would have to fit around what the field shows.
        """
        line, text = self.lineEdit(), event.text()
        whole = self.day() is None or line.selectedText() == self.text()
        if whole and event.key() in _EMPTYING:
            self.set_day(None)
        elif whole and text.isdigit():
            if self.day() is None:
                self.set_day(today_in_seoul())
            self.setSelectedSection(QDateEdit.Section.YearSection)
            super().keyPressEvent(event)
        elif text in _SEPARATORS:
            self._end_section()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to by Tab the day is selected as a whole, from either side: typing replaces it."""
        super().focusInEvent(event)
        if self.day() is None:
            # What an open field shows is a blank.
            self.lineEdit().deselect()
        elif event.reason() in _BY_TAB:
            self.selectAll()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab leads out at once: Qt goes through the parts first, and never out of an open day."""
        return QWidget.focusNextPrevChild(self, following)

    def _end_section(self) -> None:
        """A full part has gone on to the next one, selected, by itself; a short one goes now."""
        following = self.currentSectionIndex() + 1
        if not self.lineEdit().hasSelectedText() and following < self.sectionCount():
            self.setSelectedSection(self.sectionAt(following))


class PeriodButtons(QWidget):
    """The two days and the buttons that fill them; a pressed button asks for a search.

    Plain buttons, not checkable ones: a screen reader would only toggle those, unheard.
    """

    #: a button was pressed: the new Period
    period_chosen = Signal(object)
    #: any change, typed ones too
    period_changed = Signal()

    def __init__(
        self,
        chosen: str = "1개월",
        today: Callable[[], date] = today_in_seoul,
        parent: QWidget | None = None,
        *,
        names: Sequence[str] = PERIODS,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._start = DateField("시작일")
        self._end = DateField("종료일")
        self._buttons = {name: QPushButton(translated(name)) for name in names}
        self._lay_out()
        self.choose(chosen)
        for button in self._buttons.values():
            button.clicked.connect(self._on_button_clicked)
        self._start.dateChanged.connect(self._on_date_changed)
        self._end.dateChanged.connect(self._on_date_changed)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(label_for("시작일", self._start))
        row.addWidget(self._start)
        row.addWidget(QLabel("–"))
        row.addWidget(label_for("종료일", self._end))
        row.addWidget(self._end)
        row.addSpacing(4)
        for button in self._buttons.values():
            button.setProperty("role", "small")
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()

    def buttons(self) -> dict[str, QPushButton]:
        """Of each period its button, by its name."""
        return dict(self._buttons)

    def period(self) -> Period:
        return Period(self._start.day(), self._end.day())

    def choose(self, name: str) -> None:
        """Set the days as the button of that name would."""
        self.set_period(period_of(name, self._today()))

    def set_period(self, period: Period) -> None:
        self._start.set_day(period.start)
        self._end.set_day(period.end)
        self._mark()

    def _mark(self) -> None:
        today, now = self._today(), self.period()
        for name, button in self._buttons.items():
            set_chosen(button, period_of(name, today) == now)

    def _on_button_clicked(self) -> None:
        pressed = self.sender()
        self.choose(next(name for name, button in self._buttons.items() if button is pressed))
        self.period_chosen.emit(self.period())

    def _on_date_changed(self) -> None:
        self._mark()
        self.period_changed.emit()
