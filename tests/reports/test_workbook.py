"""Workbooks read back by two other readers: nothing runs, nothing is lost, nothing piles up."""

import os
import resource
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ets_desktop.reports.workbook import SheetColumn, write_workbook

NASTY = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://0.invalid","x")',
    "+82-10-0000-1234",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "#N/A",
    "#REF!",
    "👍🏽 셔츠",
    "\u202e코드\u202c",
    "한\n줄",
    " 앞 빈칸",
    "<b>&amp;</b>",
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "목록.xlsx"


def write(place: Path, rows: list[tuple[str, ...]], *columns: SheetColumn) -> None:
    write_workbook(place, "주문목록", columns, rows)


def cells_of(place: Path) -> list[list[object]]:
    sheet = load_workbook(place).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_titles_stand_above_the_typed_cells(place: Path) -> None:
    columns = SheetColumn("주문일시", 19), SheetColumn("금액", 10, True), SheetColumn("예정일")
    write(place, [("2026-11-21 14:03:11", "37,000", "2026-11-22"), ("", "0", "")], *columns)
    assert cells_of(place) == [
        ["주문일시", "금액", "예정일"],
        [datetime(2026, 11, 21, 14, 3, 11), 37_000, datetime(2026, 11, 22)],  # noqa: DTZ001
        [None, 0, None],
    ]
    sheet = load_workbook(place).active
    assert sheet is not None
    assert (sheet.title, sheet.freeze_panes) == ("주문목록", "A2")
    assert sheet["B2"].number_format == "#,##0"
    assert sheet["A1"].font.b
    read = CalamineWorkbook.from_path(place).get_sheet_by_index(0).to_python()
    assert read[1] == [datetime(2026, 11, 21, 14, 3, 11), 37_000.0, date(2026, 11, 22)]  # noqa: DTZ001


def test_nothing_in_a_workbook_is_run(place: Path) -> None:
    write(place, [(text,) for text in NASTY], SheetColumn("제목"))
    sheet = load_workbook(place).active
    assert sheet is not None
    cells = [sheet.cell(number, 1) for number in range(2, len(NASTY) + 2)]
    assert [cell.value for cell in cells] == NASTY
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 6 + [False] * 7
    with zipfile.ZipFile(place) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in xml
    read = CalamineWorkbook.from_path(place).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[1:]] == NASTY


def test_what_no_cell_can_hold_does_not_stop_the_rest(place: Path) -> None:
    control = "".join(chr(code) for code in range(32))
    write(place, [("가" * 32_768, control, "\ud83d"), ("끝", "_x000D_", "")], *_three())
    _, first, second = cells_of(place)
    assert str(first[0]).endswith("…")
    assert first[1:] == ["\t\n\n", None]
    assert second[0] == "끝"
    read = CalamineWorkbook.from_path(place).get_sheet_by_index(0).to_python()
    assert read[2][:2] == ["끝", "_x000D_"]


def _three() -> tuple[SheetColumn, ...]:
    return SheetColumn("하나"), SheetColumn("둘"), SheetColumn("셋")


def test_a_title_too_odd_for_a_sheet_is_made_one(place: Path) -> None:
    write_workbook(place, "주문/목록 [전체]: 아주 긴 이름의 목록입니다 정말로 깁니다", _three(), [])
    sheet = load_workbook(place).active
    assert sheet is not None
    assert len(sheet.title) <= 31
    assert cells_of(place) == [["하나", "둘", "셋"]]


def test_a_hundred_thousand_rows_do_not_pile_up(place: Path) -> None:
    rows = (("가",) for _ in range(100_000))
    tracemalloc.start()
    try:
        write_workbook(place, "목록", [SheetColumn("상품")], rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000
    assert CalamineWorkbook.from_path(place).get_sheet_by_index(0).height == 100_001


def leftovers(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith("openpyxl.")]


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_a_full_disk_is_an_oserror_and_leaves_nothing_behind(place: Path, own_temp: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OSError):
            write(place, [("가나다" * 100,)] * 5_000, SheetColumn("제목"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert leftovers(own_temp) == []


def test_rows_that_fail_leave_nothing_behind(place: Path, own_temp: Path) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        yield ("하나",)
        raise LookupError

    with pytest.raises(LookupError):
        write_workbook(place, "목록", [SheetColumn("제목")], rows())
    assert leftovers(own_temp) == []
    assert not place.exists()


def test_a_finished_workbook_leaves_nothing_behind(place: Path, own_temp: Path) -> None:
    write(place, [("하나",)], SheetColumn("제목"))
    assert leftovers(own_temp) == []


def test_without_a_place_for_temporary_files_it_is_an_oserror(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(OSError):
        write(place, [("하나",)], SheetColumn("제목"))
