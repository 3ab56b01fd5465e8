"""The columns of the five lists (spec 15); names and numbers are masked (spec 80)."""

from collections.abc import Callable
from dataclasses import replace

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.transfers import TransferState
from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.queries.work import CallbackRow, TransferredRow
from ets_desktop.ui.call_words import masked, state_words
from ets_desktop.ui.formats import clock_text, duration_text, moment_text
from ets_desktop.ui.labels import CALL_KINDS, CALLBACK_OUTCOMES, TRANSFER_STATES, word
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled
from ets_desktop.ui.ticket_columns import Now, ticket_columns


def received_columns(now: Now) -> tuple[Column[TransferredRow], ...]:
    return (
        *ticket_columns(now, closed=False),
        Column("보낸 담당자", lambda row: row.from_agent, 10, least=8),
    )


def sent_columns(now: Now) -> tuple[Column[TransferredRow], ...]:
    """The sender sees at once that an offer was seen or taken."""
    return (*ticket_columns(now, closed=False), Column("받은 담당자", _receiver_of, 16))


def callback_columns(now: Now) -> tuple[Column[CallbackRow], ...]:
    tickets: tuple[Column[CallbackRow], ...] = ticket_columns(now, closed=False)
    return (
        # 통화 on a promise calls the number that was promised, not the customer's.
        *(replace(column, dials=None) for column in tickets),
        Column("콜백일시", lambda row: moment_text(row.callback_at), 19),
        Column("콜백번호", lambda row: mask_phone(row.callback_number), 14, dials=_promised),
        Column("시도", lambda row: str(row.attempts), 5, RIGHT),
        Column("결과", lambda row: word(CALLBACK_OUTCOMES, row.last_outcome), 6, CENTER),
    )


def is_unhandled(call: CallHistoryRow) -> bool:
    """부재, and nobody saw to it yet."""
    return call.is_missed and not call.is_handled


CALL_COLUMNS: tuple[Column[CallHistoryRow], ...] = (
    Column("시각", lambda call: clock_text(call.rang_at), 9),
    Column("구분", lambda call: word(CALL_KINDS, kind_of(call)), 6, CENTER, red=is_unhandled),
    Column("전화번호", lambda call: number_of(call), 15, dials=lambda call: _called(call)),
    Column("고객", lambda call: mask_name(call.customer_name or call.caller_name), 10),
    Column("접수번호", lambda call: call.ticket_no, 13),
    Column("통화시간", lambda call: duration_text(call.talk_seconds), 9, RIGHT),
    Column("상태", state_words, 20, red=is_unhandled),
)


def _promised(row: CallbackRow) -> Dialled:
    return Dialled(row.callback_number, DialledFrom(callback_id=row.callback_id))


def _called(call: CallHistoryRow) -> Dialled:
    return Dialled(call.number or "", DialledFrom(ticket_id=call.ticket_id))


def _receiver_of(row: TransferredRow) -> str:
    """`이상담`, and once something came of it `이상담 (확인)`, `이상담 (수락)`."""
    if row.transfer_state == TransferState.SENT:
        return row.to_agent
    return f"{row.to_agent} ({word(TRANSFER_STATES, row.transfer_state)})"


def kind_of(call: CallHistoryRow) -> str:
    return "missed" if call.is_missed else str(call.direction)


def number_of(call: CallHistoryRow) -> str:
    """The other party's number, masked; as the PBX showed it if it is none."""
    return masked(call.number, call.number_shown)


def call_key(call: CallHistoryRow) -> int:
    return call.call_id


def is_in(tickets: frozenset[int]) -> Callable[[CallHistoryRow], bool]:
    return lambda call: call.ticket_id in tickets
