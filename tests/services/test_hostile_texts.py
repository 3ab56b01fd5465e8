"""What is pasted, or told by a telephone system or a courier, never keeps the rest from being
stored."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calls import Direction
from ets_desktop.domain.drafts import FormContents, from_json, to_json
from ets_desktop.domain.storable import storable
from ets_desktop.queries.drafts import draft_detail
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.drafts import SaveDraft, save_draft
from ets_desktop.services.pickups import take_pickup_news
from tests.calls import ring
from tests.claims import news, requested, shipped_line, wish
from tests.factories import a_form

UNSTORABLE = ("\x00", "\ud800", "\udfff", "a\x00b\ud800")


@pytest.mark.parametrize("hostile", UNSTORABLE)
def test_a_draft_is_kept_without_it(database: Database, kim: Agent, hostile: str) -> None:
    contents = FormContents(
        a_form(content=f"쓰던{hostile} 글", tags=(f"급{hostile}",)),
        customer_name=f"김{hostile}정민",
    )
    command = SaveDraft(uuid4(), kim.id, "manual", contents)
    kept = database.call(draft_detail, kim.id, database.call(save_draft, command).value).contents
    assert kept == from_json(to_json(contents))
    assert kept.form.content.endswith(" 글")


@pytest.mark.parametrize("hostile", UNSTORABLE)
def test_a_call_rings_whatever_its_name_is(database: Database, kim: Agent, hostile: str) -> None:
    event = replace(
        ring(number=f"0100000{hostile}1234"),
        caller_name=f"Kim{hostile}",
        queue=hostile,
        dialled=hostile,
        details={f"k{hostile}": hostile},
    )
    call_id = database.call(record_leg_event, event).value
    row = database.call(
        lambda session: session.execute(
            text("SELECT caller_name, direction FROM call WHERE id = :id"), {"id": call_id}
        ).one()
    )
    assert row.caller_name == "Kim" + storable(hostile)
    assert row.direction == Direction.IN


@pytest.mark.parametrize("hostile", UNSTORABLE)
def test_a_couriers_words_are_news(database: Database, kim: Agent, hostile: str) -> None:
    made = requested(database, kim, wish(shipped_line(database)))
    told = news(made, None, words=f"문이{hostile} 닫힘", place=hostile, code=hostile)
    assert not database.call(take_pickup_news, told).value.repeated
    assert database.call(take_pickup_news, told).value.repeated


def test_what_can_be_stored_stays_as_it_is() -> None:
    told = {"a": ["가\n", 1, None, True], "b": {"c": 1.5}}
    assert storable(told) == told
    assert storable(Direction.IN) is Direction.IN
