"""CJ대한통운 as a courier: booked one by one, tracked by waybill or by our own numbers."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from ets_desktop.couriers import Booking, CallingOff, Capabilities, Tracked
from ets_desktop.couriers.cj.bodies import Contract, booking, calling_off
from ets_desktop.couriers.cj.line import CjLine
from ets_desktop.couriers.cj.scans import records_of, scans_of
from ets_desktop.couriers.missed import STOPS, Missed
from ets_desktop.couriers.places import Booked, Order, Parcel, Scan, Wish
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.couriers import Refined, Unsent, pickup_of
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import RuleViolation

__all__ = ["CjCourier", "Contract"]

log = logging.getLogger(__name__)

#: What its database says of a key it has.
_HAD_ALREADY: Final = "ORA-00001"
_ADDRESS_LIMIT: Final = 100
#: One call of ReqMssGdsTrc gives so many; it gives them again until they are confirmed.
_MOST_NEWS: Final = 500
_MAY_BE_LATE: Final = "-20010"
#: What 주소 정제 refuses.
_ADDRESS_FAULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "-20000": "refine_bad_parameter",
        "-20001": "refine_unknown_customer",
        "-20002": "refine_not_understood",
        "-20003": "refine_no_district",
        "-20004": "refine_branch_closed",
        "-20005": "refine_no_driver",
        "-20006": "refine_no_code",
        "-20007": "refine_no_short_address",
        "-20008": "refine_contract_ended",
        "-20009": "refine_not_delivered",
    }
)


class CjCourier:
    """A line to CJ under the contract of the house."""

    def __init__(self, line: CjLine, contract: Contract) -> None:
        self._line = line
        self._contract = contract

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(online=True, refines=True, cancels=True, tracks=True)

    def body_of(self, order: Order) -> Mapping[str, Any]:
        return booking(self._contract, order)

    def refine(self, address: str) -> Refined:
        cust_id = self._contract.cust_id
        try:
            found = self._line.call(
                "ReqAddrRfnSm",
                CLNTNUM=cust_id,
                CLNTMGMCUSTCD=cust_id,
                USER_ID="",
                ADDRESS=" ".join(address.split())[:_ADDRESS_LIMIT],
            )
        except Missed as missed:
            if missed.miss.detail == _MAY_BE_LATE:
                return _refined(missed.content, "refine_may_be_late")
            fault = _ADDRESS_FAULTS.get(missed.miss.detail)
            if fault is None:
                raise
            raise RuleViolation(fault, field="address") from missed
        return _refined(found)

    def book(self, batch: Sequence[Wish]) -> Iterator[Booking]:
        """What cannot be reached for one is not asked for the others of the batch."""
        for number, wish in enumerate(batch):
            result = self._booked(wish)
            yield wish, result
            if isinstance(result, Miss) and result.why in STOPS:
                yield from ((rest, _unasked(result)) for rest in batch[number + 1 :])
                return

    def _booked(self, wish: Wish) -> Booked | Miss:
        try:
            self._line.call("RegBook", **wish.body)
        except Missed as missed:
            if missed.miss.detail == _HAD_ALREADY:
                return Booked(wish.key, repeated=True)
            return missed.miss
        return Booked(wish.key)

    def cancel(self, batch: Sequence[Wish]) -> Iterator[CallingOff]:
        for number, wish in enumerate(batch):
            miss = self._called_off(wish)
            yield wish, miss
            if miss is not None and miss.why in STOPS:
                yield from ((rest, _unasked(miss)) for rest in batch[number + 1 :])
                return

    def _called_off(self, wish: Wish) -> Miss | None:
        try:
            self._line.call("CnclBook", **calling_off(wish.body))
        except Missed as missed:
            return None if missed.miss.detail == _HAD_ALREADY else missed.miss
        return None

    def track(self, parcels: Sequence[Parcel]) -> Iterator[Tracked]:
        """By waybill where there is one, then what came for any of our numbers: that also tells
        new waybills."""
        for parcel in parcels:
            if not parcel.waybill:
                continue
            news = self._scans(parcel)
            yield parcel, news
            if isinstance(news, Miss) and news.why in STOPS:
                return
        if parcels:
            yield from self._all_news(parcels)

    def _scans(self, parcel: Parcel) -> tuple[Scan, ...] | Miss:
        try:
            found = self._line.call(
                "ReqOneGdsTrc", CLNTNUM=self._contract.cust_id, INVC_NO=parcel.waybill
            )
            return tuple(scans_of(records_of(found), parcel.key))
        except Missed as missed:
            return missed.miss

    def _all_news(self, parcels: Sequence[Parcel]) -> Iterator[Tracked]:
        """What yesterday and today brought; it is confirmed once it is kept."""
        today = seoul_date(self._line.now())
        for day in (today - timedelta(days=1), today):
            try:
                news = self._news(day)
            except Missed as missed:
                yield from ((parcel, missed.miss) for parcel in parcels)
                return
            rows_of: dict[Parcel, list[Mapping[str, Any]]] = {}
            for row in news:
                # Parcels of the shop's other systems lie in the same heap.
                parcel = _parcel_of(row)
                if parcel is not None:
                    rows_of.setdefault(parcel, []).append(row)
            for parcel, rows in rows_of.items():
                yield parcel, tuple(scans_of(rows, parcel.key))
            self._confirm([row for rows in rows_of.values() for row in rows])

    def _news(self, day: date) -> list[Mapping[str, Any]]:
        found = self._line.call(
            "ReqMssGdsTrc", CUST_ID=self._contract.cust_id, REQ_DT=f"{day:%Y%m%d}", SND_YN="N"
        )
        rows = records_of(found)
        if len(rows) >= _MOST_NEWS:
            log.warning("%d scans at once: there may be more", len(rows))
        return rows

    def _confirm(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """What is not confirmed comes again, and is kept once all the same."""
        if not rows:
            return
        told = [{"INVC_NO": row.get("INVC_NO"), "CRG_ST": row.get("CRG_ST")} for row in rows]
        try:
            self._line.call("RcvMssGdsTrcCnfrm", CLNTNUM=self._contract.cust_id, ARRAY=told)
        except Missed as missed:
            log.warning("news not confirmed: %s", missed.miss)


def _unasked(miss: Miss) -> Miss:
    """For those that were not tried after `miss`: of them the courier has not heard."""
    return replace(miss, why=Unsent.UNREACHABLE) if miss.why is Unsent.SILENT else miss


def _parcel_of(row: Mapping[str, Any]) -> Parcel | None:
    key = str(row.get("CUST_USE_NO") or "").strip()
    pickup_id = pickup_of(key)
    return None if pickup_id is None else Parcel(pickup_id, key)


def _refined(found: Any, *warnings: str) -> Refined:
    """Without a code there is nothing to sort by; a warning may come alone."""
    routing = found if isinstance(found, dict) else {}

    def text(name: str) -> str:
        return str(routing.get(name) or "").strip()

    if not text("CLSFCD") and not warnings:
        raise Missed(Miss(Unsent.MALFORMED, "CLSFCD"))
    return Refined(
        code=text("CLSFCD"),
        sub_code=text("SUBCLSFCD"),
        short_address=text("CLSFADDR"),
        branch=text("CLLDLVBRANNM"),
        driver=text("CLLDLVEMPNM"),
        driver_code=text("CLLDLVEMPNICKNM"),
        area=text("RSPSDIV"),
        p2p=text("P2PCD"),
        warnings=warnings,
    )
