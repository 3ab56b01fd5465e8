"""당일 콜 히스토리: every call of today on this extension, pinned or auto-hidden."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.ui.call_words import state_words
from ets_desktop.ui.cards import CallLine
from ets_desktop.ui.formats import clock_text, duration_text
from ets_desktop.ui.labels import CALL_KINDS, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.shortcuts import key_of
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled
from ets_desktop.ui.window_state import WindowState

TITLE = "당일 콜 히스토리"
HANDLED = "부재 처리"
#: Of the table: time, kind and number of a call, the buttons above them.
NARROWEST = 212


def _is_unhandled(line: CallLine) -> bool:
    return line.is_unhandled


#: What tells one call from another comes first: a narrow dock shows that, the rest by scrolling.
CALL_COLUMNS: tuple[Column[CallLine], ...] = (
    Column("시각", lambda line: clock_text(line.rang_at), 8),
    Column("구분", lambda line: word(CALL_KINDS, line.kind), 4, CENTER, red=_is_unhandled),
    Column("전화번호", lambda line: line.number, 13, dials=lambda line: _dialled(line)),
    Column("고객", lambda line: line.customer, 9, least=5),
    Column("접수번호", lambda line: line.ticket_no, 13),
    Column("통화시간", lambda line: duration_text(line.talk_seconds), 8, RIGHT),
    Column("상태", state_words, 14, red=_is_unhandled),
)


def _dialled(line: CallLine) -> Dialled:
    return Dialled(line.digits, DialledFrom(ticket_id=line.ticket_id))


def _call_key(line: CallLine) -> int:
    return line.call_id


class CallDock(QDockWidget):
    """접수 hands the chosen call to the form, 통화 dials its number, 부재 처리 takes the mark off a
    missed one; 고정 is remembered."""

    call_accept_requested = Signal(object)
    dial_requested = Signal(object)
    handling_requested = Signal(object)
    pinned_changed = Signal(bool)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(translated(TITLE), parent)
        self.setObjectName("call_history")
        self.setAccessibleName(translated(TITLE))
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self._state = state
        self._panel: TablePanel[CallLine] = TablePanel(
            TITLE,
            CALL_COLUMNS,
            _call_key,
            buttons=("접수", "통화", HANDLED),
            state=state,
            empty=self.tr("오늘 통화가 없습니다."),
        )
        self._pin = QToolButton()
        self._hide = QToolButton()
        self._lay_out()
        self._pin.setChecked(state.flag("call_dock/pinned", True))
        self._panel.button("접수").clicked.connect(self._on_accept_clicked)
        self._panel.button("통화").clicked.connect(self._on_dial_clicked)
        self._panel.button(HANDLED).clicked.connect(self._on_handled_clicked)
        self._panel.row_previewed.connect(self._show_what_is_possible)
        self._show_what_is_possible()
        self._panel.row_chosen.connect(self.call_accept_requested)
        self._pin.toggled.connect(self._on_pin_toggled)
        self._hide.clicked.connect(self.hide)

    def _lay_out(self) -> None:
        self._pin.setText(self.tr("고정"))
        self._pin.setAccessibleName(self.tr("고정"))
        self._pin.setCheckable(True)
        self._pin.setToolTip(self.tr("고정: 항상 보입니다. 풀면 다른 곳을 누를 때 숨습니다."))
        self._hide.setText(self.tr("숨김"))
        self._hide.setAccessibleName(self.tr("숨김"))
        self._hide.setToolTip(self.tr("숨김 ({key})").format(key=key_of("call_history")))
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(6, 2, 2, 2)
        title = QLabel(translated(TITLE))
        title.setProperty("role", "title")
        row.addWidget(title, 1)
        row.addWidget(self._pin)
        row.addWidget(self._hide)
        self.setTitleBarWidget(bar)
        self._panel.put_state_below()
        self._panel.table.setMinimumWidth(NARROWEST)
        self.setWidget(self._panel)
        self._panel.setContentsMargins(4, 2, 4, 4)
        self.setAllowedAreas(
            Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.LeftDockWidgetArea
        )

    def buttons(self) -> dict[str, QAbstractButton]:
        """The buttons by the id of their action (shortcuts.ACTIONS)."""
        return {
            "take_history_call": self._panel.button("접수"),
            "dial_history_call": self._panel.button("통화"),
            "handle_history_call": self._panel.button(HANDLED),
            "pin_history": self._pin,
        }

    @property
    def is_pinned(self) -> bool:
        return self._pin.isChecked()

    def set_pinned(self, pinned: bool) -> None:
        self._pin.setChecked(pinned)

    def show_calls(self, calls: Sequence[CallLine], as_of: datetime | None = None) -> None:
        """Today's calls, newest first; the current row stays."""
        self._panel.reload_rows(calls, as_of)
        self._show_what_is_possible()

    def put_call(self, call: CallLine) -> None:
        """A call rang or moved on: its row is renewed, or put on top."""
        if not self._panel.model.replace_row(call):
            self._panel.reload_rows((call, *self._panel.model.rows))
        self._show_what_is_possible()

    def show_error(self, text: str) -> None:
        self._panel.show_error(text)

    def take_focus(self) -> None:
        self._panel.table.setFocus()

    def allow_dialling(self, allowed: bool) -> None:
        """Without a PBX that can dial there is no 통화."""
        self._panel.button("통화").setEnabled(allowed)

    @Slot()
    def _on_accept_clicked(self) -> None:
        line = self._panel.row_in_hand()
        if line is not None:
            self.call_accept_requested.emit(line)

    @Slot()
    def _on_dial_clicked(self) -> None:
        line = self._panel.row_in_hand()
        if line is not None:
            self.dial_requested.emit(line)

    @Slot()
    def _on_handled_clicked(self) -> None:
        line = self._panel.current_row()
        if line is not None:
            self.handling_requested.emit(line)

    @Slot()
    def _show_what_is_possible(self) -> None:
        line = self._panel.current_row()
        self._panel.button(HANDLED).setEnabled(line is not None and line.is_unhandled)

    @Slot(bool)
    def _on_pin_toggled(self, pinned: bool) -> None:
        self._state.set_flag("call_dock/pinned", pinned)
        self.pinned_changed.emit(pinned)
