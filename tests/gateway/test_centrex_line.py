"""A Centrex line through the gateway into the database: 수신, then what the history says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.gateway.service import Gateway
from ets_desktop.pbx.vendors.lgu_centrex import turns, vendor
from ets_desktop.queries.calls import CallHistoryRow, call_history
from ets_desktop.settings import GatewayLink
from tests.gateway.test_gateway import count, database, until
from tests.pbx.centrex_server import LINE, PATH, SECRET, CentrexServer, free_port, inbound

__all__ = ["database"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(turns, "SPACING_S", 0.01)
    monkeypatch.setattr(vendor, "TICK_S", 0.01)


@pytest.fixture
def server() -> Iterator[CentrexServer]:
    with CentrexServer().running() as running:
        yield running


@pytest.fixture
def link(server: CentrexServer, tmp_path: Path) -> GatewayLink:
    secret = tmp_path / "sha512"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    options: dict[str, object] = {
        "base_url": server.url,
        "id": LINE,
        "password_sha512_file": str(secret),
        "callback_listen": f"127.0.0.1:{free_port()}",
        "callback_host": "127.0.0.1",
        "callback_path": PATH,
        "lines": {LINE: "101"},
        "poll_seconds": 0,
    }
    return GatewayLink("office", "lgu_centrex", options)


def rows(database: Database) -> dict[str | None, CallHistoryRow]:
    today = seoul_date(datetime.now(UTC))
    yesterday = today - timedelta(days=1)
    found = (database.call(call_history, "101", day) for day in (yesterday, today))
    return {row.number: row for day in found for row in day}


@contextmanager
def gateway_on(database: Database, link: GatewayLink) -> Iterator[Gateway]:
    gateway = Gateway(database, (link,), beat_s=0.1, standby_s=0.1)
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()


def test_a_ring_is_neither_answered_nor_missed_until_the_history_tells(
    database: Database, server: CentrexServer, link: GatewayLink
) -> None:
    with gateway_on(database, link):
        until(lambda: server.registered != "")
        server.ring("01000001234")
        server.ring("01000004321")
        until(lambda: len(rows(database)) == 2)
        told = {(row.state, row.is_missed) for row in rows(database).values()}
        assert told == {("ringing", False)}
        server.inbound.append(inbound("01000001234", "ANSWERED"))
        server.inbound.append(inbound("01000004321", "NO ANSWER"))
        until(lambda: {row.state for row in rows(database).values()} == {"completed", "no_answer"})
        missed = [rows(database)[n].is_missed for n in ("01000001234", "01000004321")]
        assert missed == [False, True]


def test_a_ring_lives_through_a_restart_and_what_came_meanwhile_is_told_once(
    database: Database, server: CentrexServer, link: GatewayLink
) -> None:
    with gateway_on(database, link):
        until(lambda: server.registered != "")
        server.ring("01000001234")
        server.ring("01000004321")
        until(lambda: len(rows(database)) == 2)
        server.inbound.append(inbound("01000004321", "NO ANSWER"))
        until(lambda: rows(database)["01000004321"].state == "no_answer")
    assert rows(database)["01000001234"].state == "ringing"
    server.inbound.append(inbound("01000001234", "ANSWERED"))
    server.inbound.append(inbound("01000009999", "NO ANSWER", lasted=3))
    for _ in range(2):
        asked = len(server.was_asked("getinboundcall"))
        with gateway_on(database, link):
            server.was_asked("getinboundcall", asked + 3)
            until(lambda: len(rows(database)) == 3)
            until(lambda: rows(database)["01000001234"].state == "completed")
    assert rows(database)["01000009999"].is_missed
    assert count(database, "SELECT count(*) FROM call") == 3
    assert count(database, "SELECT count(*) FROM call_event") == 3 + 2 + 1


def test_calls_from_before_the_line_was_ours_are_not_told(
    database: Database, server: CentrexServer, link: GatewayLink
) -> None:
    server.inbound.append(inbound("01000009999", "NO ANSWER", ago=7_200))
    for _ in range(2):
        asked = len(server.was_asked("getinboundcall")) if server.asked else 0
        with gateway_on(database, link):
            server.was_asked("getinboundcall", asked + 3)
    assert rows(database) == {}
