"""An LG U+ Centrex on real sockets: answers as the facts say, quirks included, and rings back."""

import hashlib
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from ets_desktop.domain.calendar import SEOUL

LINE = "07000000101"
SECRET = hashlib.sha512(b"not-a-password").hexdigest()
PATH = "/3f9c1e7a5b8d2f604c6e/ring.html"

Row = dict[str, object]


def seoul(at: datetime) -> str:
    return at.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M:%S")


def inbound(
    number: str, status: str, *, ago: float = 0.0, lasted: int = 4, line: str = LINE
) -> Row:
    """A row of getinboundcall; numbers come as integers now and then."""
    began = datetime.now(UTC) - timedelta(seconds=ago)
    return {
        "NO": 1,
        "TIME": seoul(began),
        "SRC": number,
        "DST": line,
        "DURATION": lasted,
        "STATUS": status,
        "CHANNEL": "SIP/1001xxxx-aaba",
        "DSTCHANNEL": None,
        "ENDTIME": seoul(began + timedelta(seconds=lasted)),
        "APPDATA": None,
    }


def outbound(masked: str, status: str, *, ago: float = 0.0, lasted: str = "0") -> Row:
    """A row of callhistory."""
    began = datetime.now(UTC) - timedelta(seconds=ago)
    return {"NO": "1", "TIME": seoul(began), "SRC": LINE, "DST": masked} | {
        "DURATION": lasted,
        "BILLSEC": 0,
        "STATUS": status,
        "KIND": "2",
    }


