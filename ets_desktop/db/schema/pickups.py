"""Pickups at customers, what the courier tells of them, and parcels that nobody expected."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

STATES = ("requested", "accepted", "collected", "in_transit", "arrived", "failed", "cancelled")
NEWEST = (text("requested_at DESC"), text("id DESC"))


def _by_last4(column: str) -> Index:
    return Index(
        f"ix_pickup_{column}_last4",
        text(f"right({column}, 4)"),
        text("requested_at DESC"),
        postgresql_where=text(f"{column} <> ''"),
    )


def _by_waybill(column: str) -> Index:
    return Index(f"ix_pickup_{column}", column, postgresql_where=text(f"{column} <> ''"))


class Pickup(Record):
    """One attempt to fetch goods; a retry is a row of its own (`retry_of`), one live a claim.

    There is one before its `return_waybill` is known. Name, phones (digits) and address are where
    it is fetched, whatever the customer's record says. `send_state` is how the request stands with
    the courier, `sent_body` what was sent (repeated to cancel), `refined` what 주소 정제 said.
    """

    __tablename__ = "pickup"
    __table_args__ = (
        CheckConstraint(one_of("state", *STATES), name="state"),
        CheckConstraint(one_of("send_state", "", "waiting", "sent", "failed"), name="send_state"),
        Index(
            "uq_pickup_claim_id_live",
            "claim_id",
            unique=True,
            postgresql_where=text("state NOT IN ('failed', 'cancelled')"),
        ),
        Index("ix_pickup_claim_id", "claim_id", "id"),
        Index("ix_pickup_order_id", "order_id", *NEWEST),
        Index("ix_pickup_requested_at", *NEWEST),
        Index("ix_pickup_courier", "courier", *NEWEST),
        Index("ix_pickup_state", "state", *NEWEST),
        _by_waybill("original_waybill"),
        _by_waybill("return_waybill"),
        Index(
            "ix_pickup_customer_name",
            "customer_name",
            postgresql_ops={"customer_name": "text_pattern_ops"},
        ),
        Index("ix_pickup_name", "name", postgresql_ops={"name": "text_pattern_ops"}),
        _by_last4("phone"),
        _by_last4("mobile"),
        Index(
            "ix_pickup_send_after",
            "courier",
            "send_after",
            postgresql_where=text("send_state = 'waiting'"),
        ),
        Index(
            "ix_pickup_tracked",
            "courier",
            "tracked_at",
            postgresql_where=text("state IN ('accepted', 'collected', 'in_transit')"),
        ),
    )

    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    retry_of: Mapped[int | None] = mapped_column(ForeignKey("pickup.id"), unique=True)
    attempt: Mapped[int] = mapped_column(server_default="1")
    courier: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="requested")
    failure_state: Mapped[str] = mapped_column(server_default="")
    failure_code: Mapped[str] = mapped_column(server_default="")
    failure_text: Mapped[str] = mapped_column(server_default="")
    original_waybill: Mapped[str] = mapped_column(server_default="")
    return_waybill: Mapped[str] = mapped_column(server_default="")
    wished_on: Mapped[date | None]
    customer_name: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(server_default="")
    mobile: Mapped[str] = mapped_column(server_default="")
    zipcode: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str]
    address_detail: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    refined: Mapped[dict[str, Any] | None]
    send_state: Mapped[str] = mapped_column(server_default="waiting")
    send_error: Mapped[str] = mapped_column(server_default="")
    send_tries: Mapped[int] = mapped_column(server_default="0")
    send_after: Mapped[Stamp]
    booking_no: Mapped[str] = mapped_column(server_default="")
    sent_body: Mapped[dict[str, Any] | None]
    sent_at: Mapped[datetime | None]
    tracked_at: Mapped[datetime | None]
    requested_at: Mapped[Stamp]
    requested_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    accepted_at: Mapped[datetime | None]
    collected_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class PickupEvent(Record):
    """What happened to a pickup: `state` by the trigger, `scan` as the courier told it, each
    `event_key` once; append-only."""

    __tablename__ = "pickup_event"
    __table_args__ = (
        CheckConstraint(one_of("kind", "state", "scan"), name="kind"),
        UniqueConstraint("pickup_id", "event_key"),
    )

    id: Mapped[Id]
    pickup_id: Mapped[int] = mapped_column(ForeignKey("pickup.id"))
    event_key: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="")
    courier_state: Mapped[str] = mapped_column(server_default="")
    code: Mapped[str] = mapped_column(server_default="")
    place: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str] = mapped_column(server_default="")
    at: Mapped[Stamp]
    recorded_at: Mapped[Stamp]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class UnmatchedReturn(Record):
    """미확인 반품: a parcel that came without a claim, until somebody finds whose it is."""

    __tablename__ = "unmatched_return"
    __table_args__ = (
        CheckConstraint("(claim_id IS NULL) = (matched_at IS NULL)", name="matched"),
        Index(
            "uq_unmatched_return_waybill_open",
            "waybill",
            unique=True,
            postgresql_where=text("matched_at IS NULL AND waybill <> ''"),
        ),
        Index("ix_unmatched_return_received_at", text("received_at DESC"), text("id DESC")),
        Index(
            "ix_unmatched_return_claim_id",
            "claim_id",
            postgresql_where=text("claim_id IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    client_id: Mapped[UUID] = mapped_column(unique=True)
    waybill: Mapped[str] = mapped_column(server_default="")
    courier: Mapped[str] = mapped_column(server_default="")
    sender_name: Mapped[str] = mapped_column(server_default="")
    sender_phone: Mapped[str] = mapped_column(server_default="")
    order_no: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    photos: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    received_at: Mapped[Stamp]
    received_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    matched_at: Mapped[datetime | None]
    matched_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
