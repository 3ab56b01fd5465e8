"""변경이력: who changed which field of this ticket from what to what, when."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.queries.history import HistoryRow, ticket_history_rows
from ets_desktop.ui.claim_labels import (
    CLAIM_FIELDS,
    CLAIM_REASONS,
    CLAIM_STEPS,
    CLAIM_TYPES,
    DECISIONS,
    FEE_METHODS,
    FEE_PAYERS,
    HELD,
    HOLD_REASONS,
    INSPECTIONS,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import (
    JOURNEY_STATES,
    ORIGINS,
    PRIORITIES,
    TICKET_STATUSES,
    TICKET_TYPES,
    word,
)
from ets_desktop.ui.language import translated
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.ticket_form.contents import CONFIRMED
from ets_desktop.ui.screens.ticket_form.fields import LABELS
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column

TITLE = "변경이력"

#: Columns of the ticket (and other entries of its history) that the form has no field for.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **LABELS,
        **CLAIM_FIELDS,
        "created": "접수",
        **JOURNEY_STATES["activity"],
        "status": "상태",
        "caller_number": "전화번호",
        "assignee_id": "담당자",
        "assignee_team_id": "담당 팀",
        "completed_at": "완료일시",
        "completed_by": "완료 담당자",
        "discard_reason": "폐기사유",
        "follow_up_of": "이전 접수",
        "priority": "우선순위",
    }
)
#: Their entries are called after the event and what happened: call_in, transfer_returned.
_EVENTS = frozenset({"call", "transfer", "callback"})
_CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "created": TICKET_STATUSES,
        "status": TICKET_STATUSES,
        "ticket_type": TICKET_TYPES,
        "origin": ORIGINS,
        "priority": PRIORITIES,
        "customer_confirmed": CONFIRMED,
        "claim_created": CLAIM_TYPES,
        "claim_step": CLAIM_STEPS,
        "claim_held": HELD,
        "claim_hold_reason": HOLD_REASONS,
        "claim_reason": CLAIM_REASONS,
        "claim_fee_payer": FEE_PAYERS,
        "claim_fee_method": FEE_METHODS,
        "claim_inspection": INSPECTIONS,
        "claim_decision": DECISIONS,
    }
)
_MONEY = frozenset({"claim_fee", "claim_fee_deducted"})


def field_word(field: str) -> str:
    """The label of a ticket's column; the column itself if a newer program added it."""
    event, _, state = field.partition("_")
    if event in _EVENTS and state in JOURNEY_STATES[event]:
        return word(JOURNEY_STATES[event], state)
    return word(_WORDS, field)


def stored_text(field: str, value: str) -> str:
    """A value of the history as people read it: codes as words, numbers and moments as shown
    everywhere, ids are names already."""
    if value and field in _CODES:
        return word(_CODES[field], value)
    if field in _MONEY and value:
        return money_text(int(value))
    if field == "claim_photos":
        return _photo_count(value)
    return _number_or_moment(value) if _tells_number(field) else value


def _photo_count(value: str) -> str:
    """Of a list of references, as JSON."""
    count = len(json.loads(value or "[]"))
    return translated("{count}장").format(count=count) if count else ""


def _tells_number(field: str) -> bool:
    return field == "caller_number" or field.startswith(("call_", "callback_"))


def _number_or_moment(value: str) -> str:
    if value.isdecimal():
        return phone.display(value)
    try:
        return moment_text(datetime.fromisoformat(value))
    except ValueError:
        return value


def masked_text(field: str, value: str) -> str:
    """`stored_text` as lists of other people's tickets show it (spec 80)."""
    if field == "customer_id":
        number, _, name = value.partition(" ")
        return f"{number} {mask_name(name)}".strip()
    if _tells_number(field) and value.isdecimal():
        return mask_phone(value)
    return stored_text(field, value)


def _columns(text: Callable[[str, str], str]) -> tuple[Column[HistoryRow], ...]:
    return (
        Column("변경일시", lambda row: moment_text(row.changed_at), 19),
        Column("변경자", lambda row: row.changed_by, 9, least=6),
        Column("항목", _item, 11, least=8),
        Column("이전 값", lambda row: text(row.field, row.old), 26, least=8),
        Column("새 값", lambda row: text(row.field, row.new), 26, least=8),
    )


def _item(row: HistoryRow) -> str:
    """What changed; of which product, where a claim is about several."""
    return " · ".join(part for part in (field_word(row.field), row.product) if part)


def _history_key(row: HistoryRow) -> int:
    return row.key


class HistoryPage(TablePanel[HistoryRow]):
    """Nothing to choose here: the list only tells. `masked` as lists show people."""

    def __init__(self, context: UiContext, *, masked: bool = False) -> None:
        columns = _columns(masked_text if masked else stored_text)
        super().__init__(TITLE, columns, _history_key, buttons=(), state=context.state)
        self.rows: PagedList[HistoryRow] = PagedList(
            context.jobs(self), self, ticket_history_rows, "history"
        )
