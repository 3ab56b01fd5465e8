"""Builders of rows, every value with a default: `make(database, a_ticket, title="…")`.

All people are invented, all numbers are 010-0000-xxxx. Related rows are made where none is given.
A builder takes a session of the owner and returns the stored row, readable after its end.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

import ets_desktop.db.schema.every  # noqa: F401  (a row is stored only if all it refers to is known)
from ets_desktop.db.engine import Database, driver_of
from ets_desktop.db.schema.calls import Call, CallLeg
from ets_desktop.db.schema.customers import Customer, CustomerPhone
from ets_desktop.db.schema.orders import OrderLine, Product, SalesChannel, SalesOrder
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.record import Record
from ets_desktop.db.schema.templates import Template
from ets_desktop.db.schema.tickets import (
    Activity,
    Callback,
    Draft,
    Ticket,
    TicketCategory,
    Transfer,
)
from ets_desktop.domain.drafts import FormContents, to_json
from ets_desktop.domain.hangul import initials
from ets_desktop.domain.phone import kind
from ets_desktop.domain.tickets import TicketForm

Row = TypeVar("Row", bound=Record)
Made = TypeVar("Made")

_numbers = count(1)


def make(database: Database, builder: Callable[..., Made], **values: Any) -> Made:
    """What `builder` makes of `values`, in a transaction of its own."""

    def build(session: Session) -> Made:
        return builder(session, **values)

    return database.call(build)


def phone_number() -> str:
    """A new invented number in digits."""
    return f"0100000{next(_numbers) % 10000:04d}"


def login_url(database: Database, agent: Agent, password: str = "secret") -> str:
    """The URL of `agent` as a real person: makes the login in the role of the agent."""

    def create(session: Session) -> None:
        name = Identifier(agent.login)
        driver = driver_of(session)
        exists = driver.execute("SELECT FROM pg_roles WHERE rolname = %s", (agent.login,))
        if exists.fetchone() is None:
            driver.execute(SQL("CREATE ROLE {} LOGIN").format(name))
        driver.execute(SQL("ALTER ROLE {} PASSWORD {}").format(name, Literal(password)))
        role = Identifier(f"ets_{agent.role}")
        driver.execute(SQL("GRANT {} TO {}").format(role, name))

    database.call(create)
    url = make_url(database.url).set(username=agent.login, password=password)
    return url.render_as_string(hide_password=False)


def a_team(session: Session, *, name: str | None = None, **values: Any) -> Team:
    return _stored(session, Team(name=name or f"{next(_numbers)}팀", **values))


def an_agent(session: Session, *, team: Team | None = None, **values: Any) -> Agent:
    """An active agent without a database login (`login_url` makes one)."""
    number = next(_numbers)
    defaults = {
        "login": f"agent{number:05d}",
        "name": f"김상담{number}",
        "extension": str(10000 + number),
        "role": "agent",
    }
    return _stored(session, Agent(**defaults | _reference(team_id=team) | values))


def a_category(
    session: Session, *, ticket_type: str = "delivery", name: str | None = None, **values: Any
) -> TicketCategory:
    name = name or f"유형{next(_numbers)}"
    return _stored(session, TicketCategory(ticket_type=ticket_type, name=name, **values))


def a_template(
    session: Session,
    *,
    title: str | None = None,
    body: str = "확인 후 연락드립니다.",
    **values: Any,
) -> Template:
    title = title or f"상용구{next(_numbers)}"
    return _stored(session, Template(title=title, body=body, **values))


def a_customer(
    session: Session, *, name: str = "김정민", numbers: tuple[str, ...] = (), **values: Any
) -> Customer:
    """`numbers` in digits."""
    made = _stored(session, Customer(name=name, initials=initials(name), **values))
    for digits in numbers:
        a_phone(session, customer=made, digits=digits)
    return made


def a_phone(
    session: Session, *, customer: Customer, digits: str | None = None, **values: Any
) -> CustomerPhone:
    digits = digits or phone_number()
    defaults = {"typed": digits, "digits": digits, "kind": kind(digits)}
    return _stored(session, CustomerPhone(customer_id=customer.id, **defaults | values))


def a_channel(session: Session, *, code: str | None = None, name: str = "가게몰") -> SalesChannel:
    return _stored(session, SalesChannel(code=code or f"shop{next(_numbers)}", name=name))


def a_product(session: Session, *, name: str | None = None, **values: Any) -> Product:
    return _stored(session, Product(name=name or f"무선 청소기 {next(_numbers)}", **values))


def an_order(
    session: Session,
    *,
    channel: SalesChannel | None = None,
    customer: Customer | None = None,
    orderer_name: str = "김정민",
    recipient_name: str = "이수취",
    **values: Any,
) -> SalesOrder:
    """An order without lines."""
    seller = channel or a_channel(session)
    defaults = {
        "channel_id": seller.id,
        "channel_order_no": f"20261121-{next(_numbers):07d}",
        "ordered_at": datetime.now(UTC) - timedelta(days=1),
        "orderer_name": orderer_name,
        "orderer_initials": initials(orderer_name),
        "orderer_phone": phone_number(),
        "recipient_name": recipient_name,
        "recipient_initials": initials(recipient_name),
        "recipient_phone": phone_number(),
    }
    return _stored(session, SalesOrder(**defaults | _reference(customer_id=customer) | values))


def an_order_line(
    session: Session,
    *,
    order: SalesOrder | None = None,
    product: Product | None = None,
    **values: Any,
) -> OrderLine:
    whole = order or an_order(session)
    goods = product or a_product(session)
    defaults = {
        "order_id": whole.id,
        "product_id": goods.id,
        "line_no": str(next(_numbers)),
        "quantity": 1,
        "unit_price": 37000,
        "amount": 37000,
        "order_status": "shipping",
        "ordered_at": whole.ordered_at,
    }
    return _stored(session, OrderLine(**defaults | values))


def a_ticket(
    session: Session,
    *,
    created_by: Agent | None = None,
    assignee: Agent | None = None,
    assignee_team: Team | None = None,
    customer: Customer | None = None,
    order: SalesOrder | None = None,
    order_line: OrderLine | None = None,
    **values: Any,
) -> Ticket:
    """A received delivery question, assigned to who made it; due tomorrow; nobody's customer."""
    author = created_by or an_agent(session)
    holder = assignee or (None if assignee_team else author)
    now = datetime.now(UTC)
    defaults: dict[str, Any] = {
        "client_id": uuid4(),
        "ticket_type": "delivery",
        "title": "배송 문의",
        "content": "언제 오나요",
        "caller_number": None if customer else phone_number(),
        "due_on": (now + timedelta(days=1)).date(),
        "created_by": author.id,
        "updated_by": author.id,
    }
    if values.get("status") == "completed":
        defaults |= {"completed_at": now, "completed_by": author.id}
    if values.get("status") == "discarded":
        defaults |= {"discard_reason": "잘못 접수"}
    if order_line is not None:
        defaults |= {"order_id": order_line.order_id}
    related = _reference(
        assignee_id=holder,
        assignee_team_id=assignee_team,
        customer_id=customer,
        order_id=order,
        order_line_id=order_line,
    )
    return _stored(session, Ticket(**defaults | related | values))


