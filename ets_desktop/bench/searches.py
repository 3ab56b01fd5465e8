"""The twenty searches of spec 90 through our own query functions, each beside its floor."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from ets_desktop.bench import search_floors as floors
from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.domain.phone import display
from ets_desktop.queries.callers import caller_card
from ets_desktop.queries.orders import OrderSearch, count_orders, search_orders

GOAL = 1.5
#: Where the far page begins.
FAR = 200_000

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SearchPair:
    """One search: what is asked of us, what by hand, for each of some values."""

    name: str
    about: str
    floor: str
    asked: Sequence[tuple[OrderSearch, Values]]


def searches(ground: Ground) -> Iterator[Figure]:
    """The searches that find orders."""
    for pair in search_pairs(ground):
        ours = [partial(ground.database.call, search_orders, search) for search, _ in pair.asked]
        bare = [partial(ground.by_hand, pair.floor, values) for _, values in pair.asked]
        yield ground.compare(f"search {pair.name}", pair.about, ours, bare, goal=GOAL)


def search_pairs(ground: Ground) -> tuple[SearchPair, ...]:
    """All searches, with what they are asked for and their floors."""
    today = _newest_day(ground)
    return (*_by_numbers(ground), *_by_names(today), *_by_the_rest(ground, today))


def far_page(ground: Ground) -> Iterator[Figure]:
    """A page far down, by its key."""
    key = ground.bare.execute(
        "SELECT ordered_at, id FROM sales_order ORDER BY ordered_at DESC, id DESC"
        " OFFSET least(%s, (SELECT count(*) FROM sales_order) / 2) LIMIT 1",
        [FAR],
    ).fetchone()
    if key is None:
        return
    everything = OrderSearch(date_from=date(2000, 1, 1))
    ours = partial(ground.database.call, search_orders, everything, (*key, 0, 0, False))
    bare = partial(ground.by_hand, floors.FAR_PAGE, {"at": key[0], "id": key[1]})
    yield ground.compare("search far page", f"row {FAR:,}, keyset", [ours], [bare], goal=GOAL)


def capped_count(ground: Ground) -> Iterator[Figure]:
    """How many, counted up to a thousand."""
    month = _newest_day(ground) - timedelta(days=30)
    ours = partial(ground.database.call, count_orders, OrderSearch(date_from=month))
    bare = partial(ground.by_hand, floors.COUNT, {"since": start_of_day(month)})
    yield ground.compare("search count", "rows of 30 days, capped", [ours], [bare], goal=GOAL)


def screen_pop(ground: Ground) -> Iterator[Figure]:
    """Everything the caller strip shows of a number, against four statements in one pipeline."""
    numbers = ground.some(
        b"SELECT orderer_phone FROM sales_order WHERE id = ANY(%(ids)s) AND orderer_phone <> ''"
    )
    ours = [partial(ground.database.call, caller_card, number) for number in numbers]
    bare = [partial(pop_by_hand, ground, number) for number in numbers]
    yield ground.compare("screen pop", "caller card of a number", ours, bare, goal=GOAL)


def pop_by_hand(ground: Ground, number: str) -> list[list[Any]]:
    """The floor of a screen pop: four statements in one pipeline."""
    cursors = [ground.bare.cursor() for _ in floors.POP]
    with ground.bare.pipeline():
        for cursor, statement in zip(cursors, floors.POP, strict=True):
            cursor.execute(statement.encode(), {"v": number})
    found = [cursor.fetchall() for cursor in cursors]
    ground.bare.commit()
    return found


def _newest_day(ground: Ground) -> date:
    found = ground.bare.execute("SELECT max(ordered_at) FROM sales_order").fetchone()
    newest = found[0] if found else None
    return seoul_date(newest) if isinstance(newest, datetime) else date(2000, 1, 1)


def _by_numbers(ground: Ground) -> Iterator[SearchPair]:
    orders = ground.some(b"SELECT channel_order_no FROM sales_order WHERE id = ANY(%(ids)s)")
    parcels = ground.some(
        b"SELECT tracking_no FROM order_line WHERE order_id = ANY(%(ids)s) AND tracking_no <> ''"
    )
    phones = ground.some(
        b"SELECT orderer_phone FROM sales_order WHERE id = ANY(%(ids)s) AND orderer_phone <> ''"
    )
    ends = [order[-6:] for order in orders if order[-6:].isdecimal()]
    last4 = [phone[-4:] for phone in phones]

    def pair(
        name: str, about: str, floor: str, values: list[str], ask: Callable[[str], OrderSearch]
    ) -> SearchPair:
        return SearchPair(name, about, floor, [(ask(value), {"v": value}) for value in values])

    def abroad(phone: str) -> str:
        return f"+82 {display(phone)[1:]}"

    def anything(text: str) -> OrderSearch:
        return OrderSearch(anything=text)

    yield pair("order no", "exact", floors.ORDER_NO, orders, lambda v: OrderSearch(order_no=v))
    yield pair("order no, any field", "exact", floors.ORDER_NO, orders, anything)
    yield pair(
        "order no end", "last 6", floors.ORDER_NO_END, ends, lambda v: OrderSearch(order_no=v)
    )
    yield pair(
        "tracking no", "exact", floors.TRACKING_NO, parcels, lambda v: OrderSearch(tracking_no=v)
    )
    yield pair("phone", "any format", floors.PHONE, phones, lambda v: OrderSearch(phone=abroad(v)))
    yield pair(
        "phone, any field", "any format", floors.PHONE, phones, lambda v: anything(abroad(v))
    )
    yield pair("phone end", "last 4", floors.PHONE_END, last4, anything)


def _by_names(today: date) -> Iterator[SearchPair]:
    month = today - timedelta(days=30)
    since = start_of_day(month)
    yield _one(
        "common name",
        "김정민, 주문자 or 수취인",
        floors.NAME,
        "김정민",
        OrderSearch(anything="김정민"),
    )
    yield SearchPair(
        "common name and month",
        "김정민, 30 days",
        floors.NAME_IN_MONTH,
        [(OrderSearch(anything="김정민", date_from=month), {"v": "김정민", "since": since})],
    )
    yield _one("orderer", "김정민", floors.ORDERER, "김정민", OrderSearch(orderer="김정민"))
    common = OrderSearch(anything="정민")
    yield _one("given name, common", "정민", floors.GIVEN_COMMON, "정민", common)
    rare = [(OrderSearch(anything=name), {"v": name}) for name in ("훈식", "뷁쀍", "흠율", "창욱")]
    yield SearchPair("given name, rare", "rare or absent", floors.GIVEN_RARE, rare)
    yield _one("masked name", "김*민", floors.MASKED, "김_민", OrderSearch(anything="김*민"))
    yield _one("initials", "ㄱㅈㅁ", floors.INITIALS, "ㄱㅈㅁ", OrderSearch(anything="ㄱㅈㅁ"))


def _by_the_rest(ground: Ground, today: date) -> Iterator[SearchPair]:
    month, week = today - timedelta(days=30), today - timedelta(days=7)
    yield _one(
        "product, 3 letters", "텀블러", floors.PRODUCT, "텀블러", OrderSearch(product="텀블러")
    )
    yield _one("product, 2 letters", "우산", floors.PRODUCT, "우산", OrderSearch(product="우산"))
    yield SearchPair(
        "30 days",
        "newest first",
        floors.PERIOD,
        [(OrderSearch(date_from=month), {"since": start_of_day(month)})],
    )
    channel = ground.bare.execute("SELECT id FROM sales_channel WHERE code = 'cafe24'").fetchone()
    yield SearchPair(
        "mall and week",
        "카페24, 7 days",
        floors.MALL_AND_WEEK,
        [
            (
                OrderSearch(channel_code="cafe24", date_from=week),
                {"v": channel[0] if channel else 0, "since": start_of_day(week)},
            )
        ],
    )
    addresses = ground.some(b"SELECT address FROM sales_order WHERE id = ANY(%(ids)s)")
    towns = [_town(address) for address in addresses]
    asked = [(OrderSearch(address=town), {"v": town}) for town in towns if town]
    yield SearchPair("address, town", "물빛동", floors.ADDRESS, asked)
    whole = [(OrderSearch(address=address), {"v": address}) for address in addresses]
    yield SearchPair("address, whole", "long and exact", floors.ADDRESS, whole)


def _one(name: str, about: str, floor: str, value: str, search: OrderSearch) -> SearchPair:
    return SearchPair(name, about, floor, [(search, {"v": value})])


def _town(address: str) -> str:
    """The town of a demo address, without brackets."""
    words = (word.strip("(),") for word in address.split())
    return next((word for word in words if word[-1:] in "동읍면" and len(word) > 3), "")
