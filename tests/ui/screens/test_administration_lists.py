"""상용구, 세부유형, 휴일 of 관리: written by keyboard alone, told who did it, live elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.topics import SETTINGS
from ets_desktop.queries.agents import ticket_categories
from ets_desktop.queries.templates import templates
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import FieldNote
from tests.factories import a_category, a_template, make
from tests.ui.conftest import AnsweredPrompts, Steps
from tests.ui.screens.searching import button, cells, error, find, wait_for_cells
from tests.ui.screens.test_administration import OpenPage, admin, open_page

__all__ = ["admin", "open_page"]

CTRL = Qt.KeyboardModifier.ControlModifier


class Keyboard:
    """Types where the focus is."""

    def __init__(self, page: Any, steps: Steps, qtbot: QtBot) -> None:
        self._window: QWidget = page.window()
        self._steps = steps
        self._qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        focused = self._window.focusWidget()
        assert focused is not None
        return focused

    def tab_to(self, name: str) -> QWidget:
        """Tab until the control of that name has the focus."""
        for _ in range(60):
            if self.focus.accessibleName() == name or getattr(self.focus, "text", str)() == name:
                return self.focus
            self._qtbot.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}")

    def type(self, name: str, text: str) -> None:
        field = self.tab_to(name)
        self._qtbot.keyClick(field, Qt.Key.Key_A, CTRL)
        self._qtbot.keyClicks(field, text)

    def press(self, name: str) -> None:
        self._qtbot.keyClick(self.tab_to(name), Qt.Key.Key_Space)
        self._steps.run()

    def save(self) -> None:
        self._come_to_front()
        self._qtbot.keyClick(self.focus, Qt.Key.Key_S, CTRL)
        self._steps.run()

    def new(self) -> None:
        self._come_to_front()
        self._qtbot.keyClick(self.focus, Qt.Key.Key_N, CTRL)
        self._steps.run()

    def _come_to_front(self) -> None:
        """Keys of a window work in the active one only."""
        self._window.activateWindow()
        self._qtbot.waitUntil(self._window.isActiveWindow)


@pytest.fixture
def keyboard(steps: Steps, qtbot: QtBot) -> Callable[[Any], Keyboard]:
    return lambda page: Keyboard(page, steps, qtbot)


Keys = Callable[[Any], Keyboard]


def test_a_template_is_written_by_keyboard_alone_and_offered_to_agents(
    open_page: OpenPage, keyboard: Keys, database: Database, park: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(park, "templates")
    page.take_focus()
    keys = keyboard(page)
    keys.new()
    keys.type("제목", "Hello")
    keys.type("내용", "Dear customer")
    keys.save()
    wait_for_cells(page.list, "제목", ["Hello"], steps, qtbot)
    [offered] = database.call(templates)
    assert (offered.title, offered.body, offered.ticket_type) == ("Hello", "Dear customer", "")
    wait_for_cells(page.history, "담당자", ["박관리"], steps, qtbot)
    keys.press("사용여부")
    keys.save()
    wait_for_cells(page.list, "사용여부", ["중지"], steps, qtbot)
    assert database.call(templates) == ()
    wait_for_cells(page.history, "내용", ["Hello · 사용여부: 예 → 아니요", "Hello"], steps, qtbot)


def test_a_place_that_nothing_fills_is_told_and_the_rest_shown_filled(
    open_page: OpenPage, database: Database, park: Agent
) -> None:
    make(database, a_template, title="인사", body="{고객명} 고객님, {도착일}에 옵니다.")
    page = open_page(park, "templates")
    note = find(page, FieldNote, "내용 안내")
    assert note.text() == "채울 수 없는 자리입니다: {도착일}"
    preview = find(page, QPlainTextEdit, "미리보기")
    assert preview.toPlainText() == "홍길동 고객님, {도착일}에 옵니다."
    find(page, QPlainTextEdit, "내용").setPlainText("{오늘}")
    assert note.text().startswith("채울 수 있는 자리: {고객명}")
    find(page, QPlainTextEdit, "내용").setPlainText("가" * 2_001)
    assert note.text() == "2,000자까지 저장할 수 있습니다."


def test_a_template_is_refused_beside_its_field(
    open_page: OpenPage, keyboard: Keys, database: Database, park: Agent
) -> None:
    make(database, a_template, title="Hello")
    page = open_page(park, "templates")
    keys = keyboard(page)
    page.take_focus()
    keys.new()
    keys.save()
    keys.type("제목", "Hello")
    keys.save()
    assert error(page, "내용") == "상용구의 내용을 입력하십시오."
    keys.type("내용", "x")
    keys.save()
    assert error(page, "제목") == "같은 제목의 상용구가 이미 있습니다."


def test_templates_are_put_in_order(
    open_page: OpenPage, keyboard: Keys, database: Database, park: Agent, steps: Steps, qtbot: QtBot
) -> None:
    for place, title in enumerate("가나다"):
        make(database, a_template, title=title, sort=place)
    page = open_page(park, "templates")
    page.take_focus()
    keys = keyboard(page)
    keys.press("아래로")
    wait_for_cells(page.list, "제목", ["나", "가", "다"], steps, qtbot)
    keys.press("아래로")
    wait_for_cells(page.list, "제목", ["나", "다", "가"], steps, qtbot)
    keys.press("아래로")
    keys.press("위로")
    wait_for_cells(page.list, "제목", ["나", "가", "다"], steps, qtbot)
    assert [row.title for row in database.call(templates)] == cells(page.list, "제목")


def test_an_order_that_somebody_else_changed_is_told(
    open_page: OpenPage, database: Database, park: Agent, steps: Steps, desk: Any
) -> None:
    for place, title in enumerate("가나"):
        make(database, a_template, title=title, sort=place)
    page = open_page(park, "templates")
    make(database, a_template, title="다", sort=9)
    page.list.button("아래로").click()
    steps.run()
    assert ("tell", "stale_list") in desk.asked


def test_a_category_is_written_by_keyboard_alone_below_its_type(
    open_page: OpenPage,
    keyboard: Keys,
    database: Database,
    admin: Agent,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    make(database, a_category, ticket_type="general", name="other type")
    page = open_page(admin, "categories")
    page.take_focus()
    keys = keyboard(page)
    qtbot.keyClick(keys.focus, Qt.Key.Key_Down)
    wait_for_cells(page.list, "세부유형", [], steps, qtbot)
    keys.new()
    keys.type("세부유형", "Lost")
    keys.save()
    wait_for_cells(page.list, "세부유형", ["Lost"], steps, qtbot)
    wait_for_cells(page.types, "세부유형", ["1", "1", *[""] * 6], steps, qtbot)
    assert [row.ticket_type for row in database.call(ticket_categories)] == ["delivery", "general"]
    keys.press("사용여부")
    keys.type("변경사유", "unused")
    keys.save()
    wait_for_cells(page.list, "사용여부", ["중지"], steps, qtbot)
    wait_for_cells(page.history, "사유", ["unused", ""], steps, qtbot)
    assert [row.name for row in database.call(ticket_categories)] == ["other type"]


def test_another_type_is_shown_only_once_nothing_typed_is_lost(
    open_page: OpenPage,
    keyboard: Keys,
    database: Database,
    admin: Agent,
    steps: Steps,
    qtbot: QtBot,
    prompts: AnsweredPrompts,
) -> None:
    make(database, a_category, ticket_type="general", name="a")
    make(database, a_category, ticket_type="delivery", name="b")
    page = open_page(admin, "categories")
    keys = keyboard(page)
    page.take_focus()
    keys.type("세부유형", "typed")
    prompts.answers = ["취소", "버리기"]
    page.types.table.selectRow(1)
    qtbot.waitUntil(lambda: page.types.current_row().code == "general")
    assert (cells(page.list, "세부유형"), page.form.values()["name"]) == (["a"], "typed")
    page.types.table.selectRow(1)
    wait_for_cells(page.list, "세부유형", ["b"], steps, qtbot)
    assert (page.types.current_row().code, page.form.values()["name"]) == ("delivery", "b")
    page.types.choose()
    assert keys.focus is page.list.table


def test_categories_are_put_in_order_within_their_type(
    open_page: OpenPage,
    keyboard: Keys,
    database: Database,
    admin: Agent,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    for place, name in enumerate("가나", 1):
        make(database, a_category, ticket_type="general", name=name, sort=place)
    page = open_page(admin, "categories")
    page.take_focus()
    keyboard(page).press("아래로")
    wait_for_cells(page.list, "세부유형", ["나", "가"], steps, qtbot)
    page.list.table.selectRow(0)
    qtbot.waitUntil(lambda: steps.run() or cells(page.history, "작업") == ["변경", "추가"])
    assert cells(page.history, "내용")[0] == "나 · 순서: 2 → 1"


def test_an_open_form_offers_a_category_that_was_just_made_and_keeps_its_own(
    kims_desk: UiContext, database: Database, steps: Steps, qtbot: QtBot
) -> None:
    gone = make(database, a_category, ticket_type="general", name="옛 유형")
    screen = TicketFormScreen(kims_desk)
    qtbot.addWidget(screen)
    steps.run()
    box = screen.fields.category
    screen.fields.ticket_type.set_code("general")
    box.set_category(gone.id, "")

    def change(session: Any) -> None:
        session.execute(text("UPDATE ticket_category SET active = false"))

    database.call(change)
    make(database, a_category, ticket_type="general", name="새 유형")
    kims_desk.changes.publish(frozenset({SETTINGS}))
    steps.run()
    assert [box.itemText(place) for place in range(box.count())] == ["", "새 유형", "옛 유형"]
    assert (box.category_id(), box.currentText()) == (gone.id, "옛 유형")


def test_a_day_is_marked_renamed_and_cleared_by_keyboard_alone(
    open_page: OpenPage,
    keyboard: Keys,
    database: Database,
    admin: Agent,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    page = open_page(admin, "holidays")
    year = find(page, CodeChoice, "연도").code()
    day = f"{year}-07-05"
    page.take_focus()
    keys = keyboard(page)
    keys.new()
    keys.type("날짜", day)
    keys.type("휴일명", "Anniversary")
    keys.save()
    qtbot.waitUntil(lambda: steps.run() or day in cells(page.list, "날짜"))
    place = cells(page.list, "날짜").index(day)
    assert cells(page.list, "구분")[place] == "휴무"
    assert cells(page.list, "수정자")[place] == "최관리"
    assert page.row.day.isoformat() == day
    keys.tab_to("구분")
    qtbot.keyClick(keys.focus, Qt.Key.Key_Down)
    keys.save()
    qtbot.waitUntil(lambda: steps.run() or cells(page.list, "구분")[place] == "근무")
    wait_for_cells(page.history, "작업", ["변경", "추가"], steps, qtbot)
    assert cells(page.history, "내용")[0] == "Anniversary · 구분: 휴무 → 근무"
    keys.tab_to("구분")
    qtbot.keyClick(keys.focus, Qt.Key.Key_Home)
    keys.save()
    qtbot.waitUntil(lambda: steps.run() or day not in cells(page.list, "날짜"))
    assert not page.form.bar.isVisible()


def choose_year(page: Any, year: int) -> None:
    box = find(page, CodeChoice, "연도")
    box.set_code(str(year))
    box.code_chosen.emit()


def choose_next_year(page: Any, steps: Steps, qtbot: QtBot) -> str:
    """Its first day, a public holiday, which is the record in the form then."""
    year = int(find(page, CodeChoice, "연도").code()) + 1
    choose_year(page, year)
    first = f"{year}-01-01"
    qtbot.waitUntil(lambda: steps.run() or cells(page.list, "날짜")[:1] == [first])
    return first


def test_the_house_works_on_a_public_holiday_until_its_mark_is_cleared(
    open_page: OpenPage, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(admin, "holidays")
    first = choose_next_year(page, steps, qtbot)
    sort = find(page, CodeChoice, "구분")
    for code, shown in (("works", "근무"), ("plain", "공휴일")):
        sort.set_code(code)
        button(page, "저장").click()
        qtbot.waitUntil(lambda wanted=shown: steps.run() or cells(page.list, "구분")[0] == wanted)
        assert page.row.day.isoformat() == first


def test_a_day_is_refused_beside_its_field(
    open_page: OpenPage, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(admin, "holidays")
    year = int(choose_next_year(page, steps, qtbot)[:4]) + 1
    find(page, QLineEdit, "휴일명").setText("다른 이름")
    button(page, "저장").click()
    assert error(page, "구분") == "휴무인지 근무인지 고르십시오."
    button(page, "취소").click()
    button(page, "신규").click()
    find(page, QLineEdit, "날짜").setText("12월 31일")
    button(page, "저장").click()
    assert error(page, "날짜") == "날짜를 2026-12-31처럼 입력하십시오."
    find(page, QLineEdit, "날짜").setText(f"{year}.12.30.")
    find(page, QLineEdit, "휴일명").setText("연말")
    button(page, "저장").click()
    qtbot.waitUntil(lambda: steps.run() or f"{year}-12-30" in cells(page.list, "날짜"))
    button(page, "신규").click()
    find(page, QLineEdit, "날짜").setText(f"{year}-12-30")
    find(page, QLineEdit, "휴일명").setText("연말")
    button(page, "저장").click()
    steps.run()
    assert error(page, "날짜") == "이미 표시한 날입니다. 목록에서 골라 고치십시오."


def test_another_year_is_shown_only_once_nothing_typed_is_lost(
    open_page: OpenPage, admin: Agent, steps: Steps, qtbot: QtBot, prompts: AnsweredPrompts
) -> None:
    page = open_page(admin, "holidays")
    year = find(page, CodeChoice, "연도")
    before = year.code()
    find(page, QLineEdit, "휴일명").setText("다른 이름")
    prompts.answers = ["취소"]
    choose_year(page, int(before) + 1)
    qtbot.waitUntil(lambda: year.code() == before)
    assert find(page, QLineEdit, "휴일명").text() == "다른 이름"
