"""변경이력: who changed which field of a ticket, in words where the ticket holds ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL, Composed
from sqlalchemy.orm import Session

from ets_desktop.domain.errors import FieldChange
from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import page_of, read, read_mappings
from ets_desktop.queries.tickets import FROM_THE_TOP


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """`field` is a column of the ticket, `created`, the kind of an activity (`note`, `take_over`
    …), what became of an offer or a callback (`transfer_sent`, `callback_missed` …), or a field of
    its claim (`claim_step` …), where `product` is the line's if there are several. Codes and
    moments (ISO 8601) stay so, ids are told as names and numbers."""

    key: int
    changed_at: datetime
    changed_by: str
    field: str
    old: str
    new: str
    product: str = ""


def _in_words(value: SQL) -> Composed:
    """The history's text `value` of column h.field, with names for ids."""
    return SQL("""
        coalesce(CASE h.field
            WHEN 'assignee_id' THEN (SELECT name FROM agent WHERE id = {value}::bigint)
            WHEN 'completed_by' THEN (SELECT name FROM agent WHERE id = {value}::bigint)
            WHEN 'assignee_team_id' THEN (SELECT name FROM team WHERE id = {value}::bigint)
            WHEN 'customer_id' THEN (SELECT concat_ws(' ', customer_no, name) FROM customer
                                     WHERE id = {value}::bigint)
            WHEN 'order_id' THEN (SELECT channel_order_no FROM sales_order
                                  WHERE id = {value}::bigint)
            WHEN 'order_line_id' THEN (SELECT line_no FROM order_line WHERE id = {value}::bigint)
            WHEN 'follow_up_of' THEN (SELECT ticket_no FROM ticket WHERE id = {value}::bigint)
            WHEN 'category_id' THEN (SELECT name FROM ticket_category WHERE id = {value}::bigint)
            WHEN 'tags' THEN (SELECT string_agg(tag, ', ' ORDER BY place)
                              FROM jsonb_array_elements_text({value}::jsonb)
                                   WITH ORDINALITY AS tags(tag, place))
            ELSE {value} END, '')
    """).format(value=value)


