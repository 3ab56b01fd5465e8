"""The orders of the reference ERP: a table of its own shape in a database of its own."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

_TABLE = """
    CREATE TABLE juno_ord (
        ord_no numeric(20), seq integer, buyer text, buyer_tel text, rcv text, rcv_tel text,
        addr text, goods text, qty numeric, amt numeric, total numeric, st text,
        ord_dt timestamp, upd_dt timestamp, PRIMARY KEY (ord_no, seq)
    )
"""
_INSERT = """
    INSERT INTO juno_ord VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '배송중', %s, %s)
"""
QUERY = "SELECT * FROM juno_ord WHERE upd_dt >= :watermark ORDER BY upd_dt, ord_no, seq"
COLUMNS = {
    "order_no": "ord_no",
    "line_no": "seq",
    "orderer": "buyer",
    "orderer_phone": "buyer_tel",
    "recipient": "rcv",
    "recipient_phone": "rcv_tel",
    "address": "addr",
    "product": "goods",
    "quantity": "qty",
    "amount": "amt",
    "order_total": "total",
    "status": "st",
    "ordered_at": "ord_dt",
}
FIRST_DAY = datetime.fromisoformat("2026-11-02 09:00")


def make_tables(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(_TABLE)


def sell(url: str, first: int, count: int, lines: int = 1, **odd: str | int | None) -> None:
    """`count` orders numbered from `first`, one a minute; `odd` values go into all of them."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(
            _INSERT,
            [_row(number, line, odd) for number in range(first, first + count)
             for line in range(1, lines + 1)],
        )  # fmt: skip


def _row(number: int, line: int, odd: dict[str, str | int | None]) -> list[object]:
    when = FIRST_DAY + timedelta(minutes=number)
    row: dict[str, object] = {
        "ord_no": 20261102000000000 + number,
        "seq": line,
        "buyer": "김주문",
        "buyer_tel": f"010-0000-{number % 10_000:04}",
        "rcv": "이수취",
        "rcv_tel": "010-0000-0001",
        "addr": "서울시 강남구 역삼동 1",
        "goods": f"물빛 텀블러 {line}호",
        "qty": 2,
        "amt": 15_000,
        "total": None,
        "ord_dt": when,
        "upd_dt": when,
    }
    return list((row | odd).values())


def settings(home: Path, database_url: str, **changed: object) -> None:
    """A source named `juno` that reads them."""
    values: dict[str, object] = {
        "name": "juno",
        "source": "sql",
        "url": database_url.replace("postgresql://", "postgresql+psycopg://"),
        "query": QUERY,
        "watermark": "upd_dt",
        "start": "2026-01-01",
        "channel": "juno",
        "channel_name": "주노ERP",
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in (values | changed).items()]
    columns = ", ".join(f"{field} = {json.dumps(name)}" for field, name in COLUMNS.items())
    if "columns" not in changed:
        lines.append(f"columns = {{ {columns} }}")
    (home / "config").mkdir(exist_ok=True)
    text = "\n".join(["[[erp.pull]]", *lines])
    (home / "config" / "settings.toml").write_text(text, encoding="utf-8")
