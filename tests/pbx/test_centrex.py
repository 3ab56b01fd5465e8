"""A live Centrex line: registered, rung, dialled with, and left alone when it refuses us."""

import os
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any

import pytest

from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.lgu_centrex import schedule, turns
from ets_desktop.pbx.vendors.lgu_centrex import vendor as vendor_module
from ets_desktop.pbx.vendors.lgu_centrex.client import Account, Question, ask
from ets_desktop.pbx.vendors.lgu_centrex.options import CentrexOptions, read_options
from ets_desktop.pbx.vendors.lgu_centrex.schedule import Schedule
from ets_desktop.pbx.vendors.lgu_centrex.vendor import CentrexVendor
from ets_desktop.pbx.worker import LinkWorker
from ets_desktop.settings import GatewayLink
from tests.pbx.centrex_server import (
    LINE,
    PATH,
    SECRET,
    CentrexServer,
    free_port,
    inbound,
    outbound,
)

PATIENCE_S = 5.0
CALLER = "01000001234"
OTHER_SECRET = "0" * 128


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(turns, "SPACING_S", 0.01)
    monkeypatch.setattr(vendor_module, "TICK_S", 0.01)
    monkeypatch.setattr(vendor_module, "LOOK_S", 0.01)
    monkeypatch.setattr(vendor_module, "AGE_LOOK_S", 0.01)
    monkeypatch.setattr(schedule, "FIRST_WAIT_S", 0.02)


@pytest.fixture
def server() -> Iterator[CentrexServer]:
    with CentrexServer().running() as running:
        yield running


@pytest.fixture
def link(server: CentrexServer, tmp_path: Path) -> GatewayLink:
    file = tmp_path / "sha512"
    file.touch(mode=0o600)
    file.write_text(SECRET)
    return GatewayLink(
        "office",
        "lgu_centrex",
        {
            "base_url": server.url,
            "id": LINE,
            "password_sha512_file": str(file),
            "callback_listen": f"127.0.0.1:{free_port()}",
            "callback_host": "127.0.0.1",
            "callback_path": PATH,
            "lines": {LINE: "101", "0510000000": "101"},
            "poll_seconds": 0,
        },
    )


def until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < deadline
        Event().wait(0.01)


def with_options(link: GatewayLink, **options: object) -> GatewayLink:
    return GatewayLink(link.name, link.vendor, {**link.options, **options})


class Listener:
    """A link that runs, and what it told; each event and each state is waited for."""

    def __init__(self, link: GatewayLink) -> None:
        self.vendor = CentrexVendor.of_link(link, Scene())
        self._events: Queue[LegEvent] = Queue()
        self.ups: Queue[str] = Queue()
        self.worker = LinkWorker(
            "office",
            self.vendor,
            self._events.put,
            on_up=self.ups.put,
            patience=Patience(0.0),
        )

    def next(self) -> LegEvent:
        return self._events.get(timeout=5)

    def tells(self) -> tuple[str, Phase, End | None]:
        event = self.next()
        return event.extension, event.phase, event.end

    def is_up(self) -> None:
        self.ups.get(timeout=5)


@contextmanager
def listening(link: GatewayLink) -> Iterator[Listener]:
    listener = Listener(link)
    listener.worker.start()
    try:
        yield listener
    finally:
        listener.worker.stop()
        assert listener.worker.state.reason == "link_stopped"


RINGING = ("101", Phase.RINGING, None)


def test_a_call_rings_and_the_history_tells_the_rest(
    server: CentrexServer, link: GatewayLink
) -> None:
    with listening(link) as line:
        line.is_up()
        assert server.ring(CALLER, receiver="0510000000").startswith(b"HTTP/1.1 200 OK")
        server.ring(CALLER, receiver="0510000000")
        ring = line.next()
        assert (ring.extension, ring.phase, ring.number) == ("101", Phase.RINGING, CALLER)
        assert line.vendor.legs_under_way() == {ring.leg_key}
        server.inbound.append(inbound(CALLER, "ANSWERED"))
        assert line.tells() == ("101", Phase.TALKING, None)
        assert line.tells() == ("101", Phase.ENDED, End.COMPLETED)
        assert line.vendor.legs_under_way() == frozenset()
    assert line.vendor.capabilities.sees_answers is False


