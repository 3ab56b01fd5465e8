"""One AMI connection: actions and their answers, lists, pings; events go to whoever listens.

Written here because none of the packages tried keeps bytes whole, collects lists and notices a dead
line (facts: Asterisk §2).
"""

import asyncio
import hashlib
import ssl
import uuid
from asyncio import Future, StreamReader, StreamWriter
from collections.abc import Callable
from dataclasses import dataclass, field

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage, AmiParser
from ets_desktop.pbx.vendors.asterisk.tape import Tape

#: Seconds for a connection, and for the answer to an action.
PATIENCE_S = 5.0
#: A line that is cut without a word is noticed after this and PATIENCE_S.
PING_S = 5.0

_PIECE = 65_536

Hear = Callable[[AmiMessage], None]


class ActionRefused(EtsError):
    """Asterisk answered `Response: Error`; `reason` is its own word, for the log."""


@dataclass(frozen=True, slots=True)
class AmiAddress:
    """Where Asterisk listens, and who we are to it. The secret appears in no text of this."""

    host: str
    port: int
    user: str
    secret: str = field(repr=False)
    tls: bool = False
    verify: bool = True


@dataclass(slots=True)
class _Asked:
    """An action that waits for its answer, and for its list if that answer announces one."""

    answer: Future[tuple[AmiMessage, ...]]
    wants_list: bool
    heard: list[AmiMessage] = field(default_factory=list)


class AmiClient:
    """Belongs to one event loop. `listen` reads until the line is lost; the rest asks meanwhile.

    An answer is told apart by a prefix of our own: Asterisk sends each OriginateResponse to every
    connection, with the ActionID of whoever asked.
    """

    def __init__(
        self, reader: StreamReader, writer: StreamWriter, hear: Hear, tape: Tape | None = None
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._hear = hear
        self._tape = tape
        self._prefix = f"ets-{uuid.uuid4().hex[:12]}-"
        self._count = 0
        if tape is not None:
            tape.connected()
        self._asked: dict[str, _Asked] = {}

    @classmethod
    async def connect(
        cls, address: AmiAddress, hear: Hear, tape: Tape | None = None
    ) -> "AmiClient":
        """A connection that has not logged in yet. Raises Unavailable `ami_unreachable`."""
        context = _tls(address) if address.tls else None
        try:
            async with asyncio.timeout(PATIENCE_S):
                streams = await asyncio.open_connection(address.host, address.port, ssl=context)
        except (OSError, TimeoutError) as error:
            raise Unavailable("ami_unreachable", reason=type(error).__name__) from error
        return cls(*streams, hear, tape)

    async def listen(self) -> None:
        """Read for ever. Raises Unavailable `ami_lost` when the other side is gone."""
        parser = AmiParser()
        try:
            while piece := await self._reader.read(_PIECE):
                messages = parser.feed(piece)
                if self._tape is not None:
                    self._tape.heard(messages)
                for message in messages:
                    self._take(message)
        except OSError as error:
            raise Unavailable("ami_lost", reason=type(error).__name__) from error
        raise Unavailable("ami_lost", reason="closed by Asterisk")

    async def keep_alive(self) -> None:
        """Ping for ever. Raises Unavailable `ami_lost` when no answer comes in time."""
        while True:
            await asyncio.sleep(PING_S)
            await self.ask("Ping")

    async def log_in(self, address: AmiAddress) -> None:
        """Raises EtsError `ami_login_refused`, Unavailable `ami_lost`."""
        try:
            challenge = await self.ask("Challenge", AuthType="MD5")
            key = hashlib.md5(
                (challenge.get("Challenge") + address.secret).encode(), usedforsecurity=False
            ).hexdigest()
            await self.ask("Login", AuthType="MD5", Username=address.user, Key=key)
        except ActionRefused as error:
            reason = error.details["reason"]
            raise EtsError("ami_login_refused", user=address.user, reason=reason) from error

    async def ask(self, action: str, **fields: str) -> AmiMessage:
        """The answer to an action. Raises ActionRefused, Unavailable `ami_lost`."""
        return (await self._ask(action, fields, wants_list=False))[0]

    async def collect(self, action: str, **fields: str) -> tuple[AmiMessage, ...]:
        """The members of the list that an action answers with. Raises as `ask` does."""
        return (await self._ask(action, fields, wants_list=True))[1:]

    async def close(self) -> None:
        """Say goodbye if there is still somebody to hear it."""
        self._writer.close()
        if self._tape is not None:
            self._tape.closed()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._writer.wait_closed()
        except (OSError, TimeoutError):
            # It was lost before we closed it.
            return

    async def _ask(
        self, action: str, fields: dict[str, str], *, wants_list: bool
    ) -> tuple[AmiMessage, ...]:
        self._count += 1
        action_id = f"{self._prefix}{self._count}"
        asked = _Asked(asyncio.get_running_loop().create_future(), wants_list)
        self._asked[action_id] = asked
        try:
            async with asyncio.timeout(PATIENCE_S):
                request = {"Action": action, "ActionID": action_id, **fields}
                if self._tape is not None:
                    self._tape.asked(request)
                self._writer.write(_wire(request))
                await self._writer.drain()
                return await asked.answer
        except (OSError, TimeoutError) as error:
            raise Unavailable("ami_lost", reason=f"no answer to {action}") from error
        finally:
            del self._asked[action_id]

    def _take(self, message: AmiMessage) -> None:
        asked = self._asked.get(message.get("ActionID"))
        if asked is None or message.event == "OriginateResponse":
            self._hear(message)
            return
        asked.heard.append(message)
        if asked.answer.done():
            return
        if message.get("Response") == "Error":
            refusal = ActionRefused("ami_action_refused", reason=message.get("Message"))
            asked.answer.set_exception(refusal)
        elif not asked.wants_list or message.get("EventList") == "Complete":
            whole = asked.heard[:-1] if asked.wants_list else asked.heard
            asked.answer.set_result(tuple(whole))


def _wire(fields: dict[str, str]) -> bytes:
    """An action's bytes. A line end in a value would begin another action: it is left out."""
    lines = (f"{key}: {_one_line(value)}\r\n" for key, value in fields.items())
    return "".join((*lines, "\r\n")).encode()


def _one_line(value: str) -> str:
    return value.replace("\r", "").replace("\n", "")


def _tls(address: AmiAddress) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not address.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
