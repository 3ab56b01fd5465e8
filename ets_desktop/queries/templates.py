"""상용구: the phrases on offer."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """`ticket_type` "" fits every ticket; `body` holds placeholders (domain/templates.py)."""

    template_id: int
    title: str
    body: str
    ticket_type: str


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """One as those see it who write them, an inactive one too; `updated_by` is a name or ""."""

    template_id: int
    title: str
    body: str
    ticket_type: str
    active: bool
    updated_at: datetime
    updated_by: str


_TEMPLATES = SQL("""
    SELECT id AS template_id, title, body, coalesce(ticket_type, '') AS ticket_type
    FROM template WHERE active ORDER BY sort, title, id
""")
_RECORDS = SQL("""
    SELECT t.id AS template_id, t.title, t.body, coalesce(t.ticket_type, '') AS ticket_type,
        t.active, t.updated_at, coalesce(a.name, '') AS updated_by
    FROM template t LEFT JOIN agent a ON a.id = t.updated_by ORDER BY t.sort, t.title, t.id
""")


def templates(session: Session) -> tuple[TemplateRow, ...]:
    """The active ones of all ticket types, in the order an admin gave them."""
    return tuple(read(session, _TEMPLATES, {}, TemplateRow))


def template_records(session: Session) -> tuple[TemplateRecord, ...]:
    """All of them, in the order they are offered in."""
    return tuple(read(session, _RECORDS, {}, TemplateRecord))
