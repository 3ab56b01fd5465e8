"""What stands in the form, compared: what is unsaved, and who changed what on both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from ets_desktop.domain import phone
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.tickets import Action, Origin, TicketForm
from ets_desktop.ui.formats import day_text
from ets_desktop.ui.labels import ORIGINS, TICKET_TYPES, word

#: Whether the customer agreed to the resolution of a complaint, as the history stores it.
CONFIRMED = {"true": "확인", "false": "미확인"}
#: Of the ticket: what a person types. The other fields of a new form are quickly picked again.
_TYPED = ("title", "content", "tags", "resolution")
#: Fields of a stored ticket that two people can change, in the order of the screen.
SHARED = (
    "origin",
    "customer_id",
    "order_id",
    "order_line_id",
    "ticket_type",
    "category_id",
    "title",
    "content",
    "resolution",
    "customer_confirmed",
    "tags",
    "due_on",
)
_GO_TOGETHER = (("ticket_type", "category_id"), ("order_id", "order_line_id"))
_BESIDE = (
    "customer_name",
    "to_agent_id",
    "to_team_id",
    "transfer_reason",
    "callback_at",
    "callback_number",
)
_HANDOVER = ("to_agent_id", "to_team_id", "transfer_reason")
_PROMISE = ("callback_at", "callback_number")
#: What stands in the form and is another button's to send.
_NOT_SENT: Mapping[Action, tuple[str, ...]] = MappingProxyType(
    {
        Action.SAVE: (*_HANDOVER, *_PROMISE),
        Action.TRANSFER: _PROMISE,
        Action.CALLBACK: _HANDOVER,
    }
)


def empty_contents(
    client_id: UUID, *, call_id: int | None = None, caller_number: str | None = None
) -> FormContents:
    """A new form; with a call in it 접수경로 is 전화, else 직접."""
    origin = Origin.DIRECT if call_id is None else Origin.PHONE
    form = TicketForm(client_id=client_id, origin=origin, caller_number=caller_number)
    shown = phone.display(caller_number) if caller_number else ""
    return FormContents(form=form, call_id=call_id, callback_number=shown)


def emptied(contents: FormContents) -> FormContents:
    """The new form that `contents` were written into."""
    form = contents.form
    return empty_contents(
        form.client_id, call_id=contents.call_id, caller_number=form.caller_number
    )


def has_unsaved(now: FormContents, before: FormContents) -> bool:
    """Whether `now` holds something that would be lost if the form were emptied.

    `before` is the form as it was filled by the program: empty, a stored ticket, a draft.
    """
    if now.ticket_id is not None:
        return is_touched(now, before)
    typed = any(getattr(now.form, name) != getattr(before.form, name) for name in _TYPED)
    return typed or any(getattr(now, name) != getattr(before, name) for name in _BESIDE)


def is_touched(now: FormContents, before: FormContents) -> bool:
    """Whether anything at all was typed, picked or linked since the program filled the form."""
    changed = any(getattr(now.form, name) != getattr(before.form, name) for name in SHARED)
    return changed or any(getattr(now, name) != getattr(before, name) for name in _BESIDE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field the other person changed; `clash`: I changed it too, to something else."""

    field: str
    clash: bool


def differences(
    changed: Iterable[str], base: TicketForm | None, mine: TicketForm, theirs: TicketForm
) -> tuple[Difference, ...]:
    """The fields of `changed` (by the other person) in which my form is not what is stored now.

    `base` is what both started from; unknown (an old draft), every one of them is a clash.
    """
    names = [name for name in SHARED if name in set(changed)]
    different = [name for name in names if getattr(mine, name) != getattr(theirs, name)]
    return tuple(
        Difference(name, base is None or getattr(mine, name) != getattr(base, name))
        for name in different
    )


def merged(mine: FormContents, theirs: TicketForm, take: Iterable[str]) -> FormContents:
    """My contents with the stored values of the fields in `take`.

    A 세부유형 goes with its type and a product with its order, whatever was chosen for it.
    """
    chosen = set(take)
    for lead, follower in _GO_TOGETHER:
        if getattr(mine.form, lead) != getattr(theirs, lead):
            (chosen.add if lead in chosen else chosen.discard)(follower)
    taken: dict[str, Any] = {name: getattr(theirs, name) for name in chosen}
    return replace(mine, form=replace(mine.form, **taken))


def sent_part(action: Action, pressed: FormContents, before: FormContents) -> FormContents:
    """What `action` stores of the form as it was `pressed`; the rest as it was `before`.

    A closed ticket (완료처리) has no hand-over or callback to come.
    """
    kept = {name: getattr(before, name) for name in _NOT_SENT.get(action, ())}
    return replace(pressed, **kept)


def rebased(now: FormContents, sent: FormContents, stored: FormContents) -> FormContents:
    """After `sent` was saved: `stored`, but for what was changed in the form since (`now`)."""
    same = [name for name in SHARED if getattr(now.form, name) == getattr(sent.form, name)]
    beside = [name for name in _BESIDE if getattr(now, name) == getattr(sent, name)]
    taken: dict[str, Any] = {name: getattr(stored, name) for name in beside}
    return replace(merged(now, stored.form, same), **taken)


def value_text(field: str, form: TicketForm, names: Mapping[str, str]) -> str:
    """A field's value as people read it; `names` has the words for ids, by field."""
    value = getattr(form, field)
    if field in names:
        return names[field]
    if field == "ticket_type":
        return word(TICKET_TYPES, value)
    if field == "origin":
        return word(ORIGINS, value)
    if field == "tags":
        return ", ".join(value)
    if field == "customer_confirmed":
        return word(CONFIRMED, "true" if value else "false")
    if field == "due_on":
        return day_text(value)
    return "" if value is None else str(value)
