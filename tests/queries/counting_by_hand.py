"""통계 once more, from whole tables and without a database: what the real one is compared with."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.statistics import (
    FACTS,
    REPEAT_WITHIN,
    SHARES,
    Dimension,
    Fact,
    Measure,
    RowKey,
    StatisticsQuestion,
    first_of,
)

_TABLES = (
    *("ticket", "transfer", "callback", "claim", "claim_line", "call", "call_leg"),
    *("sales_order", "order_line", "agent"),
)


@dataclass(frozen=True)
class Counted:
    fact: Fact
    at: datetime
    agent_id: int | None
    ticket_type: str | None = None
    category_id: int | None = None
    channel_id: int | None = None
    product_id: int | None = None
    reason: str | None = None
    seconds: int | None = None


class ByHand:
    """All facts of a database, as it is at `now`."""

    def __init__(self, connection: Connection[Any], now: datetime) -> None:
        with connection.cursor(row_factory=dict_row) as cursor:
            self._rows = {
                table: {row["id"]: row for row in cursor.execute(f"SELECT * FROM {table}".encode())}
                for table in _TABLES
            }
        self._now = now
        self.facts = [*self._of_tickets(), *self._of_steps(), *self._of_claims(), *self._of_calls()]

    def cells(self, question: StatisticsQuestion) -> dict[RowKey, dict[Measure, int | None]]:
        """The rows that have a fact."""
        by_key: dict[RowKey, list[Counted]] = defaultdict(list)
        for fact in self.facts:
            if self._is_asked(fact, question):
                by_key[key_of(fact, question.dimension)].append(fact)
        return {key: numbers(facts, question) for key, facts in by_key.items()}

    def whole(self, question: StatisticsQuestion) -> dict[Measure, int | None]:
        return numbers([fact for fact in self.facts if self._is_asked(fact, question)], question)

    def _is_asked(self, fact: Counted, question: StatisticsQuestion) -> bool:
        agent = self._rows["agent"].get(fact.agent_id, {})
        wishes = (
            (question.team_id, agent.get("team_id")),
            (question.agent_id, fact.agent_id),
            (question.ticket_type, fact.ticket_type),
            (question.category_id, fact.category_id),
            (question.channel_id, fact.channel_id),
            (question.product_id, fact.product_id),
        )
        counted = {one for measure in question.measures for one in FACTS[measure]}
        return (
            fact.fact in counted
            and question.first <= seoul_date(fact.at) <= question.last
            and all(wish is None or wish == there for wish, there in wishes)
        )

    def _of(self, ticket: dict[str, Any], fact: Fact, at: datetime, agent: int | None) -> Counted:
        order = self._rows["sales_order"].get(ticket["order_id"], {})
        line = self._rows["order_line"].get(ticket["order_line_id"], {})
        return Counted(
            fact,
            at,
            agent,
            ticket["ticket_type"],
            ticket["category_id"],
            order.get("channel_id"),
            line.get("product_id"),
        )

    def _of_tickets(self) -> Iterator[Counted]:
        for one in self._rows["ticket"].values():
            at, done_at = one["created_at"], one["completed_at"]
            yield self._of(one, Fact.RECEIVED, at, one["created_by"])
            if done_at is not None:
                took = max(0, int((done_at - at).total_seconds() // 1))
                done = self._of(one, Fact.COMPLETED, done_at, one["completed_by"])
                yield replace(done, seconds=took)
                if seoul_date(done_at) > one["due_on"]:
                    yield self._of(one, Fact.LATE, at, one["completed_by"])
            elif one["status"] != "discarded" and one["due_on"] < seoul_date(self._now):
                yield self._of(one, Fact.PAST_DUE, at, one["assignee_id"])
            if self._repeats(one):
                yield self._of(one, Fact.REPEAT, at, one["created_by"])

    def _repeats(self, one: dict[str, Any]) -> bool:
        if one["customer_id"] is None or one["status"] == "discarded":
            return False
        return any(
            other["customer_id"] == one["customer_id"]
            and other["status"] != "discarded"
            and (other["created_at"], other["id"]) < (one["created_at"], one["id"])
            and one["created_at"] - other["created_at"] <= REPEAT_WITHIN
            for other in self._rows["ticket"].values()
        )

    def _of_steps(self) -> Iterator[Counted]:
        for hop in self._rows["transfer"].values():
            ticket = self._rows["ticket"][hop["ticket_id"]]
            yield self._of(ticket, Fact.TRANSFERRED, hop["sent_at"], hop["from_agent_id"])
        for promise in self._rows["callback"].values():
            if promise["outcome"] != "cancelled":
                done_at = promise["done_at"] if promise["outcome"] == "succeeded" else None
                due_on = seoul_date(promise["due_at"])
                kept = done_at is not None and seoul_date(done_at) <= due_on
                fact = Fact.CALLBACK_KEPT if kept else Fact.CALLBACK
                ticket = self._rows["ticket"][promise["ticket_id"]]
                yield self._of(ticket, fact, promise["due_at"], promise["assignee_id"])

    def _of_claims(self) -> Iterator[Counted]:
        kinds = {"return": Fact.RETURN} | dict.fromkeys(
            ("exchange_same", "exchange_other", "swap"), Fact.EXCHANGE
        )
        for line in self._rows["claim_line"].values():
            claim = self._rows["claim"][line["claim_id"]]
            if claim["claim_type"] in kinds:
                ticket = self._rows["ticket"][claim["ticket_id"]] | {
                    "order_id": claim["order_id"],
                    "order_line_id": line["order_line_id"],
                }
                fact = kinds[claim["claim_type"]]
                one = self._of(ticket, fact, claim["created_at"], claim["created_by"])
                yield replace(one, reason=claim["reason"])

    def _of_calls(self) -> Iterator[Counted]:
        seats = {agent["extension"]: agent["id"] for agent in self._rows["agent"].values()}
        legs: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for leg in self._rows["call_leg"].values():
            legs[leg["call_id"]].append(leg)
        for call in self._rows["call"].values():
            if call["direction"] != "in":
                continue
            rang = sorted(legs[call["id"]], key=lambda leg: (leg["rang_at"], leg["id"]))
            talked = sorted((leg for leg in rang if leg["talked_at"]), key=_talked_at)
            first = (talked or rang or [{"extension": None}])[0]
            one = Counted(Fact.CALL, call["rang_at"], seats.get(first["extension"] or "none"))
            if talked:
                waited = max(0, int((first["talked_at"] - call["rang_at"]).total_seconds() // 1))
                one = replace(one, fact=Fact.CALL_ANSWERED, seconds=waited)
            elif rang and all(_gave_up(leg) for leg in rang):
                one = replace(one, fact=Fact.CALL_ABANDONED)
            yield one


def key_of(fact: Counted, dimension: Dimension) -> RowKey:
    if dimension in (Dimension.DAY, Dimension.WEEK, Dimension.MONTH):
        return first_of(seoul_date(fact.at), dimension)
    name = {Dimension.TYPE: "ticket_type", Dimension.REASON: "reason"}.get(
        dimension, f"{dimension}_id"
    )
    key: date | int | str | None = getattr(fact, name)
    return key


def numbers(facts: list[Counted], question: StatisticsQuestion) -> dict[Measure, int | None]:
    found: dict[Measure, int | None] = {}
    for measure in question.measures:
        counted = [fact for fact in facts if fact.fact in FACTS[measure]]
        found[measure] = len(counted)
        if measure in SHARES:
            times = sorted(fact.seconds for fact in counted if fact.seconds is not None)
            place = ceil(round(len(times) * SHARES[measure] * 10) / 10)
            found[measure] = times[max(place, 1) - 1] if times else None
    return found


def _talked_at(leg: dict[str, Any]) -> tuple[datetime, datetime, int]:
    return leg["talked_at"], leg["rang_at"], leg["id"]


def _gave_up(leg: dict[str, Any]) -> bool:
    return leg["phase"] == "ended" and leg["end"] not in ("answered_elsewhere", "transferred")
