"""승인: what waits for a supervisor and what was answered lately; persons by number only."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.approvals import (
    ApprovalKind,
    ApprovalState,
    refund_needs_approval,
    shown_state,
)
from ets_desktop.domain.claim_fees import FeeMethod, open_fee
from ets_desktop.domain.claims import Fault
from ets_desktop.queries.reading import read_mappings

#: What was answered is shown for so long; the trail keeps the rest.
DAYS = 7
MOST = 500


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One request. `asker` and `answerer` are agents; `amount` is a refund's in whole KRW;
    `list_name` and `conditions` say what an export holds, or `customer_id` whose data."""

    approval_id: int
    kind: ApprovalKind
    state: ApprovalState
    ticket_id: int | None
    ticket_no: str
    claim_id: int | None
    claim_no: str
    amount: int | None
    list_name: str
    customer_id: int | None
    conditions: Mapping[str, object]
    row_count: int | None
    persons: int | None
    reason: str
    asked_at: datetime
    asked_by: int
    asker: str
    answered_at: datetime | None
    answerer: str
    answer_reason: str
    used_at: datetime | None

    @property
    def is_pending(self) -> bool:
        return self.state is ApprovalState.PENDING


@dataclass(frozen=True, slots=True)
class Approvals:
    """Pending ones first, the longest-waiting on top; `pending` counts them all."""

    rows: tuple[ApprovalRow, ...]
    pending: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class LargeRefund:
    """A claim of the ticket that will pay `amount` back and has nobody's approval for it."""

    claim_id: int
    claim_no: str
    amount: int


@dataclass(frozen=True, slots=True)
class TicketApprovals:
    """What the form of a ticket tells: the newest request of each kind that still matters, and the
    refund that has to be asked for."""

    rows: tuple[ApprovalRow, ...]
    refund: LargeRefund | None


_ROWS = SQL("""
    a.id AS approval_id, a.kind, a.state, a.ticket_id, coalesce(t.ticket_no, '') AS ticket_no,
    a.claim_id, coalesce(c.claim_no, '') AS claim_no, a.amount,
    coalesce(a.list_name, '') AS list_name, a.customer_id,
    coalesce(a.conditions, '{}') AS conditions, a.row_count, a.persons, a.reason, a.asked_at,
    a.asked_by, g.name AS asker, a.answered_at, coalesce(s.name, '') AS answerer,
    a.answer_reason, a.used_at
    FROM approval a JOIN agent g ON g.id = a.asked_by
    LEFT JOIN agent s ON s.id = a.answered_by
    LEFT JOIN ticket t ON t.id = a.ticket_id
    LEFT JOIN claim c ON c.id = a.claim_id
""")
# Two indexes, each its own rows; the clock comes along without a row, too.
_LISTED = SQL("""
    WITH listed AS (
        (SELECT x.id FROM approval x WHERE x.state = 'pending'
            AND (%(asker)s::bigint IS NULL OR x.asked_by = %(asker)s)
         ORDER BY x.asked_at LIMIT %(most)s)
        UNION ALL
        (SELECT x.id FROM approval x
         WHERE x.answered_at > clock_timestamp() - make_interval(days => %(days)s)
            AND (%(asker)s::bigint IS NULL OR x.asked_by = %(asker)s)
         ORDER BY x.answered_at DESC LIMIT %(most)s)
    )
    SELECT n.as_of, n.pending, r.* FROM (
        SELECT statement_timestamp() AS as_of, (
            SELECT count(*) FROM approval x WHERE x.state = 'pending'
            AND (%(asker)s::bigint IS NULL OR x.asked_by = %(asker)s)) AS pending
    ) n LEFT JOIN (SELECT {rows} WHERE a.id IN (SELECT id FROM listed)) r ON true
    ORDER BY r.state <> 'pending', CASE WHEN r.state = 'pending' THEN r.asked_at END,
        r.answered_at DESC, r.approval_id
""").format(rows=_ROWS)
# Of each kind the newest: what waits, what may still be used, and what was answered within a day.
_OF_TICKET = SQL("""
    SELECT clock_timestamp() AS as_of, {rows}
    WHERE a.id IN (SELECT max(x.id) FROM approval x WHERE x.ticket_id = %(ticket_id)s
                   AND x.kind <> 'export' AND x.state <> 'withdrawn' GROUP BY x.kind)
      AND (a.state = 'pending'
           OR a.kind = 'refund' AND a.state = 'approved' AND c.closed_at IS NULL
           OR a.state = 'refused' AND a.answered_at > clock_timestamp() - interval '1 day')
      AND (a.kind <> 'reopen' OR t.status IN ('completed', 'discarded'))
      AND (a.kind <> 'refund' OR c.closed_at IS NULL)
    ORDER BY a.state <> 'pending', a.id DESC
""").format(rows=_ROWS)
_REFUND = SQL("""
    SELECT c.id AS claim_id, c.claim_no, c.fee, c.fee_payer, c.fee_method, c.fee_deducted,
        claim_refund(c.id) AS paid,
        (SELECT coalesce(sum(l.amount), 0)::bigint FROM claim_line l WHERE l.claim_id = c.id
         AND l.step NOT IN ('done', 'rejected', 'withdrawn')) AS open
    FROM claim c
    WHERE c.ticket_id = %(ticket_id)s AND c.closed_at IS NULL
      AND c.claim_type IN ('cancel', 'return', 'lost_in_transit', 'not_delivered')
""")


