"""상태 변경 and 로그아웃 of the agent in hand on 현황판: asked with a reason, done, and told."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from ets_desktop.domain.agent_states import CHOOSABLE, AgentState
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.logins import REASON_LIMIT
from ets_desktop.domain.tickets import says_something
from ets_desktop.domain.topics import Done
from ets_desktop.queries.board import BoardAgent
from ets_desktop.queries.duty import Duty
from ets_desktop.services.supervising import ForceState, LogOff, force_state, log_off
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import AGENT_STATES, filled, word
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

FORCE, LOG_OFF = "상태 변경", "로그아웃"
STATE, REASON = "바꿀 상태", "사유"


class ReasonDialog(FormDialog):
    """확인 refuses without a reason: it stands in the access log. With `states` one is chosen."""

    #: the state ("" where none is chosen), the reason
    confirmed = Signal(str, str)

    def __init__(
        self, title: str, told: str, states: Mapping[str, str] | None, parent: QWidget
    ) -> None:
        super().__init__(title, parent, labels={"reason": REASON}, width=380)
        self._state = None if states is None else CodeChoice(STATE, states)
        self._reason = TextField(REASON)
        if self._state is not None:
            self.add_fields((STATE, self._state), (REASON, self._reason))
        else:
            self.add_fields((REASON, self._reason))
        note = QLabel(told)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.setProperty("role", "hint")
        self.add_below(note)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def confirm(self) -> None:
        reason = self._reason.text().strip()
        if not says_something(reason):
            raise RuleViolation("needs_reason", field="reason")
        if len(reason) > REASON_LIMIT:
            raise RuleViolation("text_too_long", field="reason", limit=REASON_LIMIT)
        self.accept()
        self.confirmed.emit("" if self._state is None else self._state.code(), reason)


class Supervising(QObject):
    """The two buttons above the agents; neither is for oneself, nor for who is not there."""

    def __init__(self, context: UiContext, owner: QWidget, panel: TablePanel[BoardAgent]) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._panel = panel
        self._jobs = context.jobs(self)
        self._buttons = tuple(panel.button(title) for title in (FORCE, LOG_OFF))
        actions = ("force_state", "log_agent_off")
        slots = (self._on_force_clicked, self._on_log_off_clicked)
        for action_id, button, slot in zip(actions, self._buttons, slots, strict=True):
            context.desk.actions.bind_button(action_id, button, owner)
            button.clicked.connect(slot)
        panel.row_previewed.connect(self.show_what_is_possible)
        self.show_what_is_possible()

    @Slot()
    def show_what_is_possible(self) -> None:
        row = self._panel.current_row()
        possible = row is not None and self._is_there(row)
        for button in self._buttons:
            button.setEnabled(possible)

    def _is_there(self, row: BoardAgent) -> bool:
        return row.state is not AgentState.LOGGED_OUT and row.agent_id != self._me

    @property
    def _me(self) -> int:
        return self._context.agent.agent_id

    @Slot()
    def _on_force_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is None:
            return
        states = {str(state): AGENT_STATES[state] for state in CHOOSABLE}
        told = self.tr("통화 중이면 통화가 끝난 뒤에 바뀝니다. 사유는 접속기록에 남습니다.")
        title = self.tr("{name} 상태 변경").format(name=row.name)
        dialog = ReasonDialog(title, told, states, self._owner)
        dialog.confirmed.connect(partial(self._force, row))
        dialog.open()

    def _force(self, row: BoardAgent, state: str, reason: str) -> None:
        command = ForceState(row.agent_id, AgentState(state), reason)
        on_done = partial(self._on_forced, row, state)
        self._jobs.save(force_state, command, on_done=on_done)

    def _on_forced(self, row: BoardAgent, wanted: str, done: Done[Duty]) -> None:
        if done.value.after == wanted:
            told = self.tr("통화가 끝나면 {name} 상태가 {state|으로} 바뀝니다.")
        else:
            told = self.tr("{name} 상태를 {state|으로} 바꾸었습니다.")
        names = {"name": row.name, "state": word(AGENT_STATES, wanted)}
        self._context.desk.say(filled(told, names))

    @Slot()
    def _on_log_off_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is None:
            return
        told = self.tr(
            "바로 로그아웃됩니다. 쓰던 내용은 그 PC에 남습니다. 사유는 접속기록에 남습니다."
        )
        title = self.tr("{name} 로그아웃").format(name=row.name)
        dialog = ReasonDialog(title, told, None, self._owner)
        dialog.confirmed.connect(partial(self._log_off, row))
        dialog.open()

    def _log_off(self, row: BoardAgent, _state: str, reason: str) -> None:
        on_done = partial(self._on_logged_off, row)
        self._jobs.save(log_off, LogOff(row.agent_id, reason), on_done=on_done)

    def _on_logged_off(self, row: BoardAgent, _done: Done[None]) -> None:
        told = self.tr("{name|을} 로그아웃했습니다.")
        self._context.desk.say(filled(told, {"name": row.name}))
