"""Pickups at customers: their states, why they fail, and when one turns red (spec 30)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from ets_desktop.domain.calendar import BusinessCalendar, add_business_days, seoul_date
from ets_desktop.domain.claims import Step

#: Business days after acceptance until a pickup that was not collected is red.
RED_BUSINESS_DAYS = 2


class PickupState(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    ARRIVED = "arrived"
    FAILED = "failed"
    CANCELLED = "cancelled"


class SendState(StrEnum):
    """전송상태: how a wish stands with whom it is sent to; NOTHING: there is nothing to send."""

    NOTHING = ""
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class FailedAt(StrEnum):
    """In which of the courier's states a reason code was given: the same code means different
    things at the customer's door (미집화) and at ours (미배송)."""

    COLLECTING = "not_collected"
    DELIVERING = "not_delivered"


#: The couriers of the house's contracts; the code is stored.
COURIERS = ("cj", "epost", "hanjin", "lotte", "logen", "other")
#: The only one whose address refinement we know.
REFINING_COURIER = "cj"

#: (courier, where it failed, its code) → ours, which ui/labels.py words.
FAILURE_REASONS: Mapping[tuple[str, FailedAt, str], str] = MappingProxyType(
    {
        ("cj", FailedAt.COLLECTING, "01"): "out_of_stock",
        ("cj", FailedAt.COLLECTING, "02"): "not_handed_over",
        ("cj", FailedAt.COLLECTING, "08"): "order_cancelled",
        ("cj", FailedAt.COLLECTING, "09"): "other_district",
        ("cj", FailedAt.COLLECTING, "16"): "customer_uses_it",
        ("cj", FailedAt.COLLECTING, "21"): "wrong_details",
        ("cj", FailedAt.DELIVERING, "01"): "customer_details_wrong",
        ("cj", FailedAt.DELIVERING, "02"): "customer_absent",
        ("cj", FailedAt.DELIVERING, "08"): "no_answer_on_phone",
        ("cj", FailedAt.DELIVERING, "09"): "refused_by_receiver",
        ("cj", FailedAt.DELIVERING, "16"): "destination_changed",
        ("cj", FailedAt.DELIVERING, "21"): "goods_accident",
    }
)

_COMES = frozenset({PickupState.COLLECTED, PickupState.IN_TRANSIT, PickupState.ARRIVED})
_ENDS = frozenset({PickupState.FAILED, PickupState.CANCELLED})
_MOVES: Mapping[PickupState, frozenset[PickupState]] = MappingProxyType(
    {
        PickupState.REQUESTED: _COMES | _ENDS | {PickupState.ACCEPTED},
        PickupState.ACCEPTED: _COMES | _ENDS,
        # What was not picked up, or called off too late, may come all the same.
        PickupState.FAILED: _COMES | {PickupState.CANCELLED},
        PickupState.CANCELLED: _COMES,
        PickupState.COLLECTED: _COMES - {PickupState.COLLECTED},
        PickupState.IN_TRANSIT: frozenset({PickupState.ARRIVED}),
    }
)
#: Where a claim's lines go with their pickup; 입고 is the warehouse's word, not the courier's.
CLAIM_STEPS: Mapping[PickupState, Step] = MappingProxyType(
    {
        PickupState.COLLECTED: Step.COLLECTING,
        PickupState.IN_TRANSIT: Step.COLLECTING,
        PickupState.ARRIVED: Step.COLLECTING,
        PickupState.FAILED: Step.PICKUP_FAILED,
        PickupState.CANCELLED: Step.ACCEPTED,
    }
)
#: A pickup in one of these has ended without goods.
GIVEN_UP = _ENDS
#: From here on nobody calls the driver back.
CANCELLABLE = frozenset({PickupState.REQUESTED, PickupState.ACCEPTED, PickupState.FAILED})


def next_states(state: PickupState) -> frozenset[PickupState]:
    """Where a pickup may go from `state`."""
    return _MOVES.get(state, frozenset())


def failure_reason(courier: str, failed_at: str, code: str) -> str:
    """Our word for a courier's reason code, "" for one nobody told us: then its text stands."""
    known = {(name, str(where), its): ours for (name, where, its), ours in FAILURE_REASONS.items()}
    return known.get((courier, failed_at, code), "")


def collect_until(accepted_at: datetime, calendar: BusinessCalendar) -> date:
    """The last day on which an accepted pickup is in time."""
    return add_business_days(seoul_date(accepted_at), RED_BUSINESS_DAYS, calendar)


def is_red(
    state: str, accepted_at: datetime | None, now: datetime, calendar: BusinessCalendar
) -> bool:
    """Not collected two business days after acceptance (spec 30)."""
    if state != PickupState.ACCEPTED or accepted_at is None:
        return False
    return seoul_date(now) > collect_until(accepted_at, calendar)
