"""승인 (spec 60): asked for, answered, taken back; who may is the database's word (0026)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from psycopg.rows import scalar_row
from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.approvals import REASON_LIMIT, ApprovalKind
from ets_desktop.domain.claims import Decision
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.storable import storable
from ets_desktop.domain.tickets import SUPERVISORS, tidy_line
from ets_desktop.domain.topics import APPROVALS, Done, Topic
from ets_desktop.queries.customer_record import customer_id_of
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.claim_rows import lines_of, lock_claim, require_open
from ets_desktop.services.returns import money_of
from ets_desktop.services.ticket_rows import lock_ticket, require_reason
from ets_desktop.services.tickets import reopen


@dataclass(frozen=True, slots=True)
class AskToReopen:
    """재오픈 요청 of a completed or discarded ticket."""

    actor_id: int
    ticket_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class AskToRefund:
    """환불 승인요청: what the claim will have paid back once these lines (None: all that are open)
    are decided so."""

    actor_id: int
    claim_id: int
    reason: str
    decision: Decision = Decision.REFUND
    order_line_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class AskToExport:
    """엑셀 저장 of a list as it was asked by `conditions`."""

    actor_id: int
    list_name: str
    reason: str
    conditions: Mapping[str, object] = field(default_factory=dict)
    row_count: int | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class AskToExportCustomer:
    """Everything that is kept of one customer (`ets customer export`)."""

    customer_no: str
    reason: str
    #: None: whoever is logged in to the database.
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerApproval:
    """승인, or 반려 with its reason."""

    actor_id: int
    approval_id: int
    approves: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawApproval:
    """요청 취소 by whoever asked."""

    approval_id: int


@dataclass(frozen=True, slots=True)
class Asked:
    """`repeated`: the same person asks for it already. `amount` is a refund's, in whole KRW."""

    approval_id: int
    repeated: bool = False
    amount: int | None = None


_INSERT = SQL("""
    INSERT INTO approval (kind, ticket_id, claim_id, amount, list_name, customer_id, conditions,
        row_count, persons, reason, asked_by)
    VALUES (%(kind)s, %(ticket_id)s, %(claim_id)s, %(amount)s, %(list_name)s, %(customer_id)s,
        %(conditions)s, %(row_count)s, %(persons)s, %(reason)s,
        coalesce(%(actor_id)s::bigint, current_agent_id()))
    ON CONFLICT DO NOTHING RETURNING id
""")
_PENDING = SQL("""
    SELECT a.id, a.asked_by = coalesce(%(actor_id)s::bigint, current_agent_id()) AS mine
    FROM approval a
    WHERE a.state = 'pending' AND a.kind = %(kind)s
      AND a.ticket_id IS NOT DISTINCT FROM coalesce(%(ticket_id)s::bigint, a.ticket_id)
      AND a.claim_id IS NOT DISTINCT FROM %(claim_id)s::bigint
      AND a.list_name IS NOT DISTINCT FROM %(list_name)s::varchar
      AND a.customer_id IS NOT DISTINCT FROM %(customer_id)s::bigint
      AND a.conditions IS NOT DISTINCT FROM %(conditions)s::jsonb
    ORDER BY mine DESC LIMIT 1
""")
_PAID = SQL("SELECT claim_refund(%(claim_id)s) AS paid")
_ABOUT = SQL("""
    SELECT a.kind, a.ticket_id, a.asked_by, a.reason, g.active FROM approval a
    JOIN agent g ON g.id = a.asked_by WHERE a.id = %(approval_id)s
""")
_ANSWER = SQL("""
    UPDATE approval SET state = %(state)s, answer_reason = %(reason)s
    WHERE id = %(approval_id)s AND state = 'pending'
""")
_SUBJECT = (
    *("ticket_id", "claim_id", "amount", "list_name", "customer_id", "conditions"),
    *("row_count", "persons", "actor_id"),
)
_TOUCHED = frozenset({APPROVALS})


def ask_to_reopen(session: Session, command: AskToReopen) -> Done[Asked]:
    """A supervisor's answer reopens it for whoever asks.

    RuleViolation `needs_reason`, `text_too_long`, `ticket_open`, `approval_pending` (somebody
    else asks for it).
    """
    subject = {"ticket_id": command.ticket_id, "actor_id": command.actor_id}
    return Done(_ask(session, ApprovalKind.REOPEN, command.reason, **subject), _TOUCHED)


