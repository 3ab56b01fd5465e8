"""A gateway that starts while its database is away: it hears the telephone all the same."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from ets_desktop.db.migrate import upgrade
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.gateway import links, service
from ets_desktop.gateway.health_file import NAME, read_health
from ets_desktop.gateway.logbook import Logbook
from ets_desktop.gateway.service import Gateway
from ets_desktop.gateway.spool import Spool
from ets_desktop.local.connection import connect
from ets_desktop.local.embedded import EmbeddedPostgres
from ets_desktop.paths import Paths, paths
from ets_desktop.pbx.protocol import Vendor
from ets_desktop.pbx.scene import Scene
from ets_desktop.settings import GatewayLink
from tests.gateway.test_centrex_line import link, quick, server
from tests.gateway.test_gateway import PATIENCE_S, REPLAY, SIMULATOR, count, until
from tests.gateway.test_restart import TRUNK, phone, secret
from tests.live.pbx import Cable
from tests.pbx.ami_server import USER, AmiServer, wire
from tests.pbx.centrex_server import CentrexServer, inbound
from tests.postgres import QUICK_INITDB, UNSAFE_SETTINGS

__all__ = ["link", "quick", "secret", "server"]

TOLD = """
    SELECT string_agg(extension || ' ' || phase, ', ' ORDER BY id) FROM call_event
