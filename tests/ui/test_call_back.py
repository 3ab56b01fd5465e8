"""통화 on a callback: counted, dialled, and then asked what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Callback
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.callbacks import Outcome
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.callbacks import FinishCallback, finish_callback
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.call_back import CallBack, OutcomeDialog
from ets_desktop.ui.widgets.fields import FieldError
from tests.factories import a_callback, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps, WrittenDesk

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

LogIn = Callable[[Agent], Database]


@pytest.fixture
def calling(context: UiContext, login: LogIn, kim: Agent, qtbot: QtBot) -> Iterator[CallBack]:
    kims = login(kim)
    window = QWidget()
    qtbot.addWidget(window)
    made = CallBack(replace(context, call=kims.call, agent=kims.call(sign_in)), window)
    yield made
    if made.dialog is not None:
        made.dialog.reject()
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def promise(database: Database, kim: Agent) -> Callback:
    due_at = datetime.now(UTC) - timedelta(minutes=1)
    return make(database, a_callback, assignee=kim, number="01000001234", due_at=due_at)


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def dial(calling: CallBack, promise: Callback, steps: Steps) -> OutcomeDialog:
    calling.dial(promise.id, "홍*동")
    steps.run()
    assert calling.dialog is not None
    return calling.dialog


def error_of(dialog: OutcomeDialog) -> str:
    errors = dialog.findChildren(FieldError)
    return next(e.text() for e in errors if e.accessibleName() == "다음 콜백일시 오류")


def test_the_number_is_dialled_and_the_attempt_counts(
    calling: CallBack, promise: Callback, database: Database, desk: WrittenDesk, steps: Steps
) -> None:
    dialog = dial(calling, promise, steps)
    assert ("dial", "01000001234", DialledFrom(callback_id=promise.id)) in desk.asked
    assert value(database, "SELECT attempts FROM callback") == 1
    assert dialog.windowTitle() == "콜백 결과"
    assert not dialog.isModal()
    assert [b.text() for b in dialog.buttons.values()] == ["성공", "부재", "콜백취소"]


def test_a_moved_number_is_the_one_dialled(
    calling: CallBack, promise: Callback, database: Database, desk: WrittenDesk, steps: Steps
) -> None:
    value(database, "UPDATE callback SET number = '01000009999' RETURNING 1")
    dial(calling, promise, steps)
    assert ("dial", "01000009999", DialledFrom(callback_id=promise.id)) in desk.asked


@pytest.mark.parametrize("outcome", [Outcome.SUCCEEDED, Outcome.CANCELLED])
def test_a_callback_ends(
    calling: CallBack,
    promise: Callback,
    database: Database,
    desk: WrittenDesk,
    steps: Steps,
    outcome: Outcome,
) -> None:
    dial(calling, promise, steps).buttons[outcome].click()
    steps.run()
    assert calling.dialog is None
    assert value(database, "SELECT outcome FROM callback") == outcome
    told = {"succeeded": "콜백을 마쳤습니다.", "cancelled": "콜백을 취소했습니다."}[outcome]
    assert desk.asked[-1] == ("say", told)


def test_a_missed_call_back_proposes_a_time_of_business_and_is_promised_again(
    calling: CallBack, promise: Callback, database: Database, steps: Steps
) -> None:
    dialog = dial(calling, promise, steps)
    proposed = dialog.field.moment()
    assert proposed is not None
    assert dialog.field.note.text() == ""
    dialog.buttons[Outcome.MISSED].click()
    steps.run()
    assert value(database, "SELECT due_at FROM callback WHERE outcome IS NULL") == proposed
    assert value(database, "SELECT attempts FROM callback WHERE outcome IS NULL") == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "콜백일시를 입력하십시오."),
        ("언젠가", "콜백일시를 읽을 수 없습니다. (예: 내일 10:00, 2026-11-23 14:00)"),
        ("2026-01-02 10:00", "콜백일시는 지금보다 뒤여야 합니다."),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused_beside_the_field(
    calling: CallBack, promise: Callback, database: Database, steps: Steps, typed: str, told: str
) -> None:
    dialog = dial(calling, promise, steps)
    dialog.field.setText(typed)
    dialog.buttons[Outcome.MISSED].click()
    steps.run()
    assert error_of(dialog) == told
    assert calling.dialog is dialog
    assert value(database, "SELECT count(*) FROM callback WHERE outcome IS NULL") == 1


def test_a_time_outside_business_hours_warns_and_is_taken(
    calling: CallBack, promise: Callback, database: Database, steps: Steps
) -> None:
    dialog = dial(calling, promise, steps)
    dialog.field.setText("2099-01-03 03:00")  # a Saturday
    assert dialog.field.note.text() == "영업일이 아닙니다."
    dialog.buttons[Outcome.MISSED].click()
    steps.run()
    due_at = value(database, "SELECT due_at FROM callback WHERE outcome IS NULL")
    assert due_at == datetime(2099, 1, 3, 3, tzinfo=SEOUL)


def test_who_is_second_is_told_who_was_first(
    calling: CallBack,
    promise: Callback,
    login: LogIn,
    lee: Agent,
    desk: WrittenDesk,
    steps: Steps,
) -> None:
    dialog = dial(calling, promise, steps)
    login(lee).call(finish_callback, FinishCallback(lee.id, promise.id, Outcome.SUCCEEDED))
    dialog.buttons[Outcome.CANCELLED].click()
    steps.run()
    assert desk.asked[-1] == ("tell", "callback_settled_by")
    assert calling.dialog is None
    calling.dial(promise.id, "홍*동")
    steps.run()
    assert calling.dialog is None


def test_one_outcome_is_asked_at_a_time(
    calling: CallBack, promise: Callback, database: Database, kim: Agent, desk, steps: Steps
) -> None:
    other = make(database, a_callback, assignee=kim)
    dialog = dial(calling, promise, steps)
    calling.dial(other.id, "이*")
    steps.run()
    assert desk.asked[-1] == ("say", "앞 콜백의 결과를 먼저 고르십시오.")
    assert calling.dialog is dialog
    dial(calling, promise, steps)
    assert value(database, f"SELECT attempts FROM callback WHERE id = {promise.id}") == 2


def test_closing_leaves_the_promise_as_it_is(
    calling: CallBack, promise: Callback, database: Database, steps: Steps
) -> None:
    dial(calling, promise, steps).reject()
    assert calling.dialog is None
    assert value(database, "SELECT outcome FROM callback") is None
