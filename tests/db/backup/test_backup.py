"""A backup restored is the same shop: compared by hand, on this server and on another."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import text

from ets_desktop.db.backup import manifest
from ets_desktop.db.backup.contents import contents_of, differences
from ets_desktop.db.backup.dumping import address_of, back_up
from ets_desktop.db.backup.manifest import ARCHIVE, MANIFEST, read_manifest
from ets_desktop.db.backup.restoring import new_database, restore
from ets_desktop.db.engine import Database
from ets_desktop.db.server_setup import fit_owner, make_groups, make_owner, missing_groups
from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.local.client_programs import client_programs
from ets_desktop.local.connection import connect
from tests.db.backup.conftest import PASSWORD
from tests.postgres import throw_away_server
from tests.tiny_disk import tiny_disk

NewName = Callable[[], str]


@contextmanager
def restored(backup: Path, url: str, name: str) -> Iterator[str]:
    """The address of `backup` as a new database of that name."""
    with new_database(url, name) as target:
        assert restore(backup, read_manifest(backup), target) == ()
        yield target


def column(address: str, query: str) -> list[object]:
    with psycopg.connect(address) as connection:
        return [row[0] for row in connection.execute(query.encode())]


def rows_of_all_tables(address: str) -> dict[str, list[object]]:
    tables = column(address, "SELECT relname FROM pg_stat_user_tables")
    return {
        str(table): column(address, f'SELECT t::text FROM "{table}" t ORDER BY 1')
        for table in tables
    }


@pytest.fixture(scope="module", autouse=True)
def rows_backed_up(shop: Database, backup: Path) -> dict[str, list[object]]:
    """Before a test works in the shop."""
    assert backup.exists()
    return rows_of_all_tables(shop.url)


@pytest.fixture(scope="module")
def copy(shop: Database, backup: Path, template_database: str) -> Iterator[str]:
    """The shop's backup as a database beside it."""
    name = f"{template_database}_restored"
    with restored(backup, shop.url, name) as target:
        yield target
    with psycopg.connect(shop.url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_what_is_restored_is_what_was_backed_up(
    rows_backed_up: dict[str, list[object]], copy: str
) -> None:
    assert len(rows_backed_up["sales_order"]) == 30
    assert rows_of_all_tables(copy) == rows_backed_up


def test_a_restored_shop_goes_on_where_it_stopped(copy: str) -> None:
    """Numbers go on, and the guard lets each do what it may."""
    last = column(copy, "SELECT max(id) FROM ticket")[0]
    agent = make_conninfo(copy, user="agent101", password=PASSWORD)
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(agent) as connection, refused:
        connection.execute("UPDATE access_log SET action = ''")
    number = column(copy, "SELECT nextval(pg_get_serial_sequence('ticket', 'id'))")[0]
    assert isinstance(number, int)
    assert isinstance(last, int)
    assert number > last


def test_a_backup_brings_its_people_to_a_new_server(backup: Path, tmp_path: Path) -> None:
    """Another PC: nobody's role is there, and everybody logs in with the password they have."""
    with throw_away_server(tmp_path) as server:
        assert column(server.url(), "SELECT rolname FROM pg_roles WHERE rolname ~ '^ets_a'") == []
        with connect(server, "postgres") as superuser:
            # As `ets server init` does: whoever keeps a central database is no superuser.
            make_groups(superuser, missing_groups(superuser))
            make_owner(superuser, "keeper", PASSWORD)
            fit_owner(superuser, "keeper")
        with new_database(server.url("keeper", PASSWORD), "shop") as target:
            assert restore(backup, read_manifest(backup), target) == ()
        agent = make_conninfo(server.url("agent101", PASSWORD), dbname="shop")
        with psycopg.connect(agent) as connection:
            assert connection.execute("SELECT count(*) FROM sales_order").fetchone() == (30,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("UPDATE access_log SET action = ''")


def test_a_backup_is_one_moment_of_a_shop_at_work(
    shop: Database, new_name: NewName, tmp_path: Path
) -> None:
    enough = Event()

    def work() -> None:
        while not enough.is_set():
            shop.call(lambda s: s.execute(text("INSERT INTO setting VALUES (now(), '{}')")))

    worker = Thread(target=work)
    worker.start()
    try:
        back_up(shop.url, tmp_path / "busy", before=lambda: None)
    finally:
        enough.set()
        worker.join()
    with restored(tmp_path / "busy", shop.url, new_name()):
        shop.call(lambda s: s.execute(text("DELETE FROM setting WHERE key ~ '^2'")))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("INSERT INTO team (name) VALUES ('x')", "table public.team"),
        ("UPDATE customer SET name = 'x' WHERE id = (SELECT min(id) FROM customer)", "customer:"),
        ("REVOKE SELECT ON ticket FROM ets_agent", "public.ticket: ets_agent SELECT"),
        ("GRANT SELECT ON claim TO PUBLIC", "public.claim: PUBLIC SELECT"),
        ("ALTER TABLE ticket DISABLE TRIGGER ticket_guard", "trigger ticket_guard"),
        ("ALTER TABLE draft DISABLE ROW LEVEL SECURITY", "table public.draft"),
        (
            "ALTER FUNCTION forget_what_is_done(integer) OWNER TO ets_gateway",
            "FUNCTION public.forget_what_is_done(integer) ets_gateway",
        ),
        ("SELECT setval(pg_get_serial_sequence('ticket', 'id'), 1)", "sequence public.ticket"),
        ("UPDATE alembic_version SET version_num = '0001'", "schema"),
    ],
)
def test_what_differs_is_told(
    harm: str, told: str, shop: Database, backup: Path, new_name: NewName
) -> None:
    expected = read_manifest(backup).contents
    with psycopg.connect(shop.url) as connection:
        connection.execute(harm.encode())
        found = differences(expected, contents_of(connection))
        connection.rollback()
    assert [line for line in found if told in line], found


