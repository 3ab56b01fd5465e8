"""Trails of spec 80: sessions at desks, and exports that a supervisor should look at."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Record, Stamp, one_of


class DeskSession(Record):
    """One login at a desk, from 로그인 on; a second one of the same person ends the first."""

    __tablename__ = "desk_session"
    __table_args__ = (
        CheckConstraint(one_of("why", "second_login", "left", "idle"), name="why"),
        CheckConstraint("(ended_at IS NULL) = (why IS NULL)", name="ended_at"),
        Index(
            "ix_desk_session_agent_id_open", "agent_id", postgresql_where=text("ended_at IS NULL")
        ),
    )

    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    began_at: Mapped[Stamp]
    ended_at: Mapped[datetime | None]
    why: Mapped[str | None]


class ExportAlert(Record):
    """An export of many persons or outside working hours, until a supervisor looked at it.

    `access_id` is its row of the access log, which is gone two years later.
    """

    __tablename__ = "export_alert"

    access_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
