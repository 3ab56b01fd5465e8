"""접수정보 임시저장: the drafts of the person logged in; row rules hide everybody else's."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.drafts import FormContents, from_json
from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import page_of, read, read_mappings
from ets_desktop.queries.tickets import FROM_THE_TOP


@dataclass(frozen=True, slots=True)
class DraftRow:
    """`kind` is manual, call or recovered; `customer` may be a name typed but not yet saved.

    `caller_number` are the digits of whom a call was taken from, "" unknown; `title` is how the
    content begins while none was typed.
    """

    draft_id: UUID
    saved_at: datetime
    kind: str
    customer: str
    caller_number: str
    order_no: str
    channel_order_no: str
    title: str


@dataclass(frozen=True, slots=True)
class DraftList:
    """The number behind 접수정보 임시저장 and its first page, true together at `as_of`."""

    count: int
    as_of: datetime
    page: Page[DraftRow]


@dataclass(frozen=True, slots=True)
class DraftDetail:
    """One draft with everything that was typed."""

    draft_id: UUID
    kind: str
    saved_at: datetime
    contents: FormContents


_MY_DRAFTS = SQL("""
    SELECT d.id AS draft_id, d.saved_at, d.kind,
        coalesce(c.name, d.form->>'customer_name', '') AS customer,
        coalesce(o.order_no, '') AS order_no,
        coalesce(o.channel_order_no, '') AS channel_order_no,
        coalesce(d.form->>'caller_number', '') AS caller_number,
        coalesce(nullif(btrim(d.form->>'title'), ''), btrim(left(regexp_replace(
            left(d.form->>'content', 160), '[[:space:]]+', ' ', 'g'), 80)), '') AS title
    FROM draft d
    LEFT JOIN customer c ON c.id = CASE jsonb_typeof(d.form->'customer_id')
        WHEN 'number' THEN (d.form->>'customer_id')::bigint END
    LEFT JOIN sales_order o ON o.id = CASE jsonb_typeof(d.form->'order_id')
        WHEN 'number' THEN (d.form->>'order_id')::bigint END
    WHERE d.agent_id = %(me)s AND (d.saved_at, d.id) < (%(at)s, %(last)s)
    ORDER BY d.saved_at DESC, d.id DESC LIMIT %(size)s
""")
_LIST = SQL("""
    WITH page AS ({page})
    SELECT (SELECT count(*) FROM draft WHERE agent_id = %(me)s) AS count,
        statement_timestamp() AS as_of, page.*
    FROM (SELECT) once LEFT JOIN page ON true
    ORDER BY page.saved_at DESC, page.draft_id DESC
""").format(page=_MY_DRAFTS)
_DRAFT = SQL("SELECT kind, saved_at, form FROM draft WHERE id = %(id)s AND agent_id = %(me)s")


def my_drafts(
    session: Session, agent_id: int, after: tuple[object, ...] | None, size: int
) -> Page[DraftRow]:
    """The agent's drafts, newest first."""
    asked = _asked(agent_id, after, size)
    return page_of(read(session, _MY_DRAFTS, asked, DraftRow), size, "saved_at", "draft_id")


def draft_list(session: Session, agent_id: int, size: int) -> DraftList:
    """Number and first page from one snapshot (spec 20, lists tell their age)."""
    found = read_mappings(session, _LIST, _asked(agent_id, None, size))
    rows = [
        DraftRow(**{field.name: line[field.name] for field in fields(DraftRow)})
        for line in found
        if line["draft_id"] is not None
    ]
    page = page_of(rows, size, "saved_at", "draft_id")
    return DraftList(found[0]["count"], found[0]["as_of"], page)


def _asked(agent_id: int, after: tuple[object, ...] | None, size: int) -> dict[str, object]:
    at, last = after or (FROM_THE_TOP[0], UUID(int=0))
    return {"me": agent_id, "at": at, "last": last, "size": size + 1}


def draft_detail(session: Session, agent_id: int, draft_id: UUID) -> DraftDetail:
    """One draft of this agent; NotFound `no_such_draft`, RuleViolation `draft_unreadable`."""
    found = read_mappings(session, _DRAFT, {"id": draft_id, "me": agent_id})
    if not found:
        raise NotFound("no_such_draft")
    draft = found[0]
    return DraftDetail(draft_id, draft["kind"], draft["saved_at"], from_json(draft["form"]))
