"""Bringing tickets and drafts into the form, and emptying it."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from ets_desktop.domain.topics import SETTINGS, Done, Topic
from ets_desktop.queries.agents import (
    AgentRow,
    CategoryRow,
    TeamRow,
    active_agents,
    ticket_categories,
)
from ets_desktop.queries.agents import teams as all_teams
from ets_desktop.queries.drafts import DraftDetail, draft_detail
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.services.tickets import OpenTicket, open_ticket
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.receivers import receivers
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.kept.undoing import Undoing
from ets_desktop.ui.screens.ticket_form.open_form import LANE, OpenForm, TakenCall
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving


@dataclass(frozen=True)
class Choices:
    """What the drop-downs offer."""

    agents: tuple[AgentRow, ...]
    teams: tuple[TeamRow, ...]
    categories: tuple[CategoryRow, ...]


def read_choices(session: Any) -> Choices:
    return Choices(active_agents(session), all_teams(session), ticket_categories(session))


def read_draft(
    session: Any, agent_id: int, draft_id: UUID
) -> tuple[DraftDetail, TicketDetail | None]:
    """A draft, and the ticket it is about if it is stored already."""
    draft = draft_detail(session, agent_id, draft_id)
    ticket_id = draft.contents.ticket_id
    return draft, None if ticket_id is None else ticket_detail(session, ticket_id)


class Opening(QObject):
    """Asks about unsaved text before, and once more if something was typed while it read."""

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        fields: TicketFields,
        saving: Saving,
        undoing: Undoing,
    ) -> None:
        super().__init__(form)
        self._undoing = undoing
        self._context = context
        self._jobs = jobs
        self._form = form
        self._fields = fields
        self._saving = saving
        context.changes.subscribe(self, (SETTINGS,), self._on_settings_touched)

    def _on_settings_touched(self, _topics: frozenset[Topic]) -> None:
        """An admin may have changed the 세부유형."""
        self.load_choices()

    def load_choices(self) -> None:
        self._jobs.load(read_choices, on_done=self._on_choices_read, lane="choices")

    def _on_choices_read(self, choices: Choices) -> None:
        self._fields.receiver.offer(
            receivers(choices.agents, choices.teams, without=self._context.agent.agent_id)
        )
        self._fields.offer_categories(
            (row.category_id, row.ticket_type, row.name) for row in choices.categories
        )

    def new_form(self) -> None:
        """새화면."""
        self._saving.clear_way(self._empty)

    def _empty(self) -> None:
        self._jobs.stop(LANE)
        undo = self._undoing.undo(always=True)
        self._form.clear()
        self._fields.take_focus()
        if undo is not None:
            self._context.desk.say(self.tr("새화면을 열었습니다."), undo)

    def load_ticket(self, ticket_id: int, call: TakenCall | None = None) -> None:
        """Every list's 선택; `call` goes along if the contact belongs to that ticket."""
        self._saving.clear_way(partial(self._open_ticket, ticket_id, call))

    def _open_ticket(self, ticket_id: int, call: TakenCall | None) -> None:
        command = OpenTicket(self._context.agent.agent_id, ticket_id)

        def on_opened(done: Done[TicketDetail]) -> None:
            # Opening accepts what is offered; a read tells nobody of it by itself.
            self._context.changes.publish(done.touched)
            self._saving.clear_way(partial(self._show_ticket, done.value, call), again=True)

        self._jobs.load(open_ticket, command, on_done=on_opened, lane=LANE)

    def _show_ticket(self, detail: TicketDetail, call: TakenCall | None) -> None:
        undo = self._undoing.undo()
        self._form.show_ticket(detail, call)
        told = filled(self.tr("접수 {number|을} 불러왔습니다."), {"number": detail.ticket_no})
        if call is not None:
            told += " " + self.tr("저장하면 지금 통화가 이 접수에 남습니다.")
        self._context.desk.say(told, undo)

    def load_draft(self, draft_id: UUID) -> None:
        self._saving.clear_way(partial(self._open_draft, draft_id))

    def _open_draft(self, draft_id: UUID) -> None:
        self._jobs.load(
            read_draft,
            self._context.agent.agent_id,
            draft_id,
            on_done=self._on_draft_read,
            lane=LANE,
        )

    def _on_draft_read(self, found: tuple[DraftDetail, TicketDetail | None]) -> None:
        self._saving.clear_way(partial(self._show_draft, *found), again=True)

    def _show_draft(self, draft: DraftDetail, detail: TicketDetail | None) -> None:
        undo = self._undoing.undo()
        self._form.show_draft(draft.draft_id, draft.contents, detail)
        self._context.desk.say(self.tr("임시저장한 내용을 불러왔습니다."), undo)
