"""Rules of 콜백 (spec 20): a promised call back to a number, at a time to come."""

from datetime import datetime
from enum import StrEnum

from ets_desktop.domain.tickets import FieldFault, check_phone


class Outcome(StrEnum):
    SUCCEEDED = "succeeded"
    MISSED = "missed"
    CANCELLED = "cancelled"


def check_callback(
    *, number: str, due_at: datetime | None, now: datetime
) -> tuple[FieldFault, ...]:
    """Why 콜백 refuses: a 콜백일시 that has passed or is missing, a number that is none."""
    faults = [check_due_at("callback_at", due_at, now), check_phone("callback_number", number)]
    return tuple(fault for fault in faults if fault is not None)


def check_outcome(
    outcome: Outcome, *, next_due_at: datetime | None, now: datetime
) -> FieldFault | None:
    """부재 needs the next 콜백일시; the other outcomes end the promise and take none."""
    if outcome is Outcome.MISSED:
        return check_due_at("next_callback_at", next_due_at, now)
    return None


def check_due_at(field: str, due_at: datetime | None, now: datetime) -> FieldFault | None:
    """A callback lies in the future (both moments carry their time zone)."""
    if due_at is None:
        return FieldFault(field, "needs_callback_at")
    return FieldFault(field, "callback_in_past") if due_at <= now else None
