"""How customer, order and product of the form read in its fields."""

from ets_desktop.domain import phone
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.ui.language import translated
from ets_desktop.ui.live_calls import WITHHELD
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm

_BETWEEN = " · "


def customer_words(form: OpenForm) -> str:
    """`김정민 · C000000001 · 010-0000-1234`, or what is known of a caller without a customer."""
    customer, call = form.customer, form.call
    number = phone.display(form.number) if form.number else ""
    if customer is not None:
        return _joined(customer.name, customer.customer_no, number)
    if form.new_customer_name:
        newcomer = translated("신규고객 {name}").format(name=form.new_customer_name)
        return _joined(newcomer, number)
    if call is None:
        return number
    if call.number is None:
        return _joined(translated("신규고객"), translated(WITHHELD))
    if call.candidates > 1:
        return _joined(translated("고객 {count}명").format(count=call.candidates), number)
    return _joined(translated("신규고객"), number)


def customer_hint(form: OpenForm) -> str:
    """Who it is about, as lists show people (spec 80): `김*민 · C000000001 · 010-****-1234`."""
    customer = form.customer
    name = customer.name if customer is not None else form.new_customer_name
    number = mask_phone(form.number) if form.number else ""
    return _joined(mask_name(name), customer.customer_no if customer is not None else "", number)


def order_words(form: OpenForm) -> str:
    return form.order.channel_order_no if form.order is not None else ""


def line_words(form: OpenForm) -> str:
    """`1 · 무선 청소기`."""
    order = form.order
    return _joined(order.line_no, order.product) if order is not None and order.line_id else ""


def _joined(*parts: str) -> str:
    return _BETWEEN.join(part for part in parts if part)
