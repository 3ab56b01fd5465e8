"""Drafts: kept whole, found by their owner alone."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.queries.drafts import draft_detail, draft_list, my_drafts
from ets_desktop.services.drafts import DeleteDraft, SaveDraft, delete_draft, save_draft
from tests.factories import a_draft, a_form, make

Login = Callable[[Agent], Database]


def test_a_draft_comes_back_as_it_was_typed(database: Database, kim: Agent) -> None:
    contents = FormContents(a_form(content="쓰다 만\n글"), customer_name="김정민", to_team_id=3)
    command = SaveDraft(uuid4(), kim.id, "manual", contents)
    done = database.call(save_draft, command)
    assert done.touched == {f"drafts/{kim.id}"}
    kept = database.call(draft_detail, kim.id, done.value)
    assert (kept.contents, kept.kind, kept.draft_id) == (contents, "manual", command.draft_id)


def test_keeping_the_same_draft_again_replaces_it(database: Database, kim: Agent) -> None:
    draft_id = uuid4()
    for kind, content in (("manual", "하나"), ("call", "둘")):
        contents = FormContents(a_form(content=content))
        database.call(save_draft, SaveDraft(draft_id, kim.id, kind, contents))
    kept = database.call(draft_detail, kim.id, draft_id)
    assert (kept.kind, kept.contents.form.content) == ("call", "둘")
    assert database.call(draft_list, kim.id, 10).count == 1


def test_a_deleted_draft_is_gone(database: Database, kim: Agent) -> None:
    draft = make(database, a_draft, agent=kim)
    assert database.call(delete_draft, DeleteDraft(draft.id, kim.id)).value
    assert not database.call(delete_draft, DeleteDraft(draft.id, kim.id)).value
    with pytest.raises(NotFound) as missing:
        database.call(draft_detail, kim.id, draft.id)
    assert missing.value.code == "no_such_draft"


def test_nobody_sees_or_touches_anothers_draft(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent
) -> None:
    draft = make(database, a_draft, agent=kim)
    assert len(login(kim).call(my_drafts, kim.id, None, 10).rows) == 1
    for stranger in (lee, park):
        desk = login(stranger)
        # Even when the client lies about who is asking.
        assert desk.call(my_drafts, kim.id, None, 10).rows == ()
        assert not desk.call(delete_draft, DeleteDraft(draft.id, kim.id)).value
        for owner in (kim, stranger):
            stolen = SaveDraft(draft.id, owner.id, "manual", FormContents(a_form()))
            with pytest.raises(RuleViolation) as refused:
                desk.call(save_draft, stolen)
            assert refused.value.code == "not_allowed"
    assert database.call(draft_list, kim.id, 10).count == 1
