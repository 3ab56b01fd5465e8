"""Unites branches into one statement: the newest rows of each, then of all, then their columns.

Only words of this module and placeholders enter the text; what a user typed is always a parameter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import LiteralString

from ets_desktop.queries.order_search.branches import Branch, any_of
from ets_desktop.queries.order_search.conditions import DateKind
from ets_desktop.queries.order_search.pieces import filled
from ets_desktop.queries.order_search.scope import Scope

#: Up to so many keys are probed at once, without looking first how far back it is worth it.
PROBE = 40

# Names come from scalar subqueries: joins would double the time to plan (0.6 ms to 1.3 ms).
#: As OrderRow has them.
_COLUMNS = """
    l.id, o.id, o.order_no, o.channel_order_no,
    (SELECT c.name FROM sales_channel c WHERE c.id = o.channel_id),
    o.ordered_at, o.orderer_name, o.recipient_name,
    coalesce(o.orderer_phone, o.recipient_phone, o.orderer_phone2, o.recipient_phone2,
             o.masked->>'orderer_phone', o.masked->>'recipient_phone', ''),
    (SELECT p.name FROM product p WHERE p.id = l.product_id),
    l.option, l.quantity, l.amount, l.order_status, coalesce(l.channel_status, ''), l.carrier,
    l.tracking_no,
    (SELECT count(*) FROM ticket t
     WHERE t.order_id = o.id AND t.status IN ('received', 'transferred')),
    o.customer_id, h.at
"""


_PAGE: LiteralString = """
    WITH hit AS MATERIALIZED ({hit})
    SELECT {columns} FROM hit h
    JOIN sales_order o ON o.id = h.order_id
    JOIN order_line l ON {join}
    {where}
    ORDER BY h.at DESC, h.order_id DESC, l.id LIMIT {limit}
"""
_COUNT: LiteralString = """
    SELECT count(*) FROM (
        SELECT FROM ({hit}) h JOIN order_line l ON {join} LIMIT {limit}
    ) counted
"""
_FIRST: LiteralString = "({select} FROM {tables} {where} {order_by} LIMIT {limit})"
_UNSORTED: LiteralString = "({select} FROM {tables} {where} LIMIT {limit})"
_WALKED: LiteralString = "(SELECT o.* FROM sales_order o {where} {order_by} LIMIT {limit}) o"
_PROBED: LiteralString = """
    (SELECT * FROM (
        SELECT p.* FROM unnest({keys}) AS k(key)
        CROSS JOIN LATERAL ({select} FROM {tables} {where} {order_by} LIMIT {limit}) p
    ) f ORDER BY at DESC, order_id DESC, line_id LIMIT {limit})
"""
#: The two newest of each key tell how far back the newest of all can reach.
_REACH: LiteralString = """
    {at} >= coalesce((
        SELECT min(at) FROM (
            SELECT g.at FROM unnest({keys}) AS k(key)
            CROSS JOIN LATERAL (
                SELECT {at} AS at FROM {tables} {where} ORDER BY {at} DESC LIMIT 2
            ) g
            ORDER BY g.at DESC LIMIT {limit}
        ) n HAVING count(*) = {limit}
    ), '-infinity')
"""
#: Orders found as a whole and by some of their lines.
_GROUPED: LiteralString = """
    SELECT at, order_id, bool_or(line_id IS NULL) AS whole, array_agg(line_id) AS lines
    FROM ({hits}) b GROUP BY at, order_id {newest}
"""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a branch reads: `line_id` is empty when it finds whole orders."""

    tables: str
    at: str
    order_id: str
    line_id: str = ""

    @property
    def order_by(self) -> str:
        line = f", {self.line_id}" if self.line_id else ""
        return f"ORDER BY {self.at} DESC, {self.order_id} DESC{line}"

    @property
    def select(self) -> str:
        return filled(
            "SELECT {at} AS at, {order_id} AS order_id, {line_id} AS line_id",
            at=self.at,
            order_id=self.order_id,
            line_id=self.line_id or "NULL::bigint",
        )


def page_statement(branches: Sequence[Branch], scope: Scope, size: int) -> str:
    """The newest rows of all `branches` in `scope`: `size` and one more, if there is one."""
    # The last order of the page before may be shown by half, hence a second one more.
    limit = scope.values.bind(size + 2)
    sources = [_source(branch, scope) for branch in branches]
    pairs = zip(branches, sources, strict=True)
    hits = [_newest(branch, source, scope, limit) for branch, source in pairs]
    return _page(hits, sources, scope, size, limit)


def walk_statement(branches: Sequence[Branch], scope: Scope, size: int, depth: int) -> str:
    """As `page_statement`, but among the newest `depth` orders only: too few rows mean nothing.

    For keys that are everywhere; not for a scope sorted by the date of shipping.
    """
    limit = scope.values.bind(size + 2)
    order = _Source("sales_order o", scope.order_date, "o.id")
    newest = filled(
        _WALKED,
        where=_where(scope.on_orders, _limits(order, scope)),
        order_by=order.order_by,
        limit=scope.values.bind(depth),
    )
    source = _Source(newest, order.at, order.order_id)
    shown = []
    if any(_source(branch, scope).line_id for branch in branches):
        lines = f"{newest} JOIN order_line l ON l.order_id = o.id"
        source = _Source(lines, order.at, order.order_id, "l.id")
        shown = _not_shown(source, scope)
    hit = _first(source, _where([any_of(branches)], scope.on_lines, shown), limit)
    return _page([hit], [source], scope, size, limit)


