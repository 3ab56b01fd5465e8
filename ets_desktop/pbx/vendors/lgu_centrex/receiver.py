"""Hears the ring callback of LG U+, which speaks the plainest HTTP (LG U+ §1.5).

Written here, for it answers whatever asks politely or not: no Host, no redirect, no trust, and
nothing may take its time or room. Behind the secret path everything is 200 at once.
"""

import asyncio
import hmac
import logging
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread
from urllib.parse import parse_qsl, urlsplit

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
_MOST_FIELDS = 20

_KNOWN = ("sender", "receiver", "kind", "inner_num")
_CALL = "1"
_OK = "200 OK"


@dataclass(frozen=True, slots=True)
class Ring:
    """What LG U+ tells: the caller as shown, the number that was called, the phone's own one."""

    sender: str
    receiver: str
    inner_num: str


Hear = Callable[[Ring], None]


def read_ring(query: str) -> Ring | None:
    """The call of a query string; None for a text message and for what is no callback at all."""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return None
    told = {key: value.strip() for key, value in pairs if key in _KNOWN}
    twice = len(told) != sum(key in _KNOWN for key, _ in pairs)
    if twice or told.get("kind") != _CALL:
        return None
    return Ring(told.get("sender", ""), told.get("receiver", ""), told.get("inner_num", ""))


class Receiver:
    """Listens from `open` to `close`, on a thread of its own where each path's `Hear` is called."""

    def __init__(self, host: str, port: int) -> None:
        self.port = port
        #: By secret path: several lines may be told at one door.
        self.listeners: dict[str, Hear] = {}
        self._host = host
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = Event()
        self._refusal: OSError | None = None
        self._asked: dict[str, tuple[float, int]] = {}
        self._open = 0
        self._thread = Thread(target=self._run, name="ring callback", daemon=True)

    def open(self) -> None:
        """Raises Unavailable `centrex_callback_port` when the port is not to be had."""
        self._thread.start()
        self._ready.wait()
        if self._refusal is not None:
            self._thread.join()
            reason = type(self._refusal).__name__
            raise Unavailable("centrex_callback_port", port=self.port, reason=reason)

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
                writer.write(_answer(await self._hear_out(reader, peer)))
                await writer.drain()
        except (OSError, TimeoutError, ValueError, EOFError, asyncio.LimitOverrunError) as error:
            # Too long, too slow, or gone: nobody who rings.
            log.info("ring callback from %s: %s", peer, type(error).__name__)
        finally:
            self._open -= 1
            writer.close()

    async def _hear_out(self, reader: StreamReader, peer: str) -> str:
        """A ring is one as soon as its line is whole; the headers are read lest the answer, sent
        into the middle of them, be lost."""
        if self._open > MOST_AT_ONCE or not self._may_ask(peer):
            return "429 Too Many Requests"
        line = await reader.readuntil(b"\n")
        status = self._take(line, peer)
        for _ in range(_MOST_HEADERS if b" HTTP/" in line else 0):
            if not (await reader.readline()).strip():
                break
        return status

    def _may_ask(self, peer: str) -> bool:
        now = time.monotonic()
        began, count = self._asked.get(peer, (now, 0))
        if now - began > MINUTE_S:
            began, count = now, 0
        if peer not in self._asked and len(self._asked) >= MOST_ADDRESSES:
            self._asked.clear()
        self._asked[peer] = (began, count + 1)
        return count < MOST_A_MINUTE

    def _take(self, line: bytes, peer: str) -> str:
        """The status for a request line; what it tells is passed on."""
        method, _, rest = line.strip().partition(b" ")
        target = rest.partition(b" ")[0]
        path, _, query = target.partition(b"?")
        if path.startswith(b"http://"):
            path = urlsplit(path).path
        hear = self._listener(path)
        if hear is None:
            log.warning("ring callback: %s asked for another path", peer)
            return "404 Not Found"
        if method != b"GET":
            return "405 Method Not Allowed"
        ring = read_ring(query.decode("ascii", errors="replace"))
        if ring is None:
            log.warning("ring callback: %s told no call", peer)
        else:
            log.info("ring callback from %s", peer)
            hear(ring)
        return _OK

    def _listener(self, path: bytes) -> Hear | None:
        """In a time that tells nothing about how near a wrong path is."""
        for known, hear in list(self.listeners.items()):
            if hmac.compare_digest(path, known.encode()):
                return hear
        return None


#: The doors of this process by address: the ports that LG U+ calls are few (LG U+ §1.5).
_doors: dict[tuple[str, int], Receiver] = {}
_guard = Lock()


def listen(host: str, port: int, path: str, hear: Hear) -> None:
    """Hear the rings told at `path`, at the door that another line may have opened.

    Raises Unavailable `centrex_callback_port` when the port or the path is not to be had.
    """
    with _guard:
        door = _doors.get((host, port))
        if door is None:
            door = Receiver(host, port)
            door.open()
            _doors[host, port] = door
        if path in door.listeners:
            raise Unavailable("centrex_callback_port", port=port, reason="path is taken")
        door.listeners[path] = hear


def hang_up(host: str, port: int, path: str) -> None:
    """Hear no more of `path`; the last one closes the door."""
    with _guard:
        door = _doors[host, port]
        del door.listeners[path]
        if not door.listeners:
            _doors.pop((host, port)).close()


def _answer(status: str) -> bytes:
    body = b'{"SVC_RT":"0000","SVC_MSG":"OK"}' if status == _OK else b""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + body
