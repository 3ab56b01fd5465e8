"""A 클콜 connector on a real socket, in each generation of Socket.IO that one may speak.

It behaves as the facts say (LG U+ §3), quirks included: no call is told before LOGIN_ACK, the id of
a call stands in DATA8 and at its end in DATA7, a session hears of other phones too.
"""

import asyncio
import hashlib
import itertools
import json
import re
import socket
import ssl
import struct
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import TypeVar

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

USER = "agent101"
COMPANY = "shop"
EXTENSION = "101"
PEER = "75490101"
LINE = "07000000101"
SECRET = hashlib.sha512(b"not-a-password").hexdigest()
One = TypeVar("One")

GENERATIONS = ("0.9", "2", "4")

_ids = itertools.count(100)


def call_id(began: float | None = None) -> str:
    return f"{int(time.time() if began is None else began)}.{next(_ids)}"


def message(name: str, kind: str, peer: str = PEER, **data: str) -> str:
    fields = "|".join(f"{key}:{value}" for key, value in data.items())
    return f"{name}|KIND:{kind}|COMP:{COMPANY}|PEER:{peer}|{fields}"


def ring(call: str, number: str, kind: str = "IR", **more: str) -> str:
    data = {"DATA1": number, "DATA2": EXTENSION, "DATA3": LINE, "DATA4": "", "DATA8": call, **more}
    return message("CALLEVENT", kind, **data)


def dialled(call: str, number: str, kind: str = "OR") -> str:
    return ring(call, EXTENSION, kind, DATA2=number, DATA3=LINE)


def hung_up(call: str, number: str, kind: str = "I", **more: str) -> str:
    data = {"DATA1": number, "DATA2": EXTENSION, "DATA3": LINE, "DATA5": "1", "DATA6": "N"}
    end = {"DATA7": call, "DATA8": "", "DATA14": "2026-11-22145712", **more}
    return message("HANGUPEVENT", kind, **data, **end)


