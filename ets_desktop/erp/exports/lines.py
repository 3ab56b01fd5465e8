"""One row's product line: what was bought, how it stands, and the key that tells lines apart."""

import hashlib
from collections.abc import Sequence

from ets_desktop.erp.exports.cells import LONGEST_CELL, Cell
from ets_desktop.erp.exports.channels import Preset
from ets_desktop.erp.exports.fields import LONGEST_NUMBER, LONGEST_PRODUCT, Fields, RowFault
from ets_desktop.erp.exports.parsed import ParsedLine
from ets_desktop.erp.exports.statuses import order_status_of

_MOST_PIECES = 1_000_000
_LONGEST_MADE_KEY = 120


class LineReader:
    """Reads the line part of rows."""

    def __init__(self, preset: Preset, fields: Fields) -> None:
        self._preset = preset
        self._fields = fields
        self._has_option_price = fields.has("option_price")
        self._has_partial_claim = fields.has("partial_claim")
        self._plan = fields.plan(
            product=LONGEST_PRODUCT,
            option=LONGEST_CELL,
            product_code=LONGEST_NUMBER,
            carrier=LONGEST_CELL,
            status=LONGEST_CELL,
            status_detail=LONGEST_CELL,
        )

    def read(self, cells: Sequence[Cell]) -> tuple[ParsedLine, bool]:
        """The line, and whether its number is the channel's own; raises RowFault."""
        fields = self._fields
        product, option, code, carrier, word, detail = fields.texts(cells, self._plan)
        if not product:
            raise RowFault(fields.title("product"), "missing")
        quantity = self._quantity(cells)
        amount, unit_price = self._money(cells, quantity)
        tracking = fields.identifier(cells, "tracking_no")
        number = fields.identifier(cells, "line_no").text
        line = ParsedLine(
            row=fields.row,
            line_no=number or _made_key(code or product, option),
            product=product,
            product_code=code if fields.has("product_code") else None,
            option=option if fields.has("option") else None,
            quantity=quantity,
            quantity_first=self._quantity_first(cells, quantity, unit_price),
            amount=amount,
            unit_price=unit_price,
            order_status=self._status(cells, word, detail, quantity, shipped=bool(tracking.text)),
            channel_status=word or None,
            channel_status_detail=detail or None,
            carrier=carrier if fields.has("carrier") else None,
            tracking_no=tracking.text if fields.has("tracking_no") else None,
            tracking_damaged=tracking.raw if tracking.damaged else None,
            bundle_no=fields.identifier(cells, "bundle_no").text,
            shipped_at=fields.moment(cells, "shipped_at"),
            delivered_at=fields.moment(cells, "delivered_at"),
        )
        return line, bool(number)

    def _quantity(self, cells: Sequence[Cell]) -> int:
        quantity = self._fields.whole(cells, "quantity")
        if quantity is None:
            raise RowFault(self._fields.title("quantity"), "missing")
        if quantity > _MOST_PIECES:
            raise RowFault(self._fields.title("quantity"), "too_large", str(quantity))
        return quantity

    def _money(self, cells: Sequence[Cell], quantity: int) -> tuple[int | None, int | None]:
        """The line's amount, and the price of one piece with its option."""
        unit_price = self._fields.money(cells, "unit_price")
        if unit_price is not None and self._has_option_price:
            unit_price += self._fields.money(cells, "option_price") or 0
        amount = self._fields.whole(cells, "amount")
        if amount is None and unit_price is not None and not self._fields.has("amount"):
            amount = unit_price * quantity
        return amount, unit_price

    def _quantity_first(
        self, cells: Sequence[Cell], quantity: int, unit_price: int | None
    ) -> int | None:
        """What was ordered before a part was cancelled, where first amounts tell it exactly."""
        if not unit_price or not self._has_partial_claim:
            return None
        if not self._fields.is_yes(cells, "partial_claim"):
            return None
        first = self._fields.money(cells, "amount_first")
        if first is None:
            return None
        pieces, rest = divmod(
            first + (self._fields.money(cells, "discount_first") or 0), unit_price
        )
        return pieces if rest == 0 and pieces >= quantity else None

    def _status(
        self, cells: Sequence[Cell], word: str, detail: str, quantity: int, *, shipped: bool
    ) -> str:
        if not word:
            return self._status_by_signs(cells, quantity, shipped=shipped)
        if self._preset.cancel_in_detail and "취소" in detail:
            return "cancelled"
        return order_status_of(word, detail, self._preset.statuses, shipped=shipped)

    def _status_by_signs(self, cells: Sequence[Cell], quantity: int, *, shipped: bool) -> str:
        """A file without a status column is one status tab; its dates and parcels tell more."""
        if quantity == 0:
            return "cancelled"
        for field, status in (("confirmed_at", "confirmed"), ("delivered_at", "delivered")):
            if self._fields.is_told(cells, field):
                return status
        return "shipping" if shipped else self._preset.status_without_column


def _made_key(goods: str, option: str) -> str:
    """A stable key for a line whose channel gives it no number: what it is, not where it stands."""
    key = f"{goods} / {option}" if option else goods
    if len(key) <= _LONGEST_MADE_KEY:
        return key
    return f"{key[:80]}…{hashlib.sha256(key.encode()).hexdigest()[:16]}"
