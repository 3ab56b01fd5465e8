"""Files that are broken, huge, or made to do harm: refused with a reason, or read row by row."""
# ruff: noqa: E501 - a row of a sheet reads best as one

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ets_desktop.erp.exports import archive, csv_text, sniff, workbooks
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.erp.exports.sniff import Refused
from tests.erp.exports import headers
from tests.erp.exports.archives import sheet_xml, xlsx_with
from tests.erp.exports.samples import SAMPLES
from tests.erp.exports.writing import csv_text as as_csv
from tests.erp.exports.writing import row, write_csv, write_xls

RECORDINGS = Path(__file__).parents[2] / "recordings" / "exports"
HEADER = headers.CAFE24_RESAVED


def refused(path: Path, content: bytes, password: str | None = None) -> str:
    path.write_bytes(content)
    with pytest.raises(Refused) as error:
        open_export(path, password).orders()
    return error.value.code


def cafe24(item: int, **values: object) -> list[object]:
    number = f"20261012-{item:07d}"
    known: dict[str, object] = {
        "주문번호": number, "품목별 주문번호": f"{number}-01", "주문상품명": "감귤", "수량": "1",
        "주문일시": "2026-10-12 08:48:53", **values,
    }  # fmt: skip
    return row(HEADER, known)


# Not an export at all


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "file_empty"),
        (b"\x00" * 4096, "file_empty"),
        (random.Random(1).randbytes(5000), "file_not_an_export"),
        (b"%PDF-1.7 ...", "file_not_an_export"),
        (b"\x89PNG\r\n\x1a\n", "file_not_an_export"),
        (b"<?xml version='1.0'?><Workbook/>", "file_not_an_export"),
        (b"PK\x03\x04" + b"\x00" * 50, "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_damaged"),
        ("이름,전화,주소\n홍가람,010-0000-1234,물빛로 1".encode(), "channel_unknown"),
        (b",,,\n,,,", "no_rows"),
        ("\ufeff주문".encode() + b"\x80\x81\x82" * 99, "encoding_unknown"),
        (b"<html><body>no table", "no_rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(tmp_path / "주문 (1).xlsx", content) == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "없음.csv", tmp_path):
        with pytest.raises(Refused, match="file_missing"):
            open_export(path)


def test_a_file_beyond_the_limit_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ets_desktop.erp.exports import sheets

    monkeypatch.setattr(sheets, "LARGEST_FILE", 1000)
    monkeypatch.setattr(sniff, "LARGEST_FILE", 1000)
    assert refused(tmp_path / "a.csv", b"x" * 1001) == "file_too_big"
    with pytest.raises(Refused, match="file_too_big"):
        sniff.sniff(b"x" * 1001)


def test_the_name_of_a_file_proves_nothing(tmp_path: Path) -> None:
    file = SAMPLES["ezadmin"].write(tmp_path / "a")
    named = file.rename(tmp_path / "발주 (2) .xlsx")
    assert open_export(named).channel == "ezadmin"


def test_a_needed_column_that_is_missing_is_named(tmp_path: Path) -> None:
    file = write_csv(
        tmp_path / "a.csv", [["주문번호", "품목별 주문번호", "주문상품명"], ["1", "1-1", "감귤"]]
    )
    with pytest.raises(Refused) as error:
        open_export(file)
    assert error.value.code == "column_missing"
    assert error.value.details["column"] == "수량/주문수량"


def test_a_header_alone_is_an_export_of_nothing(tmp_path: Path) -> None:
    export = open_export(write_csv(tmp_path / "a.csv", [HEADER]))
    assert export.orders() == ()
    assert export.outcome().lines == 0


def test_a_header_below_the_tenth_row_is_not_looked_for(tmp_path: Path) -> None:
    content = as_csv([["안내"]] * 10 + [HEADER, cafe24(1)]).encode()
    assert refused(tmp_path / "a.csv", content) == "channel_unknown"


def test_a_header_on_another_sheet_is_found(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["안내"])
    page = workbook.create_sheet("발주발송관리")
    page.append(["상품주문번호", "주문번호", "상품명", "수량"])
    page.append(["11", "1", "감귤", 1])
    workbook.save(tmp_path / "a.xlsx")
    assert open_export(tmp_path / "a.xlsx").sheet == "발주발송관리"


# Archives


def test_a_sheet_that_unpacks_to_an_absurd_size_is_refused(tmp_path: Path) -> None:
    bomb = xlsx_with(sheet1=b"<worksheet>" + b" " * (40 * 2**20))
    assert refused(tmp_path / "a.xlsx", bomb) == "zip_bomb"


def test_the_sum_and_the_number_of_parts_are_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = xlsx_with()
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    assert refused(tmp_path / "a.xlsx", plain) == "zip_bomb"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert refused(tmp_path / "a.xlsx", plain) == "zip_bomb"


def test_a_part_that_is_longer_than_its_header_says_is_refused(tmp_path: Path) -> None:
    plain = xlsx_with()
    with zipfile.ZipFile(io.BytesIO(plain)) as opened:
        info = opened.getinfo("xl/worksheets/sheet1.xml")
        size = struct.pack("<L", info.file_size)
    lying = plain.replace(size, struct.pack("<L", 100))
    assert refused(tmp_path / "a.xlsx", lying) in ("zip_bomb", "file_damaged")


def test_entities_are_refused_unresolved(tmp_path: Path) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    )
    for part in ("sheet1", "workbook", "styles"):
        assert refused(tmp_path / "a.xlsx", xlsx_with(**{part: bomb})) == "xml_entities"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZ999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c s="1" r = \'B9000000\'><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ABCDEFG1"><v>1</v></c></row>',
    ],
)
def test_cells_too_far_apart_are_refused(tmp_path: Path, cells: str) -> None:
    assert refused(tmp_path / "a.xlsx", xlsx_with(sheet1=sheet_xml(cells))) == "sheet_too_large"


