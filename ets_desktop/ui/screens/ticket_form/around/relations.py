"""Above the form: what this ticket follows and what follows it, and where a call belongs."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.topics import EVERYTHING, Topic, customer_topic, ticket_topic
from ets_desktop.queries.relations import OpenTicketRow, TicketLink, links_of, newest_open_ticket
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import TICKET_STATUSES, TICKET_TYPES, word
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.pages import FormPages
from ets_desktop.ui.widgets.flow_layout import FlowLayout
from ets_desktop.ui.widgets.tips import plain_tip


class FollowUps(QWidget):
    """A button for each ticket before and after this one in 추가 접수; hidden without any."""

    #: TicketLink
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("후속 접수"))
        self._flow = FlowLayout(self)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_links(self, links: tuple[TicketLink, ...]) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(link) for link in links]
        for button in self.buttons:
            self._flow.addWidget(button)
        self.setVisible(bool(links))

    def _button(self, link: TicketLink) -> QPushButton:
        told = self.tr("이전 접수 {number} ({status})")
        if not link.is_earlier:
            told = self.tr("후속 접수 {number} ({status})")
        status = word(TICKET_STATUSES, link.status)
        button = QPushButton(told.format(number=link.ticket_no, status=status), self)
        button.setProperty("role", "small")
        button.setAutoDefault(False)
        button.setToolTip(plain_tip(link.title))
        button.clicked.connect(partial(self._on_clicked, link))
        button.show()
        return button

    def _on_clicked(self, link: TicketLink, _checked: bool = False) -> None:
        self.chosen.emit(link)


class CallChoice(QFrame):
    """기존 접수에 추가, which is proposed, beside 새 접수 (spec 20, activities)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("통화를 남길 접수"))
        self.setProperty("role", "bar")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.add = QPushButton(self.tr("기존 접수에 추가"))
        self.add.setProperty("role", "primary")
        self.begin = QPushButton(self.tr("새 접수"))
        self._lay_out()
        self.offer(None)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.add)
        buttons.addWidget(self.begin)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addLayout(buttons)
        for button in (self.add, self.begin):
            button.setAutoDefault(False)

    @property
    def message(self) -> str:
        return self._text.text()

    def offer(self, ticket: OpenTicketRow | None) -> None:
        """None: there is nothing to choose from."""
        for button in (self.add, self.begin):
            # Their keys do nothing while nothing is offered.
            button.setEnabled(ticket is not None)
        if ticket is not None:
            self._text.setText(self._words(ticket))
        self.setVisible(ticket is not None)

    def _words(self, ticket: OpenTicketRow) -> str:
        parts = (word(TICKET_TYPES, ticket.ticket_type), ticket.title, ticket.assignee)
        about = " · ".join(part for part in parts if part)
        told = self.tr("처리 중인 접수 {count}건, 최근 {number}: {about}")
        return told.format(count=ticket.count, number=ticket.ticket_no, about=about)


class Relations(QWidget):
    """Watches the form, and reads again when its ticket or its customer is told of."""

    #: ticket id, and whether the call in the form goes along
    ticket_chosen = Signal(int, bool)

    def __init__(self, context: UiContext, form: OpenForm, pages: FormPages) -> None:
        super().__init__()
        self._form = form
        self._pages = pages
        self._jobs = context.jobs(self)
        self._linked: tuple[int | None, int | None] = (None, None)
        #: the form and its customer whose open tickets are asked for
        self._offered: tuple[UUID, int] | None = None
        self._begun: UUID | None = None
        self._open: OpenTicketRow | None = None
        self.follow_ups = FollowUps()
        self.choice = CallChoice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.follow_ups)
        column.addWidget(self.choice)
        self._settle()
        self._wire(context)

    def _wire(self, context: UiContext) -> None:
        self.follow_ups.chosen.connect(self._on_link_chosen)
        self.choice.add.clicked.connect(self._on_add_clicked)
        self.choice.begin.clicked.connect(self._on_begin_clicked)
        self._form.replaced.connect(self._follow_form)
        self._form.customer_changed.connect(self._follow_form)
        self._form.status_changed.connect(self._follow_form)
        context.changes.subscribe(self, ("ticket/", "customer/"), self._on_touched)

    def keyed_buttons(self) -> dict[str, QPushButton]:
        """Action (ui/shortcuts.py) → the button its key presses."""
        return {"add_to_ticket": self.choice.add, "begin_ticket": self.choice.begin}

    @Slot()
    def _follow_form(self) -> None:
        linked = (self._form.ticket_id, self._form.contents.follow_up_of)
        if linked != self._linked:
            self._linked = linked
            self._show_links(())
            self._read_links()
        offered = self._wants_choice()
        if offered != self._offered:
            self._offered = offered
            self._offer(None)
            self._read_open()

    def _wants_choice(self) -> tuple[UUID, int] | None:
        """A new form with a call of a known customer, until 새 접수 was said."""
        form = self._form
        is_new = form.ticket_id is None and self._linked[1] is None
        if form.call is None or form.customer_id is None or not is_new:
            return None
        return None if form.client_id == self._begun else (form.client_id, form.customer_id)

    def _read_links(self) -> None:
        if self._linked == (None, None):
            self._jobs.stop("links")
        else:
            self._jobs.load(links_of, *self._linked, on_done=self._show_links, lane="links")

    def _show_links(self, links: tuple[TicketLink, ...]) -> None:
        self.follow_ups.show_links(links)
        self._settle()

    def _read_open(self) -> None:
        if self._offered is None:
            self._jobs.stop("open")
        else:
            customer_id = self._offered[1]
            self._jobs.load(
                newest_open_ticket, customer_id, on_done=self._on_open_read, lane="open"
            )

    def _on_open_read(self, ticket: OpenTicketRow | None) -> None:
        is_news = ticket is not None and self._open is None
        self._offer(ticket)
        if ticket is not None and is_news:
            self._pages.show_own_ticket(ticket.ticket_id)

    def _offer(self, ticket: OpenTicketRow | None) -> None:
        self._open = ticket
        self.choice.offer(ticket)
        self._settle()

    def _settle(self) -> None:
        """Empty, it takes no room above the form."""
        self.setVisible(bool(self.follow_ups.buttons) or self._open is not None)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        customer_id, ticket_id = self._form.customer_id, self._form.ticket_id
        mine: set[Topic] = {customer_topic(customer_id)} if customer_id is not None else set()
        if ticket_id is not None:
            mine.add(ticket_topic(ticket_id))
        if EVERYTHING in topics or topics & mine:
            self._read_links()
            self._read_open()

    @Slot(object)
    def _on_link_chosen(self, link: TicketLink) -> None:
        own = link.customer_id is not None and link.customer_id == self._form.customer_id
        self.ticket_chosen.emit(link.ticket_id, own)

    @Slot()
    def _on_add_clicked(self) -> None:
        if self._open is not None:
            self.ticket_chosen.emit(self._open.ticket_id, True)

    @Slot()
    def _on_begin_clicked(self) -> None:
        self._begun = self._form.client_id
        self._form.touch_call()
        self._follow_form()
