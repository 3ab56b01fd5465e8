"""One login at a 클콜 connector, from the first message to the last (facts: LG U+ §3)."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import Direction, LegEvent
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.vendors.lgu_ippbx.client import SocketIo
from ets_desktop.pbx.vendors.lgu_ippbx.ledger import Ledger
from ets_desktop.pbx.vendors.lgu_ippbx.messages import Message, command, read_message
from ets_desktop.pbx.vendors.lgu_ippbx.options import IppbxOptions, Password
from ets_desktop.pbx.vendors.lgu_ippbx.states import IDLE, TALKING, AgentCode
from ets_desktop.pbx.vendors.lgu_ippbx.tape import Tape

#: Seconds for the answer to a login.
PATIENCE_S = 10.0

_NORMAL = "NORMAL"
_AWAY = ("NOK", "UNREACHABLE", "UNREGISTERED")
#: Colleagues know each other by so many digits.
_INNER_DIGITS = (3, 4)
_LONGEST_REASON = 60

Tell = Callable[[Iterable[LegEvent]], None]


class Session:
    """Belongs to one event loop. `hear` is given all that comes; what is sent waits in order."""

    def __init__(
        self,
        options: IppbxOptions,
        password: Password,
        ledger: Ledger,
        agent: AgentCode,
        tell: Tell,
        tape: Tape,
    ) -> None:
        self._options = options
        self._password = password
        self._ledger = ledger
        self._agent = agent
        self._tell = tell
        self._tape = tape
        self._outgoing: asyncio.Queue[tuple[str, tuple[object, ...]]] = asyncio.Queue()
        self._logged_in = asyncio.Event()
        self._recovering = True
        self._spoken_of: set[str] = set()
        self.on_dialled: Callable[[], None] = _nothing
        self.on_state: Callable[[AgentState], None] = _nothing_new
        self.phone_is_away = self.thrown_out = self.refused = False
        self._handlers: Mapping[str, Callable[[Message], None]] = MappingProxyType(
            {
                "LOGIN": self._on_login,
                "CALLEVENT": self._on_call,
                "HANGUPEVENT": self._on_hangup,
                "MEMBERSTATUS": self._on_member_status,
                "PEER": self._on_phone,
                "BYE": self._on_bye,
            }
        )

    async def log_in(self) -> None:
        """Raises Unavailable `ippbx_silent`; a refusal is raised where it is heard."""
        self._tape.logged_in()
        self._say_login()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._logged_in.wait()
        except TimeoutError as error:
            raise Unavailable("ippbx_silent") from error
        self.command(command("GET_LASTEVENT|callevent"))

    async def send_waiting(self, line: SocketIo) -> None:
        """Send over `line` for ever. Raises Unavailable `ippbx_lost`."""
        while True:
            name, args = await self._outgoing.get()
            await line.emit(name, *args)

    def recovered(self, at: datetime) -> Iterable[LegEvent]:
        """The PBX has had its time to say what goes on: what it does not speak of is lost."""
        self._recovering = False
        self._tape.recovered()
        return self._ledger.give_up(at, frozenset(self._spoken_of))

    def command(self, text: str) -> None:
        options = self._options
        self._tape.commanded(text)
        if options.pbx_host:
            self._emit("climsg_command", text)
        else:
            who = {"company_id": options.company_id, "userid": options.user}
            self._emit("climsg_command", {**who, "command": text})

    def set_state(self, state: AgentState) -> None:
        """A desk chose `state`."""
        self._agent.want(state)
        self.say_state()

    def say_state(self) -> None:
        """Tell the PBX what a desk chose, if it has another code for the agent."""
        code = self._agent.unsaid()
        if code is not None:
            extension = self._options.extension
            self.command(command("MEMBERSTATUS", code, extension, self._agent.code))
            self._agent.set(code, time.monotonic())

    def hear(self, name: str, args: tuple[object, ...]) -> None:
        """Raises EtsError `ippbx_…` when it is the last thing to hear."""
        told = args[0] if args else None
        if name == "svcmsg_ping":
            self._emit("climsg_pong")
        elif name == "svcmsg_relogin":
            self._say_login()
        elif name == "svcmsg_logout":
            raise Unavailable("ippbx_logged_out")
        elif name == "svcloginerror":
            raise self._refusal(told.get("error") if isinstance(told, dict) else told)
        elif name == "svcmsg_login" and isinstance(told, dict):
            self._take(read_message(told.get("login_result")))
        elif name == "svcmsg":
            self._take(read_message(told))

    def _take(self, message: Message | None) -> None:
        if message is None:
            return
        self._tape.heard(message)
        handler = self._handlers.get(message.name)
        if handler is not None and self._ledger.is_ours(message):
            handler(message)

    def _emit(self, name: str, *args: object) -> None:
        self._outgoing.put_nowait((name, args))

    def _say_login(self) -> None:
        """As the connectors of before want it, which know the PBX by its address, or the newer
        ones, which find it by themselves."""
        options, status = self._options, self._agent.at_login
        fields: dict[str, object] = {
            "company_id": options.company_id,
            "userid": options.user,
            "exten": options.extension,
            "passwd": self._password.sha512,
        }
        if options.pbx_host:
            pbx = {"serverip": options.pbx_host, "pbxhost": options.pbx_host}
            port = str(options.pbx_port) if options.pbx_port else ""
            fields |= {**pbx, "serverport": port, "usertype": "M", "option": status}
        else:
            fields |= {"first_status": status, "from_ui": "ETS", "version": 1}
        self._emit("climsg_login", fields)

    def _on_login(self, message: Message) -> None:
        if message.kind == "LOGOUT":
            raise Unavailable("ippbx_logged_out")
        if message.kind not in ("LOGIN_OK", "LOGIN_ALREADY"):
            raise self._refusal(message.get("DATA1") or message.kind)
        self._ledger.peer = message.get("DATA5")
        self.phone_is_away = message.get("DATA4").upper() in _AWAY
        self.command(command("LOGIN_ACK"))
        self._follow_state(self._agent.logged_in(message.get("DATA3"), time.monotonic()))
        self._logged_in.set()

    def _refusal(self, reason: object) -> EtsError:
        """The PBX's own words for the log, without what must never stand there."""
        self.refused = True
        words = str(reason).replace(self._password.sha512, "…")[:_LONGEST_REASON]
        return EtsError("ippbx_login_refused", user=self._options.user, reason=words)

    def _on_call(self, message: Message) -> None:
        self._spoken_of.add(message.get("DATA8"))
        events = list(
            self._ledger.call(
                message,
                datetime.now(UTC),
                recovering=self._recovering,
                busy=self._agent.code == TALKING,
            )
        )
        if any(event.direction is Direction.OUT for event in events):
            self.on_dialled()
        self._tell(events)

    def _on_hangup(self, message: Message) -> None:
        self._tell(self._ledger.hang_up(message, datetime.now(UTC)))
        status = message.get("DATA8")
        if not status:
            status = self._agent.before_call if _is_internal(message) else _NORMAL
        self.command(command("HANGUP_ACK", message.get("DATA5"), status))

    def _on_member_status(self, message: Message) -> None:
        if message.kind in IDLE and not self._recovering:
            self._tell(self._ledger.idle(datetime.now(UTC)))
        self._follow_state(self._agent.told(message.kind, time.monotonic()))

    def _follow_state(self, state: AgentState | None) -> None:
        if state is not None:
            self.on_state(state)
        self.say_state()

    def _on_phone(self, message: Message) -> None:
        self.phone_is_away = message.get("DATA2").upper() in _AWAY

    def _on_bye(self, message: Message) -> None:
        """The same user or the same extension is logged in elsewhere."""
        self.thrown_out = True
        self._tell(self._ledger.give_up(datetime.now(UTC)))
        raise Unavailable("ippbx_taken_over", kind=message.kind)


def _is_internal(message: Message) -> bool:
    parties = (phone.digits_of(message.get(f"DATA{place}")) or "" for place in (1, 2))
    return all(len(party) in _INNER_DIGITS for party in parties)


def _nothing() -> None:
    """Before somebody wants to know."""


def _nothing_new(state: AgentState) -> None:
    """As `_nothing`."""
