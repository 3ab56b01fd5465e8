"""Drafts: everything typed in one form as a frozen value, to JSON and back (spec 20, 임시저장)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.storable import storable
from ets_desktop.domain.tickets import TicketForm, tidy_text

#: Raised when the meaning of a key changes; a new key alone needs no new number.
FORMAT = 1

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class FormContents:
    """CS접수정보 등록 as it stands, saved or not; nothing in it need be valid yet.

    `ticket_id` and `version` are those of a loaded ticket; `customer_name` is what was typed for
    a customer not yet saved; `call_id` is the call taken into this form and no other.
    """

    form: TicketForm
    ticket_id: int | None = None
    version: int | None = None
    follow_up_of: int | None = None
    call_id: int | None = None
    customer_name: str = ""
    to_agent_id: int | None = None
    to_team_id: int | None = None
    transfer_reason: str = ""
    callback_at: datetime | None = None
    callback_number: str = ""


def to_json(contents: FormContents) -> dict[str, Any]:
    """`contents` as plain JSON values that `from_json` reads back to an equal value."""
    written: dict[str, Any] = {"format": FORMAT}
    for source in (contents.form, contents):
        for field in fields(source):
            if field.name != "form":
                written[field.name] = _plain(getattr(source, field.name))
    return storable(written)  # type: ignore[no-any-return]


def from_json(written: Mapping[str, Any]) -> FormContents:
    """The contents that `to_json` wrote, by this program or an older one (keys may be missing).

    Raises RuleViolation `draft_unreadable` for anything else: a damaged journal, a newer format.
    """
    try:
        if written.get("format") != FORMAT:
            raise ValueError("format")
        form = TicketForm(
            **{name: read(written[name]) for name, read in _FORM.items() if name in written}
        )
        rest = {name: read(written[name]) for name, read in _REST.items() if name in written}
        return FormContents(form, **rest)
    except (TypeError, ValueError, AttributeError):
        raise RuleViolation("draft_unreadable") from None


def _plain(value: object) -> object:
    if isinstance(value, str):
        return tidy_text(value)
    if isinstance(value, tuple):
        return [tidy_text(text) for text in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _exactly(kind: type[Kept]) -> Callable[[object], Kept]:
    def read(value: object) -> Kept:
        if type(value) is not kind:
            raise TypeError(kind.__name__)
        return value

    return read


def _or_none(read: Callable[[Any], Kept]) -> Callable[[Any], Kept | None]:
    return lambda value: None if value is None else read(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in _exactly(list)(value))


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("time zone")
    return moment


_text = _exactly(str)
_number = _or_none(_exactly(int))
_FORM: Mapping[str, Callable[[Any], Any]] = {
    "client_id": UUID,
    "ticket_type": _text,
    "category_id": _number,
    "origin": _text,
    "title": _text,
    "content": _text,
    "tags": _texts,
    "customer_id": _number,
    "caller_number": _or_none(_text),
    "order_id": _number,
    "order_line_id": _number,
    "due_on": _or_none(date.fromisoformat),
    "resolution": _text,
    "customer_confirmed": _exactly(bool),
}
_REST: Mapping[str, Callable[[Any], Any]] = {
    "ticket_id": _number,
    "version": _number,
    "follow_up_of": _number,
    "call_id": _number,
    "customer_name": _text,
    "to_agent_id": _number,
    "to_team_id": _number,
    "transfer_reason": _text,
    "callback_at": _or_none(_moment),
    "callback_number": _text,
}
