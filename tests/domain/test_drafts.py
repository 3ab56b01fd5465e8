"""A form survives the way through JSON; a damaged one is refused whole."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from ets_desktop.domain.drafts import FormContents, from_json, to_json
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import TicketForm

CLIENT_ID = UUID("11111111-2222-4333-8444-555555555555")
FULL = FormContents(
    TicketForm(
        CLIENT_ID,
        ticket_type="delivery",
        category_id=3,
        origin="phone",
        title="배송 언제",
        content="어제\n온다고 했는데 😀",
        tags=("지연", "재문의"),
        customer_id=9,
        caller_number="010-0000-1234",
        order_id=4,
        order_line_id=5,
        due_on=date(2026, 11, 23),
        resolution="쿠폰",
        customer_confirmed=True,
    ),
    ticket_id=7,
    version=2,
    follow_up_of=6,
    call_id=8,
    customer_name="김정민",
    to_agent_id=3,
    to_team_id=2,
    transfer_reason="담당",
    callback_at=datetime(2026, 11, 21, 5, 0, tzinfo=UTC),
    callback_number="02-000-0000",
)


@pytest.mark.parametrize("contents", [FULL, FormContents(TicketForm(CLIENT_ID))])
def test_what_was_typed_comes_back(contents: FormContents) -> None:
    assert from_json(json.loads(json.dumps(to_json(contents)))) == contents


def test_every_field_is_kept() -> None:
    kept = set(to_json(FULL)) - {"format"}
    form = {field.name for field in fields(TicketForm)}
    assert kept == form | {field.name for field in fields(FormContents)} - {"form"}


def test_an_older_program_wrote_fewer_fields() -> None:
    written = {"format": 1, "client_id": str(CLIENT_ID), "content": "본문"}
    assert from_json(written) == FormContents(TicketForm(CLIENT_ID, content="본문"))


def test_what_the_database_cannot_hold_is_left_out() -> None:
    contents = FormContents(TicketForm(CLIENT_ID, content="a\x00b\ud800", tags=("t\x00",)))
    assert from_json(to_json(contents)).form.content == "ab"
    assert from_json(to_json(contents)).form.tags == ("t",)


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 2},
        {"client_id": "no id"},
        {"client_id": 5},
        {"customer_id": "9"},
        {"customer_id": True},
        {"tags": "지연"},
        {"tags": [1]},
        {"due_on": "gestern"},
        {"callback_at": "2026-11-21T05:00:00"},
        {"content": None},
        {"customer_confirmed": 1},
    ],
)
def test_a_damaged_draft_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(RuleViolation) as refused:
        from_json(to_json(FULL) | damage)
    assert refused.value.code == "draft_unreadable"


def test_a_draft_without_its_id_is_refused() -> None:
    with pytest.raises(RuleViolation):
        from_json({"format": 1})
