"""Imports whose rows mislead the planner: many lines of one product, nothing known of any code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.services.order_import import ImportedOrders, ImportOrders, import_orders
from tests.erp.exports import headers
from tests.erp.exports.writing import row, write_csv

LINES = 8_000
#: A tenth is enough where the joins are hashed; a nested loop over 8,000 lines took 6 s.
LONGEST = "2s"


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


def imported(database: Database, file: Path) -> ImportedOrders:
    def watched(session: Session) -> ImportedOrders:
        session.execute(text(f"SET LOCAL statement_timeout = '{LONGEST}'"))
        return import_orders(session, ImportOrders(file.name, open_export(file))).value

    return database.call(watched)


def written(file: Path, numbers: range) -> Path:
    header = headers.CAFE24_RESAVED
    lines = [
        row(
            header,
            {
                "주문번호": f"20261012-{number:07}", "품목별 주문번호": f"20261012-{number:07}-01",
                "주문일시": "2026-10-12 08:48:53", "주문상품명": "두루 강아지 간식", "수량": "1",
            },
        )
        for number in numbers
    ]  # fmt: skip
    return write_csv(file, [header, *lines])


def test_many_lines_of_one_product_are_no_square(database: Database, tmp_path: Path) -> None:
    first = imported(database, written(tmp_path / "first.csv", range(LINES)))
    assert first.created == LINES
    again = imported(database, written(tmp_path / "again.csv", range(LINES)))
    assert again.unchanged == LINES
    # A few that are known among many that are new.
    mixed = imported(database, written(tmp_path / "mixed.csv", range(LINES - 9, 2 * LINES)))
    assert (mixed.created, mixed.unchanged) == (LINES, 9)
