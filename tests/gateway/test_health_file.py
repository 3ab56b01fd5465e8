"""How the links stand, beside the gateway: for the time in which the database is away."""

import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway import draining, links
from ets_desktop.gateway.health_file import read_health, write_health
from ets_desktop.gateway.outbox import Outbox
from ets_desktop.gateway.service import Gateway
from ets_desktop.pbx import registry
from ets_desktop.pbx.vendors.simulator import Simulator
from ets_desktop.queries.health import LinkHealth
from ets_desktop.services.calls import record_leg_event
from ets_desktop.settings import GatewayLink
from tests.gateway.test_centrex_line import link, quick, server
from tests.gateway.test_gateway import REPLAY, SIMULATOR, count, database, started, until
from tests.pbx.centrex_server import CentrexServer

__all__ = ["database", "link", "quick", "server", "started"]


def test_what_is_written_is_read_and_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "health.json"
    up_since = datetime.now(UTC) - timedelta(hours=1)
    links = (
        LinkHealth("본사", "asterisk", up_since, None, "", waiting=7, lag_s=1.5),
        LinkHealth("shop", "lgu_centrex", None, up_since, "centrex_unreachable"),
    )
    write_health(file, links)
    write_health(file, links)
    read = read_health(file)
    assert [(one.name, one.up_since, one.last_event_at) for one in read] == [
        ("본사", up_since, None),
        ("shop", None, up_since),
    ]
    assert (read[0].waiting, read[0].lag_s, read[1].reason) == (7, 1.5, "centrex_unreachable")
    assert 0 <= read[0].silent_s < 60
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", [None, "", "[]", "{}", '{"seen_at": "x"}', '{"seen_at": "2026-11-22T10:00:00Z"}']
)
def test_what_makes_no_sense_is_nothing(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "health.json"
    if text is not None:
        file.write_text(text)
    assert read_health(file) == ()


def test_while_the_database_is_away_it_says_how_much_waits(
    database: Database,
    started: Callable[..., Gateway],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    away = [True]

    def fail_while_away(session: Session, event: Any) -> Any:
        if away:
            raise Unavailable("database_away")
        return record_leg_event(session, event)

    monkeypatch.setattr(draining, "record_leg_event", fail_while_away)
    file = tmp_path / "health.json"
    started(REPLAY, health_file=file)
    until(lambda: [one.waiting for one in read_health(file)] == [5])
    away.clear()
    until(lambda: [one.waiting for one in read_health(file)] == [0])


def test_a_health_that_cannot_be_noted_stops_nothing(
    started: Callable[..., Gateway], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    gateway = started(SIMULATOR, health_file=tmp_path / "file" / "health.json")
    assert gateway.wait_until_active(10)
    assert gateway.is_running


def test_a_link_whose_secret_is_gone_is_tried_again(
    started: Callable[..., Gateway], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a gateway that stood by takes over and a file is being written just then."""
    tries: list[str] = []
    real = registry.vendor_of

    def vendor_of(link: GatewayLink, scene: Any) -> Any:
        tries.append(link.name)
        if len(tries) == 2:
            raise EtsError("secret_file", link=link.name)
        return real(link, scene)

    monkeypatch.setattr(links, "vendor_of", vendor_of)
    gateway = started(SIMULATOR)
    assert gateway.wait_until_active(10)
    assert len(tries) == 3


def test_a_ring_whose_end_found_no_room_does_not_ring_for_ever(
    database: Database,
    started: Callable[..., Gateway],
    server: CentrexServer,
    link: GatewayLink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gateway = started(link, SIMULATOR)
    until(lambda: server.registered != "")
    server.ring("01000001234")
    server.ring("01000004321")
    until(lambda: count(database, "SELECT count(*) FROM call_event") == 2)
    vendor = next(iter(gateway._telephone)).vendor
    monkeypatch.setattr(type(vendor), "legs_under_way", lambda self: frozenset())
    monkeypatch.setattr(Outbox, "take_lost", lambda self: 1)
    gateway._outbox.ring()
    lost = """SELECT count(*) FROM call_leg WHERE "end" = 'lost'"""
    until(lambda: count(database, lost) == 2)
    assert isinstance(list(gateway._telephone)[1].vendor, Simulator)
