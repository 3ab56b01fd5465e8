"""통합주문검색 against the plainest search there is: every row of a demo shop, one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.demo.shop import fill
from ets_desktop.domain.calendar import SEOUL, seoul_date
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.hangul import bigrams, initials
from ets_desktop.local.connection import ConnectionTarget
from ets_desktop.queries.order_search import lookups, searching, statement
from ets_desktop.queries.orders import (
    CustomerOrders,
    OrderRow,
    OrderSearch,
    RowCount,
    count_orders,
    orders_of_customer,
    search_orders,
)
from tests.postgres import clone
from tests.round_trips import round_trips

NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=SEOUL)
TODAY = NOW.date()


@dataclass(frozen=True)
class Line:
    """A line with all of its order, for looking at."""

    line_id: int
    order_id: int
    channel: str
    channel_order_no: str
    order_no: str
    ordered_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    orderer: str
    recipient: str
    phones: tuple[str, ...]
    product: str
    tracking_no: str
    status: str
    address: str
    customer_id: int | None
    customer_phones: tuple[str, ...]


_LINES = b"""
    SELECT l.id, o.id, c.code, o.channel_order_no, o.order_no, o.ordered_at, o.paid_at,
        l.shipped_at, o.orderer_name, o.recipient_name,
        array_remove(ARRAY[o.orderer_phone, o.orderer_phone2, o.recipient_phone,
            o.recipient_phone2], NULL),
        lower(p.name || ' ' || p.code), l.tracking_no, l.order_status, o.address, o.customer_id,
        ARRAY(SELECT digits FROM customer_phone k WHERE k.customer_id = o.customer_id)
    FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN product p ON p.id = l.product_id
    JOIN sales_channel c ON c.id = o.channel_id
"""


@pytest.fixture(scope="module")
def shop(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="test")
        fill(database, orders=1_200, password="secret", now=NOW)
        _make_odd(database)
        yield database
        database.close()


def _make_odd(database: Database) -> None:
    """What a demo has not: moments shared by many orders, names and numbers that look alike."""
    with database.driver_connection() as connection:
        connection.execute(
            "UPDATE sales_order SET ordered_at = '2026-09-01 00:00+09' WHERE id % 9 = 0"
        )
        connection.execute(
            "UPDATE order_line l SET ordered_at = o.ordered_at FROM sales_order o"
            " WHERE o.id = l.order_id"
        )
        connection.execute(
            "UPDATE sales_order SET orderer_name = '100%_할인', orderer_initials = NULL"
            " WHERE id = 7"
        )
        connection.execute(
            "INSERT INTO person_name (name, initials, bigrams) VALUES (%s, %s, %s)",
            ["100%_할인", initials("100%_할인"), bigrams("100%_할인")],
        )


@pytest.fixture(scope="module")
def lines(shop: Database) -> list[Line]:
    found = shop.call(lambda session: driver_of(session).execute(_LINES).fetchall())
    return [Line(*row[:10], tuple(row[10]), *row[11:16], tuple(row[16])) for row in found]  # type: ignore[arg-type]


@pytest.fixture(params=["as it is", "walk and probe"])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a small shop take the ways of a large one."""
    if request.param == "walk and probe":
        monkeypatch.setattr(statement, "PROBE", 3)
        monkeypatch.setattr(searching, "FEW", 2)
        monkeypatch.setattr(searching, "WALK", 60)
        monkeypatch.setattr(lookups, "MOST_KEYS", 40)


def all_pages(shop: Database, search: OrderSearch, size: int = 37) -> list[OrderRow]:
    rows: list[OrderRow] = []
    after: tuple[object, ...] | None = None
    while True:
        page = shop.call(search_orders, search, after, size)
        assert len(page.rows) == size or page.next_key is None
        rows += page.rows
        after = page.next_key
        if after is None:
            return rows


def expected(
    lines: list[Line],
    holds: Callable[[Line], bool],
    moment: Callable[[Line], datetime | None] = lambda line: line.ordered_at,
) -> list[int]:
    """Ids of the lines, newest first, then by order downwards and line upwards, cut at 1,000."""

    def place(line: Line) -> tuple[float, int, int]:
        at = moment(line)
        assert at is not None
        return -at.timestamp(), -line.order_id, line.line_id

    return [line.line_id for line in sorted(filter(holds, lines), key=place)][:1000]


