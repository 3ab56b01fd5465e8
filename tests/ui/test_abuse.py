"""폭언 안내: the sentences step by step, the mark on the call, the rest that follows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.house import HouseSettings
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.holidays import house_of
from ets_desktop.ui.call_words import state_words
from ets_desktop.ui.cards import CallCard, CallLine
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.abuse import WARNINGS, AbuseDialog, AbusiveCalls
from tests.factories import a_call, a_leg, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps, WrittenDesk

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

LogIn = Callable[[Agent], Database]


class Desk:
    """Kim's, with one call in the top bar."""

    def __init__(self, context: UiContext, steps: Steps, window: QWidget) -> None:
        self.chosen: list[AgentState] = []
        self.steps = steps
        self.calls = AbusiveCalls(context, window, self.chosen.append)

    def open(self) -> AbuseDialog:
        self.calls.open()
        assert self.calls.dialog is not None
        return self.calls.dialog

    def press(self, title: str) -> None:
        button(self.open(), title).click()
        self.steps.run()


def button(dialog: AbuseDialog, title: str) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == title)


def sentence(dialog: AbuseDialog) -> str:
    found = dialog.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


@pytest.fixture
def desk_context(context: UiContext, login: LogIn, kim: Agent) -> Iterator[UiContext]:
    mine = login(kim)
    yield replace(context, call=mine.call, agent=mine.call(sign_in))
    context.hub.shutdown()


@pytest.fixture
def seat(desk_context: UiContext, steps: Steps, qtbot: QtBot) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    return Desk(desk_context, steps, window)


@pytest.fixture
def call_id(database: Database, kim: Agent, desk: WrittenDesk) -> int:
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim)
    desk.top_bar.show_call(CallCard(call.id, "010-0000-1234", call.rang_at, "talking"))
    return int(call.id)


def marks(database: Database) -> list[tuple[int, int]]:
    sql = text("SELECT call_id, warnings_read FROM abusive_call")
    return database.call(lambda session: [tuple(row) for row in session.execute(sql)])


def test_the_sentences_come_one_by_one(seat: Desk, call_id: int) -> None:
    dialog = seat.open()
    assert dialog.windowTitle() == "폭언 안내"
    read = [sentence(dialog)]
    while button(dialog, "다음 문구").isEnabled():
        button(dialog, "다음 문구").click()
        read.append(sentence(dialog))
    assert tuple(read) == WARNINGS
    assert seat.open() is dialog


def test_the_call_is_marked_with_how_far_it_was_read_and_once(
    seat: Desk, database: Database, desk: WrittenDesk, call_id: int
) -> None:
    seat.press("다음 문구")
    seat.press("통화 표시")
    assert marks(database) == [(call_id, 2)]
    assert desk.asked[-1] == ("say", "통화를 폭언 통화로 표시했습니다.")
    assert not button(seat.open(), "통화 표시").isEnabled()
    seat.press("닫기")
    seat.press("통화 표시")
    assert desk.asked[-1] == ("say", "이미 표시한 통화입니다.")


def test_a_marked_call_says_so_in_the_lists(call_id: int) -> None:
    at = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    line = CallLine(call_id, at, "in", "", "", None, "", 9, "completed", is_abusive=True)
    assert state_words(line) == "통화 완료 · 폭언"


def test_the_rest_is_chosen_by_the_desk(seat: Desk, call_id: int) -> None:
    seat.press("보호 휴식")
    assert seat.chosen == [AgentState.PROTECTED_REST]


def test_without_a_call_there_is_nothing_to_mark(seat: Desk) -> None:
    assert not button(seat.open(), "통화 표시").isEnabled()
    seat.calls._on_mark_requested()


def test_the_house_has_its_own_sentences(seat: Desk, desk_context: UiContext) -> None:
    own = HouseSettings(abuse_warnings=("그만하십시오.",))
    desk_context.house._house = house_of(own)
    dialog = seat.open()
    assert sentence(dialog) == "그만하십시오."
    assert not button(dialog, "다음 문구").isEnabled()
