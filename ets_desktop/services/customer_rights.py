"""What a customer may ask for: what is kept of them, and that it is erased (spec 80)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.retention import Kept
from ets_desktop.domain.topics import Done, customer_topic
from ets_desktop.queries.customer_record import customer_id_of, customer_record, kept_by_law
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.retention import Erased, blank_card, erase_of

#: One customer has no more of anything.
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class CustomerRequest:
    """`reason` says what the person asked for and how they were identified."""

    customer_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class ErasedCustomer:
    """`kept` is what the law asks to keep; the job erases it when its time has come."""

    erased: Erased
    kept: tuple[Kept, ...]


def export_customer(session: Session, request: CustomerRequest) -> Done[dict[str, Any]]:
    """Everything that is kept of the customer, logged. NotFound `no_such_customer`, RuleViolation
    `needs_reason`."""
    customer_id = _identified(session, request)
    record = customer_record(session, customer_id)
    _log(session, "export_customer", customer_id, request)
    return Done(record)


def erase_customer(session: Session, request: CustomerRequest) -> Done[ErasedCustomer]:
    """Erase what no law asks to keep, at once; of what is kept the card keeps name and numbers.

    The session is the schema's owner's. Raises as `export_customer`.
    """
    customer_id = _identified(session, request)
    # Found by numbers that the card may lose.
    sessions = tuple(one for one in kept_by_law(session, customer_id) if one.what == "ars")
    erased = erase_of(session, customer_id, _ALL)
    if not erased.customers:
        blank_card(session, customer_id)
    kept = tuple(one for one in kept_by_law(session, customer_id) if one.what != "ars") + sessions
    _log(session, "erase_customer", customer_id, request)
    return Done(ErasedCustomer(erased, kept), frozenset({customer_topic(customer_id)}))


def _identified(session: Session, request: CustomerRequest) -> int:
    if not request.reason.strip():
        raise RuleViolation("needs_reason", field="reason")
    return customer_id_of(session, request.customer_no)


def _log(session: Session, action: str, customer_id: int, request: CustomerRequest) -> None:
    reason = {"reason": request.reason.strip()}
    log_access(session, LogAccess(action, f"customer/{customer_id}", reason, persons=1))