def test_it_registers_once_and_says_where(server: CentrexServer, link: GatewayLink) -> None:
    with listening(link) as line:
        line.is_up()
        server.was_asked("getinboundcall", 2)
    (told,) = server.was_asked("setringcallback")
    port = str(link.options["callback_listen"]).partition(":")[2]
    assert (told["callbackurl"], told["callbackhost"]) == (PATH, "127.0.0.1")
    assert (told["callbackport"], told["id"], told["pass"]) == (port, LINE, SECRET)


def test_a_registration_that_is_ours_stays(server: CentrexServer, link: GatewayLink) -> None:
    port = str(link.options["callback_listen"]).partition(":")[2]
    where = f"127.0.0.1^http://shop.invalid{PATH}^{port}"
    server.registered = f"2026-11-22 10:00:00^{LINE}^{where}^1^20261122100000^29991231235959"
    with listening(link) as line:
        line.is_up()
    assert [operation for operation, _ in server.asked if operation == "setringcallback"] == []


@pytest.mark.parametrize("there", ["", "garbled", "a^b^127.0.0.1^http://[^1^1^2^3"])
def test_one_that_is_not_is_replaced(server: CentrexServer, link: GatewayLink, there: str) -> None:
    server.registered = there
    with listening(link) as line:
        line.is_up()
    assert PATH in server.registered


def test_a_registration_is_looked_at_again(
    server: CentrexServer, link: GatewayLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "RECHECK_S", 0.0)
    with listening(link) as line:
        line.is_up()
        server.registered = ""
        server.was_asked("setringcallback", 2)


def test_one_question_at_a_time_and_never_hasty(
    server: CentrexServer, link: GatewayLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SPACING_S", 0.05)
    with listening(link) as line:
        line.is_up()
        line.vendor.dial("101", CALLER, "one")
        server.lifted.set()
        server.was_asked("getinboundcall", 3)
    assert not server.hasty
    assert min(server.gaps[1:]) >= 0.04


def test_a_click_rings_the_own_phone_and_the_history_tells_the_rest(
    server: CentrexServer, link: GatewayLink
) -> None:
    with listening(link) as line:
        line.is_up()
        line.vendor.dial("101", "010-0000-9999", "wish")
        line.vendor.dial("101", "010-0000-9999", "wish")
        rings = line.next()
        assert (rings.direction, rings.phase) == (Direction.OUT, Phase.RINGING)
        with pytest.raises(Unavailable, match="centrex_dialling"):
            line.vendor.dial("101", CALLER, "another")
        server.lifted.set()
        assert line.tells() == ("101", Phase.DIALLING, None)
        server.outbound.append(outbound("0100000****", "FAIL", ago=-1))
        assert server.was_asked("callhistory")[0]["calltype"] == "outbound"
        server.outbound[:] = [outbound("0100000****", "OK", ago=4, lasted="1")]
        assert line.tells() == ("101", Phase.ENDED, End.COMPLETED)
        line.vendor.dial("101", CALLER, "later")
        assert line.next().phase is Phase.RINGING
        dialled = [told["destnumber"] for told in server.was_asked("clickdial", 2)]
    assert dialled == ["01000009999", CALLER]


def test_a_dial_without_an_answer_is_never_asked_again(
    server: CentrexServer, link: GatewayLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor_module, "DIAL_PATIENCE_S", 0.05)
    with listening(link) as line:
        line.is_up()
        line.vendor.dial("101", CALLER, "wish")
        assert line.tells() == RINGING
        server.was_asked("callhistory")  # the dial is over, its fate unknown
        with pytest.raises(Unavailable, match="centrex_dialling"):
            line.vendor.dial("101", CALLER, "again")
        assert len(server.was_asked("clickdial")) == 1
        assert line.worker.state.reason == ""


def test_a_refused_dial_ends_and_the_line_stays_up(
    server: CentrexServer, link: GatewayLink
) -> None:
    server.results["clickdial"] = "1002"
    with listening(link) as line:
        line.is_up()
        line.vendor.dial("101", CALLER, "wish")
        assert line.tells() == RINGING
        assert line.tells() == ("101", Phase.ENDED, End.NOT_REACHABLE)
        server.was_asked("getinboundcall", len(server.was_asked("getinboundcall")) + 1)
        assert line.worker.state.reason == ""


@pytest.mark.parametrize(("extension", "number"), [("102", CALLER), ("101", "anonymous")])
def test_what_cannot_be_dialled_is_told(link: GatewayLink, extension: str, number: str) -> None:
    with listening(link) as line:
        line.is_up()
        with pytest.raises(Unavailable, match="cannot_dial"):
            line.vendor.dial(extension, number, "wish")


def test_a_line_of_unknown_phones_does_not_dial(link: GatewayLink) -> None:
    many = {"07000000102": "102", "07000000103": "103"}
    assert not Listener(with_options(link, lines=many)).vendor.capabilities.dials
    assert Listener(with_options(link, lines={"0510000000": "7"})).vendor.capabilities.dials


def is_down_for(line: Listener, code: str) -> None:
    deadline = Event()
    for _ in range(500):
        if line.worker.state.reason == code:
            return
        deadline.wait(0.01)
    raise AssertionError(line.worker.state)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ("1003", "centrex_id_refused"),
        ("1005", "centrex_not_subscribed"),
        ("1007", "centrex_password_initial"),
        ("1008", "centrex_password_expired"),
    ],
)
def test_who_is_refused_asks_no_more_but_hears_rings(
    server: CentrexServer, link: GatewayLink, result: str, code: str
) -> None:
    with listening(link) as line:
        line.is_up()
        server.results["getinboundcall"] = result
        is_down_for(line, code)
        asked = len(server.asked)
        server.ring(CALLER)
        assert line.tells() == RINGING
        with pytest.raises(Unavailable, match="cannot_dial"):
            line.vendor.dial("101", CALLER, "wish")
        assert len(server.asked) == asked


