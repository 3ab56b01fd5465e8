"""HTML tables that are called .xls: read as a stream, closing tags missing, stray bytes before."""

import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from ets_desktop.erp.exports.cells import Cell
from ets_desktop.erp.exports.csv_text import decoded
from ets_desktop.erp.exports.sheet import Row, Sheet
from ets_desktop.erp.exports.sniff import Refused

_MOST_SPAN = 1_000
_MOST_CELLS_IN_ROW = 5_000


def html_sheets(content: bytes) -> list[Sheet]:
    """Each outermost table of the page as a sheet."""
    text = decoded(content).replace("\x00", "")
    start = text.find("<")
    page = text[max(start, 0) :].encode("utf-8", "replace")
    lower = page.lower()
    count = min(lower.count(b"<table"), 20)
    spans = b"rowspan" in lower or b"colspan" in lower
    return [
        Sheet(f"table {index + 1}", partial(_rows, page, index, spans=spans))
        for index in range(count)
    ]


def _rows(page: bytes, wanted: int, *, spans: bool) -> Iterator[Row]:
    """The rows of table number `wanted`; libxml2 closes what the page left open."""
    table = -1
    number = 0
    hanging: dict[int, tuple[int, Cell]] = {}
    try:
        for event, element in _walk(page):
            if event == "start":
                table += 1
                number, hanging = 0, {}
                continue
            if table == wanted:
                number += 1
                cells = _cells(element, hanging) if spans else _plain_cells(element)
                yield Row(number, cells)
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise Refused("file_damaged") from error


def _walk(page: bytes) -> Iterator[tuple[str, Any]]:
    events: Any = etree.iterparse(
        io.BytesIO(page),
        events=("start", "end"),
        tag=("table", "tr"),
        html=True,
        encoding="utf-8",
        recover=True,
        no_network=True,
        huge_tree=True,
    )
    for event, element in events:
        if (event == "start") == (element.tag == "table"):
            yield event, element


def _forget(element: Any) -> None:
    """Let go of rows that were read: a tree holds many times the page's size."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _plain_cells(row: Any) -> list[Cell]:
    """The row's cells where the page has no spans at all: a third of the time."""
    if len(row) > _MOST_CELLS_IN_ROW:
        raise Refused("sheet_too_large", columns=len(row), rows=0)
    return [
        _text(cell) if len(cell) else cell.text or "" for cell in row if cell.tag in ("td", "th")
    ]


def _cells(row: Any, hanging: dict[int, tuple[int, Cell]]) -> list[Cell]:
    """The row's cells, those hanging down from earlier rows (rowspan) put in their places."""
    cells: list[Cell] = []
    own = (cell for cell in row if cell.tag in ("td", "th"))
    for element in own:
        _fill_hanging(cells, hanging)
        value = _text(element)
        width, height = _span(element, "colspan"), _span(element, "rowspan")
        for offset in range(width):
            if height > 1:
                hanging[len(cells)] = (height - 1, value if offset == 0 else "")
            cells.append(value if offset == 0 else "")
        if len(cells) > _MOST_CELLS_IN_ROW:
            raise Refused("sheet_too_large", columns=len(cells), rows=0)
    _fill_hanging(cells, hanging)
    return cells


def _fill_hanging(cells: list[Cell], hanging: dict[int, tuple[int, Cell]]) -> None:
    while (column := len(cells)) in hanging:
        rows_left, value = hanging[column]
        cells.append(value)
        if rows_left == 1:
            del hanging[column]
        else:
            hanging[column] = (rows_left - 1, value)


def _span(element: Any, name: str) -> int:
    text = (element.get(name) or "1").strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() and len(text) < 6 else 1


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element.iter():
        if child is element:
            continue
        if child.tag == "br":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag not in ("script", "style"):
            parts.append(child.text or "")
        parts.append(child.tail or "")
    return "".join(parts)
