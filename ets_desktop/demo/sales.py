"""Orders and their lines as rows for COPY, in batches: the bulk of a load, so kept lean.

Days run up to `now`; ids rise with the time of ordering, as in a shop that has always imported.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

from ets_desktop.demo import words
from ets_desktop.demo.crowd import Crowd

ORDER_COLUMNS = (
    "id, channel_id, channel_order_no, ordered_at, paid_at, orderer_name, orderer_initials,"
    " orderer_phone, orderer_phone2, recipient_name, recipient_initials, recipient_phone,"
    " recipient_phone2, orderer_login, zipcode, address, memo, payment_method, paid_in_full,"
    " shipping_fee, order_total, order_paid, customer_id"
)
LINE_COLUMNS = (
    "id, order_id, line_no, product_id, option, quantity, unit_price, amount, order_status,"
    " channel_status, cancelled, carrier, tracking_no, ordered_at, shipped_at, delivered_at"
)
NULL = "\\N"
BATCH = 20_000
#: How many orders are remembered for the desk's tickets and calls.
RECENT = 2_000
SAMPLED = 20_000
_DAY = 86_400
#: 00:00:00+09 … 23:59:59+09, so that no time is formatted twice.
_CLOCK = [f" {s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}+09" for s in range(_DAY)]
#: How many of a day's orders come in each hour.
_HOURS = (3, 2, 1, 1, 1, 1, 2, 4, 7, 10, 13, 14, 13, 13, 13, 12, 12, 11, 10, 11, 13, 14, 11, 6)

#: Share of each status by the age of an order in days; nothing arrives in the future.
_STATUS_BY_AGE: tuple[tuple[tuple[str, int], ...], ...] = (
    (("awaiting_payment", 6), ("paid", 54), ("preparing", 34), ("cancelled", 4), ("on_hold", 2)),
    (("paid", 10), ("preparing", 40), ("ready_to_ship", 44), ("cancelled", 4), ("on_hold", 2)),
    (("ready_to_ship", 22), ("shipping", 73), ("cancelled", 4), ("on_hold", 1)),
    (("shipping", 24), ("delivered", 71), ("cancelled", 4), ("on_hold", 1)),
    (("shipping", 3), ("delivered", 93), ("cancelled", 4)),
    (("delivered", 70), ("confirmed", 26), ("cancelled", 4)),
    (("delivered", 14), ("confirmed", 82), ("cancelled", 4)),
)
#: Which of them holds from which age on.
_STATUS_FROM_AGE = (0, 1, 2, 3, 4, 7, 12)
STATUS_WORDS = {
    "awaiting_payment": "입금대기",
    "paid": "결제완료",
    "preparing": "상품준비중",
    "ready_to_ship": "배송준비중",
    "shipping": "배송중",
    "delivered": "배송완료",
    "confirmed": "구매확정",
    "cancelled": "취소완료",
    "on_hold": "배송보류",
}
_SHIPPED = frozenset({"shipping", "delivered", "confirmed"})
_ARRIVED = frozenset({"delivered", "confirmed"})


@dataclass(frozen=True, slots=True)
class Goods:
    """A product of the shop; `unit_price` in whole KRW."""

    id: int
    name: str
    code: str
    unit_price: int
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """An order as the desk's tickets and calls refer to it."""

    order_id: int
    line_id: int
    person: int
    customer_id: int | None
    ordered_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows in COPY's text form."""

    orders: bytes
    lines: bytes
    order_count: int
    line_count: int


@dataclass(slots=True)
class Shop:
    """What the orders are made of. `customers` people are registered, as ids from
    `first_customer_id`; channel ids by code; ids of orders and lines go on from the given ones."""

    seed: int
    crowd: Crowd
    goods: list[Goods]
    channel_ids: dict[str, int]
    customers: int
    first_customer_id: int
    first_order_id: int
    first_line_id: int
    orders: int
    now: datetime
    #: The newest orders, and some of all times.
    recent: list[Sale] = field(default_factory=list)
    sampled: list[Sale] = field(default_factory=list)

    def customer_id(self, person: int) -> int | None:
        return self.first_customer_id + person if person < self.customers else None


