"""변경이력 of a claim: what changed, by whom, since when."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.errors import FieldChange
from ets_desktop.queries.reading import read

_HISTORY = SQL("""
    SELECT h.id AS history_id, h.version, h.field, coalesce(h.old, '') AS old,
        coalesce(h.new, '') AS new, h.changed_at,
        coalesce((SELECT a.name FROM agent a WHERE a.id = h.changed_by), '') AS changed_by,
        coalesce((SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
                  WHERE l.id = h.order_line_id), '') AS product
    FROM claim_history h WHERE h.claim_id = %(claim_id)s AND h.version > %(version)s
    ORDER BY h.id
""")


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One field that changed; `product` is that of the line, "" for the claim itself;
    `changed_by` is "" where a courier's news did it."""

    history_id: int
    version: int
    field: str
    old: str
    new: str
    changed_at: datetime
    changed_by: str
    product: str


def claim_history(session: Session, claim_id: int, version: int = 0) -> tuple[ClaimChange, ...]:
    """What changed in the claim after `version`, oldest first; from the beginning by default."""
    asked = {"claim_id": claim_id, "version": version}
    return tuple(read(session, _HISTORY, asked, ClaimChange))


def claim_changes_since(session: Session, claim_id: int, version: int) -> tuple[FieldChange, ...]:
    """The newest value of each field that changed after `version`, for a stale save's answer."""
    newest = {
        (one.product, one.field): FieldChange(
            one.field, one.new, one.changed_by, one.changed_at.isoformat()
        )
        for one in claim_history(session, claim_id, version)
    }
    return tuple(newest.values())