@pytest.mark.parametrize("name", [ARCHIVE, MANIFEST])
@pytest.mark.parametrize("at", [0.0, 0.1, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("how", ["cut", "changed"])
def test_a_damaged_backup_is_known_as_damaged(
    name: str, at: float, how: str, backup: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    whole = (copy / name).read_bytes()
    place = min(int(len(whole) * at), len(whole) - 1)
    other = bytes([whole[place] ^ 1])
    (copy / name).write_bytes(whole[:place] + (b"" if how == "cut" else other + whole[place + 1 :]))
    with pytest.raises(EtsError) as refused:
        read_manifest(copy)
    assert refused.value.code == "backup_damaged"


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("LC_CTYPE 'C.UTF-8' LOCALE_PROVIDER libc", ["c", "C.UTF-8"]),
        ("LC_CTYPE 'C' LOCALE_PROVIDER libc", ["c", "C"]),
        ("LC_CTYPE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'", ["b", "C"]),
    ],
)
def test_a_new_database_knows_the_letters_of_the_shops(
    shop: Database, new_name: NewName, kind: str, found: list[str]
) -> None:
    like, name = new_name(), new_name()
    with psycopg.connect(shop.url, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {like} TEMPLATE template0 LC_COLLATE 'C' {kind}".encode()
        )
    with new_database(make_conninfo(shop.url, dbname=like), name) as address:
        query = (
            "SELECT ARRAY[datlocprovider::text, datctype] FROM pg_database"
            " WHERE datname = current_database()"
        )
        assert column(address, query) == [found]


def test_whoever_forgets_may_do_so_in_what_was_restored(copy: str) -> None:
    assert column(copy, "SELECT forget_old_trails(1) IS NULL") == [False]


def test_what_is_no_backup_is_told(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "archive only").mkdir()
    shutil.copy(backup / ARCHIVE, tmp_path / "archive only")
    (tmp_path / "manifest only").mkdir()
    shutil.copy(backup / MANIFEST, tmp_path / "manifest only")
    for name in ("half", "archive only", "manifest only", "none"):
        with pytest.raises(EtsError) as refused:
            read_manifest(tmp_path / name)
        assert refused.value.code == "backup_none"


def test_a_backup_of_a_newer_program_is_left_to_it(backup: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    sealed = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    sealed["backup"]["form"] = manifest.FORM + 1
    sealed["sha256"] = manifest._digest(sealed["backup"])
    (copy / MANIFEST).write_text(json.dumps(sealed), encoding="utf-8")
    with pytest.raises(EtsError) as refused:
        read_manifest(copy)
    assert refused.value.code == "backup_newer"


def test_an_archive_that_breaks_off_leaves_the_database_empty(
    shop: Database, backup: Path, new_name: NewName, tmp_path: Path
) -> None:
    """As if it had been cut while it was written: its manifest says that it is whole."""
    read = read_manifest(backup)
    shutil.copytree(backup, tmp_path / "cut")
    with (tmp_path / "cut" / ARCHIVE).open("r+b") as archive:
        archive.truncate(int(read.archive_bytes * 0.9))
    with new_database(shop.url, new_name()) as target:
        with pytest.raises(Unavailable) as failed:
            restore(tmp_path / "cut", read, target)
        assert failed.value.code == "backup_failed"
        assert column(target, "SELECT relname FROM pg_class WHERE relnamespace = 2200") == []


def test_who_may_not_restore_is_told_and_leaves_the_database_empty(
    shop: Database, backup: Path, new_name: NewName
) -> None:
    with new_database(shop.url, new_name()) as target:
        agent = make_conninfo(target, user="agent101", password=PASSWORD)
        with pytest.raises(Unavailable) as failed:
            restore(backup, read_manifest(backup), agent)
        assert (failed.value.code, failed.value.details["program"]) == ("backup_failed", "psql")
        assert "permission denied" in str(failed.value.details["reason"])
        assert column(target, "SELECT relname FROM pg_class WHERE relnamespace = 2200") == []


def test_nothing_is_restored_over_anything(shop: Database, backup: Path, new_name: NewName) -> None:
    read = read_manifest(backup)
    with pytest.raises(RuleViolation) as full:
        restore(backup, read, shop.url)
    assert full.value.code == "backup_target_not_empty"
    in_use = str(conninfo_to_dict(shop.url)["dbname"])
    with pytest.raises(RuleViolation) as exists, new_database(shop.url, in_use):
        pass
    assert exists.value.code == "backup_target_exists"
    with new_database(shop.url, new_name()) as target:
        with psycopg.connect(target) as connection:
            connection.execute("CREATE FUNCTION somebodys() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        with pytest.raises(RuleViolation):
            restore(backup, read, target)


def test_a_new_database_whose_restore_fails_is_gone(shop: Database, new_name: NewName) -> None:
    name = new_name()
    with pytest.raises(ZeroDivisionError), new_database(shop.url, name):
        raise ZeroDivisionError
    assert column(shop.url, f"SELECT 1 FROM pg_database WHERE datname = '{name}'") == []


def test_a_folder_that_exists_is_left_alone(shop: Database, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(EtsError) as refused:
        back_up(shop.url, tmp_path / "mine", before=lambda: None)
    assert refused.value.code == "backup_folder_exists"
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_backup_that_fails_leaves_nothing_behind(shop: Database, tmp_path: Path) -> None:
    def fail() -> None:
        raise Unavailable("database_away")

    with pytest.raises(Unavailable):
        back_up(shop.url, tmp_path / "failed", before=fail)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(EtsError):
        back_up(shop.url, tmp_path / "file" / "below", before=fail)


def test_a_disk_that_fills_up_is_told_and_holds_no_half_backup(
    shop: Database, tmp_path: Path
) -> None:
    with tiny_disk(tmp_path / "stick") as disk:
        if not os.path.ismount(disk):
            pytest.skip("this account may mount no file system")
        with pytest.raises(Unavailable) as full:
            back_up(shop.url, disk / "backup", before=lambda: None)
        assert full.value.code == "backup_failed"
        assert "No space left" in str(full.value.details["reason"])
        assert list(disk.iterdir()) == []


def test_an_empty_database_is_no_shop(shop: Database, new_name: NewName, tmp_path: Path) -> None:
    with new_database(shop.url, new_name()) as target, pytest.raises(RuleViolation) as refused:
        back_up(target, tmp_path / "none", before=lambda: None)
    assert refused.value.code == "backup_nothing"


def test_only_its_owner_reads_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert [file.stat().st_mode & 0o177 for file in backup.iterdir()] == [0, 0]


def test_the_password_stands_on_no_command_line(shop: Database) -> None:
    password = str(conninfo_to_dict(shop.url)["password"])
    assert password not in address_of(shop.url)
    assert "password" not in address_of(shop.url)


def test_programs_older_than_the_server_are_not_taken() -> None:
    _, version = client_programs(("pg_dump",), 18)
    assert version >= 18
    with pytest.raises(EtsError) as missing:
        client_programs(("pg_dump",), 99)
    assert missing.value.code == "backup_programs_missing"
    with pytest.raises(EtsError):
        client_programs(("pg_no_such_thing",), 1)
