"""What is kept of days for 통계: partial aggregates, and marks of days that changed since.

Written by triggers and `fold_statistics` alone; migration 0025 says how they are never too old.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, one_of

AREAS = ("tickets", "calls")


class StatisticsDay(Record):
    """A day that is kept; without a mark of the same area and day it is as the base tables are."""

    __tablename__ = "statistics_day"
    __table_args__ = (CheckConstraint(one_of("area", *AREAS), name="area"),)

    area: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    folded_at: Mapped[datetime]


class StatisticsMark(Record):
    """Something of this day changed; only added, until a folding that saw it."""

    __tablename__ = "statistics_mark"

    id: Mapped[Id]
    area: Mapped[str]
    day: Mapped[date]


class StatisticsPart(Record):
    """`n` facts of tickets and claims that are alike in all that 통계 asks for."""

    __tablename__ = "statistics_part"

    id: Mapped[Id]
    day: Mapped[date] = mapped_column(index=True)
    fact: Mapped[str]
    agent_id: Mapped[int | None]
    ticket_type: Mapped[str]
    category_id: Mapped[int | None] = mapped_column(SmallInteger)
    channel_id: Mapped[int | None] = mapped_column(SmallInteger)
    product_id: Mapped[int | None]
    reason: Mapped[str | None]
    seconds: Mapped[int | None] = mapped_column(Integer)
    n: Mapped[int] = mapped_column(Integer)


class StatisticsCallPart(Record):
    """`n` incoming calls alike; the agent of an extension is looked up when it is read."""

    __tablename__ = "statistics_call_part"

    id: Mapped[Id]
    day: Mapped[date] = mapped_column(index=True)
    fact: Mapped[str]
    extension: Mapped[str | None]
    seconds: Mapped[int | None] = mapped_column(Integer)
    n: Mapped[int] = mapped_column(Integer)
