"""Orders of the sales channels, their lines, and the dictionaries that make searches fast.

Search columns and indexes follow spec 90, "What won and what lost".
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

ORDER_STATUSES = (
    "awaiting_payment",
    "paid",
    "preparing",
    "ready_to_ship",
    "shipping",
    "delivered",
    "confirmed",
    "cancelled",
    "on_hold",
)
#: A recipient nobody can reach, an address that is not there, a total that is not the sum of the
#: lines, a 주의고객.
ORDER_MARKS = ("no_phone", "no_address", "sum_differs", "flagged_customer")
NEWEST = text("ordered_at DESC")


def _by_person(column: str) -> Index:
    """`(column, ordered_at DESC)` for the rows that have one: a branch of the UNION searches."""
    return Index(
        f"ix_sales_order_{column}", column, NEWEST, postgresql_where=text(f"{column} IS NOT NULL")
    )


def _by_last4(column: str) -> Index:
    return Index(
        f"ix_sales_order_{column}_last4",
        func.right(text(column), 4),
        NEWEST,
        postgresql_where=text(f"{column} IS NOT NULL"),
    )


class SalesChannel(Record):
    __tablename__ = "sales_channel"

    id: Mapped[int] = mapped_column(SmallInteger, Identity(), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Product(Record):
    """A product as sold; found by its `words` first, then its order lines by id."""

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("name", "code"),
        Index(
            "ix_product_words",
            "words",
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
        ),
    )

    id: Mapped[Id]
    name: Mapped[str]
    code: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str] = mapped_column(Computed("lower(name || ' ' || code)", persisted=True))


class PersonName(Record):
    """Distinct names of orderers and recipients: parts of names are found here, then probed."""

    __tablename__ = "person_name"
    __table_args__ = (
        Index("ix_person_name_bigrams", "bigrams", postgresql_using="gin"),
        Index(
            "ix_person_name_initials", "initials", postgresql_ops={"initials": "text_pattern_ops"}
        ),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    initials: Mapped[str]
    bigrams: Mapped[list[str]] = mapped_column(ARRAY(Text))


class ImportRun(Record):
    """One file, or one part of what an ERP told; `result` counts, and names the rows at fault.

    `values` in it is what stood there, masked; the gateway forgets it.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        Index("ix_import_run_values", "started_at", postgresql_where=text("result ? 'values'")),
    )

    id: Mapped[Id]
    file: Mapped[str]
    channel_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("sales_channel.id"))
    started_at: Mapped[Stamp]
    finished_at: Mapped[datetime | None]
    login: Mapped[str] = mapped_column(server_default=text("SESSION_USER"))
    result: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


class ErpSource(Record):
    """How far a source of the settings was read: `{"kind": …, "value": …}` of its watermark."""

    __tablename__ = "erp_source"

    name: Mapped[str] = mapped_column(primary_key=True)
    watermark: Mapped[dict[str, Any]]
    read_at: Mapped[Stamp]


class SalesOrder(Record):
    """An order of one channel. Phones are normalised digits or NULL; `masked` keeps as written
    what the channel masked (never a match key); names masked by the channel stay as written."""

    __tablename__ = "sales_order"
    __table_args__ = (
        # The number first: desks look for it without knowing the channel.
        UniqueConstraint("channel_order_no", "channel_id"),
        Index("ix_sales_order_order_no_tail", func.right(text("channel_order_no"), 6), NEWEST),
        Index("ix_sales_order_ordered_at", NEWEST, text("id DESC")),
        Index("ix_sales_order_paid_at", text("paid_at DESC"), text("id DESC")),
        Index("ix_sales_order_channel_id_ordered_at", "channel_id", NEWEST, text("id DESC")),
        _by_person("customer_id"),
        _by_person("orderer_name"),
        _by_person("recipient_name"),
        _by_person("orderer_initials"),
        _by_person("recipient_initials"),
        _by_person("orderer_phone"),
        _by_person("orderer_phone2"),
        _by_person("recipient_phone"),
        _by_person("recipient_phone2"),
        _by_last4("orderer_phone"),
        _by_last4("orderer_phone2"),
        _by_last4("recipient_phone"),
        _by_last4("recipient_phone2"),
        Index(
            "ix_sales_order_address",
            "address",
            postgresql_using="gin",
            postgresql_ops={"address": "gin_trgm_ops"},
        ),
    )

    id: Mapped[Id]
    order_no: Mapped[str] = mapped_column(
        Computed("'S' || lpad(id::text, 9, '0')", persisted=True), unique=True
    )
    channel_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("sales_channel.id"))
    channel_order_no: Mapped[str]
    ordered_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    orderer_name: Mapped[str]
    orderer_initials: Mapped[str | None]
    orderer_phone: Mapped[str | None]
    orderer_phone2: Mapped[str | None]
    recipient_name: Mapped[str]
    recipient_initials: Mapped[str | None]
    recipient_phone: Mapped[str | None]
    recipient_phone2: Mapped[str | None]
    orderer_login: Mapped[str] = mapped_column(server_default="")
    orderer_email: Mapped[str] = mapped_column(server_default="")
    zipcode: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    memo: Mapped[str] = mapped_column(server_default="")
    payment_method: Mapped[str] = mapped_column(server_default="")
    paid_in_full: Mapped[bool] = mapped_column(server_default="true")
    shipping_fee: Mapped[int | None]
    order_total: Mapped[int | None]
    order_paid: Mapped[int | None]
    customs_id: Mapped[str] = mapped_column(server_default="")
    masked: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    #: What only some channels tell (names as in the channel presets), e.g. totals_repeat.
    extra: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    imported_at: Mapped[Stamp]
    updated_at: Mapped[Stamp]
    #: What the import found doubtful: ORDER_MARKS.
    marks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")


class OrderLine(Record):
    """One product line; `line_no` is the channel's line key, `ordered_at` its order's (copied so
    that product searches walk one index); money in whole KRW."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "line_no"),
        CheckConstraint(one_of("order_status", *ORDER_STATUSES), name="order_status"),
        CheckConstraint("quantity >= 0", name="quantity"),
        Index("ix_order_line_product_id", "product_id", NEWEST, "order_id"),
        Index(
            "ix_order_line_tracking_no", "tracking_no", postgresql_where=text("tracking_no <> ''")
        ),
        # All other lines end as one of these two: the date index leads to them.
        Index(
            "ix_order_line_order_status",
            "order_status",
            NEWEST,
            "order_id",
            postgresql_where=text("order_status <> 'delivered' AND order_status <> 'confirmed'"),
        ),
        Index(
            "ix_order_line_shipped_at",
            text("shipped_at DESC"),
            text("id DESC"),
            postgresql_where=text("shipped_at IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    line_no: Mapped[str]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    option: Mapped[str] = mapped_column(server_default="")
    quantity: Mapped[int]
    unit_price: Mapped[int | None]
    #: NULL where the channel's file carries no money.
    amount: Mapped[int | None]
    order_status: Mapped[str]
    channel_status: Mapped[str | None]
    channel_status_detail: Mapped[str | None]
    cancelled: Mapped[bool] = mapped_column(server_default="false")
    carrier: Mapped[str] = mapped_column(server_default="")
    tracking_no: Mapped[str] = mapped_column(server_default="")
    bundle_no: Mapped[str] = mapped_column(server_default="")
    ordered_at: Mapped[datetime]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    source_row: Mapped[int | None]
    #: Fields a spreadsheet damaged, as written: {"tracking_no": "6E+11"}; never guessed back.
    suspect: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    #: What only some channels tell of a line, e.g. quantity_first (before a partial cancel).
    extra: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
