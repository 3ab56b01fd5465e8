"""A live 클콜 extension, against a connector of each generation of Socket.IO."""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue

import pytest

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import UNANSWERED_BY, Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx.protocol import KeepsAgentStates, Warns
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.lgu_ippbx import client, ledger, session
from ets_desktop.pbx.vendors.lgu_ippbx import vendor as vendor_module
from ets_desktop.pbx.vendors.lgu_ippbx.options import read_options
from ets_desktop.pbx.vendors.lgu_ippbx.vendor import IppbxVendor
from ets_desktop.pbx.worker import LinkWorker
from ets_desktop.settings import GatewayLink
from tests.pbx.centrex_server import free_port
from tests.pbx.ippbx_server import (
    COMPANY,
    EXTENSION,
    GENERATIONS,
    LINE,
    PEER,
    SECRET,
    USER,
    IppbxServer,
    call_id,
    dialled,
    hung_up,
    message,
    ring,
)
from tests.pbx.test_ami_client import certificate

CALLER = "01000001234"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor_module, "TICK_S", 0.01)
    monkeypatch.setattr(vendor_module, "RECOVERY_S", 0.05)
    monkeypatch.setattr(session, "PATIENCE_S", 1.0)


@pytest.fixture
def server() -> Iterator[IppbxServer]:
    with IppbxServer().running() as running:
        yield running


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "sha512"
    file.touch(mode=0o600)
    file.write_text(SECRET)
    return file


def link_to(server: IppbxServer, secret: Path, **options: object) -> GatewayLink:
    known: dict[str, object] = {
        "url": server.url,
        "company_id": COMPANY,
        "user": USER,
        "extension": EXTENSION,
        "password_sha512_file": str(secret),
    }
    return GatewayLink("office", "lgu_ippbx", known | options)


class Listener:
    """A link that runs, and what it told; each event and each state is waited for."""

    def __init__(self, link: GatewayLink) -> None:
        self.vendor = IppbxVendor.of_link(link, Scene())
        self.events: Queue[LegEvent] = Queue()
        self.ups: Queue[str] = Queue()
        self.states: Queue[tuple[str, AgentState]] = Queue()
        self.vendor.follow_states(lambda extension, state: self.states.put((extension, state)))
        self.worker = LinkWorker(
            "office", self.vendor, self.events.put, on_up=self.ups.put, patience=Patience(0.0)
        )

    def next(self) -> LegEvent:
        return self.events.get(timeout=5)

    def tells(self) -> tuple[str, Phase, End | None]:
        event = self.next()
        return event.extension, event.phase, event.end

    def is_up(self) -> None:
        self.ups.get(timeout=5)

    def has_reason(self, code: str) -> None:
        """It is down, for that."""
        deadline = time.monotonic() + 5
        while self.worker.state.reason != code:
            assert time.monotonic() < deadline, self.worker.state
            threading.Event().wait(0.005)

    def says_nothing(self) -> None:
        """Nothing more than what was taken."""
        with pytest.raises(Empty):
            self.events.get_nowait()


def rewrite(secret: Path) -> None:
    """As somebody does who put the password in place anew."""
    changed = secret.stat().st_mtime_ns + 1_000_000_000
    os.utime(secret, ns=(changed, changed))


@contextmanager
def listening(link: GatewayLink, *, up: bool = True) -> Iterator[Listener]:
    listener = Listener(link)
    listener.worker.start()
    try:
        if up:
            listener.is_up()
        yield listener
    finally:
        began = time.monotonic()
        listener.worker.stop()
        assert time.monotonic() - began < 5
        assert listener.worker.state.reason == "link_stopped"


