"""What a customer has several of: phone numbers and further addresses."""

from dataclasses import asdict, dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.customers import CustomerAddress, CustomerPhone
from ets_desktop.domain.customers import AddressForm, check_address, tidy_address
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.phone import NumberKind, digits_of, kind
from ets_desktop.domain.tickets import check_phone
from ets_desktop.domain.topics import Done, customer_topic
from ets_desktop.services.ticket_rows import refuse

_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class AddPhone:
    actor_id: int
    customer_id: int
    typed: str


@dataclass(frozen=True, slots=True)
class RemovePhone:
    actor_id: int
    customer_id: int
    phone_id: int


def add_phone(session: Session, command: AddPhone) -> Done[int]:
    """Give a customer one more number; a known one is captured anew (safe numbers expire).

    RuleViolation `no_phone_number`; the value is the number's id.
    """
    refuse(check_phone("numbers", command.typed))
    phone_id = insert_phone(session, command.customer_id, command.typed)
    return Done(phone_id, frozenset({customer_topic(command.customer_id)}))


def remove_phone(session: Session, command: RemovePhone) -> Done[None]:
    """Take a number away; one that is gone already, or somebody else's now, is no error."""
    session.execute(
        delete(CustomerPhone).where(
            CustomerPhone.id == command.phone_id, CustomerPhone.customer_id == command.customer_id
        )
    )
    return Done(None, frozenset({customer_topic(command.customer_id)}))


def insert_phone(session: Session, customer_id: int, typed: str) -> int:
    """A number as typed or as the PBX shows it; RuleViolation `no_phone_number`."""
    digits = digits_of(typed)
    if digits is None or len(digits) < _SHORTEST_NUMBER:
        raise RuleViolation("no_phone_number", field="numbers")
    number_kind = kind(digits)
    if number_kind is NumberKind.INTERNAL:
        number_kind = NumberKind.OTHER
    return session.scalars(
        insert(CustomerPhone)
        .values(customer_id=customer_id, typed=typed.strip(), digits=digits, kind=number_kind)
        .on_conflict_do_update(
            index_elements=[CustomerPhone.customer_id, CustomerPhone.digits],
            set_={"captured_at": func.clock_timestamp()},
        )
        .returning(CustomerPhone.id)
    ).one()


def insert_address(session: Session, customer_id: int, form: AddressForm) -> None:
    """A further address, unless the customer has it already.

    RuleViolation `needs_address`, and of check_address.
    """
    tidy = tidy_address(form)
    if not tidy.address:
        raise RuleViolation("needs_address", field="address")
    for fault in check_address(tidy):
        refuse(fault)
    known = select(CustomerAddress.id).where(
        CustomerAddress.customer_id == customer_id,
        CustomerAddress.address == tidy.address,
        CustomerAddress.address_detail == tidy.address_detail,
    )
    if session.scalar(known.limit(1)) is None:
        row = insert(CustomerAddress).values(customer_id=customer_id, **asdict(tidy))
        session.execute(row)


def remove_address(session: Session, customer_id: int, address_id: int) -> None:
    """Take a further address away; one that is gone already is no error."""
    session.execute(
        delete(CustomerAddress).where(
            CustomerAddress.id == address_id, CustomerAddress.customer_id == customer_id
        )
    )
