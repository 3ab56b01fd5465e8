"""회수지시 for a claim without a pickup under way: of a channel, or its last was called off."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.claim_requests import PickupWish
from ets_desktop.domain.claims import WITHOUT_GOODS, Step
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.pickups import GIVEN_UP
from ets_desktop.domain.topics import Done
from ets_desktop.queries.claim_detail import AttemptRow, claim_detail
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.queries.orders import OrderDetail, order_detail
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.pickups import OrderPickup, PickupDone, order_pickup
from ets_desktop.ui.claim_labels import COURIERS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.pickup_request.place import PlaceFields
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.form_dialog import FormDialog
from ets_desktop.ui.widgets.period import DateField

TITLE, COURIER, WISHED = "회수지시", "택배사", "수거희망일"
_LABELS = {"courier": COURIER, "wished_on": WISHED}
_WAITING = frozenset({Step.REQUESTED, Step.ACCEPTED, Step.PICKUP_FAILED})
_DOOR = "door"


@dataclass(frozen=True, slots=True)
class Door:
    """Where the goods are: as the last pickup had it, else the order's recipient."""

    order: OrderDetail
    courier: str


def may_order(row: ClaimRow) -> bool:
    comes_back = row.claim_type not in WITHOUT_GOODS
    under_way = bool(row.pickup_state) and row.pickup_state not in GIVEN_UP
    return comes_back and row.step in _WAITING and not row.held and not under_way


def look_at_door(session: Any, claim_id: int) -> Door:
    """Whole, for whoever fetches the goods must find the door; logged (spec 80). NotFound."""
    claim = claim_detail(session, claim_id)
    order = order_detail(session, claim.row.order_id)
    log_access(session, LogAccess("order_pickup", f"order/{order.order_id}"))
    if not claim.pickups:
        return Door(order, "")
    last = claim.pickups[-1]
    return Door(_as_fetched(order, last), last.courier)


def _as_fetched(order: OrderDetail, last: AttemptRow) -> OrderDetail:
    return replace(
        order,
        recipient=last.name,
        recipient_phone=digits_of(last.mobile) or "",
        recipient_phone2=digits_of(last.phone) or "",
        zipcode=last.zipcode,
        address=f"{last.address} {last.address_detail}".strip(),
    )


class PickupOrderDialog(FormDialog):
    """What is typed stays until the pickup is ordered. `asked` with the PickupWish."""

    asked = Signal(object)

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(translated(TITLE), parent, labels=_LABELS, columns=2, width=560)
        self._courier = CodeChoice(COURIER, COURIERS)
        self._day = DateField(WISHED)
        self._place = PlaceFields("회송지")
        self.add_fields((COURIER, self._courier), (WISHED, self._day))
        self.add_below(self._place)
        self._place.fill(door.order)
        if door.courier:
            self._courier.set_code(door.courier)

    def confirm(self) -> None:
        self._place.grid.clear_errors()
        edited = self._place.is_address_edited
        place = self._place.place()
        wish = PickupWish(self._courier.code(), place, self._day.day(), address_edited=edited)
        self.asked.emit(wish)

    def _show_beside(self, field: str, told: str) -> bool:
        beside = super()._show_beside(field, told)
        return beside or self._place.show_error(field.removeprefix("pickup_"), told)


class PickupOrdering(QObject):
    """From 회수지시 on a row to the pickup."""

    def __init__(self, context: UiContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._jobs = context.jobs(self)

    def order(self, row: ClaimRow) -> None:
        on_done = partial(self._on_read, row)
        self._jobs.load(look_at_door, row.claim_id, on_done=on_done, lane=_DOOR)

    def _on_read(self, row: ClaimRow, door: Door) -> None:
        dialog = PickupOrderDialog(door, self._owner)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(partial(self._on_asked, row, dialog))
        self._jobs.writing_changed.connect(dialog.show_busy)
        dialog.open()

    def _on_asked(self, row: ClaimRow, dialog: PickupOrderDialog, wish: PickupWish) -> None:
        command = OrderPickup(self._context.agent.agent_id, row.claim_id, row.version, wish)
        self._jobs.save(
            order_pickup,
            command,
            on_done=partial(self._on_ordered, row, dialog),
            on_error=dialog.show_refusal,
        )

    def _on_ordered(
        self, row: ClaimRow, dialog: PickupOrderDialog, _done: Done[PickupDone]
    ) -> None:
        dialog.accept()
        told = self.tr("{number} 회수를 지시했습니다.")
        self._context.desk.say(told.format(number=row.ticket_no))
