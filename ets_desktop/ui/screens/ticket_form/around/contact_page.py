"""접촉이력: everything by which the customer was in touch, ARS이력 and SMS beside it (spec 50)."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.masking import mask_phone
from ets_desktop.queries.contacts import contacts_of, messages_of
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import duration_text, moment_text
from ets_desktop.ui.journey_words import contact_words, dialled_of, happening
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.ticket_form.around.ars_page import TITLE as ARS
from ets_desktop.ui.screens.ticket_form.around.ars_page import ArsPage
from ets_desktop.ui.table_panel import CHOOSE, TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.widgets.counted_tabs import CountedTabs

TITLE = "접촉이력"
MESSAGES = "SMS"
RETIE = "통화 고객 바꾸기"

CONTACT_COLUMNS: tuple[Column[JourneyRow], ...] = (
    Column("일시", lambda row: moment_text(row.at), 19),
    Column("구분", happening, 9, CENTER),
    Column("접수번호", lambda row: row.ticket_no, 13, least=13),
    Column("내용", contact_words, 34),
    Column("담당자", lambda row: row.agent, 9),
    Column("전화번호", lambda row: mask_phone(row.number), 14, dials=dialled_of),
    Column("통화시간", lambda row: duration_text(row.seconds), 8, RIGHT),
)
MESSAGE_COLUMNS: tuple[Column[JourneyRow], ...] = (
    Column("일시", lambda row: moment_text(row.at), 19),
    Column("내용", lambda row: row.note, 44),
    Column("담당자", lambda row: row.agent, 9),
    Column("접수번호", lambda row: row.ticket_no, 13, least=13),
    Column("제목", lambda row: row.words, 26),
)


def contact_key(row: JourneyRow) -> tuple[int, int]:
    return row.id


class ContactPage(QWidget):
    """선택, double click and Enter load the ticket behind a row; a call without one has none."""

    #: JourneyRow with a ticket
    row_chosen = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.contacts: TablePanel[JourneyRow] = TablePanel(
            TITLE, CONTACT_COLUMNS, contact_key, buttons=(CHOOSE, RETIE), state=context.state
        )
        self.messages: TablePanel[JourneyRow] = TablePanel(
            MESSAGES, MESSAGE_COLUMNS, contact_key, state=context.state
        )
        self.ars = ArsPage(context)
        jobs = context.jobs(self)
        self.lists: tuple[PagedList[JourneyRow], ...] = (
            PagedList(jobs, self.contacts, contacts_of, TITLE),
            PagedList(jobs, self.messages, messages_of, MESSAGES),
        )
        self.retie = self.contacts.button(RETIE)
        self.tabs = CountedTabs(TITLE)
        self.tabs.add_page(TITLE, self.contacts)
        self.tabs.add_page(ARS, self.ars)
        self.tabs.add_page(MESSAGES, self.messages)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 0)
        whole.addWidget(self.tabs)
        self.contacts.row_chosen.connect(self._on_row_chosen)
        self.retie.clicked.connect(self._on_retie_clicked)
        self.messages.row_chosen.connect(self._on_row_chosen)
        self.tabs.currentChanged.connect(self._on_page_changed)

    def show_whose(self, whose: Whose | None) -> None:
        """Of this customer or number from now on; None empties the lists."""
        for rows in self.lists:
            rows.show_key(whose)
        self.ars.show_whose(whose)

    def ticket_ids(self) -> set[int]:
        """The tickets behind the rows that are shown."""
        rows = (*self.contacts.model.rows, *self.messages.model.rows)
        return {row.ticket_id for row in rows if row.ticket_id is not None}

    @Slot(object)
    def _on_row_chosen(self, row: JourneyRow) -> None:
        if row.ticket_id is not None:
            self.row_chosen.emit(row)
        else:
            self._context.desk.say(self.tr("접수가 없는 통화입니다."))

    @Slot()
    def _on_retie_clicked(self) -> None:
        """The caller was somebody else, as it turned out since."""
        row = self.contacts.row_in_hand()
        if row is None:
            return
        if row.call_id is None:
            self._context.desk.say(self.tr("통화가 아닌 줄입니다. 통화를 고르십시오."))
        else:
            self._context.desk.retie_call(row.call_id)

    @Slot(int)
    def _on_page_changed(self, _number: int) -> None:
        for rows in self.lists:
            rows.load_if_visible()
        self.ars.rows.load_if_visible()