RINGING = (EXTENSION, Phase.RINGING, None)
TALKING = (EXTENSION, Phase.TALKING, None)
COMPLETED = (EXTENSION, Phase.ENDED, End.COMPLETED)
LOST = (EXTENSION, Phase.ENDED, End.LOST)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("told", [True, False])
def test_a_call_is_followed_in_each_generation(generation: str, told: bool, secret: Path) -> None:
    call = call_id()
    with IppbxServer(generation).running() as server:
        options = {"socketio": generation} if told else {}
        with listening(link_to(server, secret, **options)) as line:
            server.say(ring(call, CALLER))
            rang = line.next()
            assert (rang.extension, rang.phase, rang.number) == (EXTENSION, Phase.RINGING, CALLER)
            assert (rang.direction, rang.dialled) == (Direction.IN, LINE)
            assert line.vendor.legs_under_way() == {call}
            server.say(ring(call, CALLER, "ID"))
            assert line.tells() == TALKING
            server.say(hung_up(call, CALLER))
            assert line.tells() == COMPLETED
            assert server.was_commanded("HANGUP_ACK") == ["CMD|HANGUP_ACK|1,NORMAL"]
            assert line.vendor.legs_under_way() == frozenset()
        asked = [path for path in server.questions if "transport=polling" in path]
        assert len(asked) == (0 if told else 1)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_line_is_kept_alive_and_a_dead_one_noticed(
    generation: str, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PING_S", 0.05)
    dead_s = 1.0 if generation == "0.9" else 0.3
    server = IppbxServer(generation, beat_s=0.05, dead_s=dead_s)
    with server.running(), listening(link_to(server, secret)) as line:
        server.was_sent({"0.9": "2::", "2": "2", "4": "3"}[generation])
        server.emit(("svcmsg_ping",))
        server.was_told("climsg_pong")
        server.beats = False
        line.is_up()
        assert server.was_told("climsg_login", 2)


def test_it_asks_and_logs_in_as_older_and_newer_connectors_want_it(
    server: IppbxServer, secret: Path
) -> None:
    with listening(link_to(server, secret)):
        server.was_commanded("GET_LASTEVENT|callevent")
    with listening(link_to(server, secret, pbx_host="10.0.0.5", pbx_port=8083)):
        server.was_commanded("GET_LASTEVENT|callevent", 2)
    ((newer,), (older,)) = server.was_told("climsg_login", 2)
    who = {"company_id": COMPANY, "userid": USER, "exten": EXTENSION, "passwd": SECRET}
    assert newer == who | {"first_status": "0", "from_ui": "ETS", "version": 1}
    where = {"serverip": "10.0.0.5", "pbxhost": "10.0.0.5", "serverport": "8083"}
    assert older == who | where | {"usertype": "M", "option": "0"}
    commands = [args[0] for args in server.was_told("climsg_command", 4)]
    named = {"company_id": COMPANY, "userid": USER}
    assert commands == [
        named | {"command": "CMD|LOGIN_ACK"},
        named | {"command": "CMD|GET_LASTEVENT|callevent"},
        "CMD|LOGIN_ACK",
        "CMD|GET_LASTEVENT|callevent",
    ]


def test_a_call_that_nobody_took_is_missed(server: IppbxServer, secret: Path) -> None:
    call = call_id()
    with listening(link_to(server, secret)) as line:
        server.say(ring(call, "anonymous"), hung_up(call, "anonymous"))
        assert line.next().number is None
        assert line.tells() == (EXTENSION, Phase.ENDED, End.ABANDONED)


def test_what_comes_twice_is_told_once_and_acknowledged_each_time(
    server: IppbxServer, secret: Path
) -> None:
    call = call_id()
    texts = [ring(call, CALLER), ring(call, CALLER, "ID"), hung_up(call, CALLER)]
    with listening(link_to(server, secret)) as line:
        server.say(*(text for text in texts for _ in range(2)))
        server.was_commanded("HANGUP_ACK", 2)
        assert [line.tells() for _ in texts] == [RINGING, TALKING, COMPLETED]
        server.say(*texts)
        server.was_commanded("HANGUP_ACK", 3)
        line.says_nothing()


def test_what_is_told_of_another_phone_is_none_of_ours(server: IppbxServer, secret: Path) -> None:
    call = call_id()
    with listening(link_to(server, secret)) as line:
        theirs = ring(call, CALLER).replace(PEER, "75490102")
        server.say(theirs, hung_up(call, CALLER).replace(PEER, "75490102"))
        server.say(ring(call_id(), CALLER))
        assert line.tells() == RINGING
        line.says_nothing()
        assert server.was_commanded("HANGUP_ACK", 0) == []


def test_a_colleague_who_calls_is_told_and_the_state_before_given_back(
    server: IppbxServer, secret: Path
) -> None:
    call = call_id()
    with listening(link_to(server, secret)) as line:
        server.say("MEMBERSTATUS|KIND:3", "MEMBERSTATUS|KIND:1")
        server.say(ring(call, "102"), ring(call, "102", "ID"), hung_up(call, "102"))
        assert line.next().number == "102"
        assert server.was_commanded("HANGUP_ACK") == ["CMD|HANGUP_ACK|1,3"]
        server.say(hung_up(call, CALLER, DATA8="2"))
        assert server.was_commanded("HANGUP_ACK", 2)[-1] == "CMD|HANGUP_ACK|1,2"


def test_a_number_is_dialled_once_and_followed(server: IppbxServer, secret: Path) -> None:
    with listening(link_to(server, secret)) as line:
        line.vendor.dial(EXTENSION, "010-0000-1234", "wish-1")
        line.vendor.dial(EXTENSION, "010-0000-1234", "wish-1")
        with pytest.raises(Unavailable, match="ippbx_dialling"):
            line.vendor.dial(EXTENSION, CALLER, "wish-2")
        assert server.was_commanded("CLICKDIAL") == [f"CMD|CLICKDIAL|,{CALLER},oubbound"]
        call = call_id()
        server.say(dialled(call, CALLER), dialled(call, CALLER, "OD"))
        out = line.next()
        assert (out.direction, out.phase, out.number) == (Direction.OUT, Phase.DIALLING, CALLER)
        assert line.tells() == TALKING
        line.vendor.dial(EXTENSION, CALLER, "wish-2")
        server.was_commanded("CLICKDIAL", 2)
        server.say(hung_up(call, CALLER, "O"))
        assert line.tells() == COMPLETED


def test_a_number_that_is_not_taken_or_that_never_rang_is_told_so(
    server: IppbxServer, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor_module, "DIAL_UNHEARD_S", 0.05)
    call = call_id()
    with listening(link_to(server, secret)) as line:
        server.say(dialled(call, CALLER), hung_up(call, CALLER, "O"))
        line.next()
        given_up = line.next()
        assert (given_up.end, dict(given_up.details)) == (
            End.NO_ANSWER,
            {UNANSWERED_BY: "customer"},
        )
        line.vendor.dial(EXTENSION, CALLER, "wish-1")
        unheard = line.next()
        assert (unheard.leg_key, unheard.end) == ("wish-1", End.NO_ANSWER)
        assert dict(unheard.details) == {UNANSWERED_BY: "agent"}


def test_nobody_is_dialled_for_without_a_line_a_number_or_for_another_phone(
    server: IppbxServer, secret: Path
) -> None:
    vendor = IppbxVendor.of_link(link_to(server, secret), Scene())
    with pytest.raises(Unavailable, match="cannot_dial"):
        vendor.dial(EXTENSION, CALLER, "wish-1")
    with listening(link_to(server, secret)) as line:
        for extension, number in (("102", CALLER), (EXTENSION, "hello")):
            with pytest.raises(Unavailable, match="cannot_dial"):
                line.vendor.dial(extension, number, "wish-1")


def test_the_agents_state_is_followed_both_ways(server: IppbxServer, secret: Path) -> None:
    with listening(link_to(server, secret)) as line:
        assert isinstance(line.vendor, KeepsAgentStates)
        server.say("MEMBERSTATUS|KIND:4", "MEMBERSTATUS|KIND:4", "MEMBERSTATUS|KIND:1")
        assert line.states.get(timeout=5) == (EXTENSION, AgentState.MEAL)
        server.say("MEMBERSTATUS|KIND:99", "MEMBERSTATUS|KIND:6")
        assert line.states.get(timeout=5) == (EXTENSION, AgentState.WRAP_UP)
        line.vendor.set_state("102", AgentState.REST)
        line.vendor.set_state(EXTENSION, AgentState.TRAINING)
        line.vendor.set_state(EXTENSION, AgentState.NOT_READY)
        line.vendor.set_state(EXTENSION, AgentState.ON_CALL)
        line.vendor.set_state(EXTENSION, AgentState.READY)
        assert server.was_commanded("MEMBERSTATUS", 2) == [
            "CMD|MEMBERSTATUS|5,101,6",
            "CMD|MEMBERSTATUS|0,101,5",
        ]
        server.say("MEMBERSTATUS|KIND:3")
        # What came back of our own was no news.
        assert line.states.get(timeout=5) == (EXTENSION, AgentState.REST)
        server.cut()
        line.is_up()
        ((fields,),) = server.was_told("climsg_login", 2)[1:]
        assert isinstance(fields, dict)
        assert fields["first_status"] == "3"


def test_a_state_set_before_the_line_is_up_goes_with_the_login(
    server: IppbxServer, secret: Path
) -> None:
    listener = Listener(link_to(server, secret))
    listener.vendor.set_state(EXTENSION, AgentState.LOGGED_OUT)
    listener.vendor.set_state(EXTENSION, AgentState.NOT_READY)
    listener.worker.start()
    listener.is_up()
    listener.worker.stop()
    ((fields,),) = server.was_told("climsg_login")
    assert isinstance(fields, dict)
    assert fields["first_status"] == "5"
    assert listener.states.empty()


def test_a_state_set_while_the_line_was_down_goes_before_the_pbxs_own(
    server: IppbxServer, secret: Path
) -> None:
    server.takes_status = False
    server.code = "4"
    listener = Listener(link_to(server, secret))
    listener.vendor.set_state(EXTENSION, AgentState.REST)
    listener.worker.start()
    assert server.was_commanded("MEMBERSTATUS") == ["CMD|MEMBERSTATUS|3,101,4"]
    listener.worker.stop()
    assert listener.states.empty()
    server.code = "4"
    with listening(link_to(server, secret)) as line:
        assert line.states.get(timeout=5) == (EXTENSION, AgentState.MEAL)


def test_a_phone_that_is_away_is_shown(server: IppbxServer, secret: Path) -> None:
    server.phone = "NOK"
    with listening(link_to(server, secret)) as line:
        assert isinstance(line.vendor, Warns)
        assert line.worker.state.reason == "ippbx_phone_away"
        server.say(message("PEER", "", DATA2="REGISTERED"), ring(call_id(), CALLER))
        assert line.tells() == RINGING
        assert line.worker.state.reason == ""
    assert line.vendor.warning() == ""


def test_who_is_thrown_out_says_so_and_stays_out(server: IppbxServer, secret: Path) -> None:
    call = call_id()
    with listening(link_to(server, secret)) as line:
        server.say(ring(call, CALLER), message("BYE", "SAME_UID", ""))
        assert [line.tells() for _ in range(2)] == [RINGING, LOST]
        assert line.vendor.legs_under_way() == frozenset()
        line.has_reason("ippbx_taken_over")
        rewrite(secret)
        line.is_up()
        # Not before: nobody is thrown out in turn.
        assert len(server.was_told("climsg_login")) == 2


def test_a_refused_login_is_not_tried_again_with_the_same_password(
    server: IppbxServer, secret: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.login = message("LOGIN", "LOGIN_FAIL", "", DATA1=f"wrong: {SECRET}")
    with caplog.at_level(logging.DEBUG), listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_login_refused")
        server.login = None
        rewrite(secret)
        line.is_up()
        assert len(server.was_told("climsg_login")) == 2
    assert SECRET not in caplog.text
    assert SECRET not in repr(line.vendor.__dict__)


def test_a_refused_login_is_tried_again_after_a_while(
    server: IppbxServer, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor_module, "REFUSED_PAUSE_S", 0.05)
    server.login = ""
    with listening(link_to(server, secret), up=False) as line:
        server.was_told("climsg_login")
        server.login = None
        server.to_all("svcloginerror", {"userid": USER, "error": "no"})
        line.is_up()


def test_a_connector_that_says_no_word_to_a_login_is_asked_again(
    server: IppbxServer, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PATIENCE_S", 0.05)
    server.login = ""
    with listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_silent")
        server.login = None
        line.is_up()


@pytest.mark.parametrize(
    "event",
    [("svcmsg_logout",), ("svcmsg", message("LOGIN", "LOGOUT"))],
    ids=["event", "message"],
)
def test_who_is_logged_out_logs_in_again(
    event: tuple[object, ...], server: IppbxServer, secret: Path
) -> None:
    with listening(link_to(server, secret)) as line:
        server.emit(event)
        line.is_up()


def test_a_login_is_repeated_where_it_is_asked_for(server: IppbxServer, secret: Path) -> None:
    with listening(link_to(server, secret)):
        server.emit(("svcmsg_relogin",))
        server.was_told("climsg_login", 2)


def test_what_makes_no_sense_is_passed_over(server: IppbxServer, secret: Path) -> None:
    with listening(link_to(server, secret)) as line:
        server.emit(
            ("svcmsg",),
            ("svcmsg", 7),
            ("svcmsg", ""),
            ("svcmsg", "HELLO"),
            ("svcmsg_login", "LOGIN|KIND:LOGIN_OK"),
            ("svcstt", {"text": "hello"}),
            ("svcmsg", "CALLEVENT|KIND:IR|DATA1"),
            ("svcmsg", ring("", CALLER)),
            ("svcmsg", hung_up("null", CALLER)),
            ("svcmsg", ring(call_id(), CALLER, "XX")),
            ("svcmsg", "DTMFREADEVENT|KIND:5"),
        )
        server.send(b"\x00\x01", "", "9", "43[]", "42", "42{}", "42[7]", '42/other,["svcmsg"]')
        server.send("42[", "4", "6", "3probe", '427["svcmsg_ping"]')
        server.was_sent("437[]")
        server.say(ring(call_id(), CALLER))
        assert line.tells() == RINGING
        line.says_nothing()


def test_the_first_generation_has_acknowledgements_of_its_own(secret: Path) -> None:
    with IppbxServer("0.9").running() as server, listening(link_to(server, secret)) as line:
        server.send("", "9:::", "5:::[]", "5:::{}", '5::/x:{"name":"a"}', "8::", "5:::{", "3:::a")
        server.send('5:7::{"name":"svcmsg_ping"}', '5:8+::{"name":"svcmsg_ping","args":7}')
        server.was_sent("6:::7")
        server.was_sent("6:::8+[]")
        server.say(ring(call_id(), CALLER))
        assert line.tells() == RINGING


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_goodbye_is_a_lost_line(generation: str, secret: Path) -> None:
    frame = {"0.9": "0::", "2": "41", "4": "1"}[generation]
    with IppbxServer(generation).running() as server, listening(link_to(server, secret)) as line:
        server.send(frame)
        line.is_up()


@pytest.mark.parametrize(
    ("generation", "greeting"), [("0.9", "7:::not you"), ("4", '44{"message":"not you"}')]
)
def test_a_line_that_is_refused_is_lost(generation: str, greeting: str, secret: Path) -> None:
    server = IppbxServer(generation, greeting=["0not json", b"\x00", greeting])
    with server.running(), listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_lost")
        server.greeting = None
        line.is_up()


@pytest.mark.parametrize("answer", [b"<html>hello</html>", b"\xff", b"", b"0x", b"x" * 99_999])
def test_a_server_that_is_something_else_is_said_so(answer: bytes, secret: Path) -> None:
    server = IppbxServer(answer=answer)
    with server.running(), listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_generation")
        server.answer = None
        line.is_up()


def test_an_old_server_without_websockets_is_said_so(secret: Path) -> None:
    server = IppbxServer("0.9", transports="xhr-polling")
    with server.running(), listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_generation")
        server.transports = "websocket"
        line.is_up()


def test_nothing_is_sent_over_a_line_that_was_cut(server: IppbxServer, secret: Path) -> None:
    async def talk() -> None:
        line = await client.SocketIo.connect(read_options(link_to(server, secret)).connector)
        server.cut()
        async with asyncio.timeout(5):
            while True:
                await line.emit("climsg_pong")
                await asyncio.sleep(0)

    with pytest.raises(Unavailable, match="ippbx_lost"):
        asyncio.run(talk())


def test_a_server_that_is_away_is_said_so(secret: Path) -> None:
    server = IppbxServer()
    server.port = free_port()
    for told in ("auto", "4"):
        with listening(link_to(server, secret, socketio=told), up=False) as line:
            line.has_reason("ippbx_unreachable")
    with listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_unreachable")
        with server.running():
            line.is_up()


def test_a_server_that_is_mute_is_said_so(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PATIENCE_S", 0.1)
    server = IppbxServer(greeting=["3"])
    with server.running(), listening(link_to(server, secret), up=False) as line:
        line.has_reason("ippbx_unreachable")
        server.greeting = None
        line.is_up()


def test_a_call_goes_on_over_a_cut_and_what_ended_meanwhile_is_lost(
    server: IppbxServer, secret: Path
) -> None:
    talks, rings, later = call_id(), call_id(), call_id()
    with listening(link_to(server, secret)) as line:
        server.say(ring(talks, CALLER), ring(talks, CALLER, "ID"), ring(rings, "01000005678"))
        assert [line.tells() for _ in range(3)] == [RINGING, TALKING, RINGING]
        old = call_id(time.time() - 1000)
        server.last = [ring(talks, CALLER, "ID"), ring(later, CALLER), ring(old, CALLER)]
        server.cut()
        assert line.tells() == RINGING
        assert line.tells() == LOST
        line.is_up()
        assert line.vendor.legs_under_way() == {talks, later}
        # Its end, once heard of, says more than that it was lost.
        server.say(hung_up(rings, "01000005678"), hung_up(talks, CALLER))
        assert line.tells() == (EXTENSION, Phase.ENDED, End.ABANDONED)
        assert line.tells() == COMPLETED


def test_a_talk_that_ended_during_a_cut_ends_once_the_agent_is_free(
    server: IppbxServer, secret: Path
) -> None:
    call = call_id()
    with listening(link_to(server, secret)) as line:
        server.say(ring(call, CALLER, "ID"))
        assert line.tells() == TALKING
        # The last event, not the last one of a call that goes on.
        server.last = [ring(call, CALLER, "ID"), "MEMBERSTATUS|KIND:0"]
        server.cut()
        line.is_up()
        assert line.vendor.legs_under_way() == {call}
        server.say("MEMBERSTATUS|KIND:0")
        assert line.tells() == LOST


def test_legs_are_lost_when_the_connector_stays_away(
    server: IppbxServer, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor_module, "LOST_AFTER", timedelta(0))
    with listening(link_to(server, secret)) as line:
        server.say(ring(call_id(), CALLER))
        assert line.tells() == RINGING
        server.login = ""
        server.cut()
        assert line.tells() == LOST


def test_a_ring_without_an_end_is_given_up(
    server: IppbxServer, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "UNANSWERED_GIVEN_UP_AFTER", timedelta(seconds=0.05))
    with listening(link_to(server, secret)) as line:
        server.say(ring(call_id(), CALLER))
        assert [line.tells() for _ in range(2)] == [RINGING, LOST]


def test_a_connector_is_reached_over_tls(secret: Path, tmp_path: Path) -> None:
    with IppbxServer(tls=certificate(tmp_path)).running() as server:
        with listening(link_to(server, secret, verify=False)) as line:
            server.say(ring(call_id(), CALLER))
            assert line.tells() == RINGING
        with listening(link_to(server, secret), up=False) as line:
            line.has_reason("ippbx_unreachable")


def test_stopped_while_the_connector_does_not_answer_it_stops_at_once(secret: Path) -> None:
    server = IppbxServer(greeting=["3"])
    with server.running(), listening(link_to(server, secret), up=False):
        server.was_asked("transport=websocket")
