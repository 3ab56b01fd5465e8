"""Hears those who tell this house something by the plainest HTTP: ring callbacks, ARS sessions.

Written here, for it answers whatever asks politely or not: no Host, no redirect, no trust, and
nothing may take its time or room. Who does not know a secret path learns nothing.
"""

import asyncio
import hmac
import logging
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Final
from urllib.parse import urlsplit

from ets_desktop.domain.errors import Unavailable

log = logging.getLogger(__name__)

#: Seconds for a whole request; a stranger who takes longer is hung up on.
PATIENCE_S = 5.0
_LONGEST_LINE = 8_192
_MOST_HEADERS = 50
MOST_AT_ONCE = 64
#: Requests of one address in a minute: a burst of 50 calls in 5 s passes.
MOST_A_MINUTE = 600
MINUTE_S = 60.0
MOST_ADDRESSES = 1_000
#: Of a body that is refused so much is read, lest the answer be lost on who is still speaking.
_MOST_UNHEARD = 1_048_576


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` as HTTP has it; `body` is JSON, of our words only."""

    status: str
    body: bytes = b""


OK: Final = "200 OK"
TOO_MANY: Final = Answer("429 Too Many Requests")
_UNKNOWN: Final = Answer("404 Not Found")
_NO_LENGTH: Final = Answer("411 Length Required")
_TOO_LARGE: Final = Answer("413 Content Too Large")


@dataclass(frozen=True, slots=True)
class Ear:
    """Who listens at a path: `hear` is given the query, the body and who speaks, on the door's
    thread. Without `most_bytes` there is no body, and it hears as soon as the line is whole."""

    method: bytes
    hear: Callable[[bytes, bytes, str], Answer]
    most_bytes: int = 0


class Door:
    """Listens from `open` to `close`, on a thread of its own."""

    def __init__(self, host: str, port: int) -> None:
        self.port = port
        #: By secret path: several may be told something at one door.
        self.ears: dict[str, Ear] = {}
        self._host = host
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = Event()
        self._refusal: OSError | None = None
        self._asked: dict[str, tuple[float, int]] = {}
        self._open = 0
        self._thread = Thread(target=self._run, name="door", daemon=True)

    def open(self) -> None:
        """Raises Unavailable `door_port` when the port is not to be had."""
        self._thread.start()
        self._ready.wait()
        if self._refusal is not None:
            self._thread.join()
            reason = type(self._refusal).__name__
            raise Unavailable("door_port", port=self.port, reason=reason)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as error:
            self._refusal = error
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        server = await asyncio.start_server(
            self._welcome, self._host, self.port, limit=_LONGEST_LINE
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        visits = asyncio.all_tasks() - {asyncio.current_task()}
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
        await asyncio.sleep(0)  # their connections are let go of in the next round

    async def _welcome(self, reader: StreamReader, writer: StreamWriter) -> None:
        peer = str((writer.get_extra_info("peername") or ("?",))[0])
        self._open += 1
        try:
            async with asyncio.timeout(PATIENCE_S):
                writer.write(_bytes_of(await self._hear_out(reader, writer, peer)))
                await writer.drain()
        except (OSError, TimeoutError, ValueError, EOFError, asyncio.LimitOverrunError) as error:
            # Too long, too slow, or gone: nobody who tells something.
            log.info("a visit from %s: %s", peer, type(error).__name__)
        finally:
            self._open -= 1
            writer.close()

    async def _hear_out(self, reader: StreamReader, writer: StreamWriter, peer: str) -> Answer:
        """The headers are read lest the answer, sent into the middle of them, be lost."""
        if self._open > MOST_AT_ONCE or not self._may_ask(peer):
            return TOO_MANY
        line = await reader.readuntil(b"\n")
        method, _, rest = line.strip().partition(b" ")
        path, _, query = rest.partition(b" ")[0].partition(b"?")
        ear, answer = self._ear(method, path, peer)
        if ear is not None and not ear.most_bytes:
            answer = ear.hear(query, b"", peer)
        size = await self._size(reader, writer, line, ear)
        if ear is None or not ear.most_bytes:
            await self._hear_on(reader, size)
            return answer
        if size is None:
            return _NO_LENGTH
        if size > ear.most_bytes:
            await self._hear_on(reader, size)
            return _TOO_LARGE
        return ear.hear(query, await reader.readexactly(size), peer)

    async def _size(
        self, reader: StreamReader, writer: StreamWriter, line: bytes, ear: Ear | None
    ) -> int | None:
        """The headers' word about the body; None where they say nothing that is a number."""
        size: int | None = None
        waits = False
        for _ in range(_MOST_HEADERS if b" HTTP/" in line else 0):
            name, _, value = (await reader.readline()).strip().partition(b":")
            if not name:
                break
            told = value.strip().lower()
            if name.lower() == b"content-length" and told.isdigit() and len(told) < 19:
                size = int(told)
            waits |= name.lower() == b"expect" and told == b"100-continue"
        if waits and ear is not None and size is not None and size <= ear.most_bytes:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return size

    async def _hear_on(self, reader: StreamReader, size: int | None) -> None:
        left = min(size or 0, _MOST_UNHEARD)
        while left > 0 and (piece := await reader.read(left)):
            left -= len(piece)

    def _may_ask(self, peer: str) -> bool:
        now = time.monotonic()
        began, count = self._asked.get(peer, (now, 0))
        if now - began > MINUTE_S:
            began, count = now, 0
        if peer not in self._asked and len(self._asked) >= MOST_ADDRESSES:
            self._asked.clear()
        self._asked[peer] = (began, count + 1)
        return count < MOST_A_MINUTE

    def _ear(self, method: bytes, path: bytes, peer: str) -> tuple[Ear | None, Answer]:
        """Who is spoken to, or what is answered for nobody."""
        if path.startswith(b"http://"):
            path = urlsplit(path).path
        ear = self._listener(path)
        if ear is None:
            log.warning("%s asked for another path", peer)
            return None, _UNKNOWN
        if method != ear.method:
            return None, Answer("405 Method Not Allowed")
        return ear, _UNKNOWN

    def _listener(self, path: bytes) -> Ear | None:
        """In a time that tells nothing about how near a wrong path is."""
        for known, ear in list(self.ears.items()):
            if hmac.compare_digest(path, known.encode()):
                return ear
        return None


#: The doors of this process by address: the ports that LG U+ calls are few (LG U+ §1.5).
_doors: dict[tuple[str, int], Door] = {}
_guard = Lock()


def listen(host: str, port: int, path: str, ear: Ear) -> None:
    """Hear what is told at `path`, at the door that somebody else may have opened.

    Raises Unavailable `door_port` when the port or the path is not to be had.
    """
    with _guard:
        door = _doors.get((host, port))
        if door is None:
            door = Door(host, port)
            door.open()
            _doors[host, port] = door
        if path in door.ears:
            raise Unavailable("door_port", port=port, reason="path is taken")
        door.ears[path] = ear


def hang_up(host: str, port: int, path: str) -> None:
    """Hear no more of `path`; the last one closes the door."""
    with _guard:
        door = _doors[host, port]
        del door.ears[path]
        if not door.ears:
            _doors.pop((host, port)).close()


def _bytes_of(answer: Answer) -> bytes:
    head = (
        f"HTTP/1.1 {answer.status}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(answer.body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + answer.body
