"""The four recorded exports, against what is known to be in them."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ets_desktop.domain.errors import EtsError
from ets_desktop.erp.exports.parse import Export, open_export
from ets_desktop.erp.exports.sniff import Refused

RECORDINGS = Path(__file__).parents[2] / "recordings" / "exports"
EXPECTED: dict[str, Any] = json.loads((RECORDINGS / "EXPECTED.json").read_text(encoding="utf-8"))
FILES = [name for name in EXPECTED if not name.startswith("_")]
files = pytest.mark.parametrize("name", FILES)


def opened(name: str) -> Export:
    return open_export(RECORDINGS / name, EXPECTED[name].get("password"))


@files
def test_channel_sheet_and_header_row_are_found(name: str) -> None:
    export = opened(name)
    expected = EXPECTED[name]
    assert (export.channel, export.header_row) == (expected["channel"], expected["header_row"])
    assert export.sheet == expected.get("sheet", "")


@files
def test_every_order_and_line_is_there(name: str) -> None:
    expected = EXPECTED[name]
    export = opened(name)
    orders = export.orders()
    lines = [line for order in orders for line in order.lines]
    kept = [line for line in lines if not line.cancelled]
    numbers = "\n".join(sorted(order.head.order_no for order in orders))
    assert hashlib.sha256(numbers.encode()).hexdigest() == expected["order_no_sha256"]
    assert (len(orders), len(lines)) == (expected["orders"], expected["lines"])
    assert sum(line.quantity for line in lines) == expected["sum_quantity"]
    assert sum(line.amount or 0 for line in lines) == expected["sum_amount"]
    assert sum(line.quantity for line in kept) == expected["sum_quantity_not_cancelled"]
    assert sum(line.amount or 0 for line in kept) == expected["sum_amount_not_cancelled"]
    words = Counter(line.channel_status or "(no status column)" for line in lines)
    assert words == expected["status_counts"]
    outcome = export.outcome()
    assert (outcome.orders, outcome.lines) == (len(orders), len(lines))
    assert outcome.bad_rows == ()


@files
def test_rows_that_are_no_lines_are_listed(name: str) -> None:
    export = opened(name)
    export.orders()
    listed = [ignored.row for ignored in export.outcome().ignored_rows]
    expected: list[int] = []
    for ignored in EXPECTED[name]["ignored_rows"]:
        first, _, last = str(ignored.get("row", ignored.get("record"))).partition("-")
        expected.extend(range(int(first), int(last or first) + 1))
    assert listed == expected


@files
def test_damaged_values_are_named_and_kept_out(name: str) -> None:
    export = opened(name)
    orders = export.orders()
    suspect = [(found.row, found.column, found.raw) for found in export.outcome().suspect]
    expected = EXPECTED[name]["suspect"]
    assert suspect == [(found["row"], found["field"], found["raw"]) for found in expected]
    damaged = {row for row, _, _ in suspect}
    lines = [line for order in orders for line in order.lines if line.row in damaged]
    assert {line.tracking_no for line in lines} <= {""}


def test_sixteen_digits_in_a_number_cell_are_kept_and_told() -> None:
    export = opened("smartstore.xlsx")
    export.orders()
    rows = {found.row for found in export.outcome().doubtful}
    assert rows == set(EXPECTED["smartstore.xlsx"]["quirks"]["order_no_number_cell"])


@pytest.mark.parametrize(
    ("password", "code"),
    [(None, "password_needed"), ("", "password_needed"), ("0000", "password_wrong")],
)
def test_a_locked_file_asks_for_its_password(password: str | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_export(RECORDINGS / "smartstore_locked.xlsx", password)
    assert refused.value.code == code
    assert isinstance(refused.value, EtsError)


def test_the_outcome_waits_for_the_last_row() -> None:
    with pytest.raises(LookupError):
        opened("cafe24.csv").outcome()
