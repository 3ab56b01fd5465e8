"""엑셀 저장 on a real database as an agent: all rows, logged first, or no file."""

import os
import resource
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.domain.paging import Page
from ets_desktop.reports.export import Exported, ExportList, Progress, check_reason, export_list
from ets_desktop.reports.workbook import SheetColumn

REASON = "고객 요청 확인"
COLUMNS = (SheetColumn("번호", 6, True), SheetColumn("고객", 10))


class Stop:
    """중지, pressed once `after` rows are written."""

    def __init__(self, progress: Progress, after: int | None = None) -> None:
        self._progress = progress
        self._after = after

    @property
    def cancelled(self) -> bool:
        return self._after is not None and self._progress.rows >= self._after

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Nothing to hear here: the reading itself is quick."""


def pages(last: int) -> Callable[[Any, tuple[object, ...], int], Page[int]]:
    """Numbers up to `last`, asked of the database page by page."""

    def further(session: Any, after: tuple[object, ...], size: int) -> Page[int]:
        query = text(
            "SELECT n FROM generate_series(CAST(:first AS int), :last) n ORDER BY n LIMIT :size"
        )
        bound = {"first": after[0], "last": last, "size": size}
        rows = tuple(session.scalars(query, bound))
        return Page(rows, (rows[-1] + 1,) if rows and rows[-1] < last else None)

    return further


def numbers(last: int, *, most: int = 1_000_000) -> ExportList[int]:
    """Two rows are loaded, the others are in the database."""
    return ExportList(
        "번호목록",
        "Numbers",
        COLUMNS,
        lambda row: (f"{row:,}", "김*민"),
        (1, 2),
        (3,) if last > 2 else None,
        pages(last),
        {"orderer": "김정민", "phone": "\x000000"},
        most,
    )


@pytest.fixture
def desk(kim: Agent, login: Callable[[Agent], Database]) -> Database:
    return login(kim)


def export(
    desk: Database,
    wish: ExportList[int],
    folder: Path,
    *,
    reason: str = REASON,
    file: str = "번호",
    stop_after: int | None = None,
) -> Exported:
    progress = Progress()
    stop = Stop(progress, stop_after)
    return export_list(desk.call, wish, reason, file, folder, stop, progress)


def rows_of(place: Path) -> list[tuple[object, ...]]:
    with closing(load_workbook(place, read_only=True)) as book:
        sheet = book.active
        assert sheet is not None
        return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def log_of(database: Database) -> list[tuple[object, ...]]:
    def logged(session: Any) -> list[tuple[object, ...]]:
        found = session.execute(
            text("SELECT action, subject, condition, row_count, login FROM access_log")
        )
        return [tuple(row) for row in found]

    return database.call(logged)


def test_rows_that_were_not_loaded_are_written_too(desk: Database, tmp_path: Path) -> None:
    exported = export(desk, numbers(1_200), tmp_path)
    assert exported == Exported(tmp_path / "번호.xlsx", 1_200, is_capped=False)
    rows = rows_of(exported.path)
    assert rows[0] == ("번호", "고객")
    assert rows[1:] == [(number, "김*민") for number in range(1, 1_201)]


def test_the_log_says_who_why_what_and_how_much(
    desk: Database, database: Database, kim: Agent, tmp_path: Path
) -> None:
    export(desk, numbers(3), tmp_path, reason=" 고객 요청\x00 확인 ")
    [(action, subject, condition, count, login)] = log_of(database)
    assert (action, subject, count) == ("export", "list/번호목록", 3)
    assert condition == {
        "reason": "고객 요청 확인",
        "columns": ["번호", "고객"],
        "conditions": {"orderer": "김정민", "phone": "0000"},
    }
    assert login == kim.login


def test_a_search_is_written_up_to_its_most(desk: Database, tmp_path: Path) -> None:
    exported = export(desk, numbers(900, most=700), tmp_path)
    assert (exported.row_count, exported.is_capped) == (700, True)
    assert len(rows_of(exported.path)) == 701


@pytest.mark.parametrize("reason", ["", " ", "가", "\x00\x01가 "])
def test_without_a_reason_nothing_is_written(desk: Database, tmp_path: Path, reason: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        export(desk, numbers(3), tmp_path, reason=reason)
    assert (refused.value.code, refused.value.field) == ("export_needs_reason", "reason")
    assert os.listdir(tmp_path) == []


def test_a_reason_that_is_too_long_for_the_log_is_refused_and_not_cut() -> None:
    assert check_reason("가" * 200) == "가" * 200
    with pytest.raises(RuleViolation) as refused:
        check_reason("가" * 201)
    assert (refused.value.code, refused.value.field) == ("text_too_long", "reason")


def test_without_the_log_there_is_no_file(
    desk: Database, database: Database, tmp_path: Path
) -> None:
    def change(session: Any, sql: str) -> None:
        session.execute(text(sql))

    columns = "(action, subject, condition, row_count) ON access_log"
    database.call(change, f"REVOKE INSERT {columns} FROM ets_agent")
    try:
        with pytest.raises(RuleViolation, match="not_allowed"):
            export(desk, numbers(3), tmp_path)
    finally:
        database.call(change, f"GRANT INSERT {columns} TO ets_agent")
    assert os.listdir(tmp_path) == []
    assert log_of(database) == []


def test_stopped_it_leaves_neither_file_nor_entry(
    desk: Database, database: Database, tmp_path: Path
) -> None:
    for after in (1, 600, 1_200):
        with pytest.raises(EtsError, match="cancelled"):
            export(desk, numbers(1_200), tmp_path, stop_after=after)
    assert os.listdir(tmp_path) == []
    assert log_of(database) == []


def test_a_database_that_goes_away_between_pages_leaves_nothing(
    desk: Database, tmp_path: Path
) -> None:
    def gone(session: Any, after: tuple[object, ...], size: int) -> Page[int]:
        raise Unavailable("database_away")

    wish = ExportList("목록", "목록", COLUMNS, lambda row: (str(row), ""), (1,), (2,), gone)
    with pytest.raises(Unavailable):
        export(desk, wish, tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_list_that_cannot_say_how_it_goes_on_is_a_bug(desk: Database, tmp_path: Path) -> None:
    wish = ExportList("목록", "목록", COLUMNS, lambda row: (str(row), ""), (1,), (2,))
    with pytest.raises(ValueError, match="further pages"):
        export(desk, wish, tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_beside_the_file_and_nothing_is_logged(
    desk: Database, database: Database, tmp_path: Path
) -> None:
    wish = ExportList(
        "목록", "목록", COLUMNS, lambda row: (str(row), "가" * 30_000), tuple(range(100))
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        with pytest.raises(RuleViolation) as refused:
            export(desk, wish, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (refused.value.code, refused.value.field) == ("export_disk_full", "file")
    assert os.listdir(tmp_path) == []
    assert log_of(database) == []


def test_a_file_that_came_meanwhile_is_not_written_over(desk: Database, tmp_path: Path) -> None:
    def texts(row: int) -> tuple[str, str]:
        (tmp_path / "번호.xlsx").write_text("theirs")
        return str(row), ""

    with pytest.raises(RuleViolation, match="export_file_exists"):
        export(desk, ExportList("목록", "목록", COLUMNS, texts, (1,)), tmp_path)
    assert (tmp_path / "번호.xlsx").read_text() == "theirs"
    assert os.listdir(tmp_path) == ["번호.xlsx"]
