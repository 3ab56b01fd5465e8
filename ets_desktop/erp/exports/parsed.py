"""What an export holds after reading: orders, lines, and every row that was not one.

Lines and order heads are named tuples: a file makes 100,000 of them, and a frozen dataclass takes
four times as long to make.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

#: What the channel masked, as written: keys orderer, recipient, orderer_phone, recipient_phone.
Masked = dict[str, str]


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is no order line and need not be one: blank, notice, total, duplicate.

    `other` is the row that stands in its place (`duplicate`, `superseded`).
    """

    row: int
    reason: str
    other: int | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that should be an order line and could not be read; `column` as the file heads it,
    `value` what stood there, masked."""

    row: int
    column: str
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A value kept out (or in doubt) because a spreadsheet damaged it; its row is imported."""

    row: int
    column: str
    raw: str
    reason: str


class ParsedLine(NamedTuple):
    """One product line. None means the file does not tell; an empty text means it tells: none."""

    row: int
    line_no: str
    product: str
    product_code: str | None
    option: str | None
    quantity: int
    quantity_first: int | None
    amount: int | None
    unit_price: int | None
    order_status: str
    channel_status: str | None
    channel_status_detail: str | None
    carrier: str | None
    tracking_no: str | None
    tracking_damaged: str | None
    bundle_no: str
    shipped_at: datetime | None
    delivered_at: datetime | None

    @property
    def cancelled(self) -> bool:
        return self.order_status == "cancelled"


class OrderHead(NamedTuple):
    """An order without its lines; times are Korean local time without a zone.

    `order_no` is the channel's number, or a stand-in made of what is left when `damaged`.
    Empty texts and tuples: the file does not tell, or tells nothing.
    """

    order_no: str
    damaged: bool
    mall: str
    ordered_at: datetime | None
    paid_at: datetime | None
    orderer: str
    orderer_phones: tuple[str, ...]
    orderer_login: str
    orderer_email: str
    recipient: str
    recipient_phones: tuple[str, ...]
    zipcode: str
    address: str
    memo: str
    customs_id: str
    payment_method: str
    shipping_fee: int | None
    order_total: int | None
    order_paid: int | None
    masked: Masked


@dataclass(frozen=True, slots=True)
class ParsedOrder:
    """One order. `totals_repeat`: its totals stand on every line's row; None without totals."""

    head: OrderHead
    lines: tuple[ParsedLine, ...]
    totals_repeat: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a file came to. `doubtful` values were imported as they stand but may have lost
    a digit; `lines` counts what became order lines, cancelled ones included."""

    orders: int
    lines: int
    ignored_rows: tuple[IgnoredRow, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    suspect: tuple[Suspect, ...] = ()
    doubtful: tuple[Suspect, ...] = ()
