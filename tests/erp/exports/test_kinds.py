"""Kinds of file at their edges: pages with spans, locked and foreign containers, odd archives."""
# ruff: noqa: E501 - a row of a sheet reads best as one

import io
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from python_calamine import PasswordError

from ets_desktop.erp.exports import unlock, workbooks
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.erp.exports.sniff import FileKind, Refused, sniff
from tests.erp.exports import headers
from tests.erp.exports.archives import sheet_xml, xlsx_with
from tests.erp.exports.samples import SAMPLES
from tests.erp.exports.writing import write_xls

CELLS = ["상품주문번호", "주문번호", "상품명", "수량", "배송메세지"]


def page(body: str) -> bytes:
    head = "".join(f"<th>{name}</th>" for name in CELLS)
    return f"<table border=1><tr>{head}</tr>{body}</table>".encode()


def opened(tmp_path: Path, content: bytes, password: str | None = None) -> list[list[object]]:
    (tmp_path / "a.xls").write_bytes(content)
    orders = open_export(tmp_path / "a.xls", password).orders()
    return [
        [order.head.order_no, order.head.memo, *(line.product for line in order.lines)]
        for order in orders
    ]


# Pages


def test_cells_over_several_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    body = (
        "<tr><td>11</td><td rowspan=2>1</td><td>감귤</td><td>1</td><td rowspan='2'>문 앞</td></tr>"
        "<tr><td>12</td><td>사과</td><td>2</td></tr>"
        "<tr><td>13</td><td>2</td><td colspan=1>배</td><td>3</td><td colspan=2>경비실</td></tr>"
    )
    assert opened(tmp_path, page(body)) == [["1", "문 앞", "감귤", "사과"], ["2", "경비실", "배"]]


def test_markup_inside_a_cell_is_only_its_text(tmp_path: Path) -> None:
    body = (
        "<tr><td>11<td>1<td><b>감</b><!-- x --><font color=red>귤</font>&nbsp;<td>1"
        "<td>문 앞<br>벨 &lt;금지&gt;<script>alert(1)</script>"
    )
    assert opened(tmp_path, page(body)) == [["1", "문 앞\n벨 <금지>", "감귤"]]


def test_the_second_table_of_a_page_is_found(tmp_path: Path) -> None:
    first = b"<html><table><tr><td>notice</table>"
    body = "<tr><td>11<td>1<td>감귤<td>1<td>"
    assert opened(tmp_path, first + page(body)) == [["1", "", "감귤"]]


def test_a_row_of_endless_width_is_refused(tmp_path: Path) -> None:
    body = "<tr>" + "<td colspan=999>x" * 20
    with pytest.raises(Refused, match="sheet_too_large"):
        opened(tmp_path, page(body))


def test_a_page_in_cp949_is_read(tmp_path: Path) -> None:
    body = "<tr><td>11<td>1<td>똠얌꿍<td>1<td>"
    content = page(body).decode().encode("cp949")
    assert opened(tmp_path, content) == [["1", "", "똠얌꿍"]]


def test_a_tag_deep_in_a_text_does_not_make_it_a_page() -> None:
    assert sniff("주문번호,메모\n1,<table>\n".encode()) is FileKind.CSV
    assert sniff(b"\x01\x02stray <html><table>") is FileKind.HTML


