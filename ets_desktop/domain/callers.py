"""Who may be calling: people known by a number, ranked, each with the reasons (spec 20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ets_desktop.domain.calendar import seoul_date

RECENTLY = timedelta(days=30)


class Reason(StrEnum):
    """Why somebody may be the caller; the heaviest first."""

    OPEN_TICKET = "open_ticket"
    CALLED_TODAY = "called_today"
    CALLED_YESTERDAY = "called_yesterday"
    CALLED_RECENTLY = "called_recently"
    ORDERED_WITH_NUMBER = "ordered_with_number"
    NUMBER_REGISTERED = "number_registered"
    RECIPIENT_ONLY = "recipient_only"
    UNREGISTERED_ORDERER = "unregistered_orderer"
    UNREGISTERED_RECIPIENT = "unregistered_recipient"
    #: an 안심번호 of theirs that somebody else may have by now
    NUMBER_EXPIRED = "number_expired"
    #: who may be the same person (병합), not who may be calling
    SAME_NUMBER = "same_number"
    SAME_NAME = "same_name"


_WEIGHTS = {
    Reason.OPEN_TICKET: 8,
    Reason.CALLED_TODAY: 8,
    Reason.CALLED_YESTERDAY: 7,
    Reason.CALLED_RECENTLY: 4,
    Reason.ORDERED_WITH_NUMBER: 4,
    Reason.NUMBER_REGISTERED: 2,
    Reason.RECIPIENT_ONLY: 1,
    Reason.NUMBER_EXPIRED: 0,
}


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What ties one registered customer to the number that rings. `number_expired`: it was an
    안심번호 of theirs, too long ago to be still."""

    customer_id: int
    open_tickets: int = 0
    last_call_at: datetime | None = None
    is_registered: bool = False
    number_expired: bool = False
    ordered: bool = False
    received: bool = False
    last_contact_at: datetime | None = None


def reasons_of(one: Acquaintance, now: datetime) -> tuple[Reason, ...]:
    """The reasons in the order of Reason; never empty for somebody tied to the number."""
    held = {
        Reason.OPEN_TICKET: one.open_tickets > 0,
        Reason.ORDERED_WITH_NUMBER: one.ordered,
        Reason.NUMBER_REGISTERED: one.is_registered,
        Reason.RECIPIENT_ONLY: one.received and not one.ordered and not one.is_registered,
        Reason.NUMBER_EXPIRED: one.number_expired,
    }
    called = _called(one.last_call_at, now)
    return tuple(reason for reason in Reason if held.get(reason) or reason is called)


def ranked(people: Iterable[Acquaintance], now: datetime) -> list[Acquaintance]:
    """The likeliest caller first; among equals who was in touch last, then the older customer."""
    return sorted(people, key=lambda one: (-_weight(one, now), -_touched(one), one.customer_id))


def _weight(one: Acquaintance, now: datetime) -> int:
    return sum(_WEIGHTS[reason] for reason in reasons_of(one, now))


def _touched(one: Acquaintance) -> float:
    return one.last_contact_at.timestamp() if one.last_contact_at is not None else 0.0


def _called(at: datetime | None, now: datetime) -> Reason | None:
    if at is None or now - at > RECENTLY:
        return None
    days = (seoul_date(now) - seoul_date(at)).days
    by_age = {0: Reason.CALLED_TODAY, 1: Reason.CALLED_YESTERDAY}
    return by_age.get(days, Reason.CALLED_RECENTLY)
