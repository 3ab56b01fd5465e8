"""The Desk of a real window: passes what one screen wishes to whoever does it."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.ui.call_dock import CallDock
from ets_desktop.ui.cards import CallLine, OfferedCall, OrderChoice
from ets_desktop.ui.desk import TicketForm
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.notices import NoticeBar
from ets_desktop.ui.shortcuts import Actions
from ets_desktop.ui.status_line import StatusLine
from ets_desktop.ui.topbar import TopBar
from ets_desktop.ui.window_state import WindowState

#: The screen that holds the form (registry.SCREENS).
FORM = "ticket_form"


class WindowDesk(QObject):
    """Made before the window, for the screens inside it need it; the window listens to it."""

    tab_wanted = Signal(str)
    #: screen id, count (0: none), whether a row behind it is red
    count_changed = Signal(str, int, bool)
    #: a number to dial (the agent's own phone rings first), and what the call belongs to
    dial_requested = Signal(str, object)
    #: a callback to keep, and whom it is about
    call_back_requested = Signal(int, str)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.top_bar = TopBar()
        self.call_dock = CallDock(state)
        self.status_line = StatusLine()
        self.notices = NoticeBar()
        self.status_line.insertPermanentWidget(1, self.notices)
        self.actions = Actions()
        self._form: TicketForm | None = None
        self.call_dock.call_accept_requested.connect(self._on_call_accept_requested)
        self.top_bar.caller_clicked.connect(self._on_caller_clicked)

    def attach_form(self, form: TicketForm) -> None:
        self._form = form

    def open_tab(self, screen_id: str) -> None:
        self.tab_wanted.emit(screen_id)

    def set_count(self, screen_id: str, count: int | None, *, red: bool = False) -> None:
        self.count_changed.emit(screen_id, count or 0, red)

    def load_ticket(self, ticket_id: int) -> None:
        self._opened_form().load_ticket(ticket_id)

    def load_draft(self, draft_id: UUID) -> None:
        self._opened_form().load_draft(draft_id)

    def load_customer(self, customer_id: int) -> None:
        self._opened_form().load_customer(customer_id)

    def take_order(self, order: OrderChoice) -> None:
        self._opened_form().take_order(order)

    def take_call(self, call_id: int) -> None:
        self._opened_form().take_call(call_id)

    def retie_call(self, call_id: int) -> None:
        """The form's screen asks, in front of the tab that is open."""
        if self._form is not None:
            self._form.retie_call(call_id)

    def offer_call(self, call: OfferedCall) -> None:
        """A call rings: the form may take it by itself; no tab moves, nothing is asked."""
        if self._form is not None:
            self._form.offer_call(call)

    def take_shown_call(self) -> None:
        """F2: the call in the top bar, if there is one."""
        call = self.top_bar.call
        if call is None:
            self.say(self.tr("걸려온 통화가 없습니다."))
        else:
            self.take_call(call.call_id)

    @Slot()
    def _on_caller_clicked(self) -> None:
        if self.top_bar.call is not None:
            self.take_shown_call()

    def dial(self, number: str, about: DialledFrom = NOTHING) -> None:
        self.dial_requested.emit(number, about)

    def call_back(self, callback_id: int, about: str) -> None:
        self.call_back_requested.emit(callback_id, about)

    def show_waiting(self, count: int) -> None:
        self.status_line.show_waiting(count)

    def say(self, message: str, undo: Callable[[], object] | None = None) -> None:
        self.status_line.say(message, undo)

    def withdraw(self, message: str) -> None:
        self.status_line.withdraw(message)

    @Slot(object)
    def tell(self, error: EtsError) -> None:
        self.status_line.say(error_text(error), red=True)

    def _opened_form(self) -> TicketForm:
        """The form, brought to the front; the tab's screen attaches itself when it is built."""
        self.open_tab(FORM)
        if self._form is None:
            raise RuntimeError("no screen attached itself as the ticket form")
        return self._form

    @Slot(object)
    def _on_call_accept_requested(self, line: CallLine) -> None:
        self.take_call(line.call_id)
