"""Writing the form: what 접수정보저장, 이관처리, 완료처리 and 콜백 have in common (spec 20)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Composed, Identifier, Placeholder
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.schema.tickets import Draft, Ticket
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import (
    Action,
    TicketForm,
    check_form,
    tidy_form,
)
from ets_desktop.domain.topics import Topic, draft_topic
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.call_customers import follow_customer
from ets_desktop.services.holidays import default_due_on
from ets_desktop.services.missed_calls import HANDLE_CALL
from ets_desktop.services.ticket_rows import (
    FACTS,
    NOW,
    Facts,
    LockedTicket,
    begin_work,
    facts_for,
    lock_ticket,
    refuse,
    require_allowed,
    require_version,
    topics_of,
    update_ticket,
)

_FACTS_ALONE = SQL("SELECT {facts}").format(facts=FACTS)

_INSERT = SQL("""
    INSERT INTO ticket ({columns}) VALUES ({values}) ON CONFLICT (client_id) DO NOTHING
    RETURNING id AS ticket_id, ticket_no, version, status, assignee_id
""")

#: An order that waited for its customer: 주문 연결 was answered before anybody knew who it is.
_TIE_ORDER = SQL("""
    UPDATE sales_order SET customer_id = %(customer_id)s
    WHERE id = %(order_id)s AND customer_id IS NULL
""")

#: The call before its legs, as the gateway locks them: it may be writing the hang-up just now.
_HOLD_CALL = SQL("SELECT FROM call WHERE id = %s FOR NO KEY UPDATE")

#: The call that was taken into this form: it becomes a contact of the ticket, its caller is known
#: now, and if it was missed it is handled, on whatever extension it rang.
_LINK_CALL = (
    SQL("""
    WITH contact AS (
        INSERT INTO activity (ticket_id, kind, call_id, agent_id)
        VALUES (%(ticket_id)s, 'call', %(call_id)s, %(actor_id)s)
        ON CONFLICT (ticket_id, call_id) DO NOTHING
    ), caller AS (
        UPDATE call SET customer_id = %(customer_id)s::bigint
        WHERE id = %(call_id)s AND customer_id IS DISTINCT FROM %(customer_id)s::bigint
          AND %(customer_id)s::bigint IS NOT NULL
    ), customer AS (
        UPDATE customer SET last_contact_at = clock_timestamp()
        WHERE id = %(customer_id)s::bigint
    )
""")
    + HANDLE_CALL
)


@dataclass(frozen=True, slots=True)
class ReceiveTicket:
    """Make a ticket of a new form. `call_id` is the call taken into this form, `draft_id` the
    draft it was loaded from, which goes with the save; `follow_up_of` the first ticket."""

    actor_id: int
    form: TicketForm
    call_id: int | None = None
    draft_id: UUID | None = None
    follow_up_of: int | None = None


@dataclass(frozen=True, slots=True)
class SaveTicket:
    """Save the form of a loaded ticket; `version` is the one it was loaded with."""

    actor_id: int
    ticket_id: int
    version: int
    form: TicketForm
    call_id: int | None = None
    draft_id: UUID | None = None


Work = ReceiveTicket | SaveTicket


@dataclass(frozen=True, slots=True)
class Saved:
    """A ticket as it stands after the save. `repeated`: all of it stood already, as when a save
    is sent again because its answer was lost; `taken_over`: it had been somebody else's (인수)."""

    ticket_id: int
    ticket_no: str
    version: int
    status: str
    repeated: bool = False
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What the rest of a service goes on from."""

    saved: Saved
    ticket: LockedTicket
    touched: frozenset[Topic] = field(default_factory=frozenset)


NO_CHANGES: Mapping[str, Any] = MappingProxyType({})


def write_form(
    session: Session, work: Work, action: Action, changes: Mapping[str, Any] = NO_CHANGES
) -> Written:
    """Create or save the ticket of `work`, with `changes` (columns) in the same version.

    Exactly once: a new form whose `client_id` is known already is saved into the ticket it once
    made. Raises RuleViolation with the first fault of the form (`domain.tickets.check_form`),
    `ticket_closed`, `category_of_other_type`, `line_of_other_order`; StaleData `stale_ticket`.
    """
    work = replace(work, form=tidy_form(work.form))
    if isinstance(work, SaveTicket):
        written = _save(session, work, action, changes)
    else:
        written = _receive(session, work, action, changes)
    return replace(written, touched=written.touched | _link(session, work, written.ticket))


def _receive(
    session: Session, work: ReceiveTicket, action: Action, changes: Mapping[str, Any]
) -> Written:
    form = work.form
    asked = {"category_id": form.category_id, "order_line_id": form.order_line_id}
    facts = facts_for(read_mappings(session, _FACTS_ALONE, asked)[0])
    _check(form, facts, was=None)
    if form.due_on is None:
        form = replace(form, due_on=default_due_on(session, form.ticket_type, facts.today))
    row = _columns(form) | {
        "client_id": form.client_id,
        "created_by": work.actor_id,
        "updated_by": work.actor_id,
        "assignee_id": work.actor_id,
        "follow_up_of": work.follow_up_of,
    }
    made = _insert(session, row | dict(changes))
    if made is None:
        return _save(session, _again(session, work), action, changes)
    ticket = LockedTicket(
        **made,
        created_by=work.actor_id,
        assignee_team_id=changes.get("assignee_team_id"),
        form=form,
        facts=facts,
    )
    return Written(_saved(ticket), ticket, topics_of(ticket, actor_id=work.actor_id))


def _insert(session: Session, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The new ticket as the database made it; None when its client_id is known already."""
    given = {name: value for name, value in row.items() if value is not NOW}
    statement = _insert_of(tuple(row), frozenset(row.keys() - given.keys()))
    made = read_mappings(session, statement, given)
    return made[0] if made else None


