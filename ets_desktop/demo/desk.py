"""What the desk has done so far: tickets in every state, calls, drafts, around a shop's orders."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Jsonb

from ets_desktop.demo import claims, words
from ets_desktop.demo.calls import calls_of_before, calls_of_cases, calls_of_today
from ets_desktop.demo.loading import Connection, copy_rows
from ets_desktop.demo.phrases import insert_phrases
from ets_desktop.demo.sales import Sale, Shop
from ets_desktop.demo.staff import Worker
from ets_desktop.demo.stores import CategoryIds, store_calls, store_tickets
from ets_desktop.demo.tickets import CaseBook
from ets_desktop.domain.drafts import FormContents, to_json
from ets_desktop.domain.tickets import TicketForm

#: Rows of a COPY need neither telling nor a history of today: it is written with its own dates.
_TRIGGERS = ("ticket", "transfer", "callback", "draft", "activity", *claims.TABLES)


@dataclass(frozen=True, slots=True)
class DeskCounts:
    tickets: int
    calls: int


def fill_desk(connection: Connection, shop: Shop, staff: list[Worker]) -> DeskCounts:
    """Store tickets, transfers, callbacks, drafts and calls around the orders of `shop`."""
    rng = random.Random(f"{shop.seed}/desk")
    book = CaseBook(shop.seed, shop.crowd, staff, shop.now)
    recent = shop.recent[-max(200, len(shop.recent) // 4) :]
    closed = max(200, shop.orders // 25)
    cases = [*book.open_cases(recent), *book.closed_cases(shop.sampled, closed)]
    cases.sort(key=lambda case: (case.created_at, case.client_id))
    _switch_triggers(connection, "DISABLE")
    tickets = store_tickets(connection, cases, insert_categories(connection))
    insert_phrases(connection)
    past = max(300, shop.orders // 50)
    calls = [
        *calls_of_cases(tickets, shop.now, rng),
        *calls_of_today(staff, recent, shop.crowd, shop.now, rng),
        *calls_of_before(staff, shop.sampled, shop.crowd, shop.now, rng, past),
    ]
    store_calls(connection, calls, staff, shop.seed)
    drafts = _drafts(shop, staff, recent, rng)
    copy_rows(connection, "draft", "id, agent_id, kind, form, saved_at", drafts)
    claims.fill_claims(connection, shop.seed, shop.now)
    _switch_triggers(connection, "ENABLE")
    return DeskCounts(len(tickets), len(calls))


def insert_categories(connection: Connection) -> CategoryIds:
    """Add the second level of ticket types that is not there yet; ids by (type, name)."""
    rows = [
        (kind, name, place)
        for kind, (names, *_) in words.TICKET_WORDS.items()
        for place, name in enumerate(names)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ticket_category (ticket_type, name, sort) VALUES (%s, %s, %s)"
            " ON CONFLICT (ticket_type, name) DO NOTHING",
            rows,
        )
    found = connection.execute("SELECT ticket_type, name, id FROM ticket_category").fetchall()
    return {(str(kind), str(name)): int(str(id_)) for kind, name, id_ in found}


def _switch_triggers(connection: Connection, switch: LiteralString) -> None:
    for table in _TRIGGERS:
        statement = sql.SQL("ALTER TABLE {} {} TRIGGER USER")
        connection.execute(statement.format(sql.Identifier(table), sql.SQL(switch)))


def _drafts(
    shop: Shop, staff: list[Worker], sales: list[Sale], rng: random.Random
) -> Iterator[tuple[object, ...]]:
    """One or two unfinished forms for every second agent."""
    for worker in staff[::2]:
        for _ in range(rng.randint(1, 2)):
            sale = rng.choice(sales)
            kind = rng.choice(tuple(words.TICKET_WORDS))
            _, title, content = words.TICKET_WORDS[kind]
            form = TicketForm(
                client_id=UUID(int=rng.getrandbits(128), version=4),
                ticket_type=kind,
                title=title,
                content=content[: rng.randint(6, len(content))],
                customer_id=sale.customer_id,
                caller_number=shop.crowd.phone(sale.person),
                order_id=sale.order_id,
            )
            contents = FormContents(form, customer_name=shop.crowd.name(sale.person))
            id_ = UUID(int=rng.getrandbits(128), version=4)
            saved_at = shop.now - timedelta(minutes=rng.randint(3, 2_000))
            draft_kind = rng.choice(("manual", "manual", "call"))
            yield id_, worker.id, draft_kind, Jsonb(to_json(contents)), saved_at
