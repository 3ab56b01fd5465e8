"""Limits of the form, and the enabled buttons."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from ets_desktop.db.schema.tickets import ORIGINS, STATUSES, TICKET_TYPES
from ets_desktop.domain.tickets import (
    Action,
    Origin,
    TicketForm,
    TicketStatus,
    TicketType,
    allowed_actions,
    check_form,
    check_phone,
    follow_up_form,
    tidy_form,
)

TODAY = date(2026, 11, 21)
YESTERDAY = date(2026, 11, 20)
FORM = TicketForm(
    UUID(int=1), ticket_type="delivery", content="언제 오나요", customer_id=9, due_on=TODAY
)


def faults(form: TicketForm, was_due_on: date | None = None) -> list[tuple[str, str]]:
    found = check_form(form, today=TODAY, was_due_on=was_due_on)
    return [(fault.field, fault.code) for fault in found]


def test_a_whole_form_has_no_fault() -> None:
    assert faults(FORM) == []


def test_an_empty_form_tells_everything_it_needs() -> None:
    assert faults(TicketForm(UUID(int=1))) == [
        ("customer_id", "needs_customer_or_number"),
        ("ticket_type", "needs_ticket_type"),
        ("content", "needs_content"),
    ]


def test_a_caller_number_stands_for_a_customer() -> None:
    assert faults(replace(FORM, customer_id=None, caller_number="+82 10-0000-1234")) == []


def test_a_phone_that_is_no_phone_is_refused_even_with_a_customer() -> None:
    assert faults(replace(FORM, caller_number="없음")) == [("caller_number", "no_phone_number")]


def test_2000_characters_are_kept_and_2001_refused() -> None:
    assert faults(replace(FORM, content="가" * 2000)) == []
    too_long = check_form(replace(FORM, content="😀" * 2001), today=TODAY)
    assert [(f.field, f.code, f.limit) for f in too_long] == [("content", "content_too_long", 2000)]


def test_a_windows_line_end_counts_as_one_character() -> None:
    assert faults(replace(FORM, content="가\r\n" * 1000)) == []


@pytest.mark.parametrize("blank", [" ", "\n\t", "\x00", "\ud800"])
def test_blank_content_is_no_content(blank: str) -> None:
    assert faults(replace(FORM, content=blank)) == [("content", "needs_content")]


def test_title_and_resolution_have_their_limits() -> None:
    assert faults(replace(FORM, title="가" * 201, resolution="가" * 2001)) == [
        ("title", "title_too_long"),
        ("resolution", "content_too_long"),
    ]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        (("가" * 50,), None),
        (("가" * 51,), "tag_too_long"),
        (("VIP", "vip"), "tag_repeated"),
        (("두  말", " 두 말 "), "tag_repeated"),
        (("  ",), "tag_empty"),
        (("지연", "재문의"), None),
    ],
)
def test_tags_are_short_and_unique_whatever_their_case(
    tags: tuple[str, ...], code: str | None
) -> None:
    assert faults(replace(FORM, tags=tags)) == ([("tags", code)] if code else [])


def test_decomposed_hangul_is_the_same_tag() -> None:
    assert faults(replace(FORM, tags=("가", "가"))) == [("tags", "tag_repeated")]


def test_a_due_date_is_not_moved_into_the_past() -> None:
    past = replace(FORM, due_on=YESTERDAY)
    assert faults(past) == [("due_on", "due_on_in_past")]
    assert faults(past, was_due_on=TODAY) == [("due_on", "due_on_in_past")]
    assert faults(past, was_due_on=YESTERDAY) == []
    assert faults(replace(FORM, due_on=None)) == []


def test_a_form_is_tidied_before_it_is_stored() -> None:
    untidy = replace(
        FORM,
        title=" 제목\x00\n",
        content="한 줄\r\n두 줄\r",
        tags=("  두   말 ",),
        caller_number="+82 10-0000-1234",
    )
    assert tidy_form(untidy) == replace(
        FORM, title="제목", content="한 줄\n두 줄\n", tags=("두 말",), caller_number="01000001234"
    )


@pytest.mark.parametrize(("shown", "stored"), [("", None), (None, None), ("없음", "없음")])
def test_a_number_that_is_none_is_not_tidied_away(shown: str | None, stored: str | None) -> None:
    assert tidy_form(replace(FORM, caller_number=shown)).caller_number == stored


def test_a_follow_up_keeps_everything_but_title_and_content() -> None:
    first = replace(FORM, title="제목", tags=("지연",), order_id=4)
    new = follow_up_form(first, client_id=UUID(int=2), today=TODAY)
    assert new == replace(first, client_id=UUID(int=2), title="", content="")


def test_a_follow_up_computes_a_past_due_date_anew() -> None:
    first = replace(FORM, due_on=YESTERDAY)
    assert follow_up_form(first, client_id=UUID(int=2), today=TODAY).due_on is None


@pytest.mark.parametrize(
    "typed", ["010-0000-1234", "+82 2 000 0000", "1588-0000", "0504-000-0000", "080-000-0000"]
)
def test_a_number_that_can_be_called_is_a_phone(typed: str) -> None:
    assert check_phone("callback_number", typed) is None


@pytest.mark.parametrize("typed", ["", "abc", "123", "010-0000", "010-****-1234", "0000000000"])
def test_a_number_that_cannot_be_called_is_none(typed: str) -> None:
    fault = check_phone("callback_number", typed)
    assert fault is not None
    assert fault.code == "no_phone_number"


NEW = {"save", "transfer", "complete", "callback", "park", "new_form"}


@pytest.mark.parametrize(
    ("status", "role", "expected"),
    [
        (None, "agent", NEW),
        ("received", "agent", NEW | {"discard", "follow_up"}),
        ("transferred", "supervisor", NEW | {"discard", "follow_up"}),
        ("completed", "agent", {"follow_up", "new_form", "ask_reopen"}),
        ("discarded", "agent", {"follow_up", "new_form", "ask_reopen"}),
        ("completed", "supervisor", {"follow_up", "new_form", "reopen"}),
        ("discarded", "admin", {"follow_up", "new_form", "reopen"}),
    ],
)
def test_the_enabled_buttons(status: str | None, role: str, expected: set[str]) -> None:
    assert allowed_actions(status, role) == {Action(name) for name in expected}


def test_the_codes_are_those_of_the_tables() -> None:
    assert tuple(TicketType) == TICKET_TYPES
    assert tuple(TicketStatus) == STATUSES
    assert tuple(Origin) == ORIGINS
