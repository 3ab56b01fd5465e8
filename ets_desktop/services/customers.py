"""Customers: registering, editing with optimistic locking, numbers, and tying orders to them."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.customers import Customer, CustomerPhone
from ets_desktop.db.schema.orders import SalesOrder
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.customers import CustomerForm, check_customer, tidy_customer
from ets_desktop.domain.errors import FieldChange, NotFound, RuleViolation, StaleData
from ets_desktop.domain.hangul import initials
from ets_desktop.domain.phone import NumberKind, digits_of, kind
from ets_desktop.domain.tickets import check_phone
from ets_desktop.domain.topics import Done, Topic, customer_topic, order_topic
from ets_desktop.services.ticket_rows import refuse

_NOT_SYNCHRONIZED = {"synchronize_session": False}
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class RegisterCustomer:
    """신규고객. `numbers` as typed or shown; a caller's own number may be any the PBX tells.

    `order_id` is the order in hand: it is tied to the new customer unless it is somebody's."""

    actor_id: int
    form: CustomerForm
    numbers: tuple[str, ...] = ()
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterOrderer:
    """고객 등록: the orderer of an order becomes a new customer, tied to it; `numbers` are added
    to those of the order (the caller's)."""

    actor_id: int
    order_id: int
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateCustomer:
    """고객저장: `loaded` and `version` are as the card showed the customer before editing."""

    actor_id: int
    customer_id: int
    version: int
    loaded: CustomerForm
    form: CustomerForm


@dataclass(frozen=True, slots=True)
class AddPhone:
    actor_id: int
    customer_id: int
    typed: str


@dataclass(frozen=True, slots=True)
class LinkOrder:
    """주문 연결: this order is this customer's."""

    actor_id: int
    order_id: int
    customer_id: int


def register_customer(session: Session, command: RegisterCustomer) -> Done[int]:
    """A new customer with these numbers; the value is the id.

    RuleViolation of check_customer, or `no_phone_number` (field `numbers`).
    """
    customer_id = _insert_customer(session, command.actor_id, command.form, command.numbers)
    touched = frozenset({customer_topic(customer_id)})
    if command.order_id is not None:
        touched |= tie_free_order(session, command.order_id, customer_id)
    return Done(customer_id, touched)


def register_orderer(session: Session, command: RegisterOrderer) -> Done[int]:
    """A new customer from the order's orderer, tied to the order; the value is the customer's id.

    NotFound `no_such_order`; RuleViolation `order_of_other_customer`.
    """
    order = session.execute(
        select(
            SalesOrder.orderer_name,
            SalesOrder.orderer_login,
            SalesOrder.orderer_phone,
            SalesOrder.orderer_phone2,
            SalesOrder.zipcode,
            SalesOrder.address,
        ).where(SalesOrder.id == command.order_id)
    ).one_or_none()
    if order is None:
        raise NotFound("no_such_order")
    form = CustomerForm(
        name=order.orderer_name,
        login_id=order.orderer_login,
        zipcode=order.zipcode,
        address=order.address,
    )
    known = tuple(number for number in (order.orderer_phone, order.orderer_phone2) if number)
    customer_id = _insert_customer(session, command.actor_id, form, known + command.numbers)
    touched = _link_order(session, command.order_id, customer_id)
    return Done(customer_id, touched)


