"""The row of numbers on top of 현황판; each is a button that opens what it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ets_desktop.domain.board import CallBar, CallKind, TicketBar, TicketKind
from ets_desktop.queries.board import Board, BoardTotals
from ets_desktop.ui.board_labels import COUNTED_CALLS, COUNTED_TICKETS
from ets_desktop.ui.formats import duration_text, elapsed_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import ENTER_KEYS, set_tone

#: Says with the colour that a number wants somebody.
ALARM = "▲"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: how it reads at `now`, a word more about it, and whether it is alarming. `code`
    tells its label from other words of the same spelling."""

    label: str
    code: str
    bar: TicketBar | CallBar
    value: Callable[[BoardTotals], str]
    hint: Callable[[BoardTotals, datetime], str]
    is_alarming: Callable[[BoardTotals, datetime], bool]


def _nothing(_totals: BoardTotals, _now: datetime) -> str:
    return ""


def _never(_totals: BoardTotals, _now: datetime) -> bool:
    return False


def _of_tickets(
    kind: TicketKind,
    hint: Callable[[BoardTotals, datetime], str] = _nothing,
    *,
    alarming: bool = False,
) -> Figure:
    return Figure(
        COUNTED_TICKETS[kind],
        kind,
        TicketBar(kind),
        lambda totals: f"{getattr(totals, kind):,}",
        hint,
        (lambda totals, _now: getattr(totals, kind) > 0) if alarming else _never,
    )


def _of_calls(
    kind: CallKind,
    attribute: str,
    hint: Callable[[BoardTotals, datetime], str] = _nothing,
    alarming: Callable[[BoardTotals, datetime], bool] = _never,
) -> Figure:
    return Figure(
        COUNTED_CALLS[kind],
        kind,
        CallBar(kind),
        lambda totals: f"{getattr(totals, attribute):,}",
        hint,
        alarming,
    )


#: A caller who waits for longer is alarming, and so is a smaller part of calls that are answered.
RINGS_LONG = timedelta(seconds=20)
FEW_ANSWERED = 0.9


def rate_text(totals: BoardTotals) -> str:
    """Rounded down: 100 % is only said of all."""
    rate = totals.answer_rate
    return NOTHING if rate is None else f"{int(rate * 100)}%"


def rings_for(totals: BoardTotals, now: datetime) -> timedelta | None:
    since = totals.longest_ringing_since
    return None if since is None else max(now - since, timedelta())


def rings_long(totals: BoardTotals, now: datetime) -> bool:
    span = rings_for(totals, now)
    return span is not None and span >= RINGS_LONG


def few_answered(totals: BoardTotals, _now: datetime) -> bool:
    return totals.answer_rate is not None and totals.answer_rate < FEW_ANSWERED


def waits_for(totals: BoardTotals, now: datetime) -> str:
    since = totals.longest_waiting_since
    return "" if since is None else elapsed_text(now - since)


def _ringing_hint(totals: BoardTotals, now: datetime) -> str:
    span = rings_for(totals, now)
    return "" if span is None else duration_text(int(span.total_seconds()))


FIGURES: tuple[Figure, ...] = (
    _of_calls(CallKind.RINGING, "ringing", _ringing_hint, rings_long),
    _of_calls(CallKind.RECEIVED, "calls"),
    Figure("응답률", "", CallBar(CallKind.ANSWERED), rate_text, _nothing, few_answered),
    _of_calls(CallKind.ABANDONED, "abandoned"),
    _of_tickets(TicketKind.RECEIVED),
    _of_tickets(TicketKind.COMPLETED),
    _of_tickets(TicketKind.OPEN),
    _of_tickets(TicketKind.OVERDUE, alarming=True),
    _of_tickets(TicketKind.WAITING, waits_for),
    _of_tickets(TicketKind.LATE, alarming=True),
)


class Tile(QPushButton):
    """Its name above its value; a reader is told the value as its description."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.figure = figure
        self._told: tuple[str, str, bool] | None = None
        name = translated(figure.label, figure.code)
        self._label = QLabel(name)
        self._value = QLabel(NOTHING)
        self._hint = QLabel()
        self._lay_out()
        self.setAccessibleName(name)

    def _lay_out(self) -> None:
        self.setProperty("role", "tile")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._label.setProperty("role", "label")
        self._value.setProperty("role", "figure")
        self._hint.setProperty("role", "hint")
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._value)
        line.addWidget(self._hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 5, 6, 5)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addLayout(line)
        for label in (self._label, self._value, self._hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setMinimumWidth(1)
        self.setToolTip(self.tr("목록 열기 (Enter)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.sizeHint().height())

    def show_totals(self, totals: BoardTotals, now: datetime) -> None:
        alarming = self.figure.is_alarming(totals, now)
        told = (self.figure.value(totals), self.figure.hint(totals, now), alarming)
        if told == self._told:
            return
        self._told = told
        value, hint, _ = told
        self._value.setText(f"{ALARM} {value}" if alarming else value)
        self._hint.setText(hint)
        set_tone(self._value, "red" if alarming else "")
        parts = (translated("주의") if alarming else "", value, hint)
        self.setAccessibleDescription(" ".join(part for part in parts if part))


class TotalsRow(QWidget):
    #: the TicketBar or CallBar behind the number that was pressed
    bar_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tiles = tuple(Tile(figure) for figure in FIGURES)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for tile in self._tiles:
            row.addWidget(tile, 1)
            tile.clicked.connect(partial(self.bar_chosen.emit, tile.figure.bar))

    def show_board(self, board: Board, now: datetime) -> None:
        for tile in self._tiles:
            tile.show_totals(board.totals, now)
