"""What root does so that PostgreSQL, which refuses root, runs wherever the program lies."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ets_desktop.local import server_binaries
from ets_desktop.local.server_account import Folders, run_as, server_account
from ets_desktop.local.server_binaries import programs
from tests.local.clusters import Site, value

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")


def test_an_ordinary_user_is_the_servers_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account(tmp_path) is None


@as_root
def test_the_owner_of_a_cluster_stays_its_account(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12346)
    account = server_account(tmp_path)
    assert account is not None
    assert (account.uid, account.gid) == (12345, 12346)


@as_root
def test_the_account_of_a_new_cluster_is_not_root(tmp_path: Path) -> None:
    account = server_account(tmp_path / "not yet")
    assert account is not None
    assert account.uid != 0
    assert run_as(account, ["id", "-u"]).said == str(account.uid)
    assert run_as(account, ["id", "-G"]).said == str(account.gid)


@as_root
def test_a_cluster_that_root_copied_back_is_given_to_its_account(site: Site) -> None:
    data = site.folder / "data"
    owner = data.stat().st_uid
    for path in (data, *data.rglob("*")):
        os.chown(path, 0, 0)
    with site.running() as target:
        assert value(target, "SELECT 1") == 1
    assert data.stat().st_uid == owner


@as_root
def test_a_folder_nobody_can_walk_to_is_reached(tmp_path: Path) -> None:
    folder = tmp_path / "김 상담" / "자료"
    folder.mkdir(parents=True)
    (tmp_path / "김 상담").chmod(0o700)
    account = server_account(tmp_path / "not yet")
    assert account is not None
    os.chown(folder, account.uid, account.gid)
    assert run_as(account, ["touch", str(folder / "x")]).code != 0
    with Folders() as folders:
        name = folders.name(folder)
        assert run_as(account, ["touch", f"{name}/x"], descriptors=folders.descriptors).code == 0
    assert (folder / "x").exists()


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every account can walk to."""
    folder = Path(tempfile.gettempdir()) / f"ets-copies-{os.getpid()}"
    monkeypatch.setattr(server_binaries, "COPIES", folder)
    yield folder
    shutil.rmtree(folder)


@as_root
def test_programs_nobody_can_walk_to_are_copied_once(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = server_account(tmp_path / "not yet")
    package = programs(None).parent.parent
    hidden = tmp_path / "venv"
    hidden.mkdir(0o700)
    for name in (package.name, server_binaries.LIBRARIES):
        (hidden / name).symlink_to(package.parent / name)
    monkeypatch.syspath_prepend(hidden)
    before = os.umask(0o077)
    try:
        copy = programs(account)
    finally:
        os.umask(before)
    assert copy.is_relative_to(copies)
    assert run_as(account, [str(copy / "postgres"), "--version"]).said.startswith("postgres (Pos")
    made = copy.stat().st_mtime_ns
    assert programs(account) == copy
    assert copy.stat().st_mtime_ns == made
    assert [folder.name for folder in copies.iterdir()] == [copy.parents[2].name]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("creating ... FATAL:  No space left on device\nHINT: x\nremoving contents", "No space"),
        ("pg_ctl: could not start server\nExamine the log output.", "could not start"),
        ("initdb: error: invalid locale\ninitdb: hint: x", "invalid locale"),
        ("one\ntwo", "two"),
        ("", ""),
    ],
)
def test_a_program_that_failed_is_quoted_with_its_reason(said: str, reason: str) -> None:
    says = [sys.executable, "-c", f"import sys; sys.exit({said!r})"]
    done = run_as(None, says, environ=os.environ, descriptors=())
    assert done.code == 1
    assert reason in done.said
    assert "removing" not in done.said
