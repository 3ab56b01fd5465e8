"""What needs a supervisor's approval, and what one is worth."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.domain.approvals import (
    EXPORT_WITHIN,
    ApprovalKind,
    ApprovalState,
    refund_needs_approval,
    shown_state,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
APPROVED, EXPIRED = ApprovalState.APPROVED, ApprovalState.EXPIRED


@pytest.mark.parametrize(
    ("amount", "limit", "needs"),
    [(299_999, 300_000, False), (300_000, 300_000, True), (0, 0, False), (1, 0, True)],
)
def test_a_refund_needs_an_approval_from_the_limit_on(amount: int, limit: int, needs: bool) -> None:
    assert refund_needs_approval(amount, limit) is needs


@pytest.mark.parametrize(
    ("kind", "state", "age", "used", "shown"),
    [
        (ApprovalKind.EXPORT, APPROVED, EXPORT_WITHIN, False, EXPIRED),
        (ApprovalKind.EXPORT, APPROVED, EXPORT_WITHIN, True, APPROVED),
        (ApprovalKind.EXPORT, APPROVED, EXPORT_WITHIN - timedelta(seconds=1), False, APPROVED),
        (ApprovalKind.REFUND, APPROVED, timedelta(days=3), False, APPROVED),
        (ApprovalKind.EXPORT, ApprovalState.REFUSED, EXPORT_WITHIN, False, ApprovalState.REFUSED),
        (ApprovalKind.EXPORT, ApprovalState.PENDING, None, False, ApprovalState.PENDING),
    ],
)
def test_an_approved_export_is_worth_an_hour(
    kind: ApprovalKind,
    state: ApprovalState,
    age: timedelta | None,
    used: bool,
    shown: ApprovalState,
) -> None:
    answered_at = None if age is None else NOW - age
    assert shown_state(kind, state, answered_at, NOW if used else None, NOW) is shown
