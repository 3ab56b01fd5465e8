"""Products by a part of their name or code, with the price of their newest sale."""

from datetime import UTC, datetime, timedelta

from ets_desktop.db.engine import Database
from ets_desktop.queries.products import ProductRow, find_products
from tests.factories import a_product, an_order, an_order_line, make


def names(database: Database, typed: str, most: int = 20) -> list[str]:
    return [row.name for row in database.call(find_products, typed, most)]


def test_every_word_must_stand_in_name_or_code(database: Database) -> None:
    for name, code in (("무선 청소기 A", "VC-1"), ("무선 선풍기", "FAN"), ("100% 면 이불", "")):
        make(database, a_product, name=name, code=code)
    assert names(database, "무선") == ["무선 선풍기", "무선 청소기 A"]
    assert names(database, "청소 vc-1") == ["무선 청소기 A"]
    assert names(database, "0%") == ["100% 면 이불"]
    assert names(database, "%") == ["100% 면 이불"]
    assert names(database, "없는 것") == []
    assert names(database, "  ") == []
    assert names(database, "무선", 1) == ["무선 선풍기"]


def test_the_price_is_that_of_the_newest_sale_that_told_one(database: Database) -> None:
    product = make(database, a_product, name="찻잔", code="C1")
    assert database.call(find_products, "찻잔") == (ProductRow(product.id, "C1", "찻잔", None),)
    now = datetime.now(UTC)
    for days, price in ((3, 1_000), (2, 2_000), (1, None)):
        order = make(database, an_order, ordered_at=now - timedelta(days=days))
        make(database, an_order_line, order=order, product=product, unit_price=price)
    (found,) = database.call(find_products, "c1")
    assert found.unit_price == 2_000
