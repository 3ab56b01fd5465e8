"""The main window: tabs built on demand, wishes passed on, nothing unsaved lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.domain.dialling import NOTHING
from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.ui.cards import CallCard, CallLine, OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.help import HelpDialog
from ets_desktop.ui.list_age import ListAge
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.registry import ScreenEntry
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.theme import RED_ROLE
from ets_desktop.ui.widgets.side_dialog import SideDialog
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests.ui.test_topbar import RINGING, line


class Form(Screen):
    """A form with one field, which lets go only when told to."""

    built = 0

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        Form.built += 1
        self.asked: list[tuple[str, object]] = []
        self.unsaved = False
        self.then: Callable[[], object] | None = None
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        context.desk.attach_form(self)

    def take_focus(self) -> None:
        self.field.setFocus()

    def leave(self, then: Callable[[], object]) -> None:
        if self.unsaved:
            self.then = then
        else:
            then()

    def abandon(self, then: Callable[[], object]) -> None:
        self.then = then

    def load_ticket(self, ticket_id: int) -> None:
        self.asked.append(("load_ticket", ticket_id))

    def load_draft(self, draft_id: object) -> None:
        self.asked.append(("load_draft", draft_id))

    def load_customer(self, customer_id: int) -> None:
        self.asked.append(("load_customer", customer_id))

    def take_order(self, order: OrderChoice) -> None:
        self.asked.append(("take_order", order))

    def take_call(self, call_id: int) -> None:
        self.asked.append(("take_call", call_id))


class Search(Screen):
    """Counts how often it came to the front."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.fronted = 0

    def come_to_front(self) -> None:
        self.fronted += 1


HERE = __name__
ENTRIES = (
    ScreenEntry("ticket_form", "CS접수정보 등록", f"{HERE}:Form", ("주문/CS관리",), "Alt+1", True),
    ScreenEntry("order_search", "통합주문검색", f"{HERE}:Search", ("물류관리",), "Alt+2"),
    ScreenEntry("agent_work", "담당자관련이력", f"{HERE}:Search", ("실적관리",), "Alt+4"),
    ScreenEntry("queue", "이관 큐", f"{HERE}:Search", (), "Alt+9", supervisors_only=True),
)


@pytest.fixture
def desk(qapp: QApplication, state: WindowState) -> WindowDesk:
    return WindowDesk(state)


@pytest.fixture
def window(context: UiContext, desk: WindowDesk, qtbot: QtBot) -> MainWindow:
    return open_window(context, desk, qtbot)


def open_window(context: UiContext, desk: WindowDesk, qtbot: QtBot) -> MainWindow:
    Form.built = 0
    window = MainWindow(replace(context, desk=desk), desk, Diagnostics(), ENTRIES)
    qtbot.addWidget(window, before_close_func=let_go)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def let_go(window: MainWindow) -> None:
    for screen in window.tabs.screens():
        if isinstance(screen, Form):
            screen.unsaved = False


def form(window: MainWindow) -> Form:
    screen = window.tabs.screens()[0]
    assert isinstance(screen, Form)
    return screen


def titles(window: MainWindow) -> list[str]:
    return [window.tabs.tabText(number) for number in range(window.tabs.count())]


def test_the_window_is_large_enough_and_no_larger_than_small_screens(window: MainWindow) -> None:
    assert (window.minimumWidth(), window.minimumHeight()) == (1280, 800)
    assert window.minimumSizeHint().width() <= 1280


def test_only_the_first_tabs_are_built_at_start(window: MainWindow) -> None:
    assert len(window.tabs.screens()) == 1
    window.tabs.open("order_search")
    assert len(window.tabs.screens()) == 2


def test_a_tab_is_built_once_and_told_each_time_it_comes_to_the_front(window: MainWindow) -> None:
    search = window.tabs.open("order_search")
    window.tabs.open("ticket_form")
    assert window.tabs.open("order_search") is search
    assert isinstance(search, Search)
    assert search.fronted == 2
    assert Form.built == 1


