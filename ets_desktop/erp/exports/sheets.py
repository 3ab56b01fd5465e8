"""Any export file to its sheets: the kind decided by content, sizes checked before unpacking."""

from pathlib import Path

from ets_desktop.erp.exports.csv_text import csv_sheets
from ets_desktop.erp.exports.html_table import html_sheets
from ets_desktop.erp.exports.sheet import Sheet
from ets_desktop.erp.exports.sniff import LARGEST_FILE, FileKind, Refused, sniff
from ets_desktop.erp.exports.unlock import unlocked
from ets_desktop.erp.exports.workbooks import xls_sheets, xlsx_sheets


def content_of(path: Path) -> bytes:
    """The file's bytes; Refused: `file_missing`, `file_unreadable`, `file_too_big`."""
    try:
        if not path.is_file():
            raise Refused("file_missing")
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(
                "file_too_big",
                megabytes=path.stat().st_size // 2**20,
                limit=LARGEST_FILE // 2**20,
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused("file_unreadable") from error


def sheets_of(content: bytes, password: str | None = None) -> list[Sheet]:
    """The sheets of an export, whatever its name says; raises Refused with the reason."""
    kind = sniff(content)
    if kind is FileKind.LOCKED:
        content = unlocked(content, password)
        if sniff(content) is not FileKind.XLSX:
            raise Refused("file_damaged")
        kind = FileKind.XLSX
    if kind is FileKind.XLSX:
        return xlsx_sheets(content)
    if kind is FileKind.XLS:
        return xls_sheets(content, password)
    return html_sheets(content) if kind is FileKind.HTML else csv_sheets(content)
