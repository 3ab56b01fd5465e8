"""Sessions of the automatic answering service, as its vendor tells them (spec 50)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

KINDS = ("cancel", "return", "exchange", "delivery", "consultation")


class ArsSession(Record):
    """One row a session of the vendor, fuller with each event; `ended_at` NULL: on the line.

    `phone` is digits, NULL when withheld or masked. Whose it is, is found by number and order.
    """

    __tablename__ = "ars_session"
    __table_args__ = (
        CheckConstraint(one_of("kind", *KINDS), name="kind"),
        Index("ix_ars_session_phone", "phone", text("answered_at DESC")),
        Index("ix_ars_session_order_no", "order_no", text("answered_at DESC")),
        Index("ix_ars_session_answered_at", text("answered_at DESC")),
    )

    id: Mapped[Id]
    session_id: Mapped[str] = mapped_column(unique=True)
    order_no: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str | None]
    phone_typed: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime]
    kind: Mapped[str | None]
    category: Mapped[str] = mapped_column(server_default="")
    amount: Mapped[int | None]
    packing_fee: Mapped[int | None]
    menu: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    reached_final: Mapped[bool] = mapped_column(server_default="false")
    ended_at: Mapped[datetime | None]
    received_at: Mapped[Stamp]
