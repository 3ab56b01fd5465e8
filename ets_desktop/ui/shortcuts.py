"""Every action a key reaches, in one list; tool tips, F1 and Ctrl+K read it.

Keys are F-keys and combinations with Ctrl or Alt only: a plain letter would eat a jamo.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.side_dialog import come_back


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """`where` names the place in which the key works; `id` is what screens bind to."""

    id: str
    label: str
    key: str
    where: str


WINDOW = "어디서나"
FORM = "CS접수정보 등록"
CARD = "고객상세"
SEARCH = "통합주문검색"
#: Keys that every screen with conditions has.
SEARCHES = "조회 조건이 있는 화면"
WORK = "담당자관련이력"
DRAFTS = "접수정보 임시저장"
QUEUE = "대기열"
PARCELS = "반품회송처리"
CLAIMS = "반품처리, 교환처리"
RETURN_CLAIMS = "반품처리"
PICKUPS = "택배회수이력"
ACCESS = "접속기록"
TRANSFERS = "이관 큐"
APPROVALS = "승인"
REQUESTS = "승인, CS접수정보 등록"
REFUNDS = "CS접수정보 등록, 반품처리"
ADMINISTRATION = "관리"
BOARD = "현황판"
STATISTICS = "통계"

# Recipe for a new action: one line here with a key of its own (of its place, where that is a
# screen), and in the screen
# `context.desk.actions.bind_button("<id>", button)` or `.bind("<id>", screen, slot)`.
# tests/ui/test_shortcuts.py refuses keys that type or edit text; tests/ui/test_registry.py
# demands that every line is bound once all tabs are open.
ACTIONS: tuple[ActionEntry, ...] = (
    ActionEntry("help", "도움말", "F1", WINDOW),
    ActionEntry("diagnostics", "진단", "Ctrl+F1", WINDOW),
    ActionEntry("take_call", "걸려온 통화를 접수 화면으로", "F2", WINDOW),
    ActionEntry("find_customer", "고객 찾기", "F3", WINDOW),
    ActionEntry("recent_customers", "최근 고객", "Shift+F3", WINDOW),
    ActionEntry("undo_clear", "지운 내용 되돌리기", "Ctrl+Alt+Z", WINDOW),
    ActionEntry("palette", "명령 찾기", "Ctrl+K", WINDOW),
    ActionEntry("new_customer", "신규고객", "Ctrl+Shift+N", WINDOW),
    ActionEntry("save_customer", "고객저장", "Ctrl+Shift+S", WINDOW),
    ActionEntry("customer_detail", "고객상세", "Ctrl+Shift+D", WINDOW),
    ActionEntry("call_history", "당일 콜 히스토리 보기/숨김", "F4", WINDOW),
    ActionEntry("export_list", "엑셀 저장", "Ctrl+E", WINDOW),
    ActionEntry("take_history_call", "콜 히스토리 접수", "Shift+F2", WINDOW),
    ActionEntry("dial_history_call", "콜 히스토리 통화", "Shift+F4", WINDOW),
    ActionEntry("handle_history_call", "콜 히스토리 부재 처리", "Ctrl+Shift+F4", WINDOW),
    ActionEntry("pin_history", "콜 히스토리 고정", "Ctrl+Shift+P", WINDOW),
    ActionEntry("next_tab", "다음 탭", "Ctrl+PgDown", WINDOW),
    ActionEntry("previous_tab", "이전 탭", "Ctrl+PgUp", WINDOW),
    ActionEntry("open_notice", "알림 열기", "Ctrl+F2", WINDOW),
    ActionEntry("dial_notice", "알림 통화", "Ctrl+Shift+F2", WINDOW),
    ActionEntry("close_notice", "알림 닫기", "Ctrl+F3", WINDOW),
    ActionEntry("dial_number", "전화 걸기", "Ctrl+D", WINDOW),
    ActionEntry("warn_abuse", "폭언", "F12", WINDOW),
    ActionEntry("side_dialog", "옆 창으로", "Ctrl+F12", WINDOW),
    ActionEntry("my_approvals", "내 승인요청", "Ctrl+Alt+J", WINDOW),
    ActionEntry("quit", "종료", "Ctrl+Q", WINDOW),
    ActionEntry("save_ticket", "접수정보저장", "Ctrl+S", FORM),
    ActionEntry("transfer_ticket", "이관처리", "F6", FORM),
    ActionEntry("complete_ticket", "완료처리", "F8", FORM),
    ActionEntry("promise_callback", "콜백", "F7", FORM),
    ActionEntry("park_draft", "임시저장", "F9", FORM),
    ActionEntry("discard_ticket", "폐기처리", "Ctrl+Shift+X", FORM),
    ActionEntry("follow_up_ticket", "추가 접수 새화면", "Ctrl+Shift+A", FORM),
    ActionEntry("new_form", "새화면", "Ctrl+N", FORM),
    ActionEntry("reopen_ticket", "재오픈", "Ctrl+Shift+O", FORM),
    ActionEntry("ask_reopen", "재오픈 요청", "Ctrl+Shift+R", FORM),
    ActionEntry("withdraw_request", "승인요청 취소", "Ctrl+Shift+W", FORM),
    ActionEntry("ask_refund", "환불 승인요청", "Ctrl+Alt+V", REFUNDS),
    ActionEntry("add_to_ticket", "기존 접수에 추가", "Ctrl+J", FORM),
    ActionEntry("begin_ticket", "새 접수", "Ctrl+Shift+J", FORM),
    ActionEntry("retie_form_call", "지금 통화의 고객 바꾸기", "Ctrl+Alt+B", FORM),
    ActionEntry("retie_contact", "접촉이력 통화 고객 바꾸기", "Ctrl+Alt+K", FORM),
    ActionEntry("templates", "상용구", "Ctrl+T", FORM),
    ActionEntry("clear_customer", "고객 지우기", "Ctrl+Alt+1", FORM),
    ActionEntry("clear_order", "주문번호 지우기", "Ctrl+Alt+2", FORM),
    ActionEntry("clear_line", "상품번호 지우기", "Ctrl+Alt+3", FORM),
    ActionEntry("request_form_pickup", "주문 상세 택배회수요청", "Ctrl+Alt+R", FORM),
    ActionEntry("make_card", "고객 만들기", "Ctrl+Alt+N", CARD),
    ActionEntry("edit_card", "고객 편집", "Ctrl+Alt+E", CARD),
    ActionEntry("save_card", "고객 편집 저장", "Ctrl+Alt+S", CARD),
    ActionEntry("leave_card", "고객 편집 취소", "Ctrl+Alt+C", CARD),
    ActionEntry("merge_customers", "고객 병합", "Ctrl+Alt+M", CARD),
    ActionEntry("customer_events", "이벤트내역", "Ctrl+Alt+H", CARD),
    ActionEntry("customer_contacts", "접촉이력", "Ctrl+Alt+L", CARD),
    ActionEntry("search", "조회", "F5", SEARCHES),
    ActionEntry("stop_search", "중지", "Shift+F5", SEARCHES),
    ActionEntry("clear_search", "초기화", "Ctrl+F5", SEARCHES),
    ActionEntry("period_today", "오늘", "Ctrl+F6", SEARCHES),
    ActionEntry("period_yesterday", "어제", "Ctrl+F7", SEARCHES),
    ActionEntry("period_week", "1주", "Ctrl+F8", SEARCHES),
    ActionEntry("period_month", "1개월", "Ctrl+F9", SEARCHES),
    ActionEntry("period_quarter", "3개월", "Ctrl+F10", SEARCHES),
    ActionEntry("period_all", "기간 전체", "Ctrl+F11", SEARCHES),
    ActionEntry("period_year", "1년", "Ctrl+Shift+F9", STATISTICS),
    ActionEntry("period_this_year", "올해", "Ctrl+Shift+F10", STATISTICS),
    ActionEntry("period_last_year", "작년", "Ctrl+Shift+F11", STATISTICS),
    ActionEntry("choose_order", "주문 선택", "Ctrl+Return", SEARCH),
    ActionEntry("choose_line", "상품 선택", "Ctrl+Shift+Return", SEARCH),
    ActionEntry("request_pickup", "택배회수요청", "Ctrl+Alt+Return", SEARCH),
    ActionEntry("reveal_order", "개인정보 보기", "Ctrl+R", SEARCH),
    ActionEntry("take_listed_call", "당일통화내역 접수", "Alt+N", WORK),
    ActionEntry("dial_listed_call", "당일통화내역 통화", "Alt+D", WORK),
    ActionEntry("handle_missed_call", "부재 처리", "Alt+M", WORK),
    ActionEntry("retie_call", "통화 고객 바꾸기", "Alt+K", WORK),
    ActionEntry("accept_transfer", "수락", "Alt+A", WORK),
    ActionEntry("return_transfer", "반려", "Alt+R", WORK),
    ActionEntry("recall_transfer", "회수", "Alt+B", WORK),
    ActionEntry("dial_callback", "콜백 통화", "Alt+C", WORK),
    ActionEntry("accept_offer", "대기열 수락", "Alt+Y", QUEUE),
    ActionEntry("return_offer", "대기열 반려", "Alt+U", QUEUE),
    ActionEntry("dial_offer", "대기열 통화", "Alt+J", QUEUE),
    ActionEntry("handle_offer", "대기열 부재 처리", "Alt+H", QUEUE),
    ActionEntry("accept_claim", "클레임 접수", "Alt+E", CLAIMS),
    ActionEntry("hold_claim", "클레임 보류", "Alt+L", CLAIMS),
    ActionEntry("release_claim", "클레임 보류 해제", "Alt+S", CLAIMS),
    ActionEntry("reject_claim", "클레임 거부", "Alt+X", CLAIMS),
    ActionEntry("withdraw_claim", "클레임 철회", "Alt+V", CLAIMS),
    ActionEntry("order_pickup", "회수지시", "Ctrl+Alt+P", CLAIMS),
    ActionEntry("change_claim_fee", "배송비 변경", "Ctrl+Alt+G", CLAIMS),
    ActionEntry("refund_claims", "클레임 환불", "Alt+G", RETURN_CLAIMS),
    ActionEntry("reship_claims", "클레임 재발송", "Alt+Z", RETURN_CLAIMS),
    ActionEntry("retry_pickup", "회수 재요청", "Alt+T", PICKUPS),
    ActionEntry("cancel_pickup", "회수 취소", "Alt+Q", PICKUPS),
    ActionEntry("receive_return", "입고확인", "Ctrl+0", PARCELS),
    ActionEntry("inspect_good", "검수 양품", "Ctrl+1", PARCELS),
    ActionEntry("inspect_faulty", "검수 불량", "Ctrl+2", PARCELS),
    ActionEntry("inspect_parts_missing", "검수 구성품누락", "Ctrl+3", PARCELS),
    ActionEntry("inspect_wrong_item", "검수 오반품", "Ctrl+4", PARCELS),
    ActionEntry("refund_return", "반품 환불", "Ctrl+7", PARCELS),
    ActionEntry("exchange_return", "반품 교환출고", "Ctrl+8", PARCELS),
    ActionEntry("send_back_return", "반품 고객회송", "Ctrl+9", PARCELS),
    ActionEntry("register_return", "미확인 반품 등록", "Alt+I", PARCELS),
    ActionEntry("find_return_claim", "클레임 찾기", "Ctrl+Alt+F", PARCELS),
    ActionEntry("match_return", "미확인 반품 연결", "Alt+P", PARCELS),
    ActionEntry("add_photo", "반품 사진 추가", "Ctrl+5", PARCELS),
    ActionEntry("show_photos", "반품 사진 보기", "Ctrl+6", PARCELS),
    ActionEntry("reveal_access", "접속기록 조건 보기", "Ctrl+Alt+O", ACCESS),
    ActionEntry("move_transfers", "이관 재배정", "Ctrl+Alt+T", TRANSFERS),
    ActionEntry("spread_transfers", "이관 균등배분", "Ctrl+Alt+U", TRANSFERS),
    ActionEntry("fetch_transfers", "이관 회수", "Ctrl+Alt+Y", TRANSFERS),
    ActionEntry("rank_transfers", "이관 우선순위", "Ctrl+Alt+D", TRANSFERS),
    ActionEntry("note_on_transfers", "이관 메모", "Ctrl+Alt+I", TRANSFERS),
    ActionEntry("new_record", "관리 신규", "Ctrl+N", ADMINISTRATION),
    ActionEntry("save_record", "관리 저장", "Ctrl+S", ADMINISTRATION),
    ActionEntry("leave_record", "관리 취소", "Ctrl+Alt+C", ADMINISTRATION),
    ActionEntry("reset_password", "비밀번호 재설정", "Ctrl+Alt+V", ADMINISTRATION),
    ActionEntry("retire_agent", "상담원 사용중지", "Ctrl+Alt+X", ADMINISTRATION),
    ActionEntry("add_member", "팀원 추가", "Ctrl+Alt+N", ADMINISTRATION),
    ActionEntry("remove_member", "팀원 빼기", "Ctrl+Alt+E", ADMINISTRATION),
    ActionEntry("save_report", "보고서 저장", "Ctrl+Alt+W", ADMINISTRATION),
    ActionEntry("return_agent", "상담원 다시 사용", "Ctrl+Alt+A", ADMINISTRATION),
    ActionEntry("force_state", "상태 변경", "Ctrl+Alt+A", BOARD),
    ActionEntry("log_agent_off", "로그아웃", "Ctrl+Alt+Q", BOARD),
    ActionEntry("wallboard", "월보드", "Ctrl+Alt+W", BOARD),
    ActionEntry("close_board_list", "목록 닫기", "Ctrl+Alt+X", BOARD),
    ActionEntry("approve_request", "요청 승인", "Ctrl+Shift+Y", REQUESTS),
    ActionEntry("refuse_request", "요청 반려", "Ctrl+Shift+B", REQUESTS),
    ActionEntry("open_request", "요청 접수 열기", "Ctrl+Shift+L", APPROVALS),
    ActionEntry("load_draft", "불러오기", "Alt+O", DRAFTS),
    ActionEntry("delete_draft", "삭제", "Alt+Delete", DRAFTS),
)


def key_text(key: str) -> str:
    """A key as people read it on this platform."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def key_of(action_id: str) -> str:
    """The key of `action_id`, as people read it."""
    return key_text(next(entry.key for entry in ACTIONS if entry.id == action_id))


