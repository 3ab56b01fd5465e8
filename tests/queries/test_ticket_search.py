"""전체상담이력 against the plainest search there is: every ticket of a demo shop, one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from psycopg import Connection
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.demo.shop import fill
from ets_desktop.domain.calendar import SEOUL, seoul_date
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.hangul import initials
from ets_desktop.local.connection import ConnectionTarget
from ets_desktop.queries.orders import RowCount
from ets_desktop.queries.ticket_search import branches, searching
from ets_desktop.queries.ticket_search.conditions import ANY_OPEN, TicketSearch
from ets_desktop.queries.ticket_search.holders import HolderRow, ticket_holders
from ets_desktop.queries.ticket_search.searching import count_tickets, search_tickets
from ets_desktop.queries.tickets import TicketRow, tickets_of_customer
from tests.factories import a_team, an_agent, make
from tests.postgres import clone
from tests.round_trips import round_trips

NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=SEOUL)
TODAY = NOW.date()
OPEN = ("received", "transferred")


@dataclass(frozen=True)
class Case:
    """A ticket with all that may find it, for looking at."""

    ticket_id: int
    ticket_no: str
    created_at: datetime
    status: str
    ticket_type: str
    assignee_id: int | None
    assignee_team_id: int | None
    title: str
    content: str
    tags: tuple[str, ...]
    caller_number: str | None
    customer_id: int | None
    customer: str
    phones: tuple[str, ...]
    order_id: int | None
    channel_order_no: str

    @property
    def words(self) -> str:
        return "|".join("".join(text.lower().split()) for text in (self.title, self.content))

    def has_number(self, holds: Callable[[str], bool]) -> bool:
        return any(map(holds, [self.caller_number or "", *self.phones]))


_CASES = b"""
    SELECT t.id, t.ticket_no, t.created_at, t.status, t.ticket_type, t.assignee_id,
        t.assignee_team_id, t.title, t.content, t.tags, t.caller_number, t.customer_id,
        coalesce(c.name, ''),
        ARRAY(SELECT digits FROM customer_phone p WHERE p.customer_id = t.customer_id),
        t.order_id, coalesce(o.channel_order_no, '')
    FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
    LEFT JOIN sales_order o ON o.id = t.order_id
"""
_ODD = """
    UPDATE ticket SET created_at = '2026-11-01 00:00+09' WHERE id % 9 = 0;
    UPDATE ticket SET title = '100%_할인 REFUND', content = E'교환　환불\n 원함' WHERE id % 50 = 7;
    UPDATE ticket SET content = '프랑켄 슈타인' WHERE id % 400 = 11;
    UPDATE ticket SET tags = '{vip,반품 안내}' WHERE id % 60 = 3;
    UPDATE ticket SET tags = '{희귀}' WHERE id = (SELECT max(id) FROM ticket);
    UPDATE ticket SET customer_id = NULL WHERE id % 40 = 5;
    UPDATE ticket SET caller_number = NULL WHERE id % 40 = 6;
"""


@pytest.fixture(scope="module")
def shop(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="test")
        fill(database, orders=1_200, password="secret", now=NOW)
        with database.driver_connection() as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in _ODD.split(";\n"):
                connection.execute(statement.encode())
            connection.execute("RESET session_replication_role")
        yield database
        database.close()


@pytest.fixture(scope="module")
def cases(shop: Database) -> list[Case]:
    found = shop.call(lambda session: driver_of(session).execute(_CASES).fetchall())
    rows: list[tuple[Any, ...]] = list(found)
    return [Case(*row[:9], tuple(row[9]), *row[10:13], tuple(row[13]), *row[14:]) for row in rows]


@pytest.fixture(params=["as it is", "walk and probe"])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a small shop take the ways of a large one."""
    if request.param == "walk and probe":
        monkeypatch.setattr(searching, "WALK", 30)
        monkeypatch.setattr(searching, "COUNT_WALK", 30)
        monkeypatch.setattr(branches, "FEW_CUSTOMERS", 1)
        monkeypatch.setattr(branches, "MOST_CUSTOMERS", 4)


