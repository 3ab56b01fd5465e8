"""Claims (반품, 교환, 취소 …), their lines, the goods that go out, and what logistics is told."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

CLAIM_TYPES = (
    "cancel",
    "return",
    "exchange_same",
    "exchange_other",
    "swap",
    "collect_only",
    "lost_in_transit",
    "not_delivered",
)
STEPS = (
    "requested",
    "accepted",
    "pickup_ordered",
    "pickup_failed",
    "collecting",
    "arrived",
    "inspected",
    "done",
    "rejected",
    "withdrawn",
)
INSTRUCTIONS = (
    "collect",
    "cancel_collect",
    "cancel_order",
    "stock_in",
    "exchange_ship",
    "reship",
    "send_back",
    "refund",
)
_OPEN_LINE = text("step NOT IN ('done', 'rejected', 'withdrawn')")


class Claim(Record):
    """One claim on an order. `step` is that of its hindmost open line, kept by a trigger, as are
    `version`, who and when. Money in whole KRW: `fee` is the postage and who pays it how,
    `fee_deducted` what of it the refund is less. 교환 배송지 is `ship_…`; `channel_status` and
    `channel_status_detail` are the channel's own code and words."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint(one_of("claim_type", *CLAIM_TYPES), name="claim_type"),
        CheckConstraint(one_of("step", *STEPS), name="step"),
        CheckConstraint(one_of("source", "desk", "channel"), name="source"),
        CheckConstraint(one_of("fee_payer", "customer", "seller", "courier"), name="fee_payer"),
        CheckConstraint(
            one_of("fee_method", "", "on_site", "enclosed", "transfer", "unpaid"),
            name="fee_method",
        ),
        CheckConstraint("fee >= 0", name="fee"),
        CheckConstraint("fee_deducted BETWEEN 0 AND fee", name="fee_deducted"),
        CheckConstraint("exchange_amount >= 0", name="exchange_amount"),
        CheckConstraint("NOT held OR hold_reason <> ''", name="held"),
        CheckConstraint(
            "(closed_at IS NOT NULL) = (step IN ('done', 'rejected', 'withdrawn'))",
            name="closed_at",
        ),
        Index("ix_claim_order_id", "order_id", "id"),
        Index("ix_claim_created_at", text("created_at DESC")),
        Index("ix_claim_claim_type", "claim_type", text("created_at DESC"), text("id DESC")),
        Index(
            "ix_claim_open",
            "claim_type",
            "step",
            text("created_at DESC"),
            text("id DESC"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_claim_closed_at",
            text("closed_at DESC"),
            text("id DESC"),
            postgresql_where=text("closed_at IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    claim_no: Mapped[str] = mapped_column(
        Computed("'R' || lpad(id::text, 9, '0')", persisted=True), unique=True
    )
    client_id: Mapped[UUID] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(server_default="1")
    claim_type: Mapped[str]
    step: Mapped[str] = mapped_column(server_default="requested")
    held: Mapped[bool] = mapped_column(server_default="false")
    hold_reason: Mapped[str] = mapped_column(server_default="")
    hold_note: Mapped[str] = mapped_column(server_default="")
    held_at: Mapped[datetime | None]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), unique=True)
    source: Mapped[str] = mapped_column(server_default="desk")
    channel_status: Mapped[str] = mapped_column(server_default="")
    channel_status_detail: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str]
    reason_note: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    #: When the customer learnt that the goods are not what was promised (30 days, 제17조).
    discovered_on: Mapped[date | None]
    fee_payer: Mapped[str]
    fee: Mapped[int] = mapped_column(server_default="0")
    fee_method: Mapped[str] = mapped_column(server_default="")
    fee_deducted: Mapped[int] = mapped_column(server_default="0")
    exchange_amount: Mapped[int] = mapped_column(server_default="0")
    ship_name: Mapped[str] = mapped_column(server_default="")
    ship_phone: Mapped[str] = mapped_column(server_default="")
    ship_mobile: Mapped[str] = mapped_column(server_default="")
    ship_zipcode: Mapped[str] = mapped_column(server_default="")
    ship_address: Mapped[str] = mapped_column(server_default="")
    ship_address_detail: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[Stamp]
    created_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    updated_at: Mapped[Stamp]
    updated_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    arrived_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class ClaimLine(Record):
    """Some pieces of one order line under a claim; one open claim a line, held by an index.

    `amount` is the share of what was paid for the line; `takes` whether the pieces count against
    what was bought (not when they were rejected, withdrawn, or went back to the customer).
    """

    __tablename__ = "claim_line"
    __table_args__ = (
        UniqueConstraint("claim_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint(one_of("step", *STEPS), name="step"),
        CheckConstraint(
            one_of("inspection", "good", "faulty", "parts_missing", "wrong_item"),
            name="inspection",
        ),
        CheckConstraint(
            one_of("decision", "refund", "exchange", "send_back", "stock"), name="decision"
        ),
        CheckConstraint("(step = 'done') = (decision IS NOT NULL)", name="decided"),
        CheckConstraint(
            "decision IS DISTINCT FROM 'send_back' OR decision_reason <> ''", name="send_back"
        ),
        Index(
            "uq_claim_line_order_line_id_open",
            "order_line_id",
            unique=True,
            postgresql_where=_OPEN_LINE,
        ),
        Index("ix_claim_line_order_line_id", "order_line_id", "id"),
    )

    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    quantity: Mapped[int]
    amount: Mapped[int] = mapped_column(server_default="0")
    step: Mapped[str] = mapped_column(server_default="requested")
    takes: Mapped[bool] = mapped_column(server_default="true")
    inspection: Mapped[str | None]
    inspection_note: Mapped[str] = mapped_column(server_default="")
    photos: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    inspected_at: Mapped[datetime | None]
    inspected_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    decision: Mapped[str | None]
    decision_reason: Mapped[str] = mapped_column(server_default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class ExchangeLine(Record):
    """Goods that go out for those that come back; also for the same product."""

    __tablename__ = "exchange_line"
    __table_args__ = (
        CheckConstraint("unit_price >= 0", name="unit_price"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_exchange_line_claim_id", "claim_id", "id"),
    )

    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    option: Mapped[str] = mapped_column(server_default="")
    unit_price: Mapped[int]
    quantity: Mapped[int]


class LogisticsInstruction(Record):
    """The outbox: what logistics and accounting are told, at least once, under one `key`.

    `paid_in_full` (완납여부) is the order's, written by the trigger; an instruction never changes,
    only its way out does.
    """

    __tablename__ = "logistics_instruction"
    __table_args__ = (
        CheckConstraint(one_of("kind", *INSTRUCTIONS), name="kind"),
        CheckConstraint(one_of("state", "waiting", "sent", "failed"), name="state"),
        Index(
            "ix_logistics_instruction_waiting",
            "next_try_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_logistics_instruction_claim_id", "claim_id", "id"),
        Index("ix_logistics_instruction_state", "state", text("id DESC")),
        Index("ix_logistics_instruction_created_at", text("created_at DESC"), text("id DESC")),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    claim_line_id: Mapped[int | None] = mapped_column(ForeignKey("claim_line.id"))
    paid_in_full: Mapped[bool] = mapped_column(server_default="false")
    body: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    state: Mapped[str] = mapped_column(server_default="waiting")
    tries: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[Stamp]
    error: Mapped[str] = mapped_column(server_default="")
    sent_at: Mapped[datetime | None]
    created_at: Mapped[Stamp]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class SealedRefundAccount(Record):
    """환불계좌, sealed on the desk for a key that is not in the database (spec 80)."""

    __tablename__ = "refund_account"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    key_id: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Stamp]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class ClaimHistory(Record):
    """What changed in a claim, written by triggers and by nothing else; append-only."""

    __tablename__ = "claim_history"
    __table_args__ = (Index("ix_claim_history_claim_id", "claim_id", "id"),)

    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"))
    version: Mapped[int]
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    changed_at: Mapped[Stamp]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
