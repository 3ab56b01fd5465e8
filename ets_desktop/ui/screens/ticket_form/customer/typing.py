"""What is typed on 고객상세: as one value for the journal, and back into the fields."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from ets_desktop.domain.journal_cards import TypedCard
from ets_desktop.ui.screens.ticket_form.customer.fields import TEXTS
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage
from ets_desktop.ui.widgets.composition import text_under_way

_APART = ("phone", "mobile", "cashback")


def typed_on(page: CustomerPage) -> TypedCard:
    """As it stands, without the syllable under way, which is in no value yet."""
    return TypedCard(
        page.written(),
        page.phone.text(),
        page.mobile.text(),
        page.cashback.text(),
        page.phones.field.text(),
        page.phones.added(),
        page.phones.removed(),
        page.addresses.added(),
        page.addresses.removed(),
    )


def with_syllable(typed: TypedCard, page: CustomerPage) -> TypedCard:
    """`typed` with the syllable under way, if it is on the page."""
    under_way = text_under_way()
    if under_way is None:
        return typed
    field, text = under_way
    for name in TEXTS:
        if getattr(page, name) is field:
            named: dict[str, Any] = {name: text}
            return replace(typed, form=replace(typed.form, **named))
    apart: dict[str, QWidget] = {name: getattr(page, name) for name in _APART}
    apart["pending"] = page.phones.field
    half: dict[str, Any] = {name: text for name, part in apart.items() if part is field}
    return replace(typed, **half)


def put_typed(page: CustomerPage, typed: TypedCard) -> None:
    """Into a card that is open for writing, over what it began with."""
    page.put_form(typed.form)
    page.phones.put_typed(typed.numbers, typed.removed_phones, typed.pending)
    page.addresses.put_typed(typed.addresses, typed.removed_addresses)
    page.phone.setText(typed.phone)
    page.mobile.setText(typed.mobile)
    page.cashback.setText(typed.cashback)