def between(moment: datetime | None, first: date | None, last: date | None) -> bool:
    if moment is None:
        return False
    day = seoul_date(moment)
    return (first is None or day >= first) and (last is None or day <= last)


def has_name(line: Line, holds: Callable[[str], bool]) -> bool:
    return holds(line.orderer) or holds(line.recipient)


WEEK = TODAY - timedelta(days=7)
MONTH = TODAY - timedelta(days=30)
CASES: dict[str, tuple[OrderSearch, Callable[[Line], bool]]] = {
    "channel": (OrderSearch(channel_code="cafe24"), lambda x: x.channel == "cafe24"),
    "unknown channel": (OrderSearch(channel_code="none"), lambda x: False),
    "period": (
        OrderSearch(date_from=MONTH, date_to=WEEK),
        lambda x: between(x.ordered_at, MONTH, WEEK),
    ),
    "open period": (OrderSearch(date_from=WEEK), lambda x: between(x.ordered_at, WEEK, None)),
    "orderer": (OrderSearch(orderer="김정민"), lambda x: "김정민" in x.orderer),
    "recipient": (OrderSearch(recipient="김정민"), lambda x: "김정민" in x.recipient),
    "name anywhere": (
        OrderSearch(anything="정민"),
        lambda x: has_name(x, lambda name: "정민" in name) or "정민" in x.product,
    ),
    "one syllable": (OrderSearch(orderer="민"), lambda x: "민" in x.orderer),
    "rare syllable": (OrderSearch(orderer="휘"), lambda x: "휘" in x.orderer),
    "absent syllable": (OrderSearch(orderer="뷁"), lambda x: False),
    "absent name": (OrderSearch(anything="뷁쀍"), lambda x: False),
    "surname": (OrderSearch(recipient="김"), lambda x: "김" in x.recipient),
    "small letters": (OrderSearch(orderer="emma lee"), lambda x: x.orderer == "Emma Lee"),
    "masked": (
        OrderSearch(orderer="김*민"),
        lambda x: len(x.orderer) == 3 and x.orderer[0] + x.orderer[2] == "김민",
    ),
    "initials": (
        OrderSearch(anything="ㄱㅈㅁ"),
        lambda x: has_name(x, lambda n: initials(n).startswith("ㄱㅈㅁ") and "*" not in n),
    ),
    "given initials": (
        OrderSearch(orderer="ㅈㅁ"),
        lambda x: "ㅈㅁ" in initials(x.orderer),
    ),
    "mixed": (
        OrderSearch(orderer="이ㅈㅁ"),
        lambda x: x.orderer.startswith("이") and initials(x.orderer).startswith("ㅇㅈㅁ"),
    ),
    "wildcards": (OrderSearch(orderer="100%_"), lambda x: x.orderer == "100%_할인"),
    "lone wildcard": (OrderSearch(orderer="%"), lambda x: "%" in x.orderer),
    "last four": (
        OrderSearch(phone="0009"),
        lambda x: any(phone.endswith("0009") for phone in x.phones),
    ),
    "a phone that nobody has": (OrderSearch(anything="010-9999-9999"), lambda x: False),
    "last six": (
        OrderSearch(anything="000190"),
        lambda x: (
            any(phone.endswith("000190") for phone in x.phones)
            or x.channel_order_no.replace("-", "").endswith("000190")
        ),
    ),
    "product": (OrderSearch(product="텀블러"), lambda x: "텀블러" in x.product),
    "product words": (
        OrderSearch(product="물빛 텀"),
        lambda x: "물빛" in x.product and "텀" in x.product,
    ),
    "product code": (OrderSearch(product="p00003"), lambda x: "p00003" in x.product),
    "every product": (OrderSearch(product="p0"), lambda x: "p0" in x.product),
    "rare status": (OrderSearch(order_status="on_hold"), lambda x: x.status == "on_hold"),
    "usual status": (OrderSearch(order_status="confirmed"), lambda x: x.status == "confirmed"),
    "status of a name": (
        OrderSearch(orderer="김", order_status="cancelled"),
        lambda x: "김" in x.orderer and x.status == "cancelled",
    ),
    "address": (OrderSearch(address="물빛동"), lambda x: "물빛동" in x.address),
    "address words": (
        OrderSearch(address="서울특별시 물빛"),
        lambda x: "서울특별시" in x.address and (" 물빛" in x.address or "(물빛" in x.address),
    ),
    "absent address": (OrderSearch(address="뷁"), lambda x: False),
    "all of it": (
        OrderSearch(
            date_from=TODAY - timedelta(days=120),
            channel_code="smartstore",
            orderer="김",
            product="p0",
            address="서울특별시",
        ),
        lambda x: (
            between(x.ordered_at, TODAY - timedelta(days=120), None)
            and x.channel == "smartstore"
            and "김" in x.orderer
            and "서울특별시" in x.address
        ),
    ),
    "both names": (
        OrderSearch(orderer="김", recipient="김"),
        lambda x: "김" in x.orderer and "김" in x.recipient,
    ),
}


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("name", CASES)
def test_a_search_finds_what_a_plain_look_finds(
    shop: Database, lines: list[Line], name: str
) -> None:
    search, holds = CASES[name]
    wanted = expected(lines, holds)
    assert [row.line_id for row in all_pages(shop, search)] == wanted
    assert shop.call(count_orders, search) == RowCount(
        len(wanted), sum(map(holds, lines)) > len(wanted)
    )


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("orderer", ["", "김정민", "김"])
def test_a_period_of_payment_or_shipping_sorts_by_that_date(
    shop: Database, lines: list[Line], orderer: str
) -> None:
    first = TODAY - timedelta(days=60)
    paid = OrderSearch(date_kind="paid", date_from=first, date_to=WEEK, orderer=orderer)
    assert [row.line_id for row in all_pages(shop, paid)] == expected(
        lines,
        lambda x: between(x.paid_at, first, WEEK) and orderer in x.orderer,
        lambda x: x.paid_at,
    )
    shipped = OrderSearch(date_kind="shipped", date_from=first, orderer=orderer)
    assert [row.line_id for row in all_pages(shop, shipped)] == expected(
        lines,
        lambda x: between(x.shipped_at, first, None) and orderer in x.orderer,
        lambda x: x.shipped_at,
    )


