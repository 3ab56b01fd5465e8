"""What an export tells of money is added up: an order that does not add up is marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.services.order_import import ImportOrders, import_orders
from tests.erp.exports.headers import CAFE24_RESAVED
from tests.erp.exports.writing import row, write_csv

NUMBER = "20261012-0000018"
MARKS = "SELECT marks FROM sales_order"


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="tests")
    yield database
    database.close()


def cafe24_file(path: Path, total: str, shipping: str) -> Path:
    """Two items for 20,000 and 5,000 KRW; the order's total stands beside each of them."""
    order = {
        "주문번호": NUMBER, "주문일시": "2026-10-12 08:48:53", "주문자명": "김주문",
        "수령인": "이수취", "수령인 휴대전화": "010-0000-1234", "수량": "1",
        "수령인 주소": "경기도 나래구 은모래로 12", "총 주문금액": total,
    }  # fmt: skip
    first = {"품목별 주문번호": f"{NUMBER}-01", "주문상품명": "머그컵", "상품구매금액": "20,000"}
    second = {"품목별 주문번호": f"{NUMBER}-02", "주문상품명": "컵받침", "상품구매금액": "5,000"}
    fee = {"총 배송비 (첫 품목에만 표시)": shipping}
    rows = [row(CAFE24_RESAVED, dict(order | item)) for item in (first | fee, second)]
    return write_csv(path, [CAFE24_RESAVED, *rows], "utf-8-sig")


def test_a_total_that_the_items_do_not_come_to_is_marked_until_they_do(
    database: Database, tmp_path: Path
) -> None:
    for total, shipping, marked in (
        ("24,000", "0", ["sum_differs"]),
        ("25,000", "0", []),
        ("26,000", "0", ["sum_differs"]),
        ("28,000", "3,000", []),
        ("27,000", "3,000", ["sum_differs"]),
    ):
        export = open_export(cafe24_file(tmp_path / "주문.csv", total, shipping))
        database.call(import_orders, ImportOrders("주문.csv", export))
        marks = database.call(lambda session: session.execute(text(MARKS)).scalar_one())
        assert marks == marked, (total, shipping)
