"""A day and a time typed as people write them: 콜백일시."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.fields import TextField

_DAYS = {"오늘": 0, "내일": 1, "모레": 2, "today": 0, "tomorrow": 1}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
_SHAPES = (
    re.compile(rf"(?P<year>\d{{4}})[-./](?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}})[ Tt]+{_CLOCK}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2}) ?(?P<hour>\d{2})(?P<minute>\d{2})"),
    re.compile(rf"(?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}}) +{_CLOCK}"),
    re.compile(rf"(?P<word>{'|'.join(_DAYS)}) *{_CLOCK}"),
    re.compile(_CLOCK),
)
_SPAN = re.compile(r"(?:(?P<hours>\d{1,3}) *시간)? *(?:(?P<minutes>\d{1,4}) *분)? *(?:뒤|후)?")

#: What the button beside the field offers.
QUICK = ("30분 뒤", "1시간 뒤", "오늘 17:00", "내일 10:00")


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
        return datetime(
            int(parts.get("year") or day.year),
            int(parts.get("month") or day.month),
            int(parts.get("day") or day.day),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            tzinfo=SEOUL,
        )
    except ValueError:
        return None


class MomentField(TextField):
    """Shows what it understood as `2026-11-21 14:00`, once the typing is over."""

    moment_chosen = Signal()

    def __init__(
        self,
        label: str,
        now: Callable[[], datetime] = now_in_seoul,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent, maximum=40)
        self._now = now
        self.setPlaceholderText(self.tr("내일 10:00"))
        self.entered.connect(self._tidy)

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
        """A button named `name` whose menu fills in QUICK; place it beside the field."""
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
        for words in QUICK:
            menu.addAction(self.tr(words)).setData(words)
        menu.triggered.connect(self._on_quick_triggered)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QAction)
    def _on_quick_triggered(self, action: QAction) -> None:
        self.set_moment(parse_moment(action.data(), self._now()))
        self.moment_chosen.emit()

    @Slot()
    def _tidy(self) -> None:
        moment = self.moment()
        if moment is not None:
            self.set_moment(moment)
