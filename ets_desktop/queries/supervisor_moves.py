"""What a supervisor did in 이관 큐 with tickets that an agent handed on or got (spec 60)."""

from dataclasses import dataclass
from enum import StrEnum

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read_mappings

#: Numbers are given before a transaction ends: what was under way at the last look is looked at
#: once more.
_UNDER_WAY = 200


class Move(StrEnum):
    MOVED = "moved"  # 재배정, 균등배분
    FETCHED = "fetched"  # 회수
    RANKED = "ranked"  # 우선순위
    NOTED = "noted"  # 메모


@dataclass(frozen=True, slots=True)
class SupervisorMove:
    """`who` did `move` to a ticket that the agent asked for had handed on (`was_sent`), or had got.

    `to_whom` it was moved, "" for the other moves; `words` are the reason, the Priority's code, the
    note. `key` is another one each time.
    """

    key: str
    move: Move
    ticket_id: int
    ticket_no: str
    who: str
    to_whom: str
    words: str
    was_sent: bool


#: Behind which transfer, change and activity to look.
_LAST = SQL("""
    SELECT (SELECT coalesce(max(id), 0) FROM transfer) AS transfer,
        (SELECT coalesce(max(id), 0) FROM ticket_history) AS history,
        (SELECT coalesce(max(id), 0) FROM activity) AS activity
""")
#: A hop that was returned, or taken back before, was under way no more: whoever hands the ticket
#: on then moves nobody's.
_MOVES = SQL("""
    WITH act AS (
        SELECT 'moved' AS move, y.id, y.ticket_id, y.from_agent_id AS by_id, y.sent_at AS at,
            coalesce((SELECT a.name FROM agent a WHERE a.id = y.to_agent_id),
                     (SELECT m.name FROM team m WHERE m.id = y.to_team_id)) AS to_whom,
            y.reason AS words,
            (SELECT max(x.id) FROM transfer x WHERE x.ticket_id = y.ticket_id AND x.id < y.id)
                AS hop_id
        FROM transfer y
        WHERE y.id > %(transfer)s AND y.to_agent_id IS DISTINCT FROM %(me)s
        UNION ALL
        SELECT CASE h.field WHEN 'status' THEN 'fetched' ELSE 'ranked' END, h.id, h.ticket_id,
            h.changed_by, h.changed_at, '', h.new,
            (SELECT max(x.id) FROM transfer x
             WHERE x.ticket_id = h.ticket_id AND x.sent_at <= h.changed_at)
        FROM ticket_history h
        WHERE h.id > %(history)s AND (h.field = 'priority'
            OR h.field = 'status' AND h.old = 'transferred' AND h.new = 'received')
        UNION ALL
        SELECT 'noted', n.id, n.ticket_id, n.agent_id, n.at, '', n.note,
            (SELECT max(x.id) FROM transfer x
             WHERE x.ticket_id = n.ticket_id AND x.sent_at <= n.at)
        FROM activity n WHERE n.id > %(activity)s AND n.kind = 'note'
    )
    SELECT act.move || '/' || act.id AS key, act.move, act.ticket_id, t.ticket_no, s.name AS who,
        act.to_whom, act.words, x.from_agent_id = %(me)s AS was_sent
    FROM act JOIN transfer x ON x.id = act.hop_id JOIN ticket t ON t.id = act.ticket_id
    JOIN agent s ON s.id = act.by_id AND s.role IN ('supervisor', 'admin') AND s.id <> %(me)s
    WHERE x.returned_at IS NULL
      AND (x.recalled_at IS NULL OR x.recalled_at > act.at - interval '10 seconds')
      AND (act.move <> 'moved' OR x.to_agent_id IS DISTINCT FROM act.by_id)
      AND (x.from_agent_id = %(me)s OR x.to_agent_id = %(me)s
        OR t.assignee_id = %(me)s AND act.move IN ('ranked', 'noted')
        OR EXISTS (
            SELECT FROM ticket_history o
            WHERE o.ticket_id = act.ticket_id AND o.field = 'assignee_id' AND o.old = %(old)s
              AND o.changed_by = act.by_id
              AND o.changed_at BETWEEN act.at - interval '10 seconds'
                                   AND act.at + interval '10 seconds'))
    ORDER BY act.at, act.id
""")


def supervisor_moves(
    session: Session, agent_id: int, after: dict[str, int] | None
) -> tuple[dict[str, int], tuple[SupervisorMove, ...]]:
    """What supervisors did behind an earlier look; None for the first one, which finds only what
    may have been under way. Some rows come twice. To whom a ticket is moved hears of the offer, and
    not here.

    Returns behind what to look the next time, and the rows, oldest first.
    """
    last = read_mappings(session, _LAST, {})[0]
    following = {name: max(0, int(number) - _UNDER_WAY) for name, number in last.items()}
    asked = {"me": agent_id, "old": str(agent_id), **(following if after is None else after)}
    found = read_mappings(session, _MOVES, asked)
    rows = tuple(SupervisorMove(**{**row, "move": Move(row["move"])}) for row in found)
    return following, rows