#: A claim's changes; the step of a line is left out where the claim took it at the same moment.
#: Keys below those of the others.
_CLAIM = SQL("""
        SELECT -h.id, h.changed_at, coalesce(a.name, ''), 'claim_' || h.field,
            coalesce(h.old, ''), coalesce(h.new, ''),
            coalesce((SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
                      WHERE l.id = h.order_line_id AND 1 < (
                          SELECT count(*) FROM claim_line n WHERE n.claim_id = h.claim_id)), '')
        FROM claim c JOIN claim_history h ON h.claim_id = c.id
            LEFT JOIN agent a ON a.id = h.changed_by
        WHERE c.ticket_id = %(id)s AND NOT (
            h.field = 'step' AND h.order_line_id IS NOT NULL AND EXISTS (
                SELECT FROM claim_history w
                WHERE w.claim_id = h.claim_id AND w.order_line_id IS NULL
                    AND w.field = 'step' AND w.new = h.new
                    AND w.changed_at BETWEEN h.changed_at - interval '1 second'
                        AND h.changed_at + interval '1 second'))
""")
#: A call tells its direction (old) and how it ended (new), an offer its two people, a callback
#: its number and when it was due. `key` is made unique by the last digit.
_HISTORY = SQL("""
    SELECT * FROM (
        SELECT h.id * 10 AS key, h.changed_at, coalesce(a.name, '') AS changed_by, h.field,
            {old} AS old, {new} AS new, '' AS product
        FROM ticket_history h LEFT JOIN agent a ON a.id = h.changed_by
        WHERE h.ticket_id = %(id)s
        UNION ALL
        SELECT n.id * 10 + 1, n.at, coalesce(a.name, ''), n.kind, '', n.note, ''
        FROM activity n LEFT JOIN agent a ON a.id = n.agent_id
        WHERE n.ticket_id = %(id)s AND n.kind <> 'call'
        UNION ALL
        SELECT n.id * 10 + 2, n.at, coalesce(a.name, ''), 'call_' || c.direction, '',
            coalesce(c.caller_number, c.caller_typed), ''
        FROM activity n JOIN call c ON c.id = n.call_id LEFT JOIN agent a ON a.id = n.agent_id
        WHERE n.ticket_id = %(id)s
        UNION ALL
        SELECT x.id * 10 + 3 + e.number, e.at,
            CASE e.state WHEN 'sent' THEN f.name WHEN 'recalled' THEN f.name ELSE x.receiver END,
            'transfer_' || e.state,
            CASE e.state WHEN 'sent' THEN f.name ELSE x.receiver END,
            concat_ws(' · ',
                CASE e.state WHEN 'sent' THEN x.receiver WHEN 'accepted' THEN NULL ELSE f.name END,
                nullif(CASE e.state WHEN 'sent' THEN x.reason
                                    WHEN 'returned' THEN x.return_reason END, '')), ''
        FROM (
            SELECT x.*, coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                                 (SELECT m.name FROM team m WHERE m.id = x.to_team_id)) AS receiver
            FROM transfer x WHERE x.ticket_id = %(id)s
        ) x JOIN agent f ON f.id = x.from_agent_id CROSS JOIN LATERAL (VALUES
            (0, 'sent', x.sent_at), (1, 'accepted', x.accepted_at),
            (2, 'returned', x.returned_at), (3, 'recalled', x.recalled_at)
        ) e (number, state, at)
        WHERE e.at IS NOT NULL
        UNION ALL
        SELECT b.id * 10 + 7 + e.number, e.at, coalesce(a.name, ''), 'callback_' || e.state,
            b.number, CASE e.number WHEN 0 THEN to_json(b.due_at) #>> '{{}}' ELSE '' END, ''
        FROM callback b CROSS JOIN LATERAL (VALUES
            (0, 'promised', b.created_at, NULL), (1, b.outcome, b.done_at, b.done_by)
        ) e (number, state, at, by) LEFT JOIN agent a ON a.id = coalesce(e.by, b.assignee_id)
        WHERE b.ticket_id = %(id)s AND e.at IS NOT NULL
        UNION ALL
        {claim}
    ) told
    WHERE (changed_at, key) < (%(at)s, %(last)s)
    ORDER BY changed_at DESC, key DESC LIMIT %(size)s
""").format(claim=_CLAIM, old=_in_words(SQL("h.old")), new=_in_words(SQL("h.new")))

_CHANGES = SQL("""
    SELECT DISTINCT ON (h.field) h.field, {new} AS theirs, coalesce(a.name, '') AS changed_by,
        h.changed_at
    FROM ticket_history h LEFT JOIN agent a ON a.id = h.changed_by
    WHERE h.ticket_id = %(id)s AND h.version > %(version)s
    ORDER BY h.field, h.id DESC
""").format(new=_in_words(SQL("h.new")))


def ticket_history_rows(
    session: Session, ticket_id: int, after: tuple[object, ...] | None, size: int
) -> Page[HistoryRow]:
    """변경이력 of one ticket, newest first, with its contacts, offers, callbacks and its claim."""
    at, last = after or FROM_THE_TOP
    asked = {"id": ticket_id, "at": at, "last": last, "size": size + 1}
    return page_of(read(session, _HISTORY, asked, HistoryRow), size, "changed_at", "key")


def changes_since(session: Session, ticket_id: int, version: int) -> tuple[FieldChange, ...]:
    """What each field was last changed to after `version`, by whom and when (ISO 8601)."""
    return field_changes(session, _CHANGES, {"id": ticket_id, "version": version})


def field_changes(
    session: Session, statement: SQL | Composed, asked: Mapping[str, object]
) -> tuple[FieldChange, ...]:
    """The changes of fields that `statement` reads, of a ticket or a customer."""
    return tuple(
        FieldChange(
            found["field"], found["theirs"], found["changed_by"], found["changed_at"].isoformat()
        )
        for found in read_mappings(session, statement, asked)
    )
