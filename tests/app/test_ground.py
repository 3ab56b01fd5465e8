"""The ground under the desk: an embedded server that dies is brought back."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from ets_desktop.app.ground import Ground
from ets_desktop.paths import Paths
from ets_desktop.settings import DatabaseSettings, Settings


def test_a_central_server_is_not_ours_to_bring_back(clean_database: str, tmp_path: Path) -> None:
    ground = Ground(
        Settings(database=DatabaseSettings(clean_database)), Paths.under(tmp_path), print
    )
    ground.server()
    ground.revive()
    ground.close()
    ground.revive()


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_an_embedded_server_that_was_killed_comes_back_at_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_HOME", str(tmp_path))
    places = Paths.under(tmp_path)
    stages: list[str] = []
    ground = Ground(Settings(demo_password="test-1234"), places, stages.append, 20)
    url = ground.server().owner_url
    pid_file = places.data_dir / "postgresql" / "data" / "postmaster.pid"
    killed = int(pid_file.read_text(encoding="utf-8").splitlines()[0])
    os.kill(killed, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(killed, 0)
    ground.revive()
    try:
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) > 0 FROM agent").fetchone() == (True,)
        assert int(pid_file.read_text(encoding="utf-8").splitlines()[0]) != killed
    finally:
        ground.close()
    assert not pid_file.exists()
