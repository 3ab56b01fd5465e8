"""Importing an order file, beside COPY of the very rows that came of it; nothing of it stays."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from psycopg import sql
from sqlalchemy.orm import Session

from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure, Spread
from ets_desktop.db.engine import driver_of
from ets_desktop.demo.crowd import Crowd
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.services.order_import import ImportOrders, import_orders

#: Rows of a file of the largest kind (spec 90), and of one for a small shop.
LARGE, SMALL = 100_000, 5_000
#: spec 90: 100,000 rows in 15 s.
MOST_MS = 15_000.0

_HEADERS = (
    "주문번호", "품목별 주문번호", "주문일시", "결제일시(입금확인일)", "주문자명",
    "주문자 휴대전화", "수령인", "수령인 휴대전화", "수령인 우편번호", "수령인 주소(전체)",
    "배송메시지", "주문상품명", "상품옵션", "수량", "판매가", "상품구매금액", "총 배송비",
    "주문 상태", "배송업체", "운송장번호",
)  # fmt: skip
_ROWS = {
    "sales_order": sql.SQL("""
        COPY (SELECT * FROM sales_order WHERE id IN (
            SELECT DISTINCT order_id FROM order_line WHERE import_run_id = {run})) TO STDOUT
    """),
    "order_line": sql.SQL("""
        COPY (SELECT * FROM order_line WHERE import_run_id = {run}) TO STDOUT
    """),
}


class _Undone(Exception):
    """Takes an import back when it has been measured."""


def order_file(ground: Ground) -> Iterator[Figure]:
    """A 카페24 file of new orders, read, checked and stored, then taken back."""
    count = LARGE if ground.orders >= LARGE else SMALL
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "orders.csv")
        _write(file, count)
        floor_ms: list[float] = []
        ours_ms = _took(ground, lambda session: _import(session, file, floor_ms))
    yield Figure(
        "import",
        f"{count:,} rows of a new file; floor: COPY of the rows it made",
        Spread(ours_ms, ours_ms),
        Spread(floor_ms[0], floor_ms[0]),
        limit=MOST_MS if count == LARGE else None,
        note="once",
    )


def _took(ground: Ground, work: Callable[[Session], float]) -> float:
    told: list[float] = []

    def measured(session: Session) -> None:
        told.append(work(session))
        raise _Undone

    with suppress(_Undone):
        ground.database.call(measured)
    return told[0]


def _import(session: Session, file: Path, floor_ms: list[float]) -> float:
    began = perf_counter()
    run = import_orders(session, ImportOrders(file.name, open_export(file)))
    took = (perf_counter() - began) * 1000
    floor_ms.append(_copied(session, run.value.run_id))
    return took


def _copied(session: Session, run_id: int) -> float:
    """COPY of the import's orders and lines into tables with the same indexes, in ms."""
    driver = driver_of(session)
    blocks: dict[str, list[bytes | bytearray | memoryview]] = {}
    for table, query in _ROWS.items():
        with driver.cursor() as cursor, cursor.copy(query.format(run=sql.Literal(run_id))) as copy:
            blocks[table] = list(copy)
        driver.execute(
            sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING INDEXES)").format(
                sql.Identifier(f"bench_{table}"), sql.Identifier(table)
            )
        )
    began = perf_counter()
    for table, rows in blocks.items():
        into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(f"bench_{table}"))
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write(row)
    return (perf_counter() - began) * 1000


def _write(file: Path, count: int) -> None:
    """Five orders in four are single lines; numbers of a year to come, so that all are new."""
    crowd = Crowd(90, count)
    begin = datetime.now(UTC) + timedelta(days=400)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADERS)
        for line in range(count):
            order = line - line % 5 if line % 5 < 2 else line
            moment = begin + timedelta(seconds=order * 20)
            number = f"{moment:%Y%m%d}-{order:07d}"
            writer.writerow(_row(crowd, order, line, number, f"{moment:%Y-%m-%d %H:%M:%S}"))


def _row(crowd: Crowd, order: int, line: int, number: str, at: str) -> tuple[object, ...]:
    price = 10_000 + line % 50 * 1_000
    return (
        number, f"{number}-{line - order + 1:02d}", at, at, crowd.name(order),
        crowd.phone(order), crowd.name(order), crowd.phone(order), crowd.zipcode(order),
        crowd.address(order), "문 앞에 놓아주세요", f"물빛 텀블러 {line % 400}", "색상=민트", 1,
        price, price, 3_000, "배송중", "CJ대한통운", f"9{line:011d}",
    )  # fmt: skip
