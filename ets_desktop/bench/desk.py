"""An agent's work lists and saving a ticket, beside the same by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

from ets_desktop.bench.clearing import clearing
from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure
from ets_desktop.domain.tickets import TicketForm
from ets_desktop.queries.work import WorkList, work_list
from ets_desktop.services.ticket_forms import ReceiveTicket, SaveTicket
from ets_desktop.services.tickets import receive_ticket, save_ticket

GOAL = 2.0

_AGENTS = b"""
    SELECT a.id FROM agent a JOIN ticket t ON t.assignee_id = a.id
    WHERE t.status IN ('received', 'transferred') GROUP BY a.id ORDER BY a.id LIMIT 20
"""
#: With the two partial indexes of spec 90.
_MY_TICKETS = b"""
    SELECT t.id, t.ticket_no, t.created_at, t.ticket_type, t.title, t.status, t.due_on,
        t.updated_at, (SELECT c.name FROM customer c WHERE c.id = t.customer_id),
        (SELECT o.order_no FROM sales_order o WHERE o.id = t.order_id)
    FROM ticket t
    WHERE t.assignee_id = %(me)s AND t.status IN ('received', 'transferred')
    ORDER BY t.updated_at DESC LIMIT 100
"""
_MY_COUNTS = b"""
    SELECT status, count(*), count(*) FILTER (WHERE due_on < current_date) FROM ticket
    WHERE assignee_id = %(me)s AND status IN ('received', 'transferred') GROUP BY status
"""
_SAVE = b"""
    UPDATE ticket SET content = %(content)s, version = version + 1, updated_by = %(me)s
    WHERE id = %(id)s AND version = %(version)s
"""


def work_lists(ground: Ground) -> Iterator[Figure]:
    """담당자관련이력: an inner tab with its rows and the numbers of all five, from one snapshot."""
    agents = [row[0] for row in ground.bare.execute(_AGENTS).fetchall()]
    ground.bare.commit()
    now = datetime.now(UTC)
    for which in WorkList:
        ours = [partial(ground.database.call, work_list, me, which, now) for me in agents]
        bare = [partial(_by_hand, ground, me) for me in agents]
        yield ground.compare(
            f"work {which}", "rows and all numbers, one agent", ours, bare, goal=GOAL
        )


def save(ground: Ground) -> Iterator[Figure]:
    """접수정보저장 of a loaded ticket: update, history, notice, commit; on tickets of its own,
    which are removed afterwards."""
    actor = ground.bare.execute("SELECT min(id) FROM agent").fetchone()
    ground.bare.commit()
    with _tickets(ground, actor[0] if actor else 0) as (mine, theirs):
        yield ground.compare(
            "save ticket",
            "update + history + notice + commit",
            [editor.save for editor in mine],
            [editor.save_by_hand for editor in theirs],
            goal=GOAL,
        )


@contextmanager
def _tickets(ground: Ground, actor: int) -> Iterator[tuple[list["_Editor"], list["_Editor"]]]:
    """Twice ten tickets, each in the hands of an editor, while the context is open."""
    editors = [_Editor(ground, actor) for _ in range(20)]
    try:
        yield editors[:10], editors[10:]
    finally:
        made = [editor.ticket_id for editor in editors]
        with clearing(ground.database, "ticket_history") as connection:
            connection.execute("DELETE FROM ticket_history WHERE ticket_id = ANY(%s)", [made])
            connection.execute("DELETE FROM ticket WHERE id = ANY(%s)", [made])


class _Editor:
    """Changes a ticket of its own again and again, either way, with the version it stands at."""

    def __init__(self, ground: Ground, actor: int) -> None:
        self._ground = ground
        self._actor = actor
        self._form = TicketForm(
            uuid4(), ticket_type="general", content="0", caller_number="01000000001"
        )
        saved = ground.database.call(receive_ticket, ReceiveTicket(actor, self._form)).value
        self._version = saved.version
        self.ticket_id = saved.ticket_id

    def save(self) -> None:
        form = replace(self._form, content=str(self._version))
        work = SaveTicket(self._actor, self.ticket_id, self._version, form)
        self._version = self._ground.database.call(save_ticket, work).value.version

    def save_by_hand(self) -> None:
        values = {
            "id": self.ticket_id,
            "version": self._version,
            "me": self._actor,
            "content": str(self._version),
        }
        self._ground.bare.execute(_SAVE, values)
        self._ground.bare.commit()
        self._version += 1


def _by_hand(ground: Ground, me: int) -> list[list[Any]]:
    cursors = [ground.bare.cursor(), ground.bare.cursor()]
    with ground.bare.pipeline():
        for cursor, statement in zip(cursors, (_MY_TICKETS, _MY_COUNTS), strict=True):
            cursor.execute(statement, {"me": me})
    found = [cursor.fetchall() for cursor in cursors]
    ground.bare.commit()
    return found
