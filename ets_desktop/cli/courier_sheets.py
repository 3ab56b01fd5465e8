"""Sheets for couriers and from them, as files: XLSX or CSV, whole or not at all."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ets_desktop.cli.language import say
from ets_desktop.cli.order_words import refusal
from ets_desktop.couriers.sheets import WriteSheet
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.formulas import could_be_formula
from ets_desktop.erp.exports.cells import identifier_of
from ets_desktop.erp.exports.sheets import content_of, sheets_of
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.reports.files import PendingFile
from ets_desktop.reports.workbook import SheetColumn, write_workbook

_TITLE = "회수접수"


def sheet_writer(file: Path) -> WriteSheet:
    """Writes `file`, which must not be there. Raises EtsError `export_file_exists`."""
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError(say("FILE은 .xlsx나 .csv여야 합니다.", "FILE is an .xlsx or a .csv"))
    if file.exists():
        raise EtsError("export_file_exists")

    def write(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        with PendingFile(file) as pending:
            if file.suffix.lower() == ".csv":
                _write_csv(pending.path, titles, rows)
            else:
                columns = [SheetColumn(title, len(title) * 2) for title in titles]
                write_workbook(pending.path, _TITLE, columns, rows)
            pending.place()

    return write


def result_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers; a waybill that stands as a number is whole.

    Raises click.UsageError with the reason where the file is none.
    """
    try:
        sheets = sheets_of(content_of(file))
        if not sheets:
            raise Refused("no_rows")
        for row in sheets[0].rows():
            yield row.number, [] if row.broken else [identifier_of(cell).text for cell in row.cells]
    except Refused as error:
        raise click.UsageError(refusal(error)) from error


def _write_csv(file: Path, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """UTF-8 with a mark, without which Korean spreadsheets read CP949."""
    with file.open("w", encoding="utf-8-sig", newline="") as written:
        writer = csv.writer(written, quoting=csv.QUOTE_ALL)
        writer.writerow(titles)
        for row in rows:
            writer.writerow([f"'{cell}" if could_be_formula(cell) else cell for cell in row])
