"""상용구: the phrases on offer."""

from dataclasses import dataclass

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


_TEMPLATES = SQL("""
    SELECT id AS template_id, title, body, coalesce(ticket_type, '') AS ticket_type
    FROM template WHERE active ORDER BY sort, title, id
""")


def templates(session: Session) -> tuple[TemplateRow, ...]:
    """The active ones of all ticket types, in the order an admin gave them."""
    return tuple(read(session, _TEMPLATES, {}, TemplateRow))