def test_without_a_period_its_kind_means_nothing(shop: Database) -> None:
    plain = OrderSearch(product="텀블러")
    paid = OrderSearch(product="텀블러", date_kind="paid")
    assert all_pages(shop, plain) == all_pages(shop, paid)


def test_every_number_of_an_order_finds_it(shop: Database, lines: list[Line]) -> None:
    cafe24 = next(x for x in lines if x.channel == "cafe24" and x.tracking_no)
    market = next(x for x in lines if x.channel == "esm")
    for line, typed in (
        (cafe24, cafe24.channel_order_no),
        (cafe24, cafe24.channel_order_no.replace("-", "")),
        (cafe24, cafe24.order_no),
        (cafe24, f"s{cafe24.order_id}"),
        (cafe24, cafe24.tracking_no),
        (cafe24, cafe24.phones[0]),
        (cafe24, f"+82 {cafe24.phones[0][1:]}"),
        (market, market.channel_order_no),
        (market, market.channel_order_no[-6:]),
    ):
        found = [row.order_id for row in all_pages(shop, OrderSearch(anything=typed))]
        assert line.order_id in found, typed
    for search in (
        OrderSearch(order_no=cafe24.order_no),
        OrderSearch(order_no=cafe24.channel_order_no),
        OrderSearch(tracking_no=f"{cafe24.tracking_no[:4]}-{cafe24.tracking_no[4:]}"),
        OrderSearch(tracking_no=cafe24.tracking_no, product="p0"),
        OrderSearch(tracking_no=cafe24.tracking_no, anything="p0", orderer=cafe24.orderer),
    ):
        assert {row.order_id for row in all_pages(shop, search)} == {cafe24.order_id}


def test_the_end_of_a_long_number_counts_only_if_nothing_has_the_whole(
    shop: Database, lines: list[Line]
) -> None:
    whole = next(x for x in lines if x.channel == "smartstore").channel_order_no
    assert {row.channel_order_no for row in all_pages(shop, OrderSearch(order_no=whole))} == {whole}
    ending = all_pages(shop, OrderSearch(order_no=whole[5:]))
    assert whole in {row.channel_order_no for row in ending}


def test_a_row_tells_all_of_its_columns(shop: Database, lines: list[Line]) -> None:
    line = next(x for x in lines if x.tracking_no)
    row = all_pages(shop, OrderSearch(tracking_no=line.tracking_no))[0]
    assert (row.order_no, row.channel_order_no) == (line.order_no, line.channel_order_no)
    assert (row.orderer, row.recipient) == (line.orderer, line.recipient)
    assert row.phone == line.phones[0]
    assert row.product.lower() in line.product
    assert (row.order_status, row.tracking_no) == (line.status, line.tracking_no)
    assert row.sorted_at == row.ordered_at == line.ordered_at
    assert (row.quantity >= 1, row.amount is not None, row.channel != "") == (True, True, True)


