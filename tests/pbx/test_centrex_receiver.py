"""The ring callback on a real socket: whoever asks, and however, nothing is lost or let in."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx import door as module
from ets_desktop.pbx.vendors.lgu_centrex.receiver import Ring, ear_of, hang_up, listen, read_ring
from tests.pbx.centrex_server import LINE, PATH, free_port, raw

QUERY = f"sender=01000001234&receiver={LINE}&kind=1&inner_num=101&message="
RING = Ring("01000001234", LINE, "101")


class Door:
    def __init__(self) -> None:
        self.rings: Queue[Ring] = Queue()
        self.receiver = module.Door("127.0.0.1", 0)
        self.receiver.ears[PATH] = ear_of(self.rings.put)
        self.receiver.open()

    def hears(self, request: str) -> bytes:
        return raw(self.receiver.port, request.encode())


@contextmanager
def open_door() -> Iterator[Door]:
    opened = Door()
    try:
        yield opened
    finally:
        opened.receiver.close()


@pytest.fixture
def door() -> Iterator[Door]:
    with open_door() as opened:
        yield opened


@pytest.mark.parametrize(
    "request_text",
    [
        f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n",
        f"GET {PATH}?{QUERY} HTTP/1.1\r\nHost: anything.invalid:1\r\n\r\n",
        f"GET {PATH}?{QUERY} HTTP/1.0\r\nHost:\r\n\r\n",
        f"GET http://203.0.113.7{PATH}?{QUERY} HTTP/1.1\n\n",
        f"GET {PATH}?{QUERY}\r\n",
    ],
)
def test_a_ring_is_heard_with_any_host_or_none(door: Door, request_text: str) -> None:
    answer = door.hears(request_text)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b'{"SVC_RT":"0000","SVC_MSG":"OK"}')
    assert door.rings.get(timeout=5) == RING


def test_a_ring_whose_headers_never_end_is_heard_at_once(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.receiver.port)) as line:
        line.sendall(f"GET {PATH}?{QUERY} HTTP/1.1\r\nHost: a".encode())
        assert door.rings.get(timeout=5) == RING


def test_many_headers_are_not_all_read(door: Door) -> None:
    many = "".join(f"X-{n}: x\r\n" for n in range(60))
    door.hears(f"GET {PATH}?{QUERY} HTTP/1.1\r\n{many}\r\n")
    assert door.rings.get(timeout=5) == RING


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        (f"GET /ring.html?{QUERY} HTTP/1.1\r\n\r\n", b"404"),
        (f"GET {PATH}x?{QUERY} HTTP/1.1\r\n\r\n", b"404"),
        (f"POST {PATH}?{QUERY} HTTP/1.1\r\n\r\n", b"405"),
        (f"GET {PATH} HTTP/1.1\r\n\r\n", b"200"),
        (f"GET {PATH}?{QUERY}&sender=01000009999 HTTP/1.1\r\n\r\n", b"200"),
        (f"GET {PATH}?{QUERY.replace('kind=1', 'kind=2')} HTTP/1.1\r\n\r\n", b"200"),
    ],
)
def test_what_is_no_ring_is_not_told(door: Door, request_text: str, status: bytes) -> None:
    assert door.hears(request_text).split()[1] == status
    door.hears(f"GET {PATH}?{QUERY.replace('1234', '4321')} HTTP/1.1\r\n\r\n")
    assert door.rings.get(timeout=5).sender == "01000004321"
    assert door.rings.empty()


@pytest.mark.parametrize(
    "request_text", ["", "GET", "GET /" + "x" * 100_000, "GET http://[ HTTP/1.1\r\n\r\n"]
)
def test_half_a_request_and_one_too_long_disturb_nobody(door: Door, request_text: str) -> None:
    with socket.create_connection(("127.0.0.1", door.receiver.port), timeout=5) as line:
        try:
            line.sendall(request_text.encode())
            line.shutdown(socket.SHUT_WR)
            assert line.recv(100) == b""
        except OSError:
            pass  # hung up on in the middle
    assert b"200" in door.hears(f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n")


@pytest.mark.parametrize(
    "target",
    [
        f"{PATH}?{QUERY}<script>alert(1)</script>",
        "/<script>alert(1)</script>",
        f"{PATH}?sender=%0d%0aX-Injected:%20alert(1)&receiver=1&kind=1",
        "/../../alert(1)",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "TRACE", "alert(1)"])
def test_nothing_that_was_asked_is_told_back_or_logged(
    door: Door, method: str, target: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = door.hears(f"{method} {target} HTTP/1.1\r\nX: alert(1)\r\n\r\n")
    assert b"alert" not in answer
    assert b"Injected" not in answer
    assert "alert" not in caplog.text
    # Who reads the log shall not learn the path.
    assert PATH not in caplog.text


@given(sent=st.binary(max_size=200), start=st.sampled_from([b"", b"GET ", f"GET {PATH}?".encode()]))
@settings(max_examples=40, deadline=None)
def test_any_bytes_leave_the_door_open(sent: bytes, start: bytes) -> None:
    with open_door() as door:
        with socket.create_connection(("127.0.0.1", door.receiver.port), timeout=5) as line:
            try:
                line.sendall(start + sent)
                line.shutdown(socket.SHUT_WR)
                answer = line.recv(4_000)
            except OSError:
                answer = b""  # hung up on in the middle
        assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
        assert b"200" in door.hears(f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n")


def test_somebody_who_is_slow_is_hung_up_on(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    with socket.create_connection(("127.0.0.1", door.receiver.port), timeout=5) as line:
        line.sendall(b"GET /")
        assert line.recv(100) == b""


def test_somebody_who_asks_too_often_is_sent_away(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_A_MINUTE", 2)
    text = f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n"
    assert [door.hears(text).split()[1] for _ in range(3)] == [b"200", b"200", b"429"]
    monkeypatch.setattr(module, "MINUTE_S", -1.0)
    assert door.hears(text).split()[1] == b"200"


def test_addresses_are_not_remembered_without_end(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_ADDRESSES", 0)
    assert b"200" in door.hears(f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n")


def test_too_many_at_once_are_sent_away(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 0)
    assert b"429" in door.hears(f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n")


def test_an_open_visit_does_not_keep_the_door_open() -> None:
    opened = Door()
    with socket.create_connection(("127.0.0.1", opened.receiver.port), timeout=5) as line:
        line.sendall(b"GET /")
        opened.hears("GET / HTTP/1.1\r\n\r\n")
        opened.receiver.close()
        assert line.recv(100) == b""


def test_a_taken_port_is_told(door: Door) -> None:
    with pytest.raises(Unavailable, match="centrex_callback_port"):
        listen("127.0.0.1", door.receiver.port, PATH, door.rings.put)


def test_several_lines_are_told_at_one_door() -> None:
    port, rings, others = free_port(), Queue[Ring](), Queue[Ring]()
    other = PATH.replace("3f9c", "9c3f")
    listen("127.0.0.1", port, PATH, rings.put)
    listen("127.0.0.1", port, other, others.put)
    with pytest.raises(Unavailable, match="centrex_callback_port"):
        listen("127.0.0.1", port, other, others.put)
    raw(port, f"GET {other}?{QUERY} HTTP/1.1\r\n\r\n".encode())
    assert others.get(timeout=5) == RING
    hang_up("127.0.0.1", port, other)
    assert b"404" in raw(port, f"GET {other}?{QUERY} HTTP/1.1\r\n\r\n".encode())
    assert b"200" in raw(port, f"GET {PATH}?{QUERY} HTTP/1.1\r\n\r\n".encode())
    assert rings.get(timeout=5) == RING
    hang_up("127.0.0.1", port, PATH)
    with pytest.raises(ConnectionRefusedError):
        raw(port, b"GET / HTTP/1.1\r\n\r\n")


def test_a_query_without_end_is_no_ring() -> None:
    assert read_ring(QUERY + "&a=1" * 100) is None


@given(st.text(max_size=80))
def test_any_query_is_a_ring_or_none(query: str) -> None:
    assert read_ring(query) is None or "kind" in query or "%" in query