def test_a_far_cell_behind_many_near_ones_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_LARGE", 100)
    monkeypatch.setattr(archive, "_PIECE", 1000)
    near = "".join(f'<row r="{y}"><c r="A{y}"><v>1</v></c></row>' for y in range(1, 400))
    for far in ("ZZ5", "A9000000", "ABC1"):
        sheet = sheet_xml(f'{near}<row r="400"><c r="{far}"><v>1</v></c></row>')
        assert refused(tmp_path / "a.xlsx", xlsx_with(sheet1=sheet)) in (
            "sheet_too_large",
            "channel_unknown" if far == "ZZ5" else "sheet_too_large",
        )


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", ["smartstore.xlsx", "smartstore_locked.xlsx", "coupang.xlsx"])
def test_a_file_cut_off_is_refused(tmp_path: Path, name: str, keep: float) -> None:
    content = (RECORDINGS / name).read_bytes()
    assert refused(tmp_path / name, content[: int(len(content) * keep)], "1234") == "file_damaged"


@pytest.mark.parametrize("name", ["smartstore.xlsx", "smartstore_locked.xlsx", "cafe24.csv"])
def test_bytes_changed_at_random_break_the_file_not_the_program(name: str, tmp_path: Path) -> None:
    content = (RECORDINGS / name).read_bytes()
    dice = random.Random(name)
    for _ in range(15):
        broken = bytearray(content)
        for _ in range(dice.choice([1, 20, 300])):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        (tmp_path / name).write_bytes(broken)
        try:
            export = open_export(tmp_path / name, "1234")
            export.orders()
        except Refused:
            continue
        assert export.outcome().lines <= 301


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", b"PK\x03\x04", b"<table>", b"\xff\xfe"]),
)
def test_any_bytes_are_refused_or_read(
    content: bytes, start: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(start + content)
    with pytest.raises(Refused):
        open_export(path).orders()


# Old XLS


def test_cells_outside_the_columns_of_an_old_xls_are_refused(tmp_path: Path) -> None:
    file = write_xls(tmp_path / "a.xls", [headers.ST11, ["x"] * 48])
    content = file.read_bytes()
    label = content.rindex(struct.pack("<HHHH", 0xFD, 10, 1, 47))
    far = content[: label + 4] + struct.pack("<HH", 60000, 60000) + content[label + 8 :]
    assert refused(file, far) == "sheet_too_large"


def test_a_panic_of_the_reader_is_a_damaged_file() -> None:
    class PanicException(BaseException):
        pass

    with pytest.raises(Refused, match="file_damaged"), workbooks._faults_refused():
        raise PanicException
    with pytest.raises(KeyboardInterrupt), workbooks._faults_refused():
        raise KeyboardInterrupt


def test_the_better_encoding_wins_where_neither_is_clean() -> None:
    korean = "주문번호 똠방각하 " * 50
    assert csv_text.decoded(korean.encode("cp949") + b"\x80").count("\ufffd") == 1
    assert csv_text.decoded(korean.encode("utf-8") + b"\x80").count("\ufffd") == 1


def test_a_stored_part_is_read_like_a_packed_one() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", sheet_xml('<row r="1"><c r="B7"/></row>'))
    facts = archive.checked_archive(content.getvalue())
    assert (facts["xl/worksheets/sheet1.xml"].columns, zlib.crc32(b"")) == (2, 0)


def test_a_long_text_that_countless_cells_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_MOST_TEXT", 1_000_000)
    strings = f"<sst><si><t>{'가' * 5_000}</t></si><si><t>b</t></si></sst>".encode()

    def cells(index: int) -> bytes:
        one = f"<v>{index}</v></c>"
        return sheet_xml(
            "".join(f'<row r="{y}"><c r="A{y}" t="s">{one}</row>' for y in range(1, 200))
        )

    shared = xlsx_with(sheet1=cells(0), sharedStrings=strings)
    assert refused(tmp_path / "a.xlsx", shared) == "zip_bomb"
    assert archive.checked_archive(xlsx_with(sheet1=cells(1), sharedStrings=strings))


@pytest.mark.parametrize("text", ["가" * 200_000, '"' + "x," * 200_000])
def test_a_row_with_a_cell_without_end_is_told_and_the_next_one_read(
    tmp_path: Path, text: str
) -> None:
    whole = as_csv([HEADER, cafe24(1)]) + text + "\n" + as_csv([cafe24(2)])
    (tmp_path / "a.csv").write_text(whole, "utf-8")
    export = open_export(tmp_path / "a.csv")
    assert len(export.orders()) == 2
    (bad,) = export.outcome().bad_rows
    assert (bad.row, bad.reason) == (3, "cell_too_long")


def test_an_endless_text_is_no_phone_and_no_date(tmp_path: Path) -> None:
    from ets_desktop.erp.exports.cells import moment_of
    from ets_desktop.erp.exports.people import phones_of

    assert phones_of("1-" * 100_000).unreadable == "not_a_phone_number"
    with pytest.raises(ValueError, match="not_a_date"):
        moment_of("2026-" * 100_000)


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    for page in (b"<table><tr><td>" * 50_000, b"<table><tr><td>" + b"<div>" * 200_000):
        assert refused(tmp_path / "a.xls", b"<html>" + page) in ("no_rows", "channel_unknown")