def a_transfer(
    session: Session,
    *,
    ticket: Ticket | None = None,
    from_agent: Agent | None = None,
    to_agent: Agent | None = None,
    to_team: Team | None = None,
    **values: Any,
) -> Transfer:
    """A waiting offer; the ticket it makes is transferred to the receiver already."""
    sender = from_agent or an_agent(session)
    receiver = to_agent or (None if to_team else an_agent(session))
    if ticket is None:
        ticket = a_ticket(
            session,
            created_by=sender,
            assignee=receiver,
            assignee_team=to_team,
            status="transferred",
        )
    related = _reference(
        ticket_id=ticket, from_agent_id=sender, to_agent_id=receiver, to_team_id=to_team
    )
    return _stored(session, Transfer(**{"hop": 1, "reason": "담당 변경"} | related | values))


def a_callback(
    session: Session,
    *,
    ticket: Ticket | None = None,
    assignee: Agent | None = None,
    **values: Any,
) -> Callback:
    """A promise pending for an hour from now."""
    whose = assignee or an_agent(session)
    about = ticket or a_ticket(session, created_by=whose)
    defaults = {
        "number": phone_number(),
        "due_at": datetime.now(UTC) + timedelta(hours=1),
        "assignee_id": whose.id,
    }
    return _stored(session, Callback(ticket_id=about.id, **defaults | values))


def a_draft(
    session: Session,
    *,
    agent: Agent | None = None,
    contents: FormContents | None = None,
    **values: Any,
) -> Draft:
    owner = agent or an_agent(session)
    kept = contents or FormContents(TicketForm(uuid4(), title="쓰다 만 접수"))
    defaults = {"id": uuid4(), "kind": "manual", "form": to_json(kept)}
    return _stored(session, Draft(agent_id=owner.id, **defaults | values))


def a_call(
    session: Session,
    *,
    caller_number: str | None = None,
    customer: Customer | None = None,
    **values: Any,
) -> Call:
    """An incoming call without legs."""
    defaults = {
        "link": "simulator",
        "vendor_call_id": f"{next(_numbers)}.1",
        "direction": "in",
        "caller_number": caller_number or phone_number(),
        "rang_at": datetime.now(UTC),
    }
    return _stored(session, Call(**defaults | _reference(customer_id=customer) | values))


def a_leg(
    session: Session, *, call: Call | None = None, agent: Agent | None = None, **values: Any
) -> CallLeg:
    """A call ringing now at the agent's extension; `end` makes it ended."""
    whole = call or a_call(session)
    who = agent or an_agent(session)
    defaults: dict[str, Any] = {
        "call_id": whole.id,
        "leg_key": f"leg{next(_numbers)}",
        "extension": who.extension,
        "direction": "in",
        "phase": "ringing",
        "rang_at": whole.rang_at,
    }
    if "end" in values:
        defaults |= {"phase": "ended", "ended_at": datetime.now(UTC)}
    return _stored(session, CallLeg(**defaults | values))


def an_activity(
    session: Session, *, ticket: Ticket, call: Call | None = None, **values: Any
) -> Activity:
    """A contact of `ticket`: the call if there is one, else a note."""
    kind_of = "call" if call else "note"
    related = _reference(ticket_id=ticket, call_id=call)
    return _stored(session, Activity(**{"kind": kind_of} | related | values))


def a_form(client_id: UUID | None = None, **values: Any) -> TicketForm:
    """A form that may be saved: a delivery question of an unknown caller."""
    defaults: dict[str, Any] = {
        "ticket_type": "delivery",
        "title": "배송 문의",
        "content": "언제 오나요",
    }
    if values.get("customer_id") is None:
        defaults["caller_number"] = "010-0000-0001"
    return TicketForm(client_id or uuid4(), **defaults | values)


def _reference(**rows: Any) -> dict[str, int]:
    """Foreign keys of the rows that are given."""
    return {column: row.id for column, row in rows.items() if row is not None}


def _stored(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    session.refresh(row)
    return row
