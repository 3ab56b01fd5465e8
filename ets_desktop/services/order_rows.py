"""Parsed orders as rows for COPY, in one block a table.

Made by hand, on the reading thread: row by row through the driver, the two threads would wait for
each other at every piece (measured: three times as long).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from ets_desktop.domain.hangul import initials
from ets_desktop.erp.exports.parsed import ParsedLine, ParsedOrder
from ets_desktop.erp.exports.people import is_masked_name

#: Stands for NULL; reading has taken control characters out of every value.
NULL: Final = "\x01"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class CopyRows:
    """COPY's text form; columns as in `order_import_sql`, a line's order named by its place."""

    orders: bytes
    lines: bytes


def copy_rows(orders: Sequence[ParsedOrder]) -> CopyRows:
    """The blocks of one batch."""
    heads = [_row(_order_values(place, order)) for place, order in enumerate(orders)]
    lines = [
        _row(_line_values(place, line))
        for place, order in enumerate(orders)
        for line in order.lines
    ]
    return CopyRows("".join(heads).encode(), "".join(lines).encode())


def _row(values: tuple[str, ...]) -> str:
    row = "\t".join(values)
    plain = row.count("\t") == len(values) - 1
    if plain and "\\" not in row and "\n" not in row and "\r" not in row:
        return f"{row}\n"
    return "\t".join([value.translate(_ESCAPES) for value in values]) + "\n"


def _order_values(place: int, order: ParsedOrder) -> tuple[str, ...]:
    head = order.head
    return (
        str(place),
        head.order_no,
        _in_korea(head.ordered_at),
        _in_korea(head.paid_at),
        head.orderer,
        _initials(head.orderer),
        *_two(head.orderer_phones),
        head.recipient,
        _initials(head.recipient),
        *_two(head.recipient_phones),
        head.orderer_login,
        head.orderer_email,
        head.zipcode,
        head.address,
        head.memo,
        head.payment_method,
        "f" if any(line.order_status == "awaiting_payment" for line in order.lines) else "t",
        _number(head.shipping_fee),
        _number(head.order_total),
        _number(head.order_paid),
        head.customs_id,
        _json(head.masked),
        _json(_order_extra(order)),
    )


def _order_extra(order: ParsedOrder) -> dict[str, object]:
    """What only some channels tell: the mall inside a collecting one, how totals stand."""
    extra: dict[str, object] = {}
    if order.head.mall:
        extra["mall"] = order.head.mall
    if order.totals_repeat is not None:
        extra["totals_repeat"] = order.totals_repeat
    if order.head.damaged:
        extra["order_no_damaged"] = True
    if order.head.ordered_at is None:
        extra["ordered_at_unknown"] = True
    return extra


def _line_values(place: int, line: ParsedLine) -> tuple[str, ...]:
    return (
        str(place),
        line.line_no,
        line.product,
        _text(line.product_code),
        _text(line.option),
        str(line.quantity),
        _number(line.unit_price),
        _number(line.amount),
        line.order_status,
        _text(line.channel_status),
        _text(line.channel_status_detail),
        "t" if line.cancelled else "f",
        _text(line.carrier),
        _text(line.tracking_no),
        line.bundle_no,
        _in_korea(line.shipped_at),
        _in_korea(line.delivered_at),
        str(line.row),
        _json({"tracking_no": line.tracking_damaged}) if line.tracking_damaged else "{}",
        "{}" if line.quantity_first is None else _json({"quantity_first": line.quantity_first}),
    )


def _two(phones: tuple[str, ...]) -> tuple[str, str]:
    """An order keeps two numbers a person; more are in no export seen."""
    first, second = (*phones, NULL, NULL)[:2]
    return first, second


def _text(value: str | None) -> str:
    return NULL if value is None else value


def _number(value: int | None) -> str:
    return NULL if value is None else str(value)


def _in_korea(when: datetime | None) -> str:
    """Exports tell Korean local time; Korea has had no summer time since 1988."""
    return NULL if when is None else f"{when.isoformat()}+09"


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "{}"


@lru_cache(maxsize=32_768)
def _initials(name: str) -> str:
    """What people search by; a masked name has none worth finding."""
    return NULL if not name or is_masked_name(name) else initials(name)
