"""Every sheet that the program writes: what a spreadsheet would run goes out as its letters."""

import csv
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ets_desktop
from ets_desktop.cli.courier_sheets import sheet_writer
from ets_desktop.domain.formulas import could_be_formula
from ets_desktop.erp.delivery import Instruction
from ets_desktop.erp.delivery.csv_drop import CsvDrop
from ets_desktop.reports.workbook import SheetColumn, write_workbook

SOURCES = Path(ets_desktop.__file__).parent
#: Where sheets are written; `bench` writes one for itself.
WRITERS = {"cli/courier_sheets.py", "reports/workbook.py", "erp/delivery/csv_drop.py"}
few = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
starts = st.sampled_from(
    ["=", "+", "-", "@", "\t=", "\r=", " =", "\u200b=", "\ufeff@", "=cmd|", ""]
)
cells = st.tuples(
    starts, st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
)
texts = st.lists(cells.map("".join), min_size=3, max_size=3)


def test_every_writer_of_sheets_asks_what_a_formula_is() -> None:
    writes = re.compile(r"csv\.(?:Dict)?[Ww]riter|import Workbook|xlwt")
    found = {
        str(file.relative_to(SOURCES))
        for file in SOURCES.rglob("*.py")
        if writes.search(file.read_text("utf-8"))
    }
    assert found - {"bench/imports.py"} == WRITERS
    for name in WRITERS:
        assert "could_be_formula(" in (SOURCES / name).read_text("utf-8")


def fresh(folder: Path, name: str) -> Path:
    file = folder / name
    file.unlink(missing_ok=True)
    return file


@given(row=texts)
@few
def test_a_workbook_holds_no_formula(tmp_path: Path, row: list[str]) -> None:
    file = fresh(tmp_path, "list.xlsx")
    columns = [SheetColumn(title, 10) for title in ("=title()", "b", "c")]
    write_workbook(file, "=시트", columns, [row])
    book = openpyxl.load_workbook(file)
    sheet = book.active
    assert sheet is not None
    for cell in (cell for line in sheet.iter_rows() for cell in line):
        assert cell.data_type != "f"
        if isinstance(cell.value, str) and cell.row > 1 and could_be_formula(cell.value):
            assert cell.quotePrefix
    book.close()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(row=texts)
@few
def test_a_sheet_for_a_courier_holds_no_formula(
    tmp_path: Path, suffix: str, row: list[str]
) -> None:
    file = fresh(tmp_path, f"sheet{suffix}")
    sheet_writer(file)(("a", "b", "c"), [row])
    if suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as opened:
            written = list(csv.reader(opened))[1]
        assert not any(map(could_be_formula, written))


@given(row=texts)
@few
def test_a_sheet_for_an_erp_holds_no_formula(tmp_path: Path, row: list[str]) -> None:
    for old in tmp_path.glob("*.csv"):
        old.unlink()
    body = {"order_no": row[0], "channel": row[1], "claim_no": row[2]}
    at = datetime(2026, 11, 22, tzinfo=UTC)
    one = Instruction(1, row[0], "cancel_order", True, body, at, 0)
    tuple(CsvDrop(tmp_path).deliver([one]))
    (file,) = tmp_path.glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        written = list(csv.reader(opened))[1]
    assert not any(map(could_be_formula, written))
    assert json.loads(written[-1]) == body
