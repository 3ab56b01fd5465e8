"""Rules of tickets (spec 20): what a form needs, its limits, and which buttons are enabled when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from unicodedata import category
from uuid import UUID

from ets_desktop.domain.hangul import nfc
from ets_desktop.domain.phone import NumberKind, digits_of, kind

CONTENT_LIMIT = 2000
TITLE_LIMIT = 200
TAG_LIMIT = 50

#: What PostgreSQL's text cannot hold; pasted text brings it.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Unseen on a label, or turning the direction of what is: neither is part of a name or an address.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc]"
)
#: Blanks, control and format characters by their category, and letters that are drawn as nothing.
_WORDLESS = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_TOLL = re.compile(r"0[68]0\d{7}")


class TicketType(StrEnum):
    GENERAL = "general"
    DELIVERY = "delivery"
    RETURN = "return"
    EXCHANGE = "exchange"
    AFTER_SERVICE = "after_service"
    CANCEL = "cancel"
    COMPLAINT = "complaint"
    OTHER = "other"


class TicketStatus(StrEnum):
    RECEIVED = "received"
    TRANSFERRED = "transferred"
    COMPLETED = "completed"
    DISCARDED = "discarded"


class Priority(StrEnum):
    """우선순위, which supervisors give (spec 60); what is high is offered first."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Origin(StrEnum):
    PHONE = "phone"
    ARS = "ars"
    SMS = "sms"
    CHAT = "chat"
    EMAIL = "email"
    BOARD = "board"
    DIRECT = "direct"


class Action(StrEnum):
    """The buttons of 접수 버튼 바, and 재오픈, which an agent asks for."""

    SAVE = "save"
    TRANSFER = "transfer"
    COMPLETE = "complete"
    CALLBACK = "callback"
    PARK = "park"
    DISCARD = "discard"
    FOLLOW_UP = "follow_up"
    NEW_FORM = "new_form"
    REOPEN = "reopen"
    ASK_REOPEN = "ask_reopen"


OPEN_STATUSES = frozenset({TicketStatus.RECEIVED, TicketStatus.TRANSFERRED})
SUPERVISORS = frozenset({"supervisor", "admin"})