def all_pages(shop: Database, search: TicketSearch, size: int = 37) -> list[TicketRow]:
    rows: list[TicketRow] = []
    after: tuple[object, ...] | None = None
    while True:
        page = shop.call(search_tickets, search, after, size)
        assert len(page.rows) == size or page.next_key is None
        rows += page.rows
        after = page.next_key
        if after is None:
            return rows


def expected(cases: list[Case], holds: Callable[[Case], bool]) -> list[int]:
    """Ids of the tickets, newest first, cut at 1,000."""
    found = sorted(filter(holds, cases), key=lambda x: (x.created_at, x.ticket_id), reverse=True)
    return [case.ticket_id for case in found][:1000]


def between(moment: datetime, first: date | None, last: date | None) -> bool:
    day = seoul_date(moment)
    return (first is None or day >= first) and (last is None or day <= last)


WEEK = TODAY - timedelta(days=7)
MONTH = TODAY - timedelta(days=30)
SEARCHES: dict[str, tuple[TicketSearch, Callable[[Case], bool]]] = {
    "period": (
        TicketSearch(date_from=MONTH, date_to=WEEK),
        lambda x: between(x.created_at, MONTH, WEEK),
    ),
    "open period": (TicketSearch(date_from=WEEK), lambda x: between(x.created_at, WEEK, None)),
    "agent": (TicketSearch(assignee_id=1), lambda x: x.assignee_id == 1),
    "nobody": (TicketSearch(assignee_id=-1), lambda x: False),
    "team": (TicketSearch(assignee_team_id=1), lambda x: x.assignee_team_id == 1),
    "received": (TicketSearch(status="received"), lambda x: x.status == "received"),
    "completed": (TicketSearch(status="completed"), lambda x: x.status == "completed"),
    "discarded": (TicketSearch(status="discarded"), lambda x: x.status == "discarded"),
    "open": (TicketSearch(status=ANY_OPEN), lambda x: x.status in OPEN),
    "type": (TicketSearch(ticket_type="other"), lambda x: x.ticket_type == "other"),
    "open of an agent": (
        TicketSearch(status=ANY_OPEN, assignee_id=2, ticket_type="delivery"),
        lambda x: x.status in OPEN and x.assignee_id == 2 and x.ticket_type == "delivery",
    ),
    "name": (TicketSearch(customer="김정민"), lambda x: "김정민" in x.customer),
    "surname": (TicketSearch(customer="김"), lambda x: x.customer.startswith("김")),
    "given name": (
        TicketSearch(customer="정민"),
        lambda x: x.customer.startswith("정민") or x.customer.endswith("정민"),
    ),
    "initials": (
        TicketSearch(customer="ㄱㅈㅁ"),
        lambda x: initials(x.customer).startswith("ㄱㅈㅁ"),
    ),
    "masked": (
        TicketSearch(customer="김*민"),
        lambda x: len(x.customer) == 3 and x.customer[0] + x.customer[2] == "김민",
    ),
    "absent name": (TicketSearch(customer="뷁쀍쀍"), lambda x: False),
    "wildcard name": (TicketSearch(customer="%"), lambda x: False),
    "last four": (
        TicketSearch(phone="0009"),
        lambda x: x.has_number(lambda number: number.endswith("0009")),
    ),
    "last five": (
        TicketSearch(phone="00009"),
        lambda x: x.has_number(lambda number: number.endswith("00009")),
    ),
    "a number as customer": (
        TicketSearch(customer="0009"),
        lambda x: x.has_number(lambda number: number.endswith("0009")),
    ),
    "nobody's number": (TicketSearch(phone="010-9999-9999"), lambda x: False),
    "end of an order": (
        TicketSearch(order_no="000019"),
        lambda x: x.channel_order_no.replace("-", "").endswith("000019"),
    ),
    "no such order": (TicketSearch(order_no="S999999999"), lambda x: False),
    "a common word": (TicketSearch(content="문의"), lambda x: "문의" in x.words),
    "a rare word": (TicketSearch(content="프랑켄슈타인"), lambda x: "프랑켄슈타인" in x.words),
    "an absent word": (TicketSearch(content="뷁뷁"), lambda x: False),
    "words": (
        TicketSearch(content="교환 요청 한"),
        lambda x: all(word in x.words for word in ("교환", "요청", "한")),
    ),
    "blanks inside": (TicketSearch(content="교환환불원함"), lambda x: "교환환불원함" in x.words),
    "title and content apart": (TicketSearch(content="요청한치수"), lambda x: False),
    "small letters": (TicketSearch(content="refund"), lambda x: "refund" in x.words),
    "wildcards": (TicketSearch(content="0%_"), lambda x: "0%_" in x.words),
    "lone wildcards": (TicketSearch(content="%%"), lambda x: False),
    "tag": (
        TicketSearch(tag="VIP"),
        lambda x: "vip" in [tag.lower() for tag in x.tags],
    ),
    "tag of two words": (TicketSearch(tag="반품  안내"), lambda x: "반품 안내" in x.tags),
    "rare tag": (TicketSearch(tag="희귀"), lambda x: "희귀" in x.tags),
    "no such tag": (TicketSearch(tag="VI"), lambda x: False),
    "tag and word": (
        TicketSearch(tag="vip", content="문의"),
        lambda x: "vip" in [tag.lower() for tag in x.tags] and "문의" in x.words,
    ),
    "all of it": (
        TicketSearch(
            date_from=TODAY - timedelta(days=200),
            status="completed",
            ticket_type="delivery",
            customer="김",
            content="배송",
        ),
        lambda x: (
            between(x.created_at, TODAY - timedelta(days=200), None)
            and (x.status, x.ticket_type) == ("completed", "delivery")
            and x.customer.startswith("김")
            and "배송" in x.words
        ),
    ),
}


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_finds_what_a_plain_look_finds(
    shop: Database, cases: list[Case], name: str
) -> None:
    search, holds = SEARCHES[name]
    wanted = expected(cases, holds)
    assert [row.ticket_id for row in all_pages(shop, search)] == wanted
    assert shop.call(count_tickets, search) == RowCount(
        len(wanted), sum(map(holds, cases)) > len(wanted)
    )


