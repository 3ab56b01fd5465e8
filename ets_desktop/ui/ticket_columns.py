"""The columns every list of tickets has (spec 15); names and numbers are masked (spec 80)."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.tickets import OPEN_STATUSES, Priority
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.queries.work import TransferredRow
from ets_desktop.ui.formats import day_text, elapsed_text, moment_text
from ets_desktop.ui.labels import PRIORITIES, TICKET_STATUSES, TICKET_TYPES, word
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled

Ticket = TypeVar("Ticket", bound=TicketRow)

Now = Callable[[], datetime]


def ticket_columns(now: Now, *, closed: bool = True) -> tuple[Column[Ticket], ...]:
    """`now` keeps 경과 current: call `model.refresh_texts()` each minute.

    A list without `closed` tickets has a narrow 완료일시.
    """
    return (
        Column("접수번호", lambda row: row.ticket_no, 13, least=11),
        Column("접수일시", lambda row: moment_text(row.created_at), 19),
        Column("접수유형", lambda row: word(TICKET_TYPES, row.ticket_type), 8, least=7),
        Column("고객", lambda row: mask_name(row.customer), 8, least=5),
        Column("연락처", lambda row: mask_phone(row.phone), 14, least=12, dials=_dialled),
        Column("주문번호", lambda row: row.channel_order_no, 19, tip=lambda row: row.order_no),
        Column("상품", lambda row: row.product, 20, least=7),
        Column("제목", lambda row: row.title, 26, least=8),
        Column("상태", lambda row: word(TICKET_STATUSES, row.status), 5, CENTER, least=4),
        Column("담당자", lambda row: row.assignee, 8, least=6),
        Column("완료예정일", lambda row: day_text(row.due_on), 11, least=10),
        Column(
            "완료일시",
            lambda row: moment_text(row.completed_at),
            19 if closed else 8,
            least=10 if closed else 6,
        ),
        Column("경과", lambda row: _open_for(row, now), 10, RIGHT, least=9),
    )


def is_red(now: Now) -> Callable[[TicketRow], bool]:
    """The red rule of spec 10 for `TablePanel(row_red=…)`."""
    return lambda row: row.is_red(now())


def ticket_key(row: TicketRow) -> int:
    return row.ticket_id


def priority_word(row: TransferredRow) -> str:
    """우선순위, where it is not the usual one."""
    return "" if row.priority == Priority.NORMAL else word(PRIORITIES, row.priority)


def has_priority(row: TransferredRow) -> bool:
    return row.priority == Priority.HIGH


def _dialled(row: TicketRow) -> Dialled:
    return Dialled(row.phone, DialledFrom(ticket_id=row.ticket_id))


def _open_for(row: TicketRow, now: Now) -> str:
    return open_for(row.status, row.created_at, row.completed_at, now)


def open_for(status: str, created_at: datetime, completed_at: datetime | None, now: Now) -> str:
    """How long it is or was open; a discarded ticket does not tell when it ended."""
    if completed_at is not None:
        return elapsed_text(completed_at - created_at)
    return elapsed_text(now() - created_at) if status in OPEN_STATUSES else ""
