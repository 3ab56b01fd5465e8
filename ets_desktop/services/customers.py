"""Customers: registering, editing with optimistic locking, and tying orders to them."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.customers import Customer
from ets_desktop.db.schema.orders import SalesOrder
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.customers import (
    AddressForm,
    CustomerForm,
    check_customer,
    tidy_customer,
)
from ets_desktop.domain.errors import FieldChange, NotFound, RuleViolation, StaleData
from ets_desktop.domain.hangul import initials
from ets_desktop.domain.topics import Done, Topic, customer_topic, order_topic
from ets_desktop.queries.customer_history import customer_changes_since
from ets_desktop.services.customer_belongings import (
    AddPhone,
    RemovePhone,
    add_phone,
    insert_address,
    insert_phone,
    remove_address,
    remove_phone,
)
from ets_desktop.services.ticket_rows import refuse

_NOT_SYNCHRONIZED = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class RegisterCustomer:
    """신규고객. `numbers` as typed or shown; a caller's own number may be any the PBX tells.

    `order_id` is the order in hand: it is tied to the new customer unless it is somebody's.
    `client_id` is made by the desk: the same one again makes no second customer.
    """

    actor_id: int
    form: CustomerForm
    numbers: tuple[str, ...] = ()
    order_id: int | None = None
    client_id: UUID | None = None
    addresses: tuple[AddressForm, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterOrderer:
    """고객 등록: the orderer of an order becomes a new customer, tied to it; `numbers` are added
    to those of the order (the caller's)."""

    actor_id: int
    order_id: int
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateCustomer:
    """고객저장: `loaded` and `version` are as the card showed the customer before editing.

    `numbers` and `addresses` are new ones; those removed are named by their ids.
    """

    actor_id: int
    customer_id: int
    version: int
    loaded: CustomerForm
    form: CustomerForm
    numbers: tuple[str, ...] = ()
    removed_phones: tuple[int, ...] = ()
    addresses: tuple[AddressForm, ...] = ()
    removed_addresses: tuple[int, ...] = ()


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
    made = _insert_customer(session, command.actor_id, command.form, command.client_id)
    customer_id = _again(session, command) if made is None else made
    for number in command.numbers:
        insert_phone(session, customer_id, number)
    for address in command.addresses:
        insert_address(session, customer_id, address)
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
    customer_id = _insert_customer(session, command.actor_id, form)
    assert customer_id is not None
    for number in known + command.numbers:
        insert_phone(session, customer_id, number)
    touched = _link_order(session, command.order_id, customer_id)
    return Done(customer_id, touched)


def update_customer(session: Session, command: UpdateCustomer) -> Done[int]:
    """Save the changed card; the value is the new version.

    StaleData `stale_customer` with what somebody else changed: nothing was written. A save that
    changes nothing, comes again, or is older without a field having changed is no conflict.
    RuleViolation of check_customer, `no_phone_number`, `customer_merged`.
    """
    form = tidy_customer(command.form)
    customer, changed_by = _lock(session, command.customer_id)
    standing = _form_of(customer)
    version = customer.version
    if standing != form:
        if version != command.version:
            told = (changed_by, customer.updated_at.isoformat())
            _refuse_stale(session, command, standing, told)
        for fault in check_customer(form):
            refuse(fault)
        version += 1
        _write(session, command, form, version)
    _write_belongings(session, command)
    return Done(version, frozenset({customer_topic(command.customer_id)}))


def _lock(session: Session, customer_id: int) -> tuple[Customer, str]:
    """The customer, held until the transaction ends, and who changed the card last."""
    stored = session.execute(
        select(Customer, Agent.name)
        .outerjoin(Agent, Agent.id == Customer.updated_by)
        .where(Customer.id == customer_id)
        .with_for_update(of=Customer, key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if stored is None:
        raise NotFound("no_such_customer")
    if stored[0].merged_into_id is not None:
        raise RuleViolation("customer_merged")
    return stored[0], stored[1] or ""


def _write(session: Session, command: UpdateCustomer, form: CustomerForm, version: int) -> None:
    session.execute(
        update(Customer)
        .where(Customer.id == command.customer_id)
        .values(
            **asdict(form),
            initials=initials(form.name),
            version=version,
            updated_by=command.actor_id,
            updated_at=func.clock_timestamp(),
        ),
        execution_options=_NOT_SYNCHRONIZED,
    )


def _write_belongings(session: Session, command: UpdateCustomer) -> None:
    customer_id = command.customer_id
    for phone_id in command.removed_phones:
        remove_phone(session, RemovePhone(command.actor_id, customer_id, phone_id))
    for number in command.numbers:
        add_phone(session, AddPhone(command.actor_id, customer_id, number))
    for address_id in command.removed_addresses:
        remove_address(session, customer_id, address_id)
    for address in command.addresses:
        insert_address(session, customer_id, address)


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
    session: Session, actor_id: int, form: CustomerForm, client_id: UUID | None = None
) -> int | None:
    """The new customer's id; None when `client_id` is known already."""
    tidy = tidy_customer(form)
    for fault in check_customer(tidy):
        refuse(fault)
    return session.scalars(
        insert(Customer)
        .values(
            **asdict(tidy),
            initials=initials(tidy.name),
            client_id=client_id,
            created_by=actor_id,
            updated_by=actor_id,
        )
        .on_conflict_do_nothing(
            index_elements=[Customer.client_id], index_where=Customer.client_id.is_not(None)
        )
        .returning(Customer.id)
    ).one_or_none()


def _again(session: Session, command: RegisterCustomer) -> int:
    """The same 신규고객 came before: what was typed since goes into that customer, as long as
    nobody else has changed the card."""
    known = session.scalars(select(Customer).where(Customer.client_id == command.client_id)).one()
    if known.version == 1 and known.merged_into_id is None:
        standing = _form_of(known)
        update_customer(
            session, UpdateCustomer(command.actor_id, known.id, 1, standing, command.form)
        )
    return known.merged_into_id or known.id


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


def _refuse_stale(
    session: Session, command: UpdateCustomer, standing: CustomerForm, told: tuple[str, str]
) -> None:
    """StaleData with every field that is not as it was `loaded`; `told` where no history is."""
    since = {
        change.field: change
        for change in customer_changes_since(session, command.customer_id, command.version)
    }
    changed: list[FieldChange] = []
    for name in _names():
        theirs: Any = getattr(standing, name)
        if theirs != getattr(command.loaded, name):
            text = str(theirs).lower() if isinstance(theirs, bool) else str(theirs)
            plain = FieldChange(name, text, *told)
            changed.append(replace(since.get(name, plain), theirs=text))
    if changed:
        raise StaleData("stale_customer", tuple(changed))


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(CustomerForm))
