"""What every telephone system is to the gateway, whatever it speaks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase

OnEvent = Callable[[LegEvent], None]
#: Extension, and the state its agent was set to at the telephone system.
OnState = Callable[[str, AgentState], None]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a vendor can do and see; desks hide what it cannot.

    `recovers`: when its link is up it has told what goes on, also what began before it listened.
    `names_calls`: its legs have the telephone system's own keys, which are the same to any gateway;
    where they have not, its history tells whichever gateway works what another one heard.
    """

    dials: bool = False
    recovers: bool = False
    sees_answers: bool = True
    sees_holds: bool = True
    names_calls: bool = True


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link as 전화 ● shows it: `up_since` is None while it is down, for `reason` (a code).

    A link that is up may have a reason too: what will bring it down if nobody sees to it.
    """

    up_since: datetime | None = None
    last_event_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownLeg:
    """A leg as an earlier run of the gateway told it; `event_keys` are the steps it told."""

    leg_key: str
    call_key: str
    extension: str
    direction: Direction
    phase: Phase
    end: End | None
    number: str | None
    dialled: str | None
    rang_at: datetime
    event_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier runs told of a link: all legs that rang from `since` on, and those still open.

    `since` is None when there was no earlier run.
    """

    since: datetime | None = None
    legs: tuple[KnownLeg, ...] = ()


class Vendor(Protocol):
    """One link to one telephone system. `run` belongs to one thread, the rest to any."""

    @property
    def capabilities(self) -> Capabilities: ...

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        """Connect, call `on_up`, and report until `stop` or until there is nothing left to come.

        Events of one leg come in order. Raises EtsError when the link fails; it is run again
        later, on the same object.
        """
        ...

    def legs_under_way(self) -> frozenset[str]:
        """The keys of the legs that were not heard to end; any thread."""
        ...

    def stop(self) -> None:
        """Make `run` return within a second; it may not have begun yet."""
        ...

    def dial(self, extension: str, number: str, request_id: str) -> None:
        """Let the phone of `extension` ring and, once taken, call `number` (click-to-call).

        The same `request_id` is dialled once. What comes of it is reported as events of a leg
        with direction `out`. Raises EtsError `cannot_dial` or Unavailable.
        """
        ...


@runtime_checkable
class Warns(Protocol):
    """A vendor that knows beforehand what will bring its link down."""

    def warning(self) -> str:
        """The code of what is about to happen, or nothing; any thread."""
        ...


@runtime_checkable
class TakesAgentStates(Protocol):
    """A vendor that does something about what agents choose at their desks."""

    def set_state(self, extension: str, state: AgentState) -> None:
        """An agent changed to `state` at a desk; any thread, returns at once.

        What the telephone system has no word for is its nearest; an extension it does not know,
        or a link that is down, is passed over. Once the link is up again the vendor sets what it
        was told last.
        """
        ...


@runtime_checkable
class KeepsAgentStates(TakesAgentStates, Protocol):
    """A vendor whose telephone system keeps agent states too; both sides follow each other.

    The words of the wire (MEMBERSTATUS `KIND`) stay in the vendor. What ETS set is not told back
    as news: the gateway drops a state that is the agent's already. 통화중 is told by leg events.
    """

    def follow_states(self, on_state: OnState) -> None:
        """Called once, before `run`; `on_state` may be called from any thread of the vendor."""
        ...


@runtime_checkable
class Remembers(Protocol):
    """A vendor that goes on where an earlier run of the gateway stopped."""

    @property
    def looks_back(self) -> timedelta:
        """How far its past must reach; legs that are open come at any age."""
        ...

    def remember(self, past: Past) -> None:
        """Once, before the first `run`. From then on `legs_under_way` knows what it can follow."""
        ...
