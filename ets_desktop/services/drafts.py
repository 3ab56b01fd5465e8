"""임시저장: keeping and dropping the drafts of the person logged in."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.tickets import Draft
from ets_desktop.domain.drafts import FormContents, to_json
from ets_desktop.domain.topics import Done, draft_topic


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep the form as it stands; `draft_id` is made by the desk, `kind` is manual (임시저장),
    call (a call pushed it aside) or recovered (from the journal)."""

    draft_id: UUID
    agent_id: int
    kind: str
    contents: FormContents


@dataclass(frozen=True, slots=True)
class DeleteDraft:
    draft_id: UUID
    agent_id: int


def save_draft(session: Session, command: SaveDraft) -> Done[UUID]:
    """임시저장: any contents will do. The same `draft_id` again replaces the draft, never doubles
    it; somebody else's draft is refused by the row rules."""
    kept = {
        "kind": command.kind,
        "form": to_json(command.contents),
        "saved_at": func.clock_timestamp(),
    }
    session.execute(
        insert(Draft)
        .values(id=command.draft_id, agent_id=command.agent_id, **kept)
        .on_conflict_do_update(index_elements=[Draft.id], set_=kept)
    )
    return Done(command.draft_id, frozenset({draft_topic(command.agent_id)}))


def delete_draft(session: Session, command: DeleteDraft) -> Done[bool]:
    """삭제; false when there is none (any more): it may have been saved meanwhile."""
    gone = session.execute(
        delete(Draft)
        .where(Draft.id == command.draft_id, Draft.agent_id == command.agent_id)
        .returning(Draft.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    return Done(gone is not None, frozenset({draft_topic(command.agent_id)}))