@dataclass
class Line:
    """One WebSocket of one client."""

    writer: StreamWriter
    protocol: ServerProtocol
    acknowledged: bool = False

    def send(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            self.protocol.send_text(frame.encode())
        else:
            self.protocol.send_binary(frame)
        self.flush()

    def flush(self) -> None:
        for piece in self.protocol.data_to_send():
            if not self.writer.is_closing():
                self.writer.write(piece) if piece else self.writer.close()


@dataclass
class IppbxServer:
    """What it does is set from the test's thread; `heard` is what came, in order."""

    generation: str = "4"
    #: What a login is answered with instead; "" answers nothing.
    login: str | None = None
    #: The answer to GET_LASTEVENT.
    last: list[str] = field(default_factory=list)
    #: Callers that ring, talk and hang up by themselves after each login.
    callers: list[str] = field(default_factory=list)
    phone: str = "OK"
    #: Whether a login sets the agent's state.
    takes_status: bool = True
    secret: str = SECRET
    #: The agent's state, as the last login or command set it.
    code: str = "0"
    #: Seconds between two heartbeats, and those until the line is taken for dead.
    beat_s: float = 5.0
    dead_s: float = 5.0
    #: What a plain question is answered with instead.
    answer: bytes | None = None
    transports: str = "websocket,htmlfile,xhr-polling,jsonp-polling"
    #: What a WebSocket is greeted with instead.
    greeting: list[str | bytes] | None = None
    beats: bool = True
    tls: ssl.SSLContext | None = None
    port: int = 0
    heard: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._writers: list[StreamWriter] = []
        self._lines: list[Line] = []
        self._ready = Event()
        self._news = Condition()
        self._stop = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/"

    @contextmanager
    def running(self) -> Iterator["IppbxServer"]:
        self._loop = asyncio.new_event_loop()
        thread = Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        thread.start()
        assert self._ready.wait(5)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._stop.set)
            thread.join()
            self._loop.close()

    def say(self, *texts: str) -> None:
        """`svcmsg` to everybody who has said LOGIN_ACK."""
        self.emit(*(("svcmsg", text) for text in texts))

    def emit(self, *events: tuple[object, ...]) -> None:
        self.send(*(self._event(*event) for event in events))

    def send(self, *frames: str | bytes) -> None:
        def send() -> None:
            for line in self._lines:
                if line.acknowledged:
                    for frame in frames:
                        line.send(frame)

        self._in_loop(send)

    def to_all(self, *event: object) -> None:
        """Also to those who have not logged in."""

        def send() -> None:
            for line in self._lines:
                line.send(self._event(*event))

        self._in_loop(send)

    def cut(self) -> None:
        """Every connection, as when a cable is pulled and put back: a reset, no orderly end."""

        def cut() -> None:
            for writer in (line.writer for line in self._lines):
                opened = writer.get_extra_info("socket")
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            self._lines.clear()

        self._in_loop(cut)

    def was_told(self, name: str, times: int = 1) -> list[tuple[object, ...]]:
        """What came with `name`, once it came so often."""
        return self._wait(lambda: [args for told, args in self.heard if told == name], times)

    def was_commanded(self, command: str, times: int = 1) -> list[str]:
        """The commands that begin so, bare or within an object."""

        def found() -> list[str]:
            commands = [args[0] for told, args in self.heard if told == "climsg_command"]
            texts = [c["command"] if isinstance(c, dict) else str(c) for c in commands]
            return [text for text in texts if text.startswith(f"CMD|{command}")]

        return self._wait(found, times)

    def was_asked(self, path: str) -> None:
        self._wait(lambda: [one for one in self.questions if path in one], 1)

    def was_sent(self, frame: str) -> None:
        self._wait(lambda: [one for one in self.frames if one == frame], 1)

    def _wait(self, found: Callable[[], list[One]], times: int) -> list[One]:
        with self._news:
            assert self._news.wait_for(lambda: len(found()) >= times, 5), (found(), self.heard)
            return found()

    def _in_loop(self, work: Callable[[], None]) -> None:
        async def run() -> None:
            work()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result(5)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._welcome, "127.0.0.1", self.port, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        # Who came just now is welcomed first: a closed server would leave that socket open.
        for _ in range(5):
            await asyncio.sleep(0)
        server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _welcome(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._writers.append(writer)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            with self._news:
                self.questions.append(path)
                self._news.notify_all()
            if b"upgrade: websocket" in head.lower():
                await self._keep_line(reader, writer, head, path)
            else:
                body = self._answer(path) if self.answer is None else self.answer
                writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            # Python 3.11.2 cannot abort over TLS what is closed already.
            self._writers.remove(writer)
            writer.close()

    def _answer(self, path: str) -> bytes:
        """A plain question, as those do that find out what we are."""
        if self.generation == "0.9":
            if path.startswith("/socket.io/1/"):
                return f"s{next(_ids)}-a:{self._whole(self.dead_s)}:60:{self.transports}".encode()
            return b"Welcome to socket.io."
        opening = self._opening()
        if self.generation == "2":
            return f"{len(opening)}:{opening}2:40".encode()
        return opening.encode()

    @staticmethod
    def _whole(seconds: float) -> str:
        return f"{seconds:.0f}" if seconds >= 1 else ""

    def _opening(self) -> str:
        times = {"pingInterval": self.beat_s * 1000, "pingTimeout": self.dead_s * 1000}
        return "0" + json.dumps({"sid": "x", "upgrades": [], **times})

    async def _keep_line(
        self, reader: StreamReader, writer: StreamWriter, head: bytes, path: str
    ) -> None:
        number = {"0.9": r"/socket.io/1/websocket/s\d+-a", "2": ".*EIO=3&.*", "4": ".*EIO=4&.*"}
        assert re.fullmatch(number[self.generation], path), path
        line = Line(writer, ServerProtocol())
        line.protocol.receive_data(head)
        for request in line.protocol.events_received():
            assert isinstance(request, Request)
            line.protocol.send_response(line.protocol.accept(request))
        line.flush()
        self._lines.append(line)
        greetings = {"0.9": ["1::"], "2": [self._opening(), "40"], "4": [self._opening()]}
        for frame in self.greeting or greetings[self.generation]:
            line.send(frame)
        beat = asyncio.create_task(self._beat(line))
        try:
            while piece := await reader.read(65_536):
                line.protocol.receive_data(piece)
                for heard in line.protocol.events_received():
                    if isinstance(heard, Frame) and heard.opcode is Opcode.TEXT:
                        self._take(line, bytes(heard.data).decode())
                line.flush()
        finally:
            beat.cancel()
            if line in self._lines:
                self._lines.remove(line)

    async def _beat(self, line: Line) -> None:
        """The generations in which the server is the one who asks."""
        while self.beats and self.generation != "2":
            await asyncio.sleep(self.beat_s)
            line.send("2" if self.generation == "4" else "2::")

    def _event(self, name: object, *args: object) -> str:
        if self.generation == "0.9":
            told: dict[str, object] = {"name": name} | ({"args": args} if args else {})
            return f"5:::{json.dumps(told)}"
        return f"42{json.dumps([name, *args], ensure_ascii=False)}"

    def _take(self, line: Line, frame: str) -> None:
        with self._news:
            self.frames.append(frame)
            self._news.notify_all()
        if self.generation == "4" and frame == "40":
            line.send('40{"sid":"y"}')
        elif self.generation == "2" and frame == "2" and self.beats:
            line.send("3")
        elif frame.startswith(("42", "5:::")):
            self._hear(line, *self._read(frame))

    def _read(self, frame: str) -> tuple[str, tuple[object, ...]]:
        if self.generation == "0.9":
            told = json.loads(frame.removeprefix("5:::"))
            return told["name"], tuple(told.get("args", ()))
        name, *args = json.loads(frame.removeprefix("42"))
        return name, tuple(args)

    def _hear(self, line: Line, name: str, args: tuple[object, ...]) -> None:
        with self._news:
            self.heard.append((name, args))
            self._news.notify_all()
        told = args[0] if args else None
        if name == "climsg_login":
            assert isinstance(told, dict)
            self._log_in(line, told)
        elif name == "climsg_command":
            self._obey(line, told["command"] if isinstance(told, dict) else str(told))

    def _log_in(self, line: Line, told: dict[str, object]) -> None:
        known = {"userid": USER, "exten": EXTENSION, "company_id": COMPANY, "passwd": self.secret}
        status = told.get("option", told.get("first_status"))
        text = message("LOGIN", "LOGIN_FAIL", "", DATA1="password")
        if known.items() <= told.items():
            self.code = str(status) if self.takes_status else self.code
            data = {"DATA1": EXTENSION, "DATA2": "test", "DATA3": self.code, "DATA4": self.phone}
            text = message("LOGIN", "LOGIN_OK", "", **data, DATA5=PEER, DATA6="N", DATA8="M")
        text = text if self.login is None else self.login
        if text and "version" in told:
            line.send(self._event("svcmsg_login", {"userid": USER, "login_result": text}))
        elif text:
            line.send(self._event("svcmsg", text))

    def _obey(self, line: Line, command: str) -> None:
        if command == "CMD|LOGIN_ACK":
            line.acknowledged = True
        elif command == "CMD|GET_LASTEVENT|callevent":
            for text in [*self.last, *self._play()]:
                line.send(self._event("svcmsg", text))
        elif command.startswith("CMD|MEMBERSTATUS|"):
            self.code = command.split("|")[2].split(",")[0]
            line.send(self._event("svcmsg", f"MEMBERSTATUS|KIND:{self.code}"))

    def _play(self) -> Iterator[str]:
        for number in self.callers:
            call = call_id()
            yield ring(call, number)
            yield ring(call, number, "ID")
            yield hung_up(call, number)
