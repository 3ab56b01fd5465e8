"""One locked claim with its lines, and the writes that every action on claims is made of.

Locks are taken in one order: the order's lines, the claim, its pickup; the ticket is only added to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Identifier, Placeholder
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claims import CLOSED, ClaimType, Decision, Fault, Step, next_steps
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.domain.topics import (
    CLAIMS,
    Topic,
    agent_topic,
    claim_topic,
    customer_topic,
    order_topic,
    ticket_topic,
)
from ets_desktop.queries.claim_history import claim_changes_since
from ets_desktop.queries.reading import read_mappings

_LOCK = SQL("""
    SELECT c.id AS claim_id, c.claim_no, c.client_id, c.version, c.claim_type, c.step, c.held,
        c.order_id, c.ticket_id, c.fee, c.fee_payer, c.fee_method, c.fee_deducted,
        c.exchange_amount, t.assignee_id, t.customer_id, clock_timestamp() AS now
    FROM claim c JOIN ticket t ON t.id = c.ticket_id
    WHERE c.id = %(claim_id)s FOR NO KEY UPDATE OF c
""")
_LINES = SQL("""
    SELECT l.id AS claim_line_id, l.order_line_id, l.quantity, l.amount, l.step, l.inspection,
        l.decision
    FROM claim_line l WHERE l.claim_id = %(claim_id)s ORDER BY l.id
""")
_VERSION = SQL("SELECT version, step FROM claim WHERE id = %(claim_id)s")


@dataclass(frozen=True, slots=True)
class LockedLine:
    claim_line_id: int
    order_line_id: int
    quantity: int
    amount: int
    step: Step
    inspection: str | None
    decision: Decision | None

    @property
    def is_open(self) -> bool:
        return self.step not in CLOSED


@dataclass(frozen=True, slots=True)
class LockedClaim:
    """A claim whose row this transaction holds; `now` is the database's clock."""

    claim_id: int
    claim_no: str
    client_id: UUID
    version: int
    claim_type: ClaimType
    step: Step
    held: bool
    order_id: int
    ticket_id: int
    fee: int
    fee_payer: Fault
    fee_method: FeeMethod | None
    fee_deducted: int
    exchange_amount: int
    assignee_id: int | None
    customer_id: int | None
    now: datetime
    lines: tuple[LockedLine, ...]

    @property
    def open_lines(self) -> tuple[LockedLine, ...]:
        return tuple(line for line in self.lines if line.is_open)

    @property
    def topics(self) -> frozenset[Topic]:
        """What a change of it touches."""
        touched = {CLAIMS, claim_topic(self.claim_id), order_topic(self.order_id)}
        touched.add(ticket_topic(self.ticket_id))
        if self.assignee_id is not None:
            touched.add(agent_topic(self.assignee_id))
        if self.customer_id is not None:
            touched.add(customer_topic(self.customer_id))
        return frozenset(touched)


@dataclass(frozen=True, slots=True)
class ClaimDone:
    """A claim after an action; `repeated`: it stood so already, as when a press is sent again."""

    claim_id: int
    claim_no: str
    version: int
    step: Step
    repeated: bool = False


def lock_claim(session: Session, claim_id: int) -> LockedClaim:
    """The claim, held until the transaction ends. NotFound `no_such_claim`."""
    found = read_mappings(session, _LOCK, {"claim_id": claim_id})
    if not found:
        raise NotFound("no_such_claim")
    one = found[0]
    rows = read_mappings(session, _LINES, {"claim_id": claim_id})
    return LockedClaim(
        **one
        | {
            "claim_type": ClaimType(one["claim_type"]),
            "step": Step(one["step"]),
            "fee_payer": Fault(one["fee_payer"]),
            "fee_method": FeeMethod(one["fee_method"]) if one["fee_method"] else None,
            "lines": tuple(_line_of(row) for row in rows),
        }
    )


def _line_of(row: Mapping[str, Any]) -> LockedLine:
    decision = Decision(row["decision"]) if row["decision"] else None
    return LockedLine(**dict(row) | {"step": Step(row["step"]), "decision": decision})


def require_claim_version(session: Session, claim: LockedClaim, version: int | None) -> None:
    """StaleData `stale_claim` with what changed since, unless `version` is the claim's; None asks
    nothing, for those (a scanner, a courier's news) who looked at no version."""
    if version is not None and claim.version != version:
        raise StaleData("stale_claim", claim_changes_since(session, claim.claim_id, version))


def require_open(claim: LockedClaim) -> None:
    """RuleViolation `claim_closed` for one that is done, rejected or withdrawn."""
    if not claim.open_lines:
        raise RuleViolation("claim_closed")


def require_unheld(claim: LockedClaim) -> None:
    """RuleViolation `claim_held`: 보류 is lifted before anything goes on."""
    if claim.held:
        raise RuleViolation("claim_held")


def move_lines(
    session: Session,
    claim: LockedClaim,
    lines: Sequence[LockedLine],
    step: Step,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write `step` and `changes` (columns) to `lines`; the claim follows by trigger.

    RuleViolation `claim_moved_on` when a line cannot go there from where it is.
    """
    if any(
        line.step != step and step not in next_steps(claim.claim_type, line.step) for line in lines
    ):
        raise RuleViolation("claim_moved_on")
    written = {"step": step, **(changes or {})}
    assignments = SQL(", ").join(
        SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in written
    )
    statement = SQL("UPDATE claim_line SET {} WHERE id = ANY(%(ids)s)").format(assignments)
    ids = [line.claim_line_id for line in lines]
    driver_of(session).execute(statement, {**written, "ids": ids})


def update_claim(session: Session, claim_id: int, changes: Mapping[str, Any]) -> None:
    """Write `changes` (columns) to the claim itself; version and history by trigger."""
    assignments = SQL(", ").join(
        SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in changes
    )
    statement = SQL("UPDATE claim SET {} WHERE id = %(claim_id)s").format(assignments)
    driver_of(session).execute(statement, {**changes, "claim_id": claim_id})


def done_of(session: Session, claim: LockedClaim, *, repeated: bool = False) -> ClaimDone:
    """The claim as it stands now, after the triggers."""
    now = read_mappings(session, _VERSION, {"claim_id": claim.claim_id})[0]
    return ClaimDone(claim.claim_id, claim.claim_no, now["version"], Step(now["step"]), repeated)


def lines_of(claim: LockedClaim, order_line_ids: Iterable[int] | None) -> tuple[LockedLine, ...]:
    """The open lines, or those named; RuleViolation `line_not_claimed` for one that is not in the
    claim."""
    if order_line_ids is None:
        return claim.open_lines
    by_id = {line.order_line_id: line for line in claim.lines}
    wanted = tuple(dict.fromkeys(order_line_ids))
    if not wanted or any(one not in by_id for one in wanted):
        raise RuleViolation("line_not_claimed")
    return tuple(by_id[one] for one in wanted)
