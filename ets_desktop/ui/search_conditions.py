"""What the conditions of every search have: texts, a period, 조회, 중지 and 초기화."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.fields import ENTER_KEYS, FieldError, TextField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.period import PERIODS, DateField, Period, PeriodButtons

ANY = "전체"
#: A period's button → its entry in shortcuts.ACTIONS.
PERIOD_ACTIONS = {
    "오늘": "period_today",
    "어제": "period_yesterday",
    "1주": "period_week",
    "1개월": "period_month",
    "3개월": "period_quarter",
    "전체": "period_all",
    "1년": "period_year",
    "올해": "period_this_year",
    "작년": "period_last_year",
}
#: label → (row, column, span) among the pairs of a row
Places = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class KeptConditions:
    """What stood in the fields, in their order."""

    texts: tuple[str, ...]
    period: Period


class SearchConditions(QWidget):
    """Enter in any field and every period button ask at once; 초기화 only empties.

    A screen's own conditions add their fields with `choice` and `watch`, lay out everything, and
    say what was asked for (`search`) and where a refusal without a field of its own stands
    (`show_refusal_of_all`).
    """

    #: 조회, Enter or a period button: search for `search()`
    asked = Signal()
    stop_requested = Signal()
    #: 초기화: what stood there before (KeptConditions)
    cleared = Signal(object)
    #: asked, but the fields cannot be read; why stands beside them
    refused = Signal()
    #: ↓ in a text: on to what was found
    list_wanted = Signal()

    def __init__(
        self,
        texts: Mapping[str, str],
        columns: int,
        parent: QWidget | None = None,
        *,
        periods: Sequence[str] = PERIODS,
    ) -> None:
        """`texts`: field of the search → label."""
        super().__init__(parent)
        self._labels = dict(texts)
        self._watched: list[QWidget] = []
        self.texts = {name: TextField(label, maximum=100) for name, label in texts.items()}
        self.period = PeriodButtons(names=periods)
        self.period_error = FieldError("종료일")
        self.grid = FormGrid(columns=columns)
        self._ask = QPushButton(self.tr("조회"))
        self._stop = QPushButton(self.tr("중지"))
        self._clear = QPushButton(self.tr("초기화"))
        self._ask.setProperty("role", "primary")
        self._stop.setEnabled(False)
        self._ask.clicked.connect(self._on_ask)
        self._stop.clicked.connect(self.stop_requested)
        self._clear.clicked.connect(self._on_clear_clicked)
        self.period.period_chosen.connect(self._on_ask)
        for field in (*self.texts.values(), *self.period.findChildren(DateField)):
            self.watch(field)

    def watch(self, field: QWidget) -> None:
        """Enter in `field` asks, 초기화 empties it."""
        self._watched.append(field)
        if isinstance(field, TextField):
            field.entered.connect(self._on_entered)
            field.stepped_down.connect(self.list_wanted)
        else:
            field.installEventFilter(self)

    def choice(self, label: str, items: Iterable[tuple[str, str]]) -> QComboBox:
        """A drop-down of codes and their words; its first is what 초기화 chooses."""
        combo = ChoiceBox()
        combo.setAccessibleName(translated(label))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        for code, word in items:
            combo.addItem(translated(word, code), code)
        self.watch(combo)
        return combo

    def place(self, fields: Mapping[str, QWidget], places: Places) -> None:
        """The texts and other `fields`, by their labels, into the grid."""
        every = {self._labels[name]: field for name, field in self.texts.items()} | dict(fields)
        for label, (row, column, span) in places.items():
            self.grid.add_field(label, every[label], row, column, span=span)

    def lay_out(self, fields: Mapping[str, QWidget], places: Places) -> None:
        """The usual way: the period with the buttons, and below them the grid."""
        self.place(fields, places)
        first = QHBoxLayout()
        first.addWidget(self.period, 1)
        self.add_buttons(first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.period_error)
        column.addWidget(self.grid)

    def add_buttons(self, row: QHBoxLayout) -> None:
        for button in (self._ask, self._stop, self._clear):
            button.setAutoDefault(False)
            row.addWidget(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the fields that are no TextField."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.KeyPress and key in ENTER_KEYS:
            self._on_ask()
            return True
        return super().eventFilter(watched, event)

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by the ids of their keys (shortcuts.ACTIONS)."""
        own = {"search": self._ask, "stop_search": self._stop, "clear_search": self._clear}
        periods = self.period.buttons()
        return own | {PERIOD_ACTIONS[name]: button for name, button in periods.items()}

    def search(self) -> Any:
        """What stands in the fields, as the query takes it (a frozen dataclass)."""
        raise NotImplementedError

    def text_values(self) -> dict[str, str]:
        return {name: field.text().strip() for name, field in self.texts.items()}

    def show_searching(self, searching: bool) -> None:
        """중지 works only while something runs."""
        self._stop.setEnabled(searching)

    def show_refusal(self, error: EtsError) -> None:
        """Why nothing was searched, beside the field at fault."""
        field = error.field if isinstance(error, RuleViolation) else None
        if not self.grid.show_error(self._labels.get(field or "", ""), error_text(error)):
            self.show_refusal_of_all(error_text(error))

    def show_refusal_of_all(self, text: str) -> None:
        """A refusal that no single field is at fault for."""
        raise NotImplementedError

    def clear_errors(self) -> None:
        self.period_error.clear_error()
        self.grid.clear_errors()

    def clear(self) -> None:
        """As the screen was opened: a month up to today."""
        for field in self._watched:
            if isinstance(field, QComboBox):
                field.setCurrentIndex(0)
            elif isinstance(field, QLineEdit):
                field.clear()
        self.period.choose("1개월")
        self.clear_errors()

    def keep(self) -> KeptConditions:
        """What stands in the fields, for `bring_back`."""
        return KeptConditions(
            tuple(_text_of(field) for field in self._watched), self.period.period()
        )

    def bring_back(self, kept: KeptConditions) -> None:
        """The fields as they were; nothing is searched."""
        for field, text in zip(self._watched, kept.texts, strict=True):
            _put_text(field, text)
        self.period.set_period(kept.period)

    def is_fit(self) -> bool:
        """Whether the fields can be read; where not, why stands beside them."""
        period = self.period.period()
        if period.start and period.end and period.end < period.start:
            self.period_error.show_error(self.tr("종료일이 시작일보다 앞섭니다."))
            return False
        return True

    @Slot()
    def _on_entered(self) -> None:
        """Enter in a text; one that chooses among completions does only that."""
        field = self.sender()
        completer = field.completer() if isinstance(field, TextField) else None
        popup = None if completer is None else completer.popup()
        if popup is None or not (popup.isVisible() and popup.currentIndex().isValid()):
            self._on_ask()

    @Slot()
    def _on_ask(self) -> None:
        finish_composition()
        self.clear_errors()
        (self.asked if self.is_fit() else self.refused).emit()

    @Slot()
    def _on_clear_clicked(self) -> None:
        kept = self.keep()
        self.clear()
        self.take_focus()
        self.cleared.emit(kept)

    def take_focus(self) -> None:
        """Where typing goes when the screen is opened."""
        raise NotImplementedError


def _text_of(field: QWidget) -> str:
    """Of a text or a drop-down; the days are the period's."""
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.text() if isinstance(field, TextField) else ""


def _put_text(field: QWidget, text: str) -> None:
    if isinstance(field, QComboBox):
        field.setCurrentText(text)
    elif isinstance(field, TextField):
        field.setText(text)
