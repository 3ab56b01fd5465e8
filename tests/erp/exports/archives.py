"""Workbooks taken apart and put together otherwise."""

import io
import zipfile
from pathlib import Path

import openpyxl


def xlsx_with(**parts: bytes) -> bytes:
    """A workbook whose parts (by the last part of their names) are replaced."""
    source = io.BytesIO()
    target = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["상품주문번호", "주문번호", "상품명", "수량"])
    book.active.append(["11", "1", "감귤", 1])
    book.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            name = Path(info.filename).stem
            new.writestr(info.filename, parts.get(name, old.read(info)))
        if "sharedStrings" in parts and "xl/sharedStrings.xml" not in old.namelist():
            new.writestr("xl/sharedStrings.xml", parts["sharedStrings"])
    return target.getvalue()


def sheet_xml(cells: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    ).encode()