def test_typing_goes_to_the_first_tab_at_start(window: MainWindow) -> None:
    assert QApplication.focusWidget() is form(window).field


def test_a_supervisors_tab_shows_for_supervisors_only(
    window: MainWindow, context: UiContext, state: WindowState, qtbot: QtBot
) -> None:
    assert "이관 큐" not in titles(window)
    supervisor = replace(context, agent=replace(context.agent, role="supervisor"))
    assert "이관 큐" in titles(open_window(supervisor, WindowDesk(state), qtbot))


def test_every_list_says_that_the_database_cannot_be_heard(
    window: MainWindow, desk: WindowDesk
) -> None:
    desk.call_dock.show_calls((line(1),), RINGING.rang_at)
    [age] = window.findChildren(ListAge)
    told = age.text()
    desk.top_bar.show_link("전화연결", False)
    assert age.text() == told
    desk.top_bar.show_link("DB", False)
    assert age.text() == f"{told} · 연결 끊김"
    desk.top_bar.show_link("DB", True)
    assert age.text() == told


def test_a_count_stands_behind_the_title_and_not_in_the_name(
    window: MainWindow, desk: WindowDesk
) -> None:
    desk.set_count("agent_work", 1207, red=True)
    bar = window.tabs.tabBar()
    assert titles(window)[2] == "담당자관련이력 (1,207)"
    assert bar.accessibleTabName(2) == "담당자관련이력"
    assert bar.tabTextColor(2).isValid()
    desk.set_count("agent_work", 0)
    assert titles(window)[2] == "담당자관련이력"
    assert bar.tabTextColor(2) == QColor()


def test_a_red_count_takes_the_red_of_a_new_theme(window: MainWindow, desk: WindowDesk) -> None:
    desk.set_count("agent_work", 3, red=True)
    palette = window.palette()
    palette.setColor(RED_ROLE, QColor("#ff8078"))
    window.tabs.setPalette(palette)
    assert window.tabs.tabBar().tabTextColor(2).name() == "#ff8078"


def test_a_count_of_a_tab_that_is_not_there_does_no_harm(
    window: MainWindow, desk: WindowDesk
) -> None:
    desk.set_count("drafts", 3)
    assert titles(window) == ["CS접수정보 등록", "통합주문검색", "담당자관련이력"]


def test_the_order_of_the_tabs_is_remembered(
    window: MainWindow, context: UiContext, state: WindowState, qtbot: QtBot
) -> None:
    window.tabs.tabBar().moveTab(0, 2)
    again = open_window(context, WindowDesk(state), qtbot)
    assert titles(again) == ["통합주문검색", "담당자관련이력", "CS접수정보 등록"]


def test_wishes_reach_the_form_whatever_tab_is_open(window: MainWindow, desk: WindowDesk) -> None:
    window.tabs.open("order_search")
    choice = OrderChoice(5, 6)
    desk.load_ticket(1)
    assert window.tabs.currentIndex() == 0
    desk.load_customer(3)
    desk.take_order(choice)
    desk.take_call(4)
    assert form(window).asked == [
        ("load_ticket", 1),
        ("load_customer", 3),
        ("take_order", choice),
        ("take_call", 4),
    ]


def test_a_wish_without_a_form_is_a_bug(desk: WindowDesk) -> None:
    with pytest.raises(RuntimeError):
        desk.load_ticket(1)


def test_f2_takes_the_call_that_is_shown(
    window: MainWindow, desk: WindowDesk, qtbot: QtBot
) -> None:
    qtbot.keyClick(form(window).field, Qt.Key.Key_F2)
    assert desk.status_line.message == "걸려온 통화가 없습니다."
    desk.top_bar.show_call(RINGING)
    qtbot.keyClick(form(window).field, Qt.Key.Key_F2)
    assert form(window).asked == [("take_call", RINGING.call_id)]


