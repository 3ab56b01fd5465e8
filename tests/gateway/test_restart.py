"""A gateway that begins anew while people talk: nothing is lost, nothing is told twice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.gateway import links
from ets_desktop.gateway.service import Gateway
from ets_desktop.gateway.spool import Spool
from ets_desktop.settings import GatewayLink
from tests.calls import ring
from tests.gateway.test_gateway import PATIENCE_S, count, database, started, until
from tests.pbx.ami_server import SECRET, USER, AmiServer, Fields, wire

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


def phases(database: Database) -> str:
    told = "SELECT string_agg(phase, ' ' ORDER BY id) FROM call_event"
    return database.call(lambda session: str(session.connection().exec_driver_sql(told).scalar()))


def is_told(database: Database, known: str) -> bool:
    return phases(database) == known


def of_phone(event: str) -> bytes:
    channel = (("Channel", "PJSIP/101-1"), ("Uniqueid", "101"), ("Linkedid", "trunk"))
    return wire(("Event", event), *channel)


def test_a_call_on_hold_over_a_restart_is_taken_up_and_held_again(
    database: Database, started: Callable[..., Gateway], secret: Path
) -> None:
    rows = [TRUNK | {"BridgeId": "b"}, phone("101", "6", "b")]
    with AmiServer(rows=rows).running() as server:
        options = {"port": server.port, "user": USER, "secret_file": str(secret)}
        link = GatewayLink("pbx", "asterisk", options)
        first = started(link)
        until(lambda: phases(database) == "talking")
        server.send(of_phone("Hold"))
        until(lambda: phases(database) == "talking held")
        first.stop()
        second = started(link)
        until(lambda: second.states["pbx"].up_since is not None if second.states else False)
        for event, told in (("Unhold", "talking"), ("Hold", "held"), ("Unhold", "talking")):
            known = f"{phases(database)} {told}"
            server.send(of_phone(event))
            until(partial(is_told, database, known))
        second.stop()
    assert count(database, "SELECT count(*) FROM call") == 1
    assert legs(database) == "101 talking"


def test_calls_of_an_earlier_run_do_not_ring_for_ever_where_the_pbx_stays_away(
    database: Database,
    started: Callable[..., Gateway],
    secret: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "UNSETTLED_S", 0.3)
    with AmiServer(rows=[TRUNK, phone("101", "5")]).running() as server:
        options = {"port": server.port, "user": USER, "secret_file": str(secret)}
        link = GatewayLink("pbx", "asterisk", options)
        first = started(link)
        until(lambda: legs(database) == "101 ringing")
        first.stop()
    started(link)
    until(lambda: legs(database) == "101 ended")
    assert count(database, """SELECT count(*) FROM call_leg WHERE "end" = 'lost'""") == 1


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
