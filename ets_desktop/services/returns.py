"""반품회송처리: goods that came back are received, looked at, and decided (spec 30)."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.claim_fees import open_fee
from ets_desktop.domain.claim_requests import NOTE_LIMIT
from ets_desktop.domain.claims import (
    ClaimType,
    Decision,
    Inspection,
    Instruction,
    Step,
    decisions_for,
    instructions_for,
)
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import CONTENT_LIMIT, tidy_text
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
from ets_desktop.services.ticket_rows import add_note, require_reason

#: The pickup has done its work, whatever its courier told so far; its number is known now.
_PICKUP_ARRIVED = SQL("""
    UPDATE pickup SET state = 'arrived' WHERE id = (
        SELECT p.id FROM pickup p WHERE p.claim_id = %(claim_id)s AND p.state <> 'arrived'
            AND NOT EXISTS (SELECT FROM pickup q WHERE q.claim_id = p.claim_id AND q.id > p.id)
    )
""")
_RETURN_WAYBILL = SQL("""
    UPDATE pickup SET return_waybill = %(waybill)s WHERE return_waybill = '' AND id = (
        SELECT max(p.id) FROM pickup p WHERE p.claim_id = %(claim_id)s)
""")
_STEPS_TO_ARRIVED = frozenset(
    {
        Step.REQUESTED,
        Step.ACCEPTED,
        Step.PICKUP_ORDERED,
        Step.PICKUP_FAILED,
        Step.COLLECTING,
    }
)


@dataclass(frozen=True, slots=True)
class ReceiveReturn:
    """입고확인 of a claim's goods, all of them or the lines named; `waybill` as it was scanned."""

    actor_id: int
    claim_id: int
    order_line_ids: tuple[int, ...] | None = None
    waybill: str = ""


@dataclass(frozen=True, slots=True)
class InspectLine:
    """검수 of one line; `photos` are references to where they are kept. Again before the decision
    it replaces what was said."""

    actor_id: int
    claim_id: int
    order_line_id: int
    inspection: Inspection
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecideLines:
    """처분 of lines: 환불, 교환출고, 고객회송 (with its reason). `words` is what the ticket gets to
    read; without any it is told the claim's number."""

    actor_id: int
    claim_id: int
    decision: Decision
    order_line_ids: tuple[int, ...] | None = None
    reason: str = ""
    words: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """`refund` is what is paid out by this decision, in whole KRW."""

    claim: ClaimDone
    refund: int
    assignee_id: int | None


@dataclass(frozen=True, slots=True)
class Money:
    """Which lines are paid back, how much, what of the postage is taken from it, and whether what
    was chosen instead goes out now."""

    ids: tuple[int, ...]
    refund: int
    deducted: int
    ships: bool


def receive_return(session: Session, command: ReceiveReturn) -> Done[ClaimDone]:
    """입고확인; again it changes nothing.

    NotFound `no_such_claim`; RuleViolation `claim_closed`, `claim_moved_on` (no goods come back),
    `line_not_claimed`.
    """
    claim = lock_claim(session, command.claim_id)
    require_open(claim)
    lines = lines_of(claim, command.order_line_ids)
    coming = tuple(line for line in lines if line.step in _STEPS_TO_ARRIVED)
    touched = claim.topics | {PICKUPS}
    if command.waybill.strip():
        given = {"claim_id": claim.claim_id, "waybill": command.waybill.strip()}
        driver_of(session).execute(_RETURN_WAYBILL, given)
    if not coming:
        return Done(done_of(session, claim, repeated=True), touched)
    move_lines(session, claim, coming, Step.ARRIVED)
    driver_of(session).execute(_PICKUP_ARRIVED, {"claim_id": claim.claim_id})
    return Done(done_of(session, claim), touched)


def inspect_line(session: Session, command: InspectLine) -> Done[ClaimDone]:
    """검수. A mere 회수 has nothing to be decided: it ends here, and goes to stock.

    RuleViolation `needs_inspection`, `text_too_long`, `line_not_claimed`, `claim_moved_on` (not
    arrived yet, or decided).
    """
    if command.inspection not in frozenset(Inspection):
        raise RuleViolation("needs_inspection", field="inspection")
    note = tidy_text(command.note).strip()
    if len(note) > NOTE_LIMIT:
        raise RuleViolation("text_too_long", field="inspection_note", limit=NOTE_LIMIT)
    claim = lock_claim(session, command.claim_id)
    lines = lines_of(claim, [command.order_line_id])
    found = {
        "inspection": command.inspection,
        "inspection_note": note,
        "photos": list(command.photos),
    }
    move_lines(session, claim, lines, Step.INSPECTED, found)
    if claim.claim_type is not ClaimType.COLLECT_ONLY:
        return Done(done_of(session, claim), claim.topics)
    stocked = DecideLines(
        command.actor_id, claim.claim_id, Decision.STOCK, (command.order_line_id,)
    )
    done = decide_lines(session, stocked)
    return Done(done.value.claim, done.touched)