def update_customer(session: Session, command: UpdateCustomer) -> Done[int]:
    """Save the changed card; the value is the new version.

    StaleData `stale_customer` with what somebody else changed: nothing was written. A save that
    changes nothing, or comes again, is no conflict.
    """
    form = tidy_customer(command.form)
    stored = session.execute(
        select(Customer, Agent.name)
        .outerjoin(Agent, Agent.id == Customer.updated_by)
        .where(Customer.id == command.customer_id)
        .with_for_update(of=Customer)
    ).one_or_none()
    if stored is None:
        raise NotFound("no_such_customer")
    customer, changed_by = stored
    standing = _form_of(customer)
    if standing == form:
        return Done(customer.version, frozenset({customer_topic(command.customer_id)}))
    if customer.version != command.version:
        told = (changed_by or "", customer.updated_at.isoformat())
        raise StaleData("stale_customer", _differences(command.loaded, standing, told))
    for fault in check_customer(form):
        refuse(fault)
    session.execute(
        update(Customer)
        .where(Customer.id == command.customer_id)
        .values(
            **asdict(form),
            initials=initials(form.name),
            version=command.version + 1,
            updated_by=command.actor_id,
            updated_at=func.clock_timestamp(),
        ),
        execution_options=_NOT_SYNCHRONIZED,
    )
    return Done(command.version + 1, frozenset({customer_topic(command.customer_id)}))


def add_phone(session: Session, command: AddPhone) -> Done[int]:
    """Give a customer one more number; a known one is captured anew (safe numbers expire).

    RuleViolation `no_phone_number`; the value is the number's id.
    """
    refuse(check_phone("numbers", command.typed))
    phone_id = _insert_phone(session, command.customer_id, command.typed)
    return Done(phone_id, frozenset({customer_topic(command.customer_id)}))


def link_order_to_customer(session: Session, command: LinkOrder) -> Done[None]:
    """RuleViolation `order_of_other_customer` if it is somebody else's already; NotFound."""
    return Done(None, _link_order(session, command.order_id, command.customer_id))


def tie_free_order(session: Session, order_id: int, customer_id: int) -> frozenset[Topic]:
    """Tie an order that is nobody's yet; one that is somebody's stays theirs (spec 10)."""
    tied = session.execute(
        update(SalesOrder)
        .where(SalesOrder.id == order_id, SalesOrder.customer_id.is_(None))
        .values(customer_id=customer_id)
        .returning(SalesOrder.id),
        execution_options=_NOT_SYNCHRONIZED,
    ).one_or_none()
    if tied is None:
        return frozenset()
    return frozenset({order_topic(order_id), customer_topic(customer_id)})


def _insert_customer(
    session: Session, actor_id: int, form: CustomerForm, numbers: tuple[str, ...]
) -> int:
    tidy = tidy_customer(form)
    for fault in check_customer(tidy):
        refuse(fault)
    customer_id = session.scalars(
        insert(Customer)
        .values(
            **asdict(tidy),
            initials=initials(tidy.name),
            created_by=actor_id,
            updated_by=actor_id,
        )
        .returning(Customer.id)
    ).one()
    for number in numbers:
        _insert_phone(session, customer_id, number)
    return customer_id


def _insert_phone(session: Session, customer_id: int, typed: str) -> int:
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


def _link_order(session: Session, order_id: int, customer_id: int) -> frozenset[Topic]:
    linked = session.execute(
        update(SalesOrder)
        .where(
            SalesOrder.id == order_id,
            or_(SalesOrder.customer_id.is_(None), SalesOrder.customer_id == customer_id),
        )
        .values(customer_id=customer_id)
        .returning(SalesOrder.id),
        execution_options=_NOT_SYNCHRONIZED,
    ).one_or_none()
    if linked is None:
        if session.scalar(select(SalesOrder.id).where(SalesOrder.id == order_id)) is None:
            raise NotFound("no_such_order")
        raise RuleViolation("order_of_other_customer")
    return frozenset({order_topic(order_id), customer_topic(customer_id)})


def _form_of(customer: Customer) -> CustomerForm:
    return CustomerForm(**{name: getattr(customer, name) for name in _names()})


def _differences(
    loaded: CustomerForm, standing: CustomerForm, told: tuple[str, str]
) -> tuple[FieldChange, ...]:
    changed: list[FieldChange] = []
    for name in _names():
        theirs: Any = getattr(standing, name)
        if theirs != getattr(loaded, name):
            text = str(theirs).lower() if isinstance(theirs, bool) else str(theirs)
            changed.append(FieldChange(name, text, *told))
    return tuple(changed)


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(CustomerForm))
