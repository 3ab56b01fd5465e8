"""The states of an agent (spec 40, Agent state): who may set which, and how long they last.

The database decides every change (migration 0015); what stands here names its codes.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class AgentState(StrEnum):
    READY = "ready"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    REST = "rest"
    MEAL = "meal"
    TRAINING = "training"
    PROTECTED_REST = "protected_rest"
    NOT_READY = "not_ready"
    LOGGED_OUT = "logged_out"


#: 통화중 comes from the telephone, 로그아웃 from the desk's end: nobody chooses them.
CHOOSABLE = tuple(
    state for state in AgentState if state not in (AgentState.ON_CALL, AgentState.LOGGED_OUT)
)


class Cause(StrEnum):
    """Why a state changed, as its dated row says."""

    CHOSEN = "chosen"
    FORCED = "forced"  # by a supervisor
    CALL = "call"
    TIMER = "timer"  # 후처리 is over
    NOT_TAKEN = "not_taken"  # an offer was left lying
    PBX = "pbx"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    DESK_GONE = "desk_gone"


#: How often a desk says that it is there. The database signs a desk out that was silent for 20 s
#: (migration 0015) at the next beat of any other desk, or of the gateway every 5 s: within 30 s.
DESK_BEAT = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class AgentTimes:
    """The house's own times: 후처리, and how long an offered task may lie (spec 40)."""

    wrap_up: timedelta = timedelta(seconds=30)
    take_within: timedelta = timedelta(minutes=15)


TIMES = AgentTimes()
