"""What happened with a customer, in words: for 고객여정 and 접촉이력."""

from collections.abc import Callable, Mapping

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_phone
from ets_desktop.queries.journey.rows import JourneyRow
from ets_desktop.ui.formats import duration_text, moment_text, money_text
from ets_desktop.ui.labels import (
    CALL_STATES,
    JOURNEY_STATES,
    ORDER_STATUSES,
    TICKET_TYPES,
    word,
)
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.widgets.timeline import TimelineEntry


def entry_of(row: JourneyRow) -> TimelineEntry:
    """`row` as an entry of the time line; what is behind it is the row, for whoever opens it."""
    missed = row.event == "call" and row.state == "missed"
    title, detail = title_of(row), detail_of(row)
    return TimelineEntry(
        key=row.id,
        at=row.at,
        mark="missed" if missed else row.event,
        title=title,
        detail=detail,
        tip=_tip_of(row, title),
        behind=row if row.ticket_id is not None or row.order_id is not None else None,
        dialled=dialled_of(row),
    )


def dialled_of(row: JourneyRow) -> Dialled:
    """Whom 통화 on it calls, and what that call belongs to."""
    return Dialled(row.number, DialledFrom(ticket_id=row.ticket_id))


def happening(row: JourneyRow) -> str:
    """What happened: 수신 통화, 이관 수락, 결제 …; a ticket says which type."""
    if row.event == "ticket":
        return translated("접수")
    return word(JOURNEY_STATES.get(row.event, {}), row.state)


def title_of(row: JourneyRow) -> str:
    """One line: what happened and to what."""
    parts = _ABOUT[row.event](row) if row.event in _ABOUT else (row.ticket_no,)
    return " · ".join(part for part in (happening(row), *parts) if part)


def detail_of(row: JourneyRow) -> str:
    """One line more: what it is about, what was said, who did it."""
    if row.event == "order":
        return " · ".join(part for part in (_goods(row), _order_note(row)) if part)
    noted = row.event in ("activity", "transfer", "claim")
    parts = [row.note, row.words] if noted else [row.words]
    if row.event == "call":
        parts = [_ended(row), _ticket(row)]
    elif row.event in ("status", "callback"):
        parts = [row.note, *([_ticket(row)] if row.event == "callback" else parts)]
    if row.event != "transfer":
        parts.append(row.agent)
    return " · ".join(part for part in parts if part)


def contact_words(row: JourneyRow) -> str:
    """내용 of 접촉이력: what the other columns do not say."""
    if row.event == "call":
        return " · ".join(part for part in (_ended(row), row.words) if part)
    if row.event == "callback":
        return " · ".join(part for part in (_due(row), row.words) if part)
    if row.event == "ticket":
        return " · ".join(part for part in (word(TICKET_TYPES, row.state), row.words) if part)
    return row.note or row.words


def _tip_of(row: JourneyRow, title: str) -> str:
    """All that is known, line by line."""
    lines = [f"{moment_text(row.at)}  {title}"]
    if row.event == "order":
        lines += [_goods(row), _order_note(row)]
    else:
        number = _ticket(row) if row.ticket_no and row.ticket_no not in title else ""
        lines += [_ended(row) if row.event == "call" else row.note]
        lines += [number or row.words]
    who = translated("담당자: {name}").format(name=row.agent) if row.agent else ""
    return "\n".join(line for line in (*lines, who) if line)


def _ticket(row: JourneyRow) -> str:
    if not row.ticket_no:
        return translated("접수 없음") if row.event == "call" else ""
    return translated("접수 {number} {title}").format(number=row.ticket_no, title=row.words).strip()


def _from_to(row: JourneyRow) -> str:
    return translated("{sender} → {receiver}").format(sender=row.agent, receiver=row.other)


def _ended(row: JourneyRow) -> str:
    """How an unanswered call ended; one that was talked on tells its length."""
    return word(CALL_STATES, row.note) if row.note and row.seconds is None else ""


def _due(row: JourneyRow) -> str:
    if row.state == "promised":
        return moment_text(row.due_at)
    return translated("{count}번째").format(count=row.count) if row.count else ""


def _goods(row: JourneyRow) -> str:
    if row.count is not None and row.count > 1:
        told = translated("{product} 외 {count}건")
        return told.format(product=row.words, count=row.count - 1)
    return row.words


def _order_note(row: JourneyRow) -> str:
    return word(ORDER_STATUSES, row.note) if row.state == "ordered" and row.note else row.note


def _won(row: JourneyRow) -> str:
    if row.amount is None:
        return ""
    return translated("{amount}원").format(amount=money_text(row.amount))


_ABOUT: Mapping[str, Callable[[JourneyRow], tuple[str, ...]]] = {
    "call": lambda row: (mask_phone(row.number), duration_text(row.seconds)),
    "ticket": lambda row: (row.ticket_no, word(TICKET_TYPES, row.state)),
    "transfer": lambda row: (_from_to(row), row.ticket_no),
    "callback": lambda row: (mask_phone(row.number), _due(row)),
    "order": lambda row: (row.other, row.order_no, _won(row)),
}
