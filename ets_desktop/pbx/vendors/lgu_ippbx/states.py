"""The states of an agent in the PBX's codes, and who changed them last (facts: LG U+ §3.2)."""

from collections.abc import Mapping
from types import MappingProxyType

from ets_desktop.domain.agent_states import AgentState

READY = "0"
#: Set by the PBX alone, when a call is taken.
TALKING = "1"
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
        self._echoes: list[tuple[str, float]] = []

    def wish(self, state: AgentState) -> str | None:
        """The code to set for `state`; None when the PBX has it already or sets it by itself."""
        code = _TO_PBX.get(state)
        return None if code == self.code else code

    def set(self, code: str, now: float) -> None:
        """We have set it, and shall hear of it."""
        self.code = self.before_call = code
        self._echoes.append((code, now))

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
        self.code = code
        if code == TALKING:
            return None
        self.before_call = code
        return _FROM_PBX[code]
