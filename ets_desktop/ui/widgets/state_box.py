"""상담상태: the agent's state, chosen from a list, and since when it holds."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ets_desktop.domain.agent_states import CHOOSABLE, AgentState
from ets_desktop.ui.formats import duration_text
from ets_desktop.ui.labels import AGENT_STATES, word
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.fields import ReadOnlyField, text_width

NAME, SPAN = "상담상태", "상담상태 경과"
_CHARACTERS = 6
_STATE_CHARACTERS = 13


class StateBox(QWidget):
    """Shows what the database decided; what a person picks is only asked for (`chosen`)."""

    #: code of the state that was picked
    chosen = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._state: str = AgentState.LOGGED_OUT
        self._since: datetime | None = None
        self._after = ""
        self.box = ChoiceBox()
        self.box.setAccessibleName(self.tr("상담상태"))
        for code in AGENT_STATES:
            self.box.addItem(word(AGENT_STATES, code), code)
        states = self.box.model()
        assert isinstance(states, QStandardItemModel)
        for number, code in enumerate(AGENT_STATES):
            states.item(number).setEnabled(code in CHOOSABLE)
        # 준비되지 않음 is read whole in the narrowest window too.
        self.box.setMinimumWidth(text_width(self.box, _STATE_CHARACTERS))
        self._span = ReadOnlyField(SPAN, characters=_CHARACTERS)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3)
        line.addWidget(self.box)
        line.addWidget(self._span)
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.show_state(AgentState.LOGGED_OUT)
        self.box.activated.connect(self._on_activated)
        self._clock.timeout.connect(self._show_span)

    @property
    def state(self) -> str:
        return self._state

    def show_state(self, state: str, for_s: float | None = None, after: str = "") -> None:
        """`state` has held for `for_s` seconds; `after` is what will follow the call."""
        self._state = state
        self._since = None if for_s is None else self._now() - timedelta(seconds=for_s)
        self._after = after
        self.box.setCurrentIndex(self.box.findData(state))
        self._show_span()
        if self._since is None:
            self._clock.stop()
        else:
            self._clock.start()

    @Slot()
    def _show_span(self) -> None:
        if self._since is None:
            self._span.show_value("")
            return
        seconds = int((self._now() - self._since).total_seconds())
        hint = ""
        if self._after:
            next_one = word(AGENT_STATES, self._after)
            hint = self.tr("통화가 끝나면 {state}").format(state=next_one)
        self._span.show_value(duration_text(seconds), hint=hint)

    @Slot(int)
    def _on_activated(self, number: int) -> None:
        """Until the database agrees, the box shows what still holds."""
        wanted = self.box.itemData(number)
        self.box.setCurrentIndex(self.box.findData(self._state))
        self.chosen.emit(wanted)