def test_a_wrong_password_is_tried_once_until_another_one_is_there(
    server: CentrexServer, link: GatewayLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.secret = OTHER_SECRET
    file = Path(str(link.options["password_sha512_file"]))
    looked: Queue[None] = Queue()
    account = CentrexOptions.account

    def look(options: CentrexOptions) -> Account:
        looked.put(None)
        return account(options)

    with listening(link) as line:
        is_down_for(line, "centrex_password_refused")
        monkeypatch.setattr(CentrexOptions, "account", look)
        for content in (SECRET, "half of it"):
            file.write_text(content)
            looked.queue.clear()
            for _ in range(3):
                looked.get(timeout=5)
        assert len(server.asked) == 1
        file.write_text(f"{OTHER_SECRET}\n".upper())
        line.is_up()
        assert line.worker.state.reason == ""


def test_a_password_that_is_refused_while_dialling_stops_everything(
    server: CentrexServer, link: GatewayLink
) -> None:
    server.results["clickdial"] = "1004"
    with listening(link) as line:
        line.is_up()
        line.vendor.dial("101", CALLER, "wish")
        assert line.tells() == RINGING
        assert line.tells() == ("101", Phase.ENDED, End.NOT_REACHABLE)
        is_down_for(line, "centrex_password_refused")


def test_a_short_failure_is_not_worth_a_word_and_a_long_one_is(
    server: CentrexServer, link: GatewayLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(link) as line:
        line.is_up()
        server.results["getinboundcall"] = "3001"
        asked = len(server.was_asked("getinboundcall"))
        server.was_asked("getinboundcall", asked + 2)
        assert line.worker.state.reason == ""
        monkeypatch.setattr(vendor_module, "HICCUP_S", 0.0)
        is_down_for(line, "centrex_busy")
        asked = len(server.was_asked("getinboundcall"))
        server.was_asked("getinboundcall", asked + 2)
        server.results["getinboundcall"] = b"<html>"
        is_down_for(line, "centrex_garbled")
        server.ring(CALLER)
        assert line.tells() == RINGING
        del server.results["getinboundcall"]
        line.is_up()


def test_a_server_that_is_in_trouble_is_told(server: CentrexServer, link: GatewayLink) -> None:
    server.status = 502
    with listening(link) as line:
        is_down_for(line, "centrex_unreachable")


def test_a_line_that_lost_its_net_before_it_asked_did_not_dial() -> None:
    account = Account(f"http://127.0.0.1:{free_port()}/RestApi", LINE, SECRET)
    with pytest.raises(Unavailable, match="centrex_unreachable") as refused:
        ask(account, Question("clickdial", {"destnumber": CALLER}))
    assert not refused.value.ambiguous
    assert SECRET not in repr(account)


def test_a_server_that_cannot_prove_who_it_is_gets_no_password(server: CentrexServer) -> None:
    account = Account(server.url.replace("http:", "https:"), LINE, SECRET)
    with pytest.raises(Unavailable, match="centrex_unreachable") as refused:
        ask(account, Question("userinfo"))
    assert isinstance(refused.value.__cause__, ssl.SSLError)
    assert server.asked == []


def test_a_taken_port_is_the_reason_that_is_shown(link: GatewayLink) -> None:
    with listening(link) as line:
        line.is_up()
        second = CentrexVendor.of_link(link, Scene())
        with pytest.raises(Unavailable, match="centrex_callback_port"):
            second.run(lambda event: None, lambda: None)
        second.stop()


def test_it_can_be_stopped_twice_and_while_a_phone_rings(
    server: CentrexServer, link: GatewayLink
) -> None:
    with listening(link) as line:
        line.is_up()
        line.vendor.dial("101", CALLER, "wish")
        assert line.tells() == RINGING
        server.was_asked("clickdial")
        line.vendor.stop()


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "http://centrex.uplus.co.kr/RestApi"},
        {"base_url": "ftp://127.0.0.1/x"},
        {"base_url": "https://"},
        {"base_url": "https://[/"},
        {"base_url": "https://a.invalid:0/x"},
        {"base_url": "https://a.invalid/x?pass=1"},
        {"id": "admin"},
        {"id": ""},
        {"callback_listen": "127.0.0.1"},
        {"callback_listen": "127.0.0.1:0"},
        {"callback_listen": "127.0.0.1:x"},
        {"callback_listen": "localhost:8080"},
        {"callback_host": "shop.example"},
        {"callback_host": ""},
        {"callback_path": "/ring.html"},
        {"callback_path": "/3f9c1e7a5b8d2f604c6e/ring"},
        {"callback_path": "3f9c1e7a5b8d2f604c6e/ringing.html"},
        {"callback_path": "/3f9c1e7a5b8d2f604c6e/ring.html?a=1"},
        {"lines": {}},
        {"lines": {LINE: 101}},
        {"lines": {"front desk": "101"}},
        {"lines": {LINE: "101", "070-0000-0101": "102"}},
        {"lines": "101"},
        {"poll_seconds": "often"},
        {"poll_seconds": -1},
        {"poll_seconds": float("nan")},
        {"password": "x"},
    ],
)
def test_a_setting_that_cannot_be_right_is_refused(
    link: GatewayLink, wrong: dict[str, Any]
) -> None:
    with pytest.raises(EtsError, match="link_option"):
        CentrexVendor.of_link(with_options(link, **wrong), Scene())


