"""One press of 접수정보저장, 이관처리, 완료처리 or 콜백: sent as often as need be, done once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.domain.topics import Done, ticket_topic
from ets_desktop.services.callbacks import PlanCallback, plan_callback
from ets_desktop.services.customers import RegisterCustomer, register_customer
from ets_desktop.services.receipts import is_first_arrival
from ets_desktop.services.ticket_forms import ReceiveTicket, Saved, SaveTicket, Work
from ets_desktop.services.tickets import (
    CompleteTicket,
    complete_ticket,
    receive_ticket,
    save_ticket,
)
from ets_desktop.services.transfers import TransferTicket, transfer_ticket

FormCommand = ReceiveTicket | SaveTicket | TransferTicket | CompleteTicket | PlanCallback


@dataclass(frozen=True, slots=True)
class SaveForm:
    """`save_id` is made by the desk for this press; `newcomer` is registered with the ticket, for
    their name was typed but not yet saved: its `client_id` makes another press of the same form
    no second customer."""

    save_id: UUID
    command: FormCommand
    newcomer: RegisterCustomer | None = None


@dataclass(frozen=True, slots=True)
class FormSaved:
    """`customer_id`: the ticket's customer where a newcomer was registered, else None."""

    saved: Saved
    customer_id: int | None = None


def save_form(session: Session, press: SaveForm) -> Done[FormSaved]:
    """Do what the command says; errors as its service, with nothing written.

    The same `save_id` again changes nothing, whatever happened to the ticket since: the value is
    the ticket as it stands, `repeated`.
    """
    work = work_of(press.command)
    if not is_first_arrival(session, press.save_id, work.actor_id):
        return _standing(session, press, work)
    if press.newcomer is None:
        done = _written(session, press.command)
        return Done(FormSaved(_saved_of(done)), done.touched)
    registered = register_customer(session, press.newcomer)
    customer_id, touched = registered.value, registered.touched
    done = _written(session, _with_customer(press.command, customer_id))
    return Done(FormSaved(_saved_of(done), customer_id), touched | done.touched)


def work_of(command: FormCommand) -> Work:
    """The form inside `command`, and who saves it."""
    if isinstance(command, ReceiveTicket | SaveTicket):
        return command
    return command.work


_SERVICES: Mapping[type, Callable[[Session, Any], Done[Any]]] = MappingProxyType(
    {
        ReceiveTicket: receive_ticket,
        SaveTicket: save_ticket,
        TransferTicket: transfer_ticket,
        CompleteTicket: complete_ticket,
        PlanCallback: plan_callback,
    }
)


def _written(session: Session, command: FormCommand) -> Done[Any]:
    return _SERVICES[type(command)](session, command)


def _saved_of(done: Done[Any]) -> Saved:
    saved: Saved = done.value if isinstance(done.value, Saved) else done.value.saved
    return saved


def _with_customer(command: FormCommand, customer_id: int) -> FormCommand:
    if isinstance(command, ReceiveTicket | SaveTicket):
        return replace(command, form=replace(command.form, customer_id=customer_id))
    form = replace(command.work.form, customer_id=customer_id)
    return replace(command, work=replace(command.work, form=form))


def _standing(session: Session, press: SaveForm, work: Work) -> Done[FormSaved]:
    """What the first arrival made, as it is now."""
    if isinstance(work, SaveTicket):
        which = Ticket.id == work.ticket_id
    else:
        which = Ticket.client_id == work.form.client_id
    ticket = session.execute(
        select(
            Ticket.id, Ticket.ticket_no, Ticket.version, Ticket.status, Ticket.customer_id
        ).where(which)
    ).one()
    saved = Saved(ticket.id, ticket.ticket_no, ticket.version, ticket.status, repeated=True)
    customer_id = ticket.customer_id if press.newcomer is not None else None
    return Done(FormSaved(saved, customer_id), frozenset({ticket_topic(ticket.id)}))
