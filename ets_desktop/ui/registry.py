"""The tabs of the desk, in their order on the screen."""

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from ets_desktop.domain.agents import AgentSession
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """A tab: `factory` is "module:class", imported when the tab is first opened.

    `menus` list it ("주문/CS관리"; 윈도우 lists all), `shortcut` is a key with Ctrl or Alt.
    `at_start` builds it with the window, the others when first opened. A warehouse login has the
    tabs `for_warehouse` and no others.
    """

    id: str
    title: str
    factory: str
    menus: tuple[str, ...]
    shortcut: str
    at_start: bool = False
    supervisors_only: bool = False
    for_warehouse: bool = False

    @property
    def module(self) -> str:
        return self.factory.partition(":")[0]

    def is_for(self, agent: AgentSession) -> bool:
        if agent.in_warehouse:
            return self.for_warehouse
        return agent.is_supervisor or not self.supervisors_only

    def build(self, context: UiContext) -> Screen:
        name = self.factory.partition(":")[2]
        return cast(Screen, getattr(import_module(self.module), name)(context))


# Recipe for a new screen:
# 1. ui/screens/<id>/screen.py with a subclass of Screen (and columns.py, dialogs.py if need be);
# 2. one line here, at its place in the order of spec 10;
# 3. tests/ui/screens/test_<id>.py.
# tests/ui/test_registry.py opens every screen listed here and is red until it opens cleanly.
SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry(
        "ticket_form",
        "CS접수정보 등록",
        "ets_desktop.ui.screens.ticket_form.screen:TicketFormScreen",
        ("주문/CS관리",),
        "Alt+1",
        at_start=True,
    ),
    ScreenEntry(
        "order_search",
        "통합주문검색",
        "ets_desktop.ui.screens.order_search.screen:OrderSearchScreen",
        ("주문/CS관리",),
        "Alt+2",
    ),
    ScreenEntry(
        "ticket_search",
        "전체상담이력",
        "ets_desktop.ui.screens.ticket_search.screen:TicketSearchScreen",
        ("주문/CS관리",),
        "Alt+3",
    ),
    ScreenEntry(
        "agent_work",
        "담당자관련이력",
        "ets_desktop.ui.screens.agent_work.screen:AgentWorkScreen",
        ("주문/CS관리",),
        "Alt+4",
        at_start=True,
    ),
    ScreenEntry(
        "recent_transfers",
        "최근이관이력",
        "ets_desktop.ui.screens.recent_transfers.screen:RecentTransfersScreen",
        ("주문/CS관리",),
        "Alt+5",
    ),
    ScreenEntry(
        "drafts",
        "접수정보 임시저장",
        "ets_desktop.ui.screens.drafts.screen:DraftsScreen",
        ("주문/CS관리",),
        "Alt+6",
        at_start=True,
    ),
    ScreenEntry(
        "queue",
        "대기열",
        "ets_desktop.ui.screens.queue.screen:QueueScreen",
        ("주문/CS관리",),
        "Alt+7",
        at_start=True,
    ),
    ScreenEntry(
        "return_claims",
        "반품처리",
        "ets_desktop.ui.screens.claims.screen:ReturnClaimsScreen",
        ("주문/CS관리",),
        "Alt+8",
    ),
    ScreenEntry(
        "exchange_claims",
        "교환처리",
        "ets_desktop.ui.screens.claims.screen:ExchangeClaimsScreen",
        ("주문/CS관리",),
        "Alt+9",
    ),
    ScreenEntry(
        "pickups",
        "택배회수이력",
        "ets_desktop.ui.screens.pickups.screen:PickupsScreen",
        ("물류관리",),
        "Alt+0",
    ),
    ScreenEntry(
        "returned_parcels",
        "반품회송처리",
        "ets_desktop.ui.screens.returned_parcels.screen:ReturnedParcelsScreen",
        ("물류관리",),
        "Alt+-",
        for_warehouse=True,
    ),
    ScreenEntry(
        "transfer_queue",
        "이관 큐",
        "ets_desktop.ui.screens.transfer_queue.screen:TransferQueueScreen",
        ("주문/CS관리",),
        "Alt+[",
        at_start=True,
        supervisors_only=True,
    ),
    ScreenEntry(
        "board",
        "현황판",
        "ets_desktop.ui.screens.board.screen:BoardScreen",
        ("실적관리",),
        "Alt+]",
        supervisors_only=True,
    ),
    ScreenEntry(
        "statistics",
        "통계",
        "ets_desktop.ui.screens.statistics.screen:StatisticsScreen",
        ("실적관리",),
        "Alt+;",
        supervisors_only=True,
    ),
    ScreenEntry(
        "approvals",
        "승인",
        "ets_desktop.ui.screens.approvals.screen:ApprovalsScreen",
        ("주문/CS관리",),
        "Alt+'",
        at_start=True,
        supervisors_only=True,
    ),
    ScreenEntry(
        "access_review",
        "접속기록",
        "ets_desktop.ui.screens.access_review.screen:AccessReviewScreen",
        ("시스템관리",),
        "Alt+=",
        supervisors_only=True,
    ),
    ScreenEntry(
        "administration",
        "관리",
        "ets_desktop.ui.screens.administration.screen:AdministrationScreen",
        ("시스템관리",),
        "Alt+\\",
        supervisors_only=True,
    ),
)
