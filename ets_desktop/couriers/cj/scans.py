"""CJ's scans (CRG_ST) as ours."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from ets_desktop.couriers.missed import Missed
from ets_desktop.couriers.places import Scan
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.couriers import Unsent
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.pickups import FailedAt, PickupState

log = logging.getLogger(__name__)

#: 집화처리, 미집화, 간선상차, 간선하차, 배송출발, 배송완료; 집화지시 (01) and 미배송 (84) move
#: nothing: a parcel that could not be handed in at our door is on its way still.
_STATES: Final[Mapping[str, PickupState]] = MappingProxyType(
    {
        "11": PickupState.COLLECTED,
        "12": PickupState.FAILED,
        "41": PickupState.IN_TRANSIT,
        "42": PickupState.IN_TRANSIT,
        "82": PickupState.IN_TRANSIT,
        "91": PickupState.ARRIVED,
    }
)
#: Where a reason code was given decides what it means.
_FAILED_AT: Final[Mapping[str, FailedAt]] = MappingProxyType(
    {"12": FailedAt.COLLECTING, "84": FailedAt.DELIVERING}
)


def records_of(content: Any) -> list[Mapping[str, Any]]:
    """The rows of an answer; none is no fault. Raises Missed for anything else."""
    if content is None:
        return []
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise Missed(Miss(Unsent.MALFORMED, "DATA"))
    return content


def scans_of(rows: Iterable[Mapping[str, Any]], key: str) -> Iterator[Scan]:
    """Each scan of the pickup `key`."""
    for row in rows:
        at = _moment(f"{_text(row, 'SCAN_YMD')} {_text(row, 'SCAN_HOUR')}")
        if at is None:
            log.warning("a scan without its time was left out")
            continue
        state = _text(row, "CRG_ST")
        yield Scan(
            key=key,
            at=at,
            state=_STATES.get(state),
            courier_state=state,
            words=_text(row, "DETAIL_RSN") or _text(row, "CRG_ST_NM"),
            place=_text(row, "DEALT_BRAN_NM"),
            code=_text(row, "NO_CLDV_RSN_CD"),
            failed_at=_FAILED_AT.get(state, ""),
            waybill=_text(row, "INVC_NO"),
        )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _moment(told: str) -> datetime | None:
    """`20261122 094404` or `2026-11-22 09:44:04`, both are sent; Korean time."""
    digits = "".join(sign for sign in told if sign.isascii() and sign.isdigit())
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=SEOUL)
    except ValueError:
        return None
