"""The columns of 최근이관이력 (spec 15); names of customers are masked (spec 80)."""

from ets_desktop.domain.masking import mask_name
from ets_desktop.domain.transfers import is_ping_pong
from ets_desktop.queries.transfers import TransferRow
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import TICKET_STATUSES, TRANSFER_STATES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.ticket_columns import Now, open_for


def transfer_columns(now: Now) -> tuple[Column[TransferRow], ...]:
    """`now` keeps 경과 current, as in lists of tickets."""
    return (
        Column("이관일시", lambda row: moment_text(row.sent_at), 19),
        Column("보낸 담당자", lambda row: row.from_agent, 10),
        Column("받은 담당자", lambda row: row.to_agent, 10, red=_is_handed_about, tip=_hop),
        Column("이관사유", lambda row: row.reason, 26),
        Column("접수번호", lambda row: row.ticket_no, 13),
        Column("고객", lambda row: mask_name(row.customer), 8),
        Column("제목", lambda row: row.title, 30),
        Column("상태", lambda row: word(TICKET_STATUSES, row.status), 5, CENTER, tip=_offer),
        Column(
            "경과",
            lambda row: open_for(row.status, row.created_at, row.completed_at, now),
            10,
            RIGHT,
        ),
    )


def transfer_key(row: TransferRow) -> int:
    return row.transfer_id


def _is_handed_about(row: TransferRow) -> bool:
    return is_ping_pong(row.hop)


def _hop(row: TransferRow) -> str:
    return translated("{count}번째 이관").format(count=row.hop)


def _offer(row: TransferRow) -> str:
    """What became of the offer, apart from the ticket's own 상태."""
    return translated("이관: {state}").format(state=word(TRANSFER_STATES, row.transfer_state))
