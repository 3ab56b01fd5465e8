"""From 택배회수요청 on an order to the claim that stands: a dialog an order, one claim a dialog."""

from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.claim_requests import ClaimRequest
from ets_desktop.domain.claims import ClaimType
from ets_desktop.domain.couriers import Refined
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.tickets import TicketForm
from ets_desktop.domain.topics import EVERYTHING, Done, Topic, order_topic
from ets_desktop.queries.claims import claimable_lines
from ets_desktop.queries.products import find_products
from ets_desktop.services.claim_requests import ClaimRequested, RequestClaim, request_claim
from ets_desktop.ui.claim_labels import CLAIM_TITLES
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.pickup_request.dialog import PickupRequestDialog
from ets_desktop.ui.screens.pickup_request.reading import OrderInHand, look_at_order_in_hand
from ets_desktop.ui.screens.pickup_request.refining import refine_address
from ets_desktop.ui.screens.pickup_request.wording import content_of, told_of

_ORDER, _PRODUCTS, _REFINING, _LINES = "order_in_hand", "products", "refining", "lines"


class PickupRequests(QObject):
    """A dialog that is closed keeps what was typed: the button of its order brings it back."""

    #: its order's id
    claimed = Signal(object)

    def __init__(self, context: UiContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._jobs = context.jobs(self)
        self._open: dict[int, PickupRequest] = {}

    def request(self, order_id: int, line_id: int | None = None) -> None:
        """Show the dialog of that order, the line checked; its facts are read anew each time."""
        self._jobs.load(
            look_at_order_in_hand,
            order_id,
            on_done=partial(self._on_read, line_id),
            lane=_ORDER,
        )

    def _on_read(self, line_id: int | None, held: OrderInHand) -> None:
        order_id = held.order.order_id
        request = self._open.get(order_id)
        if request is None:
            dialog = PickupRequestDialog(self._context.house, self._owner.window())
            request = PickupRequest(self._context, held, line_id, dialog)
            request.made.connect(self._on_made)
            request.left.connect(self._on_left)
            self._open[order_id] = request
        else:
            request.dialog.show_lines(held, line_id)
        request.dialog.show()
        request.dialog.raise_()
        request.dialog.activateWindow()

    @Slot(object)
    def _on_made(self, order_id: int) -> None:
        self._forget(order_id)
        self.claimed.emit(order_id)

    @Slot(object)
    def _on_left(self, order_id: int) -> None:
        """Nobody's door is kept for a dialog in which nothing was typed."""
        if not self._open[order_id].dialog.is_touched:
            self._forget(order_id)

    def _forget(self, order_id: int) -> None:
        self._open.pop(order_id).dialog.deleteLater()


class PickupRequest(QObject):
    """One dialog and the one claim that comes of it, however often it is pressed."""

    #: its order's id: the claim stands
    made = Signal(object)
    #: its order's id: closed without one
    left = Signal(object)

    def __init__(
        self,
        context: UiContext,
        held: OrderInHand,
        line_id: int | None,
        dialog: PickupRequestDialog,
    ) -> None:
        super().__init__(dialog)
        self.dialog = dialog
        self._context = context
        self._client_id: UUID = uuid4()
        self._order_id = held.order.order_id
        self._jobs = context.jobs(self)
        self.dialog.show_order(held, line_id)
        self.dialog.asked.connect(self._on_asked)
        self.dialog.places.refine_wanted.connect(self._on_refine_wanted)
        self.dialog.goods.product_wanted.connect(self._on_product_wanted)
        self.dialog.rejected.connect(self._on_rejected)
        self._jobs.writing_changed.connect(self.dialog.show_busy)
        context.changes.subscribe(self, ("order/",), self._on_orders_touched)

    @Slot(object)
    def _on_asked(self, way: ClaimType) -> None:
        try:
            request = self.dialog.request(way)
        except RuleViolation as unreadable:
            self.dialog.show_refusal(unreadable)
            return
        form = TicketForm(
            self._client_id,
            title=CLAIM_TITLES[way],
            content=content_of(request, self.dialog.lines.chosen),
        )
        self._jobs.save(
            request_claim,
            RequestClaim(self._context.agent.agent_id, self._client_id, request, form),
            on_done=partial(self._on_claimed, request),
            on_error=self.dialog.show_refusal,
        )

    @Slot(str)
    def _on_product_wanted(self, typed: str) -> None:
        self._jobs.load(
            find_products,
            typed,
            on_done=partial(self.dialog.goods.show_found, typed),
            on_error=self.dialog.show_refusal,
            lane=_PRODUCTS,
        )

    def _on_orders_touched(self, topics: frozenset[Topic]) -> None:
        """What is left to be claimed may be less by now."""
        if topics & {order_topic(self._order_id), EVERYTHING}:
            self._jobs.load(
                claimable_lines,
                self._order_id,
                on_done=self.dialog.lines.show_lines,
                on_error=self._on_facts_unread,
                lane=_LINES,
            )

    def _on_facts_unread(self, _error: EtsError) -> None:
        """What was known stays; the claim is refused where it holds no longer."""

    @Slot(str)
    def _on_refine_wanted(self, address: str) -> None:
        places = self.dialog.places
        self._jobs.read(
            refine_address,
            self._context.couriers,
            address,
            on_done=partial(self._on_refined, address),
            on_error=places.show_unrefined,
            lane=_REFINING,
        )

    def _on_refined(self, address: str, refined: Refined) -> None:
        """Of an address that was changed meanwhile nothing is known."""
        if address == self.dialog.places.back.address:
            self.dialog.places.refined.show_refined(refined)

    def _on_claimed(self, request: ClaimRequest, done: Done[ClaimRequested]) -> None:
        self._context.desk.say(told_of(request, done.value))
        self.dialog.accept()
        self.made.emit(self._order_id)

    @Slot()
    def _on_rejected(self) -> None:
        self.left.emit(self._order_id)
