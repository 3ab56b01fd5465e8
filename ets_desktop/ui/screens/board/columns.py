"""The tables of 현황판: who is there, and the calls behind a bar."""

from collections.abc import Iterable
from datetime import timedelta

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.queries.board import BoardAgent
from ets_desktop.queries.board_lists import BoardCall
from ets_desktop.ui.board_labels import STATE_MARKS
from ets_desktop.ui.formats import clock_text, duration_text
from ets_desktop.ui.labels import AGENT_STATES, CALL_KINDS, CALL_STATES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.ticket_columns import Now

_ORDER = {state: place for place, state in enumerate(STATE_MARKS)}


def agent_columns(now: Now) -> tuple[Column[BoardAgent], ...]:
    """`now` by the database's clock keeps 상태시간 current: call `model.refresh_texts()`."""
    return (
        Column("상담원", lambda row: row.name, 9, least=7),
        Column("팀", lambda row: row.team, 8, least=5),
        Column("내선", lambda row: row.extension, 5, least=4),
        Column("상태", state_words, 15, least=9, tip=_state_tip),
        Column("상태시간", lambda row: _held_for(row, now), 8, RIGHT, least=7),
        Column("통화", lambda row: str(row.talked), 4, RIGHT),
        Column("부재", lambda row: _some(row.missed), 4, RIGHT, red=lambda row: row.missed > 0),
        Column("접수", lambda row: str(row.received), 4, RIGHT),
        Column("완료", lambda row: str(row.completed), 4, RIGHT),
        Column("미완료", lambda row: str(row.open), 6, RIGHT),
        Column("지연", lambda row: _some(row.overdue), 4, RIGHT, red=lambda row: row.overdue > 0),
        Column("대기", lambda row: _some(row.waiting), 4, RIGHT, red=lambda row: row.late > 0),
    )


def agent_key(row: BoardAgent) -> int:
    return row.agent_id


def in_order(agents: Iterable[BoardAgent]) -> tuple[BoardAgent, ...]:
    """Who talks first, who is away last; within a state whoever is in it longest."""
    return tuple(sorted(agents, key=lambda row: (_ORDER[row.state], row.since, row.agent_id)))


def state_words(row: BoardAgent) -> str:
    """`● 통화중`; `● 통화중 → 휴식` where that follows the call."""
    told = f"{STATE_MARKS[row.state]} {word(AGENT_STATES, row.state)}"
    return f"{told} → {word(AGENT_STATES, row.after)}" if row.after else told


def _state_tip(row: BoardAgent) -> str:
    if row.offered:
        return translated("대기열의 업무를 받았습니다.")
    return ""


def _held_for(row: BoardAgent, now: Now) -> str:
    """Nobody is interested in since when somebody is not there."""
    if row.state is AgentState.LOGGED_OUT:
        return ""
    span = max(now() - row.since, timedelta())
    return duration_text(int(span.total_seconds()))


def _some(number: int) -> str:
    return str(number) if number else ""


def call_columns() -> tuple[Column[BoardCall], ...]:
    return (
        Column("시각", lambda row: clock_text(row.rang_at), 9),
        Column("구분", lambda row: word(CALL_KINDS, row.direction), 5, CENTER),
        Column("전화번호", lambda row: row.number, 15),
        Column("고객", lambda row: row.customer, 10),
        Column("담당자", lambda row: row.agent, 9),
        Column("내선", lambda row: row.extension, 6),
        Column("상태", lambda row: word(CALL_STATES, row.state), 14),
        Column("응답까지", _waited, 9, RIGHT),
        Column("통화시간", _talked, 9, RIGHT),
        Column("접수번호", lambda row: row.ticket_no, 13),
    )


def call_key(row: BoardCall) -> int:
    return row.call_id


def _waited(row: BoardCall) -> str:
    return "" if row.wait_s is None else duration_text(round(row.wait_s))


def _talked(row: BoardCall) -> str:
    if row.talked_at is None or row.ended_at is None:
        return ""
    return duration_text(int((row.ended_at - row.talked_at).total_seconds()))
