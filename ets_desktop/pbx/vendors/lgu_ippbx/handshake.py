"""Which generation of Socket.IO a connector speaks, and where its WebSocket is."""

import asyncio
import json
import re
import ssl
import time
from dataclasses import dataclass

from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx.vendors.lgu_ippbx.options import Connector
from ets_desktop.pbx.vendors.lgu_ippbx.packets import Generation

#: Old servers answer this in words, those after them with a length first, the last without.
_ASK = "/socket.io/?EIO=4&transport=polling&b64=1"
_FIRST = "Welcome to socket.io"
_SECOND = re.compile(r"\d+:0\{")
_THIRD = "0{"

#: session : seconds until the line is dead : seconds until the session is : transports
_SESSION = re.compile(r"([\w-]+):(\d*):\d*:([\w,-]*)")

_LONGEST_ANSWER = 65_536
#: Seconds without a sound after which a line is dead, where the server does not say.
_SILENCE_S = 60.0
_SHORTEST_S, _LONGEST_S = 0.1, 300.0


@dataclass(frozen=True, slots=True)
class Door:
    """`path` of the WebSocket; `silence_s`: after so long without a sound the line is dead."""

    generation: Generation
    path: str
    silence_s: float


async def find_door(connector: Connector) -> Door:
    """Raises Unavailable `ippbx_unreachable`, `ippbx_generation`."""
    generation = connector.generation or await _find_generation(connector)
    if generation is not Generation.FIRST:
        number = 3 if generation is Generation.SECOND else 4
        path = f"/socket.io/?EIO={number}&transport=websocket"
        return Door(generation, path, _SILENCE_S)
    answer = await _get(connector, f"/socket.io/1/?t={time.time_ns()}")
    session = _SESSION.fullmatch(answer)
    if session is None or "websocket" not in session[3].split(","):
        raise Unavailable("ippbx_generation", reason="no session of 0.9")
    silence_s = _sane(float(session[2])) if session[2] else _SILENCE_S
    return Door(generation, f"/socket.io/1/websocket/{session[1]}", silence_s)


def beats_of(opening: str) -> tuple[float, float]:
    """The seconds between two pings and those for an answer, by the frame that opens a line of the
    second or third generation."""
    try:
        told = json.loads(opening[1:])
        return _sane(told["pingInterval"] / 1000), _sane(told["pingTimeout"] / 1000)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _SILENCE_S / 2, _SILENCE_S / 2


async def _find_generation(connector: Connector) -> Generation:
    answer = await _get(connector, _ASK)
    if answer.startswith(_THIRD):
        return Generation.THIRD
    if _SECOND.match(answer):
        return Generation.SECOND
    if answer.startswith(_FIRST):
        return Generation.FIRST
    raise Unavailable("ippbx_generation", reason="not detected")


async def _get(connector: Connector, path: str) -> str:
    """The body of an answer, whatever its status. As HTTP 1.0: so it comes in one piece."""
    head = f"GET {path} HTTP/1.0\r\nHost: {connector.host}:{connector.port}\r\n"
    try:
        reader, writer = await asyncio.open_connection(
            connector.host, connector.port, ssl=tls_of(connector)
        )
        try:
            writer.write(f"{head}Connection: close\r\n\r\n".encode())
            answer = await _read(reader)
        finally:
            writer.close()
    except (OSError, UnicodeError) as error:
        raise Unavailable("ippbx_unreachable", reason=type(error).__name__) from error
    return answer.partition(b"\r\n\r\n")[2].decode("utf-8", errors="replace").strip()


async def _read(reader: asyncio.StreamReader) -> bytes:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and (piece := await reader.read(_LONGEST_ANSWER)):
        answer += piece
    return answer


def tls_of(connector: Connector) -> ssl.SSLContext | None:
    if not connector.tls:
        return None
    context = ssl.create_default_context()
    if not connector.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _sane(seconds: float) -> float:
    return min(max(seconds, _SHORTEST_S), _LONGEST_S)
