"""A live 클콜 extension, against a connector of each generation of Socket.IO."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import UNANSWERED_BY, Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx.protocol import KeepsAgentStates, Warns
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.lgu_ippbx import client, session
from ets_desktop.pbx.vendors.lgu_ippbx import vendor as vendor_module
from ets_desktop.pbx.vendors.lgu_ippbx.vendor import IppbxVendor
from ets_desktop.pbx.worker import LinkWorker
from ets_desktop.settings import GatewayLink
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

    def says_nothing(self) -> None:
        """Nothing more than what was taken."""
        with pytest.raises(Empty):
            self.events.get_nowait()


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
        assert time.monotonic() - began < 1
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


def test_a_phone_that_is_away_is_shown(server: IppbxServer, secret: Path) -> None:
    server.phone = "NOK"
    with listening(link_to(server, secret)) as line:
        assert isinstance(line.vendor, Warns)
        assert line.worker.state.reason == "ippbx_phone_away"
        server.say(message("PEER", "", DATA2="REGISTERED"), ring(call_id(), CALLER))
        assert line.tells() == RINGING
        assert line.worker.state.reason == ""
    assert line.vendor.warning() == ""