def test_the_dock_hands_its_call_to_the_form(window: MainWindow, desk: WindowDesk) -> None:
    desk.call_dock.call_accept_requested.emit(line(9))
    assert form(window).asked == [("take_call", 9)]


def test_a_call_does_not_disturb_typing(window: MainWindow, desk: WindowDesk, qtbot: QtBot) -> None:
    field = form(window).field
    qtbot.keyClicks(field, "abc")
    desk.top_bar.show_call(RINGING)
    desk.call_dock.put_call(line(7))
    qtbot.keyClicks(field, "def")
    assert field.text() == "abcdef"
    assert QApplication.focusWidget() is field


def test_alt_and_a_number_open_a_tab(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(form(window).field, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.tabs.currentIndex() == 1
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is form(window).field


def test_keys_lead_into_a_dialog_beside_the_window_and_back(
    window: MainWindow, desk: WindowDesk, qtbot: QtBot
) -> None:
    """As 콜백 결과 stands there while the customer is on the telephone."""
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_F12, control)
    assert desk.status_line.message == "옆에 열린 창이 없습니다."
    dialog = SideDialog(window)
    field = QLineEdit(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(field, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert window.tabs.currentIndex() == 1
    qtbot.keyClick(window, Qt.Key.Key_F12, control)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)


def test_the_next_tab_goes_round(window: MainWindow) -> None:
    window.tabs.step(-1)
    assert window.tabs.currentIndex() == 2
    window.tabs.step(1)
    assert window.tabs.currentIndex() == 0


def menus(window: MainWindow) -> dict[str, list[str]]:
    bar = window.menuWidget().findChildren(QMenu)
    return {menu.title(): [a.text() for a in menu.actions() if a.text()] for menu in bar}


def test_the_menus_are_those_of_the_spec_and_none_is_empty(window: MainWindow) -> None:
    found = menus(window)
    assert list(found) == [
        "파일(&F)",
        "고객관리",
        "주문/CS관리",
        "물류관리",
        "실적관리",
        "시스템관리",
        "윈도우(&W)",
        "언어",
    ]
    assert all(found.values())
    assert found["물류관리"] == ["통합주문검색"]
    assert found["윈도우(&W)"][-3:] == ["CS접수정보 등록", "통합주문검색", "담당자관련이력"]


def test_an_unpinned_dock_hides_when_work_goes_on_elsewhere(
    window: MainWindow, desk: WindowDesk, qtbot: QtBot
) -> None:
    desk.call_dock.set_pinned(False)
    qtbot.keyClick(form(window).field, Qt.Key.Key_F4)
    assert desk.call_dock.isHidden()
    qtbot.keyClick(form(window).field, Qt.Key.Key_F4)
    assert desk.call_dock.isVisible()
    form(window).field.setFocus()
    assert desk.call_dock.isHidden()


def test_a_pinned_dock_stays(window: MainWindow, desk: WindowDesk) -> None:
    desk.call_dock.take_focus()
    form(window).field.setFocus()
    assert desk.call_dock.isVisible()


def test_known_errors_without_a_place_show_in_the_status_line(
    window: MainWindow, desk: WindowDesk, context: UiContext
) -> None:
    context.hub.error_untold.emit(Unavailable("database_away"))
    assert desk.status_line.message.startswith("데이터베이스에 연결할 수 없습니다.")
    desk.tell(RuleViolation("not_allowed"))
    assert desk.status_line.message == "이 작업을 할 권한이 없습니다."


def test_what_was_done_can_be_taken_back_once(window: MainWindow, desk: WindowDesk) -> None:
    undone: list[str] = []
    undo = desk.status_line.undo_button
    desk.say("삭제했습니다.", lambda: undone.append("undone"))
    assert undo.isVisible()
    undo.click()
    assert undone == ["undone"]
    assert not undo.isVisible()
    desk.say("저장했습니다.")
    assert not undo.isVisible()


def test_dialling_is_passed_on(window: MainWindow, desk: WindowDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.dial_requested) as dialled:
        desk.dial("01000001234")
    assert dialled.args == ["01000001234", NOTHING]


def test_unsaved_text_keeps_the_window_open_until_the_screen_lets_go(
    window: MainWindow, qtbot: QtBot
) -> None:
    form(window).unsaved = True
    assert not window.close()
    assert window.isVisible()
    then = form(window).then
    assert then is not None
    with qtbot.waitSignal(window.closing):
        then()
    assert not window.isVisible()


def test_a_clean_window_closes_at_once(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()
    assert not window.isVisible()


def test_told_to_end_the_window_asks_nothing_and_waits_for_what_is_being_kept(
    window: MainWindow, state: WindowState
) -> None:
    form(window).unsaved = True
    ended: list[bool] = []
    window.end_without_asking(lambda: ended.append(True))
    then = form(window).then
    assert (ended, bool(state.blob("window/geometry"))) == ([], False)
    assert then is not None
    then()
    assert (ended, bool(state.blob("window/geometry"))) == ([True], True)


def test_size_and_docks_are_remembered(
    window: MainWindow, desk: WindowDesk, context: UiContext, state: WindowState, qtbot: QtBot
) -> None:
    desk.call_dock.hide()
    window.close()
    # The offscreen screen is smaller than the window, which Qt then fits in: no size to compare.
    assert not state.blob("window/geometry").isEmpty()
    again = open_window(context, WindowDesk(state), qtbot)
    assert not again.findChild(QWidget, "call_history").isVisible()


def test_a_damaged_state_file_opens_a_usable_window(
    context: UiContext, state: WindowState, qtbot: QtBot
) -> None:
    for key in ("window/geometry", "window/docks", "window/tab_order"):
        state.set_text(key, "rubbish,,")
    window = open_window(context, WindowDesk(state), qtbot)
    assert window.width() >= 1280
    assert len(titles(window)) == 3


def test_f1_lists_the_tabs_too(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(form(window).field, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    dialog.reject()


def test_the_palette_opens_a_tab(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(form(window).field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(Palette)
    assert palette is not None
    palette.field.setText("ㅌㅎㅈㅁ")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.currentIndex() == 1)


def test_the_agent_is_shown(window: MainWindow, desk: WindowDesk) -> None:
    fields = {f.accessibleName(): f.text() for f in desk.top_bar.findChildren(QLineEdit)}
    assert (fields["담당자"], fields["내선"]) == ("김상담", "101")


def test_cards_are_plain_values() -> None:
    assert CallCard(1, "", RINGING.rang_at.astimezone(SEOUL), "ringing").talk_seconds == 0
    assert CallLine(1, RINGING.rang_at, "in", "", "", None, "", None, "ended").ticket_id is None


def test_the_typing_goes_on_in_a_tab_that_another_one_wanted(
    window: MainWindow, desk: WindowDesk, qtbot: QtBot
) -> None:
    search = window.tabs.open("order_search")
    search.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    search.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is search)
    desk.load_ticket(7)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form(window).field)
    desk.top_bar.focus_customer_search()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not form(window).field)
    desk.load_ticket(8)
    assert QApplication.focusWidget() is not form(window).field


def test_the_key_takes_back_the_last_clear_after_other_messages(
    window: MainWindow, desk: WindowDesk
) -> None:
    action = desk.actions.action("undo_clear")
    assert action is not None
    undone: list[str] = []
    desk.say("지웠습니다.", lambda: undone.append("undone"))
    desk.say("전화가 왔습니다.")
    assert not desk.status_line.undo_button.isVisible()
    action.trigger()
    assert undone == ["undone"]
    action.trigger()
    assert (undone, desk.status_line.message) == (["undone"], "되돌릴 것이 없습니다.")
