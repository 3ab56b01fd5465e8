"""담당자 of 전체상담이력: everybody who may have tickets, also those who work here no more."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class HolderRow:
    """An agent, or a team (`agent_id` None); `detail` is an agent's extension."""

    agent_id: int | None
    team_id: int | None
    name: str
    detail: str
    active: bool


_HOLDERS = SQL("""
    SELECT * FROM (
        SELECT a.id AS agent_id, NULL::smallint AS team_id, a.name,
            coalesce(a.extension, '') AS detail, a.active
        FROM agent a
        UNION ALL
        SELECT NULL, m.id, m.name, '', true FROM team m
    ) holder
    ORDER BY agent_id IS NULL, NOT active, name, detail
""")


def ticket_holders(session: Session) -> tuple[HolderRow, ...]:
    """Agents at work by name, then former ones, then teams."""
    return tuple(read(session, _HOLDERS, {}, HolderRow))
