"""The embedded server lives as long as somebody uses it, and survives what happens to PCs."""

import os
import socket
import stat
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.local import cluster as cluster_module
from ets_desktop.local import embedded as embedded_module
from ets_desktop.local.connection import connect, refusal
from ets_desktop.local.embedded import ConnectionTarget, EmbeddedPostgres, running_cluster
from ets_desktop.paths import Paths
from tests.local.clusters import Site, kill, value


def test_a_new_cluster_finds_hangul_and_asks_a_password(tmp_path: Path) -> None:
    site = Site(tmp_path / "새 집")
    postgres = site.postgres()
    target = postgres.start()
    try:
        assert (
            value(
                target,
                "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = 'ets'",
            )
            == "C C.UTF-8"
        )
        with connect(target) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
        assert value(target, "SELECT cardinality(show_trgm('김정민'))") == 4
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(target.url(password="x", login=target.user))
    finally:
        postgres.stop()
    assert not site.is_running()


def test_only_its_owner_makes_temporary_tables(site: Site) -> None:
    postgres = site.postgres()
    target = postgres.start()
    try:
        allowed = "SELECT has_database_privilege('public', 'ets', 'TEMPORARY')"
        assert value(target, allowed) is False
    finally:
        postgres.stop()


def test_files_are_their_owners_only(site: Site) -> None:
    for path in (site.folder / "password", site.folder / "port", site.folder / "gate.lock"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_uid == os.geteuid()
    for path in (site.folder, site.folder / "data", site.paths.log_dir / "postgresql"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_the_last_one_out_stops_the_server(site: Site) -> None:
    ours = site.postgres()
    target = ours.start()
    with site.other_desk() as other:
        ours.stop()
        assert value(target, "SELECT 1") == 1
        other.communicate()
        assert not site.is_running()


def keep_seven(target: ConnectionTarget) -> None:
    with connect(target) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")


def test_a_second_start_takes_what_is_there(site: Site) -> None:
    with site.running() as target:
        keep_seven(target)
    with site.running() as again:
        assert again == target
        assert value(again, "SELECT seven FROM kept") == 7


def test_starting_twice_is_one_share(site: Site) -> None:
    postgres = site.postgres()
    assert postgres.start() == postgres.start()
    postgres.stop()
    assert not site.is_running()
    postgres.stop()


def test_desks_that_start_at_once_share_one_server(site: Site) -> None:
    with site.other_desk(), site.other_desk():
        first = site.postmaster()
        with site.running():
            assert site.postmaster() == first


# The faults of the wheel's own start layer, one by one.


def test_a_server_whose_desk_was_killed_is_stopped_by_the_next_one(site: Site) -> None:
    with site.other_desk() as other:
        kill(other)
    assert site.is_running()
    before = site.postmaster()
    with site.running():
        assert site.postmaster() == before
    assert not site.is_running()


def test_a_killed_desk_does_not_keep_the_server_from_stopping(site: Site) -> None:
    ours = site.postgres()
    ours.start()
    with site.other_desk() as other:
        kill(other)
    ours.stop()
    assert not site.is_running()


@pytest.mark.parametrize("_", range(3))
def test_a_server_that_was_just_killed_is_started_anew(site: Site, _: int) -> None:
    ours = site.postgres()
    target = ours.start()
    keep_seven(target)
    site.kill_postmaster()
    with site.running() as again:
        assert value(again, "SELECT seven FROM kept") == 7
        assert value(ours.start(), "SELECT 1") == 1
    ours.stop()
    assert not site.is_running()


def test_a_server_found_dying_comes_back_at_its_address(site: Site) -> None:
    ours = site.postgres()
    target = ours.start()

    def die_when_asked(asked: ConnectionTarget) -> str | None:
        patch.undo()
        site.kill_postmaster()
        return "nobody answers"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded_module, "refusal", die_when_asked)
        with site.running() as again:
            assert again == target
            assert value(again, "SELECT 1") == 1
    ours.stop()


def test_a_pid_file_that_names_another_process_is_no_server(site: Site) -> None:
    with subprocess.Popen(["sleep", "60"], user=site.pid_file.parent.stat().st_uid) as other:
        lines = [str(other.pid), str(site.pid_file.parent), "1", "1", "", "", "", "ready"]
        site.pid_file.write_text("\n".join(lines) + "\n")
        with site.running() as target:
            assert value(target, "SELECT 1") == 1
            assert site.postmaster() != other.pid
        assert other.poll() is None
        other.kill()


@pytest.mark.parametrize("half", ["", "12", "12\n/somewhere/el", "x\n"])
def test_half_a_pid_file_is_no_hindrance(site: Site, half: str) -> None:
    site.pid_file.write_text(half)
    with site.running() as target:
        assert value(target, "SELECT 1") == 1


class Recovery:
    """A recovery that lasts until it is let go on."""

    COMMAND = "touch waiting; while ! test -e go; do sleep 0.01; done; false"

    def __init__(self, site: Site) -> None:
        self._data = site.folder / "data"
        (self._data / "go").unlink(missing_ok=True)
        (self._data / "waiting").unlink(missing_ok=True)
        (self._data / "recovery.signal").touch()

    def await_begin(self, starter: Callable[[], bool]) -> None:
        while not (self._data / "waiting").exists():
            assert starter()

    def let_go(self) -> None:
        (self._data / "go").touch()


def test_a_long_recovery_is_waited_for(site: Site) -> None:
    recovery = Recovery(site)
    postgres = site.postgres(restore_command=recovery.COMMAND)
    with ThreadPoolExecutor() as threads:
        starting = threads.submit(postgres.start)
        recovery.await_begin(lambda: not starting.done())
        recovery.let_go()
        assert value(starting.result(), "SELECT 1") == 1
    postgres.stop()
    assert cluster_module.START_LIMIT_S >= 600


def test_a_recovery_whose_starter_was_killed_is_joined(site: Site) -> None:
    recovery = Recovery(site)
    with site.starting_desk(restore_command=recovery.COMMAND) as other:
        recovery.await_begin(lambda: other.poll() is None)
        kill(other)
    first = site.postmaster()
    refused = threading.Event()

    def refusal_seen(target: ConnectionTarget) -> str | None:
        refused.set()
        return refusal(target)

    with ThreadPoolExecutor() as threads, pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded_module, "refusal", refusal_seen)
        postgres = site.postgres()
        starting = threads.submit(postgres.start)
        assert refused.wait(10)
        recovery.let_go()
        assert value(starting.result(), "SELECT 1") == 1
        assert site.postmaster() == first
    postgres.stop()
    assert not site.is_running()