_ON_NEW = frozenset(
    {
        Action.SAVE,
        Action.TRANSFER,
        Action.COMPLETE,
        Action.CALLBACK,
        Action.PARK,
        Action.NEW_FORM,
    }
)
_ON_OPEN = _ON_NEW | {Action.DISCARD, Action.FOLLOW_UP}
_ON_CLOSED = frozenset({Action.FOLLOW_UP, Action.NEW_FORM})


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What the left side of CS접수정보 등록 holds of a ticket.

    `client_id` is made by the desk once per new form: the same save arriving twice makes one
    ticket. `ticket_type` is "" while none is chosen; `caller_number` is as typed or shown;
    `due_on` None asks for the default of the ticket type.
    """

    client_id: UUID
    ticket_type: str = ""
    category_id: int | None = None
    origin: str = Origin.PHONE
    title: str = ""
    content: str = ""
    tags: tuple[str, ...] = ()
    customer_id: int | None = None
    caller_number: str | None = None
    order_id: int | None = None
    order_line_id: int | None = None
    due_on: date | None = None
    resolution: str = ""
    customer_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class FieldFault:
    """Why one field refuses; `limit` fills the wording. `code` is an error code of labels.py."""

    field: str
    code: str
    limit: int | None = None


def allowed_actions(status: str | None, role: str) -> frozenset[Action]:
    """The enabled actions on a form (spec 20, Enabled when); `status` None is a new form."""
    if status is None:
        return _ON_NEW
    if status in OPEN_STATUSES:
        return _ON_OPEN
    return _ON_CLOSED | {Action.REOPEN if role in SUPERVISORS else Action.ASK_REOPEN}


def check_form(
    form: TicketForm, *, today: date, was_due_on: date | None = None
) -> tuple[FieldFault, ...]:
    """Every reason why 접수정보저장 refuses `form`, in the order of the fields; empty when none.

    `was_due_on` is the stored 완료예정일 of a loaded ticket: an overdue one can still be saved,
    but nobody moves a date into the past.
    """
    return tuple(_faults(form, today, was_due_on))


def tidy_form(form: TicketForm) -> TicketForm:
    """`form` as it is stored: no unstorable characters, tags and title one line, digits folded.

    What is no number stays, for `check_form` to refuse.
    """
    return replace(
        form,
        title=" ".join(tidy_text(form.title).split()),
        content=tidy_text(form.content),
        resolution=tidy_text(form.resolution),
        tags=tuple(tidy_tag(tag) for tag in form.tags),
        caller_number=digits_of(form.caller_number) or form.caller_number or None,
    )


def tidy_text(text: str) -> str:
    """Text without the characters the database refuses, line ends as one character."""
    return _UNSTORABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def tidy_line(text: str) -> str:
    """A line as it is stored and printed: what is unseen is gone, blanks inside folded."""
    return " ".join(_UNSEEN.sub("", tidy_text(text)).split())


def says_something(text: str) -> bool:
    """Whether anything can be read in it: not in blanks, control characters, fillers of Hangul."""
    return any(category(each) not in _WORDLESS and each not in _FILLERS for each in text)


def tidy_name(text: str) -> str:
    """What people call something, as it is compared and stored; "" where nothing can be read."""
    name = nfc(tidy_line(text))
    return name if says_something(name) else ""


def tidy_tag(tag: str) -> str:
    """A tag as it is compared and stored: composed, trimmed, blanks inside folded."""
    return " ".join(nfc(tidy_text(tag)).split())


def follow_up_form(form: TicketForm, *, client_id: UUID, today: date) -> TicketForm:
    """추가 접수 새화면: everything but 접수내용 and 제목; a past 완료예정일 is computed anew."""
    past = form.due_on is not None and form.due_on < today
    return replace(
        form,
        client_id=client_id,
        title="",
        content="",
        due_on=None if past else form.due_on,
    )


def check_phone(field: str, typed: str) -> FieldFault | None:
    """Why `typed` is no number that the desk could call, or None when it is one.

    For numbers a person types; a caller's number comes from the PBX and may be an extension.
    """
    digits = digits_of(typed)
    if digits is None:
        return FieldFault(field, "no_phone_number")
    number_kind = kind(digits)
    unknown = number_kind is NumberKind.OTHER and not _TOLL.fullmatch(digits)
    if unknown or number_kind is NumberKind.INTERNAL:
        return FieldFault(field, "no_phone_number")
    return None


def check_tags(tags: tuple[str, ...]) -> FieldFault | None:
    """The first fault among `tags`: an empty one, one of 51 characters, or a repeated one."""
    seen: set[str] = set()
    for tag in map(tidy_tag, tags):
        if not tag:
            return FieldFault("tags", "tag_empty")
        if len(tag) > TAG_LIMIT:
            return FieldFault("tags", "tag_too_long", TAG_LIMIT)
        if tag.casefold() in seen:
            return FieldFault("tags", "tag_repeated")
        seen.add(tag.casefold())
    return None


def _faults(form: TicketForm, today: date, was_due_on: date | None) -> Iterator[FieldFault]:
    if form.caller_number and digits_of(form.caller_number) is None:
        yield FieldFault("caller_number", "no_phone_number")
    elif form.customer_id is None and not form.caller_number:
        yield FieldFault("customer_id", "needs_customer_or_number")
    if not form.ticket_type:
        yield FieldFault("ticket_type", "needs_ticket_type")
    if len(form.title) > TITLE_LIMIT:
        yield FieldFault("title", "title_too_long", TITLE_LIMIT)
    yield from _content_faults(form)
    tag_fault = check_tags(form.tags)
    if tag_fault is not None:
        yield tag_fault
    if form.due_on is not None and form.due_on < today and form.due_on != was_due_on:
        yield FieldFault("due_on", "due_on_in_past")


def _content_faults(form: TicketForm) -> Iterator[FieldFault]:
    content = tidy_text(form.content)
    if not content.strip():
        yield FieldFault("content", "needs_content")
    elif len(content) > CONTENT_LIMIT:
        yield FieldFault("content", "content_too_long", CONTENT_LIMIT)
    if len(tidy_text(form.resolution)) > CONTENT_LIMIT:
        yield FieldFault("resolution", "content_too_long", CONTENT_LIMIT)
