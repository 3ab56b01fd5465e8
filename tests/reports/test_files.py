"""Names of files as people type them, and files that are there whole or not at all."""

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.reports.files import PendingFile, default_name, path_of, told_beside_the_field

NOW = datetime(2026, 11, 22, 10, 30, 5)  # noqa: DTZ001


def test_the_list_and_the_time_name_the_file() -> None:
    assert default_name("주문목록", NOW) == "주문목록_20261122_103005.xlsx"
    assert default_name("../주문/목록:\u202e", NOW) == "주문목록_20261122_103005.xlsx"
    assert default_name("???", NOW) == "list_20261122_103005.xlsx"


def test_a_bare_name_goes_into_the_folder_and_becomes_a_workbook(tmp_path: Path) -> None:
    assert path_of(" 목록 ", tmp_path) == tmp_path / "목록.xlsx"
    assert path_of("목록.XLSX", tmp_path) == tmp_path / "목록.XLSX"
    assert path_of("목록.csv", tmp_path) == tmp_path / "목록.csv.xlsx"


def test_a_whole_path_stays_where_it_is(tmp_path: Path) -> None:
    assert path_of(str(tmp_path / "a.xlsx"), Path("/nowhere")) == tmp_path / "a.xlsx"
    (tmp_path / "안").mkdir()
    assert path_of("안/a.xlsx", tmp_path) == tmp_path / "안" / "a.xlsx"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "export_needs_file"),
        ("  ", "export_needs_file"),
        ("a\x00b", "export_bad_name"),
        ("목록?", "export_bad_name"),
        ("a:b", "export_bad_name"),
        ("CON", "export_bad_name"),
        ("nul.xlsx", "export_bad_name"),
        (".xlsx", "export_bad_name"),
        ("..", "export_bad_name"),
        ("/", "export_bad_name"),
        ("폴더/", "export_bad_name"),
        ("목록\u202exslx", "export_bad_name"),
        ("없는폴더/목록", "export_no_folder"),
        ("가" * 300, "export_name_too_long"),
    ],
)
def test_a_name_that_cannot_be_is_refused_beside_the_field(
    typed: str, code: str, tmp_path: Path
) -> None:
    with pytest.raises(RuleViolation) as refused:
        path_of(typed, tmp_path)
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "목록.xlsx").write_text("mine")
    (tmp_path / "zu.xlsx").symlink_to(tmp_path / "nirgends")
    for typed in ("목록", "zu"):
        with pytest.raises(RuleViolation, match="export_file_exists"):
            path_of(typed, tmp_path)
    with PendingFile(tmp_path / "목록.xlsx") as pending, pytest.raises(FileExistsError):
        pending.place()
    assert (tmp_path / "목록.xlsx").read_text() == "mine"
    assert sorted(os.listdir(tmp_path)) == ["zu.xlsx", "목록.xlsx"]


def test_a_file_in_the_way_as_a_folder_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(RuleViolation, match="export_no_folder"):
        path_of("a/b", tmp_path)


def test_a_pending_file_gets_its_name_at_once_and_whole(tmp_path: Path) -> None:
    place = tmp_path / "목록.xlsx"
    with PendingFile(place) as pending:
        pending.path.write_bytes(b"rows")
        assert not place.exists()
        pending.place()
    assert place.read_bytes() == b"rows"
    assert place.stat().st_mode & 0o077 == 0
    assert os.listdir(tmp_path) == ["목록.xlsx"]


def test_what_failed_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(LookupError), PendingFile(tmp_path / "목록.xlsx"):
        raise LookupError
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "export_not_permitted"),
        (errno.EROFS, "export_not_permitted"),
        (errno.ENOSPC, "export_disk_full"),
        (errno.EFBIG, "export_disk_full"),
        (errno.EIO, "export_not_writable"),
    ],
)
def test_what_the_system_refuses_is_told_beside_the_field(number: int, code: str) -> None:
    with pytest.raises(RuleViolation) as refused, told_beside_the_field():
        raise OSError(number, os.strerror(number))
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_a_fault_without_a_number_is_told_by_its_kind() -> None:
    with pytest.raises(RuleViolation) as refused, told_beside_the_field():
        raise OSError
    assert refused.value.details == {"reason": "OSError"}
