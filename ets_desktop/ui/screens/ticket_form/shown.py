"""The words for whom and what the form is about, beside the ids it holds."""

from dataclasses import dataclass

from ets_desktop.queries.tickets import TicketDetail


@dataclass(frozen=True, slots=True)
class ShownCustomer:
    """The words for the customer in the form; `number` in digits, "" while none is known."""

    customer_id: int
    name: str
    customer_no: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """The words for the order in the form, and for the product if it is about one line.

    `channel_order_no` is what the caller knows, `order_no` ours.
    """

    order_id: int
    channel_order_no: str
    order_no: str
    line_id: int | None = None
    line_no: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class TakenCall:
    """The call that belongs to this form. `number` in digits, None when withheld.

    `candidates` counts the customers with that number. `by_itself`: nobody asked for it, so it
    may give way to the next one while nobody has touched it.
    """

    call_id: int
    number: str | None
    candidates: int = 0
    by_itself: bool = False


def customer_of(detail: TicketDetail | None) -> ShownCustomer | None:
    if detail is None or detail.form.customer_id is None:
        return None
    return ShownCustomer(detail.form.customer_id, detail.customer)


def order_of(detail: TicketDetail | None) -> ShownOrder | None:
    if detail is None or detail.form.order_id is None:
        return None
    return ShownOrder(
        detail.form.order_id,
        detail.channel_order_no,
        detail.order_no,
        detail.form.order_line_id,
        detail.line_no,
        detail.product,
    )
