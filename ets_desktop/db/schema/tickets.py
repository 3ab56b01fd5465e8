"""Tickets, their history, transfers, callbacks, drafts and contacts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Identity, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

TICKET_TYPES = (
    "general",
    "delivery",
    "return",
    "exchange",
    "after_service",
    "cancel",
    "complaint",
    "other",
)
STATUSES = ("received", "transferred", "completed", "discarded")
PRIORITIES = ("high", "normal", "low")
ORIGINS = ("phone", "ars", "sms", "chat", "email", "board", "direct")
OPEN = text("status IN ('received', 'transferred')")

NEWEST = (text("created_at DESC"), text("id DESC"))
#: What 전체상담이력 searches by; the functions are migration 0011's.
TICKET_SEARCH_INDEXES = (
    Index(
        "ix_ticket_words",
        text("letter_pairs(ticket_words(title, content))"),
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 512},
    ),
    Index(
        "ix_ticket_tags",
        text("folded(tags)"),
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 512},
    ),
    Index(
        "ix_ticket_caller_last4",
        text("right(caller_number, 4)"),
        text("created_at DESC"),
        postgresql_where=text("caller_number IS NOT NULL"),
    ),
    Index("ix_ticket_assignee_id", "assignee_id", *NEWEST),
    Index(
        "ix_ticket_assignee_team_id",
        "assignee_team_id",
        *NEWEST,
        postgresql_where=text("assignee_team_id IS NOT NULL"),
    ),
    Index("ix_ticket_status", "status", *NEWEST, postgresql_where=text("status <> 'completed'")),
    Index("ix_ticket_ticket_type", "ticket_type", *NEWEST),
)


class TicketCategory(Record):
    """세부유형: the second level below a ticket type; an admin edits it."""

    __tablename__ = "ticket_category"
    __table_args__ = (
        CheckConstraint(one_of("ticket_type", *TICKET_TYPES), name="ticket_type"),
        Index("uq_ticket_category_ticket_type_name", "ticket_type", "name", unique=True),
    )

    id: Mapped[int] = mapped_column(SmallInteger, Identity(), primary_key=True)
    ticket_type: Mapped[str]
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    active: Mapped[bool] = mapped_column(server_default="true")


class TicketDay(Record):
    """Last ticket number given out on a day (Asia/Seoul); only `next_ticket_no()` touches it."""

    __tablename__ = "ticket_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    last_no: Mapped[int]


class Ticket(Record):
    """One CS case. `client_id` is made by the desk: a repeated save of the same new ticket is
    refused by its unique index. `version` rises with every save."""

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint(one_of("ticket_type", *TICKET_TYPES), name="ticket_type"),
        CheckConstraint(one_of("status", *STATUSES), name="status"),
        CheckConstraint(one_of("origin", *ORIGINS), name="origin"),
        CheckConstraint(one_of("priority", *PRIORITIES), name="priority"),
        CheckConstraint("char_length(content) BETWEEN 1 AND 2000", name="content"),
        CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name="completed_at"),
        CheckConstraint("status <> 'discarded' OR discard_reason <> ''", name="discard_reason"),
        CheckConstraint("order_line_id IS NULL OR order_id IS NOT NULL", name="order_line"),
        CheckConstraint("assignee_id IS NULL OR assignee_team_id IS NULL", name="assignee"),
        Index(
            "ix_ticket_assignee_open", "assignee_id", text("updated_at DESC"), postgresql_where=OPEN
        ),
        Index(
            "ix_ticket_assignee_status_open",
            "assignee_id",
            "status",
            postgresql_include=["due_on", "created_at"],
            postgresql_where=OPEN,
        ),
        Index("ix_ticket_created_by_open", "created_by", "status", postgresql_where=OPEN),
        Index("ix_ticket_customer_id", "customer_id", text("created_at DESC")),
        Index("ix_ticket_order_id", "order_id", text("created_at DESC")),
        Index("ix_ticket_order_line_id", "order_line_id", text("created_at DESC")),
        Index("ix_ticket_caller_number", "caller_number", text("created_at DESC")),
        Index("ix_ticket_created_at", text("created_at DESC"), text("id DESC")),
        Index(
            "ix_ticket_completed_at",
            text("completed_at DESC"),
            postgresql_where=text("completed_at IS NOT NULL"),
        ),
        Index(
            "ix_ticket_follow_up_of",
            "follow_up_of",
            postgresql_where=text("follow_up_of IS NOT NULL"),
        ),
        *TICKET_SEARCH_INDEXES,
    )

    id: Mapped[Id]
    ticket_no: Mapped[str] = mapped_column(unique=True, server_default=text("next_ticket_no()"))
    client_id: Mapped[UUID] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(server_default="1")
    status: Mapped[str] = mapped_column(server_default="received")
    ticket_type: Mapped[str]
    category_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("ticket_category.id"))
    origin: Mapped[str] = mapped_column(server_default="phone")
    title: Mapped[str] = mapped_column(server_default="")
    content: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    caller_number: Mapped[str | None]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_order.id"))
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"))
    due_on: Mapped[date]
    resolution: Mapped[str] = mapped_column(server_default="")
    customer_confirmed: Mapped[bool] = mapped_column(server_default="false")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    assignee_team_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("team.id"))
    created_at: Mapped[Stamp]
    created_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    updated_at: Mapped[Stamp]
    updated_by: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    discard_reason: Mapped[str] = mapped_column(server_default="")
    follow_up_of: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    priority: Mapped[str] = mapped_column(server_default="normal")


class TicketHistory(Record):
    """변경이력, written by a trigger and by nothing else; append-only."""

    __tablename__ = "ticket_history"
    __table_args__ = (Index("ix_ticket_history_ticket_id", "ticket_id", "id"),)

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    version: Mapped[int]
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    changed_at: Mapped[Stamp]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class Transfer(Record):
    """One hop of a ticket: sent, seen, then accepted, returned or recalled (spec 20)."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("(to_agent_id IS NULL) <> (to_team_id IS NULL)", name="receiver"),
        CheckConstraint("num_nonnulls(accepted_at, returned_at, recalled_at) <= 1", name="outcome"),
        Index(
            "uq_transfer_ticket_id_waiting",
            "ticket_id",
            unique=True,
            postgresql_where=text(
                "accepted_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"
            ),
        ),
        Index("ix_transfer_ticket_id", "ticket_id", "id"),
        Index("ix_transfer_from_agent_id", "from_agent_id", text("sent_at DESC")),
        Index(
            "ix_transfer_from_agent_id_live",
            "from_agent_id",
            text("sent_at DESC"),
            postgresql_where=text("ticket_open AND returned_at IS NULL AND recalled_at IS NULL"),
        ),
        Index("ix_transfer_to_agent_id", "to_agent_id", text("sent_at DESC")),
        Index("ix_transfer_sent_at", text("sent_at DESC"), text("id DESC")),
    )

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    hop: Mapped[int] = mapped_column(SmallInteger)
    from_agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    to_agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    to_team_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("team.id"))
    reason: Mapped[str] = mapped_column(server_default="")
    sent_at: Mapped[Stamp]
    seen_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(server_default="")
    recalled_at: Mapped[datetime | None]
    #: Kept by a trigger on the ticket, so that 보낸 이관 needs no walk over old transfers.
    ticket_open: Mapped[bool] = mapped_column(server_default="true")