def test_open_tickets_of_an_order_are_counted(shop: Database) -> None:
    rows = all_pages(shop, OrderSearch(date_from=WEEK))
    counted = {row.order_id: row.open_tickets for row in rows}
    open_ones = shop.call(
        lambda session: (
            driver_of(session)
            .execute(
                "SELECT order_id, count(*) FROM ticket"
                " WHERE status IN ('received', 'transferred') GROUP BY 1"
            )
            .fetchall()
        )
    )
    stored = {int(str(order)): count for order, count in open_ones}
    assert counted == {order: stored.get(order, 0) for order in counted}
    assert any(counted.values())


@pytest.mark.parametrize(
    ("search", "code"),
    [
        (OrderSearch(), "search_needs_condition"),
        (OrderSearch(date_to=TODAY), "search_needs_condition"),
        (OrderSearch(anything=" ", address=" ", product="\x00"), "search_needs_condition"),
        (OrderSearch(phone="김정민"), "search_phone_unreadable"),
    ],
)
def test_a_search_that_says_nothing_is_refused(
    shop: Database, search: OrderSearch, code: str
) -> None:
    for function in (search_orders, count_orders):
        with pytest.raises(RuleViolation, match=code):
            shop.call(function, search)


def test_no_more_than_a_thousand_rows_are_shown(shop: Database) -> None:
    everything = OrderSearch(date_from=date(2020, 1, 1))
    rows = all_pages(shop, everything, size=300)
    assert len(rows) == 1000
    assert shop.call(count_orders, everything) == RowCount(1000, is_capped=True)


@pytest.mark.parametrize(
    "typed",
    ["'; DROP TABLE ticket; --", "%(v0)s", "%s", "\\", "'", '"', "{}", "{hit}", "🙂", "가" * 500],
)
def test_hostile_text_is_only_text(shop: Database, typed: str) -> None:
    for name in ("anything", "order_no", "orderer", "product", "tracking_no", "address"):
        assert all_pages(shop, OrderSearch(**{name: typed})) == []


def test_a_search_takes_one_round_trip_and_one_for_each_dictionary(shop: Database) -> None:
    assert round_trips(shop, search_orders, OrderSearch(phone="010-9999-9999")) == 1
    assert round_trips(shop, search_orders, OrderSearch(anything="김정민")) == 2
    # Nobody has the number: it may be an order's or a parcel's after all.
    assert round_trips(shop, search_orders, OrderSearch(anything="010-9999-9999")) == 2
    assert round_trips(shop, count_orders, OrderSearch(anything="1234")) == 1


@pytest.mark.usefixtures("_small")
def test_a_customer_has_the_orders_tied_and_those_with_the_numbers(
    shop: Database, lines: list[Line]
) -> None:
    tied = next(x for x in lines if x.customer_id is not None and x.customer_phones)
    assert tied.customer_id is not None

    def is_theirs(line: Line) -> bool:
        if line.customer_id is not None:
            return line.customer_id == tied.customer_id
        return bool(set(line.phones) & set(tied.customer_phones))

    page = shop.call(orders_of_customer, tied.customer_id)
    assert [row.line_id for row in page.rows] == expected(lines, is_theirs)
    part = CustomerOrders(date_from=MONTH, channel_code=tied.channel, product="p0")
    fewer = shop.call(orders_of_customer, tied.customer_id, part)
    assert [row.line_id for row in fewer.rows] == expected(
        lines,
        lambda x: is_theirs(x) and between(x.ordered_at, MONTH, None) and x.channel == tied.channel,
    )


def test_a_customer_without_numbers_has_the_orders_tied(shop: Database, lines: list[Line]) -> None:
    # The last one, for the test above takes the first.
    tied = max(x.customer_id for x in lines if x.customer_id is not None)
    with shop.driver_connection() as connection:
        connection.execute("DELETE FROM customer_phone WHERE customer_id = %s", [tied])
    page = shop.call(orders_of_customer, tied)
    assert {row.customer_id for row in page.rows} == {tied}
    assert shop.call(orders_of_customer, -1).rows == ()
