"""When a login at a desk is over, and why."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.domain.topics import EVERYTHING, Done, Topic
from ets_desktop.services.sessions import begin_session, end_session, session_ended
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.idle import IdleWatch
from ets_desktop.ui.session import DeskSession


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Server:
    """A `Call` that answers as the database would."""

    def __init__(self) -> None:
        self.why = ""
        self.error: EtsError | None = None
        self.asked: list[str] = []

    def __call__(self, function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any:
        self.asked.append(function.__name__)
        if self.error is not None:
            raise self.error
        return {begin_session: Done(15), session_ended: self.why, end_session: Done(None)}[function]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def ends() -> list[str]:
    return []


@pytest.fixture
def session(context: UiContext, server: Server, ends: list[str], steps: Any) -> DeskSession:
    made = DeskSession(replace(context, call=server), lambda: False)
    made.over.connect(ends.append)
    made.begin()
    steps.run()
    return made


# Idle


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def watch(clock: Clock, owner: QObject, busy: list[bool], heard: list[str]) -> IdleWatch:
    made = IdleWatch(lambda: bool(busy), owner, clock)
    made.soon.connect(lambda: heard.append("soon"))
    made.back.connect(lambda: heard.append("back"))
    made.over.connect(lambda: heard.append("over"))
    made.begin(15)
    return made


def test_a_quarter_of_an_hour_without_input_ends_it_and_a_minute_before_it_is_said(
    clock: Clock, owner: QObject
) -> None:
    heard: list[str] = []
    idle = watch(clock, owner, [], heard)
    for clock.now in (839.0, 840.0, 841.0, 899.0):
        idle.look()
    assert heard == ["soon"]
    idle.touch()
    clock.now += 840.0
    idle.look()
    assert heard == ["soon", "back", "soon"]
    heard[:] = ["soon"]
    idle._touched_at = 0.0
    clock.now = 900.0
    idle.look()
    assert heard == ["soon", "over"]


def test_who_talks_on_the_telephone_is_there(clock: Clock, owner: QObject) -> None:
    heard: list[str] = []
    busy = [True]
    idle = watch(clock, owner, busy, heard)
    clock.now = 2_000.0
    idle.look()
    busy.clear()
    clock.now = 2_800.0
    idle.look()
    assert heard == []


def test_a_key_the_mouse_and_the_focus_are_input(
    clock: Clock, owner: QObject, qtbot: QtBot
) -> None:
    heard: list[str] = []
    window = QWidget()
    field, other = QLineEdit(window), QLineEdit(window)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    idle = watch(clock, owner, [], heard)
    handle = window.windowHandle()
    clock.now = 890.0
    QTest.keyClick(handle, Qt.Key.Key_A)
    clock.now = 1_700.0
    QTest.mouseMove(handle)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    clock.now = 2_500.0
    field.setFocus()
    other.setFocus()
    clock.now = 3_300.0
    idle.look()
    assert "over" not in heard


def test_the_house_may_let_nobody_be_logged_out(clock: Clock, owner: QObject) -> None:
    idle = IdleWatch(lambda: False, owner, clock)
    idle.begin(0)
    assert not idle._timer.isActive()


# What the database says


def test_idleness_ends_the_session_once(session: DeskSession, ends: list[str], desk: Any) -> None:
    session.idle.soon.emit()
    session.idle.back.emit()
    assert [asked[0] for asked in desk.asked] == ["say", "withdraw"]
    session.idle.over.emit()
    session.idle.over.emit()
    assert ends == ["idle"]
    assert "1분 뒤 로그아웃" in desk.asked[-1][1]
    assert session.left("idle").why == "idle"
    assert session.left("second_login").why == "left"


@pytest.mark.parametrize("why", ["second_login", "disabled", "logged_off"])
def test_a_notice_makes_the_desk_ask_why(
    session: DeskSession, server: Server, ends: list[str], context: UiContext, steps: Any, why: str
) -> None:
    context.changes.publish(frozenset({Topic("session/1")}))
    steps.run()
    assert ends == []
    server.why = why
    context.changes.publish(frozenset({Topic("session/1")}))
    steps.run()
    assert ends == [why]


def test_a_database_that_was_away_is_asked_when_it_is_back(
    context: UiContext, server: Server, ends: list[str], steps: Any
) -> None:
    server.error = Unavailable("database_away")
    session = DeskSession(replace(context, call=server), lambda: False)
    session.over.connect(ends.append)
    session.begin()
    steps.run()
    server.error = None
    for _ in range(2):
        context.changes.publish(frozenset({EVERYTHING}))
        steps.run()
    assert server.asked == ["begin_session", "begin_session", "session_ended"]
    assert ends == []


@pytest.mark.parametrize(
    ("code", "end"),
    [("account_disabled", ["disabled"]), ("login_refused", ["refused"]), ("database_away", [])],
)
def test_a_login_that_is_taken_no_more_ends_the_session(
    session: DeskSession, ends: list[str], code: str, end: list[str]
) -> None:
    session.hear_refusal(code)
    assert ends == end


def test_an_answer_that_refuses_the_login_ends_it_as_well(
    session: DeskSession, server: Server, ends: list[str], context: UiContext, steps: Any
) -> None:
    server.error = RuleViolation("account_disabled")
    context.changes.publish(frozenset({Topic("session/1")}))
    steps.run()
    assert ends == ["disabled"]


def test_a_closed_window_says_so_and_hears_no_more(
    session: DeskSession, server: Server, ends: list[str], steps: Any
) -> None:
    session.leave()
    server.error = Unavailable("database_away")
    session.leave()
    steps.run()
    session.hear_refusal("account_disabled")
    assert ends == []
    assert server.asked[1:] == ["end_session"]