def approvals(session: Session, asker_id: int | None = None) -> Approvals:
    """What waits, and what was answered within DAYS, newest first; of one person, or of all whom
    the login may see."""
    asked = {"asker": asker_id, "most": MOST, "days": DAYS}
    found = read_mappings(session, _LISTED, asked)
    as_of: datetime = found[0]["as_of"]
    rows = tuple(_row(each, as_of) for each in found if each["approval_id"] is not None)
    return Approvals(rows, found[0]["pending"], as_of)


def ticket_approvals(session: Session, ticket_id: int, refund_limit: int) -> TicketApprovals:
    """What the form of the ticket tells of its approvals."""
    asked = {"ticket_id": ticket_id}
    rows = tuple(_row(each, each["as_of"]) for each in read_mappings(session, _OF_TICKET, asked))
    claims = read_mappings(session, _REFUND, asked)
    refund = _large_refund(claims[0], refund_limit) if claims else None
    settled = any(row.kind is ApprovalKind.REFUND and _counts(row, refund) for row in rows)
    return TicketApprovals(rows, None if settled else refund)


def _counts(row: ApprovalRow, refund: LargeRefund | None) -> bool:
    """Whether the refund waits for its answer, or has it."""
    if row.state is ApprovalState.APPROVED:
        return refund is not None and (row.amount or 0) >= refund.amount
    return row.is_pending


def _large_refund(claim: Mapping[str, Any], limit: int) -> LargeRefund | None:
    """What the claim comes to when all that is open is paid back."""
    method = FeeMethod(claim["fee_method"]) if claim["fee_method"] else None
    owed = open_fee(claim["fee"], Fault(claim["fee_payer"]), method) - claim["fee_deducted"]
    back = claim["open"]
    amount = claim["paid"] + back - min(max(owed, 0), back)
    if not back or not refund_needs_approval(amount, limit):
        return None
    return LargeRefund(claim["claim_id"], claim["claim_no"], amount)


def _row(found: Mapping[str, Any], now: datetime) -> ApprovalRow:
    kind, state = ApprovalKind(found["kind"]), ApprovalState(found["state"])
    shown = shown_state(kind, state, found["answered_at"], found["used_at"], now)
    values = {one.name: found[one.name] for one in fields(ApprovalRow)}
    return ApprovalRow(**values | {"kind": kind, "state": shown})
