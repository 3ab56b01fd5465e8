"""The gateway on a real database: one at a time, nothing lost while the database is away."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.calls import Phase
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway import draining
from ets_desktop.gateway.service import Gateway
from ets_desktop.pbx.protocol import LinkState
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.simulator import Simulator
from ets_desktop.queries.calls import call_history
from ets_desktop.queries.health import link_health
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.gateway import report_link
from ets_desktop.settings import GatewayLink
from tests.calls import ring, then
from tests.factories import a_ticket, an_agent
from tests.pbx.stories import RECORDINGS

PATIENCE_S = 10.0
SIMULATOR = GatewayLink("office", "simulator", {"speed": 1_000})
REPLAY = GatewayLink(
    "tape", "replay", {"file": str(RECORDINGS / "ami" / "queue_answer.ami"), "speed": 0}
)


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test gateway")
    yield database
    database.close()


@pytest.fixture
def started(database: Database) -> Iterator[Callable[..., Gateway]]:
    """Starts gateways on the test's database and stops them."""
    gateways: list[Gateway] = []

    def start(*links: GatewayLink, **options: Any) -> Gateway:
        options.setdefault("beat_s", 0.1)
        options.setdefault("standby_s", 0.1)
        gateways.append(Gateway(database, links, **options))
        gateways[-1].start()
        return gateways[-1]

    yield start
    for gateway in gateways:
        gateway.stop()


