"""A year of 통계 in each dimension, and what searches feel while four supervisors ask for one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from types import MappingProxyType
from typing import Any, LiteralString

from psycopg.sql import SQL, Composed

from ets_desktop.bench.ground import Ground
from ets_desktop.bench.searches import search_pairs
from ets_desktop.bench.timing import Figure, spread_of, timed, turn_by_turn
from ets_desktop.db.engine import Database
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.domain.statistics import Dimension, StatisticsQuestion
from ets_desktop.queries.orders import search_orders
from ets_desktop.queries.statistics import statistics

LIMIT_MS = 1_000
SUPERVISORS = 4
#: Searches feel no more than this.
BESIDE_GOAL = 1.25
#: A question takes as long as hundreds of searches.
_SELDOM = 40
_TURNS = 4

_LINE: LiteralString = " LEFT JOIN order_line l ON l.id = t.order_line_id"
_ORDER: LiteralString = " LEFT JOIN sales_order o ON o.id = t.order_id"
#: By hand from the base tables: the key of tickets received, of those completed, of calls; a join.
_BY_HAND: Mapping[Dimension, tuple[LiteralString, LiteralString, LiteralString, LiteralString]] = (
    MappingProxyType(
        {
            Dimension.DAY: (
                "(t.created_at AT TIME ZONE 'Asia/Seoul')::date",
                "(t.completed_at AT TIME ZONE 'Asia/Seoul')::date",
                "(c.rang_at AT TIME ZONE 'Asia/Seoul')::date",
                "",
            ),
            Dimension.AGENT: ("t.created_by", "t.completed_by", "l.extension", ""),
            Dimension.TYPE: ("t.ticket_type", "t.ticket_type", "", ""),
            Dimension.CATEGORY: ("t.category_id", "t.category_id", "", ""),
            Dimension.CHANNEL: ("o.channel_id", "o.channel_id", "", _ORDER),
            Dimension.PRODUCT: ("l.product_id", "l.product_id", "", _LINE),
        }
    )
)


_RECEIVED = SQL("""
    SELECT {key}, count(*) FROM ticket t {join}
    WHERE t.created_at >= %(since)s AND t.created_at < %(until)s GROUP BY 1
""")
_COMPLETED = SQL("""
    SELECT {key}, count(*), percentile_disc(ARRAY[0.5, 0.9])
        WITHIN GROUP (ORDER BY t.completed_at - t.created_at)
    FROM ticket t {join} WHERE t.completed_at >= %(since)s AND t.completed_at < %(until)s GROUP BY 1
""")
_CALLED = SQL("""
    SELECT {key}, count(*), count(l.talked_at), percentile_disc(ARRAY[0.5, 0.9])
        WITHIN GROUP (ORDER BY l.talked_at - c.rang_at)
    FROM call c LEFT JOIN call_leg l ON l.call_id = c.id
    WHERE c.direction = 'in' AND c.rang_at >= %(since)s AND c.rang_at < %(until)s GROUP BY 1
""")


def statistics_year(ground: Ground) -> Iterator[Figure]:
    """Every measure by each dimension, beside three of them from the base tables."""
    asked = _year()
    edges = {
        "since": start_of_day(asked.first),
        "until": start_of_day(asked.last + timedelta(days=1)),
    }
    for dimension, (received, completed, called, join) in _BY_HAND.items():
        statements = [
            _RECEIVED.format(key=SQL(received), join=SQL(join)),
            _COMPLETED.format(key=SQL(completed), join=SQL(join)),
            *([_CALLED.format(key=SQL(called))] if called else []),
        ]
        bare = partial(_all_by_hand, ground, statements, edges)
        question = StatisticsQuestion(asked.first, asked.last, dimension)
        ours = partial(ground.database.call, statistics, question)
        mine, floor = turn_by_turn([ours], [bare], max(2, ground.rounds // _SELDOM))
        about = "all measures; floor: received, completed, calls from the base tables"
        yield Figure(f"statistics year, {dimension}", about, mine, floor, limit=LIMIT_MS)


def searches_beside(ground: Ground) -> Iterator[Figure]:
    """All searches in rotation, while four supervisors ask for a year without a pause and while
    nobody does, in turns."""
    asked = [search for pair in search_pairs(ground) for search, _ in pair.asked]
    works = [partial(ground.database.call, search_orders, search) for search in asked]
    for work in works:
        work()
    alone: list[float] = []
    beside: list[float] = []
    each = max(len(works), ground.rounds) // _TURNS
    for turn in range(_TURNS):
        part = [works[(turn * each + n) % len(works)] for n in range(each)]
        alone += [timed(work) for work in part]
        with _supervisors(ground.database.url) as answered:
            beside += [timed(work) for work in part]
        questions = answered()
    about = f"the searches of `search`; floor: while nobody asks; {questions} questions at last"
    yield Figure(
        "searches beside statistics",
        about,
        spread_of(beside),
        spread_of(alone),
        goal=BESIDE_GOAL,
    )


@contextmanager
def _supervisors(url: str) -> Iterator[Callable[[], int]]:
    """Four who ask for a year by one dimension after the other; how many answers they got.

    In a process of their own, as on PCs of their own: here they would take turns with the searches.
    """
    context = get_context("spawn")
    leaving, first, answers = context.Event(), context.Event(), context.Value("i", 0)
    process = context.Process(target=_ask, args=(url, leaving, first, answers), daemon=True)
    process.start()
    first.wait(60)
    try:
        yield lambda: answers.value
    finally:
        leaving.set()
        process.join()


def _ask(url: str, leaving: Any, first: Any, answers: Any) -> None:
    def ask(place: int) -> None:
        year, dimensions = _year(), list(_BY_HAND)
        with closing(Database(url, application_name="ets bench", pool_size=1)) as database:
            while not leaving.is_set():
                dimension = dimensions[(place + answers.value) % len(dimensions)]
                database.call(statistics, StatisticsQuestion(year.first, year.last, dimension))
                with answers.get_lock():
                    answers.value += 1
                first.set()

    with ThreadPoolExecutor(SUPERVISORS) as pool:
        list(pool.map(ask, range(SUPERVISORS)))


def _year() -> StatisticsQuestion:
    today = seoul_date(datetime.now(UTC))
    return StatisticsQuestion(today - timedelta(days=364), today)


def _all_by_hand(
    ground: Ground, statements: Sequence[Composed], edges: Mapping[str, datetime]
) -> None:
    for statement in statements:
        ground.bare.execute(statement, edges).fetchall()
    ground.bare.commit()
