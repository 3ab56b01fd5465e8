"""An order as `ets orders show --json` prints it: field names as exports' checks use them."""

from datetime import timedelta, timezone
from typing import Final

from ets_desktop.queries.order_record import LineRecord, OrderRecord

_KOREA: Final = timezone(timedelta(hours=9))
_CANCELLED_LINE: Final = "fully cancelled line: quantity 0 and amount 0"


def record_of(order: OrderRecord, lines: list[LineRecord]) -> dict[str, object]:
    """Facts that only some orders have stand only where they are known; times are Korean."""
    known_time = not order.extra.get("ordered_at_unknown")
    local = order.ordered_at.astimezone(_KOREA).replace(tzinfo=None)
    record: dict[str, object] = {
        "order_no": order.channel_order_no,
        "ets_order_no": order.order_no,
        "channel": order.channel,
        "line_count": len(lines),
        "bundle_nos": sorted({line.bundle_no for line in lines if line.bundle_no}),
        "ordered_at": local.isoformat() if known_time else None,
        "orderer": order.orderer_name,
        "orderer_phones": _known(order.orderer_phone, order.orderer_phone2),
        "recipient": order.recipient_name,
        "recipient_phones": _known(order.recipient_phone, order.recipient_phone2),
        "zipcode": order.zipcode,
        "address": order.address,
        "memo": order.memo,
        "masked": dict(order.masked),
        "lines": [_line(line) for line in lines],
    }
    if any("tracking_no" in line.suspect for line in lines):
        record["tracking_damaged"] = True
    if order.customs_id:
        record["customs_id"] = order.customs_id
    if order.order_total is not None:
        record["shipping_fee"] = order.shipping_fee
        record["order_total"] = order.order_total
        record["order_paid"] = order.order_paid
        record["order_totals_repeat_on_every_line"] = bool(order.extra.get("totals_repeat"))
    for name in ("mall", "order_no_damaged"):
        if name in order.extra:
            record[name] = order.extra[name]
    return record


def _line(line: LineRecord) -> dict[str, object]:
    record: dict[str, object] = {
        "row": line.source_row,
        "line_no": line.line_no,
        "product": line.product,
        "option": line.option,
        "quantity": line.quantity,
        "amount": line.amount,
        "status": line.channel_status,
        "status_detail": line.channel_status_detail,
        "carrier": line.carrier,
        "tracking_no": line.tracking_no,
        "unit_price": line.unit_price,
    }
    if line.channel_status is not None:
        record["cancelled"] = line.cancelled
    elif line.quantity == 0 and line.amount == 0:
        record["note"] = _CANCELLED_LINE
    if "quantity_first" in line.extra:
        record["quantity_first"] = line.extra["quantity_first"]
    if "tracking_no" in line.suspect:
        record["tracking_damaged"] = line.suspect["tracking_no"]
    return record


def _known(*numbers: str | None) -> list[str]:
    return [number for number in numbers if number]
