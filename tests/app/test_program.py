"""The program as a process: its self-check, and its end by a signal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ets_desktop.app.arguments import Arguments, parsed_arguments
from ets_desktop.local.embedded import EmbeddedPostgres
from ets_desktop.paths import Paths

PROGRAM = [sys.executable, "-m", "ets_desktop"]


def environ_of(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ETS_")}
    return kept | {"ETS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


def test_the_self_check_opens_every_screen(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "--self-check"],
        env=environ_of(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "0 complaints" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no polite kill there")
def test_a_polite_kill_closes_the_desk_and_its_server(tmp_path: Path) -> None:
    with subprocess.Popen(
        PROGRAM, env=environ_of(tmp_path), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as desk:
        assert desk.stdout is not None
        assert "agent101" in desk.stdout.readline()
        desk.send_signal(signal.SIGTERM)
        assert desk.wait(30) == 0
    # Nobody holds a lease, and there is nothing left to stop.
    assert EmbeddedPostgres(Paths.under(tmp_path)).stop_idle()
    assert not (tmp_path / "data" / "postgresql" / "data" / "postmaster.pid").exists()


def test_options_are_read() -> None:
    assert parsed_arguments([]) == Arguments()
    url = "postgresql://host/ets"
    assert parsed_arguments(["--database", url, "--theme", "dark"]) == Arguments(url, "dark")
    with pytest.raises(SystemExit):
        parsed_arguments(["--theme", "pink"])
