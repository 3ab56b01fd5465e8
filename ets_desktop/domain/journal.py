"""What the journal of a desk holds: a form as it stood, or a save on its way (spec 20, 85)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ets_desktop.domain.drafts import FormContents, from_json, to_json
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import Action


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """`at`: when it was written down; `draft_id`: the draft the form was loaded from. `customer`
    (masked as in lists) and `order` are the words for them, so that it can be offered with the
    database away. `tag`, `receiver` and `callback` are what is typed there and no value (yet)."""

    contents: FormContents
    at: datetime
    draft_id: UUID | None = None
    customer: str = ""
    order: str = ""
    tag: str = ""
    receiver: str = ""
    callback: str = ""


@dataclass(frozen=True, slots=True)
class WaitingSave:
    """A press of a save button: `save_id` makes it one, however often it is sent; `number` is
    the newcomer's whose name stands in the form, "" if unknown."""

    save_id: UUID
    action: Action
    entry: JournalEntry
    number: str = ""


_WORDS = ("customer", "order", "tag", "receiver", "callback")


def entry_to_json(entry: JournalEntry) -> dict[str, Any]:
    """Plain JSON values that `entry_from_json` reads back to an equal value."""
    return {
        "contents": to_json(entry.contents),
        "at": entry.at.isoformat(),
        "draft_id": str(entry.draft_id) if entry.draft_id is not None else None,
        **{name: getattr(entry, name) for name in _WORDS},
    }


def entry_from_json(written: Mapping[str, Any]) -> JournalEntry:
    """Raises RuleViolation `draft_unreadable` for anything else than an entry."""
    try:
        draft_id = written.get("draft_id")
        at = datetime.fromisoformat(written["at"])
        if at.tzinfo is None:
            raise ValueError("time zone")
        return JournalEntry(
            from_json(written["contents"]),
            at,
            UUID(draft_id) if draft_id is not None else None,
            **{name: str(written.get(name, "")) for name in _WORDS},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RuleViolation("draft_unreadable") from None


def save_to_json(save: WaitingSave) -> dict[str, Any]:
    """As `entry_to_json`."""
    return {
        "entry": entry_to_json(save.entry),
        "save_id": str(save.save_id),
        "action": save.action.value,
        "number": save.number,
    }


def save_from_json(written: Mapping[str, Any]) -> WaitingSave:
    """As `entry_from_json`."""
    try:
        return WaitingSave(
            UUID(written["save_id"]),
            Action(written["action"]),
            entry_from_json(written["entry"]),
            str(written.get("number", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RuleViolation("draft_unreadable") from None


def says_more(entry: JournalEntry, sent: WaitingSave) -> bool:
    """Whether the form `entry` holds something that the save of the same form does not."""
    return contents_to_park(entry) != sent.entry.contents


def contents_to_park(entry: JournalEntry) -> FormContents:
    """As a draft keeps it: the tag that was not added yet is one of its tags."""
    form = entry.contents.form
    if not entry.tag or entry.tag in form.tags:
        return entry.contents
    return replace(entry.contents, form=replace(form, tags=(*form.tags, entry.tag)))
