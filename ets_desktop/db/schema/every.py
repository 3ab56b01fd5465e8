"""All tables at once: importing this makes `metadata` complete."""

from ets_desktop.db.schema import (
    approvals,
    ars,
    calls,
    claims,
    customers,
    duty,
    orders,
    people,
    pickups,
    presence,
    saves,
    statistics,
    system,
    templates,
    tickets,
    trails,
)
from ets_desktop.db.schema.record import Record

metadata = Record.metadata

__all__ = [
    "approvals",
    "ars",
    "calls",
    "claims",
    "customers",
    "duty",
    "metadata",
    "orders",
    "people",
    "pickups",
    "presence",
    "saves",
    "statistics",
    "system",
    "templates",
    "tickets",
    "trails",
]
