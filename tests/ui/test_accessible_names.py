"""Every control of every screen as a screen reader finds it: names, labels, headers (spec 15)."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.help import HelpDialog
from ets_desktop.ui.login import LoginWindow
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.prompts import message_box
from ets_desktop.ui.registry import SCREENS, ScreenEntry
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.text_dialog import TextDialog
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.screens.conftest import kims_desk
from tests.ui.test_accessibility import every

__all__ = ["database", "desk_database", "kim", "kims_desk", "lee", "login", "park", "team"]


def words(text: str) -> set[str]:
    """Names without blanks in them."""
    return set(text.split())


Role = QAccessible.Role
NAME = QAccessible.Text.Name
FIELDS = {Role.EditableText, Role.ComboBox, Role.SpinBox}
NAMED = FIELDS | {Role.Button, Role.CheckBox, Role.RadioButton, Role.Table, Role.List, Role.PageTab}
HANGUL = re.compile("[가-힣]")
#: Names that spec 15 writes without Hangul.
FOREIGN = {"DB", "MGM", "SMS", "Yes", "No"}
#: Texts that are only shown, below a list which says whose they are.
UNLABELLED = {"접수내용 보기", "이관이력", "상담상태 경과"}

#: Spec 15, what is there on every screen …
WINDOW = words(
    "담당자 내선 상담상태 수신번호 수신일시 통화시간 미처리 DB 전화연결 고객ID 고객명 등급 주의고객"
    " 누적접수 신규고객 고객저장 고객상세 고정 숨김 접수 통화 폭언"
) | {"당일 콜 히스토리"}
#: … and what on one. Here is the place to add what a new part of a screen promises.
NAMES = {
    "ticket_form": words(
        "접수번호 상태 접수일시 완료일시 경과 접수경로 고객 주문번호 상품번호 접수유형 세부유형"
        " 제목 접수내용 글자수 태그 완료예정일 이관담당자 이관사유 콜백일시 콜백번호 상용구"
        " 접수정보저장 이관처리 완료처리 콜백 임시저장 폐기처리 새화면 고객주문내역 고객접수내역"
        " 주문관련접수내역 상품관련접수내역 접촉이력 고객여정 변경이력 선택 조회"
    )
    | {"고객 지우기", "주문번호 지우기", "상품번호 지우기", "접수 버튼 바", "추가 접수 새화면"}
    | {"주문 상세"},
    "order_search": words(
        "통합검색 시작일 종료일 오늘 어제 1주 1개월 3개월 전체 판매처 주문번호 주문자 수취인"
        " 전화번호 상품 송장번호 주문상태 주소 조회 중지 초기화 주문목록 주문관련접수내역"
    )
    | {"기간 기준", "주문 선택", "상품 선택", "엑셀 저장", "주문 상세", "배송조회"},
    "ticket_search": words("담당자 상태 접수유형 고객 전화번호 주문번호 내용 태그 조회")
    | {"전체상담이력", "엑셀 저장", "선택"},
    "agent_work": {"당일통화내역", "받은 이관", "보낸 이관", "접수", "콜백", "선택"},
    "recent_transfers": {"최근이관이력", "선택"},
    "drafts": {"접수정보 임시저장", "불러오기", "삭제"},
    "queue": {"대기열", "수락", "반려", "진행 중", "통화", "부재 처리"},
    "return_claims": words("반품처리 유형 단계 보류 경과 주문번호 고객 접수 해제 거부 철회 조회"),
    "exchange_claims": words("교환처리 유형 단계 보류 경과 주문번호 고객 접수 해제 거부 철회 조회"),
    "pickups": words("택배회수이력 시작일 종료일 택배사 상태 주문번호 고객 송장번호 조회")
    | {"회수 재요청", "회수 취소", "선택", "엑셀 저장"},
    "board": words("팀 월보드 로그아웃 포기 응답률 미완료 지연")
    | {"상담원 현황", "상태 변경", "엑셀 저장", "울리는 통화", "오늘 통화", "이관 대기"},
    "administration": words("신규 저장 취소 아이디 이름 역할 내선번호 팀 변경사유 접속기록")
    | {"관리 항목", "상담원 목록", "상담원 목록 변경 이력"},
    "returned_parcels": words("송장번호 반품상품 입고확인 환불 교환출고 고객회송 비고 사진")
    | words("양품 불량 구성품누락 오반품")
    | {"미확인 반품", "사진 추가"},
}
#: What spec 15 calls the same in two places of one window: the dock's buttons and those of
#: 당일통화내역, the agent of the top bar and the condition, 선택 above each table.
TWICE = {
    "agent_work": {"접수", "통화", "부재 처리"},
    "ticket_search": {"담당자"},
    "transfer_queue": {"담당자"},
    "access_review": {"담당자"},
    "queue": {"선택", "통화", "부재 처리"},
    "return_claims": {"접수"},
    "exchange_claims": {"접수"},
}
#: 접촉이력 is the name of a page, of the inner one in it and of the list there; the top
#: bar names the customer as 고객상세 does.
FORM_TWICE = {"접촉이력": {"접촉이력"}, "고객상세": {"고객명", "등급"}}
DIALOGS = {
    "고객 선택": {"고객목록", "선택", "신규고객", "취소"},
    "폐기처리": {"폐기사유", "확인", "취소"},
    "도움말": {"단축키", "진단", "닫기"},
    "명령 찾기": {"명령", "명령목록"},
    "주문 연결": {"Yes", "No"},
    "ETS 로그인": {"아이디", "비밀번호", "서버", "로그인", "종료"},
}


def name_of(node: QAccessibleInterface) -> str:
    """A combo box is called by its label on Linux; everything else by its name."""
    if node.role() == Role.ComboBox:
        return " ".join(labels_of(node))
    return node.text(NAME)


def labels_of(node: QAccessibleInterface) -> list[str]:
    return [
        other.text(NAME)
        for other, relation in node.relations()
        if relation == QAccessible.RelationFlag.Label
    ]


def shown(widget: QWidget) -> list[QAccessibleInterface]:
    """What a person sees below `widget`, and what they would find behind a scroll bar."""
    root = QAccessible.queryAccessibleInterface(widget)
    assert root is not None
    return [node for node in every(root) if is_shown(node)]


def is_shown(node: QAccessibleInterface) -> bool:
    widget = node.object()
    if isinstance(widget, QWidget):
        return widget.isVisible()
    return not node.state().invisible


@pytest.fixture
def window(
    kims_desk: UiContext, state: WindowState, steps: Steps, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    QAccessible.setActive(True)
    desk = WindowDesk(state)
    session = replace(kims_desk.agent, role="admin")
    window = MainWindow(replace(kims_desk, desk=desk, agent=session), desk, Diagnostics())
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    steps.run()
    yield window
    QAccessible.setActive(False)


class Found:
    """The named nodes of a window, and what is wrong with them."""

    def __init__(self, nodes: list[QAccessibleInterface]) -> None:
        self.named = [(node.role(), name_of(node)) for node in nodes if node.role() in NAMED]
        self.names = {name for _, name in self.named} | {
            node.text(NAME) for node in nodes if node.role() == Role.ToolBar
        }
        self.unnamed = [
            (node.role(), node.object())
            for node in nodes
            if node.role() in NAMED and not readable(name_of(node))
        ]
        self.unlabelled = [
            name_of(node)
            for node in nodes
            if node.role() in FIELDS and not labels_of(node) and not is_told_apart(node)
        ]
        self.headless = [
            node.text(NAME)
            for node in nodes
            if node.role() == Role.ColumnHeader and not readable(node.text(NAME))
        ]

    def twice(self, allowed: Collection[str]) -> dict[str, int]:
        counted = Counter(self.named)
        return {
            name: number
            for (_, name), number in counted.items()
            if number > 1 and name not in allowed and not name.endswith("오류")
        }


def readable(name: str) -> bool:
    return bool(HANGUL.search(name)) or name in FOREIGN


def is_told_apart(node: QAccessibleInterface) -> bool:
    """Reasons and notes, and the line inside a combo box, whose box has the label, carry their own
    name."""
    inside = node.object().parent()
    own = node.text(NAME).endswith(("오류", "안내")) or node.text(NAME) in UNLABELLED
    return own or isinstance(inside, QComboBox)


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.id)
def test_every_control_of_a_screen_can_be_named(
    entry: ScreenEntry, window: MainWindow, steps: Steps
) -> None:
    window.tabs.open(entry.id)
    steps.run()
    found = Found(shown(window))
    assert found.unnamed == []
    assert found.unlabelled == []
    assert found.headless == []
    assert found.twice(TWICE.get(entry.id, set())) == {}
    assert WINDOW | NAMES.get(entry.id, set()) <= found.names


def test_every_page_of_the_form_can_be_named(window: MainWindow, steps: Steps) -> None:
    screen = window.tabs.open("ticket_form")
    assert isinstance(screen, TicketFormScreen)
    screen.fields.ticket_type.set_code("complaint")
    for title in screen.pages.titles:
        screen.pages.open_page(title)
        steps.run()
        found = Found(shown(window))
        assert (title, found.unnamed, found.unlabelled, found.headless) == (title, [], [], [])
        assert (title, found.twice(FORM_TWICE.get(title, set()))) == (title, {})


def test_every_dialog_can_be_named(
    window: MainWindow, kims_desk: UiContext, state: WindowState, qtbot: QtBot
) -> None:
    for dialog in (
        CustomerChooser((), "", state, window),
        TextDialog("폐기처리", "폐기사유", parent=window),
        HelpDialog(window._desk.actions, Diagnostics(), window),
        Palette(window._desk.actions, window),
        message_box(window, "주문 연결", "연결하시겠습니까?", ("Yes", "No")),
        LoginWindow(kims_desk.hub, lambda _: None, state),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        found = Found(shown(dialog))
        title = dialog.windowTitle()
        assert (title, found.unnamed, found.unlabelled) == (title, [], [])
        assert (title, found.twice(set())) == (title, {})
        assert DIALOGS[title] <= found.names
        dialog.hide()