def ask_to_refund(session: Session, command: AskToRefund) -> Done[Asked]:
    """RuleViolation `needs_reason`, `text_too_long`, `claim_closed`, `line_not_claimed`,
    `approval_not_needed` (below the limit), `approval_pending`; NotFound `no_such_claim`."""
    claim = lock_claim(session, command.claim_id)
    require_open(claim)
    lines = lines_of(claim, command.order_line_ids)
    paid = read_mappings(session, _PAID, {"claim_id": claim.claim_id})[0]["paid"]
    amount = paid + money_of(claim, lines, command.decision).refund
    if amount <= 0:
        raise RuleViolation("approval_not_needed")
    subject = {
        "ticket_id": claim.ticket_id,
        "claim_id": claim.claim_id,
        "amount": amount,
        "actor_id": command.actor_id,
    }
    return Done(_ask(session, ApprovalKind.REFUND, command.reason, **subject), _TOUCHED)


def ask_to_export(session: Session, command: AskToExport) -> Done[Asked]:
    """RuleViolation `needs_reason`, `text_too_long`. The same list asked by the same conditions
    is one question."""
    asked = _ask(
        session,
        ApprovalKind.EXPORT,
        command.reason,
        actor_id=command.actor_id,
        list_name=command.list_name,
        conditions=Jsonb(storable(command.conditions)),
        row_count=command.row_count,
        persons=command.persons,
    )
    return Done(asked, _TOUCHED)


def ask_to_export_customer(session: Session, command: AskToExportCustomer) -> Done[Asked]:
    """NotFound `no_such_customer`; RuleViolation `needs_reason`, `text_too_long`."""
    customer_id = customer_id_of(session, command.customer_no)
    about = {"customer_id": customer_id, "conditions": Jsonb({}), "persons": 1}
    about |= {"actor_id": command.actor_id}
    return Done(_ask(session, ApprovalKind.EXPORT, command.reason, **about), _TOUCHED)


def answer_approval(session: Session, command: AnswerApproval) -> Done[ApprovalKind]:
    """승인 or 반려; an approved reopening is done with it: the ticket is received again, and theirs
    who asked.

    NotFound `no_such_approval`; RuleViolation `needs_reason` (반려), `text_too_long`,
    `only_supervisor_answers`, `approval_own`, `approval_answered` (somebody was faster, it was
    taken back, or what was asked is settled otherwise).
    """
    reason = _checked(command.reason, required=not command.approves)
    about = _about(session, command.approval_id)
    role = session.scalar(select(Agent.role).where(Agent.id == command.actor_id))
    if role not in SUPERVISORS:
        raise RuleViolation("only_supervisor_answers")
    if about["asked_by"] == command.actor_id:
        raise RuleViolation("approval_own")
    kind = ApprovalKind(about["kind"])
    reopens = command.approves and kind is ApprovalKind.REOPEN
    # The ticket first, as everybody locks.
    ticket = lock_ticket(session, about["ticket_id"]) if reopens else None
    state = "approved" if command.approves else "refused"
    _write(session, command.approval_id, state, reason)
    touched: frozenset[Topic] = _TOUCHED
    if ticket is not None:
        whose = about["asked_by"] if about["active"] else command.actor_id
        touched |= reopen(session, ticket, command.actor_id, whose, about["reason"]).touched
    return Done(kind, touched)


def withdraw_approval(session: Session, command: WithdrawApproval) -> Done[None]:
    """요청 취소. NotFound `no_such_approval`; RuleViolation `approval_answered`, `not_allowed`
    (somebody else's)."""
    _about(session, command.approval_id)
    _write(session, command.approval_id, "withdrawn", "")
    return Done(None, _TOUCHED)


def _ask(session: Session, kind: ApprovalKind, reason: str, **subject: Any) -> Asked:
    given = {name: subject.get(name) for name in _SUBJECT}
    given |= {"kind": kind, "reason": _checked(reason, required=True)}
    cursor = driver_of(session).cursor(row_factory=scalar_row)
    made = cursor.execute(_INSERT, given).fetchone()
    if made is not None:
        return Asked(int(str(made)), amount=given["amount"])
    there = read_mappings(session, _PENDING, given)
    if not there or not there[0]["mine"]:
        raise RuleViolation("approval_pending")
    return Asked(there[0]["id"], repeated=True, amount=given["amount"])


def _about(session: Session, approval_id: int) -> dict[str, Any]:
    found = read_mappings(session, _ABOUT, {"approval_id": approval_id})
    if not found:
        raise NotFound("no_such_approval")
    return found[0]


def _write(session: Session, approval_id: int, state: str, reason: str) -> None:
    given = {"approval_id": approval_id, "state": state, "reason": reason}
    if not driver_of(session).execute(_ANSWER, given).rowcount:
        raise RuleViolation("approval_answered")


def _checked(reason: str, *, required: bool) -> str:
    told = tidy_line(reason)
    if len(told) > REASON_LIMIT:
        raise RuleViolation("text_too_long", field="reason", limit=REASON_LIMIT)
    return require_reason(told, "reason") if required else told
