"""ETS 로그인: what it asks, how it refuses, and how little it loads."""

import subprocess
import sys
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.ui.login import EMBEDDED, Credentials, LoginWindow
from ets_desktop.ui.widgets.fields import FieldError
from ets_desktop.ui.window_state import WindowState
from tests.ui.conftest import Steps


class Server:
    """Remembers who knocked; `error` is what it answers with."""

    def __init__(self) -> None:
        self.asked: list[Credentials] = []
        self.error: Exception | None = None

    def connect(self, credentials: Credentials) -> str:
        self.asked.append(credentials)
        if self.error is not None:
            raise self.error
        return f"session of {credentials.login}"


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def login(steps: Steps, server: Server, state: WindowState, qtbot: QtBot) -> LoginWindow:
    login = LoginWindow(steps.hub, server.connect, state)
    qtbot.addWidget(login)
    with qtbot.waitExposed(login):
        login.show()
    return login


def named(login: LoginWindow, name: str, kind: type = QWidget):
    found = [w for w in login.findChildren(kind) if w.accessibleName() == name]
    assert len(found) == 1
    return found[0]


def button(login: LoginWindow, text: str) -> QPushButton:
    return next(b for b in login.findChildren(QPushButton) if b.text() == text)


def fill(login: LoginWindow, name: str = "agent101", password: str = "secret") -> None:
    named(login, "아이디").setText(name)
    named(login, "비밀번호").setText(password)


def test_fields_and_buttons_are_those_of_the_spec(login: LoginWindow) -> None:
    assert login.windowTitle() == "ETS 로그인"
    labels = {label.text(): label.buddy() for label in login.findChildren(QLabel) if label.buddy()}
    assert list(labels) == ["아이디", "비밀번호", "서버"]
    assert all(field.accessibleName() == text for text, field in labels.items())
    assert {b.text() for b in login.findChildren(QPushButton)} == {"로그인", "종료"}
    assert named(login, "서버", QComboBox).currentText() == EMBEDDED
    assert named(login, "비밀번호").echoMode() == QLineEdit.EchoMode.Password


def test_enter_logs_in(login: LoginWindow, steps: Steps, server: Server, qtbot: QtBot) -> None:
    fill(login, " agent101 ")
    qtbot.keyClick(named(login, "비밀번호"), Qt.Key.Key_Return)
    with qtbot.waitSignal(login.logged_in) as logged_in:
        steps.run()
    assert server.asked == [Credentials("agent101", "secret", EMBEDDED)]
    assert logged_in.args == ["session of agent101"]
    assert named(login, "비밀번호").text() == ""


def test_while_connecting_nothing_can_be_asked_twice(
    login: LoginWindow, steps: Steps, server: Server
) -> None:
    fill(login)
    button(login, "로그인").click()
    assert not button(login, "로그인").isEnabled()
    assert button(login, "종료").isEnabled()
    steps.run()
    assert button(login, "로그인").isEnabled()
    assert len(server.asked) == 1


def test_a_refusal_is_told_in_place(login: LoginWindow, steps: Steps, server: Server) -> None:
    server.error = RuleViolation("login_refused")
    fill(login)
    button(login, "로그인").click()
    steps.run()
    error = named(login, "비밀번호 오류", FieldError)
    assert error.isVisible()
    assert error.text() == "아이디 또는 비밀번호가 맞지 않습니다."
    assert named(login, "비밀번호").selectedText() == "secret"


def test_a_field_named_by_the_error_is_marked(
    login: LoginWindow, steps: Steps, server: Server
) -> None:
    server.error = RuleViolation("no_agent_for_login", field="login")
    fill(login)
    button(login, "로그인").click()
    steps.run()
    assert named(login, "아이디 오류", FieldError).isVisible()


def test_a_server_that_is_away_is_told_at_the_server(
    login: LoginWindow, steps: Steps, server: Server
) -> None:
    server.error = Unavailable("database_away")
    fill(login)
    button(login, "로그인").click()
    steps.run()
    assert named(login, "서버 오류", FieldError).isVisible()
    server.error = None
    button(login, "로그인").click()
    assert not named(login, "서버 오류", FieldError).isVisible()
    steps.run()


@pytest.mark.parametrize(
    ("name", "password", "error"),
    [("", "secret", "아이디 오류"), ("agent101", "", "비밀번호 오류")],
)
def test_an_empty_field_is_refused_without_asking_the_server(
    login: LoginWindow, server: Server, name: str, password: str, error: str
) -> None:
    fill(login, name, password)
    named(login, "비밀번호").setFocus()
    button(login, "로그인").click()
    assert named(login, error, FieldError).isVisible()
    assert server.asked == []