def test_no_folder_but_ours_changes_its_mode_or_owner(site: Site, tmp_path: Path) -> None:
    parents = [site.home, tmp_path, *tmp_path.parents]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in parents]
    with site.running():
        assert [(path.stat().st_mode, path.stat().st_uid) for path in parents] == before


# What else happens.


def test_a_port_that_was_taken_meanwhile_is_given_up(site: Site) -> None:
    with site.running() as target:
        pass
    with socket.create_server((target.host, target.port)), site.running() as again:
        assert again.port != target.port
        assert value(again, "SELECT 1") == 1


def test_a_server_asked_to_linger_goes_on_until_a_desk_leaves(site: Site) -> None:
    with running_cluster(site.paths, linger=True) as target:
        pass
    with running_cluster(site.paths):
        pass
    assert value(target, "SELECT 1") == 1
    with running_cluster(site.paths, end_lingering=True):
        pass
    assert not site.is_running()


def test_only_a_server_without_users_is_idle(site: Site) -> None:
    with site.other_desk() as other:
        assert not site.postgres().stop_idle()
        kill(other)
    assert site.postgres().stop_idle()
    assert not site.is_running()


def test_half_a_cluster_of_a_killed_first_start_is_made_anew(tmp_path: Path) -> None:
    site = Site(tmp_path / "집")
    (site.folder / "data.new" / "base").mkdir(parents=True)
    (site.folder / "password.new").write_text("old")
    postgres = site.postgres()
    assert value(postgres.start(), "SELECT 1") == 1
    postgres.stop()


def test_the_log_holds_no_values(site: Site) -> None:
    with site.running() as target:
        for statement in ("SELECT 'secret-1'::date", "SELEC 'secret-2'"):
            with connect(target) as connection, pytest.raises(psycopg.Error):
                connection.execute(statement.encode())
    text = "".join(file.read_text() for file in (site.paths.log_dir / "postgresql").iterdir())
    assert "ready to accept connections" in text
    assert "secret" not in text


def test_a_cluster_of_another_version_is_refused(site: Site) -> None:
    version = site.folder / "data" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("15\n")
    with pytest.raises(EtsError) as caught:
        site.postgres().start()
    version.write_text(ours)
    assert caught.value.code == "embedded_other_version"
    assert caught.value.details == {"found": "15", "expected": "18"}


def test_a_server_that_cannot_start_is_told_and_leaves_nothing(site: Site) -> None:
    with pytest.raises(Unavailable, match="embedded_start_failed"):
        site.postgres(shared_buffers="nonsense").start()
    assert not site.is_running()
    assert list((site.folder / "leases").iterdir()) == []


def test_a_lost_password_is_told(site: Site) -> None:
    password = site.folder / "password"
    kept = password.rename(password.with_name("kept"))
    with pytest.raises(EtsError, match="embedded_password_lost"):
        site.postgres().start()
    kept.rename(password)


def test_a_password_changed_behind_our_back_is_told(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_module, "PASSWORD_LIMIT_S", 0)
    password = site.folder / "password"
    ours = password.read_text()
    password.write_text("other")
    with pytest.raises(EtsError, match="embedded_password_refused"):
        site.postgres().start()
    assert not site.is_running()
    password.write_text(ours)


def test_a_file_in_place_of_the_home_is_told(tmp_path: Path) -> None:
    home = tmp_path / "파일"
    home.write_text("")
    with pytest.raises(EtsError, match="folder_unusable"):
        EmbeddedPostgres(Paths.under(home)).start()
