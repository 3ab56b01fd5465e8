"""Phrases an agent writes with one key: 상용구 of the form."""

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of
from ets_desktop.db.schema.tickets import TICKET_TYPES


class Template(Record):
    """`ticket_type` None fits every ticket; an admin writes them, triggers say who and when."""

    __tablename__ = "template"
    __table_args__ = (
        CheckConstraint("btrim(title) <> '' AND char_length(title) <= 100", name="title"),
        CheckConstraint("btrim(body) <> '' AND char_length(body) <= 2000", name="body"),
        CheckConstraint(one_of("ticket_type", *TICKET_TYPES), name="ticket_type"),
    )

    id: Mapped[Id]
    title: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    ticket_type: Mapped[str | None]
    sort: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    active: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[Stamp]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    updated_at: Mapped[Stamp]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
