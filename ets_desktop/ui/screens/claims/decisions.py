"""환불 and 재발송: what ends the claims that need no warehouse, and those that it has looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from ets_desktop.domain.claims import (
    WITHOUT_GOODS,
    ClaimType,
    Decision,
    Step,
    decisions_for,
)
from ets_desktop.queries.claims import ClaimRow


def may_refund(row: ClaimRow) -> bool:
    return _is_ready(row) and Decision.REFUND in decisions_for(ClaimType(row.claim_type))


def may_reship(row: ClaimRow) -> bool:
    claim_type = ClaimType(row.claim_type)
    again = claim_type in WITHOUT_GOODS and Decision.EXCHANGE in decisions_for(claim_type)
    return _is_ready(row) and again


def _is_ready(row: ClaimRow) -> bool:
    """Accepted where nothing comes back, looked at where something did."""
    ready = Step.ACCEPTED if row.claim_type in WITHOUT_GOODS else Step.INSPECTED
    return row.step == ready and not row.held


@dataclass(frozen=True, slots=True)
class DecidingButton:
    """A button of 반품처리, its key, what it decides, and of which rows it can."""

    title: str
    action: str
    decision: Decision
    fits: Callable[[ClaimRow], bool]


REFUND = DecidingButton("환불", "refund_claims", Decision.REFUND, may_refund)
#: Of goods that were lost or never came.
RESHIP = DecidingButton("재발송", "reship_claims", Decision.EXCHANGE, may_reship)
