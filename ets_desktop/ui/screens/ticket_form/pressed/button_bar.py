"""접수 버튼 바: the actions of spec 20, enabled as its rules say."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolBar, QVBoxLayout, QWidget

from ets_desktop.domain.tickets import Action
from ets_desktop.ui.language import translated
from ets_desktop.ui.shortcuts import Actions

TITLE = "접수 버튼 바"
_IN_A_ROW = 5

#: In the order of the screen: the button's label and its entry in shortcuts.ACTIONS.
BUTTONS: Mapping[Action, tuple[str, str]] = MappingProxyType(
    {
        Action.SAVE: ("접수정보저장", "save_ticket"),
        Action.TRANSFER: ("이관처리", "transfer_ticket"),
        Action.COMPLETE: ("완료처리", "complete_ticket"),
        Action.CALLBACK: ("콜백", "promise_callback"),
        Action.PARK: ("임시저장", "park_draft"),
        Action.DISCARD: ("폐기처리", "discard_ticket"),
        Action.FOLLOW_UP: ("추가 접수 새화면", "follow_up_ticket"),
        Action.NEW_FORM: ("새화면", "new_form"),
        Action.REOPEN: ("재오픈", "reopen_ticket"),
        Action.ASK_REOPEN: ("재오픈 요청", "ask_reopen"),
    }
)
_WHERE_ALLOWED = (Action.REOPEN, Action.ASK_REOPEN)


class ButtonBar(QToolBar):
    """While a save runs every button rests; the fields do not."""

    action_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translated(TITLE), parent)
        self.setAccessibleName(translated(TITLE))
        self.setMovable(False)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self._allowed: frozenset[Action] = frozenset()
        self._busy = False
        self._buttons = {key: QPushButton(self.tr(label)) for key, (label, _) in BUTTONS.items()}
        self._lay_out()
        for action, button in self._buttons.items():
            button.clicked.connect(partial(self._tell, action))

    def _lay_out(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        buttons = list(self._buttons.values())
        for first in range(0, len(buttons), _IN_A_ROW):
            row = QHBoxLayout()
            row.setSpacing(4)
            for button in buttons[first : first + _IN_A_ROW]:
                button.setAutoDefault(False)
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        self._buttons[Action.SAVE].setProperty("role", "primary")
        for action in _WHERE_ALLOWED:
            self._buttons[action].hide()
        self.addWidget(box)

    def button(self, action: Action) -> QPushButton:
        return self._buttons[action]

    def bind_keys(self, actions: Actions, screen: QWidget) -> None:
        """Give every button its key while `screen` has the focus."""
        for action, (_, action_id) in BUTTONS.items():
            actions.bind_button(action_id, self._buttons[action], screen)

    def allow(self, allowed: frozenset[Action]) -> None:
        """재오픈, or 재오픈 요청, is only there where it may be pressed."""
        self._allowed = allowed
        self._show()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show()

    def is_allowed(self, action: Action) -> bool:
        return action in self._allowed and not self._busy

    def _show(self) -> None:
        for action in _WHERE_ALLOWED:
            self._buttons[action].setVisible(action in self._allowed)
        for action, button in self._buttons.items():
            button.setEnabled(self.is_allowed(action))

    def _tell(self, action: Action, _checked: bool = False) -> None:
        self.action_requested.emit(action)
