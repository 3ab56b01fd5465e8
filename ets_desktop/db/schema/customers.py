"""Customers with their phones and addresses, who changed what of them, and merges of duplicates.

One number may belong to several customers. Who is merged has no phones and no references left.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Computed, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

GRADES = ("normal", "silver", "gold", "vip")
#: 주소지구분; "" while nobody asked.
ADDRESS_KINDS = ("home", "work", "other")
PHONE_KINDS = ("mobile", "landline", "voip", "safe", "representative", "foreign", "other")


class Customer(Record):
    """A person; `initials` are the name's initial consonants, filled by the services.

    `client_id` is made by the desk, as a ticket's: a repeated save makes one customer. The main
    address stands here, further ones in customer_address. `introducer` is MGM, `mailing` 발송여부.
    """

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint(one_of("grade", *GRADES), name="grade"),
        CheckConstraint("NOT flagged OR flagged_reason <> ''", name="flagged_reason"),
        CheckConstraint(one_of("address_kind", "", *ADDRESS_KINDS), name="address_kind"),
        CheckConstraint("cashback >= 0", name="cashback"),
        CheckConstraint("merged_into_id <> id", name="merged"),
        Index(
            "uq_customer_client_id",
            "client_id",
            unique=True,
            postgresql_where=text("client_id IS NOT NULL"),
        ),
        Index(
            "ix_customer_merged_into_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index("ix_customer_flagged", "id", postgresql_where=text("flagged")),
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
    address_kind: Mapped[str] = mapped_column(server_default="")
    occupation: Mapped[str] = mapped_column(server_default="")
    coupon: Mapped[str] = mapped_column(server_default="")
    cashback: Mapped[int] = mapped_column(server_default="0")
    mailing: Mapped[bool] = mapped_column(server_default="false")
    introducer: Mapped[str] = mapped_column(server_default="")
    client_id: Mapped[UUID | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
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


class CustomerAddress(Record):
    """An address beside the main one, which stands on the customer."""

    __tablename__ = "customer_address"
    __table_args__ = (
        CheckConstraint(one_of("kind", "", *ADDRESS_KINDS), name="kind"),
        CheckConstraint("address <> ''", name="address"),
        Index("ix_customer_address_customer_id", "customer_id"),
    )

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str] = mapped_column(server_default="")
    zipcode: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str]
    address_detail: Mapped[str] = mapped_column(server_default="")
    captured_at: Mapped[Stamp]


class CustomerHistory(Record):
    """What changed on a card, written by triggers and by nothing else; append-only.

    `field` is a column of the customer, `phone` or `other_address`.
    """

    __tablename__ = "customer_history"
    __table_args__ = (Index("ix_customer_history_customer_id", "customer_id", "id"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    version: Mapped[int]
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    changed_at: Mapped[Stamp]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


Ids = list[int]


class CustomerMerge(Record):
    """병합: `merged_id` went up in `kept_id`, with these rows (ids), until it is undone.

    Triggers move the rows when this one is put in, and back when it is undone. `dropped_phones`
    are numbers both had, `copied_address_id` the merged customer's main address at the kept one.
    """

    __tablename__ = "customer_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two"),
        Index("ix_customer_merge_kept_id", "kept_id"),
        Index("ix_customer_merge_merged_id", "merged_id"),
        Index(
            "uq_customer_merge_merged_id_standing",
            "merged_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    kept_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    merged_at: Mapped[Stamp]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    tickets: Mapped[Ids] = mapped_column(ARRAY(BigInteger), server_default="{}")
    calls: Mapped[Ids] = mapped_column(ARRAY(BigInteger), server_default="{}")
    orders: Mapped[Ids] = mapped_column(ARRAY(BigInteger), server_default="{}")
    phones: Mapped[Ids] = mapped_column(ARRAY(BigInteger), server_default="{}")
    addresses: Mapped[Ids] = mapped_column(ARRAY(BigInteger), server_default="{}")
    dropped_phones: Mapped[dict[str, Any]] = mapped_column(server_default="[]")
    copied_address_id: Mapped[int | None]
    took_flag: Mapped[bool] = mapped_column(server_default="false")
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
