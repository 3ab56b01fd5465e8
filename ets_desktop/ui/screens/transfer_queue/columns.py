"""The columns of 이관 큐 and of its receivers; names of customers are masked (spec 80)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ets_desktop.domain.transfers import is_ping_pong
from ets_desktop.queries.transfer_queue import QueuedRow
from ets_desktop.ui.formats import elapsed_text, moment_text
from ets_desktop.ui.labels import TRANSFER_STATES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.ticket_columns import Now, has_priority, priority_word, ticket_columns

#: (agent, team) of a receiver, (None, team) of what lies with a team and its agents; everybody's
#: for both None, (0, None) of agents without a team.
Key = tuple[int | None, int | None]
EVERYBODY: Key = (None, None)
NO_TEAM: Key = (0, None)


@dataclass(frozen=True)
class ReceiverGroup:
    """What lies with one agent or team, with a team and its agents, or with everybody together."""

    key: Key
    name: str
    count: int
    alarming: int


def queue_columns(now: Now) -> tuple[Column[QueuedRow], ...]:
    """`now` keeps 대기 and 경과 current: call `model.refresh_texts()`."""
    tickets: tuple[Column[QueuedRow], ...] = ticket_columns(now, closed=False)
    return (
        Column("대기", lambda row: elapsed_text(now() - row.sent_at), 10, RIGHT, least=9),
        Column("우선순위", priority_word, 8, CENTER, least=4, red=has_priority),
        Column("보낸 담당자", lambda row: row.from_agent, 10, least=7),
        Column("받은 담당자", lambda row: row.to_agent, 10, least=7),
        Column("이관상태", _state, 8, CENTER, least=4),
        Column("차수", lambda row: str(row.hop), 4, RIGHT, red=lambda row: is_ping_pong(row.hop)),
        Column("이관사유", lambda row: row.reason, 24),
        *tickets,
        Column("이관일시", lambda row: moment_text(row.sent_at), 19),
    )


def queue_key(row: QueuedRow) -> int:
    return row.ticket_id


def receiver_columns() -> tuple[Column[ReceiverGroup], ...]:
    return (
        Column("받은 담당자", lambda group: group.name, 12, least=7),
        Column("건수", lambda group: str(group.count), 5, RIGHT),
        Column("지연", lambda group: str(group.alarming or ""), 5, RIGHT, red=_has_alarms),
    )


def receiver_key(group: ReceiverGroup) -> Key:
    return group.key


def group_key(row: QueuedRow, *, by_team: bool) -> Key:
    if not by_team:
        return row.to_agent_id, row.to_team_id
    return NO_TEAM if row.receiver_team_id is None else (None, row.receiver_team_id)


def groups_of(
    rows: Iterable[QueuedRow], now: datetime, *, by_team: bool = False
) -> tuple[ReceiverGroup, ...]:
    """Everybody, then each receiver, or each team with its agents, by name."""
    counts: dict[Key, list[int]] = {EVERYBODY: [0, 0]}
    names = {EVERYBODY: translated("전체")}
    for row in rows:
        key = group_key(row, by_team=by_team)
        names[key] = (row.receiver_team or translated("팀 없음")) if by_team else row.to_agent
        for count in (counts[EVERYBODY], counts.setdefault(key, [0, 0])):
            count[0] += 1
            count[1] += row.is_alarming(now)
    everybody, *receivers = (
        ReceiverGroup(key, names[key], *count) for key, count in counts.items()
    )
    return (everybody, *sorted(receivers, key=lambda group: group.name))


def _state(row: QueuedRow) -> str:
    return word(TRANSFER_STATES, row.transfer_state)


def _has_alarms(group: ReceiverGroup) -> bool:
    return group.alarming > 0