# Containers


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("word/document.xml", "word"),
        ("content.xml", "ods"),
        ("xl/workbook.bin", "xlsb"),
        ("a", "zip"),
    ],
)
def test_other_archives_are_named(member: str, kind: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(Refused) as error:
        sniff(content.getvalue())
    assert error.value.details == {"kind": kind}


@pytest.mark.parametrize(("stream", "kind"), [("Xorkbook", "ole"), ("WordDocument", "word")])
def test_other_ole_files_are_named(tmp_path: Path, stream: str, kind: str) -> None:
    content = bytearray(write_xls(tmp_path / "a.xls", [headers.ST11]).read_bytes())
    at = content.index("Workbook".encode("utf-16-le"))
    name = stream.encode("utf-16-le")
    content[at : at + 64] = name.ljust(64, b"\x00")
    content[at + 64] = len(name) + 2
    with pytest.raises(Refused) as error:
        sniff(bytes(content))
    assert error.value.details == {"kind": kind}


def locked(content: bytes, password: str) -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def test_any_channel_may_come_locked(tmp_path: Path) -> None:
    file = SAMPLES["coupang"].write(tmp_path / "a")
    file.write_bytes(locked(file.read_bytes(), "비밀 1234"))
    assert open_export(file, "비밀 1234").channel == "coupang"
    with pytest.raises(Refused, match="password_wrong"):
        open_export(file, "비밀")


def test_a_key_that_takes_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SAMPLES["coupang"].write(tmp_path / "a")
    file.write_bytes(locked(file.read_bytes(), "1234"))
    monkeypatch.setattr(unlock, "_MOST_SPINS", 1_000)
    with pytest.raises(Refused, match="file_damaged"):
        open_export(file, "1234")


def test_a_locked_xls_asks_for_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No free library locks an old XLS: the reader's complaint stands for one.
    file = SAMPLES["st11"].write(tmp_path / "a")
    plain = file.read_bytes()
    usual = workbooks._opened
    calls = iter([PasswordError("locked"), None])

    def locked_at_first(content: bytes) -> object:
        error = next(calls)
        if error is not None:
            raise error
        return usual(content)

    monkeypatch.setattr(workbooks, "_opened", locked_at_first)
    monkeypatch.setattr(workbooks, "unlocked", lambda content, password: content)
    assert len(workbooks.xls_sheets(plain, "1234")) == 1
    monkeypatch.undo()
    with pytest.raises(PasswordError), workbooks._faults_refused():
        raise PasswordError("locked")


# Workbooks


def test_prefixed_names_and_single_quotes_are_read(tmp_path: Path) -> None:
    cells = "".join(
        f"<x:c r='{column}1' t='inlineStr'><x:is><x:t>{name}</x:t></x:is></x:c>"
        for column, name in zip("ABCDE", CELLS, strict=True)
    )
    line = (
        "<x:c r='A2'><x:v>11</x:v></x:c><x:c r='B2'><x:v>1</x:v></x:c>"
        "<x:c r='C2' t='inlineStr'><x:is><x:t>감귤</x:t></x:is></x:c><x:c r='D2'><x:v>1</x:v></x:c>"
        "<x:c r='E2'><x:f>1+1</x:f></x:c>"
    )
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<x:sheetData><x:row r='1'>{cells}</x:row><x:row r='2'>{line}</x:row></x:sheetData>"
        "</x:worksheet>"
    )
    assert opened(tmp_path, xlsx_with(sheet1=xml.encode())) == [["1", "=1+1", "감귤"]]


def test_a_table_that_starts_further_down_and_right_keeps_its_rows(tmp_path: Path) -> None:
    names = "".join(
        f'<c r="{column}4" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip("CDEFG", CELLS, strict=True)
    )
    line = (
        '<c r="C5"><v>11</v></c><c r="D5"><v>1</v></c><c r="E5" t="inlineStr"><is><t>감귤</t></is></c>'
        '<c r="F5"><v>1</v></c>'
    )
    xml = sheet_xml(f'<row r="4">{names}</row><row r="5">{line}</row>')
    (tmp_path / "a.xlsx").write_bytes(xlsx_with(sheet1=xml))
    export = open_export(tmp_path / "a.xlsx")
    (order,) = export.orders()
    assert (export.header_row, order.lines[0].row) == (4, 5)
    assert [ignored.row for ignored in export.outcome().ignored_rows] == [1, 2, 3]


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx_with(sheet1=sheet_xml("")))
    with pytest.raises(Refused, match="no_rows"):
        open_export(tmp_path / "a.xlsx")


def test_cells_beyond_the_header_of_a_page_are_nobodys(tmp_path: Path) -> None:
    body = "<tr><td>11<td>1<td>감귤<td>1<td>문 앞<td>남는 칸<td>하나 더"
    (tmp_path / "a.xls").write_bytes(page(body))
    (order,) = open_export(tmp_path / "a.xls").orders()
    assert (order.head.memo, order.head.mall, order.lines[0].carrier) == ("문 앞", "", None)


# Several sheets


def two_sheets(path: Path, second: list[list[str]]) -> Path:
    workbook = openpyxl.Workbook()
    for name, rows in (("Delivery", [CELLS, ["11", "1", "감귤", "1", ""]]), ("Delivery2", second)):
        page = workbook.create_sheet(name)
        for cells in rows:
            page.append(cells)
    workbook.save(path)
    return path


def test_orders_on_two_sheets_are_refused_rather_than_half_read(tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "a.xlsx", [CELLS, ["12", "2", "사과", "1", ""]])
    with pytest.raises(Refused, match="orders_on_two_sheets"):
        open_export(path)


def test_a_second_sheet_without_orders_does_no_harm(tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "a.xlsx", [CELLS, ["", "", "예시", "", ""]])
    assert [order.head.order_no for order in open_export(path).orders()] == ["1"]
