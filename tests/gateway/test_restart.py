"""A gateway that begins anew while people talk: nothing is lost, nothing is told twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.gateway.service import Gateway
from ets_desktop.gateway.spool import Spool
from ets_desktop.settings import GatewayLink
from tests.calls import ring
from tests.gateway.test_gateway import PATIENCE_S, count, database, started, until
from tests.pbx.ami_server import SECRET, USER, AmiServer, Fields

__all__ = ["database", "started"]

TRUNK: Fields = {
    "Channel": "PJSIP/trunk-1",
    "ChannelState": "6",
    "CallerIDNum": "01000001234",
    "Exten": "0212340101",
    "Uniqueid": "trunk",
    "Linkedid": "trunk",
    "Application": "Dial",
}


def phone(extension: str, state: str, bridge: str = "") -> Fields:
    return {
        "Channel": f"PJSIP/{extension}-1",
        "ChannelState": state,
        "Uniqueid": extension,
        "Linkedid": "trunk",
        "Application": "AppDial",
        "BridgeId": bridge,
    }


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.touch(mode=0o600)
    file.write_text(SECRET)
    return file


def legs(database: Database) -> str:
    told = "SELECT string_agg(extension || ' ' || phase, ', ' ORDER BY extension) FROM call_leg"
    return database.call(lambda session: str(session.connection().exec_driver_sql(told).scalar()))


def test_a_restarted_gateway_goes_on_where_the_other_stopped(
    database: Database, started: Callable[..., Gateway], secret: Path
) -> None:
    rows = [TRUNK, phone("101", "5"), phone("102", "5")]
    with AmiServer(rows=rows).running() as server:
        options = {"port": server.port, "user": USER, "secret_file": str(secret)}
        link = GatewayLink("pbx", "asterisk", options)
        first = started(link)
        until(lambda: legs(database) == "101 ringing, 102 ringing")
        first.stop()
        server.rows = [TRUNK | {"BridgeId": "b"}, phone("101", "6", "b")]
        started(link).wait_until_active(PATIENCE_S)
        until(lambda: legs(database) == "101 talking, 102 ended")
    assert count(database, "SELECT count(*) FROM call") == 1
    assert count(database, "SELECT count(*) FROM call_event") == 4


def test_what_waits_on_disk_is_written_by_the_next_gateway(
    database: Database, started: Callable[..., Gateway], tmp_path: Path
) -> None:
    left = Spool(tmp_path / "spool.sqlite")
    left.append(ring(leg="one"))
    left.append(ring(leg="two"))
    left.close()
    spool = Spool(tmp_path / "spool.sqlite")
    gateway = started(store=spool)
    until(lambda: gateway.waiting_events == 0)
    assert count(database, "SELECT count(*) FROM call_leg") == 2
    gateway.stop()
    spool.close()
