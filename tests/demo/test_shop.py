"""The demo shop: complete, deterministic, fictitious, refused twice."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.demo import shop as demo
from ets_desktop.demo.logins import set_demo_password
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.statistics import Measure, StatisticsQuestion
from ets_desktop.erp.exports.channels import CHANNEL_OF_CODE
from ets_desktop.local.connection import ConnectionTarget
from ets_desktop.queries.statistics import statistics
from tests.factories import an_agent, make
from tests.postgres import clone

NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=SEOUL)
PASSWORD = "demo-password"
YEAR = StatisticsQuestion(date(2025, 11, 22), date(2026, 11, 21))
FICTITIOUS = re.compile(r"010000\d{5}|050[2-7]0000?\d{4}|0700000\d{4}|0(?:2|31)000\d{4}")
TABLES = (
    "agent",
    "customer",
    "customer_phone",
    "customer_address",
    "sales_order",
    "order_line",
    "person_name",
    "ticket",
    "ticket_history",
    "transfer",
    "callback",
    "draft",
    "call",
    "call_leg",
    "activity",
    "claim",
    "claim_line",
    "pickup",
    "logistics_instruction",
)


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    """Empty."""
    opened = Database(clean_database, application_name="test", pool_size=1)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shop(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    """Filled, for all tests of this module that add nothing another would mind."""
    with clone(postgres_server, template_database) as target:
        opened = Database(target.url(), application_name="test", pool_size=1)
        fill(opened)
        yield opened
        opened.close()


def fill(database: Database, now: datetime = NOW) -> demo.DemoSummary:
    return demo.fill(database, orders=400, password=PASSWORD, now=now)


def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.driver_connection() as connection:
        return connection.execute(statement.encode()).fetchall()


def one(database: Database, statement: str) -> object:
    return rows(database, statement)[0][0]


def test_some_cards_tell_more(shop: Database) -> None:
    told = one(
        shop,
        "SELECT count(*) FILTER (WHERE occupation <> '') > 100"
        " AND count(*) FILTER (WHERE coupon <> '') > 20 AND max(cashback) > 10000"
        " AND count(*) FILTER (WHERE introducer <> '') > 10 AND bool_or(mailing)"
        " AND count(DISTINCT address_kind) = 4 FROM customer",
    )
    assert told
    safe = "SELECT count(*) FROM customer_phone WHERE kind = 'safe' AND captured_at"
    assert int(str(one(shop, f"{safe} < now() - interval '30 days'"))) > 0
    assert int(str(one(shop, f"{safe} >= '{NOW}'::timestamptz - interval '30 days'"))) > 0
    assert int(str(one(shop, "SELECT count(*) FROM customer_address"))) > 10
    missing = "SELECT count(*) FROM customer c WHERE introducer <> '' AND NOT EXISTS"
    assert one(shop, f"{missing} (SELECT FROM customer i WHERE i.customer_no = c.introducer)") == 0


def test_a_filled_desk_has_every_kind_of_work(database: Database) -> None:
    assert database.call(demo.has_nobody)
    summary = fill(database)
    assert not database.call(demo.has_nobody)
    assert (summary.orders, summary.password) == (400, PASSWORD)
    assert one(database, "SELECT count(*) FROM order_line") == summary.lines
    assert one(database, "SELECT count(*) FROM ticket") == summary.tickets
    statuses = {status for (status,) in rows(database, "SELECT DISTINCT status FROM ticket")}
    assert statuses == {"received", "transferred", "completed", "discarded"}
    kinds = rows(
        database,
        """SELECT count(*) FILTER (WHERE seen_at IS NULL),
            count(*) FILTER (WHERE accepted_at IS NOT NULL),
            count(*) FILTER (WHERE returned_at IS NOT NULL),
            count(*) FILTER (WHERE recalled_at IS NOT NULL),
            count(*) FILTER (WHERE to_team_id IS NOT NULL), count(*) FILTER (WHERE NOT ticket_open)
        FROM transfer""",
    )
    assert all(int(str(count)) > 0 for count in kinds[0])
    outcomes = {outcome for (outcome,) in rows(database, "SELECT outcome FROM callback")}
    assert {None, "succeeded", "cancelled"} <= outcomes
    assert one(database, "SELECT count(*) FROM draft") != 0
    assert one(database, "SELECT count(*) FROM activity") != 0


def test_a_big_house_has_a_year_behind_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_YEAR_FROM", 400)
    summary = fill(database)
    assert one(database, "SELECT count(*) FROM ticket") == summary.tickets > 400 * 0.36
    assert one(database, "SELECT count(*) FROM call") == summary.calls > 400 * 1.48
    for twice in ("ticket_no FROM ticket", "order_line_id FROM claim_line"):
        assert one(database, f"SELECT count(*) = count(DISTINCT x) FROM (SELECT {twice}) f (x)")
    future = f"'{NOW}'::timestamptz"
    late = f"SELECT count(*) FROM ticket WHERE greatest(updated_at, completed_at) > {future}"
    assert one(database, late) == 0
    assert one(database, f"SELECT count(*) FROM call_leg WHERE ended_at > {future}") == 0
    days = "SELECT count(DISTINCT (created_at AT TIME ZONE 'Asia/Seoul')::date) > 80 FROM ticket"
    assert one(database, days)
    assert database.call(statistics, YEAR).total.values[Measure.CALLS]
    assert one(database, "SELECT count(*) > 0 FROM statistics_day")
    kinds = "SELECT count(DISTINCT claim_type) FROM claim WHERE step = 'done'"
    assert one(database, kinds) == 2


def test_every_telephone_rang_today(shop: Database) -> None:
    calls = rows(
        shop,
        """SELECT extension, count(*) FILTER (WHERE talked_at IS NULL) AS missed FROM call_leg
        WHERE rang_at >= '2026-11-21 00:00+09' GROUP BY extension""",
    )
    assert {extension for extension, _ in calls} == {str(n) for n in range(101, 141)}
    assert sum(int(str(missed)) for _, missed in calls) > 20


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_nothing_has_happened_in_the_future(database: Database, hour: int) -> None:
    now = NOW.replace(hour=hour, minute=2)
    fill(database, now)
    for moment in (
        "SELECT max(ordered_at) FROM sales_order",
        "SELECT max(paid_at) FROM sales_order",
        "SELECT max(delivered_at) FROM order_line",
        "SELECT max(shipped_at) FROM order_line",
        "SELECT max(greatest(created_at, updated_at, completed_at)) FROM ticket",
        "SELECT max(greatest(sent_at, seen_at, accepted_at, returned_at)) FROM transfer",
        "SELECT max(ended_at) FROM call_leg",
        "SELECT max(saved_at) FROM draft",
    ):
        latest = one(database, moment)
        assert isinstance(latest, datetime)
        assert latest <= now, moment


def test_what_is_handed_on_goes_step_by_step(shop: Database) -> None:
    """To the second, as the lists tell it."""
    together = """
        SELECT count(*) FROM transfer x JOIN ticket t ON t.id = x.ticket_id
        WHERE date_trunc('second', x.sent_at) <= date_trunc('second', t.created_at)
           OR date_trunc('second', coalesce(x.recalled_at, x.returned_at, x.accepted_at))
              <= date_trunc('second', x.sent_at)
           OR t.completed_at < coalesce(x.accepted_at, x.sent_at)
    """
    assert shop.call(lambda s: s.execute(text(together)).scalar()) == 0


def test_the_same_seed_and_day_give_the_same_rows(database: Database) -> None:
    def content() -> list[object]:
        unstable = "- 'imported_at' - 'updated_at' - 'state_since' - 'created_at' - 'id'"
        return [
            rows(database, f"SELECT to_jsonb(t) {unstable} FROM {name} t ORDER BY 1::text")
            for name in ("customer", "sales_order", "person_name", "ticket", "call_leg")
        ]

    fill(database)
    first = content()
    with database.driver_connection() as connection:
        names = ", ".join([*TABLES, "product", "setting", "ticket_day"])
        # Trails are never emptied but by whoever may put the guards aside.
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())
    fill(database)
    assert content() == first


def test_demos_made_one_after_the_other_are_made_for_the_same_moment() -> None:
    moments = {demo.last_ten_minutes(NOW.replace(minute=minute)) for minute in (0, 4, 9)}
    assert moments == {NOW.replace(minute=0, second=0)}
    assert demo.last_ten_minutes(NOW.replace(minute=59)) == NOW.replace(minute=50, second=0)


def test_a_demo_made_at_midnight_is_a_demo(database: Database) -> None:
    assert fill(database, NOW.replace(hour=0, minute=0, second=0)).calls > 0


def test_numbers_belong_to_nobody(shop: Database) -> None:
    found = rows(
        shop,
        """SELECT digits FROM customer_phone UNION SELECT caller_number FROM ticket
        UNION SELECT unnest(ARRAY[orderer_phone, orderer_phone2, recipient_phone,
            recipient_phone2]) FROM sales_order UNION SELECT caller_number FROM call""",
    )
    numbers = [str(number) for (number,) in found if number is not None]
    assert [number for number in numbers if not FICTITIOUS.fullmatch(number)] == []
    typed = [str(text) for (text,) in rows(shop, "SELECT typed FROM customer_phone")]
    assert {text[:3] for text in typed} >= {"010", "+82", "008", "821", " 01"}


def test_the_channels_are_those_whose_exports_are_read(shop: Database) -> None:
    channels = {
        str(code): name for code, name in rows(shop, "SELECT code, name FROM sales_channel")
    }
    assert channels.pop("own") == "자사몰"
    assert channels == {code: CHANNEL_OF_CODE[code].name for code in channels}


def test_some_numbers_belong_to_several_customers(shop: Database) -> None:
    assert one(
        shop,
        "SELECT count(*) FROM (SELECT FROM customer_phone GROUP BY digits HAVING count(*) > 1) s",
    )


def test_the_logins_work_and_have_their_roles(database: Database) -> None:
    fill(database)
    for login, role in (("agent101", "ets_agent"), ("supervisor", "ets_supervisor")):
        url = make_conninfo(database.url, user=login, password=PASSWORD)
        with psycopg.connect(url) as connection:
            member = connection.execute("SELECT pg_has_role(%s, 'MEMBER')", [role]).fetchone()
        assert member == (True,)
    database.call(set_demo_password, "another-one")
    with psycopg.connect(make_conninfo(database.url, user="admin", password="another-one")):
        pass


def test_logins_can_be_left_alone(database: Database) -> None:
    demo.fill(database, orders=20, password="never-set", with_logins=False, now=NOW)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(make_conninfo(database.url, user="agent102", password="never-set"))


def test_a_password_is_made_up_when_none_is_given(database: Database) -> None:
    summary = demo.fill(database, orders=20, now=NOW)
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", summary.password)


def test_an_extension_of_the_shops_own_is_told(database: Database) -> None:
    make(database, an_agent, name="김상담", extension="101")
    with pytest.raises(EtsError, match="demo_extension_taken") as refused:
        demo.fill(database, orders=20, now=NOW)
    assert refused.value.details == {"extension": "101"}
    assert one(database, "SELECT count(*) FROM sales_order") == 0


def test_a_second_demo_is_refused_and_changes_nothing(shop: Database) -> None:
    with pytest.raises(EtsError, match="demo_exists"):
        fill(shop)
    assert one(shop, "SELECT count(*) FROM sales_order") == 400


def test_new_tickets_and_orders_go_on_numbering(shop: Database) -> None:
    tickets = one(shop, "SELECT max(id) FROM ticket")
    assert isinstance(tickets, int)
    assert one(shop, "SELECT nextval(pg_get_serial_sequence('ticket', 'id'))") == tickets + 1
    numbers = one(shop, "SELECT max(ticket_no) FROM ticket WHERE ticket_no LIKE '261121%'")
    last = one(shop, "SELECT last_no FROM ticket_day WHERE day = '2026-11-21'")
    assert numbers == f"261121-{last:05d}"


def test_a_load_has_the_indexes_and_keys_of_a_small_shop(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def catalogue() -> list[tuple[object, ...]]:
        return rows(
            database,
            """SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1""",
        )

    before = catalogue()
    monkeypatch.setattr(demo, "_LOAD_FROM", 100)
    told: list[str] = []
    summary = demo.fill(
        database, orders=400, now=NOW, progress=lambda stage, done, total: told.append(stage)
    )
    assert catalogue() == before
    assert list(dict.fromkeys(told)) == ["customers", "orders", "indexes", "desk"]
    assert replace(summary, seconds=0).orders == 400


def test_triggers_tell_again_afterwards(shop: Database) -> None:
    with shop.driver_connection() as connection:
        connection.execute("UPDATE ticket SET title = 'x', version = version + 1 WHERE id = 1")
    assert one(shop, "SELECT count(*) FROM ticket_history WHERE field = 'title'") == 1


def test_claims_stand_at_every_step_and_hold_what_the_database_asks(shop: Database) -> None:
    steps = {step for (step,) in rows(shop, "SELECT step FROM claim")}
    assert {"pickup_ordered", "collecting", "arrived", "done"} <= steps
    assert one(shop, "SELECT count(*) FROM claim WHERE held") != 0
    assert one(shop, "SELECT count(*) FROM pickup WHERE return_waybill <> ''") != 0
    wrong = """
        SELECT count(*) FROM claim c JOIN claim_line l ON l.claim_id = c.id
            JOIN order_line b ON b.id = l.order_line_id
        WHERE c.step <> l.step OR l.quantity > b.quantity OR b.shipped_at IS NULL
            OR l.takes <> claim_line_takes(c.claim_type, l.step, l.decision)
            OR (c.closed_at IS NULL) <> (l.step NOT IN ('done', 'withdrawn'))
            OR c.created_at > coalesce(c.arrived_at, c.updated_at)
    """
    assert one(shop, wrong) == 0
    titles = "SELECT DISTINCT title FROM ticket JOIN claim c ON c.ticket_id = ticket.id"
    assert {title for (title,) in rows(shop, titles)} == {"반품접수처리", "동일상품교환"}
