"""A Centrex line through the gateway into the database: 수신, then what the history says."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.gateway.service import Gateway
from ets_desktop.pbx.vendors.lgu_centrex import client, vendor
from ets_desktop.queries.calls import CallHistoryRow, call_history
from ets_desktop.settings import GatewayLink
from tests.gateway.test_gateway import database, until
from tests.pbx.centrex_server import LINE, PATH, SECRET, CentrexServer, free_port, inbound

__all__ = ["database"]


def test_a_ring_is_neither_answered_nor_missed_until_the_history_tells(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SPACING_S", 0.01)
    monkeypatch.setattr(vendor, "TICK_S", 0.01)
    secret = tmp_path / "sha512"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    options: dict[str, object] = {
        "id": LINE,
        "password_sha512_file": str(secret),
        "callback_listen": f"127.0.0.1:{free_port()}",
        "callback_host": "127.0.0.1",
        "callback_path": PATH,
        "lines": {LINE: "101"},
        "poll_seconds": 0,
    }

    def rows() -> dict[str | None, CallHistoryRow]:
        today = seoul_date(datetime.now(UTC))
        return {row.number: row for row in database.call(call_history, "101", today)}

    with CentrexServer().running() as server:
        link = GatewayLink("office", "lgu_centrex", options | {"base_url": server.url})
        gateway = Gateway(database, (link,), beat_s=0.1, standby_s=0.1)
        gateway.start()
        try:
            until(lambda: server.registered != "")
            server.ring("01000001234")
            server.ring("01000004321")
            until(lambda: len(rows()) == 2)
            assert {(row.state, row.is_missed) for row in rows().values()} == {("ringing", False)}
            server.inbound.append(inbound("01000001234", "ANSWERED"))
            server.inbound.append(inbound("01000004321", "NO ANSWER"))
            until(lambda: {row.state for row in rows().values()} == {"completed", "no_answer"})
            assert [rows()[n].is_missed for n in ("01000001234", "01000004321")] == [False, True]
        finally:
            gateway.stop()
