"""An AMI server on a real socket: greets, checks the login, answers, plays recorded streams."""

import asyncio
import hashlib
import re
import socket
import ssl
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Event, Thread

from ets_desktop.pbx.vendors.asterisk.recording import Recording

USER = "desk"
SECRET = "not-a-secret"
BANNER = b"Asterisk Call Manager/5.0.4\r\n"
CHALLENGE = "840415273"

Fields = dict[str, str]


def wire(*pairs: tuple[str, str]) -> bytes:
    return ("".join(f"{key}: {value}\r\n" for key, value in pairs) + "\r\n").encode()


@dataclass
class AmiServer:
    """What it does is set from the test's thread; `asked` is what it was asked, in order."""

    rows: list[Fields] = field(default_factory=list)
    #: Members of queues.
    members: list[Fields] = field(default_factory=list)
    began: str = "19:41:16"
    recording: Recording | None = None
    #: Actions that are never answered.
    silent: set[str] = field(default_factory=set)
    #: What an action is refused with.
    refused: dict[str, str] = field(default_factory=dict)
    #: Sent before the list of channels, as events that came meanwhile.
    meanwhile: bytes = b""
    asked: list[Fields] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    port: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._writers: list[StreamWriter] = []
        self._ready = Event()
        self._heard = Condition()
        self._stop = asyncio.Event()
        self._logins = 0
        self._thread = Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    @contextmanager
    def running(self) -> Iterator["AmiServer"]:
        self._thread.start()
        assert self._ready.wait(5)
        try:
            yield self
        finally:
            self.leave()
            self._thread.join()
            self._loop.close()

    def send(self, *pieces: bytes) -> None:
        """To everybody who is connected, piece by piece."""

        async def send() -> None:
            for piece in pieces:
                for writer in self._writers:
                    writer.write(piece)
                    await writer.drain()

        asyncio.run_coroutine_threadsafe(send(), self._loop).result(5)

    def cut(self) -> None:
        """Every connection, without a word."""

        def cut() -> None:
            for writer in self._writers:
                # As when a cable is pulled: a reset, no orderly end.
                reset = struct.pack("ii", 1, 0)
                opened = writer.get_extra_info("socket")
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                writer.transport.abort()
            self._writers.clear()

        self._loop.call_soon_threadsafe(cut)

    def leave(self) -> None:
        """Stop listening and hang up."""
        self._loop.call_soon_threadsafe(self._stop.set)

    def was_asked(self, action: str, times: int = 1) -> list[Fields]:
        """What came with `action`, once it came so often."""

        def found() -> list[Fields]:
            return [asked for asked in self.asked if asked["Action"] == action]

        with self._heard:
            assert self._heard.wait_for(lambda: len(found()) >= times, 5)
            return found()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._welcome, "127.0.0.1", self.port, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        # Who came just now is welcomed first: a closed server would leave that socket open.
        for _ in range(5):
            await asyncio.sleep(0)
        server.close()
        for writer in self._writers:
            writer.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _welcome(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._writers.append(writer)
        writer.write(BANNER)
        try:
            while True:
                raw = await reader.readuntil(b"\r\n\r\n")
                lines = raw.decode().strip().split("\r\n")
                asked = dict(line.split(": ", 1) for line in lines)
                with self._heard:
                    self.asked.append(asked)
                    self._heard.notify_all()
                if asked["Action"] not in self.silent:
                    self._answer(asked, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            if writer in self._writers:
                self._writers.remove(writer)

    def _answer(self, asked: Fields, writer: StreamWriter) -> None:
        action, mine = asked["Action"], ("ActionID", asked["ActionID"])
        if action in self.refused or (action == "Login" and not self._is_known(asked)):
            reason = self.refused.get(action, "Authentication failed")
            writer.write(wire(("Response", "Error"), mine, ("Message", reason)))
            return
        more: dict[str, Callable[[], tuple[tuple[str, str], ...]]] = {
            "Challenge": lambda: (("Challenge", CHALLENGE),),
            "CoreStatus": lambda: (
                ("CoreStartupDate", "2026-11-21"),
                ("CoreStartupTime", self.began),
            ),
            "CoreShowChannels": lambda: (("EventList", "start"),),
        }
        if action == "CoreShowChannels":
            writer.write(self.meanwhile)
        extra = more.get(action, tuple)()
        writer.write(wire(("Response", "Success"), mine, *extra))
        if action == "CoreShowChannels":
            for row in self.rows:
                writer.write(wire(("Event", "CoreShowChannel"), mine, *row.items()))
            done = (("Event", "CoreShowChannelsComplete"), mine, ("EventList", "Complete"))
            writer.write(wire(*done, ("ListItems", str(len(self.rows)))))
            self._play(writer)

        elif action == "QueueStatus":
            for member in self.members:
                writer.write(wire(("Event", "QueueMember"), mine, *member.items()))
            writer.write(wire(("Event", "QueueStatusComplete"), mine, ("EventList", "Complete")))

    def _is_known(self, asked: Fields) -> bool:
        key = hashlib.md5((CHALLENGE + SECRET).encode(), usedforsecurity=False).hexdigest()
        return (asked["Username"], asked["Key"]) == (USER, key)

    def _play(self, writer: StreamWriter) -> None:
        """The recording as fast as it goes, as calls of this connection's own."""
        if self.recording is None:
            return
        self._logins += 1
        for piece in self.recording.pieces:
            if piece.kind == "T" and piece.text == "<":
                writer.write(re.sub(rb"\b1795", b"%d" % (2000 + self._logins), piece.wire))
