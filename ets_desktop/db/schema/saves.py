"""Which saves are done: what is sent twice is done once (spec 85)."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Record, Stamp


class SaveReceipt(Record):
    """One press of a save button that stands; `save_id` is made by the desk."""

    __tablename__ = "save_receipt"
    __table_args__ = (Index("ix_save_receipt_saved_at", "saved_at"),)

    save_id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    saved_at: Mapped[Stamp]
