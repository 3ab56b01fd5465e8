"""고객ID finds customers by whatever is typed; one in full."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.customers import customer_by_id, customer_detail, find_customers
from tests.factories import a_customer, a_phone, a_ticket, make
from tests.round_trips import round_trips

NOW = datetime.now(UTC)


def found(database: Database, typed: str, limit: int = 50) -> list[str]:
    return [row.name for row in database.call(find_customers, typed, limit)]


@pytest.fixture
def people(database: Database) -> Database:
    for place, name in enumerate(
        ("김정민", "박정민", "김정", "정민호", "남궁정민수", "Emma Lee", "100%_할인", "민")
    ):
        make(database, a_customer, name=name, numbers=(f"0100000900{place}",))
    make(database, a_customer, name="이서연", numbers=("01000091234", "0200001234"))
    return database


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("김정민", {"김정민"}),
        ("정민", {"김정민", "박정민", "정민호"}),
        ("김정", {"김정", "김정민"}),
        ("정민수", {"남궁정민수"}),
        ("민", {"민"}),
        ("%", set()),
        ("100%_", {"100%_할인"}),
        ("Emma Lee", {"Emma Lee"}),
        ("ㄱㅈㅁ", {"김정민"}),
        ("ㄱㅈ", {"김정", "김정민"}),
        ("ㄴㄱㅈ", {"남궁정민수"}),
        ("김*민", {"김정민"}),
        ("박ㅈㅁ", {"박정민"}),
        ("010-0000-9000", {"김정민"}),
        ("+82 10 0009 1234", {"이서연"}),
        ("02-0000-1234", {"이서연"}),
        ("1234", {"이서연"}),
        ("091234", {"이서연"}),
        ("최없음", set()),
        ("", set()),
    ],
)
def test_customers_are_found_by_what_people_type(
    people: Database, typed: str, names: set[str]
) -> None:
    assert set(found(people, typed)) == names


def test_the_customer_number_finds_exactly_one(people: Database) -> None:
    row = people.call(find_customers, "이서연")[0]
    assert found(people, row.customer_no) == ["이서연"]
    assert found(people, f" c{row.customer_id} ") == ["이서연"]


def test_the_best_fitting_come_first_then_the_latest_in_touch(database: Database) -> None:
    for name, days in (("정민", 9), ("정민", 1), ("정민호", 0), ("김정민", 0)):
        make(database, a_customer, name=name, last_contact_at=NOW - timedelta(days=days))
    rows = database.call(find_customers, "정민")
    assert [row.name for row in rows] == ["정민", "정민", "정민호", "김정민"]
    assert rows[0].last_contact_at == NOW - timedelta(days=1)
    assert found(database, "정민", 2) == ["정민", "정민"]


def test_a_row_tells_what_the_chooser_shows(database: Database) -> None:
    made = make(
        database,
        a_customer,
        name="김정민",
        grade="gold",
        flagged=True,
        flagged_reason="반복 문의",
        address="서울특별시 나래구 물빛로 1",
        address_detail="101호",
    )
    old = NOW - timedelta(days=400)
    make(database, a_phone, customer=made, digits="050200001234", captured_at=old)
    make(database, a_phone, customer=made, digits="01000001234", captured_at=NOW)
    row = database.call(customer_by_id, made.id)
    assert (row.customer_no, row.phone, row.grade) == (made.customer_no, "01000001234", "gold")
    assert (row.flagged, row.flagged_reason) == (True, "반복 문의")
    assert row.address == "서울특별시 나래구 물빛로 1 101호"
    assert (row.reasons, row.reason, row.order_id) == ((), None, None)
    with pytest.raises(NotFound, match="no_such_customer"):
        database.call(customer_by_id, -1)


def test_a_customer_in_full_has_all_numbers_and_counts(database: Database) -> None:
    made = make(database, a_customer, numbers=("01000001234",))
    make(database, a_phone, customer=made, typed="+82 2-000-1234", digits="020001234")
    make(database, a_ticket, customer=made)
    make(database, a_ticket, customer=made, status="completed")
    detail = database.call(customer_detail, made.id)
    assert (detail.total_tickets, detail.open_tickets, detail.version) == (2, 1, 1)
    assert {(phone.typed, phone.kind) for phone in detail.phones} == {
        ("01000001234", "mobile"),
        ("+82 2-000-1234", "landline"),
    }
    assert round_trips(database, customer_detail, made.id) == 1
    with pytest.raises(NotFound, match="no_such_customer"):
        database.call(customer_detail, -1)
