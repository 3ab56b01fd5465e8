"""Whom and what 통계 can be narrowed to; off the GUI thread."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read
from ets_desktop.queries.ticket_search.holders import HolderRow, ticket_holders


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    channel_id: int
    name: str


@dataclass(frozen=True, slots=True)
class StatisticsChoices:
    """`holders`: agents at work, former ones and teams."""

    holders: tuple[HolderRow, ...]
    channels: tuple[ChannelChoice, ...]


_CHANNELS = SQL("SELECT id AS channel_id, name FROM sales_channel ORDER BY name, id")


def statistics_choices(session: Session) -> StatisticsChoices:
    """Two statements."""
    holders = ticket_holders(session)
    return StatisticsChoices(holders, tuple(read(session, _CHANNELS, {}, ChannelChoice)))
