"""이벤트내역: who changed what of a customer, merges and their undoing among it."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.errors import FieldChange
from ets_desktop.domain.paging import Page
from ets_desktop.queries.history import field_changes
from ets_desktop.queries.reading import page_of, read
from ets_desktop.queries.tickets import FROM_THE_TOP


@dataclass(frozen=True, slots=True)
class CustomerEventRow:
    """`field` is a column of the customer, `phone`, `other_address`, `created`, `merged` (somebody
    went up in this customer), `merged_into`, `merge_undone`; codes stay codes, customers are told
    as number and name. `merge_id` is set on a merge that can be undone."""

    key: int
    changed_at: datetime
    changed_by: str
    field: str
    old: str
    new: str
    merge_id: int | None


# Keys: several sources in one list, each with its remainder by four.
_HISTORY = SQL("""
    SELECT * FROM (
        SELECT h.id * 4 AS key, h.changed_at, coalesce(a.name, '') AS changed_by, h.field,
            coalesce(h.old, '') AS old, coalesce(h.new, '') AS new, NULL::bigint AS merge_id
        FROM customer_history h LEFT JOIN agent a ON a.id = h.changed_by
        WHERE h.customer_id = %(id)s
        UNION ALL
        SELECT 1, c.created_at, coalesce(a.name, ''), 'created', '', c.customer_no, NULL
        FROM customer c LEFT JOIN agent a ON a.id = c.created_by WHERE c.id = %(id)s
        UNION ALL
        SELECT m.id * 4 + 2, m.merged_at, coalesce(a.name, ''),
            CASE WHEN m.kept_id = %(id)s THEN 'merged' ELSE 'merged_into' END, '',
            o.customer_no || ' ' || o.name, CASE WHEN m.undone_at IS NULL THEN m.id END
        FROM customer_merge m LEFT JOIN agent a ON a.id = m.merged_by
        JOIN customer o ON o.id = m.kept_id + m.merged_id - %(id)s
        WHERE m.kept_id = %(id)s OR m.merged_id = %(id)s
        UNION ALL
        SELECT m.id * 4 + 3, m.undone_at, coalesce(a.name, ''), 'merge_undone',
            o.customer_no || ' ' || o.name, '', NULL
        FROM customer_merge m LEFT JOIN agent a ON a.id = m.undone_by
        JOIN customer o ON o.id = m.kept_id + m.merged_id - %(id)s
        WHERE (m.kept_id = %(id)s OR m.merged_id = %(id)s) AND m.undone_at IS NOT NULL
    ) told
    WHERE (changed_at, key) < (%(at)s, %(last)s)
    ORDER BY changed_at DESC, key DESC LIMIT %(size)s
""")
_CHANGES = SQL("""
    SELECT DISTINCT ON (h.field) h.field, coalesce(h.new, '') AS theirs,
        coalesce(a.name, '') AS changed_by, h.changed_at
    FROM customer_history h LEFT JOIN agent a ON a.id = h.changed_by
    WHERE h.customer_id = %(id)s AND h.version > %(version)s
    ORDER BY h.field, h.id DESC
""")


def customer_history_rows(
    session: Session, customer_id: int, after: tuple[object, ...] | None, size: int
) -> Page[CustomerEventRow]:
    """이벤트내역 of one customer, newest first, down to the registration."""
    at, last = after or FROM_THE_TOP
    asked = {"id": customer_id, "at": at, "last": last, "size": size + 1}
    return page_of(read(session, _HISTORY, asked, CustomerEventRow), size, "changed_at", "key")


def customer_changes_since(
    session: Session, customer_id: int, version: int
) -> tuple[FieldChange, ...]:
    """What each field was last changed to after `version`, by whom and when (ISO 8601)."""
    return field_changes(session, _CHANGES, {"id": customer_id, "version": version})
