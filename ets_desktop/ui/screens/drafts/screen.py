"""접수정보 임시저장: loading a draft keeps it here; saving its ticket takes it away (spec 10)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import Done, Topic, draft_topic
from ets_desktop.queries.drafts import (
    DraftDetail,
    DraftList,
    DraftRow,
    draft_detail,
    draft_list,
    my_drafts,
)
from ets_desktop.services.drafts import DeleteDraft, SaveDraft, delete_draft, save_draft
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import DRAFT_KINDS, error_text, word
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.table_panel import Question, TablePanel
from ets_desktop.ui.tables import CENTER, Column, Dialled

SCREEN_ID = "drafts"
LOAD, DELETE = "불러오기", "삭제"
PAGE = 100

_ROWS, _MORE, _KEPT = "rows", "more", "kept"


def _dialled(draft: DraftRow) -> Dialled:
    """Whose call it was; a draft is no ticket yet."""
    return Dialled(draft.caller_number)


COLUMNS: tuple[Column[DraftRow], ...] = (
    Column("저장일시", lambda draft: moment_text(draft.saved_at), 19),
    Column(
        "고객",
        lambda draft: mask_name(draft.customer) or mask_phone(draft.caller_number),
        13,
        dials=_dialled,
    ),
    Column("주문번호", lambda draft: draft.channel_order_no, 19, tip=lambda draft: draft.order_no),
    Column("제목", lambda draft: draft.title, 60),
    Column("구분", lambda draft: word(DRAFT_KINDS, draft.kind), 6, CENTER),
)


def _key(draft: DraftRow) -> UUID:
    return draft.draft_id


def _question_of(agent_id: int) -> Question[DraftRow]:
    def further(session: Any, after: tuple[object, ...], size: int) -> Page[DraftRow]:
        return my_drafts(session, agent_id, after, size)

    return Question(further, {"agent": agent_id})


class DraftsScreen(Screen):
    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._list: TablePanel[DraftRow] = TablePanel(
            "접수정보 임시저장",
            COLUMNS,
            _key,
            buttons=(LOAD, DELETE),
            state=context.state,
            empty=self.tr("임시저장한 접수정보가 없습니다."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self._wire()
        self._pace.ask()

    def _wire(self) -> None:
        self._list.set_question(_question_of(self.context.agent.agent_id))
        for action, title in (("load_draft", LOAD), ("delete_draft", DELETE)):
            self.context.desk.actions.bind_button(action, self._list.button(title), self)
        self._list.button(LOAD).clicked.connect(self._list.choose)
        self._list.button(DELETE).clicked.connect(self._on_delete_clicked)
        self._list.row_chosen.connect(self._on_row_chosen)
        self._list.more_wanted.connect(self._on_more_wanted)
        self.jobs.writing_changed.connect(self._on_writing_changed)
        mine = draft_topic(self.context.agent.agent_id)
        self.context.changes.subscribe(self, (mine,), self._on_touched)

    def showEvent(self, event: QShowEvent) -> None:
        """The tab comes to the front; customers and orders of drafts may be called otherwise."""
        super().showEvent(event)
        if not event.spontaneous():
            self._pace.ask()

    def take_focus(self) -> None:
        self._list.table.setFocus()

    def _load(self) -> None:
        self.jobs.stop(_MORE)
        self._list.await_rows()
        self.jobs.load(
            draft_list,
            self.context.agent.agent_id,
            max(PAGE, self._list.model.rowCount()),
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_loaded(self, drafts: DraftList) -> None:
        self.jobs.stop(_MORE)
        self._list.reload(drafts.page, drafts.as_of)
        self.context.desk.set_count(SCREEN_ID, drafts.count)

    def _on_load_failed(self, error: EtsError) -> None:
        self._list.show_error(error_text(error))

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        self.jobs.load(
            my_drafts,
            self.context.agent.agent_id,
            after,
            PAGE,
            on_done=self._list.append_page,
            on_error=self._on_load_failed,
            lane=_MORE,
        )

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    @Slot(object)
    def _on_row_chosen(self, draft: DraftRow) -> None:
        self.context.desk.load_draft(draft.draft_id)

    @Slot()
    def _on_delete_clicked(self) -> None:
        draft = self._list.current_row()
        if draft is None:
            self.context.desk.say(self.tr("목록에서 한 건을 먼저 고르십시오."))
            return
        self.jobs.load(
            draft_detail,
            self.context.agent.agent_id,
            draft.draft_id,
            on_done=self._delete,
            on_error=partial(self._on_unreadable, draft.draft_id),
            lane=_KEPT,
        )

    def _delete(self, kept: DraftDetail) -> None:
        """What was read can be brought back."""
        self._send_delete(kept.draft_id, partial(self._bring_back, kept))

    def _on_unreadable(self, draft_id: UUID, error: EtsError) -> None:
        if isinstance(error, RuleViolation):
            self._send_delete(draft_id, None)
        else:
            self.context.desk.tell(error)

    def _send_delete(self, draft_id: UUID, undo: Callable[[], object] | None) -> None:
        wish = DeleteDraft(draft_id, self.context.agent.agent_id)
        self.jobs.save(delete_draft, wish, on_done=partial(self._on_deleted, undo))

    def _on_deleted(self, undo: Callable[[], object] | None, done: Done[bool]) -> None:
        if done.value:
            self.context.desk.say(self.tr("임시저장을 삭제했습니다."), undo)
        else:
            self.context.desk.say(self.tr("이미 없는 임시저장입니다."))

    def _bring_back(self, kept: DraftDetail) -> None:
        wish = SaveDraft(kept.draft_id, self.context.agent.agent_id, kept.kind, kept.contents)
        self.jobs.save(save_draft, wish, on_done=self._on_brought_back)

    def _on_brought_back(self, _done: Done[UUID]) -> None:
        self.context.desk.say(self.tr("삭제한 임시저장을 되살렸습니다."))

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        self._list.button(DELETE).setEnabled(not writing)
