"""One row's order part, and how the parts of an order's rows become one."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ets_desktop.erp.exports.cells import LONGEST_CELL, Cell, moment_of, text_of
from ets_desktop.erp.exports.channels import Preset
from ets_desktop.erp.exports.fields import LONGEST_NAME, Fields, RowFault
from ets_desktop.erp.exports.parsed import Masked, OrderHead
from ets_desktop.erp.exports.people import (
    is_masked_address,
    is_masked_name,
    phones_of,
    postcode_of,
)

#: Fields that say something about the order; rows that agree in all of them are read once.
ORDER_FIELDS: Final = (
    "order_no", "mall", "ordered_at", "ordered_time", "paid_at", "orderer", "orderer_phone",
    "orderer_login", "orderer_email", "recipient", "recipient_phone", "zipcode", "address",
    "address_base", "address_detail", "memo", "customs_id", "payment_method", "shipping_fee",
    "order_total", "order_paid",
)  # fmt: skip
_DATED = re.compile(r"(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")


class OrderReader:
    """Reads the order part of rows."""

    def __init__(self, preset: Preset, fields: Fields) -> None:
        self._preset = preset
        self._fields = fields
        self._tail = re.compile(preset.order_no_tail) if preset.order_no_tail else None
        self._has_base = fields.has("address_base")
        self._plan = fields.plan(
            mall=LONGEST_NAME,
            orderer=LONGEST_NAME,
            orderer_login=LONGEST_CELL,
            orderer_email=LONGEST_CELL,
            recipient=LONGEST_NAME,
            address=LONGEST_CELL,
            address_base=LONGEST_CELL,
            address_detail=LONGEST_CELL,
            memo=LONGEST_CELL,
            payment_method=LONGEST_CELL,
            ordered_time=LONGEST_CELL,
        )
        self.columns = fields.columns_of(ORDER_FIELDS)
        self._phone_order = {
            side: fields.places(f"{side}_phone") for side in ("orderer", "recipient")
        }

    def number(self, cells: Sequence[Cell]) -> tuple[str, str]:
        """The order number, or '' and the damaged raw text; raises RowFault when there is none."""
        found = self._fields.identifier(cells, "order_no")
        if found.damaged:
            return "", found.raw
        text = self._tail.sub("", found.text) if self._tail else found.text
        if not text:
            raise RowFault(self._fields.title("order_no"), "missing")
        return text, ""

    def read(self, cells: Sequence[Cell], order_no: str, *, damaged: bool) -> OrderHead:
        """The order as this row tells it, without lines; raises RowFault."""
        fields = self._fields
        masked: Masked = {}
        texts = fields.texts(cells, self._plan)
        mall, orderer, login, email, recipient, *address, memo, payment, time_of_day = texts
        paid_at = fields.moment(cells, "paid_at")
        return OrderHead(
            order_no=order_no,
            damaged=damaged,
            mall=self._preset.mall_of(mall) if mall else "",
            ordered_at=self._ordered_at(cells, time_of_day) or paid_at,
            paid_at=paid_at,
            orderer=_name(orderer, "orderer", masked),
            orderer_phones=self._phones_of(cells, "orderer", masked),
            orderer_login=login,
            orderer_email=email,
            recipient=_name(recipient, "recipient", masked),
            recipient_phones=self._phones_of(cells, "recipient", masked),
            zipcode=self._zipcode(cells),
            address=self._address(*address),
            memo=memo,
            customs_id=fields.identifier(cells, "customs_id").text,
            payment_method=payment,
            shipping_fee=fields.money(cells, "shipping_fee"),
            order_total=fields.money(cells, "order_total"),
            order_paid=fields.money(cells, "order_paid"),
            masked=masked,
        )

    def _ordered_at(self, cells: Sequence[Cell], time_of_day: str) -> datetime | None:
        index = self._fields.column(cells, "ordered_at")
        if index < 0:
            return None
        try:
            if time_of_day:
                return moment_of(f"{text_of(cells[index])[:10].strip()} {time_of_day}")
            return moment_of(cells[index])
        except ValueError as error:
            value = text_of(cells[index])
            raise RowFault(self._fields.titles[index], str(error), value) from None

    def dated(self, head: OrderHead) -> OrderHead:
        """With the day that smartstore and cafe24 put at the front of their numbers, where no row
        of the order told a time."""
        day = _DATED.match(head.order_no) if self._preset.dated_order_no else None
        if head.ordered_at is not None or day is None:
            return head
        try:
            when = datetime(int(day[1]), int(day[2]), int(day[3]))  # noqa: DTZ001
        except ValueError:
            return head
        return head._replace(ordered_at=when)

    def _phones_of(self, cells: Sequence[Cell], side: str, masked: Masked) -> tuple[str, ...]:
        numbers: list[str] = []
        for index in self._phone_order[side]:
            if cells[index] == "":
                continue
            found = phones_of(cells[index])
            numbers.extend(found.digits)
            if found.masked:
                masked.setdefault(f"{side}_phone", found.masked)
            if found.unreadable:
                self._fields.note(index, text_of(cells[index]), found.unreadable)
        return tuple(dict.fromkeys(numbers))

    def _zipcode(self, cells: Sequence[Cell]) -> str:
        index = self._fields.column(cells, "zipcode")
        if index < 0:
            return ""
        code, fault = postcode_of(cells[index])
        if fault:
            self._fields.note(index, text_of(cells[index]), fault)
        return code

    def _address(self, whole: str, base: str, detail: str) -> str:
        """The whole address; its halves are joined where the file has no column for the whole."""
        if whole and (self._has_base or not detail or detail in whole):
            return whole
        return f"{whole or base} {detail}".strip()


def _name(name: str, side: str, masked: Masked) -> str:
    if name == "-":
        return ""
    if is_masked_name(name):
        masked[side] = name
    return name


def merged(first: OrderHead, later: OrderHead) -> OrderHead:
    """An order out of two rows' heads: the first row wins, gaps are filled, real beats masked.

    Money that stands on one row only (with zeros or blanks on the others) counts once.
    """
    masked = dict(first.masked)
    return first._replace(
        mall=first.mall or later.mall,
        ordered_at=_smaller(first.ordered_at, later.ordered_at),
        paid_at=first.paid_at or later.paid_at,
        orderer=_better_name(first.orderer, later.orderer, "orderer", masked),
        recipient=_better_name(first.recipient, later.recipient, "recipient", masked),
        orderer_phones=_better_phones(
            first.orderer_phones, later.orderer_phones, "orderer_phone", masked, later.masked
        ),
        recipient_phones=_better_phones(
            first.recipient_phones, later.recipient_phones, "recipient_phone", masked, later.masked
        ),
        orderer_login=first.orderer_login or later.orderer_login,
        orderer_email=first.orderer_email or later.orderer_email,
        zipcode=first.zipcode or later.zipcode,
        address=_better_address(first.address, later.address),
        memo=first.memo or later.memo,
        customs_id=first.customs_id or later.customs_id,
        payment_method=first.payment_method or later.payment_method,
        shipping_fee=_larger(first.shipping_fee, later.shipping_fee),
        order_total=_larger(first.order_total, later.order_total),
        order_paid=_larger(first.order_paid, later.order_paid),
        masked=masked,
    )


def _better_name(first: str, later: str, side: str, masked: Masked) -> str:
    if not later or (first and side not in masked) or first == later:
        return first
    if is_masked_name(later):
        if not first:
            masked[side] = later
        return first or later
    masked.pop(side, None)
    return later


def _better_phones(
    first: tuple[str, ...], later: tuple[str, ...], key: str, masked: Masked, later_masked: Masked
) -> tuple[str, ...]:
    if first:
        return first
    if later:
        masked.pop(key, None)
    elif key in later_masked:
        masked.setdefault(key, later_masked[key])
    return later


def _better_address(first: str, later: str) -> str:
    if first and (not is_masked_address(first) or not later or is_masked_address(later)):
        return first
    return later


def _smaller(first: datetime | None, later: datetime | None) -> datetime | None:
    return first if later is None or (first is not None and first <= later) else later


def _larger(first: int | None, later: int | None) -> int | None:
    return first if later is None or (first is not None and first >= later) else later