@pytest.mark.usefixtures("_small")
def test_every_number_of_a_ticket_finds_it(shop: Database, cases: list[Case]) -> None:
    case = next(
        x
        for x in cases
        if x.caller_number and x.phones and "-" in x.channel_order_no and x.order_id
    )
    assert case.caller_number is not None
    whole = case.channel_order_no
    for search in (
        TicketSearch(content=case.ticket_no),
        TicketSearch(customer=f"C{case.customer_id:09d}"),
        TicketSearch(customer=f"c{case.customer_id}"),
        TicketSearch(phone=case.caller_number),
        TicketSearch(phone=f"+82 {case.caller_number[1:]}"),
        TicketSearch(phone=case.phones[0]),
        TicketSearch(order_no=whole),
        TicketSearch(order_no=whole.replace("-", "")),
        TicketSearch(order_no=whole[-6:]),
        TicketSearch(order_no=f"S{case.order_id:09d}"),
        TicketSearch(order_no=f"s{case.order_id}", phone=case.phones[0]),
    ):
        assert case.ticket_id in [row.ticket_id for row in all_pages(shop, search)], search


def test_a_row_tells_all_of_its_columns(shop: Database) -> None:
    [row] = all_pages(shop, TicketSearch(tag="희귀"))
    assert row == next(
        one
        for one in shop.call(tickets_of_customer, row.customer_id or 0, None, 100).rows
        if one.ticket_id == row.ticket_id
    )


