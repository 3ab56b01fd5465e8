"""Export files written as channels write them: XLSX, old XLS, CSV in any encoding, HTML."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlwt

Rows = Sequence[Sequence[object]]


def titles(text: str) -> list[str]:
    """Header names as the facts list them: `번호 | 주문상태 | …`."""
    return [name.strip(" ") for name in text.split("|")]


def row(header: Sequence[str], values: dict[str, object]) -> list[object]:
    """A row under `header`; a title the header lacks is a mistake of the test."""
    unknown = set(values) - set(header)
    if unknown:
        raise KeyError(unknown)
    return [values.get(title) for title in header]


def write_xlsx(path: Path, rows: Rows, sheet: str = "Sheet1", merged: Sequence[str] = ()) -> Path:
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = sheet
    for cells in rows:
        page.append(list(cells))
    for cell in [cell for line in page.iter_rows() for cell in line]:
        # Typed text, not a formula, as channels write it.
        if isinstance(cell.value, str) and cell.value.startswith("="):
            cell.data_type = "s"
    for span in merged:
        page.merge_cells(span)
    workbook.save(path)
    return path


def write_xls(path: Path, rows: Rows, sheet: str = "Sheet") -> Path:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet(sheet)
    for y, cells in enumerate(rows):
        for x, value in enumerate(cells):
            if value is not None:
                page.write(y, x, value)
    workbook.save(str(path))
    return path


def csv_text(rows: Rows, separator: str = ",", quoting: int = csv.QUOTE_ALL) -> str:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    for cells in rows:
        writer.writerow(["" if value is None else value for value in cells])
    return page.getvalue()


def write_csv(path: Path, rows: Rows, encoding: str = "cp949", separator: str = ",") -> Path:
    path.write_bytes(csv_text(rows, separator).encode(encoding))
    return path


EZADMIN_TOP = (
    "<meta http-equiv='Content-Type' content='text/html; charset=utf-8'>\n"
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>\n<style>\n"
    ".num_item {mso-number-format:'0';}\n.str_item {mso-number-format:\\@;}\n"
    "br{mso-data-placement:same-cell;}\n</style>\n<body><html><table border=1>\n"
)


def html_page(rows: Rows, top: str = EZADMIN_TOP) -> str:
    """A page as 이지어드민 makes it: a second <html>, no closing tags."""
    parts = [top]
    for y, cells in enumerate(rows):
        style = (
            "style='font:bold 10pt \"굴림\"; background:#CCFFCC;'" if y == 0 else "class=str_item"
        )
        parts.append("<tr>")
        for value in cells:
            text = "" if value is None else str(value)
            parts.append(f"<td {style}>{text.replace(chr(10), '<br>')}")
        parts.append("\n")
    return "".join(parts)


def write_html(path: Path, rows: Rows, top: str = EZADMIN_TOP) -> Path:
    path.write_bytes(html_page(rows, top).encode("utf-8"))
    return path