"""


class Shop:
    """A database server that goes and comes back, always at the same address."""

    def __init__(self, folder: Path) -> None:
        self._server = EmbeddedPostgres(
            Paths.under(folder), settings=UNSAFE_SETTINGS, initdb_options=QUICK_INITDB
        )
        self._target = self._server.start()
        upgrade(self._target.url())
        #: Two ways to it: one gateway may find back sooner than another.
        self._cable, self._others_cable = Cable(self._target.port), Cable(self._target.port)
        self._databases = 0

    def begin_anew(self) -> None:
        """With an empty database."""
        self._databases += 1
        name = f"ets_{self._databases}"
        with connect(self._target, "postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE ets")  # type: ignore[arg-type]
        self.url, self.others_url = (
            replace(self._target, port=cable.port, database=name).url()
            for cable in (self._cable, self._others_cable)
        )
        self.database = Database(self.others_url, application_name="test")

    def go(self) -> None:
        self.database.hang_up()
        self._server.stop()
        self._cable.cut()
        self._others_cable.cut()

    def come_back(self, *, for_all: bool = True) -> None:
        self._target = self._server.start()
        self._others_cable.lead_to(self._target.port)
        self._others_cable.repair()
        if for_all:
            self._cable.lead_to(self._target.port)
            self._cable.repair()

    def told(self) -> str:
        return self.database.call(
            lambda session: str(session.connection().exec_driver_sql(TOLD).scalar())
        )

    def close(self) -> None:
        self._cable.close()
        self._others_cable.close()
        self._server.stop()


@pytest.fixture(scope="module")
def one_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    one = Shop(tmp_path_factory.mktemp("shop"))
    yield one
    one.close()


@pytest.fixture
def shop(one_shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Shop]:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(service, "Patience", partial(Patience, first=0.05, longest=0.1))
    one_shop.begin_anew()
    yield one_shop
    one_shop.database.close()
    one_shop.come_back()


@contextmanager
def running(
    shop: Shop, folder: Path, *links: GatewayLink, other: bool = False, **options: object
) -> Iterator[Gateway]:
    """One run of the gateway whose files are in `folder`, or of the other one."""
    url = shop.others_url if other else shop.url
    folder /= "other" if other else "ours"
    with ExitStack() as stack:
        own = stack.enter_context(closing(Database(url, application_name="test gateway")))
        gateway = Gateway(
            own,
            links,
            store=stack.enter_context(closing(Spool(folder / "spool.sqlite"))),
            logbook=stack.enter_context(closing(Logbook(folder / "last.sqlite", "here"))),
            beat_s=0.1,
            standby_s=0.1,
            health_file=None if other else paths().state_dir / "gateway" / NAME,
            **options,  # type: ignore[arg-type]
        )
        gateway.start()
        try:
            yield gateway
        finally:
            gateway.stop()


@contextmanager
def asterisk(secret: Path) -> Iterator[tuple[AmiServer, GatewayLink]]:
    with AmiServer(rows=[TRUNK, phone("101", "5")]).running() as server:
        options = {"port": server.port, "user": USER, "secret_file": str(secret)}
        yield server, GatewayLink("pbx", "asterisk", options)


def hang_up(extension: str) -> bytes:
    channel = (("Channel", f"PJSIP/{extension}-1"), ("Uniqueid", extension), ("Linkedid", "trunk"))
    return wire(("Event", "Hangup"), *channel, ("Cause", "16"))


def test_it_hears_at_once_and_hands_over_in_order(shop: Shop, secret: Path, tmp_path: Path) -> None:
    with asterisk(secret) as (server, link):
        with running(shop, tmp_path, link):
            until(lambda: shop.told() == "101 ringing")
        shop.go()
        server.rows = [TRUNK | {"BridgeId": "b"}, phone("101", "6", "b"), phone("102", "5")]
        with running(shop, tmp_path, link, SIMULATOR) as gateway:
            until(lambda: gateway.waiting_events == 2)
            assert (gateway.is_alone, gateway.is_active) == (True, False)
            until(lambda: [one.alone for one in read_health(health())] == [True, False])
        # Whoever starts it once more finds what was heard, and goes on with it.
        with running(shop, tmp_path, link, SIMULATOR) as gateway:
            until(lambda: gateway.waiting_events == 2 and is_up(gateway))
            server.send(hang_up("102"))
            until(lambda: gateway.waiting_events == 3)
            shop.come_back()
            assert gateway.wait_until_active(PATIENCE_S)
            until(lambda: gateway.waiting_events == 0 and len(gateway.states) == 2)
            server.send(hang_up("101"))
            until(lambda: shop.told().endswith("101 ended"))
            assert not gateway.is_alone
    told = "101 ringing, 102 ringing, 101 talking, 102 ended, 101 ended"
    assert shop.told() == told
    assert count(shop.database, "SELECT count(*) FROM call") == 1
    assert count(shop.database, """SELECT count(*) FROM call_leg WHERE "end" = 'lost'""") == 0


def is_up(gateway: Gateway) -> bool:
    return any(state.up_since for state in gateway.states.values())


def health() -> Path:
    return paths().state_dir / "gateway" / NAME


def test_a_centrex_line_is_heard_and_goes_on_with_its_calls(
    shop: Shop, server: CentrexServer, link: GatewayLink, tmp_path: Path
) -> None:
    """Its history confirms the ring of the run before, and the one that nobody could store."""
    with running(shop, tmp_path, link):
        until(lambda: server.registered != "")
        server.ring("01000001234")
        until(lambda: shop.told() == "101 ringing")
    shop.go()
    with running(shop, tmp_path, link) as gateway:
        until(lambda: is_up(gateway))
        server.ring("01000004321")
        until(lambda: gateway.waiting_events == 1)
        shop.come_back()
        assert gateway.wait_until_active(PATIENCE_S)
        server.inbound.append(inbound("01000001234", "ANSWERED"))
        server.inbound.append(inbound("01000004321", "NO ANSWER"))
        until(lambda: shop.told().count("ended") == 2)
    assert count(shop.database, "SELECT count(*) FROM call") == 2
    assert count(shop.database, """SELECT count(*) FROM call_leg WHERE "end" = 'lost'""") == 0


def test_status_says_that_it_is_alone(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", shop.url)
    with running(shop, tmp_path, REPLAY) as gateway:
        until(lambda: count(shop.database, "SELECT count(*) FROM call_event") == 5)
    shop.go()
    with running(shop, tmp_path, REPLAY) as gateway:
        until(lambda: gateway.waiting_events == 5)
        until(lambda: [one.waiting for one in read_health(health())] == [5])
        told = CliRunner().invoke(main, ["gateway", "status", "--json"])
        (link,) = json.loads(told.stdout)
        assert (link["alone"], link["waiting"]) == (True, 5)
        shown = CliRunner().invoke(main, ["gateway", "status"]).stdout
        assert "(kept here: no database)" in shown or "받아 두는 중" in shown
        shop.come_back()
        until(lambda: gateway.waiting_events == 0)
    assert count(shop.database, "SELECT count(*) FROM call_leg WHERE phase = 'ended'") == 4
    assert count(shop.database, "SELECT count(*) FROM call_leg") == 4


def test_a_link_whose_secret_is_gone_is_tried_again(
    shop: Shop, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asterisk(secret) as (_, link):
        with running(shop, tmp_path, link):
            until(lambda: shop.told() == "101 ringing")
        shop.go()
        kept = secret.read_bytes()
        real, tries = links.vendor_of, list[str]()

        def vendor_of(link: GatewayLink, scene: Scene) -> Vendor:
            tries.append(link.name)
            if len(tries) == 2:
                secret.unlink()
            if len(tries) == 3:
                secret.touch(mode=0o600)
                secret.write_bytes(kept)
            return real(link, scene)

        monkeypatch.setattr(links, "vendor_of", vendor_of)
        with running(shop, tmp_path, link) as gateway:
            until(lambda: is_up(gateway))
        assert len(tries) == 3


def test_a_database_of_another_version_is_not_written_to(shop: Shop, tmp_path: Path) -> None:
    def refuse() -> None:
        raise RuleViolation("schema_older")

    with running(shop, tmp_path, REPLAY, require_schema=refuse) as gateway:
        until(lambda: not gateway.is_running)
        assert gateway.refusal is not None
    assert count(shop.database, "SELECT count(*) FROM call") == 0


def test_without_having_had_the_telephone_it_waits(shop: Shop, tmp_path: Path) -> None:
    shop.go()
    with running(shop, tmp_path, SIMULATOR, scene=Scene()) as gateway:
        assert not gateway.wait_until_active(0.3)
        assert (gateway.is_alone, dict(gateway.states)) == (False, {})
        shop.come_back()
        assert gateway.wait_until_active(PATIENCE_S)


def test_what_the_other_gateway_tells_is_told_once(
    shop: Shop, secret: Path, tmp_path: Path
) -> None:
    """The telephone was ours, the database comes back, and the other one is quicker."""
    with asterisk(secret) as (server, link):
        with running(shop, tmp_path, link):
            until(lambda: shop.told() == "101 ringing")
        shop.go()
        server.rows = [TRUNK | {"BridgeId": "b"}, phone("101", "6", "b"), phone("102", "5")]
        with running(shop, tmp_path, link) as ours:
            until(lambda: ours.waiting_events == 2)
            server.send(hang_up("102"))
            until(lambda: ours.waiting_events == 3)
            server.rows = server.rows[:2]
            shop.come_back(for_all=False)
            with running(shop, tmp_path, link, other=True) as other:
                until(lambda: other.is_active and is_up(other))
                until(lambda: shop.told() == "101 ringing, 101 talking")
                shop.come_back()
                until(lambda: ours.waiting_events == 0)
                assert (ours.is_active, ours.is_alone) == (False, False)
                assert shop.told() == "101 ringing, 101 talking, 102 ringing, 102 ended"
                server.send(hang_up("101"))
                until(lambda: shop.told().endswith("101 ended"))
                # The telephone is ours no more: without the database we wait.
            assert ours.wait_until_active(PATIENCE_S)
        ended = "SELECT string_agg(\"end\", ' ' ORDER BY extension) FROM call_leg"
        assert (
            shop.database.call(lambda session: session.connection().exec_driver_sql(ended).scalar())
            == "completed abandoned"
        )
    assert count(shop.database, "SELECT count(*) FROM call") == 1


def test_a_lock_that_nobody_works_under_costs_no_call(
    shop: Shop, secret: Path, tmp_path: Path
) -> None:
    """Such as our own, of a connection that the server thinks alive: nobody else is heard of."""
    with asterisk(secret) as (server, link):
        with running(shop, tmp_path, link):
            until(lambda: shop.told() == "101 ringing")
        shop.go()
        server.rows = [TRUNK | {"BridgeId": "b"}, phone("101", "6", "b"), phone("102", "5")]
        with running(shop, tmp_path, link) as ours:
            until(lambda: ours.waiting_events == 2)
            shop.come_back(for_all=False)
            with closing(shop.database.listening_connection()) as old:
                old.execute("SELECT pg_advisory_lock(%s)", (service.ONE_GATEWAY_LOCK,))
                shop.come_back()
                until(lambda: not ours.is_alone)
                assert (ours.is_active, ours.waiting_events) == (False, 2)
            assert ours.wait_until_active(PATIENCE_S)
            until(lambda: shop.told() == "101 ringing, 102 ringing, 101 talking")


def test_what_rang_last_is_lost_where_nobody_follows_it(
    shop: Shop, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other gateway does not reach that telephone system."""
    monkeypatch.setattr(service, "OTHERS_UP_S", 0.5)
    with asterisk(secret) as (server, link):
        away = replace(link, options=dict(link.options) | {"port": 1})
        with running(shop, tmp_path, link):
            until(lambda: shop.told() == "101 ringing")
        shop.go()
        server.rows = [TRUNK, phone("102", "5")]
        with running(shop, tmp_path, link) as ours:
            until(lambda: ours.waiting_events == 1)
            shop.come_back(for_all=False)
            with running(shop, tmp_path, away, other=True) as other:
                until(lambda: other.is_active)
                shop.come_back()
                until(lambda: shop.told() == "101 ringing, 102 ringing, 102 ended")
    assert count(shop.database, """SELECT count(*) FROM call_leg WHERE "end" = 'lost'""") == 1


