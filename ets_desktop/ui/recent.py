"""최근 고객 and 최근 주문: what this login worked with last.

On this PC only ids are kept; the words are read from the database when they are shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from ets_desktop.domain.masking import mask_name
from ets_desktop.queries.recent import RecentRows, recent_rows
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.window_state import WindowState

CUSTOMERS, ORDERS = "최근 고객", "최근 주문"
LIMIT = 20

_KEYS = {CUSTOMERS: "customers", ORDERS: "orders"}


class RecentIds:
    """The last LIMIT ids of each kind, the newest first, apart for each login."""

    def __init__(self, state: WindowState, login: str) -> None:
        self._state = state
        self._login = login

    def of(self, kind: str) -> tuple[int, ...]:
        """`kind` is CUSTOMERS or ORDERS."""
        kept = self._state.text(self._key(kind)).split()
        return tuple(int(word) for word in kept if word.isdigit())[:LIMIT]

    def note(self, kind: str, id_: int) -> None:
        ids = [id_, *(other for other in self.of(kind) if other != id_)]
        self._state.set_text(self._key(kind), " ".join(map(str, ids[:LIMIT])))

    def _key(self, kind: str) -> str:
        return f"recent/{self._login}/{_KEYS[kind]}"


@dataclass(frozen=True, slots=True)
class RecentThing:
    """`words` are for a list (masked), `search` for finding it there; `open` loads it."""

    kind: str
    words: str
    search: str
    open: Callable[[], object]


class RecentThings(QObject):
    """Reads the words for the remembered ids, and offers them."""

    def __init__(self, context: UiContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._ids = RecentIds(context.state, context.agent.login)
        self._jobs = context.jobs(self)
        self._owner = owner

    def read(self, on_done: Callable[[Sequence[RecentThing]], object]) -> None:
        """Calls `on_done` with customers first; never, while the database is away."""
        customers, orders = self._ids.of(CUSTOMERS), self._ids.of(ORDERS)
        if not customers and not orders:
            on_done(())
            return

        def on_read(rows: RecentRows) -> None:
            on_done(self._things(rows))

        self._jobs.load(recent_rows, customers, orders, on_done=on_read, lane="recent")

    def _things(self, rows: RecentRows) -> list[RecentThing]:
        desk = self._context.desk
        customers = [
            RecentThing(
                CUSTOMERS,
                f"{mask_name(row.name)}   {row.customer_no}",
                f"{row.name} {row.customer_no}",
                partial(desk.load_customer, row.customer_id),
            )
            for row in rows.customers
        ]
        orders = [
            RecentThing(
                ORDERS,
                f"{row.channel_order_no}   {mask_name(row.orderer)}   {row.product}",
                f"{row.channel_order_no} {row.orderer} {row.product}",
                partial(desk.take_order, OrderChoice(row.order_id)),
            )
            for row in rows.orders
        ]
        return [*customers, *orders]

    @Slot()
    def show_customers(self) -> None:
        """The drop-down of 고객ID."""
        self.read(self._show_menu)

    def _show_menu(self, things: Sequence[RecentThing]) -> None:
        customers = [thing for thing in things if thing.kind == CUSTOMERS]
        if not customers:
            self._context.desk.say(self.tr("최근에 다룬 고객이 없습니다."))
            return
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(translated(CUSTOMERS))
        for thing in customers:
            menu.addAction(thing.words).triggered.connect(thing.open)
        menu.popup(self._context.desk.top_bar.customer_search_corner)
        menu.setActiveAction(menu.actions()[0])
