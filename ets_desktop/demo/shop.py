"""Fills a database with the invented shop, in one transaction: all of it or nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.demo import customers, past_year, words
from ets_desktop.demo.crowd import Crowd
from ets_desktop.demo.desk import DeskCounts, fill_desk, insert_categories
from ets_desktop.demo.loading import (
    Connection,
    copy_rows,
    copy_text,
    indexes_aside,
    next_ids,
)
from ets_desktop.demo.logins import create_logins, new_password
from ets_desktop.demo.sales import LINE_COLUMNS, ORDER_COLUMNS, Shop, batches, make_goods
from ets_desktop.demo.staff import Worker, insert_staff, require_extensions
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.hangul import bigrams, initials
from ets_desktop.services.statistics_folding import fold_statistics

SEED: Final = 20_261_121
_SETTING = "demo"
#: From here on it pays to build the indexes after the rows.
_LOAD_FROM = 20_000
#: From here on the house has a year behind it: so many tickets and calls an order.
_YEAR_FROM = 100_000
_YEAR_TICKETS, _YEAR_CALLS = 0.36, 1.48
_DAYS_AT_ONCE = 100
_BULKY = (
    "customer",
    "customer_phone",
    "customer_address",
    "sales_order",
    "order_line",
    "person_name",
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was filled in; `password` is everybody's, `seconds` the whole time."""

    orders: int
    lines: int
    customers: int
    products: int
    tickets: int
    calls: int
    logins: tuple[str, ...]
    password: str
    seconds: float


def silent(stage: str, done: int, total: int) -> None:
    """A progress that tells nobody."""


def has_nobody(session: Session) -> bool:
    """True while no agent is known, so that nobody could log in; orders may be there already."""
    return driver_of(session).execute("SELECT FROM agent LIMIT 1").fetchone() is None


def fill(
    database: Database,
    *,
    orders: int = 2_000,
    seed: int = SEED,
    password: str | None = None,
    with_logins: bool = True,
    now: datetime | None = None,
    progress: Progress = silent,
) -> DemoSummary:
    """Fill `database` (as its owner) with a shop of `orders` orders and the desk around them.

    The same seed and `now` (else: the last full ten minutes) give the same rows. `password` is
    for the logins agent101 … agent140, supervisor and admin; without one it is made up; without
    `with_logins` nobody gets one (logins belong to the whole server). `progress(stage, done,
    total)` is told of the stages customers, orders, indexes, year, desk, days. Raises EtsError
    `demo_exists`, `demo_extension_taken` (by an agent of the shop's own).
    """
    began = time.monotonic()
    moment = (now or last_ten_minutes(datetime.now(SEOUL))).astimezone(SEOUL)
    moment = moment.replace(microsecond=0)
    password = password or new_password()
    with database.driver_connection() as connection:
        _claim(connection, orders, seed, moment)
        if orders < _LOAD_FROM:
            shop, lines = _load_shop(connection, orders, seed, moment, progress)
        else:
            with indexes_aside(connection, _BULKY):
                shop, lines = _load_shop(connection, orders, seed, moment, progress)
                progress("indexes", 0, 1)
            progress("indexes", 1, 1)
        staff = insert_staff(connection)
        counts = _load_desk(connection, shop, staff, progress)
        if with_logins:
            create_logins(connection, password)
        connection.execute("ANALYZE")
        progress("desk", 1, 1)
    _settle(database, orders, progress)
    return _summary(shop, lines, staff, counts, password, time.monotonic() - began)


def last_ten_minutes(now: datetime) -> datetime:
    """The last full ten minutes, so that two demos made one after the other are the same."""
    return now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0)


def _summary(
    shop: Shop, lines: int, staff: list[Worker], counts: DeskCounts, password: str, seconds: float
) -> DemoSummary:
    return DemoSummary(
        orders=shop.orders,
        lines=lines,
        customers=shop.customers,
        products=len(shop.goods),
        tickets=counts.tickets,
        calls=counts.calls,
        logins=tuple(worker.login for worker in staff),
        password=password,
        seconds=round(seconds, 1),
    )


def _claim(connection: Connection, orders: int, seed: int, now: datetime) -> None:
    """Take the one place of a demo; a second filling at the same time waits and is refused."""
    facts = {"orders": orders, "seed": seed, "filled_for": now.isoformat()}
    taken = connection.execute(
        "INSERT INTO setting (key, value) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING",
        [_SETTING, Jsonb(facts)],
    )
    if taken.rowcount == 0:
        raise EtsError("demo_exists")
    require_extensions(connection)


def _load_shop(
    connection: Connection, orders: int, seed: int, now: datetime, progress: Progress
) -> tuple[Shop, int]:
    shop = _plan(connection, orders, seed, now)
    _load_customers(connection, shop, progress)
    lines = _load_orders(connection, shop, progress)
    _remember_names(connection, shop.crowd)
    return shop, lines