def until(is_true: Callable[[], bool]) -> None:
    """Look again and again; the gateway works on threads of its own."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < deadline, "it did not come about"
        threading.Event().wait(0.01)


def count(database: Database, query: str) -> int:
    return database.call(lambda session: int(session.execute(text(query)).scalar_one()))


def cut(database: Database) -> None:
    def terminate(session: Session) -> None:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    database.call(terminate)


def test_a_recording_played_through_it_is_stored(
    database: Database, started: Callable[..., Gateway]
) -> None:
    started(REPLAY)
    until(lambda: count(database, "SELECT count(*) FROM call_leg WHERE phase = 'ended'") == 2)
    today = seoul_date(datetime.now(UTC))
    rows = [row for e in ("101", "102") for row in database.call(call_history, e, today)]
    assert [row.state for row in rows] == ["answered_elsewhere", "completed"]
    assert {row.queue for row in rows} == {"support"}


def test_it_forgets_what_is_done_for_long(
    database: Database, started: Callable[..., Gateway]
) -> None:
    def make_old_receipts(session: Session) -> None:
        agent = an_agent(session)
        session.execute(
            text("INSERT INTO save_receipt (save_id, agent_id) SELECT gen_random_uuid(), :agent"),
            {"agent": agent.id},
        )
        session.execute(text("UPDATE save_receipt SET saved_at = saved_at - interval '1 year'"))

    database.call(make_old_receipts)
    started(SIMULATOR)
    until(lambda: count(database, "SELECT count(*) FROM save_receipt") == 0)


def test_it_keeps_what_is_counted_of_past_days(
    database: Database, started: Callable[..., Gateway]
) -> None:
    """All of them at the first start, without waiting for its beats."""
    at = datetime.now(UTC) - timedelta(days=9)
    database.call(lambda session: a_ticket(session, created_at=at).id)
    started(SIMULATOR, beat_s=600.0)
    until(lambda: count(database, "SELECT count(*) FROM statistics_day") >= 9)


def test_it_keeps_the_public_holidays(database: Database, started: Callable[..., Gateway]) -> None:
    started(SIMULATOR)
    until(lambda: count(database, "SELECT count(*) FROM public_holiday") > 0)


def test_without_links_there_is_a_silent_simulator_that_dials(
    database: Database, started: Callable[..., Gateway]
) -> None:
    gateway = started()
    assert gateway.wait_until_active(PATIENCE_S)
    assert list(gateway.states) == ["simulator"]
    gateway.dial("101", "01000001234", "request-1")
    gateway.dial("101", "01000001234", "request-1")
    until(lambda: count(database, "SELECT count(*) FROM call_event") >= 1)
    assert count(database, "SELECT count(*) FROM call WHERE direction = 'out'") == 1


def test_links_are_told_to_the_database(
    database: Database, started: Callable[..., Gateway]
) -> None:
    gateway = started(SIMULATOR)
    until(lambda: any(link.up_since for link in database.call(link_health)))
    (link,) = database.call(link_health)
    assert (link.name, link.vendor, link.reason) == ("office", "simulator", "")
    gateway.stop()
    (link,) = database.call(link_health)
    assert (link.up_since, link.reason) == (None, "link_stopped")


def test_one_gateway_works_and_the_other_takes_over(
    database: Database, started: Callable[..., Gateway]
) -> None:
    first = started(SIMULATOR)
    assert first.wait_until_active(PATIENCE_S)
    second = started(SIMULATOR)
    assert not second.wait_until_active(0.3)
    assert dict(second.states) == {}
    first.stop()
    assert not first.is_active
    assert second.wait_until_active(PATIENCE_S)


def test_events_wait_while_the_database_is_away(
    database: Database,
    started: Callable[..., Gateway],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    away = [True]

    def fail_while_away(session: Session, event: Any) -> Any:
        if away:
            raise Unavailable("database_away", ambiguous=True)
        return record_leg_event(session, event)

    monkeypatch.setattr(draining, "record_leg_event", fail_while_away)
    gateway = started(REPLAY)
    until(lambda: gateway.waiting_events == 5)
    away.clear()
    until(lambda: gateway.waiting_events == 0)
    stored = "SELECT count(*) FROM call_leg WHERE phase = 'ended'"
    assert count(database, stored) == 2
    in_order = "SELECT count(*) FROM call_event a JOIN call_event b ON b.id > a.id" \
        " AND b.happened_at < a.happened_at"  # fmt: skip
    assert count(database, in_order) == 0


def test_a_cut_connection_is_opened_again_and_the_links_go_on(
    database: Database, started: Callable[..., Gateway]
) -> None:
    gateway = started(SIMULATOR)
    assert gateway.wait_until_active(PATIENCE_S)
    up_since = gateway.states["office"].up_since
    cut(database)
    until(lambda: not gateway.is_active)
    assert gateway.wait_until_active(PATIENCE_S)
    assert gateway.states["office"].up_since == up_since
    gateway.dial("101", "01000001234", "after-the-cut")
    until(lambda: count(database, "SELECT count(*) FROM call") == 1)


def test_calls_an_earlier_run_left_open_are_lost(
    database: Database, started: Callable[..., Gateway]
) -> None:
    left = replace(ring(), link="office")
    database.call(record_leg_event, left)
    database.call(record_leg_event, replace(then(left, Phase.TALKING, 2), link="office"))
    gateway = started(SIMULATOR)
    assert gateway.wait_until_active(PATIENCE_S)
    assert count(database, """SELECT count(*) FROM call_leg WHERE "end" = 'lost'""") == 1


def test_an_event_the_database_refuses_does_not_hold_up_the_next(
    database: Database,
    started: Callable[..., Gateway],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused: list[str] = []

    def refuse_the_first(session: Session, event: Any) -> Any:
        if not refused:
            refused.append(event.event_key)
            raise EtsError("not_allowed")
        return record_leg_event(session, event)

    monkeypatch.setattr(draining, "record_leg_event", refuse_the_first)
    started(REPLAY)
    until(lambda: count(database, "SELECT count(*) FROM call_leg WHERE phase = 'ended'") == 2)
    assert "is refused: not_allowed" in caplog.text


def test_a_simulated_day_calls_from_the_customers_of_the_database(
    database: Database, started: Callable[..., Gateway]
) -> None:
    def furnish(session: Session) -> None:
        session.execute(text("INSERT INTO customer (name) VALUES ('김정민')"))
        session.execute(
            text(
                "INSERT INTO customer_phone (customer_id, typed, digits, kind)"
                " SELECT id, '010', '01000004321', 'mobile' FROM customer"
            )
        )
        session.execute(
            text(
                "INSERT INTO agent (login, name, extension, role)"
                " VALUES ('agent107', '이서연', '107', 'agent')"
            )
        )

    database.call(furnish)
    started(GatewayLink("day", "simulator", {"calls_per_hour": 100.0, "speed": 10_000}))
    until(lambda: count(database, "SELECT count(*) FROM call") > 0)
    assert count(database, "SELECT count(*) FROM call WHERE caller_number <> '01000004321'") == 0
    assert count(database, "SELECT count(*) FROM call_leg WHERE extension <> '107'") == 0


def test_a_bad_link_is_refused_before_anything_starts(database: Database) -> None:
    with pytest.raises(EtsError, match="vendor_unknown"):
        Gateway(database, [GatewayLink("office", "pigeon")])
    with pytest.raises(EtsError, match="link_option"):
        Gateway(database, [GatewayLink("office", "simulator", {"sped": 1})])


def test_a_phone_that_is_not_the_first_links_is_dialled_with_the_next(
    started: Callable[..., Gateway], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    away = GatewayLink("away", "asterisk", {"port": 1, "secret_file": str(secret)})
    gateway = started(away, SIMULATOR)
    assert gateway.wait_until_active(PATIENCE_S)
    gateway.dial("101", "01000001234", "request-1")
    alone = started(away, standby_s=0.01)
    gateway.stop()
    assert alone.wait_until_active(PATIENCE_S)
    with pytest.raises(Unavailable, match="cannot_dial"):
        alone.dial("101", "01000001234", "request-2")


def test_a_dial_that_may_have_rung_is_not_tried_elsewhere(
    started: Callable[..., Gateway], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dial(self: Simulator, extension: str, number: str, request_id: str) -> None:
        raise Unavailable("ami_lost", ambiguous=True)

    monkeypatch.setattr(Simulator, "dial", dial)
    gateway = started(SIMULATOR, replace(SIMULATOR, name="second"))
    assert gateway.wait_until_active(PATIENCE_S)
    with pytest.raises(Unavailable, match="ami_lost"):
        gateway.dial("101", "01000001234", "request-1")


def test_nothing_dials_without_a_link_that_can(
    database: Database, started: Callable[..., Gateway]
) -> None:
    gateway = started(REPLAY, scene=Scene())
    assert gateway.wait_until_active(PATIENCE_S)
    with pytest.raises(Unavailable, match="cannot_dial"):
        gateway.dial("101", "01000001234", "request-1")


def test_stopping_is_quick_and_may_be_repeated(
    database: Database, started: Callable[..., Gateway]
) -> None:
    gateway = started(SIMULATOR)
    assert gateway.wait_until_active(PATIENCE_S)
    began = time.monotonic()
    gateway.stop()
    gateway.stop()
    assert time.monotonic() - began < 5


def test_a_link_that_left_the_settings_is_told_of_no_more_and_nothing_rings_there(
    database: Database, started: Callable[..., Gateway]
) -> None:
    database.call(report_link, "gone", "asterisk", LinkState(reason="link_stopped"))
    database.call(record_leg_event, replace(ring(), link="gone"))
    database.call(record_leg_event, replace(ring(call="2", leg="2"), link="ring"))
    first = started(SIMULATOR)
    assert first.wait_until_active(PATIENCE_S)
    until(lambda: [link.name for link in database.call(link_health)] == ["office"])
    assert count(database, "SELECT count(*) FROM call_leg WHERE \"end\" = 'lost'") == 1
    assert count(database, "SELECT count(*) FROM call_leg WHERE phase = 'ringing'") == 1
    first.stop()
    started(replace(SIMULATOR, name="gone")).wait_until_active(PATIENCE_S)
    until(lambda: [link.name for link in database.call(link_health)] == ["gone"])
