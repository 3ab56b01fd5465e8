"""A small desk of random tickets, calls and claims over some days, and what may happen to them.

Written as plain rows by the owner of the schema, so that they lie in the past.
"""

import random
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any

from psycopg import Connection

from ets_desktop.domain.calendar import start_of_day

#: As many days, the last of them today.
DAYS = 20
_TYPES = ("delivery", "return", "exchange")


class ChanceShop:
    """Rows made by `rng` on `connection`; the days end with `today`."""

    def __init__(self, connection: Connection[Any], rng: random.Random, today: date) -> None:
        self._on = connection
        self._rng = rng
        self.first = today - timedelta(days=DAYS - 1)
        self.last = today
        self.teams = self._ids("INSERT INTO team (name) VALUES ('하나'), ('둘')")
        self.agents = [
            self._id(
                "INSERT INTO agent (login, name, extension, team_id, role)"
                " VALUES (%s, %s, %s, %s, 'agent')",
                f"chance{n}",
                f"김상담{n}",
                str(900 + n) if n < 3 else None,
                self.teams[n % 2],
            )
            for n in range(4)
        ]
        self.categories = self._ids(
            "INSERT INTO ticket_category (ticket_type, name) VALUES ('delivery', '가'),"
            " ('return', '나')"
        )
        self.channels = self._ids(
            "INSERT INTO sales_channel (code, name) VALUES ('a', '가'), ('b', '나')"
        )
        self.products = self._ids("INSERT INTO product (name) VALUES ('컵'), ('솥')")
        self.customers = [
            self._id("INSERT INTO customer (name) VALUES (%s)", f"이손님{n}") for n in range(4)
        ]
        self.orders = [self._order() for _ in range(5)]
        self.tickets: list[int] = []
        self.calls: list[int] = []

    def seen_by(
        self, connection: Connection[Any], rng: random.Random, *, turned: bool
    ) -> "ChanceShop":
        """The same shop on another connection; `turned`: where other customers are merged."""
        other = copy(self)
        other._on, other._rng = connection, rng
        other.tickets, other.calls = [*self.tickets], [*self.calls]
        other.customers = self.customers[::-1] if turned else self.customers
        return other

    def fill(self, tickets: int, calls: int) -> None:
        for _ in range(tickets):
            self.receive()
        for _ in range(calls):
            self.ring()

    def receive(self) -> None:
        """A ticket with, now and then, a hand-over, promises and a claim."""
        rng = self._rng
        at = self._moment()
        order_id, line_id = rng.choice(self.orders)
        status = rng.choice(("received", "transferred", "completed", "completed", "discarded"))
        done_at = self._after(at) if status == "completed" else None
        who = rng.choice(self.agents)
        ticket = self._id(
            "INSERT INTO ticket (client_id, ticket_type, category_id, content, customer_id,"
            " order_id, order_line_id, due_on, status, assignee_id, created_at, created_by,"
            " updated_by, completed_at, completed_by, discard_reason) VALUES (gen_random_uuid(),"
            " %s, %s, '문의', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rng.choice(_TYPES),
            rng.choice((None, *self.categories)),
            rng.choice((None, *self.customers)),
            order_id if (told := rng.random()) < 0.8 else None,
            line_id if told < 0.5 else None,
            (at + timedelta(days=rng.randint(-1, 6))).date(),
            status,
            rng.choice((None, who)),
            at,
            who,
            who,
            done_at,
            rng.choice(self.agents) if done_at else None,
            "중복" if status == "discarded" else "",
        )
        self.tickets.append(ticket)
        if rng.random() < 0.3:
            self._hand_on(ticket, self._after(at))
        if rng.random() < 0.3:
            self._promise(ticket, self._after(at))
        if rng.random() < 0.3:
            self._claim(ticket, order_id, line_id, self._after(at))

    def ring(self) -> None:
        """A call at one or two telephones, some of which are nobody's."""
        rng = self._rng
        at = self._moment()
        call = self._id(
            "INSERT INTO call (link, vendor_call_id, direction, caller_number, rang_at)"
            " VALUES ('x', %s, %s, '01000000001', %s)",
            str(rng.random()),
            rng.choice(("in", "in", "in", "out", "internal")),
            at,
        )
        self.calls.append(call)
        for place in range(rng.randint(0, 2)):
            rang_at = at + timedelta(seconds=rng.randint(0, 9))
            talked_at = rang_at + timedelta(seconds=rng.randint(1, 30))
            end = rng.choice(("completed", "abandoned", "answered_elsewhere", None))
            self._on.execute(
                "INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, rang_at,"
                ' talked_at, ended_at, "end") VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)',
                (
                    *(call, str(place), rng.choice(("900", "901", "902", "999")), "in"),
                    *("ended" if end else "ringing", rang_at),
                    *(talked_at if end == "completed" else None, talked_at if end else None, end),
                ),
            )

    def happen(self) -> None:
        """Something that makes another past of it."""
        rng, run = self._rng, self._on.execute
        ticket = rng.choice(self.tickets)
        order_id, line_id = rng.choice(self.orders)
        strokes: list[tuple[str, tuple[object, ...]]] = [
            (
                "UPDATE ticket SET status = 'received', completed_at = NULL, completed_by = NULL"
                " WHERE id = %s AND status = 'completed'",
                (ticket,),
            ),
            (
                "UPDATE ticket SET status = 'discarded', discard_reason = 'x',"
                " completed_at = NULL, completed_by = NULL WHERE id = %s",
                (ticket,),
            ),
            (
                "UPDATE ticket SET status = 'completed', completed_at = clock_timestamp(),"
                " completed_by = %s WHERE id = %s AND status <> 'completed'",
                (rng.choice(self.agents), ticket),
            ),
            (
                "UPDATE ticket SET ticket_type = %s, category_id = NULL WHERE id = %s",
                (rng.choice(_TYPES), ticket),
            ),
            ("UPDATE ticket SET due_on = due_on - 2 WHERE id = %s", (ticket,)),
            (
                "UPDATE ticket SET customer_id = %s WHERE id = %s",
                (rng.choice(self.customers), ticket),
            ),
            (
                "UPDATE ticket SET order_id = %s, order_line_id = %s WHERE id = %s",
                (order_id, line_id, ticket),
            ),
            (
                "UPDATE transfer SET returned_at = clock_timestamp() WHERE ticket_id = %s"
                " AND num_nonnulls(accepted_at, returned_at, recalled_at) = 0",
                (ticket,),
            ),
            (
                "UPDATE callback SET outcome = %s, done_at = clock_timestamp()"
                " WHERE ticket_id = %s AND outcome IS NULL",
                (rng.choice(("succeeded", "cancelled")), ticket),
            ),
            (
                "UPDATE callback SET due_at = due_at - interval '3 days' WHERE ticket_id = %s",
                (ticket,),
            ),
            (
                "UPDATE order_line SET product_id = %s WHERE id = %s",
                (rng.choice(self.products), line_id),
            ),
            (
                "UPDATE sales_order SET channel_id = %s WHERE id = %s",
                (rng.choice(self.channels), order_id),
            ),
            ("UPDATE agent SET team_id = %s WHERE id = %s", (self.teams[0], self.agents[1])),
            ("UPDATE agent SET extension = '999' WHERE id = %s", (self.agents[3],)),
            (
                "UPDATE call_leg SET phase = 'ended', \"end\" = 'abandoned',"
                " ended_at = clock_timestamp() WHERE call_id = %s AND phase <> 'ended'",
                (rng.choice(self.calls),),
            ),
            (
                "UPDATE call SET rang_at = rang_at - interval '1 day' WHERE id = %s",
                (rng.choice(self.calls),),
            ),
            (
                "INSERT INTO customer_merge (kept_id, merged_id, merged_by)"
                " SELECT %s, id, %s FROM customer WHERE id = %s AND merged_into_id IS NULL",
                (self.customers[0], self.agents[0], self.customers[1]),
            ),
        ]
        run(*rng.choice(strokes))

    def _order(self) -> tuple[int, int]:
        order = self._id(
            "INSERT INTO sales_order (channel_id, channel_order_no, ordered_at, orderer_name,"
            " recipient_name) VALUES (%s, %s, now(), '김정민', '이수취')",
            self._rng.choice(self.channels),
            str(self._rng.random()),
        )
        line = self._id(
            "INSERT INTO order_line (order_id, line_no, product_id, quantity, order_status,"
            " ordered_at) VALUES (%s, '1', %s, 9, 'delivered', now())",
            order,
            self._rng.choice(self.products),
        )
        return order, line

    def _hand_on(self, ticket: int, at: datetime) -> None:
        sender, receiver = self._rng.sample(self.agents, 2)
        self._id(
            "INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id, sent_at)"
            " VALUES (%s, 1, %s, %s, %s)",
            *(ticket, sender, receiver, at),
        )

    def _promise(self, ticket: int, due_at: datetime) -> None:
        outcome = self._rng.choice((None, "succeeded", "succeeded", "missed", "cancelled"))
        done_at = due_at + timedelta(hours=self._rng.randint(-9, 30)) if outcome else None
        self._id(
            "INSERT INTO callback (ticket_id, number, due_at, assignee_id, outcome, done_at)"
            " VALUES (%s, '01000000001', %s, %s, %s, %s)",
            *(ticket, due_at, self._rng.choice(self.agents), outcome, done_at),
        )

    def _claim(self, ticket: int, order: int, line: int, at: datetime) -> None:
        kind = self._rng.choice(("cancel", "return", "return", "exchange_same", "swap"))
        self._on.execute("SET LOCAL session_replication_role = replica")
        claim = self._id(
            "INSERT INTO claim (client_id, claim_type, step, order_id, ticket_id, reason,"
            " fee_payer, created_at, created_by, updated_by, closed_at)"
            " VALUES (gen_random_uuid(), %s, 'withdrawn', %s, %s, %s, 'seller', %s, %s, %s, %s)",
            *(kind, order, ticket, self._rng.choice(("faulty", "damaged")), at),
            *(who := self._rng.choice(self.agents), who, at),
        )
        self._id(
            "INSERT INTO claim_line (claim_id, order_line_id, quantity, step)"
            " VALUES (%s, %s, 1, 'withdrawn')",
            *(claim, line),
        )
        self._on.execute("SET LOCAL session_replication_role = origin")
        # What these triggers would have said.
        self._on.execute(
            "INSERT INTO statistics_mark (area, day) VALUES ('tickets', seoul_day(%s))", [at]
        )

    def _moment(self) -> datetime:
        """Somewhere in the days, not after now; midnights are likely."""
        day = self.first + timedelta(days=self._rng.randrange(DAYS))
        seconds = self._rng.choice((0, 0, 86_399, self._rng.randrange(86_400)))
        return min(start_of_day(day) + timedelta(seconds=seconds), self._now())

    def _after(self, at: datetime) -> datetime:
        later = at + timedelta(hours=self._rng.choice((0, 1, 30, 90)), seconds=1.5)
        return min(later, self._now())

    def _now(self) -> datetime:
        return start_of_day(self.last)

    def _id(self, statement: str, *values: object) -> int:
        return int(self._ids(statement, *values)[0])

    def _ids(self, statement: str, *values: object) -> list[int]:
        found = self._on.execute(f"{statement} RETURNING id".encode(), values).fetchall()
        return [row[0] for row in found]
