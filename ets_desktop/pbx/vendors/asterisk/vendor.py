"""A live Asterisk over AMI: follows its calls, recovers them after a cut, dials (spec 40)."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from threading import Lock

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import LegEvent, Phase
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.protocol import Capabilities, OnEvent, Past
from ets_desktop.pbx.scene import Scene, option, refuse_unknown
from ets_desktop.pbx.secret_file import read_secret
from ets_desktop.pbx.vendors.asterisk.channels import OURS
from ets_desktop.pbx.vendors.asterisk.client import (
    PATIENCE_S,
    ActionRefused,
    AmiAddress,
    AmiClient,
)
from ets_desktop.pbx.vendors.asterisk.following import Following
from ets_desktop.pbx.vendors.asterisk.parser import AmiMessage
from ets_desktop.pbx.vendors.asterisk.pausing import Pausing
from ets_desktop.pbx.vendors.asterisk.tape import Tape
from ets_desktop.pbx.wire.log import WireLog
from ets_desktop.settings import GatewayLink

_PORT = 5038
_TLS_PORT = 5039
_PORTS = range(1, 65_536)
#: The dialplan that FreePBX and its many relatives dial a colleague's or a customer's number in.
_CONTEXT = "from-internal"
_OPTIONS = {"host", "port", "user", "secret_file", "tls", "verify", "context", "technology"} | {
    "queue_pause"
}

#: Seconds the agent's own phone rings before a click-to-call is given up.
_RING_S = 30


class AsteriskVendor:
    """`context` is the dialplan in which a clicked number is dialled, `technology` the phones';
    without `queue_pause` queues call whoever is their member, whatever the desk says."""

    def __init__(
        self,
        link: str,
        address: AmiAddress,
        context: str = _CONTEXT,
        technology: str = "PJSIP",
        *,
        queue_pause: bool = True,
    ) -> None:
        self._address = address
        self._context = context
        self._technology = technology
        self._following = Following(link)
        self._queue_pause = queue_pause
        self._pausing = Pausing()
        self._wire: WireLog | None = None
        self._requests: set[str] = set()
        self._guard = Lock()
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Task[None] | None = None
        self._client: AmiClient | None = None

    @classmethod
    def of_link(cls, link: GatewayLink, scene: Scene) -> "AsteriskVendor":
        """Options: `host`, `port`, `user`, `secret_file` (readable by its owner alone), `tls`,
        `verify`, `context`, `technology`, `queue_pause`. Raises EtsError `link_option`,
        `secret_…`."""
        refuse_unknown(link, _OPTIONS)
        tls = option(link, "tls", bool, False)
        port = option(link, "port", int, _TLS_PORT if tls else _PORT)
        if port not in _PORTS:
            raise EtsError("link_option", link=link.name, option="port", expected="1-65535")
        address = AmiAddress(
            host=option(link, "host", str, "127.0.0.1"),
            port=port,
            user=option(link, "user", str, ""),
            secret=read_secret(link, "secret_file"),
            tls=tls,
            verify=option(link, "verify", bool, True),
        )
        context = option(link, "context", str, _CONTEXT)
        technology = option(link, "technology", str, "PJSIP")
        queue_pause = option(link, "queue_pause", bool, True)
        return cls(link.name, address, context, technology, queue_pause=queue_pause)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(dials=True, recovers=True)

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        """Returns when stopped. Raises EtsError `ami_login_refused`, Unavailable `ami_…`."""
        try:
            asyncio.run(self._run(on_event, on_up))
        except asyncio.CancelledError:
            # stop() ends the work this way; nothing else cancels it.
            return
        finally:
            self._following.closed(datetime.now(UTC))

    def legs_under_way(self) -> frozenset[str]:
        return self._following.legs_under_way()

    @property
    def looks_back(self) -> timedelta:
        return timedelta(0)

    def remember(self, past: Past) -> None:
        self._following.remember(leg for leg in past.legs if leg.phase is not Phase.ENDED)

    def record_to(self, wire: WireLog) -> None:
        wire.begin(lambda: not self._following.legs_under_way())
        self._wire = wire

    def stop(self) -> None:
        with self._guard:
            self._stopping = True
            if self._loop is not None and self._work is not None:
                self._loop.call_soon_threadsafe(self._work.cancel)

    def dial(self, extension: str, number: str, request_id: str) -> None:
        with self._guard:
            if request_id in self._requests:
                return
            if self._loop is None or self._client is None:
                raise Unavailable("cannot_dial", link=self._address.host)
            self._requests.add(request_id)
            asked: Future[AmiMessage] = asyncio.run_coroutine_threadsafe(
                self._originate(self._client, extension, number, request_id), self._loop
            )
        try:
            asked.result(PATIENCE_S + 1)
        except ActionRefused as error:
            raise EtsError("cannot_dial", link=self._address.host) from error

    def set_state(self, extension: str, state: AgentState) -> None:
        """Queues call an agent who is 준비, and nobody on a break (spec 40)."""
        if not self._queue_pause:
            return
        with self._guard:
            if self._loop is None:
                self._pausing.want(extension, state)  # said once the line is up
            else:
                self._loop.call_soon_threadsafe(self._pausing.want, extension, state)

    async def _originate(
        self, client: AmiClient, extension: str, number: str, request_id: str
    ) -> AmiMessage:
        """The agent's phone first; asynchronous, for otherwise the whole connection waits."""
        return await client.ask(
            "Originate",
            Channel=f"{self._technology}/{extension}",
            ChannelId=f"{OURS}{request_id}",
            Context=self._context,
            Exten=number,
            Priority="1",
            CallerID=number,
            Timeout=str(_RING_S * 1000),
            Async="true",
        )

    async def _run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        with self._guard:
            if self._stopping:
                return
            self._loop, self._work = asyncio.get_running_loop(), asyncio.current_task()
        try:
            self._tell(on_event, self._following.connecting(datetime.now(UTC)))
            await self._be_there(on_event, on_up)
        finally:
            # Here and not after the loop: nobody may call a loop that is closed.
            with self._guard:
                self._loop = self._work = None

    async def _be_there(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        hearing = _Hearing()
        tape = None if self._wire is None else Tape(self._wire)
        client = await AmiClient.connect(self._address, hearing.take, tape)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(client.listen())
                await self._follow(client, hearing, on_event, on_up)
                group.create_task(self._pausing.run(client))
                group.create_task(client.keep_alive())
        except ExceptionGroup as lost:
            # Not `except*`: before Python 3.11.4 what is raised there comes out in a group.
            raise lost.exceptions[0] from None
        finally:
            with self._guard:
                self._client = None
            await client.close()

    async def _follow(
        self, client: AmiClient, hearing: "_Hearing", on_event: OnEvent, on_up: Callable[[], None]
    ) -> None:
        """Log in, ask what goes on, then work off what was heard meanwhile and all that comes."""
        await client.log_in(self._address)
        status = await client.ask("CoreStatus")
        rows = await client.collect("CoreShowChannels")
        self._tell(on_event, self._following.surveyed(status, rows, datetime.now(UTC)))
        with self._guard:
            self._client = client
        hearing.pass_on(lambda message, at: self._tell(on_event, self._following.feed(message, at)))
        on_up()

    @staticmethod
    def _tell(on_event: OnEvent, events: Iterable[LegEvent]) -> None:
        for event in events:
            on_event(event)


class _Hearing:
    """Keeps what is heard until somebody can make sense of it; then passes it on at once."""

    def __init__(self) -> None:
        self._early: list[tuple[AmiMessage, datetime]] = []
        self._on: Callable[[AmiMessage, datetime], None] | None = None

    def take(self, message: AmiMessage) -> None:
        now = datetime.now(UTC)
        if self._on is None:
            self._early.append((message, now))
        else:
            self._on(message, now)

    def pass_on(self, on: Callable[[AmiMessage, datetime], None]) -> None:
        for message, at in self._early:
            on(message, at)
        self._on = on
