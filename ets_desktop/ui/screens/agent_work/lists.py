"""The five inner tabs of 담당자관련이력: their titles, buttons and columns."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.queries.work import AgentWork, ListCount, WorkList
from ets_desktop.ui.screens.agent_work.columns import (
    CALL_COLUMNS,
    call_key,
    callback_columns,
    received_columns,
    sent_columns,
)
from ets_desktop.ui.table_panel import CHOOSE, TablePanel
from ets_desktop.ui.tables import Column
from ets_desktop.ui.ticket_columns import Now, is_red, ticket_columns, ticket_key
from ets_desktop.ui.window_state import WindowState

TITLE = "담당자관련이력"
CALLS = "당일통화내역"
HANDLED, RETIE = "부재 처리", "통화 고객 바꾸기"

TITLES: Mapping[WorkList, str] = MappingProxyType(
    {
        WorkList.RECEIVED_TRANSFERS: "받은 이관",
        WorkList.SENT_TRANSFERS: "보낸 이관",
        WorkList.RECEIVED: "접수",
        WorkList.CALLBACKS: "콜백",
    }
)

_BUTTONS: Mapping[WorkList, tuple[str, ...]] = MappingProxyType(
    {
        WorkList.RECEIVED_TRANSFERS: (CHOOSE, "수락", "반려"),
        WorkList.SENT_TRANSFERS: (CHOOSE, "회수"),
        WorkList.RECEIVED: (CHOOSE,),
        WorkList.CALLBACKS: (CHOOSE, "통화"),
    }
)
_COLUMNS: Mapping[WorkList, Callable[[Now], tuple[Column[Any], ...]]] = MappingProxyType(
    {
        WorkList.RECEIVED_TRANSFERS: received_columns,
        WorkList.SENT_TRANSFERS: sent_columns,
        WorkList.RECEIVED: partial(ticket_columns, closed=False),
        WorkList.CALLBACKS: callback_columns,
    }
)


def ticket_panel(which: WorkList, now: Now, state: WindowState) -> TablePanel[TicketRow]:
    return TablePanel(
        TITLES[which],
        _COLUMNS[which](now),
        ticket_key,
        buttons=_BUTTONS[which],
        row_red=is_red(now),
        state=state,
    )


def calls_panel(
    row_red: Callable[[CallHistoryRow], bool], state: WindowState
) -> TablePanel[CallHistoryRow]:
    return TablePanel(
        CALLS,
        CALL_COLUMNS,
        call_key,
        buttons=(CHOOSE, "접수", "통화", HANDLED, RETIE),
        row_red=row_red,
        state=state,
    )


def count_of(work: AgentWork, which: WorkList) -> ListCount:
    counts = {
        WorkList.RECEIVED_TRANSFERS: work.received_transfers,
        WorkList.SENT_TRANSFERS: work.sent_transfers,
        WorkList.RECEIVED: work.received,
        WorkList.CALLBACKS: work.callbacks,
    }
    return counts[which]