class Callback(Record):
    """콜백: a promised call back; pending while `outcome` is NULL; one pending a ticket.

    `reminded_for` is the due time its assignee was reminded of, `reminding_until` how long the desk
    that is about to tell it has for that; `done_by` who ended it.
    """

    __tablename__ = "callback"
    __table_args__ = (
        CheckConstraint(one_of("outcome", "succeeded", "missed", "cancelled"), name="outcome"),
        Index("ix_callback_ticket_id", "ticket_id", "id"),
        Index(
            "uq_callback_ticket_id_pending",
            "ticket_id",
            unique=True,
            postgresql_where=text("outcome IS NULL"),
        ),
        Index(
            "ix_callback_assignee_id_pending",
            "assignee_id",
            "due_at",
            postgresql_where=text("outcome IS NULL"),
        ),
        Index("ix_callback_due_at", text("due_at DESC"), text("id DESC")),
    )

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    number: Mapped[str]
    due_at: Mapped[datetime]
    assignee_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    outcome: Mapped[str | None]
    done_at: Mapped[datetime | None]
    created_at: Mapped[Stamp]
    reminded_for: Mapped[datetime | None]
    reminding_until: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class Draft(Record):
    """접수정보 임시저장: everything typed in one agent's form; only its owner sees it (policy)."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(one_of("kind", "manual", "call", "recovered"), name="kind"),
        Index("ix_draft_agent_id", "agent_id", text("saved_at DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    kind: Mapped[str]
    form: Mapped[dict[str, Any]]
    saved_at: Mapped[Stamp]


class Activity(Record):
    """One contact inside a ticket (a call, an SMS, a note) with its own time; appended only.

    `take_over` (인수): `agent_id` began to work on a ticket that was somebody else's. `reopen` is
    why a supervisor opened it again.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint(one_of("kind", "call", "sms", "note", "take_over", "reopen"), name="kind"),
        Index("ix_activity_ticket_id", "ticket_id", "id"),
        Index("ix_activity_call_id", "call_id"),
        Index("uq_activity_ticket_id_call_id", "ticket_id", "call_id", unique=True),
    )

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    kind: Mapped[str]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    note: Mapped[str] = mapped_column(server_default="")
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    at: Mapped[Stamp]