def test_a_ticket_number_counts_as_words_only_if_no_ticket_has_it(
    shop: Database, cases: list[Case]
) -> None:
    case = cases[0]
    with shop.driver_connection() as connection:
        connection.execute(
            "UPDATE ticket SET content = '991231-00001 건과 같음' WHERE id = %s", [case.ticket_id]
        )
    found = all_pages(shop, TicketSearch(content="991231-00001"))
    assert [row.ticket_id for row in found] == [case.ticket_id]
    with shop.driver_connection() as connection:
        connection.execute(
            "UPDATE ticket SET content = %s WHERE id = %s", [case.content, case.ticket_id]
        )


def test_the_end_of_a_long_number_counts_only_if_nothing_has_the_whole(
    shop: Database, cases: list[Case]
) -> None:
    case = next(x for x in cases if len(x.channel_order_no) > 14)
    ending = all_pages(shop, TicketSearch(order_no=case.channel_order_no[5:]))
    assert case.ticket_id in {row.ticket_id for row in ending}


def test_a_common_customer_is_found_among_the_newest_tickets(
    shop: Database, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branches, "FEW_CUSTOMERS", 0)
    monkeypatch.setattr(searching, "WALK", 200)
    found = shop.call(search_tickets, TicketSearch(customer="김"), None, 5)
    wanted = expected(cases, lambda x: x.customer.startswith("김"))
    assert [row.ticket_id for row in found.rows] == wanted[:5]