def tip_of(action_id: str) -> str:
    """The tool tip of a button that does what `action_id` does: 엑셀 저장 (Ctrl+E)."""
    entry = next(entry for entry in ACTIONS if entry.id == action_id)
    return f"{translated(entry.label, 'button')} ({key_text(entry.key)})"


def _shown(entry: ActionEntry) -> ActionEntry:
    """In the language of the screens."""
    return replace(entry, label=translated(entry.label, "button"), where=translated(entry.where))


class _EnabledFollower(QObject):
    """Keeps an action as enabled as its button: menus and Ctrl+K offer what can be pressed."""

    def __init__(self, button: QAbstractButton, action: QAction) -> None:
        super().__init__(action)
        self._action = action
        action.setEnabled(button.isEnabled())
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QAbstractButton):
            self._action.setEnabled(watched.isEnabled())
        return False


class Actions(QObject):
    """What the entries do right now: bound by the window and by the screens that are open."""

    def __init__(self, entries: tuple[ActionEntry, ...] = ACTIONS) -> None:
        super().__init__()
        self.entries = tuple(_shown(entry) for entry in entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._bound: dict[str, list[QAction]] = {}

    def bind(
        self, action_id: str, owner: QWidget, slot: Callable[[], object], *, window: bool = False
    ) -> QAction:
        """Make the key of `action_id` call `slot` (a bound method) while `owner` has the focus.

        With `window` it works in the owner's whole window. KeyError for an id not in the list.
        """
        entry = self._by_id[action_id]
        action = QAction(entry.label, owner)
        action.setShortcut(QKeySequence(entry.key))
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut
            if window
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        action.setAutoRepeat(False)
        action.triggered.connect(self._on_triggered)
        action.triggered.connect(slot)
        owner.addAction(action)
        self._bound.setdefault(action_id, []).append(action)
        return action

    def bind_button(self, action_id: str, button: QAbstractButton, owner: QWidget) -> QAction:
        """The key presses `button` while `owner` has the focus; its tool tip tells the key."""
        action = self.bind(action_id, owner, button.click, window=owner.isWindow())
        _EnabledFollower(button, action)
        key = key_text(self._by_id[action_id].key)
        button.setToolTip(f"{button.toolTip() or self._by_id[action_id].label} ({key})")
        return action

    @Slot()
    def _on_triggered(self) -> None:
        """Before what it does: a key pressed beside the window leads back into it."""
        action = self.sender()
        owner = action.parent() if isinstance(action, QAction) else None
        if isinstance(owner, QWidget):
            come_back(owner.window())

    def add(self, entry: ActionEntry) -> None:
        """An entry that another registry brings along: the tabs."""
        self._by_id[entry.id] = _shown(entry)
        self.entries = (*self.entries, self._by_id[entry.id])

    def action(self, action_id: str) -> QAction | None:
        """The live action, None while nothing is bound to it; where several screens have bound it,
        that of the one in front."""
        alive = [action for action in self._bound.get(action_id, ()) if isValid(action)]
        self._bound[action_id] = alive
        in_front = (action for action in alive if _is_shown(action))
        return next(in_front, alive[-1] if alive else None)

    def available(self) -> tuple[tuple[ActionEntry, QAction], ...]:
        """What can be triggered now, in the order of the list."""
        pairs = ((entry, self.action(entry.id)) for entry in self.entries)
        return tuple((entry, action) for entry, action in pairs if action is not None)


def _is_shown(action: QAction) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()
