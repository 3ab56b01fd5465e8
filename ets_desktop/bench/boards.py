"""What a supervisor's screens read again whenever something moves: 현황판 and 이관 큐."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, LiteralString

from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.queries.board import board
from ets_desktop.queries.transfer_queue import transfer_queue

GOAL = 1.5
#: A whole board on a year of 1 M orders.
LIMIT_MS = 50

_HAND: tuple[LiteralString, ...] = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SELECT a.id, a.name, a.state, a.state_since, a.extension, m.name FROM agent a"
    " LEFT JOIN team m ON m.id = a.team_id WHERE a.active ORDER BY a.name",
    "SELECT assignee_id, created_at::date, count(*),"
    " count(*) FILTER (WHERE due_on < %(today)s OR created_at <= %(red_before)s)"
    " FROM ticket WHERE status IN ('received', 'transferred') GROUP BY 1, 2",
    "SELECT x.to_agent_id, x.to_team_id, count(*), min(x.sent_at) FROM transfer x"
    " JOIN ticket t ON t.id = x.ticket_id AND t.status = 'transferred'"
    " WHERE x.accepted_at IS NULL AND x.returned_at IS NULL AND x.recalled_at IS NULL"
    " GROUP BY 1, 2",
    "SELECT created_by, count(*) FROM ticket WHERE created_at >= %(day)s GROUP BY 1",
    "SELECT completed_by, count(*) FROM ticket WHERE completed_at >= %(day)s GROUP BY 1",
    "SELECT floor(extract(epoch FROM c.rang_at - %(day)s) / 1800), count(*), count(l.talked_at),"
    " percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY l.talked_at - c.rang_at)"
    " FROM call c CROSS JOIN LATERAL (SELECT min(talked_at) AS talked_at FROM call_leg"
    " WHERE call_id = c.id) l WHERE c.direction = 'in' AND c.rang_at >= %(day)s GROUP BY 1",
    "SELECT l.extension, count(DISTINCT l.call_id), count(l.talked_at) FROM agent a"
    " JOIN call_leg l ON l.extension = a.extension AND l.rang_at >= %(day)s GROUP BY 1",
    "SELECT count(DISTINCT call_id), min(rang_at) FROM call_leg WHERE phase = 'ringing'",
)
_QUEUE: LiteralString = """
    SELECT t.id, t.ticket_no, t.created_at, t.ticket_type, t.title, t.status, t.due_on, t.priority,
        (SELECT c.name FROM customer c WHERE c.id = t.customer_id),
        (SELECT o.channel_order_no FROM sales_order o WHERE o.id = t.order_id),
        (SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
         WHERE l.id = t.order_line_id),
        coalesce(t.caller_number, (SELECT p.digits FROM customer_phone p
            WHERE p.customer_id = t.customer_id ORDER BY p.captured_at DESC LIMIT 1)),
        x.*, f.name, r.name
    FROM ticket t CROSS JOIN LATERAL (
        SELECT * FROM transfer WHERE ticket_id = t.id ORDER BY id DESC LIMIT 1) x
    JOIN agent f ON f.id = x.from_agent_id LEFT JOIN agent r ON r.id = x.to_agent_id
    WHERE t.status = 'transferred' ORDER BY x.sent_at LIMIT 2001
"""


def board_refresh(ground: Ground) -> Iterator[Figure]:
    """현황판 whole, of the house: every number and bar of one snapshot."""
    today = seoul_date(datetime.now(UTC))
    asked = {
        "today": today,
        "day": start_of_day(today),
        "red_before": datetime.now(UTC) - timedelta(hours=72),
    }
    # What is set for a transaction comes before all else in it.
    ground.bare.commit()
    ours = [partial(ground.database.call, board)]
    bare = [partial(_by_hand, ground, asked)]
    figure = ground.compare("board refresh", "every number of one snapshot", ours, bare, goal=GOAL)
    yield replace(figure, limit=LIMIT_MS)


def queue_refresh(ground: Ground) -> Iterator[Figure]:
    """이관 큐 of the whole house."""
    ours = [partial(ground.database.call, transfer_queue, None)]
    bare = [partial(ground.by_hand, _QUEUE, {})]
    yield ground.compare("transfer queue refresh", "all teams", ours, bare, goal=GOAL)


def _by_hand(ground: Ground, asked: dict[str, Any]) -> list[list[Any]]:
    with ground.bare.pipeline():
        cursors = [ground.bare.execute(statement.encode(), asked) for statement in _HAND]
    read = [cursor.fetchall() for cursor in cursors[1:]]
    ground.bare.commit()
    return read
