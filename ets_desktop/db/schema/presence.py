"""Who has which ticket open at this moment (spec 20, presence)."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Record, Stamp


class TicketPresence(Record):
    """One row a desk while a ticket is in its form; `seen_at` is its last beat.

    Unlogged: after a crash of the server the desks write their rows again. It locks nothing.
    """

    __tablename__ = "ticket_presence"
    __table_args__ = (
        Index("ix_ticket_presence_ticket_id", "ticket_id"),
        {"prefixes": ["UNLOGGED"]},
    )

    desk_id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    opened_at: Mapped[Stamp]
    seen_at: Mapped[Stamp]
