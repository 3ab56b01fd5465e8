"""The columns of 대기열 and 진행 중: what was offered, by whom, why; names are masked (spec 80)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.queries.missed_work import MissedCallRow
from ets_desktop.queries.work import TransferredRow
from ets_desktop.ui.formats import elapsed_text, moment_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.queue.rows import QueueRow
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled
from ets_desktop.ui.ticket_columns import Now, has_priority, priority_word, ticket_columns

#: Columns of tickets that would say the same in every row: an offer is 이관 and not completed, and
#: its holder is 받은 담당자.
_SAID_ALREADY = frozenset({"상태", "담당자", "완료일시"})
#: What a caller who tried in vain has in the columns of tickets; the rest stays empty.
_OF_MISSED: Mapping[str, Callable[[MissedCallRow], str]] = MappingProxyType(
    {
        "고객": lambda row: mask_name(row.customer),
        "연락처": lambda row: mask_phone(row.number),
        "제목": lambda row: tries_words(row),
    }
)


def queue_columns(now: Now) -> tuple[Column[QueueRow], ...]:
    """`대기` is how long it has waited, kept current by `model.refresh_texts()`."""
    tickets: tuple[Column[TransferredRow], ...] = ticket_columns(now, closed=False)
    return (
        Column("구분", _kind, 5, CENTER),
        Column("대기", lambda row: elapsed_text(now() - row.since), 10, RIGHT),
        Column("우선순위", _priority, 8, CENTER, least=4, red=_has_priority),
        Column("배정", _offered_to, 8, red=lambda row: row.mine),
        Column("보낸 담당자", lambda row: row.ticket.from_agent if row.ticket else "", 10),
        Column("받은 담당자", _receiver, 10),
        Column("이관사유", _reason, 24),
        *(_spread(column) for column in tickets if column.title not in _SAID_ALREADY),
        Column("이관일시", lambda row: moment_text(row.since), 19),
    )


def dialled_of(row: QueueRow) -> Dialled:
    """Whom 통화 calls, and what the call then belongs to."""
    about = DialledFrom(ticket_id=row.ticket.ticket_id) if row.ticket else DialledFrom()
    return Dialled(row.number, about)


def tries_words(row: MissedCallRow) -> str:
    told = translated("부재 통화 {count}회").format(count=row.tries)
    return f"{told} · {row.queue}" if row.queue else told


def _spread(column: Column[TransferredRow]) -> Column[QueueRow]:
    """A column of tickets over rows that may be none."""

    def text(row: QueueRow) -> str:
        if row.ticket is not None:
            return column.text(row.ticket)
        of_missed = _OF_MISSED.get(column.title)
        return of_missed(row.missed) if of_missed is not None and row.missed is not None else ""

    def tip(row: QueueRow) -> str:
        return column.tip(row.ticket) if column.tip is not None and row.ticket is not None else ""

    return Column(
        column.title,
        text,
        column.width,
        column.align,
        tip=tip if column.tip is not None else None,
        least=column.least,
        dials=dialled_of if column.dials is not None else None,
    )


def _priority(row: QueueRow) -> str:
    return "" if row.ticket is None else priority_word(row.ticket)


def _has_priority(row: QueueRow) -> bool:
    return row.ticket is not None and has_priority(row.ticket)


def _kind(row: QueueRow) -> str:
    return translated("이관") if row.ticket is not None else translated("부재", "missed")


def _offered_to(row: QueueRow) -> str:
    if row.mine:
        return translated("나")
    return row.offered.name if row.offered is not None else ""


def _receiver(row: QueueRow) -> str:
    if row.ticket is not None:
        return row.ticket.to_agent
    return row.missed.receiver if row.missed is not None else ""


def _reason(row: QueueRow) -> str:
    if row.ticket is not None:
        return row.ticket.reason
    return tries_words(row.missed) if row.missed is not None else ""
