"""What a screen may ask of the window around it, so that screens need not know each other."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.ui.call_dock import CallDock
from ets_desktop.ui.cards import OfferedCall, OrderChoice
from ets_desktop.ui.shortcuts import Actions
from ets_desktop.ui.topbar import TopBar


class TicketForm(Protocol):
    """What CS접수정보 등록 does for the others; it asks about unsaved text itself."""

    def load_ticket(self, ticket_id: int) -> None: ...

    def load_draft(self, draft_id: UUID) -> None: ...

    def load_customer(self, customer_id: int) -> None: ...

    def take_order(self, order: OrderChoice) -> None:
        """Link the order after asking as spec 10 says (주문 연결, 고객 등록, 고객 변경)."""
        ...

    def take_call(self, call_id: int) -> None:
        """F2, or 접수 in the dock: this call belongs to the form from now on."""
        ...

    def retie_call(self, call_id: int) -> None:
        """통화 고객 바꾸기: asks whose call it was, in front of whatever is shown."""
        ...

    def offer_call(self, call: OfferedCall) -> None:
        """A call rings: an empty form takes it by itself (spec 10), any other leaves it alone."""
        ...


class Desk(Protocol):
    """The window as screens see it; every method is for the GUI thread."""

    @property
    def top_bar(self) -> TopBar: ...

    @property
    def call_dock(self) -> CallDock: ...

    @property
    def actions(self) -> Actions:
        """Bind the keys of `shortcuts.ACTIONS` here."""
        ...

    def attach_form(self, form: TicketForm) -> None:
        """Called by the form's screen itself when it is built."""
        ...

    def open_tab(self, screen_id: str) -> None:
        """Bring the tab of `registry.SCREENS` to the front, building it if need be."""
        ...

    def set_count(self, screen_id: str, count: int | None, *, red: bool = False) -> None:
        """The number behind a tab's title: "담당자관련이력 (7)"; None or 0 shows none."""
        ...

    def load_ticket(self, ticket_id: int) -> None:
        """Open CS접수정보 등록 with that ticket (every list's 선택)."""
        ...

    def load_draft(self, draft_id: UUID) -> None: ...

    def load_customer(self, customer_id: int) -> None: ...

    def take_order(self, order: OrderChoice) -> None: ...

    def take_call(self, call_id: int) -> None: ...

    def retie_call(self, call_id: int) -> None:
        """통화 고객 바꾸기: asks whose call it was; no tab moves."""
        ...

    def dial(self, number: str, about: DialledFrom = NOTHING) -> None:
        """통화: the agent's own phone rings first; the call belongs to what it was pressed on."""
        ...

    def call_back(self, callback_id: int, about: str) -> None:
        """통화 on a callback: dials, counts the attempt and asks what came of it (콜백 결과)."""
        ...

    def show_waiting(self, count: int) -> None:
        """전송대기: so many saves wait for the database; 0 shows nothing."""
        ...

    def say(self, message: str, undo: Callable[[], object] | None = None) -> None:
        """The status line: what was done, and how to take it back if it can be."""
        ...

    def withdraw(self, message: str) -> None:
        """Take that back if the status line still says it: it is true no longer."""
        ...

    def tell(self, error: EtsError) -> None:
        """A known error that has no place of its own on the screen."""
        ...