def count_statement(branches: Sequence[Branch], scope: Scope, most: int) -> str:
    """How many rows there are, counted up to `most`."""
    limit = scope.values.bind(most)
    sources = [_source(branch, scope) for branch in branches]
    hits = [
        filled(
            _UNSORTED,
            select=source.select,
            tables=source.tables,
            where=_where([branch.plain], _conditions(source, scope)),
            limit=limit,
        )
        for branch, source in zip(branches, sources, strict=True)
    ]
    hit, join = _united(hits, sources, "")
    return filled(_COUNT, hit=hit, join=join, limit=limit)


def _page(hits: list[str], sources: list[_Source], scope: Scope, size: int, limit: str) -> str:
    newest = filled("ORDER BY at DESC, order_id DESC, line_id LIMIT {limit}", limit=limit)
    hit, join = _united(hits, sources, newest)
    return filled(
        _PAGE,
        columns=_COLUMNS,
        hit=hit,
        join=join,
        where=_where(_not_shown(_Source("", "h.at", "h.order_id", "l.id"), scope)),
        limit=scope.values.bind(size + 1),
    )


def _united(hits: list[str], sources: list[_Source], newest: str) -> tuple[str, str]:
    """All hits as one relation, sorted and cut by `newest`, and how lines join it (`h`)."""
    by_line = {bool(source.line_id) for source in sources}
    if len(by_line) == 2:
        grouped = filled(
            _GROUPED, hits=" UNION ALL ".join(hits), newest=newest.replace(", line_id", "")
        )
        return grouped, "l.order_id = h.order_id AND (h.whole OR l.id = ANY(h.lines))"
    join = "l.id = h.line_id" if by_line == {True} else "l.order_id = h.order_id"
    # A single one is sorted and cut already.
    return (hits[0] if len(hits) == 1 else " UNION ".join(hits) + newest), join


def _source(branch: Branch, scope: Scope) -> _Source:
    """The fewest tables that answer `branch` within `scope`."""
    shipped = scope.sorted_by is DateKind.SHIPPED
    if not (branch.by_line or scope.on_lines or shipped):
        return _Source("sales_order o", scope.order_date, "o.id")
    at = "l.shipped_at" if shipped else scope.order_date
    if branch.by_line and scope.sorted_by is DateKind.ORDERED:
        at = "l.ordered_at"
    by_order = branch.plain and not branch.by_line
    if at.startswith("o.") or scope.on_orders or scope.lines_need_orders or by_order:
        return _Source("sales_order o JOIN order_line l ON l.order_id = o.id", at, "o.id", "l.id")
    return _Source("order_line l", at, "l.order_id", "l.id")


def _newest(branch: Branch, source: _Source, scope: Scope, limit: str) -> str:
    """The first rows of a branch, or of each of its keys."""
    conditions = _conditions(source, scope)
    if not branch.keys or (branch.key_count > PROBE and scope.is_narrow):
        return _first(source, _where([branch.plain], conditions), limit)
    conditions += [branch.where, f"{branch.column} = k.key"]
    parts = {"keys": branch.keys, "tables": source.tables, "limit": limit}
    if branch.key_count > PROBE:
        reach = filled(_REACH, at=source.at, where=_where(conditions), **parts)
        conditions.append(reach)
    where = _where(conditions)
    return filled(_PROBED, select=source.select, where=where, order_by=source.order_by, **parts)


def _first(source: _Source, where: str, limit: str) -> str:
    return filled(
        _FIRST,
        select=source.select,
        tables=source.tables,
        where=where,
        order_by=source.order_by,
        limit=limit,
    )


def _conditions(source: _Source, scope: Scope) -> list[str]:
    shown = _not_shown(source, scope) if source.line_id else []
    return [*scope.on_orders, *scope.on_lines, *_limits(source, scope), *shown]


def _limits(source: _Source, scope: Scope) -> list[str]:
    """The period, and the place where the page before ended."""
    found = []
    if scope.since:
        found.append(f"{source.at} >= {scope.since}")
    if scope.until:
        found.append(f"{source.at} < {scope.until}")
    if scope.after is not None:
        at, order_id, _ = scope.after
        found.append(f"({source.at}, {source.order_id}) <= ({at}, {order_id})")
    return found


def _not_shown(source: _Source, scope: Scope) -> list[str]:
    """Leaves out the lines of the last order that the page before has shown."""
    if scope.after is None:
        return []
    at, order_id, line_id = scope.after
    same = f"{source.at} = {at} AND {source.order_id} = {order_id}"
    return [f"NOT ({same} AND {source.line_id} <= {line_id})"]


def _where(*conditions: Iterable[str]) -> str:
    held = " AND ".join(one for several in conditions for one in several if one)
    return f"WHERE {held}" if held else ""
