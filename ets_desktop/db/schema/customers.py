"""Customers and their phone numbers; one number may belong to several customers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

GRADES = ("normal", "silver", "gold", "vip")
PHONE_KINDS = ("mobile", "landline", "voip", "safe", "representative", "foreign", "other")


class Customer(Record):
    """A person; `initials` are the name's initial consonants, filled by the services."""

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint(one_of("grade", *GRADES), name="grade"),
        CheckConstraint("NOT flagged OR flagged_reason <> ''", name="flagged_reason"),
        # For whole names and initials, and (whatever the collation) for how they begin.
        Index(
            "ix_customer_name",
            "name",
            text("last_contact_at DESC NULLS LAST"),
            postgresql_ops={"name": "text_pattern_ops"},
        ),
        Index(
            "ix_customer_initials",
            "initials",
            text("last_contact_at DESC NULLS LAST"),
            postgresql_ops={"initials": "text_pattern_ops"},
        ),
        Index(
            "ix_customer_name_parts",
            "name",
            postgresql_using="gin",
            postgresql_ops={"name": "gin_trgm_ops"},
        ),
    )

    id: Mapped[Id]
    customer_no: Mapped[str] = mapped_column(
        Computed("'C' || lpad(id::text, 9, '0')", persisted=True), unique=True
    )
    name: Mapped[str]
    initials: Mapped[str] = mapped_column(server_default="")
    grade: Mapped[str] = mapped_column(server_default="normal")
    flagged: Mapped[bool] = mapped_column(server_default="false")
    flagged_reason: Mapped[str] = mapped_column(server_default="")
    login_id: Mapped[str] = mapped_column(server_default="")
    zipcode: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    address_detail: Mapped[str] = mapped_column(server_default="")
    last_contact_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[Stamp]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    updated_at: Mapped[Stamp]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class CustomerPhone(Record):
    """`typed` as entered, `digits` normalised (spec 40); safe numbers expire: `captured_at`."""

    __tablename__ = "customer_phone"
    __table_args__ = (
        CheckConstraint(one_of("kind", *PHONE_KINDS), name="kind"),
        CheckConstraint("digits ~ '^[0-9]{3,20}$'", name="digits"),
        Index("uq_customer_phone_customer_id_digits", "customer_id", "digits", unique=True),
        Index("ix_customer_phone_digits", "digits"),
        Index("ix_customer_phone_last4", func.right(text("digits"), 4)),
    )

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    typed: Mapped[str]
    digits: Mapped[str]
    kind: Mapped[str]
    captured_at: Mapped[Stamp]