def test_enter_in_the_name_goes_on_to_the_password(login: LoginWindow, qtbot: QtBot) -> None:
    fill(login, "agent101", "")
    named(login, "아이디").setFocus()
    qtbot.keyClick(named(login, "아이디"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is named(login, "비밀번호")
    assert not named(login, "비밀번호 오류", FieldError).isVisible()


def test_enter_while_a_syllable_is_composed_does_not_log_in(
    login: LoginWindow, server: Server, steps: Steps, qtbot: QtBot
) -> None:
    fill(login)
    field = named(login, "아이디")
    QApplication.sendEvent(field, QInputMethodEvent("ㅎ", []))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    steps.run()
    assert server.asked == []


def test_the_name_is_remembered_and_the_password_is_not(
    login: LoginWindow, steps: Steps, server: Server, state: WindowState, qtbot: QtBot
) -> None:
    fill(login)
    button(login, "로그인").click()
    steps.run()
    again = LoginWindow(steps.hub, server.connect, state)
    qtbot.addWidget(again)
    again.show()
    assert named(again, "아이디").text() == "agent101"
    assert named(again, "비밀번호").text() == ""
    assert again.focusWidget() is named(again, "비밀번호")
    state.save()


def test_a_refused_name_is_not_remembered(
    login: LoginWindow, steps: Steps, server: Server, state: WindowState
) -> None:
    server.error = RuleViolation("login_refused")
    fill(login)
    button(login, "로그인").click()
    steps.run()
    assert state.text("login/name") == ""


def test_why_it_came_is_read_out(login: LoginWindow) -> None:
    login.show_notice(RuleViolation("login_refused"))
    notice = named(login, "안내", QLabel)
    assert notice.text()
    assert notice.accessibleDescription() == notice.text()


def test_the_window_is_high_enough_for_whatever_it_says(login: LoginWindow, qtbot: QtBot) -> None:
    """Also after a notice and a word at 서버 that came one upon the other, twice."""
    server = named(login, "서버", QComboBox)
    plain = login.height()
    away = Unavailable("folder_unusable", folder="/home/shop/.local/share/ets", reason="full")
    for _ in range(2):
        for tell in (login.show_notice, login.show_error):
            tell(away)
            qtbot.waitUntil(lambda: server.height() >= server.sizeHint().height(), timeout=10_000)
            for box in login.findChildren(QPushButton):
                assert box.geometry().bottom() < login.height()
            assert login.height() == login.layout().totalHeightForWidth(login.width())
        fill(login, name="")
        button(login, "로그인").click()
    login._grid.clear_errors()
    login._fit()
    assert login.height() == plain


def test_leaving_is_told(login: LoginWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(login.quit_requested):
        button(login, "종료").click()


def test_a_password_shows_in_no_repr() -> None:
    assert "secret" not in repr(Credentials("agent101", "secret"))


def test_the_way_to_the_login_window_stays_light() -> None:
    """Drivers, charts and all of Qt's enums cost more than the rest of the start (spec 90)."""
    program = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.login import LoginWindow
from ets_desktop.ui.theme import Theme
from ets_desktop.ui.widgets.fields import FieldError
from ets_desktop.ui.window_state import WindowState
theme, hub = Theme(application), JobHub(ChangeBus())
window = LoginWindow(hub, print, WindowState(Path(sys.argv[1])))
window.show()
window.grab()
heavy = {"sqlalchemy", "psycopg", "pyqtgraph", "tossi", "tomllib"}
loaded = sorted(heavy & {name.split(".")[0] for name in sys.modules})
if "Qt" in vars(sys.modules["PySide6.QtCore"]):
    loaded.append("Qt")
print(loaded, flush=True)
hub.shutdown()
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "/nowhere"], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_window_stays_alive_while_the_server_thinks(
    state: WindowState, changes: object, qtbot: QtBot
) -> None:
    """On real threads: the event loop goes round while `connect` waits."""
    from ets_desktop.ui.jobs import JobHub

    answer = Event()

    def connect(credentials: Credentials) -> str:
        assert answer.wait(10)
        return "session"

    hub = JobHub(changes)
    login = LoginWindow(hub, connect, state)
    qtbot.addWidget(login)
    login.show()
    fill(login)
    button(login, "로그인").click()
    assert not login.grab().isNull()
    with qtbot.waitSignal(login.logged_in):
        answer.set()
    assert hub.shutdown()
