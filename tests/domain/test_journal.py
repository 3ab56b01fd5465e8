"""What the journal holds is read back to the letter, and nothing else is taken for it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.journal import (
    JournalEntry,
    WaitingSave,
    contents_to_park,
    entry_from_json,
    entry_to_json,
    save_from_json,
    save_to_json,
    says_more,
)
from ets_desktop.domain.tickets import Action, TicketForm

FORM = TicketForm(client_id=UUID(int=1), content="언제 오나요", tags=("지연",))
ENTRY = JournalEntry(
    FormContents(FORM, ticket_id=7, version=3, customer_name="하늘별"),
    datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
    UUID(int=2),
    "하늘별 · 010-0000-0001",
    "2026-1",
    "파",
    "이담",
    "내일",
)
SAVE = WaitingSave(UUID(int=3), Action.TRANSFER, ENTRY, "01000000001")


@pytest.mark.parametrize("entry", [ENTRY, JournalEntry(FormContents(FORM), ENTRY.at)])
def test_an_entry_is_read_back_to_the_letter(entry: JournalEntry) -> None:
    assert entry_from_json(entry_to_json(entry)) == entry


def test_a_save_is_read_back_to_the_letter() -> None:
    assert save_from_json(save_to_json(SAVE)) == SAVE


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2026-11-22T01:00:00"},
        {"at": "yesterday"},
        {"at": None},
        {"draft_id": "2"},
        {"draft_id": 2},
        {"contents": None},
        {"contents": {"format": 99}},
    ],
)
def test_what_is_no_entry_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RuleViolation, match="draft_unreadable"):
        entry_from_json(entry_to_json(ENTRY) | change)


@pytest.mark.parametrize("written", [[], {}, {"at": "2026-11-22T01:00:00+00:00"}])
def test_what_is_nothing_of_the_kind_is_refused(written: Any) -> None:
    with pytest.raises(RuleViolation):
        entry_from_json(written)
    with pytest.raises(RuleViolation):
        save_from_json(written)


@pytest.mark.parametrize("change", [{"save_id": "3"}, {"action": "explode"}, {"entry": {}}])
def test_what_is_no_save_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RuleViolation):
        save_from_json(save_to_json(SAVE) | change)


def test_a_tag_that_was_not_added_yet_is_parked_as_one() -> None:
    assert contents_to_park(ENTRY).form.tags == ("지연", "파")
    for nothing_new in ("", "지연"):
        assert contents_to_park(replace(ENTRY, tag=nothing_new)).form.tags == ("지연",)


def test_a_form_says_more_than_its_save_when_it_was_typed_in_since() -> None:
    plain = replace(ENTRY, tag="")
    assert not says_more(plain, replace(SAVE, entry=plain))
    assert says_more(ENTRY, replace(SAVE, entry=plain))
