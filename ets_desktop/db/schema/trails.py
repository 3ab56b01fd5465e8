"""Trails of spec 80: sessions at desks, exports to be looked at, changes of lists and settings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of


class DeskSession(Record):
    """One login at a desk, from 로그인 on; a second one of the same person ends the first.

    `desk_id` is the desk that vanished: back again, its login goes on.
    """

    __tablename__ = "desk_session"
    __table_args__ = (
        CheckConstraint(
            one_of("why", "second_login", "left", "idle", "logged_off", "vanished"), name="why"
        ),
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
    desk_id: Mapped[UUID | None]


class ExportAlert(Record):
    """An export of many persons or outside working hours, until a supervisor looked at it.

    `access_id` is its row of the access log, which is gone two years later.
    """

    __tablename__ = "export_alert"

    access_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class SettingChange(Record):
    """Who changed which list or setting of the house, from what to what (spec 60); only added to.

    `kind` is the table, `subject` the key of its row, `name` what people call it; `old` and `new`
    have the columns that differ, all of them of a row that was added or removed. Written by
    triggers alone.
    """

    __tablename__ = "setting_change"
    __table_args__ = (
        CheckConstraint(one_of("change", "added", "changed", "removed"), name="change"),
        Index("ix_setting_change_at", text("at DESC"), text("id DESC")),
        Index("ix_setting_change_kind", "kind", "subject", text("id DESC")),
    )

    id: Mapped[Id]
    at: Mapped[Stamp]
    login: Mapped[str] = mapped_column(server_default=text("SESSION_USER"))
    address: Mapped[str | None] = mapped_column(INET, server_default=func.inet_client_addr())
    kind: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    change: Mapped[str]
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(server_default="")
