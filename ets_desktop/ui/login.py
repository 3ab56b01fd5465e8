"""ETS 로그인: the first window, up before any driver is imported (spec 90, start time)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui.jobs import JobHub, JobRunner
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.widgets.fields import TextField, set_tone
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.window_state import WindowState

TITLE = "ETS 로그인"
EMBEDDED = "이 PC (내장 데이터베이스)"
_LOGIN_KEY = "login/name"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed; `server` is one of the offered names. The password shows in no repr."""

    login: str
    password: str = field(repr=False)
    server: str = EMBEDDED


class LoginWindow(QWidget):
    """Runs `connect(credentials)` on a worker; `logged_in` brings what it returned.

    `connect` raises RuleViolation (shown at the field it names, 비밀번호 without one) or another
    EtsError (shown under 서버). The window stays until its owner closes it.
    """

    logged_in = Signal(object)
    #: 종료, or the window's ✕ before a login
    quit_requested = Signal()

    def __init__(
        self,
        hub: JobHub,
        connect: Callable[[Credentials], object],
        state: WindowState,
        servers: Sequence[str] = (EMBEDDED,),
    ) -> None:
        super().__init__()
        self._connect = connect
        self._state = state
        self._jobs = JobRunner(hub, self)
        self._grid = FormGrid()
        self._login = TextField("아이디", maximum=63)
        self._password = TextField("비밀번호", maximum=200)
        self._server = QComboBox()
        self._progress = QLabel()
        self._notice = QLabel()
        self._submit = QPushButton(self.tr("로그인"))
        self._quit = QPushButton(self.tr("종료"))
        self._server.addItems([self.tr(server) for server in servers])
        self._login.setText(state.text(_LOGIN_KEY))
        self._lay_out()
        self._submit.clicked.connect(self._on_submitted)
        self._login.entered.connect(self._on_submitted)
        self._password.entered.connect(self._on_submitted)
        self._quit.clicked.connect(self.close)
        self._jobs.writing_changed.connect(self._on_writing_changed)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr(TITLE))
        self._password.setEchoMode(TextField.EchoMode.Password)
        self._submit.setProperty("role", "primary")
        self._progress.setProperty("role", "hint")
        name = QLabel("ETS")
        name.setProperty("role", "brand")
        self._grid.add_field("아이디", self._login, 0)
        self._grid.add_field("비밀번호", self._password, 1)
        self._grid.add_field("서버", self._server, 2)
        self._notice.setAccessibleName(self.tr("안내"))
        self._notice.setWordWrap(True)
        self._notice.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self._progress, 1)
        buttons.addWidget(self._submit)
        buttons.addWidget(self._quit)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(name)
        column.addWidget(self._notice)
        column.addWidget(self._grid)
        column.addLayout(buttons)
        self.setFixedWidth(380)

    def submit(self, login: str, password: str) -> None:
        """Fill in both and press 로그인."""
        self._login.setText(login)
        self._password.setText(password)
        self._on_submitted()

    def show_progress(self, text: str) -> None:
        """What the worker is at ("데이터베이스 준비 중…"); empty when it is over."""
        self._progress.setText(text)

    def show_notice(self, error: EtsError) -> None:
        """Why whoever sat here has to log in again; until that is tried."""
        # Imported here: the login window is shown before Qt's enums are there (spec 90).
        from PySide6.QtCore import Qt

        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setText(error_text(error))
        # A named label is read out by its name alone.
        self._notice.setAccessibleDescription(error_text(error))
        set_tone(self._notice, "red")
        self._notice.show()
        self._fit()

    def show_error(self, error: EtsError) -> None:
        """The reason beside its field, and the cursor there."""
        label = _FIELDS.get(getattr(error, "field", None) or "")
        if label is None:
            label = "비밀번호" if isinstance(error, RuleViolation) else "서버"
        self._grid.show_error(label, error_text(error))
        if label == "비밀번호":
            self._password.selectAll()
        self._fit()

    def _fit(self) -> None:
        """As high as its words now need: what came and went before has left another height."""
        layout, inner = self.layout(), self._grid.layout()
        assert layout is not None
        assert inner is not None
        # From the inside: what is in the grid has told nobody yet.
        inner.activate()
        layout.invalidate()
        layout.activate()
        least = layout.totalMinimumSize().height()
        self.resize(self.width(), max(least, layout.totalHeightForWidth(self.width())))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self._password if self._login.text() else self._login).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.quit_requested.emit()

    @Slot()
    def _on_submitted(self) -> None:
        self._grid.clear_errors()
        self._notice.hide()
        self._fit()
        login = self._login.text().strip()
        if not login:
            self._grid.show_error("아이디", self.tr("아이디를 입력하십시오."))
        elif not self._password.text():
            if self.focusWidget() is self._login:
                self._password.setFocus()
            else:
                self._grid.show_error("비밀번호", self.tr("비밀번호를 입력하십시오."))
        else:
            credentials = Credentials(login, self._password.text(), self._server.currentText())
            self._jobs.write(
                self._connect, credentials, on_done=self._on_connected, on_error=self.show_error
            )

    @Slot(bool)
    def _on_writing_changed(self, busy: bool) -> None:
        for widget in (self._login, self._password, self._server, self._submit):
            widget.setEnabled(not busy)
        self.show_progress(self.tr("연결하는 중…") if busy else "")

    def _on_connected(self, session: object) -> None:
        self._state.set_text(_LOGIN_KEY, self._login.text().strip())
        self._password.clear()
        self.logged_in.emit(session)


#: RuleViolation.field → label
_FIELDS = {"login": "아이디", "password": "비밀번호", "server": "서버"}
