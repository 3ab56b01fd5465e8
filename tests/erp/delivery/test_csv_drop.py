"""Sheets for an ERP that reads files: nothing in them runs, nothing in them is lost."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from ets_desktop.domain.delivery import Undelivered
from ets_desktop.erp.delivery import Instruction
from ets_desktop.erp.delivery.csv_drop import CsvDrop

BODY = {"claim_no": "=1+1", "order_no": ' "줄\n바꿈", ', "channel": None, "ticket_no": "@SUM(A1)"}
ONE = Instruction(1, "claim/1/collect", "collect", True, BODY, datetime.now(UTC), 1)


def test_no_cell_is_a_formula_and_every_text_comes_back(tmp_path: Path) -> None:
    assert list(CsvDrop(tmp_path).deliver([ONE])) == [(ONE, None)]
    (file,) = tmp_path.iterdir()
    with file.open(encoding="utf-8-sig", newline="") as sheet:
        (row,) = csv.DictReader(sheet)
    assert row["claim_no"] == "'=1+1"
    assert row["ticket_no"] == "'@SUM(A1)"
    assert row["order_no"] == ' "줄\n바꿈", '
    assert row["channel"] == ""


def test_a_folder_that_went_away_is_a_miss_for_all(tmp_path: Path) -> None:
    ((_, miss),) = CsvDrop(tmp_path / "gone").deliver([ONE])
    assert miss is not None
    assert (miss.why, miss.detail, miss.final) == (Undelivered.FOLDER, "FileNotFoundError", False)


def test_nothing_to_tell_makes_no_sheet(tmp_path: Path) -> None:
    assert list(CsvDrop(tmp_path).deliver([])) == []
    assert list(tmp_path.iterdir()) == []