def test_an_index_is_asked_where_the_newest_tickets_promised_more_than_they_have(
    shop: Database, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = [
        x for ticket in expected(cases, lambda x: True) for x in cases if x.ticket_id == ticket
    ]
    hits = ["문의" in case.words for case in newest]
    walk = next(n for n in range(5, 200) if sum(hits[: n * 4]) <= sum(hits[:n]) * 4)
    monkeypatch.setattr(searching, "WALK", walk)
    size = sum(hits[: walk * 4])
    found = shop.call(search_tickets, TicketSearch(content="문의"), None, size)
    wanted = expected(cases, lambda x: "문의" in x.words)
    assert [row.ticket_id for row in found.rows] == wanted[:size]


@pytest.mark.parametrize(
    ("search", "code"),
    [
        (TicketSearch(), "search_needs_condition"),
        (TicketSearch(date_to=TODAY), "search_needs_condition"),
        (TicketSearch(customer=" ", content="\x00", tag="  "), "search_needs_condition"),
        (TicketSearch(phone="김정민"), "search_phone_unreadable"),
        (TicketSearch(content="가"), "search_text_too_short"),
        (TicketSearch(content="가 나", date_from=TODAY), "search_text_too_short"),
    ],
)
def test_a_search_that_says_nothing_is_refused(
    shop: Database, search: TicketSearch, code: str
) -> None:
    for function in (search_tickets, count_tickets):
        with pytest.raises(RuleViolation, match=code):
            shop.call(function, search)


def test_no_more_than_the_most_rows_are_shown(
    shop: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_ROWS", 100)
    for search in (TicketSearch(date_from=date(2020, 1, 1)), TicketSearch(content="요청")):
        assert len(all_pages(shop, search, size=30)) == 100
        assert shop.call(count_tickets, search) == RowCount(100, is_capped=True)


@pytest.mark.parametrize(
    "typed",
    [
        "'; DROP TABLE ticket; --",
        "%(v0)s",
        "%s%s",
        "\\\\",
        "''",
        '""',
        "{}",
        "{hits}",
        "🙂🙂",
        "가" * 500,
    ],
)
def test_hostile_text_is_only_text(shop: Database, typed: str) -> None:
    for name in ("customer", "order_no", "content", "tag"):
        assert all_pages(shop, TicketSearch(**{name: typed})) == []


def test_a_search_takes_few_round_trips(shop: Database) -> None:
    assert round_trips(shop, search_tickets, TicketSearch(status="received")) == 1
    assert round_trips(shop, search_tickets, TicketSearch(phone="010-9999-9999")) == 1
    assert round_trips(shop, search_tickets, TicketSearch(customer="김정민")) == 2
    # The newest tickets have enough of them.
    assert round_trips(shop, search_tickets, TicketSearch(content="문의"), None, 5) == 1
    # They were all of the period: no index is asked.
    search = TicketSearch(content="뷁뷁", date_from=WEEK)
    assert round_trips(shop, search_tickets, search) == 2
    assert round_trips(shop, search_tickets, replace(search, date_from=None)) == 2
    assert round_trips(shop, count_tickets, TicketSearch(phone="1234")) == 1


class Explained:
    """A driver that keeps the plan of every statement."""

    def __init__(self, driver: Connection[Any], plans: list[str]) -> None:
        self._driver = driver
        self._plans = plans

    def cursor(self, **how: Any) -> "Explained":
        self._cursor = self._driver.cursor(**how)
        return self

    def execute(self, statement: bytes, values: dict[str, object]) -> Any:
        rows = self._driver.execute(b"EXPLAIN " + statement, values).fetchall()
        self._plans.append("\n".join(row[0] for row in rows))
        return self._cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("search", "index"),
    [
        (TicketSearch(date_from=MONTH), "ix_ticket_created_at"),
        (TicketSearch(assignee_id=1), "ix_ticket_assignee_id"),
        (TicketSearch(assignee_team_id=1), "ix_ticket_assignee_team_id"),
        (TicketSearch(status="discarded"), "ix_ticket_status"),
        (TicketSearch(ticket_type="complaint"), "ix_ticket_ticket_type"),
        (TicketSearch(customer="C000000001"), "ix_ticket_customer_id"),
        (TicketSearch(customer="김정민"), "ix_ticket_customer_id"),
        (TicketSearch(phone="010-0000-0001"), "ix_ticket_caller_number"),
        (TicketSearch(phone="010-0000-0001"), "ix_customer_phone_digits"),
        (TicketSearch(phone="0001"), "ix_ticket_caller_last4"),
        (TicketSearch(phone="0001"), "ix_customer_phone_last4"),
        (TicketSearch(order_no="S000000001"), "ix_ticket_order_id"),
        (TicketSearch(order_no="20261012-0000018"), "uq_sales_order_channel_order_no"),
        (TicketSearch(order_no="000018"), "ix_sales_order_order_no_tail"),
        (TicketSearch(content="프랑"), "ix_ticket_words"),
        (TicketSearch(content="프랑켄 슈타인"), "ix_ticket_words"),
        (TicketSearch(content="261121-00001"), "uq_ticket_ticket_no"),
        (TicketSearch(tag="희귀"), "ix_ticket_tags"),
    ],
)
def test_an_index_answers_each_condition(
    shop: Database, search: TicketSearch, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "WALK", 0)  # as where the newest tickets have too few of them
    plans: list[str] = []
    monkeypatch.setattr(
        searching, "driver_of", lambda session: Explained(driver_of(session), plans)
    )

    def run(session: Session) -> None:
        # A table as small as this one is read as a whole unless that is forbidden.
        driver_of(session).execute("SET LOCAL enable_seqscan = off")
        search_tickets(session, search)

    shop.call(run)
    assert any(index in plan for plan in plans)
    assert not any("Seq Scan" in plan for plan in plans)


def test_everybody_who_may_have_tickets_is_offered(shop: Database) -> None:
    gone = make(shop, an_agent, name="가나간", active=False, extension=None)
    team = make(shop, a_team, name="가팀")
    holders = shop.call(ticket_holders)
    assert HolderRow(gone.id, None, "가나간", "", active=False) in holders
    assert HolderRow(None, team.id, "가팀", "", active=True) in holders
    kinds = [(row.agent_id is None, not row.active) for row in holders]
    assert kinds == sorted(kinds)
