"""The words of spec 15, held against every list and dialog a person can come to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.conflict import ConflictDialog
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.operations.abuse import WARNINGS, AbuseDialog
from ets_desktop.ui.operations.call_back import OutcomeDialog
from ets_desktop.ui.prompts import message_box
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.screens.pickup_request.dialog import PickupRequestDialog
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.kept.recovery_dialog import RecoveryDialog
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.counted_tabs import CountedTabs
from ets_desktop.ui.widgets.export_dialog import ExportDialog
from ets_desktop.ui.widgets.text_dialog import TextDialog
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.screens.conftest import kims_desk
from tests.ui.test_accessible_names import Found, shown, words

__all__ = ["database", "desk_database", "kim", "kims_desk", "lee", "login", "park", "team"]

TICKET = (
    "접수번호 접수일시 접수유형 고객 연락처 주문번호 상품 제목 상태 담당자 완료예정일 완료일시 경과"
)
CALLS = "시각 구분 전화번호 고객 접수번호 통화시간 상태"
#: Spec 15, "Columns": what is told of a list, in its order.
COLUMNS = {
    "주문목록": "주문일시 판매처 주문번호 주문자 수취인 연락처 상품 수량 금액 주문상태 택배사"
    " 송장번호 접수",
    **dict.fromkeys(
        ("고객접수내역", "주문관련접수내역", "상품관련접수내역", "전체상담이력", "접수"), TICKET
    ),
    "받은 이관": f"{TICKET} 보낸_담당자",
    "보낸 이관": f"{TICKET} 받은_담당자",
    "당일 콜 히스토리": CALLS,
    "당일통화내역": CALLS,
    "콜백": f"{TICKET} 콜백일시 콜백번호 시도 결과",
    "고객주문내역": "주문일시 판매처 주문번호 상품 수량 금액 주문상태",
    "주문상품": "상품번호 상품명 옵션 수량 판매가 금액 주문상태 택배사 송장번호",
    "배송조회": "일시 위치 상태",
    "접수정보 임시저장": "저장일시 고객 주문번호 제목 구분",
    "변경이력": "변경일시 변경자 항목 이전_값 새_값",
    "최근이관이력": "이관일시 보낸_담당자 받은_담당자 이관사유 접수번호 고객 제목 상태 경과",
    "택배회수이력": "요청일시 택배사 원송장번호 회수송장번호 주문번호 고객 상품 상태 실패사유"
    " 전송상태",
    "반품상품": "상품번호 상품명 수량 검수결과 비고 사진 처분",
}
#: Lists of dialogs.
DIALOG_COLUMNS = {
    "고객목록": "고객번호 고객명 전화번호 등급 주소 최근접촉 근거",
    "변경항목": "항목 내_값 상대_값 변경자 변경일시",
    "반품 대상 상품": "선택 상품번호 상품명 옵션 주문수량 가능수량 수량",
    "교환상품": "상품정보 판매가 수량 금액",
}
#: Spec 15, "Windows and dialogs": title → fields and buttons.
DIALOGS = {
    "고객 선택": words("고객목록 선택 신규고객 취소"),
    "재오픈": words("재오픈사유 확인 취소"),
    "이관 반려": words("반려사유 확인 취소"),
    "저장하지 않은 내용": words("저장 임시저장 버리기 취소"),
    "고객 변경": {"Yes", "No"},
    "변경 충돌": words("변경항목 불러오기 저장") | {"내 값 유지"},
    "콜백 결과": words("성공 부재 콜백취소 닫기") | {"다음 콜백일시"},
    "엑셀 저장": words("사유 파일이름 확인 취소"),
    "이전 작업 복구": words("불러오기 버리기"),
    "폭언 안내": {"다음 문구", "통화 표시", "보호 휴식", "닫기"},
    "택배회수요청": words(
        "택배사 정제결과 비고 사유 비용부담 배송비 결제방법 수거희망일 반품접수처리 동일상품교환"
        " 다른상품교환 닫기"
    )
    | {f"회송지 {what}" for what in words("성명 전화 이동전화 우편번호 주소 상세주소")}
    | {"주소 정제", "반품 대상 상품"},
}


@pytest.fixture
def window(
    kims_desk: UiContext, state: WindowState, steps: Steps, qapp: QApplication, qtbot: QtBot
) -> MainWindow:
    desk = WindowDesk(state)
    session = replace(kims_desk.agent, role="admin")
    window = MainWindow(replace(kims_desk, desk=desk, agent=session), desk, Diagnostics())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    steps.run()
    return window


def headers(root: QWidget) -> Iterator[tuple[str, str]]:
    """Each list below `root`, those of pages behind too, and what its header says."""
    for table in root.findChildren(QTableView):
        model = table.model()
        if model is not None and table.accessibleName():
            across = range(model.columnCount())
            titles = (str(model.headerData(n, Qt.Orientation.Horizontal)) for n in across)
            yield table.accessibleName(), " ".join(title.replace(" ", "_") for title in titles)


def test_every_list_has_the_columns_of_the_spec(window: MainWindow, steps: Steps) -> None:
    found: dict[str, set[str]] = {}
    for entry in SCREENS:
        screen = window.tabs.open(entry.id)
        for tabs in screen.findChildren(CountedTabs):
            for title in tabs.titles:
                tabs.open_page(title)
        if isinstance(screen, TicketFormScreen):
            screen.pages.open_page(screen.pages.titles[0])
        steps.run()
    for name, header in headers(window):
        found.setdefault(name, set()).add(header)
    assert {name: found.get(name) for name in COLUMNS} == {n: {c} for n, c in COLUMNS.items()}


def dialogs(owner: MainWindow, desk: UiContext, state: WindowState) -> Iterator[QWidget]:
    yield CustomerChooser((), "", state, owner)
    yield TextDialog("재오픈", "재오픈사유", parent=owner)
    yield TextDialog("이관 반려", "반려사유", parent=owner)
    yield message_box(owner, "저장하지 않은 내용", "?", ("저장", "임시저장", "버리기", "취소"))
    yield message_box(owner, "고객 변경", "고객을 바꾸시겠습니까?", ("Yes", "No"))
    yield ConflictDialog((), "이상담이 먼저 저장했습니다.", owner)
    yield OutcomeDialog("", desk.house, owner)
    yield ExportDialog("", Path("목록.xlsx"), parent=owner)
    yield RecoveryDialog((), owner)
    yield AbuseDialog(WARNINGS, owner)
    yield PickupRequestDialog(desk.house, owner)


def test_every_dialog_has_the_words_of_the_spec(
    window: MainWindow, kims_desk: UiContext, state: WindowState, qtbot: QtBot
) -> None:
    columns: dict[str, str] = {}
    seen = []
    for dialog in dialogs(window, kims_desk, state):
        qtbot.addWidget(dialog)
        dialog.show()
        title = dialog.windowTitle()
        found = Found(shown(dialog))
        assert (title, found.unnamed, found.unlabelled) == (title, [], [])
        assert (title, DIALOGS[title] - found.names) == (title, set())
        columns |= dict(headers(dialog))
        seen.append(title)
        dialog.hide()
    assert seen == list(DIALOGS)
    assert {name: columns[name] for name in DIALOG_COLUMNS} == DIALOG_COLUMNS
