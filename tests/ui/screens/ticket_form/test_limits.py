"""Limits of spec 20: each refuses with its reason beside the field, and nothing else is lost."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.tickets import Action
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.fields import FieldError
from ets_desktop.ui.widgets.period import DateField
from tests.factories import a_ticket, make
from tests.ui.conftest import Steps
from tests.ui.screens.ticket_form.test_saving import fill, press, stored


def type_into(screen: TicketFormScreen, label: str, text: str) -> None:
    """As a hand would that knows only the names on the screen."""
    for kind in (QLineEdit, QPlainTextEdit):
        for field in screen.fields.findChildren(kind):
            if field.accessibleName() == label:
                field.selectAll()
                if isinstance(field, QPlainTextEdit):
                    field.insertPlainText(text)
                else:
                    field.insert(text)
                    QTest.keyClick(field, Qt.Key.Key_Return)
                return
    raise LookupError(label)


def reasons(screen: TicketFormScreen) -> dict[str, str]:
    """Every reason that can be seen, by the name of its field."""
    return {
        error.accessibleName(): error.text()
        for error in screen.fields.findChildren(FieldError)
        if error.isVisible()
    }


@pytest.mark.parametrize(
    ("label", "typed", "action"),
    [
        ("접수내용", "가" * 2_001, Action.SAVE),
        ("제목", "가" * 201, Action.SAVE),
        ("태그", "가" * 51, Action.SAVE),
        ("태그", "VIP", Action.SAVE),
        ("콜백번호", "전화 주세요", Action.CALLBACK),
        ("콜백번호", "123", Action.CALLBACK),
        ("콜백일시", "언젠가", Action.CALLBACK),
        ("콜백일시", "2020-01-01 10:00", Action.CALLBACK),
        ("이관담당자", "없는 사람", Action.TRANSFER),
    ],
)
def test_a_limit_refuses_beside_its_field_and_keeps_the_rest(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    label: str,
    typed: str,
    action: Action,
) -> None:
    fill(screen, database)
    screen.fields.tags.set_tags(["vip"])
    if action is Action.CALLBACK and label != "콜백일시":
        type_into(screen, "콜백일시", "2099-01-04 10:00")
    type_into(screen, label, typed)
    press(screen, steps, action)
    shown = reasons(screen)
    assert list(shown) == [f"{label} 오류"]
    assert shown[f"{label} 오류"].endswith((".", ")", "0"))
    assert screen.form.ticket_id is None
    assert screen.fields.title.text()
    assert screen.fields.content.text()
    assert screen.fields.tags.tags() == ("vip",)
    assert screen.form.customer_id is not None


def due(screen: TicketFormScreen) -> DateField:
    return next(
        field
        for field in screen.fields.findChildren(DateField)
        if field.accessibleName() == "완료예정일"
    )


def test_a_due_date_is_not_moved_to_the_past(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    due(screen).set_day(seoul_date(now_in_seoul()) - timedelta(days=1))
    press(screen, steps, Action.SAVE)
    assert list(reasons(screen)) == ["완료예정일 오류"]
    due(screen).set_day(seoul_date(now_in_seoul()))
    press(screen, steps, Action.SAVE)
    assert reasons(screen) == {}
    assert stored(screen, database).form.due_on == seoul_date(now_in_seoul())


def test_a_ticket_that_is_overdue_can_still_be_saved(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    late = make(database, a_ticket, created_by=kim, due_on=date(2026, 1, 5))
    screen.load_ticket(late.id)
    steps.run()
    type_into(screen, "접수내용", "늦었지만 고침")
    press(screen, steps, Action.SAVE)
    assert reasons(screen) == {}
    assert stored(screen, database).form.content == "늦었지만 고침"


def test_exactly_the_limits_are_taken(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    type_into(screen, "접수내용", "가" * 2_000)
    type_into(screen, "제목", "나" * 200)
    type_into(screen, "태그", "다" * 50)
    press(screen, steps, Action.SAVE)
    assert reasons(screen) == {}
    form = stored(screen, database).form
    assert (len(form.content), len(form.title), form.tags) == (2_000, 200, ("다" * 50,))
