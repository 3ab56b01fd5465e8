"""A live Asterisk: calls are followed, recovered after a cut, and dialled."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Queue

import pytest

from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import UNANSWERED_BY, Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.asterisk import following
from ets_desktop.pbx.vendors.asterisk.client import AmiAddress
from ets_desktop.pbx.vendors.asterisk.vendor import AsteriskVendor
from ets_desktop.pbx.worker import LinkWorker
from ets_desktop.settings import GatewayLink
from tests.pbx.ami_server import SECRET, USER, AmiServer, Fields, wire
from tests.pbx.stories import recording

PATIENCE_S = 5.0


@pytest.fixture
def server() -> Iterator[AmiServer]:
    with AmiServer().running() as running:
        yield running


def vendor_at(server: AmiServer, secret: str = SECRET) -> AsteriskVendor:
    return AsteriskVendor("pbx", AmiAddress("127.0.0.1", server.port, USER, secret))


class Listener:
    """A link that runs, and what it told; each event is waited for."""

    def __init__(self, server: AmiServer) -> None:
        self._server = server
        self.vendor = vendor_at(server)
        self._events: Queue[LegEvent] = Queue()
        self.worker = LinkWorker("pbx", self.vendor, self._events.put, patience=Patience(0.0))

    def next(self) -> LegEvent:
        return self._events.get(timeout=PATIENCE_S)

    def tells(self) -> tuple[str, Phase, End | None]:
        event = self.next()
        return event.extension, event.phase, event.end

    def heard_all(self, connection: int = 1) -> None:
        """Nothing is left to hear: a mark sent over the nth connection comes out next."""
        self._server.was_asked("CoreShowChannels", connection)
        self._server.send(*ringing("199", "mark"))
        assert self.tells() == ("199", Phase.RINGING, None)


@contextmanager
def listening(server: AmiServer) -> Iterator[Listener]:
    listener = Listener(server)
    listener.worker.start()
    try:
        yield listener
    finally:
        listener.worker.stop()
        assert listener.worker.state.reason == "link_stopped"


def row(channel: str, state: str, linkedid: str = "", **more: str) -> Fields:
    """A line of CoreShowChannels; `channel` is its id too."""
    number = re.sub(r"\D", "", channel)
    fields = {"Channel": channel, "ChannelState": state, "CallerIDNum": number}
    return {**fields, "Uniqueid": channel, "Linkedid": linkedid or channel, **more}


def trunk(uniqueid: str = "PJSIP/trunk-1", **more: str) -> Fields:
    known = {"CallerIDNum": "01000001234", "CallerIDName": "김하나", "Exten": "0212340101"}
    return row(uniqueid, "6", **{**known, "Application": "Dial", **more})


def phone(extension: str, state: str, call: str = "PJSIP/trunk-1", **more: str) -> Fields:
    return row(f"PJSIP/{extension}-1", state, call, **{"Application": "AppDial", **more})


def ringing(extension: str, key: str) -> tuple[bytes, bytes]:
    channel = (("Channel", f"PJSIP/{extension}-0a"), ("Uniqueid", key), ("Linkedid", key))
    return (
        wire(("Event", "Newchannel"), *channel, ("ChannelState", "0")),
        wire(("Event", "Newstate"), *channel, ("ChannelState", "5")),
    )


def test_a_recorded_call_comes_through_live(server: AmiServer) -> None:
    server.recording = recording("direct_answer")
    with listening(server) as link:
        told = [link.tells() for _ in range(3)]
    assert told == [
        ("101", Phase.RINGING, None),
        ("101", Phase.TALKING, None),
        ("101", Phase.ENDED, End.COMPLETED),
    ]


def test_a_gateway_that_joins_in_mid_call_tells_who_rings_and_who_talks(server: AmiServer) -> None:
    talk = {"BridgeId": "bridge"}
    server.rows = [
        phone("102", "6", "PJSIP/trunk-2", **talk),
        trunk("PJSIP/trunk-2", Exten="0212340102", **talk),
        phone("101", "5"),
        trunk(),
    ]
    with listening(server) as link:
        rings, talks = link.next(), link.next()
        link.heard_all()
    assert (rings.extension, rings.phase, rings.direction) == ("101", Phase.RINGING, Direction.IN)
    assert (rings.number, rings.caller_name) == ("01000001234", "김하나")
    assert rings.dialled == "0212340101"
    assert (talks.extension, talks.phase, talks.dialled) == ("102", Phase.TALKING, "0212340102")


def test_a_queue_is_known_after_joining_in(server: AmiServer) -> None:
    waiting = {"Application": "Queue", "ApplicationData": "support,t,,,8", "Exten": "15880000"}
    server.rows = [trunk(**waiting), phone("101", "5", Application="AppQueue")]
    with listening(server) as link:
        event = link.next()
    assert (event.queue, event.dialled, event.number) == ("support", "15880000", "01000001234")


def test_a_click_to_call_is_known_after_joining_in(server: AmiServer) -> None:
    server.rows = [
        row("PJSIP/101-1", "5", Application="AppDial2", ConnectedLineNum="01000009999"),
        phone("102", "5", "PJSIP/gone-1"),
    ]
    with listening(server) as link:
        events = {event.extension: event for event in (link.next(), link.next())}
    assert events["101"].direction is Direction.OUT
    assert events["101"].number == "01000009999"
    assert events["102"].direction is Direction.IN


def test_after_a_cut_everything_goes_on(server: AmiServer) -> None:
    server.rows = [trunk(), phone("101", "5"), phone("102", "5")]
    server.meanwhile = b"".join(ringing("103", "new"))
    with listening(server) as link:
        assert {link.tells(), link.tells(), link.tells()} == {
            ("101", Phase.RINGING, None),
            ("102", Phase.RINGING, None),
            ("103", Phase.RINGING, None),
        }
        server.meanwhile = b""
        server.rows = [trunk(BridgeId="b"), phone("102", "6", BridgeId="b"), phone("104", "5")]
        server.cut()
        told = [link.tells() for _ in range(4)]
        link.heard_all(connection=2)
    # How 101 and 103 ended nobody saw; 102 answered, 104 is new.
    assert sorted(told[:2]) == [("101", Phase.ENDED, End.LOST), ("103", Phase.ENDED, End.LOST)]
    assert told[2:] == [("104", Phase.RINGING, None), ("102", Phase.TALKING, None)]


def test_a_dialled_feature_code_is_no_call_that_got_lost(server: AmiServer) -> None:
    server.rows = [row("PJSIP/101-1", "4", Exten="*8102"), trunk()]
    with listening(server) as link:
        link.heard_all()
        server.rows = []
        server.cut()
        assert link.tells() == ("199", Phase.ENDED, End.LOST)
        server.was_asked("CoreShowChannels", 2)
        server.send(*ringing("101", "next"))
        assert link.tells() == ("101", Phase.RINGING, None)


def test_a_pbx_that_began_anew_has_lost_its_calls(server: AmiServer) -> None:
    server.rows = [trunk(), phone("101", "5")]
    with listening(server) as link:
        assert link.tells() == ("101", Phase.RINGING, None)
        server.began, server.rows = "20:00:00", [trunk("PJSIP/trunk-9"), phone("101", "5", "new")]
        server.rows[1]["Uniqueid"] = "new"
        server.cut()
        assert link.tells() == ("101", Phase.ENDED, End.LOST)
        assert link.tells() == ("101", Phase.RINGING, None)


def test_a_link_that_is_away_for_long_has_lost_its_calls(
    server: AmiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOST_AFTER", timedelta(0))
    server.rows = [trunk(), phone("101", "5")]
    with listening(server) as link:
        assert link.tells() == ("101", Phase.RINGING, None)
        server.refused["Challenge"] = "not now"
        server.cut()
        assert link.tells() == ("101", Phase.ENDED, End.LOST)


def test_a_click_rings_the_own_phone_first_and_only_once(server: AmiServer) -> None:
    with listening(server) as link:
        link.heard_all()
        link.vendor.dial("101", "01000009999", "request-1")
        link.vendor.dial("101", "01000009999", "request-1")
        link.vendor.dial("101", "01000009999", "request-2")
    first, second = server.was_asked("Originate", 2)
    assert (first["Channel"], first["Exten"]) == ("PJSIP/101", "01000009999")
    assert (first["Context"], first["Async"]) == ("from-internal", "true")
    assert [first["ChannelId"], second["ChannelId"]] == ["ets-request-1", "ets-request-2"]


def test_what_asterisk_will_not_dial_is_told(server: AmiServer) -> None:
    server.refused["Originate"] = "Permission denied"
    idle = vendor_at(server)
    with pytest.raises(Unavailable, match="cannot_dial"):
        idle.dial("101", "01000009999", "request-1")
    with listening(server) as link:
        link.heard_all()
        with pytest.raises(EtsError, match="cannot_dial"):
            link.vendor.dial("101", "01000009999", "request-1")


def test_a_phone_that_is_not_there_ends_the_click(server: AmiServer) -> None:
    gone = (("Channel", "PJSIP/109"), ("Exten", "01000009999"), ("Uniqueid", "<unknown>"))
    failed = (("Response", "Failure"), ("ActionID", "x-1"), ("Reason", "0"))
    with listening(server) as link:
        link.heard_all()
        server.send(wire(("Event", "OriginateResponse"), *failed, *gone))
        event = link.next()
    assert (event.extension, event.end) == ("109", End.NOT_REACHABLE)
    assert UNANSWERED_BY not in event.details


def test_a_refused_login_is_the_reason_that_is_shown(server: AmiServer) -> None:
    refused = vendor_at(server, secret="wrong")
    with pytest.raises(EtsError, match="ami_login_refused"):
        refused.run(lambda event: None, lambda: None)


def link_with(**options: object) -> GatewayLink:
    return GatewayLink("office", "asterisk", {"user": USER, **options})


def test_the_secret_comes_from_a_file_of_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o644)
    with pytest.raises(EtsError, match="secret_file"):
        AsteriskVendor.of_link(link_with(secret_file=str(file)), Scene())
    with pytest.raises(EtsError, match="secret_file"):
        AsteriskVendor.of_link(link_with(secret_file=str(tmp_path / "none")), Scene())
    file.chmod(0o600)
    AsteriskVendor.of_link(link_with(secret_file=str(file)), Scene())


def test_stopped_when_its_loop_has_just_ended_it_wakes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vendor = AsteriskVendor("pbx", AmiAddress("127.0.0.1", 1, USER, SECRET))
    monkeypatch.setattr(vendor._following, "closed", lambda _at: vendor.stop())
    with pytest.raises(Unavailable, match="ami_unreachable"):
        vendor.run(lambda _event: None, lambda: None)


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_no_computer_has_is_refused_before_anything_starts(
    port: int, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    options: dict[str, object] = {"port": port, "secret_file": str(secret)}
    with pytest.raises(EtsError, match="link_option"):
        AsteriskVendor.of_link(GatewayLink("pbx", "asterisk", options), Scene())
