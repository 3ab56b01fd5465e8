"""`ets backup` and `ets restore`: what they say, and what they refuse in Korean."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main
from ets_desktop.db.backup import manifest
from ets_desktop.db.migrate import downgrade
from ets_desktop.local.connection import ConnectionTarget, connect

COPY = "restored_by_command"


@pytest.fixture
def url(
    clean_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    postgres_server: ConnectionTarget,
) -> Iterator[str]:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    yield clean_database
    with connect(postgres_server, "postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)".encode())


def ets(*words: str | Path, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == exits, result.output
    return result


def test_a_backup_is_made_checked_and_restored(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    photos = tmp_path / "home" / "data" / "photos" / "ab"
    photos.mkdir(parents=True)
    (photos / "abcd.jpg").write_bytes(b"12345")
    told = ets("backup", folder).stdout
    assert f"백업했습니다: {folder}" in told
    assert f"반품 사진 {photos.parent} (1개, 5바이트)" in told
    assert "온전합니다." in ets("restore", folder, "--check").stdout
    restored = ets("restore", folder, "--into", COPY).stdout
    assert "복원했고, 백업과 같습니다" in restored
    assert "반품 사진" in restored
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT action FROM access_log").fetchall()
    assert row == [("backup",)]


def test_both_tell_json(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    made = json.loads(ets("backup", folder, "--json").stdout)
    told = json.loads(ets("restore", folder, "--check", "--json").stdout)
    assert (told["rows"], told["schema"]) == (made["rows"], made["schema"])
    assert (told["differences"], told["database"]) == ([], None)


def test_the_database_in_use_is_never_overwritten(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    ets("backup", folder)
    for words in ([], ["--into", url]):
        refused = ets("restore", folder, *words, exits=2)
        assert "비어 있지 않아 복원하지 않았습니다" in refused.stderr
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {COPY}".encode())
    assert "이미 있는 데이터베이스" in ets("restore", folder, "--into", COPY, exits=2).stderr
    assert "이미 있는 폴더" in ets("backup", folder, exits=2).stderr


def test_a_damaged_backup_is_refused(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    ets("backup", folder)
    with (folder / "database.dump").open("r+b") as archive:
        archive.truncate(1000)
    for words in (["--check"], ["--into", COPY]):
        assert "손상되었습니다" in ets("restore", folder, *words, exits=2).stderr
    assert "백업이 아니거나" in ets("restore", tmp_path, "--check", exits=2).stderr


def test_a_backup_from_before_an_upgrade_says_what_to_do(url: str, tmp_path: Path) -> None:
    downgrade(url, "-1")
    folder = tmp_path / "backup"
    ets("backup", folder)
    assert "ets db upgrade" in ets("restore", folder, "--into", COPY).stdout


def test_a_restore_that_is_not_what_was_backed_up_is_not_to_be_used(
    url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    ets("backup", folder)
    file = folder / manifest.MANIFEST
    sealed = json.loads(file.read_text(encoding="utf-8"))
    sealed["backup"]["contents"]["tables"]["public.team"]["rows"] = 7
    sealed["sha256"] = manifest._digest(sealed["backup"])
    file.write_text(json.dumps(sealed), encoding="utf-8")
    told = ets("restore", folder, "--into", COPY, exits=1)
    assert "table public.team: 7 / 0" in told.stderr
    assert "쓰지 마십시오" in told.stderr


def test_an_address_that_is_none_is_refused(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    ets("backup", folder)
    ets("restore", folder, "--into", "postgresql://[", exits=2)
    ets("restore", folder, "--into", "a" * 80, exits=2)
