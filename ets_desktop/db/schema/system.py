"""Settings of the house, its calendar, and the access log the law asks for."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp


class Setting(Record):
    """House-wide settings an admin changes; `value` is JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class Holiday(Record):
    """A day the house has off, or (`works`) a public holiday on which it works."""

    __tablename__ = "holiday"
    __table_args__ = (CheckConstraint("btrim(name) <> ''", name="name"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]
    works: Mapped[bool] = mapped_column(server_default="false")
    changed_at: Mapped[Stamp]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class PublicHoliday(Record):
    """A public holiday of Korea, as the release `reckoned_by` of the library has it."""

    __tablename__ = "public_holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]
    reckoned_by: Mapped[str]


class AccessLog(Record):
    """Who saw whose data, when, from where, doing what (spec 80); append-only, kept two years.

    `host` is the program and the PC as these name themselves; the rest of who, when and from where
    is the database's own word, and so is `outside_hours`. `persons` is how many people it was
    about, NULL where nobody counted.
    """

    __tablename__ = "access_log"
    __table_args__ = (
        Index("ix_access_log_at", text("at DESC")),
        Index("ix_access_log_login_at", "login", text("at DESC")),
    )

    id: Mapped[Id]
    at: Mapped[Stamp]
    login: Mapped[str] = mapped_column(server_default=text("SESSION_USER"))
    address: Mapped[str | None] = mapped_column(INET, server_default=func.inet_client_addr())
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(server_default="")
    condition: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    row_count: Mapped[int | None]
    host: Mapped[str | None] = mapped_column(
        server_default=text("current_setting('application_name')")
    )
    persons: Mapped[int | None]
    outside_hours: Mapped[bool | None]
