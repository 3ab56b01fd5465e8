"""A live 클콜 extension: follows its calls and its agent's state, dials, recovers after a cut.

A session that the PBX ended because the same user or extension came in elsewhere is shown and left
alone: two programs that throw each other out again and again would leave nobody a telephone.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from ets_desktop.domain import phone
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.pbx.protocol import Capabilities, OnEvent, OnState, Past
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.lgu_ippbx.client import SocketIo
from ets_desktop.pbx.vendors.lgu_ippbx.ledger import REMEMBERED, Ledger
from ets_desktop.pbx.vendors.lgu_ippbx.messages import command
from ets_desktop.pbx.vendors.lgu_ippbx.options import IppbxOptions, read_options
from ets_desktop.pbx.vendors.lgu_ippbx.session import Session, Tell
from ets_desktop.pbx.vendors.lgu_ippbx.states import AgentCode
from ets_desktop.pbx.vendors.lgu_ippbx.switchboard import switchboard_of
from ets_desktop.pbx.vendors.lgu_ippbx.tape import Tape
from ets_desktop.pbx.wire.log import WireLog
from ets_desktop.settings import GatewayLink

log = logging.getLogger(__name__)

TICK_S = 1.0
#: How long what comes after a login may be the answer to what was missed.
RECOVERY_S = 2.0
#: How long a link may be away before its legs are told as lost.
LOST_AFTER = timedelta(seconds=60)
#: A click-to-call of which nothing is heard for so long came to nothing.
DIAL_UNHEARD_S = 45.0
#: A login that was refused is tried again after this, or with a password put in place anew.
REFUSED_PAUSE_S = 300.0
_FOR_GOOD = float("inf")


@dataclass(frozen=True, slots=True)
class _Bar:
    """No login before `until` (monotonic), unless the password was put in place anew meanwhile."""

    until: float
    password_changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Dialled:
    request_id: str
    number: str
    until: float


class IppbxVendor:
    """One extension. What the PBX says is worked off on the link's loop alone."""

    def __init__(self, link: str, options: IppbxOptions) -> None:
        self._link = link
        self._options = options
        self._ledger = Ledger(
            link,
            options.extension,
            switchboard_of(options.connector.host, options.company_id, options.pbx_host),
        )
        self._agent = AgentCode()
        self._tape = Tape()
        self._on_state: OnState = _nobody
        self._bar: _Bar | None = None
        self._left_at: datetime | None = None
        self._guard = Lock()
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Task[None] | None = None
        self._session: Session | None = None
        self._requests: set[str] = set()
        self._dialled: _Dialled | None = None

    @classmethod
    def of_link(cls, link: GatewayLink, scene: Scene) -> "IppbxVendor":
        """Options: see `read_options`. Raises EtsError `link_option`, `secret_…`."""
        options = read_options(link)
        options.password()
        return cls(link.name, options)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(dials=True, recovers=True, sees_holds=False)

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        """Returns when stopped. Raises EtsError `ippbx_login_refused`, Unavailable `ippbx_…`."""
        try:
            asyncio.run(self._run(on_event, on_up))
        except asyncio.CancelledError:
            # stop() ends the work this way; nothing else cancels it.
            return
        finally:
            self._left_at = self._left_at or datetime.now(UTC)

    def legs_under_way(self) -> frozenset[str]:
        return self._ledger.legs_under_way()

    @property
    def looks_back(self) -> timedelta:
        return REMEMBERED

    def remember(self, past: Past) -> None:
        self._ledger.remember(past.legs)

    def record_to(self, wire: WireLog) -> None:
        ledger = self._ledger
        self._tape.begin(
            wire,
            self._options.extension,
            lambda: ledger.peer,
            lambda: not ledger.legs_under_way(),
        )

    def warning(self) -> str:
        """The phone itself is not registered at the PBX: it will not ring."""
        with self._guard:
            away = self._session is not None and self._session.phone_is_away
        return "ippbx_phone_away" if away else ""

    def stop(self) -> None:
        with self._guard:
            self._stopping = True
            if self._loop is not None and self._work is not None:
                self._loop.call_soon_threadsafe(self._work.cancel)

    def dial(self, extension: str, number: str, request_id: str) -> None:
        """As the protocol says; also raises Unavailable `ippbx_dialling` while the own phone may
        still ring for an earlier wish: the PBX does not say that it rings."""
        digits = phone.digits_of(number)
        now = time.monotonic()
        with self._guard:
            if request_id in self._requests:
                return
            own = extension == self._options.extension
            if self._loop is None or self._session is None or not own or digits is None:
                raise Unavailable("cannot_dial", link=self._link)
            if self._dialled is not None and now < self._dialled.until:
                raise Unavailable("ippbx_dialling", link=self._link)
            self._requests.add(request_id)
            self._dialled = _Dialled(request_id, digits, now + DIAL_UNHEARD_S)
            # The typing error is the vendor's: so the PBX wants it. No number of ours: its own.
            wish = command("CLICKDIAL", "", digits, "oubbound")
            self._loop.call_soon_threadsafe(self._session.command, wish)

    def follow_states(self, on_state: OnState) -> None:
        self._on_state = on_state

    def set_state(self, extension: str, state: AgentState) -> None:
        with self._guard:
            if extension != self._options.extension:
                return
            if self._loop is None or self._session is None:
                self._agent.want(state)  # said once the line is up
            else:
                self._loop.call_soon_threadsafe(self._session.set_state, state)

    async def _run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        with self._guard:
            if self._stopping:
                return
            self._loop, self._work = asyncio.get_running_loop(), asyncio.current_task()

        def tell(events: Iterable[LegEvent]) -> None:
            for event in events:
                on_event(event)

        try:
            tell(self._given_up(datetime.now(UTC)))
            await self._wait_for_the_bar()
            await self._be_there(tell, on_up)
        finally:
            # Here and not after the loop: nobody may call a loop that is closed.
            with self._guard:
                self._loop = self._work = None

    async def _be_there(self, tell: Tell, on_up: Callable[[], None]) -> None:
        password = self._options.password()
        line = await SocketIo.connect(self._options.connector)
        session = Session(self._options, password, self._ledger, self._agent, tell, self._tape)
        session.on_dialled = self._forget_dialled
        session.on_state = self._pass_state_on
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(line.listen(session.hear))
                group.create_task(line.keep_alive())
                group.create_task(session.send_waiting(line))
                group.create_task(self._follow(session, tell, on_up))
        except ExceptionGroup as lost:
            self._bar = self._barred_by(session, password.changed_at)
            # Not `except*`: before Python 3.11.4 what is raised there comes out in a group.
            raise lost.exceptions[0] from None
        finally:
            with self._guard:
                self._session = None
            await line.close()

    async def _follow(self, session: Session, tell: Tell, on_up: Callable[[], None]) -> None:
        """Log in, ask what was missed, then be there; once a second look at what grows old."""
        await session.log_in()
        await asyncio.sleep(RECOVERY_S)
        tell(session.recovered(datetime.now(UTC)))
        self._left_at = None
        with self._guard:
            self._session = session
        session.say_state()  # what was chosen while it logged in
        on_up()
        while True:
            await asyncio.sleep(TICK_S)
            now = datetime.now(UTC)
            tell(self._ledger.grow_old(now))
            tell(self._unheard_of(now))

    def _given_up(self, now: datetime) -> Iterable[LegEvent]:
        """The legs under way, once the link has been away for too long."""
        if self._left_at is None or now - self._left_at < LOST_AFTER:
            return ()
        self._tape.given_up()
        return self._ledger.give_up(now)

    async def _wait_for_the_bar(self) -> None:
        while self._bar is not None:
            changed_at = self._options.password_changed_at()
            anew = changed_at not in (None, self._bar.password_changed_at)
            if anew or time.monotonic() >= self._bar.until:
                self._bar = None
            else:
                await asyncio.sleep(TICK_S)

    def _barred_by(self, session: Session, changed_at: datetime | None) -> _Bar | None:
        if session.thrown_out:
            return _Bar(_FOR_GOOD, changed_at)
        if session.refused:
            return _Bar(time.monotonic() + REFUSED_PAUSE_S, changed_at)
        return None

    def _unheard_of(self, now: datetime) -> Iterable[LegEvent]:
        with self._guard:
            dialled = self._dialled
            if dialled is None or time.monotonic() < dialled.until:
                return ()
            self._dialled = None
        self._tape.unheard(dialled.request_id, dialled.number)
        return (self._ledger.never_dialled(dialled.request_id, dialled.number, now),)

    def _forget_dialled(self) -> None:
        """The PBX speaks of a call from here: the wish has become one, or is out of date."""
        with self._guard:
            self._dialled = None

    def _pass_state_on(self, state: AgentState) -> None:
        self._on_state(self._options.extension, state)


def _nobody(extension: str, state: AgentState) -> None:
    """Before somebody follows the states."""
