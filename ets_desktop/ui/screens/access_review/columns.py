"""The columns of 접속기록; what was searched for may be a person and is masked (spec 80)."""

import re
from collections.abc import Mapping

from ets_desktop.domain.masking import mask_address, mask_typed
from ets_desktop.queries.access_log import MANY, MANY_PERSONS, OUTSIDE, AccessRow
from ets_desktop.ui.access_labels import (
    ACCESS_ACTIONS,
    ACCESS_CONDITIONS,
    ACCESS_SUBJECTS,
    CHOICES,
    SESSION_ENDS,
)
from ets_desktop.ui.claim_labels import CLAIM_STEPS, CLAIM_TYPES, COURIERS, PICKUP_STATES
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import AGENT_STATES, ORDER_STATUSES, TICKET_TYPES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.order_search.conditions import DATE_KINDS
from ets_desktop.ui.screens.ticket_search.conditions import STATUSES
from ets_desktop.ui.statistics_labels import COMPARISONS, DIMENSIONS, MEASURES, VIEWS
from ets_desktop.ui.tables import CENTER, RIGHT, Column

#: Conditions that name somebody; what is typed into one field for everything may.
_PERSONAL = ("typed", "anything", "orderer", "recipient", "customer", "phone", "words", "subject")

#: Conditions that were chosen, not typed: what their codes are called.
_CHOSEN: Mapping[str, Mapping[str, str]] = {
    "date_kind": DATE_KINDS,
    "order_status": ORDER_STATUSES,
    "status": STATUSES,
    "ticket_type": TICKET_TYPES,
    "types": CLAIM_TYPES,
    "step": CLAIM_STEPS,
    "held": CHOICES,
    "open_only": CHOICES,
    "courier": COURIERS,
    "state": PICKUP_STATES,
    "agent_state": AGENT_STATES,
    "action": ACCESS_ACTIONS,
    "view": VIEWS,
    "dimension": DIMENSIONS,
    "compared": COMPARISONS,
    "measure": MEASURES,
    "kind": {OUTSIDE: "근무시간 외", MANY: "{count}명 이상"},
}
_CODE = re.compile(r"\w+")


#: (condition, value) → who or what it is called: agents, teams and channels are kept by key.
Called = Mapping[tuple[str, str], str]


def access_columns(called: Called) -> tuple[Column[AccessRow], ...]:
    """`called` may fill up later: call `model.refresh_texts()` then."""
    return (
        Column("일시", lambda row: moment_text(row.at), 19),
        Column("담당자", _who, 16, least=8),
        Column("접속지", _where_from, 26, least=14),
        Column("작업", lambda row: word(ACCESS_ACTIONS, row.action), 16, least=8),
        Column("대상", subject_of, 18, least=10),
        Column("조건", lambda row: condition_of(row, called), 40, least=12),
        Column("사유", reason_of, 20, least=8),
        Column("건수", lambda row: _number(row.row_count), 7, RIGHT),
        Column("인원", lambda row: _number(row.persons), 7, RIGHT),
        Column("근무시간", _hours, 8, CENTER),
    )


def access_key(row: AccessRow) -> int:
    return row.access_id


def subject_of(row: AccessRow) -> str:
    """고객 C000000012, 주문 S000000034, 목록 주문목록."""
    kind, _, which = row.subject.partition("/")
    if kind == "customer" and which.isdigit():
        which = f"C{int(which):09}"
    elif kind == "order" and which.isdigit():
        which = f"S{int(which):09}"
    elif kind == "list":
        which = translated(which)
    return f"{word(ACCESS_SUBJECTS, kind)} {which}".strip()


def reason_of(row: AccessRow) -> str:
    """Why it was exported, or a session ended."""
    why = str(row.condition.get("why", ""))
    return str(row.condition.get("reason", "")) or word(SESSION_ENDS, why)


def condition_of(row: AccessRow, called: Called, *, masked: bool = True) -> str:
    """What was asked by, a name beside each value: 주문자 김*민, 시작일 2026-11-01."""
    nested = row.condition.get("conditions")
    asked = nested if isinstance(nested, Mapping) else row.condition
    return told_conditions(asked, called, masked=masked)


def told_conditions(asked: Mapping[str, object], called: Called, *, masked: bool = True) -> str:
    """What was asked by, in words and in the order of `ACCESS_CONDITIONS`."""
    told = dict(asked)
    for word_of_its_own in ("reason", "why", "columns"):
        told.pop(word_of_its_own, None)
    order = {name: place for place, name in enumerate(ACCESS_CONDITIONS)}
    return ", ".join(
        f"{word(ACCESS_CONDITIONS, name)} "
        f"{called.get((name, str(told[name]))) or _value(name, str(told[name]), masked)}"
        for name in sorted(told, key=lambda name: order.get(name, len(order)))
    )


def _value(name: str, value: str, masked: bool) -> str:
    words = _CHOSEN.get(name)
    if words is not None:
        told = "·".join(word(words, code) for code in _CODE.findall(value))
        return told.replace("{count}", str(MANY_PERSONS))
    if masked and name in _PERSONAL:
        return mask_typed(value)
    return mask_address(value) if masked and name == "address" else value


def _who(row: AccessRow) -> str:
    return f"{row.name} ({row.login})" if row.name else row.login


def _where_from(row: AccessRow) -> str:
    return " · ".join(part for part in (row.address, row.host) if part)


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _hours(row: AccessRow) -> str:
    return translated("시간 외") if row.outside_hours else ""
