"""미확인 반품: parcels that nobody expected wait here until their claim is found."""

from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import UNMATCHED, Done, Topic
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.queries.returns import UnmatchedRow, claims_for_return, unmatched_returns
from ets_desktop.services.claim_rows import ClaimDone
from ets_desktop.services.unmatched_returns import (
    MatchReturn,
    RegisterReturn,
    match_return,
    register_return,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screens.returned_parcels.columns import (
    claim_columns,
    claim_key,
    unmatched_columns,
    unmatched_key,
)
from ets_desktop.ui.screens.returned_parcels.parcel_form import FIND, REGISTER, ParcelForm
from ets_desktop.ui.screens.returned_parcels.photos import PhotoLine
from ets_desktop.ui.table_panel import CHOOSE, Question, TablePanel
from ets_desktop.ui.topbar import now_in_seoul

TITLE, CANDIDATES = "미확인 반품", "클레임 후보"
MATCH, PHOTOS = "연결", "사진"
PAGE = 200

_ROWS, _MORE, _FOUND = "rows", "more", "found"


class UnmatchedReturns(QWidget):
    """A row's claim is looked for by what stands on the parcel; 연결 receives it for that claim."""

    #: Something was pressed: the next parcel may come, before the answer does.
    acted = Signal()
    #: how many wait; None while not all of them are read
    counted = Signal(object)
    #: id of the claim that a parcel was received for
    matched = Signal(int)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._client_id = uuid4()
        self._registered: int | None = None
        self._form = ParcelForm()
        self._photos = PhotoLine(context)
        self._list: TablePanel[UnmatchedRow] = TablePanel(
            TITLE,
            unmatched_columns(),
            unmatched_key,
            buttons=(CHOOSE, PHOTOS),
            state=context.state,
            empty=self.tr("미확인 반품이 없습니다."),
        )
        self._candidates: TablePanel[ClaimRow] = TablePanel(
            CANDIDATES,
            claim_columns(),
            claim_key,
            buttons=(MATCH,),
            state=context.state,
            empty=self.tr("찾은 클레임이 없습니다."),
        )
        self.jobs = context.jobs(self)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        lists = QSplitter(Qt.Orientation.Vertical)
        lists.addWidget(self._list)
        lists.addWidget(self._candidates)
        lists.setChildrenCollapsible(False)
        lists.setStretchFactor(0, 3)
        lists.setStretchFactor(1, 2)
        self._form.add_tool(self._photos)
        self._photos.show_photos(())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._form)
        column.addWidget(lists, 1)

    def _wire(self) -> None:
        self._list.set_question(Question(_further))
        self._list.row_previewed.connect(self._on_row_looked_at)
        self._list.row_chosen.connect(self._on_row_looked_at)
        self._list.more_wanted.connect(self._on_more_wanted)
        self._candidates.row_chosen.connect(self._on_claim_chosen)
        self._candidates.button(MATCH).clicked.connect(self._candidates.choose)
        self._form.register_wanted.connect(self._on_register_wanted)
        self._form.search_wanted.connect(self._on_search_wanted)
        self._form.emptied.connect(self._begin_another)
        self._photos.added.connect(self._on_photos_added)
        self._list.button(PHOTOS).clicked.connect(self._on_photos_clicked)
        self.jobs.writing_changed.connect(self._show_what_is_possible)
        self._context.changes.subscribe(self, (UNMATCHED,), self._on_touched)

    def buttons(self) -> dict[str, QPushButton]:
        """By the ids of their actions."""
        return {
            "register_return": self._form.button(REGISTER),
            "find_return_claim": self._form.button(FIND),
            "match_return": self._candidates.button(MATCH),
        }

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_what_is_possible()
        if not event.spontaneous():
            self._pace.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_what_is_possible()

    def show_waybill(self, number: str) -> None:
        """A parcel was scanned whose number no claim has."""
        self._form.show_waybill(number)
        self._begin_another()

    # Reading

    def _load(self) -> None:
        self.jobs.stop(_MORE)
        self._list.await_rows()
        self.jobs.load(
            unmatched_returns,
            None,
            max(PAGE, self._list.model.rowCount()),
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_loaded(self, page: Page[UnmatchedRow]) -> None:
        self.jobs.stop(_MORE)
        self._list.reload(page, now_in_seoul())
        self.counted.emit(len(page.rows) if page.next_key is None else None)
        number = -1 if self._registered is None else self._list.model.number_of(self._registered)
        if number >= 0:
            self._list.table.select_key(self._registered)
            self._registered = None
            self._on_row_looked_at(self._list.model.rows[number])

    def _on_load_failed(self, error: EtsError) -> None:
        self._list.show_error(error_text(error))

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        self.jobs.load(
            unmatched_returns,
            after,
            PAGE,
            on_done=self._list.append_page,
            on_error=self._on_load_failed,
            lane=_MORE,
        )

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self._pace.ask()

    # Whose it may be

    @Slot(object)
    def _on_row_looked_at(self, row: UnmatchedRow) -> None:
        self._search(row.sender_name, row.sender_phone, row.order_no)

    @Slot()
    def _on_search_wanted(self) -> None:
        """By what is typed; with nothing typed, whose the parcel in hand may be."""
        typed = self._form.typed()
        self._form.clear_errors()
        row = self._list.current_row()
        if row is not None and not (typed.sender_name or typed.sender_phone or typed.order_no):
            self._on_row_looked_at(row)
        else:
            self._search(typed.sender_name, typed.sender_phone, typed.order_no)

    def _search(self, name: str, phone: str, order_no: str) -> None:
        self._candidates.show_busy()
        self.jobs.load(
            partial(claims_for_return, name=name, phone=phone, order_no=order_no),
            on_done=self._candidates.show_rows,
            on_error=self._on_search_failed,
            lane=_FOUND,
        )

    def _on_search_failed(self, error: EtsError) -> None:
        self._candidates.show_error(error_text(error))

    # Doing

    @Slot()
    def _begin_another(self) -> None:
        self._client_id = uuid4()
        self._photos.show_photos(())

    @Slot(object, object)
    def _on_photos_added(self, _about: object, photos: tuple[str, ...]) -> None:
        self._photos.show_photos(photos)

    @Slot()
    def _on_photos_clicked(self) -> None:
        row = self._list.row_in_hand()
        if row is not None and row.photos:
            self._photos.look_at(row.photos)
        elif row is not None:
            self._context.desk.say(self.tr("사진이 없습니다."))

    @Slot()
    def _on_register_wanted(self) -> None:
        typed = self._form.typed()
        self._form.clear_errors()
        wish = RegisterReturn(
            self._context.agent.agent_id,
            self._client_id,
            typed.waybill,
            typed.courier,
            typed.sender_name,
            typed.sender_phone,
            typed.order_no,
            typed.note,
            self._photos.photos,
        )
        self.jobs.save(
            register_return, wish, on_done=self._on_registered, on_error=self._on_not_registered
        )
        self.acted.emit()

    def _on_registered(self, done: Done[int]) -> None:
        """Its row is looked at once it is read: its claim may be found at once."""
        self._registered = done.value
        self._form.empty()
        self._begin_another()
        self._context.desk.say(self.tr("미확인 반품으로 등록했습니다."))
        self._pace.ask()

    def _on_not_registered(self, error: EtsError) -> None:
        if not self._form.show_error(error):
            self._context.desk.tell(error)

    @Slot(object)
    def _on_claim_chosen(self, claim: ClaimRow) -> None:
        parcel = self._list.row_in_hand()
        if parcel is not None:
            wish = MatchReturn(self._context.agent.agent_id, parcel.return_id, claim.claim_id)
            self.jobs.save(
                match_return, wish, on_done=self._on_matched, on_error=self._on_not_matched
            )
            self.acted.emit()

    def _on_matched(self, done: Done[ClaimDone]) -> None:
        told = self.tr("{number}에 연결하고 입고를 확인했습니다.")
        self._context.desk.say(told.format(number=done.value.claim_no))
        self._list.table.let_go()
        self._candidates.clear()
        self._pace.ask()
        self.matched.emit(done.value.claim_id)

    def _on_not_matched(self, error: EtsError) -> None:
        self._context.desk.tell(error)
        self._pace.ask()

    @Slot()
    def _show_what_is_possible(self) -> None:
        # A key of the screen must not act on what is behind the other tab.
        free = not self.jobs.is_writing and not self.isHidden()
        for button in self.buttons().values():
            button.setEnabled(free)


def _further(session: Any, after: tuple[object, ...], size: int) -> Page[UnmatchedRow]:
    return unmatched_returns(session, after, size)
