"""The states of an agent in the PBX's codes, and who changed them last (facts: LG U+ §3.2)."""

from collections.abc import Mapping
from types import MappingProxyType

from ets_desktop.domain.agent_states import AgentState

READY = "0"
#: Set by the PBX alone, when a call is taken.
TALKING = "1"
#: The PBX says one of these once a call is over.
IDLE = (READY, "2", "6")
#: Within so many seconds the PBX confirms a code that was set.
ECHO_S = 5.0

_TO_PBX: Mapping[AgentState, str] = MappingProxyType(
    {
        AgentState.READY: READY,
        AgentState.WRAP_UP: "2",
        AgentState.REST: "3",
        AgentState.PROTECTED_REST: "3",
        AgentState.MEAL: "4",
        AgentState.TRAINING: "5",
        AgentState.NOT_READY: "5",
        AgentState.LOGGED_OUT: "5",
    }
)
_FROM_PBX: Mapping[str, AgentState] = MappingProxyType(
    {
        READY: AgentState.READY,
        "2": AgentState.WRAP_UP,
        "6": AgentState.WRAP_UP,
        "3": AgentState.REST,
        "4": AgentState.MEAL,
        "5": AgentState.NOT_READY,
        "7": AgentState.NOT_READY,  # 아웃바운드 and PDS: not there for who calls in
        "8": AgentState.NOT_READY,
    }
)


class AgentCode:
    """The code as the PBX has it. What we set ourselves is not told back: its codes are fewer than
    our states, and 교육 must not come back as 준비되지 않음. `now` is of a clock that only goes on.
    """

    def __init__(self) -> None:
        self.code = READY
        #: The last one that was not TALKING: what the PBX goes back to after an internal call.
        self.before_call = READY
        #: What a desk chose last, until the PBX says something newer.
        self._wanted: str | None = None
        self._echoes: list[tuple[str, float]] = []
        self._talking = False

    @property
    def at_login(self) -> str:
        """The code to begin with."""
        return self._wanted or self.before_call

    def want(self, state: AgentState) -> None:
        """A desk chose `state`: what the PBX sets by itself is passed over."""
        self._wanted = _TO_PBX.get(state, self._wanted)

    def unsaid(self) -> str | None:
        """The code that the PBX should have and has not; not while it says that a call goes on."""
        done = self._wanted in (None, self.code) or self.code == TALKING
        return None if done else self._wanted

    def set(self, code: str, now: float) -> None:
        """We have set it, and shall hear of it."""
        self.code = self.before_call = code
        self._echoes.append((code, now))

    def logged_in(self, code: str, now: float) -> AgentState | None:
        """What the PBX says at a login; what a desk chose while the line was down goes before."""
        if self._wanted is None or code not in _FROM_PBX:
            return self.told(code, now)
        self.code, self._talking = code, False
        return None

    def told(self, code: str, now: float) -> AgentState | None:
        """The PBX says `code`: the state to follow, None when there is nothing new in it."""
        self._echoes = [echo for echo in self._echoes if now - echo[1] < ECHO_S]
        codes = [echo for echo, _ in self._echoes]
        if code in codes:
            # Two that were set at once come back one after the other.
            del self._echoes[: codes.index(code) + 1]
            return None
        if code == self.code or code not in (*_FROM_PBX, TALKING):
            return None
        by_itself = code == TALKING or (code == READY and self._talking)
        self.code, self._talking = code, code == TALKING
        if by_itself:
            # After a call it is 후처리 and the timer that lead to 준비, not the PBX.
            return None
        self.before_call, self._wanted = code, None
        return _FROM_PBX[code]
