"""The gateway keeps a wire log of each live link, if it is told to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.gateway.links import WIRE_LOGS
from ets_desktop.gateway.service import Gateway
from ets_desktop.paths import paths
from ets_desktop.pbx.wire.log import parts_of
from ets_desktop.settings import GatewayLink
from tests.gateway.test_gateway import REPLAY, database, started, until
from tests.gateway.test_restart import TRUNK, legs, phone, secret
from tests.pbx.ami_server import USER, AmiServer

__all__ = ["database", "secret", "started"]


@pytest.mark.parametrize("megabytes", [0, 1])
def test_what_a_live_link_hears_is_on_disk_and_its_files_are_closed(
    database: Database,
    started: Callable[..., Gateway],
    secret: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    megabytes: int,
) -> None:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    with AmiServer(rows=[TRUNK, phone("101", "5")]).running() as server:
        options = {"port": server.port, "user": USER, "secret_file": str(secret)}
        link = GatewayLink("pbx", "asterisk", options)
        gateway = started(link, REPLAY, wire_log_mb=megabytes)
        until(lambda: "101 ringing" in legs(database))
        gateway.stop()
    parts = parts_of(paths().state_dir / WIRE_LOGS, "pbx")
    assert len(parts) == megabytes
    assert all(part.read_bytes().endswith(b"connection closed\n") for part in parts)
    assert parts_of(paths().state_dir / WIRE_LOGS, "tape") == []