@lru_cache(maxsize=16)
def _insert_of(columns: tuple[str, ...], now: frozenset[str]) -> Composed:
    values = [NOW if column in now else Placeholder(column) for column in columns]
    return _INSERT.format(
        columns=SQL(", ").join(map(Identifier, columns)), values=SQL(", ").join(values)
    )


def _again(session: Session, work: ReceiveTicket) -> SaveTicket:
    """The same new form came before: what is different in it now goes into that ticket."""
    ticket_id = session.scalars(
        select(Ticket.id).where(Ticket.client_id == work.form.client_id)
    ).one()
    return SaveTicket(work.actor_id, ticket_id, 1, work.form)


def _save(
    session: Session, work: SaveTicket, action: Action, changes: Mapping[str, Any]
) -> Written:
    before = lock_ticket(session, work.ticket_id, work.form)
    form = replace(
        work.form,
        client_id=before.form.client_id,
        due_on=work.form.due_on or before.form.due_on,
    )
    stands = _stands(before, form, changes)
    told = topics_of(before, actor_id=work.actor_id)
    if stands and action is not Action.CALLBACK:
        return Written(replace(_saved(before), repeated=True), before, told)
    require_allowed(before, action)
    if not stands:
        require_version(session, before, work.version)
        _check(form, before.facts, was=before.form)
    after = begun = begin_work(session, before, work.actor_id)
    if not stands:
        stored = _columns(before.form)
        typed = {name: new for name, new in _columns(form).items() if new != stored[name]}
        after = update_ticket(session, begun, work.actor_id, typed | dict(changes))
        after = replace(after, form=form)
        follow_customer(session, before, form.customer_id)
    saved = replace(_saved(after), taken_over=_taken_over(before, begun, work.actor_id))
    return Written(saved, after, told | topics_of(after))


def _saved(ticket: LockedTicket) -> Saved:
    return Saved(ticket.ticket_id, ticket.ticket_no, ticket.version, ticket.status)


def _taken_over(before: LockedTicket, begun: LockedTicket, actor_id: int) -> bool:
    somebody_else = before.assignee_id not in (None, actor_id)
    return somebody_else and begun.assignee_id == actor_id


def _stands(ticket: LockedTicket, form: TicketForm, changes: Mapping[str, Any]) -> bool:
    """True when the ticket holds all of it: a repeated save, or one without a change."""
    wanted = {"status": changes.get("status", ticket.status)}
    wanted |= {name: changes[name] for name in _ASSIGNEE if name in changes}
    return form == ticket.form and all(
        getattr(ticket, name) == value for name, value in wanted.items()
    )


_ASSIGNEE = ("assignee_id", "assignee_team_id")


def _check(form: TicketForm, facts: Facts, was: TicketForm | None) -> None:
    was_due_on = was.due_on if was else None
    for fault in check_form(form, today=facts.today, was_due_on=was_due_on):
        refuse(fault)
    if form.category_id is not None and facts.category_type != form.ticket_type:
        raise RuleViolation("category_of_other_type", field="category_id")
    line_elsewhere = form.order_line_id is not None and facts.order_of_line != form.order_id
    if line_elsewhere or (form.order_line_id is not None and form.order_id is None):
        raise RuleViolation("line_of_other_order", field="order_line_id")


def _columns(form: TicketForm) -> dict[str, Any]:
    return {
        "ticket_type": form.ticket_type,
        "category_id": form.category_id,
        "origin": form.origin,
        "title": form.title,
        "content": form.content,
        "tags": list(form.tags),
        "customer_id": form.customer_id,
        "caller_number": form.caller_number,
        "order_id": form.order_id,
        "order_line_id": form.order_line_id,
        "due_on": form.due_on,
        "resolution": form.resolution,
        "customer_confirmed": form.customer_confirmed,
    }


def _link(session: Session, work: Work, ticket: LockedTicket) -> frozenset[Topic]:
    """Tie the call to the ticket and a free order to its customer, and let the draft go that this
    form came from."""
    form = ticket.form
    if form.order_id is not None and form.customer_id is not None:
        tied = {"order_id": form.order_id, "customer_id": form.customer_id}
        driver_of(session).execute(_TIE_ORDER, tied)
    if work.call_id is not None:
        driver_of(session).execute(_HOLD_CALL, (work.call_id,))
        driver_of(session).execute(
            _LINK_CALL,
            {
                "ticket_id": ticket.ticket_id,
                "call_id": work.call_id,
                "actor_id": work.actor_id,
                "customer_id": form.customer_id,
            },
        )
    if work.draft_id is None:
        return frozenset()
    session.execute(
        delete(Draft).where(Draft.id == work.draft_id, Draft.agent_id == work.actor_id),
        execution_options={"synchronize_session": False},
    )
    return frozenset({draft_topic(work.actor_id)})
