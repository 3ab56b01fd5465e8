"""Calls, their legs at extensions, and the numbered events that desks replay (spec 40)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

PHASES = ("dialling", "ringing", "talking", "held", "ended")
ENDS = (
    "completed",
    "abandoned",
    "no_answer",
    "declined",
    "busy",
    "answered_elsewhere",
    "transferred",
    "not_reachable",
    "lost",
)


class Call(Record):
    """One call of the PBX. `caller_number` is normalised digits, NULL when withheld or masked."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint(one_of("direction", "in", "out", "internal"), name="direction"),
        UniqueConstraint("link", "vendor_call_id"),
        Index("ix_call_caller_number", "caller_number", text("rang_at DESC")),
        Index("ix_call_customer_id", "customer_id", text("rang_at DESC")),
        Index("ix_call_rang_at", text("rang_at DESC")),
    )

    id: Mapped[Id]
    link: Mapped[str]
    vendor_call_id: Mapped[str]
    direction: Mapped[str]
    caller_number: Mapped[str | None]
    caller_typed: Mapped[str] = mapped_column(server_default="")
    caller_name: Mapped[str] = mapped_column(server_default="")
    dialled: Mapped[str] = mapped_column(server_default="")
    queue: Mapped[str] = mapped_column(server_default="")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    rang_at: Mapped[Stamp]


class CallLeg(Record):
    """The part of a call at one extension; `handled_at` takes a missed call off the list.

    `handled_by` is NULL when no person did: somebody of the team reached the caller.
    """

    __tablename__ = "call_leg"
    __table_args__ = (
        CheckConstraint(one_of("direction", "in", "out"), name="direction"),
        CheckConstraint(one_of("phase", *PHASES), name="phase"),
        CheckConstraint(one_of('"end"', *ENDS), name="end"),
        CheckConstraint("(phase = 'ended') = (ended_at IS NOT NULL)", name="ended_at"),
        UniqueConstraint("call_id", "leg_key"),
        Index("ix_call_leg_extension", "extension", text("rang_at DESC")),
        Index("ix_call_leg_extension_live", "extension", postgresql_where=text("phase <> 'ended'")),
    )

    id: Mapped[Id]
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    leg_key: Mapped[str]
    extension: Mapped[str]
    direction: Mapped[str]
    phase: Mapped[str]
    end: Mapped[str | None]
    rang_at: Mapped[datetime]
    talked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class CallTie(Record):
    """Written by trigger when a call is given to another customer; append-only."""

    __tablename__ = "call_tie"
    __table_args__ = (Index("ix_call_tie_call_id", "call_id", "id"),)

    id: Mapped[Id]
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    old_customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    new_customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    changed_at: Mapped[Stamp]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class CallEvent(Record):
    """Numbered in commit order (writers take an advisory lock); append-only; told by NOTIFY."""

    __tablename__ = "call_event"
    __table_args__ = (
        CheckConstraint(one_of("phase", *PHASES), name="phase"),
        Index("ix_call_event_extension", "extension", "id"),
        Index("ix_call_event_call_id", "call_id", "id"),
    )

    id: Mapped[Id]
    event_key: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    leg_id: Mapped[int] = mapped_column(ForeignKey("call_leg.id"))
    extension: Mapped[str]
    phase: Mapped[str]
    happened_at: Mapped[datetime]
    stored_at: Mapped[Stamp]
    details: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


class GatewayLink(Record):
    """State of one PBX link as its gateway last told it; 전화 ● on every desk reads it.

    Its gateway has `waiting` events that are not written yet, the oldest for `lag_s` seconds.
    """

    __tablename__ = "gateway_link"

    name: Mapped[str] = mapped_column(primary_key=True)
    vendor: Mapped[str]
    up_since: Mapped[datetime | None]
    last_event_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="")
    seen_at: Mapped[Stamp]
    waiting: Mapped[int] = mapped_column(server_default="0")
    lag_s: Mapped[float] = mapped_column(server_default="0")


class DialRequest(Record):
    """통화 was pressed: the gateway takes it once and says what came of it.

    `outcome` is NULL until then, `dialled`, or the code of why not. `call_id` is the call that came
    of it; a trigger makes it a contact of the ticket or promise that was dialled from.
    """

    __tablename__ = "dial_request"
    __table_args__ = (
        Index("ix_dial_request_waiting", "id", postgresql_where=text("taken_at IS NULL")),
        Index("ix_dial_request_extension", "extension", text("asked_at DESC")),
        Index("ix_dial_request_call_id", "call_id"),
        Index("ix_dial_request_asked_at", "asked_at"),
    )

    id: Mapped[Id]
    client_id: Mapped[UUID] = mapped_column(unique=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    extension: Mapped[str]
    number: Mapped[str]
    asked_at: Mapped[Stamp]
    taken_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    callback_id: Mapped[int | None] = mapped_column(ForeignKey("callback.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
