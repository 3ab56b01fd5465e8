"""One Socket.IO line, of whichever generation: events in, events out, and whether it lives.

The frames are ours (see `packets`), the WebSocket under them is the package `websockets`.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx.vendors.lgu_ippbx.handshake import Door, beats_of, find_door, tls_of
from ets_desktop.pbx.vendors.lgu_ippbx.options import Connector
from ets_desktop.pbx.vendors.lgu_ippbx.packets import (
    Generation,
    Kind,
    Packet,
    event,
    ping,
    read_packet,
)

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

#: Seconds for a line to open.
PATIENCE_S = 10.0
#: A line that is cut without a word is noticed after two of these.
PING_S = 10.0
#: Seconds for the other side to say goodbye.
_CLOSE_S = 0.3
_LONGEST_FRAME = 1_000_000

#: The package tells each frame at its lowest level, and the password is in one of them.
_quiet = logging.getLogger(f"{__name__}.websocket")
_quiet.setLevel(logging.WARNING)

#: An event's name and what came with it.
Hear = Callable[[str, tuple[object, ...]], None]


class SocketIo:
    """Belongs to one event loop. `listen` reads until the line is lost; the rest goes meanwhile."""

    def __init__(self, door: Door, wire: "ClientConnection") -> None:
        self._generation = door.generation
        self._wire = wire
        self._silence_s = door.silence_s
        self._ping_s = PING_S

    @classmethod
    async def connect(cls, connector: Connector) -> "SocketIo":
        """A line on which events may be sent. Raises Unavailable `ippbx_unreachable`,
        `ippbx_generation`, `ippbx_lost`."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                door = await find_door(connector)
                return await cls(door, await _open(connector, door))._let_in()
        except TimeoutError as error:
            raise Unavailable("ippbx_unreachable", reason="no answer") from error

    async def listen(self, hear: Hear) -> None:
        """Read for ever. Raises Unavailable `ippbx_lost` when the other side is gone."""
        while True:
            try:
                async with asyncio.timeout(self._silence_s):
                    packet = await self._next()
            except TimeoutError as error:
                raise Unavailable("ippbx_lost", reason="silence") from error
            if packet.kind is Kind.EVENT:
                hear(packet.name, packet.args)

    async def keep_alive(self) -> None:
        """Ping for ever, where it is this side that has to. Raises Unavailable `ippbx_lost`."""
        frame = ping(self._generation)
        while frame:
            await asyncio.sleep(self._ping_s)
            await self._send(frame)

    async def emit(self, name: str, *args: object) -> None:
        """Raises Unavailable `ippbx_lost`."""
        await self._send(event(self._generation, name, *args))

    async def close(self) -> None:
        await self._wire.close()

    async def _let_in(self) -> "SocketIo":
        """This line, once events may be sent on it; closed when it comes to nothing."""
        try:
            while (await self._next()).kind is not Kind.CONNECTED:
                continue
        except BaseException:
            await self.close()
            raise
        return self

    async def _next(self) -> Packet:
        """What came next; its answer is sent. Raises Unavailable `ippbx_lost`."""
        from websockets.exceptions import ConnectionClosed

        try:
            frame = await self._wire.recv()
        except ConnectionClosed as error:
            raise Unavailable("ippbx_lost", reason="closed") from error
        if not isinstance(frame, str):
            return Packet(Kind.NOTHING)
        packet = read_packet(self._generation, frame)
        if packet.kind is Kind.OPENED:
            interval_s, answer_s = beats_of(frame)
            self._ping_s = min(interval_s, PING_S)
            self._silence_s = interval_s + answer_s
        if packet.kind in (Kind.CLOSED, Kind.REFUSED):
            raise Unavailable("ippbx_lost", reason=packet.kind.value)
        if packet.answer:
            await self._send(packet.answer)
        return packet

    async def _send(self, frame: str) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            await self._wire.send(frame)
        except ConnectionClosed as error:
            raise Unavailable("ippbx_lost", reason="closed") from error


async def _open(connector: Connector, door: Door) -> "ClientConnection":
    """Raises Unavailable `ippbx_unreachable`."""
    # Here and not above: seventy milliseconds that only a gateway with such a link has to spend.
    from websockets.asyncio.client import connect
    from websockets.exceptions import WebSocketException

    scheme = "wss" if connector.tls else "ws"
    # Servers of the first generation know no other sign of life than their own.
    ping_s = None if door.generation is Generation.FIRST else PING_S
    try:
        return await connect(
            f"{scheme}://{_authority(connector)}{door.path}",
            ssl=tls_of(connector),
            proxy=None,
            compression=None,
            open_timeout=None,
            ping_interval=ping_s,
            ping_timeout=ping_s,
            close_timeout=_CLOSE_S,
            max_size=_LONGEST_FRAME,
            logger=_quiet,
        )
    except (OSError, WebSocketException) as error:
        raise Unavailable("ippbx_unreachable", reason=type(error).__name__) from error


def _authority(connector: Connector) -> str:
    host = f"[{connector.host}]" if ":" in connector.host else connector.host
    return f"{host}:{connector.port}"