def days_covered(orders: int) -> int:
    """Half a year for a small shop, three years for a load."""
    return min(1_095, max(180, orders // 900))


def make_goods(seed: int, count: int, first_id: int) -> list[Goods]:
    """`count` products with names of their own, the well-selling ones first."""
    rng = random.Random(f"{seed}/goods")
    made: dict[str, Goods] = {}
    while len(made) < count:
        kind, options = words.GOODS[len(made) % len(words.GOODS)]
        name = f"{rng.choice(words.BRANDS)} {rng.choice(words.TRAITS)} {kind}"
        if name in made:
            name = f"{name} {rng.choice('ABCDEFGHJK')}-{rng.randrange(1, 1000)}"
        price = rng.choice((5_900, 9_900, 12_900, 18_500, 29_000, 37_000, 58_000, 129_000))
        number = len(made) + 1
        made.setdefault(name, Goods(first_id + number - 1, name, f"P{number:05d}", price, options))
    return list(made.values())


def batches(shop: Shop) -> Iterator[Batch]:
    """All orders of `shop`, oldest first; the newest are kept in `shop.recent`."""
    maker = _RowMaker(shop)
    orders: list[str] = []
    lines: list[str] = []
    for day, second, serial in _moments(shop):
        maker.make(day, second, serial, orders, lines)
        if len(orders) == BATCH:
            yield _batch(orders, lines)
            orders, lines = [], []
    if orders:
        yield _batch(orders, lines)


def _batch(orders: list[str], lines: list[str]) -> Batch:
    return Batch("".join(orders).encode(), "".join(lines).encode(), len(orders), len(lines))


def _moments(shop: Shop) -> Iterator[tuple[int, int, int]]:
    """(age in days, second of the day, number within the day) of each order, oldest first."""
    rng = random.Random(f"{shop.seed}/moments")
    today = _second_of_day(shop.now)
    ages = days_covered(shop.orders)
    # The shop grows: the newest day sells half as much again as the oldest.
    shares = list(accumulate(1 + (ages - age) / (2 * ages) for age in range(ages - 1, -1, -1)))
    given = 0
    hours = range(24)
    for place, share in enumerate(shares):
        upto = round(shop.orders * share / shares[-1])
        drawn = rng.choices(hours, weights=_HOURS, k=upto - given)
        seconds = sorted(hour * 3600 + rng.randrange(3600) for hour in drawn)
        age = ages - 1 - place
        for serial, second in enumerate(seconds):
            # Today is squeezed into the part of it that is over.
            yield age, second if age else second * today // _DAY, serial + 1
        given = upto


def _second_of_day(now: datetime) -> int:
    return now.hour * 3600 + now.minute * 60 + now.second


class _RowMaker:
    """Holds what every row needs, so that making one is a few lookups."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._random = random.Random(f"{shop.seed}/orders").random
        today = shop.now.date()
        self._days = [str(today - timedelta(days=age)) for age in range(days_covered(shop.orders))]
        self._channels = [code for code, _, share in words.CHANNELS for _ in range(share)]
        self._statuses = [[s for s, n in ages for _ in range(n)] for ages in _STATUS_BY_AGE]
        self._last_second = _second_of_day(shop.now)
        self._order_id = shop.first_order_id
        self._line_id = shop.first_line_id
        self._keep_from = shop.first_order_id + shop.orders - RECENT
        self._sample_every = max(1, shop.orders // SAMPLED)

    def make(self, age: int, second: int, serial: int, orders: list[str], lines: list[str]) -> None:
        """Append the rows of one order; the channel's clock is Korea's."""
        shop, rand = self._shop, self._random
        order_id, first_line = self._order_id, self._line_id
        code = self._channels[int(rand() * len(self._channels))]
        # Squared: some people order again and again, many once.
        person = int(rand() * rand() * shop.crowd.size)
        at = self._days[age] + _CLOCK[second]
        status = self._statuses[bisect(_STATUS_FROM_AGE, age) - 1][int(rand() * 100)]
        total = self._lines(age, at, status, lines)
        self._order_id += 1
        orders.append(self._order(order_id, code, age, second, serial, person, status, total))
        if order_id >= self._keep_from or order_id % self._sample_every == 0:
            ordered_at = datetime.fromisoformat(at)
            # Who calls about an order is known even where the order is not tied to anybody yet.
            sale = Sale(order_id, first_line, person, shop.customer_id(person), ordered_at)
            shop.sampled.append(sale)
            if order_id >= self._keep_from:
                shop.recent.append(sale)

    def _customer(self, order_id: int, person: int) -> int | None:
        """Two orders in five are tied to their registered orderer."""
        return self._shop.customer_id(person) if order_id % 5 < 2 else None

    def _order(
        self,
        order_id: int,
        code: str,
        age: int,
        second: int,
        serial: int,
        person: int,
        status: str,
        total: int,
    ) -> str:
        crowd, rand = self._shop.crowd, self._random
        to = person if rand() < 0.78 else int(rand() * crowd.size)
        orderer, recipient = crowd.looks(person), crowd.looks(to)
        day = self._days[age]
        paid = status != "awaiting_payment"
        paid_second = min(second + 240, self._last_second if age == 0 else _DAY - 1)
        safe = code in words.SAFE_NUMBER_CHANNELS and rand() < 0.4
        fee = 0 if total >= 30_000 else 3_000
        customer = self._customer(order_id, person)
        pick = int(rand() * 24)
        return (
            f"{order_id}\t{self._shop.channel_ids[code]}"
            f"\t{_channel_order_no(code, day, serial, order_id)}\t{day}{_CLOCK[second]}"
            f"\t{day + _CLOCK[paid_second] if paid else NULL}"
            f"\t{orderer.name}\t{orderer.initials or NULL}"
            f"\t{crowd.phone(person)}\t{crowd.second_phone(person) or NULL}"
            f"\t{recipient.name}\t{recipient.initials or NULL}"
            f"\t{crowd.safe_number(order_id) if safe else crowd.phone(to)}"
            f"\t{crowd.second_phone(to) or NULL}\tuser{person}\t{crowd.zipcode(to)}"
            f"\t{crowd.address(to)}\t{words.MEMOS[pick % 8]}\t{words.PAYMENTS[pick % 6]}"
            f"\t{'t' if paid else 'f'}\t{fee}\t{total + fee}\t{total + fee if paid else 0}"
            f"\t{NULL if customer is None else customer}\n"
        )

    def _lines(self, age: int, at: str, status: str, lines: list[str]) -> int:
        """Append one to three lines; their sum in KRW."""
        rand, goods = self._random, self._shop.goods
        count = 1 if rand() < 0.76 else 2 + (rand() < 0.2)
        carrier, tracking, shipped, arrived = self._delivery(age, status)
        total = 0
        for number in range(1, count + 1):
            # Squared again: few products make most of the sales.
            product = goods[int(rand() * rand() * len(goods))]
            quantity = 1 if rand() < 0.85 else 2 + int(rand() * 3)
            total += product.unit_price * quantity
            option = product.options[int(rand() * len(product.options))]
            lines.append(
                f"{self._line_id}\t{self._order_id}\t{number:02d}\t{product.id}\t{option}"
                f"\t{quantity}\t{product.unit_price}\t{product.unit_price * quantity}\t{status}"
                f"\t{STATUS_WORDS[status]}\t{'t' if status == 'cancelled' else 'f'}\t{carrier}"
                f"\t{tracking}\t{at}\t{shipped}\t{arrived}\n"
            )
            self._line_id += 1
        return total

    def _delivery(self, age: int, status: str) -> tuple[str, str, str, str]:
        if status not in _SHIPPED:
            return "", "", NULL, NULL
        pick = int(self._random() * 10_000)
        carrier = words.CARRIERS[pick % len(words.CARRIERS)]
        tracking = f"9{(self._order_id * 7_654_321) % 10**11:011d}"
        shipped = f"{self._days[age - 1]}{_CLOCK[54_000 + pick]}"
        arrived = NULL
        if status in _ARRIVED:
            arrived = f"{self._days[age - 2]}{_CLOCK[36_000 + pick * 2]}"
        return carrier, tracking, shipped, arrived


def _channel_order_no(code: str, day: str, serial: int, order_id: int) -> str:
    """A number in the channel's own form, never the same twice."""
    compact = day.replace("-", "")
    if code == "smartstore":
        return f"{compact}{(order_id * 61_981) % 10**8:08d}"
    if code == "coupang":
        return f"3{(order_id * 7_654_321) % 10**13:013d}"
    if code == "cafe24":
        return f"{compact}-{serial:07d}"
    if code == "esm":
        return f"4{(order_id * 61_981) % 10**9:09d}"
    return f"{compact}{serial:06d}{order_id % 1000:03d}"
