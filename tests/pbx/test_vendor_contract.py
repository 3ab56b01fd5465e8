"""What every telephone system of the registry must keep."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from ets_desktop.domain.calls import Direction, LegEvent, Phase, next_phase_allowed, tell
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.protocol import KnownLeg, Past, Remembers, Vendor
from ets_desktop.pbx.registry import VENDORS, vendor_of
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.asterisk.recording import load_recording
from ets_desktop.pbx.vendors.lgu_centrex import turns
from ets_desktop.pbx.vendors.lgu_centrex import vendor as vendor_module
from ets_desktop.pbx.vendors.lgu_ippbx import vendor as ippbx_vendor
from ets_desktop.pbx.wire.log import Recorded, WireLog, parts_of
from ets_desktop.pbx.wire.playback import PLAYERS, play
from ets_desktop.settings import VENDORS as CONFIGURABLE
from ets_desktop.settings import GatewayLink
from tests.pbx import centrex_server, ippbx_server
from tests.pbx.ami_server import SECRET, USER, AmiServer
from tests.pbx.stories import RECORDINGS, recording

SCENE = Scene(numbers=("01000001234", "anonymous"), extensions=("101", "102"))

#: For each vendor a link that reports a few calls by itself within a second.
LINKS: dict[str, dict[str, object]] = {
    "asterisk": {"user": USER},
    "lgu_centrex": {
        "id": centrex_server.LINE,
        "callback_host": "127.0.0.1",
        "callback_path": centrex_server.PATH,
        "lines": {centrex_server.LINE: "101"},
        "poll_seconds": 0,
    },
    "lgu_ippbx": {
        "company_id": ippbx_server.COMPANY,
        "user": ippbx_server.USER,
        "extension": ippbx_server.EXTENSION,
    },
    "replay": {"file": str(RECORDINGS / "ami" / "call_waiting.ami"), "speed": 0},
    "simulator": {"calls_per_hour": 60.0, "speed": 4000.0},
}
#: The same, but nothing comes for as long as a test takes.
QUIET: dict[str, dict[str, object]] = {"replay": {"speed": 0.01}, "simulator": {"speed": 0.01}}


@pytest.fixture(autouse=True)
def centrex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(turns, "SPACING_S", 0.01)
    monkeypatch.setattr(vendor_module, "TICK_S", 0.01)
    secret = tmp_path / "sha512"
    secret.touch(mode=0o600)
    secret.write_text(centrex_server.SECRET)
    callers = [f"0100000{n:04}" for n in range(3)]
    with centrex_server.CentrexServer(callers=callers).running() as server:
        LINKS["lgu_centrex"] |= {
            "base_url": server.url,
            "password_sha512_file": str(secret),
            "callback_listen": f"127.0.0.1:{centrex_server.free_port()}",
        }
        yield


@pytest.fixture(autouse=True)
def ippbx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ippbx_vendor, "RECOVERY_S", 0.01)
    secret = tmp_path / "ippbx"
    secret.touch(mode=0o600)
    secret.write_text(ippbx_server.SECRET)
    callers = [f"0100000{n:04}" for n in range(3)]
    with ippbx_server.IppbxServer(callers=callers).running() as server:
        LINKS["lgu_ippbx"] |= {"url": server.url, "password_sha512_file": str(secret)}
        yield


@pytest.fixture(scope="module", autouse=True)
def telephone_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What those vendors talk to that need somebody."""
    secret = tmp_path_factory.mktemp("secrets") / "ami"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    with AmiServer(recording=recording("burst50")).running() as server:
        LINKS["asterisk"] |= {"port": server.port, "secret_file": str(secret)}
        yield


def link(vendor: str, **options: object) -> GatewayLink:
    return GatewayLink("test", vendor, LINKS[vendor] | options)


def listen(vendor: Vendor, enough: Callable[[list[LegEvent]], bool]) -> list[LegEvent]:
    """What `vendor` reports until it is enough or it has no more."""
    events: list[LegEvent] = []

    def hear(event: LegEvent) -> None:
        events.append(event)
        if enough(events):
            vendor.stop()

    vendor.run(hear, lambda: None)
    return events


def three_calls_are_over(events: list[LegEvent]) -> bool:
    return sum(event.phase is Phase.ENDED for event in events) >= 3


def test_every_vendor_keeps_this_contract() -> None:
    assert set(LINKS) == set(VENDORS)
    assert set(VENDORS) <= set(CONFIGURABLE)


@pytest.mark.parametrize("vendor", VENDORS)
def test_each_leg_goes_through_allowed_phases_in_order(vendor: str) -> None:
    legs: dict[str, list[LegEvent]] = {}
    for event in listen(vendor_of(link(vendor), SCENE), three_calls_are_over):
        legs.setdefault(event.leg_key, []).append(event)
    assert legs
    for events in legs.values():
        phase: Phase | None = None
        for event in events:
            assert event.phase is phase or next_phase_allowed(phase, event.phase)
            phase = event.phase
        assert [event.at for event in events] == sorted(event.at for event in events)


