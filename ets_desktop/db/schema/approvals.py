"""What a supervisor approves: reopening, large refunds, exports of many people (spec 60)."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

#: A letter to be seen.
_SEEN = (
    r"""'[^\s\u0001-\u0020\u007f-\u00a0\u00ad\u115f\u1160\u2000-\u200f\u2028-\u202f\u205f-\u206f"""
)
_SEEN += r"""\u2800\u3000\u3164\ufeff\uffa0\ufffc]'"""


class Approval(Record):
    """One question and its answer; who and when are the triggers'.

    `ticket_id` is what is to be reopened, and the ticket of the claim whose refund of `amount`
    (whole KRW) is asked for. An export is of the list `list_name` as asked by `conditions`, which
    had so many rows and `persons`, or of everything that is kept of `customer_id`; its approval
    serves once (`used_at`).
    """

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint(one_of("kind", "reopen", "refund", "export"), name="kind"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(f"reason ~ {_SEEN} AND char_length(reason) <= 200", name="reason"),
        CheckConstraint("char_length(answer_reason) <= 200", name="answer_reason"),
        CheckConstraint(f"list_name ~ {_SEEN} AND char_length(list_name) <= 100", name="list_name"),
        CheckConstraint(
            "jsonb_typeof(conditions) = 'object' AND octet_length(conditions::text) <= 100000",
            name="conditions",
        ),
        CheckConstraint("row_count >= 0", name="row_count"),
        CheckConstraint("persons >= 0", name="persons"),
        CheckConstraint(
            one_of("state", "pending", "approved", "refused", "withdrawn", "expired"), name="state"
        ),
        CheckConstraint(
            "CASE kind WHEN 'reopen' THEN ticket_id IS NOT NULL"
            " AND num_nonnulls(claim_id, amount, list_name, customer_id, conditions) = 0"
            " WHEN 'refund' THEN num_nulls(ticket_id, claim_id, amount) = 0"
            " AND num_nonnulls(list_name, customer_id, conditions) = 0"
            " ELSE num_nonnulls(ticket_id, claim_id, amount) = 0 AND conditions IS NOT NULL"
            " AND num_nonnulls(list_name, customer_id) = 1 END",
            name="subject",
        ),
        CheckConstraint("(state = 'pending') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("used_at IS NULL OR state IN ('approved', 'expired')", name="used"),
        CheckConstraint(
            "state NOT IN ('approved', 'refused') OR answered_by <> asked_by", name="not_own"
        ),
        CheckConstraint(f"state <> 'refused' OR answer_reason ~ {_SEEN}", name="refused"),
        Index(
            "uq_approval_ticket_id_pending",
            "ticket_id",
            unique=True,
            postgresql_where=text("kind = 'reopen' AND state = 'pending'"),
        ),
        Index(
            "uq_approval_claim_id_pending",
            "claim_id",
            unique=True,
            postgresql_where=text("kind = 'refund' AND state = 'pending'"),
        ),
        Index(
            "uq_approval_export_pending",
            "asked_by",
            text("coalesce(list_name, '')"),
            text("coalesce(customer_id, 0)"),
            text("md5(conditions::text)"),
            unique=True,
            postgresql_where=text("kind = 'export' AND state = 'pending'"),
        ),
        Index("ix_approval_pending", "asked_at", postgresql_where=text("state = 'pending'")),
        Index("ix_approval_answered_at", text("answered_at DESC")),
        Index("ix_approval_asked_by", "asked_by", text("asked_at DESC")),
        Index("ix_approval_ticket_id", "ticket_id", text("id DESC")),
        Index("ix_approval_claim_id", "claim_id", text("id DESC")),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    amount: Mapped[int | None]
    list_name: Mapped[str | None]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    conditions: Mapped[dict[str, Any] | None]
    row_count: Mapped[int | None]
    persons: Mapped[int | None]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="pending")
    asked_at: Mapped[Stamp]
    asked_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    answer_reason: Mapped[str] = mapped_column(server_default="")
    used_at: Mapped[datetime | None]


class ApprovalHistory(Record):
    """Each state an approval came to, when and by whom; append-only, written by a trigger."""

    __tablename__ = "approval_history"
    __table_args__ = (Index("ix_approval_history_approval_id", "approval_id", "id"),)

    id: Mapped[Id]
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    state: Mapped[str]
    at: Mapped[Stamp]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