@dataclass
class CentrexServer:
    """What it does is set from the test's thread; `asked` is what it was asked, in order."""

    inbound: list[Row] = field(default_factory=list)
    outbound: list[Row] = field(default_factory=list)
    #: What an operation answers instead: a result code, or a whole body.
    results: dict[str, str | bytes] = field(default_factory=dict)
    status: int = 200
    registered: str = ""
    #: Called back for whenever it is told that the callback is registered.
    callers: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    hasty: bool = False
    lifted: Event = field(default_factory=Event)
    secret: str = SECRET
    forwarded: tuple[str, str] | None = None
    texts: list[str] = field(default_factory=list)
    unreachable: set[str] = field(default_factory=set)
    received: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._heard = Condition()
        self._under_way = 0
        self._left_at = 0.0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}/RestApi"

    @contextmanager
    def running(self) -> Iterator["CentrexServer"]:
        thread = Thread(target=self._server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.lifted.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def was_asked(self, operation: str, times: int = 1) -> list[dict[str, str]]:
        """What came with `operation`, once it came so often."""

        def found() -> list[dict[str, str]]:
            return [fields for asked, fields in self.asked if asked == operation]

        with self._heard:
            assert self._heard.wait_for(lambda: len(found()) >= times, 5)
            return found()

    def ring(self, sender: str, receiver: str = LINE, **more: str) -> bytes:
        """Calls back as LG U+ does, without a Host; what the receiver answered."""
        fields = {"sender": sender, "receiver": receiver, "kind": "1", "inner_num": "", **more}
        parts = self.registered.split("^")
        query = urlencode({**fields, "message": ""})
        return raw(int(parts[4]), f"GET {parts[3]}?{query} HTTP/1.1\r\n\r\n".encode())

    def answer(self, operation: str, fields: dict[str, str]) -> bytes:
        self._under_way += 1
        self.hasty |= self._under_way > 1
        self.gaps.append(time.monotonic() - self._left_at)
        with self._heard:
            self.asked.append((operation, fields))
            self._heard.notify_all()
        try:
            return self._answer(operation, fields)
        finally:
            self._under_way -= 1
            self._left_at = time.monotonic()

    def _answer(self, operation: str, fields: dict[str, str]) -> bytes:
        instead = self.results.get(operation)
        if isinstance(instead, bytes):
            return instead
        if fields.get("id") != LINE:
            return refusal("1003")
        if fields.get("pass") != self.secret:
            return refusal("1004")
        if instead is not None:
            return refusal(instead)
        return _OPERATIONS[operation](self, fields)

    def _get_callback(self, fields: dict[str, str]) -> bytes:
        if not self.registered:
            return refusal("4002")
        self._ring_callers()
        return done({"STATUS": "OK", "DEBUG": None, "CALLBACK": self.registered})

    def _set_callback(self, fields: dict[str, str]) -> bytes:
        host, port = fields["callbackhost"], fields["callbackport"]
        where = f"{host}^{fields['callbackurl']}^{port}"
        self.registered = f"2026-11-22 10:00:00^{LINE}^{where}^1^20261122100000^29991231235959"
        self._ring_callers()
        return done({"STATUS": "OK", "DEBUG": ""})

    def _ring_callers(self) -> None:
        for caller in self.callers:
            self.ring(caller)
            self.inbound.append(inbound(caller, "ANSWERED"))

    def _inbound(self, fields: dict[str, str]) -> bytes:
        return done(self.inbound) if self.inbound else done(None)

    def _outbound(self, fields: dict[str, str]) -> bytes:
        return done(self.outbound, result="OK") if self.outbound else refusal("4002")

    def _dial(self, fields: dict[str, str]) -> bytes:
        """Answered once the own phone was lifted."""
        self.lifted.wait(5)
        return done({"STATUS": "OK", "DESTNUMBER": fields["destnumber"]})

    def _forward(self, fields: dict[str, str]) -> bytes:
        self.forwarded = (fields["destnumber"], fields["ftype"])
        return done(None)

    def _stop_forward(self, fields: dict[str, str]) -> bytes:
        self.forwarded = None
        return done(None)

    def _get_forward(self, fields: dict[str, str]) -> bytes:
        """Numbers as integers where they are."""
        if self.forwarded is None:
            return done({"FORWARD_USE": "N", "FORWARD_DATA": None, "FORWARD_TYPE": ""})
        number, kind = self.forwarded
        told = {"FORWARD_USE": "F", "FORWARD_DATA": number, "FORWARD_STR": "착신전환"}
        return done(told | {"FORWARD_TYPE": int(kind), "DOMAIN": "x"})

    def _send_text(self, fields: dict[str, str]) -> bytes:
        numbers = fields["destnumber"].split(",")
        self.texts.append(fields["smsmsg"])
        results = (f"{n}={'FAIL' if n in self.unreachable else 'OK'}" for n in numbers)
        return done({"STATUS": "OK", "DEBUG": ", ".join(results), "RESTCOUNT": 97})

    def _texts(self, fields: dict[str, str]) -> bytes:
        if not self.received:
            return refusal("4004")
        return done([{"NO": 1, "TIME": "2026-11-22 10:00:00"} | row for row in self.received])

    def _hang_up(self, fields: dict[str, str]) -> bytes:
        return refusal("4004")


_OPERATIONS = {
    "setforwardtype": CentrexServer._forward,
    "stopforward": CentrexServer._stop_forward,
    "getforwardtype": CentrexServer._get_forward,
    "smssend": CentrexServer._send_text,
    "getrecvsmslist": CentrexServer._texts,
    "hangup": CentrexServer._hang_up,
    "getringcallback": CentrexServer._get_callback,
    "setringcallback": CentrexServer._set_callback,
    "getinboundcall": CentrexServer._inbound,
    "callhistory": CentrexServer._outbound,
    "clickdial": CentrexServer._dial,
}


def done(rows: object, result: object = "0000") -> bytes:
    answer = {"SVC_RT": result, "SVC_MSG": "성공", "DATAS": rows}
    return json.dumps(answer, ensure_ascii=False).encode()


def refusal(result: str) -> bytes:
    return json.dumps({"SVC_RT": result, "SVC_MSG": "ERR", "DATAS": None}).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def raw(port: int, request: bytes) -> bytes:
    """Sends `request` and reads until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while piece := connection.recv(65_536):
                answer += piece
        except ConnectionResetError:
            return answer
    return answer


def _handler(server: CentrexServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            told = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            fields = {name: values[0] for name, values in told.items()}
            body = server.answer(urlsplit(self.path).path.rpartition("/")[2], fields)
            try:
                self.send_response(server.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return  # nobody waits any more

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    return Handler
