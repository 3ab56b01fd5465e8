"""What is done with a claim on its way: 접수, 보류, 철회, 거부, and its postage (spec 30)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claim_requests import MONEY_LIMIT, NOTE_LIMIT
from ets_desktop.domain.claims import Decision, Fault, HoldReason, Instruction, Step
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import tidy_text
from ets_desktop.domain.topics import OUTBOX, PICKUPS, Done
from ets_desktop.services.claim_rows import (
    ClaimDone,
    LockedClaim,
    LockedLine,
    done_of,
    lines_of,
    lock_claim,
    move_lines,
    require_claim_version,
    require_open,
    require_unheld,
    update_claim,
)
from ets_desktop.services.instructions import Telling
from ets_desktop.services.pickup_rows import call_off_live
from ets_desktop.services.ticket_rows import add_note, require_reason


@dataclass(frozen=True, slots=True)
class AcceptClaim:
    """접수 of a claim that was only asked for (요청), as those of channels are; `version` is the
    one on the screen, in a batch each row's."""

    actor_id: int
    claim_id: int
    version: int


@dataclass(frozen=True, slots=True)
class HoldClaim:
    """보류 with a reason; holding again changes the reason."""

    actor_id: int
    claim_id: int
    version: int
    reason: HoldReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseClaim:
    """보류 해제."""

    actor_id: int
    claim_id: int
    version: int


@dataclass(frozen=True, slots=True)
class EndClaim:
    """철회 by the customer, or 거부 by the house, of all open lines or of those named."""

    actor_id: int
    claim_id: int
    version: int
    reason: str
    order_line_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChangeFee:
    """비용부담, 배송비 and 결제방법 of an open claim, e.g. when the enclosed money was there."""

    actor_id: int
    claim_id: int
    version: int
    payer: Fault
    fee: int
    method: FeeMethod | None


def accept_claim(session: Session, command: AcceptClaim) -> Done[ClaimDone]:
    """요청 → 접수. Again it changes nothing.

    NotFound `no_such_claim`; StaleData `stale_claim`; RuleViolation `claim_closed`, `claim_held`.
    """
    claim = lock_claim(session, command.claim_id)
    waiting = tuple(line for line in claim.open_lines if line.step is Step.REQUESTED)
    if not waiting and claim.open_lines:
        return Done(done_of(session, claim, repeated=True), claim.topics)
    require_open(claim)
    require_claim_version(session, claim, command.version)
    require_unheld(claim)
    move_lines(session, claim, waiting, Step.ACCEPTED)
    return Done(done_of(session, claim), claim.topics)


def hold_claim(session: Session, command: HoldClaim) -> Done[ClaimDone]:
    """보류: nobody takes it further until it is released; what a courier tells still counts.

    RuleViolation `needs_hold_reason`, `text_too_long`, `claim_closed`; StaleData `stale_claim`.
    """
    if command.reason not in frozenset(HoldReason):
        raise RuleViolation("needs_hold_reason", field="hold_reason")
    note = tidy_text(command.note).strip()
    if len(note) > NOTE_LIMIT:
        raise RuleViolation("text_too_long", field="hold_note", limit=NOTE_LIMIT)
    claim = _open_claim(session, command.claim_id, command.version)
    held = {"held": True, "hold_reason": command.reason, "hold_note": note}
    update_claim(session, claim.claim_id, held | {"updated_by": command.actor_id})
    return Done(done_of(session, claim), claim.topics)


def release_claim(session: Session, command: ReleaseClaim) -> Done[ClaimDone]:
    """보류 해제; again it changes nothing. Errors as `hold_claim`."""
    claim = lock_claim(session, command.claim_id)
    if not claim.held:
        return Done(done_of(session, claim, repeated=True), claim.topics)
    require_open(claim)
    require_claim_version(session, claim, command.version)
    update_claim(session, claim.claim_id, {"held": False, "updated_by": command.actor_id})
    return Done(done_of(session, claim), claim.topics)


def withdraw_claim(session: Session, command: EndClaim) -> Done[ClaimDone]:
    """철회, until the goods are on their way; the pickup is called off with the last line.

    RuleViolation `needs_reason`, `claim_closed`, `claim_moved_on` (they are on their way),
    `line_not_claimed`; StaleData `stale_claim`.
    """
    return _end(session, command, Step.WITHDRAWN)


def reject_claim(session: Session, command: EndClaim) -> Done[ClaimDone]:
    """거부; errors as `withdraw_claim`."""
    return _end(session, command, Step.REJECTED)


def change_fee(session: Session, command: ChangeFee) -> Done[ClaimDone]:
    """Who pays the postage, how much and how; what a refund was less already stays.

    RuleViolation `no_amount`, `needs_fee_method`, `claim_closed`; StaleData `stale_claim`.
    """
    if not 0 <= command.fee <= MONEY_LIMIT:
        raise RuleViolation("no_amount", field="fee")
    if command.fee and command.payer is Fault.CUSTOMER and command.method is None:
        raise RuleViolation("needs_fee_method", field="fee_method")
    claim = _open_claim(session, command.claim_id, command.version)
    if command.fee < claim.fee_deducted:
        raise RuleViolation("fee_deducted_already", field="fee", deducted=claim.fee_deducted)
    changes = {
        "fee_payer": command.payer,
        "fee": command.fee,
        "fee_method": command.method or "",
        "updated_by": command.actor_id,
    }
    update_claim(session, claim.claim_id, changes)
    return Done(done_of(session, claim), claim.topics)


def _open_claim(session: Session, claim_id: int, version: int) -> LockedClaim:
    claim = lock_claim(session, claim_id)
    require_open(claim)
    require_claim_version(session, claim, version)
    return claim


def _end(session: Session, command: EndClaim, step: Step) -> Done[ClaimDone]:
    reason = require_reason(command.reason, "reason")
    claim = lock_claim(session, command.claim_id)
    lines = lines_of(claim, command.order_line_ids)
    if _stand(claim, lines, step):
        return Done(done_of(session, claim, repeated=True), claim.topics)
    require_open(claim)
    require_claim_version(session, claim, command.version)
    if any(line.decision is Decision.EXCHANGE for line in claim.lines):
        # What goes out was chosen for all of them.
        raise RuleViolation("claim_moved_on")
    ended = {line.claim_line_id for line in lines}
    goes_on = any(line.claim_line_id not in ended for line in claim.open_lines)
    if claim.held and not goes_on:
        # Only what is open waits for something.
        update_claim(session, claim.claim_id, {"held": False, "updated_by": command.actor_id})
    move_lines(session, claim, lines, step)
    add_note(session, claim.ticket_id, command.actor_id, f"{claim.claim_no} {reason}")
    if goes_on:
        return Done(done_of(session, claim), claim.topics)
    pickup_id = call_off_live(session, claim.claim_id)
    if pickup_id is not None:
        telling = Telling(session, claim, command.actor_id)
        telling.of_claim(Instruction.CANCEL_COLLECT, sorted(ended), f"/{pickup_id}")
    return Done(done_of(session, claim), claim.topics | {PICKUPS, OUTBOX})


def _stand(claim: LockedClaim, lines: tuple[LockedLine, ...], step: Step) -> bool:
    """True when it is so already: of a whole claim that ended so, or of the lines named."""
    return all(line.step is step for line in lines or claim.lines)