@pytest.mark.parametrize("vendor", VENDORS)
def test_each_event_says_whose_it_is_and_has_a_key_of_its_own(vendor: str) -> None:
    events = listen(vendor_of(link(vendor), SCENE), three_calls_are_over)
    assert {event.link for event in events} == {"test"}
    assert {event.extension for event in events} <= {"101", "102", "103"}
    assert all(event.at.tzinfo is not None for event in events)
    assert len({event.event_key for event in events}) == len(events)
    assert all((event.end is not None) == (event.phase is Phase.ENDED) for event in events)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_second_run_reports_no_event_of_the_first(vendor: str) -> None:
    one = listen(vendor_of(link(vendor), SCENE), three_calls_are_over)
    two = listen(vendor_of(link(vendor), SCENE), three_calls_are_over)
    assert not {event.event_key for event in one} & {event.event_key for event in two}


@pytest.mark.parametrize("vendor", VENDORS)
def test_it_says_that_it_is_up_and_stops_soon(vendor: str) -> None:
    slow = link(vendor, **QUIET.get(vendor, {}))
    running, up = vendor_of(slow, SCENE), threading.Event()
    thread = threading.Thread(target=running.run, args=(lambda event: None, up.set))
    thread.start()
    assert up.wait(5)
    began = time.monotonic()
    running.stop()
    thread.join(5)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("vendor", VENDORS)
def test_stopped_before_it_runs_it_does_not_run(vendor: str) -> None:
    idle = vendor_of(link(vendor), SCENE)
    idle.stop()
    assert len(listen(idle, lambda events: len(events) > 3)) == 0


@pytest.mark.parametrize("vendor", VENDORS)
def test_it_dials_or_says_that_it_cannot(vendor: str) -> None:
    dialling, up = vendor_of(link(vendor), SCENE), threading.Event()
    thread = threading.Thread(target=dialling.run, args=(lambda event: None, up.set))
    thread.start()
    assert up.wait(5)
    if dialling.capabilities.dials:
        dialling.dial("101", "01000001234", "request-1")
    else:
        with pytest.raises(EtsError, match="cannot_dial"):
            dialling.dial("101", "01000001234", "request-1")
    dialling.stop()
    thread.join(5)


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_option_it_does_not_know_is_refused(vendor: str) -> None:
    with pytest.raises(EtsError, match="link_option"):
        vendor_of(GatewayLink("test", vendor, {"sped": 1}), SCENE)


def test_a_vendor_that_is_not_built_yet_is_named() -> None:
    with pytest.raises(EtsError, match="vendor_unknown"):
        vendor_of(GatewayLink("office", "pigeon"), SCENE)


@pytest.mark.parametrize("vendor", VENDORS)
def test_before_it_runs_nothing_is_under_way(vendor: str) -> None:
    assert vendor_of(link(vendor), SCENE).legs_under_way() == frozenset()


def legs_of(events: list[LegEvent]) -> list[tuple[object, ...]]:
    stories = tell(events, events[0].at)
    return sorted((one.extension, one.direction, len(one.phases), one.end) for one in stories)


@pytest.mark.parametrize("vendor", PLAYERS)
def test_its_wire_log_tells_the_same_calls_of_nobody(vendor: str, tmp_path: Path) -> None:
    running = vendor_of(link(vendor), SCENE)
    assert isinstance(running, Recorded)
    wire = WireLog(tmp_path / "wire", "test", vendor, 100_000_000)
    running.record_to(wire)
    live = listen(running, three_calls_are_over)
    wire.close()
    (part,) = parts_of(tmp_path / "wire", "test")
    again = [event for _, told in play(load_recording(part), "test") for event in told]
    over = [story for story in legs_of(live) if story[-1] is not None]
    told = legs_of(again)
    assert len(over) >= 3
    assert all(story in told for story in over)
    text = part.read_text("utf-8")
    for secret in (SECRET, centrex_server.SECRET, ippbx_server.SECRET):
        assert secret not in text


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_talks_to_a_real_system_leaves_a_wire_log_and_remembers(vendor: str) -> None:
    live = vendor not in ("replay", "simulator")
    made = vendor_of(link(vendor), SCENE)
    assert isinstance(made, Recorded) is live
    assert isinstance(made, Remembers) is live
    assert (vendor in PLAYERS) is live


@pytest.mark.parametrize("vendor", PLAYERS)
def test_what_the_run_before_left_open_is_followed_or_given_up(vendor: str) -> None:
    """Not both silent and unknown: the gateway ends what is not under way any more."""
    made = vendor_of(link(vendor), SCENE)
    assert isinstance(made, Remembers)
    ringing = KnownLeg(
        "1763772000.1",
        "1763772000.1",
        "101",
        Direction.IN,
        Phase.RINGING,
        None,
        "01000001234",
        None,
        datetime.now(UTC) - timedelta(days=1),
        ("test:1763772000.1:ringing",),
    )
    made.remember(Past(datetime.now(UTC) - timedelta(days=2), (ringing,)))
    told: list[LegEvent] = []
    up = Event()
    thread = threading.Thread(target=made.run, args=(told.append, up.set))
    thread.start()
    assert up.wait(10)
    ended = any(one.leg_key == ringing.leg_key and one.phase is Phase.ENDED for one in told)
    assert ended or ringing.leg_key not in made.legs_under_way()
    made.stop()
    thread.join(5)
