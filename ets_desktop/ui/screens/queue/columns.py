"""The columns of 대기열 and 진행 중: what was offered, by whom, why; names are masked (spec 80)."""

from ets_desktop.queries.work import TransferredRow
from ets_desktop.ui.formats import elapsed_text, moment_text
from ets_desktop.ui.tables import RIGHT, Column
from ets_desktop.ui.ticket_columns import Now, ticket_columns


def queue_columns(now: Now) -> tuple[Column[TransferredRow], ...]:
    """`대기` is how long the offer has been made, kept current by `model.refresh_texts()`."""
    return (
        Column("대기", lambda row: elapsed_text(now() - row.sent_at), 10, RIGHT),
        Column("보낸 담당자", lambda row: row.from_agent, 10),
        Column("받은 담당자", lambda row: row.to_agent, 10),
        Column("이관사유", lambda row: row.reason, 24),
        *ticket_columns(now, closed=False),
        Column("이관일시", lambda row: moment_text(row.sent_at), 19),
    )
