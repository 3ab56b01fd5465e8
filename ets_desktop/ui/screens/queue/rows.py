"""The rows of 대기열: a ticket that was handed on, or a caller who tried in vain."""

from dataclasses import dataclass
from datetime import datetime

from ets_desktop.queries.missed_work import MissedCallRow, OfferedTo, WholeQueue
from ets_desktop.queries.work import TransferredRow


@dataclass(frozen=True, slots=True)
class QueueRow:
    """Exactly one of `ticket` and `missed`; `offered` is to whom it lies open right now."""

    ticket: TransferredRow | None = None
    missed: MissedCallRow | None = None
    offered: OfferedTo | None = None
    mine: bool = False

    @property
    def since(self) -> datetime:
        if self.ticket is not None:
            return self.ticket.sent_at
        assert self.missed is not None
        return self.missed.since

    @property
    def number(self) -> str:
        """Whom 통화 calls, in digits; "" for nobody."""
        if self.ticket is not None:
            return self.ticket.phone
        assert self.missed is not None
        return self.missed.number

    def is_red(self, now: datetime) -> bool:
        if self.ticket is not None:
            return self.ticket.is_red(now)
        assert self.missed is not None
        return now >= self.missed.late_at


def queue_key(row: QueueRow) -> tuple[str, int]:
    if row.ticket is not None:
        return "ticket", row.ticket.ticket_id
    assert row.missed is not None
    return "missed", row.missed.missed_call_id


def rows_of(whole: WholeQueue, agent_id: int) -> tuple[list[QueueRow], list[QueueRow]]:
    """대기열 (what is offered to me first, then the oldest) and 진행 중."""
    waiting = [
        _row(whole.transfers.get(each.transfer_id or 0), agent_id, ticket=each)
        for each in whole.queue.waiting
    ]
    taken = [QueueRow(ticket=each) for each in whole.queue.in_progress]
    for each in whole.missed:
        if each.taken:
            taken.append(QueueRow(missed=each))
        else:
            offered = whole.calls.get(each.missed_call_id)
            waiting.append(_row(offered, agent_id, missed=each))
    return (
        sorted(waiting, key=lambda row: (not row.mine, row.since)),
        sorted(taken, key=lambda row: row.since),
    )


def _row(
    offered: OfferedTo | None,
    agent_id: int,
    ticket: TransferredRow | None = None,
    missed: MissedCallRow | None = None,
) -> QueueRow:
    mine = offered is not None and offered.agent_id == agent_id
    return QueueRow(ticket, missed, offered, mine)