def decide_lines(session: Session, command: DecideLines) -> Done[Decided]:
    """처분: the lines are done, logistics is told, the ticket is added to, its assignee told.

    The same again changes nothing. RuleViolation `needs_decision`, `decision_not_for_type`,
    `needs_reason` (고객회송), `already_decided`, `claim_closed`, `claim_held`, `claim_moved_on`
    (not inspected yet), `line_not_claimed`, `text_too_long`, `refund_needs_approval` (of so much
    in all, without a supervisor's approval); StaleData `stale_claim`.
    """
    reason = _checked_reason(command)
    claim = lock_claim(session, command.claim_id)
    lines = lines_of(claim, command.order_line_ids)
    if _stand(claim, lines, command.decision):
        return Done(Decided(done_of(session, claim, repeated=True), 0, claim.assignee_id))
    require_open(claim)
    if any(not line.is_open for line in lines):
        raise RuleViolation("already_decided")
    require_claim_version(session, claim, command.version)
    require_unheld(claim)
    if command.decision not in decisions_for(claim.claim_type):
        raise RuleViolation("decision_not_for_type")
    money = money_of(claim, lines, command.decision)
    if money.deducted:
        total = claim.fee_deducted + money.deducted
        update_claim(session, claim.claim_id, {"fee_deducted": total})
    decided = {"decision": command.decision, "decision_reason": reason}
    move_lines(session, claim, lines, Step.DONE, decided)
    _tell(Telling(session, claim, command.actor_id), claim, lines, command, money)
    words = tidy_text(command.words).strip() or f"{claim.claim_no} {reason}".strip()
    add_note(session, claim.ticket_id, command.actor_id, words)
    result = Decided(done_of(session, claim), money.refund, claim.assignee_id)
    return Done(result, claim.topics | {OUTBOX})


def _checked_reason(command: DecideLines) -> str:
    if command.decision not in frozenset(Decision):
        raise RuleViolation("needs_decision", field="decision")
    if max(len(command.words), len(command.reason)) > CONTENT_LIMIT:
        raise RuleViolation("text_too_long", field="reason", limit=CONTENT_LIMIT)
    if command.decision is Decision.SEND_BACK:
        return require_reason(tidy_text(command.reason), "reason")
    return tidy_text(command.reason).strip()


def _stand(claim: LockedClaim, lines: Sequence[LockedLine], decision: Decision) -> bool:
    return all(line.decision is decision for line in lines or claim.lines)


def money_of(claim: LockedClaim, lines: Sequence[LockedLine], decision: Decision) -> Money:
    """What the decision pays back: the goods, and with the last line of 다른상품교환 what the
    other goods cost less; a postage that is still open is taken from it."""
    refunded = (
        [*lines] if Instruction.REFUND in instructions_for(claim.claim_type, decision) else []
    )
    back = sum(line.amount for line in refunded)
    now = {line.claim_line_id for line in lines}
    closes = all(line.claim_line_id in now for line in claim.open_lines)
    ships = False
    if claim.claim_type is ClaimType.EXCHANGE_OTHER and closes:
        exchanged = [
            line
            for line in claim.lines
            if (decision if line.claim_line_id in now else line.decision) is Decision.EXCHANGE
        ]
        ships = bool(exchanged)
        less = sum(line.amount for line in exchanged) - claim.exchange_amount
        if ships and less > 0:
            refunded += exchanged
            back += less
    owed = open_fee(claim.fee, claim.fee_payer, claim.fee_method) - claim.fee_deducted
    deducted = min(max(owed, 0), back)
    ids = tuple(line.claim_line_id for line in refunded)
    return Money(ids, back - deducted, deducted, ships)


def _tell(
    telling: Telling,
    claim: LockedClaim,
    lines: Sequence[LockedLine],
    command: DecideLines,
    money: Money,
) -> None:
    """Write what follows from the decision."""
    ids = [line.claim_line_id for line in lines]
    told = instructions_for(claim.claim_type, command.decision)
    if Instruction.STOCK_IN in told:
        telling.of_lines(Instruction.STOCK_IN, ids)
    if Instruction.SEND_BACK in told:
        back = {"reason": command.reason.strip(), "ship_to": telling.back_to()}
        telling.of_lines(Instruction.SEND_BACK, ids, **back)
    if Instruction.RESHIP in told:
        telling.of_lines(Instruction.RESHIP, ids, ship_to=telling.back_to())
    if money.ships:
        telling.of_exchange(Instruction.EXCHANGE_SHIP)
    elif Instruction.EXCHANGE_SHIP in told and claim.claim_type is not ClaimType.EXCHANGE_OTHER:
        telling.of_lines(Instruction.EXCHANGE_SHIP, ids, ship_to=telling.ship_to())
    if money.ids:
        paid = {"amount": money.refund, "fee_deducted": money.deducted}
        telling.of_claim(Instruction.REFUND, money.ids, f"/{min(ids)}", **paid)