def test_a_gateway_that_was_relieved_begins_with_what_the_other_knows(
    shop: Shop, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "RELIEVED_AFTER", timedelta(seconds=0.3))
    with asterisk(secret) as (server, link):
        with running(shop, tmp_path, link):
            until(lambda: shop.told() == "101 ringing")
        server.rows = [TRUNK | {"BridgeId": "b"}, phone("101", "6", "b")]
        with running(shop, tmp_path, link, other=True) as other:
            until(lambda: shop.told() == "101 ringing, 101 talking" and other.is_active)
            seen = "SELECT max(seen_at) FROM gateway_link"
            first = shop.database.call(lambda s: s.connection().exec_driver_sql(seen).scalar())
            until(lambda: shop.database.call(is_later, first))
        shop.go()
        with running(shop, tmp_path, link) as ours:
            until(lambda: ours.waiting_events == 1)  # it does not know what the other one told
            shop.come_back()
            assert ours.wait_until_active(PATIENCE_S)
            until(lambda: is_up(ours))
            server.send(hang_up("101"))
            until(lambda: shop.told() == "101 ringing, 101 talking, 101 ended")
    assert count(shop.database, "SELECT count(*) FROM call") == 1


def is_later(session: Session, than: datetime) -> bool:
    """Whether a gateway was seen half a second later."""
    found = session.connection().exec_driver_sql("SELECT max(seen_at) FROM gateway_link").scalar()
    return found > than + timedelta(seconds=0.5)