def _plan(connection: Connection, orders: int, seed: int, now: datetime) -> Shop:
    products = min(4_000, 60 + orders // 300)
    goods = make_goods(seed, products, next_ids(connection, "product", products))
    copy_rows(
        connection, "product", "id, name, code", [(one.id, one.name, one.code) for one in goods]
    )
    # As many customers as orders, and a quarter more people who never registered.
    registered = max(orders, 10)
    return Shop(
        seed=seed,
        crowd=Crowd(seed, registered * 5 // 4),
        goods=goods,
        channel_ids=_channel_ids(connection),
        customers=registered,
        first_customer_id=next_ids(connection, "customer", registered),
        first_order_id=next_ids(connection, "sales_order", orders),
        # An order has at most three lines.
        first_line_id=next_ids(connection, "order_line", orders * 3),
        orders=orders,
        now=now,
    )


def _channel_ids(connection: Connection) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sales_channel (code, name) VALUES (%s, %s) ON CONFLICT (code) DO NOTHING",
            [(code, name) for code, name, _ in words.CHANNELS],
        )
    found = connection.execute("SELECT code, id FROM sales_channel").fetchall()
    return {str(code): int(str(id_)) for code, id_ in found}


def _load_customers(connection: Connection, shop: Shop, progress: Progress) -> None:
    done = 0
    for people, phones, addresses in customers.batches(
        shop.seed, shop.crowd, shop.customers, shop.first_customer_id, shop.now
    ):
        copy_text(connection, "customer", customers.CUSTOMER_COLUMNS, people)
        copy_text(connection, "customer_phone", customers.PHONE_COLUMNS, phones)
        copy_text(connection, "customer_address", customers.ADDRESS_COLUMNS, addresses)
        done = min(done + customers.BATCH, shop.customers)
        progress("customers", done, shop.customers)


def _load_orders(connection: Connection, shop: Shop, progress: Progress) -> int:
    done = lines = 0
    for batch in batches(shop):
        copy_text(connection, "sales_order", ORDER_COLUMNS, batch.orders)
        copy_text(connection, "order_line", LINE_COLUMNS, batch.lines)
        done += batch.order_count
        lines += batch.line_count
        progress("orders", done, shop.orders)
    return lines


def _remember_names(connection: Connection, crowd: Crowd) -> None:
    """Enter the crowd's names in the dictionary that part-of-name searches start from."""
    connection.execute("CREATE TEMPORARY TABLE named (name text, initials text, bigrams text[])")
    copy_rows(
        connection,
        "named",
        "name, initials, bigrams",
        ((name, initials(name), bigrams(name)) for name in crowd.names()),
    )
    connection.execute(
        "INSERT INTO person_name (name, initials, bigrams) SELECT * FROM named"
        " ON CONFLICT (name) DO NOTHING"
    )
    connection.execute("DROP TABLE named")


def _load_desk(
    connection: Connection, shop: Shop, staff: list[Worker], progress: Progress
) -> DeskCounts:
    big = shop.orders >= _YEAR_FROM
    before = _load_year(connection, shop, progress) if big else DeskCounts(0, 0)
    counts = fill_desk(connection, shop, staff)
    # What was kept of days does not know of these rows: triggers stood aside.
    connection.execute("SELECT forget_statistics()")
    return DeskCounts(counts.tickets + before.tickets, counts.calls + before.calls)


def _settle(database: Database, orders: int, progress: Progress) -> None:
    if orders >= _LOAD_FROM:
        _vacuum(database)
    if orders >= _YEAR_FROM:
        _keep_days(database, progress)


def _load_year(connection: Connection, shop: Shop, progress: Progress) -> DeskCounts:
    tickets, calls = round(shop.orders * _YEAR_TICKETS), round(shop.orders * _YEAR_CALLS)
    progress("year", 0, tickets + calls)
    with indexes_aside(connection, past_year.TABLES):
        past_year.fill_year(
            connection,
            insert_categories(connection),
            seed=shop.seed,
            now=shop.now,
            tickets=tickets,
            calls=calls,
        )
    progress("year", tickets + calls, tickets + calls)
    return DeskCounts(tickets, calls)


def _keep_days(database: Database, progress: Progress) -> None:
    """Count the days for 통계, as the gateway does it by and by."""
    done = 0
    while folded := database.call(fold_statistics, _DAYS_AT_ONCE).value:
        done += folded
        progress("days", done, done + 1)
    progress("days", done, done)


def _vacuum(database: Database) -> None:
    """Mark a load's pages as settled now, or autovacuum would do it in the midst of measuring."""
    connection = database.listening_connection()
    try:
        connection.execute("VACUUM " + ", ".join((*_BULKY, *past_year.TABLES)))
    finally:
        connection.close()
