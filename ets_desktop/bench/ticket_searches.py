"""전체상담이력 through our own query functions, each search beside its floor by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, LiteralString

from ets_desktop.bench.ground import VARIETY, Ground
from ets_desktop.bench.timing import Figure
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.domain.phone import display
from ets_desktop.queries.ticket_search.conditions import TicketSearch
from ets_desktop.queries.ticket_search.searching import search_tickets

GOAL = 1.5

_NEWEST: LiteralString = " ORDER BY created_at DESC, id DESC LIMIT 51"
_ROWS: LiteralString = """
    SELECT t.id, t.ticket_no, t.created_at, t.ticket_type, t.customer_id,
        (SELECT c.name FROM customer c WHERE c.id = t.customer_id),
        coalesce(t.caller_number, (SELECT p.digits FROM customer_phone p
            WHERE p.customer_id = t.customer_id ORDER BY p.captured_at DESC LIMIT 1)),
        (SELECT o.channel_order_no FROM sales_order o WHERE o.id = t.order_id),
        (SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
         WHERE l.id = t.order_line_id),
        t.title, t.status, (SELECT a.name FROM agent a WHERE a.id = t.assignee_id),
        t.due_on, t.completed_at
    FROM ({hits}{newest}) h JOIN ticket t ON t.id = h.id
    ORDER BY h.created_at DESC, h.id DESC
"""
_BY: LiteralString = "SELECT id, created_at FROM ticket WHERE {condition}"
_EITHER: LiteralString = "SELECT * FROM ({one} UNION {other}) hits"
_WORDS: LiteralString = "ticket_words(title, content)"
#: Sorted afterwards, for otherwise the planner walks all tickets to find what is nowhere.
_INDEXED: LiteralString = "SELECT * FROM ({hits} OFFSET 0) hits"


def _rows(hits: LiteralString) -> str:
    return _ROWS.format(hits=hits, newest=_NEWEST)


def _where(condition: LiteralString) -> str:
    return _rows(_BY.format(condition=condition))


_PERIOD = _where("created_at >= %(v)s")
_AGENT = _where("assignee_id = %(v)s")
_PHONE = _rows(
    _EITHER.format(
        one=_BY.format(condition="caller_number = %(v)s"),
        other=_BY.format(
            condition="customer_id IN (SELECT customer_id FROM customer_phone WHERE digits = %(v)s)"
        ),
    )
)
_CUSTOMER = _where("customer_id IN (SELECT id FROM customer WHERE name LIKE '%%' || %(v)s || '%%')")
_COMMON_WORD = _where(_WORDS + " LIKE '%%' || %(v)s || '%%'")
_RARE_WORD = _rows(
    _INDEXED.format(
        hits=_BY.format(condition="letter_pairs(" + _WORDS + ") @> letter_pairs(%(v)s)")
    )
)
_TAG = _where("%(v)s = ANY(tags)")


def ticket_searches(ground: Ground) -> Iterator[Figure]:
    """The searches that find tickets, whatever they are about."""
    month = seoul_date(datetime.now(UTC)) - timedelta(days=30)
    phones = _some(ground, b"caller_number", b"caller_number IS NOT NULL")
    agents = _some(ground, b"assignee_id", b"assignee_id IS NOT NULL")
    names = ground.some(
        b"SELECT name FROM customer WHERE id = ANY(%(ids)s) AND char_length(name) > 2"
    )
    for name, about, floor, asked in (
        (
            "30 days",
            "newest first",
            _PERIOD,
            [(TicketSearch(date_from=month), start_of_day(month))],
        ),
        ("agent", "담당자", _AGENT, [(TicketSearch(assignee_id=one), one) for one in agents]),
        ("phone", "any format", _PHONE, [(TicketSearch(phone=display(v)), v) for v in phones]),
        ("customer", "고객", _CUSTOMER, [(TicketSearch(customer=v), v) for v in names]),
        ("common word", "배송", _COMMON_WORD, [(TicketSearch(content="배송"), "배송")]),
        ("absent word", "뷁뷁", _RARE_WORD, [(TicketSearch(content="뷁뷁"), "뷁뷁")]),
        ("tag", "긴급", _TAG, [(TicketSearch(tag="긴급"), "긴급")]),
    ):
        ours = [partial(ground.database.call, search_tickets, search) for search, _ in asked]
        bare = [partial(ground.by_hand, floor, {"v": value}) for _, value in asked]
        yield ground.compare(f"tickets {name}", about, ours, bare, goal=GOAL)


def _some(ground: Ground, column: bytes, condition: bytes) -> list[Any]:
    """Values of a column of tickets, of all times."""
    found = ground.bare.execute(
        b"SELECT " + column + b" FROM ticket WHERE " + condition + b" ORDER BY client_id LIMIT %s",
        [VARIETY],
    ).fetchall()
    ground.bare.commit()
    return [row[0] for row in found]
