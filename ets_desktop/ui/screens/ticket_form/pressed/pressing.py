"""A press of a save button: what the rules say to it, and the command it becomes."""

from dataclasses import replace
from datetime import date, datetime

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.callbacks import check_callback
from ets_desktop.domain.customers import CustomerForm, newcomer_id
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.journal import WaitingSave
from ets_desktop.domain.tickets import Action, FieldFault, check_form
from ets_desktop.domain.transfers import refusal_to_send
from ets_desktop.services.callbacks import PlanCallback
from ets_desktop.services.customers import RegisterCustomer
from ets_desktop.services.form_saves import FormCommand, SaveForm
from ets_desktop.services.ticket_forms import ReceiveTicket, SaveTicket, Work
from ets_desktop.services.tickets import CompleteTicket
from ets_desktop.services.transfers import TransferTicket

#: Of 이관사유: told beside the field, nothing is cut off.
REASON_LIMIT = 200


def command_of(actor_id: int, save: WaitingSave) -> SaveForm:
    """What the services are asked, the same however often it is sent."""
    contents = save.entry.contents
    newcomer = None
    if has_newcomer(contents):
        newcomer = RegisterCustomer(
            actor_id,
            CustomerForm(contents.customer_name),
            (save.number,) if save.number else (),
            client_id=newcomer_id(contents.form.client_id, contents.customer_name),
        )
    return SaveForm(save.save_id, _command(actor_id, save), newcomer)


def has_newcomer(contents: FormContents) -> bool:
    """신규고객 whose name was typed but not yet saved: registered with the ticket."""
    return contents.form.customer_id is None and bool(contents.customer_name)


def _command(actor_id: int, save: WaitingSave) -> FormCommand:
    contents, work = save.entry.contents, _work(actor_id, save)
    if save.action is Action.TRANSFER:
        return TransferTicket(
            work, contents.to_agent_id, contents.to_team_id, contents.transfer_reason
        )
    if save.action is Action.COMPLETE:
        return CompleteTicket(work)
    if save.action is Action.CALLBACK:
        return PlanCallback(work, contents.callback_number, contents.callback_at)
    return work


def _work(actor_id: int, save: WaitingSave) -> Work:
    contents, draft_id = save.entry.contents, save.entry.draft_id
    if contents.ticket_id is None or contents.version is None:
        return ReceiveTicket(
            actor_id, contents.form, contents.call_id, draft_id, contents.follow_up_of
        )
    return SaveTicket(
        actor_id,
        contents.ticket_id,
        contents.version,
        contents.form,
        contents.call_id,
        draft_id,
    )


def faults_of(
    actor_id: int,
    action: Action,
    contents: FormContents,
    *,
    receiver_clear: bool,
    was_due_on: date | None,
    now: datetime,
) -> list[FieldFault]:
    """What the rules say before anything is sent; the services ask them again.

    `receiver_clear`: what stands in 이관담당자 names one receiver, or none; `was_due_on` is the
    stored 완료예정일 of a loaded ticket.
    """
    form = contents.form
    if has_newcomer(contents):
        # Who is not registered yet is no id, but somebody.
        form = replace(form, customer_id=0)
    faults = list(check_form(form, today=seoul_date(now), was_due_on=was_due_on))
    if action is Action.TRANSFER:
        faults += _receiver_faults(actor_id, contents, receiver_clear)
        if len(contents.transfer_reason) > REASON_LIMIT:
            faults.append(FieldFault("transfer_reason", "text_too_long", REASON_LIMIT))
    if action is Action.CALLBACK:
        faults += check_callback(
            number=contents.callback_number, due_at=contents.callback_at, now=now
        )
    return faults


def _receiver_faults(actor_id: int, contents: FormContents, clear: bool) -> list[FieldFault]:
    if not clear:
        return [FieldFault("to_agent_id", "receiver_unclear")]
    refusal = refusal_to_send(
        actor_id=actor_id,
        to_agent_id=contents.to_agent_id,
        to_team_id=contents.to_team_id,
        receiver_active=True,
    )
    return [] if refusal is None else [FieldFault("to_agent_id", refusal)]
