"""What needs a supervisor's approval, and what an approval is worth (spec 60, 승인)."""

from datetime import datetime, timedelta
from enum import StrEnum


class ApprovalKind(StrEnum):
    REOPEN = "reopen"
    REFUND = "refund"
    EXPORT = "export"


class ApprovalState(StrEnum):
    """EXPIRED: what was asked is no longer the question (another amount, reopened already), or an
    export was not made in time."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


#: A refund of so much, in whole KRW, and more (`setting` approval_limits says another).
REFUND_LIMIT = 300_000
#: An approved export is made within that time, once.
EXPORT_WITHIN = timedelta(hours=1)
REASON_LIMIT = 200


def refund_needs_approval(amount: int, limit: int = REFUND_LIMIT) -> bool:
    """Whether a claim may not pay `amount` back, all its refunds together, without an approval."""
    return amount > 0 and amount >= limit


def shown_state(
    kind: ApprovalKind,
    state: ApprovalState,
    answered_at: datetime | None,
    used_at: datetime | None,
    now: datetime,
) -> ApprovalState:
    """`state`, or EXPIRED for an approved export whose time went by unused."""
    waits = kind is ApprovalKind.EXPORT and state is ApprovalState.APPROVED and used_at is None
    late = answered_at is not None and now >= answered_at + EXPORT_WITHIN
    return ApprovalState.EXPIRED if waits and late else state
