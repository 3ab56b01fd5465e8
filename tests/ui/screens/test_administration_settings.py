"""처리기한, 업무 기준, 택배·메시지 of 관리: typed, refused, saved, told; two people at once."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.house import ABUSE_WARNINGS, CLAIM_FEES, DEFAULT_DUE_DAYS
from ets_desktop.domain.house_entry import typed_of
from ets_desktop.domain.topics import SETTINGS
from ets_desktop.queries.house_settings import house_settings, stored_settings
from ets_desktop.services.house_settings import ChangeSettings, change_settings
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.administration.house import DueDaysPage, HoursPage, MessagesPage
from ets_desktop.ui.screens.administration.settings_page import SettingsPage
from tests.ui.conftest import AnsweredPrompts, Steps
from tests.ui.screens.searching import button, cells, error, find, wait_for_cells
from tests.ui.screens.test_administration import OpenPage, admin, open_page
from tests.ui.screens.test_administration_lists import Keys, keyboard

__all__ = ["admin", "keyboard", "open_page"]

DAYS = {"delivery": 9}


def value(page: Any, label: str) -> str:
    return str(find(page, QLineEdit, label).text())


def test_a_supervisor_sets_due_days_by_keyboard_alone(
    open_page: OpenPage, keyboard: Keys, database: Database, park: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(park, "due_days")
    assert (value(page, "배송문의(일)"), value(page, "AS(일)")) == ("1", "7")
    page.take_focus()
    keys = keyboard(page)
    keys.type("배송문의(일)", "3")
    keys.type("변경사유", "holidays")
    keys.save()
    wait_for_cells(page.history, "내용", ["배송문의(일): 1 → 3"], steps, qtbot)
    assert (cells(page.history, "담당자"), cells(page.history, "사유")) == (
        ["박관리"],
        ["holidays"],
    )
    assert database.call(house_settings).due_days["delivery"] == 3
    assert not page.form.is_changed


@pytest.mark.parametrize(
    ("page_id", "label", "typed", "told"),
    [
        ("due_days", "반품(일)", "366", "0에서 365 사이로 입력하십시오."),
        ("hours", "후처리 시간(초)", "x", "숫자로 입력하십시오."),
        ("hours", "영업시간 수", "18:00-09:00", "끝나는 시각은 시작하는 시각보다 늦어야 합니다."),
        ("messages", "반품 배송비(원)", "", "숫자로 입력하십시오."),
    ],
)
def test_a_value_is_refused_beside_its_field(
    open_page: OpenPage, database: Database, admin: Agent, steps: Steps, page_id: str, label: str,
    typed: str, told: str,
) -> None:  # fmt: skip
    page = open_page(admin, page_id)
    find(page, QLineEdit, label).setText(typed)
    button(page, "저장").click()
    steps.run()
    assert error(page, label) == told
    assert database.call(stored_settings) == {}
    button(page, "취소").click()
    assert error(page, label) == ""


def test_hours_and_messages_are_stored_as_typed(
    open_page: OpenPage, keyboard: Keys, database: Database, admin: Agent, steps: Steps
) -> None:
    page = open_page(admin, "hours")
    page.take_focus()
    keys = keyboard(page)
    keys.type("팀 이관 수락 기한(분)", "90")
    keys.type("영업시간 토", "10:00-13:00")
    keys.save()
    page = open_page(admin, "messages")
    page.take_focus()
    keys = keyboard(page)
    keys.type("교환 배송비(원)", "5000")
    keys.type("폭언 안내 문장", "Please stop.")
    keys.save()
    settings = database.call(house_settings)
    assert settings.accept.team.total_seconds() == 90 * 60
    assert settings.week[5] is not None
    assert settings.week[6] is None
    assert settings.claim_fees["exchange"] == 5_000
    assert settings.abuse_warnings == ("Please stop.",)
    stored = database.call(stored_settings)
    assert stored[ABUSE_WARNINGS] == ["Please stop."]
    assert DEFAULT_DUE_DAYS not in stored
    assert CLAIM_FEES in stored


def test_what_somebody_else_set_meanwhile_is_told_and_what_is_typed_stays(
    open_page: OpenPage,
    database: Database,
    park: Agent,
    context: UiContext,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    page = open_page(park, "due_days")
    find(page, QLineEdit, "배송문의(일)").setText("2")
    database.call(change_settings, ChangeSettings({DEFAULT_DUE_DAYS: DAYS}, {}))
    button(page, "저장").click()
    steps.run()
    assert "먼저 바꾼 항목입니다(배송문의(일))" in page.form.bar.message
    assert value(page, "배송문의(일)") == "2"
    context.changes.publish(frozenset({SETTINGS}))
    wait_for_cells(page.history, "내용", ["배송문의(일): 1 → 9"], steps, qtbot)
    assert value(page, "배송문의(일)") == "2"
    page.form.bar.action.click()
    qtbot.waitUntil(lambda: steps.run() or value(page, "배송문의(일)") == "9")
    database.call(
        change_settings, ChangeSettings({DEFAULT_DUE_DAYS: {"return": 2}}, {DEFAULT_DUE_DAYS: DAYS})
    )
    context.changes.publish(frozenset({SETTINGS}))
    qtbot.waitUntil(lambda: steps.run() or value(page, "반품(일)") == "2")


def test_leaving_asks_about_what_is_typed(
    open_page: OpenPage, database: Database, park: Agent, steps: Steps, prompts: AnsweredPrompts
) -> None:
    page = open_page(park, "due_days")
    left: list[str] = []
    page.leave(lambda: left.append("unchanged"))
    field = find(page, QLineEdit, "배송문의(일)")
    for answer, typed in (("취소", "4"), ("버리기", "4"), ("저장", "5"), ("저장", "x")):
        field.setText(typed)
        prompts.answers = [answer]
        page.leave(lambda answer=answer: left.append(answer))
        steps.run()
    assert left == ["unchanged", "버리기", "저장"]
    assert database.call(house_settings).due_days["delivery"] == 5
    page._on_cancel_clicked()
    button(page, "저장").click()
    assert prompts.asked[-1][0] == "저장하지 않은 내용"


@pytest.mark.parametrize("page", [DueDaysPage, HoursPage, MessagesPage])
def test_every_field_of_a_setting_has_its_label(page: type[SettingsPage]) -> None:
    keys = {code.partition(".")[0] for code in page.LABELS}
    assert {code for key in keys for code in typed_of(key, None)} == set(page.LABELS)
