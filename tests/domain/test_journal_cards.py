"""A customer's card in the journal: read back to the letter, or refused as a whole."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from ets_desktop.domain.customers import AddressForm, CustomerForm
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.journal_cards import (
    CardEntry,
    TypedCard,
    card_from_json,
    card_to_json,
    is_card,
)

ENTRY = CardEntry(
    datetime(2026, 11, 22, tzinfo=UTC),
    uuid4(),
    uuid4(),
    TypedCard(
        CustomerForm("김정민", grade="gold", cashback=-1),
        "02-000-0001",
        "010-0000-0001",
        "만원쯤",
        "010-00",
        ("010-0000-0002",),
        (7,),
        (AddressForm("물빛로 2", zipcode="01234"),),
        (9,),
    ),
    CustomerForm("김정민"),
    12,
    3,
    "김*민 · C000000012",
)


def test_a_card_is_read_back_to_the_letter() -> None:
    written = json.loads(json.dumps(card_to_json(ENTRY)))
    assert is_card(written)
    assert card_from_json(written) == ENTRY


def test_what_an_older_or_newer_program_wrote_is_read() -> None:
    written = card_to_json(ENTRY)
    form = written["card"]["typed"]["form"]
    del form["introducer"]
    form["new_field"] = "later"
    assert card_from_json(written) == ENTRY


def test_a_form_is_no_card() -> None:
    assert not is_card({"contents": {}})


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"card": None},
        {"card": {}},
        {"card": {**card_to_json(ENTRY)["card"], "at": "2026-11-22T00:00:00"}},
        {"card": {**card_to_json(ENTRY)["card"], "client_id": "no id"}},
    ],
)
def test_anything_else_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(RuleViolation) as refused:
        card_from_json(broken)
    assert refused.value.code == "draft_unreadable"


def test_nothing_but_the_form_need_be_typed() -> None:
    entry = replace(ENTRY, typed=TypedCard(CustomerForm("")), customer_id=None, version=None)
    assert card_from_json(json.loads(json.dumps(card_to_json(entry)))) == entry