def test_a_forwarded_port_is_the_one_that_is_registered(
    server: CentrexServer, link: GatewayLink
) -> None:
    with listening(with_options(link, callback_host="203.0.113.7:8080")) as line:
        line.is_up()
    assert f"^203.0.113.7^{PATH}^8080^" in server.registered


def test_a_password_that_expires_soon_is_told_while_the_line_is_up(link: GatewayLink) -> None:
    file = Path(str(link.options["password_sha512_file"]))
    with listening(link) as line:
        line.is_up()
        assert line.worker.state.reason == ""
        old = time.time() - 77 * 86_400
        os.utime(file, (old, old))
        until(lambda: line.worker.state.reason == "centrex_password_ages")
        assert line.worker.state.up_since is not None
        file.unlink()
        until(lambda: line.worker.state.reason == "")


def test_a_password_instead_of_its_hash_is_refused(link: GatewayLink) -> None:
    Path(str(link.options["password_sha512_file"])).write_text("not-a-password")
    with pytest.raises(EtsError, match="secret_file"):
        CentrexVendor.of_link(link, Scene())


def test_the_history_is_asked_for_as_often_as_the_setting_says(link: GatewayLink) -> None:
    plan = Schedule(read_options(with_options(link, poll_seconds=15)))
    now, asked = 100.0, []
    for _ in range(60):
        question = plan.next(now, awaits_dialled=False)
        if question is not None:
            asked.append((now - 100.0, question.operation))
            plan.answered(question.operation, (), now)
        now += 1.0
    assert asked == [
        (0.0, "getringcallback"),
        (1.0, "setringcallback"),
        (2.0, "getinboundcall"),
        (17.0, "getinboundcall"),
        (32.0, "getinboundcall"),
        (47.0, "getinboundcall"),
    ]
