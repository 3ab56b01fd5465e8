"""A new password, typed twice unseen, and how strong it is while it is typed."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.logins import REASON_LIMIT, strength
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.record_form import REASON
from ets_desktop.ui.widgets.fields import FieldNote, TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

PASSWORD, AGAIN = "비밀번호", "비밀번호 확인"
RESET = "비밀번호 재설정"
_STRENGTHS = {
    "": "",
    "weak": "약함",
    "fair": "보통",
    "strong": "강함",
}
Login = Callable[[], str]


class PasswordPair:
    """The two fields and the note under the first; `login` is whose it will be."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self.first = _unseen(PASSWORD)
        self.again = _unseen(AGAIN)
        self.note = FieldNote(PASSWORD)
        hint = translated("두 종류 10자, 세 종류 8자 이상")
        self.first.setPlaceholderText(hint)
        self.first.textChanged.connect(self._on_typed)

    def _on_typed(self, typed: str) -> None:
        told = _STRENGTHS[strength(typed, self._login())]
        self.note.show_note(translated(told) if told else "")

    def password(self) -> str:
        """RuleViolation `password_weak`, `passwords_differ`."""
        typed = self.first.text()
        if strength(typed, self._login()) in ("", "weak"):
            raise RuleViolation("password_weak", field="password")
        if typed != self.again.text():
            raise RuleViolation("passwords_differ", field="again")
        return typed


def _unseen(label: str) -> TextField:
    field = TextField(label)
    field.setEchoMode(TextField.EchoMode.Password)
    return field


class PasswordDialog(FormDialog):
    """비밀번호 재설정 of somebody who forgot theirs."""

    #: 비밀번호, 변경사유
    confirmed = Signal(str, str)

    def __init__(self, login: str, name: str, parent: QWidget | None = None) -> None:
        labels = {"password": PASSWORD, "again": AGAIN}
        super().__init__("", parent, labels=labels, width=420)
        self.setWindowTitle(f"{translated(RESET)} · {name}")
        self._pair = PasswordPair(lambda: login)
        self._reason = TextField(REASON, maximum=REASON_LIMIT)
        self.add_fields(
            (PASSWORD, self._pair.first), (AGAIN, self._pair.again), (REASON, self._reason)
        )
        self._grid.add_beneath(PASSWORD, self._pair.note)

    @Slot()
    def confirm(self) -> None:
        password = self._pair.password()
        self.accept()
        self.confirmed.emit(password, self._reason.text().strip())
