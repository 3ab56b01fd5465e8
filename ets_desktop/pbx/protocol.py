"""What every telephone system is to the gateway, whatever it speaks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from ets_desktop.domain.calls import LegEvent

OnEvent = Callable[[LegEvent], None]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a vendor can do and see; desks hide what it cannot.

    `recovers`: when its link is up it has told what goes on, also what began before it listened.
    """

    dials: bool = False
    recovers: bool = False
    sees_answers: bool = True
    sees_holds: bool = True


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link as 전화 ● shows it: `up_since` is None while it is down, for `reason` (a code).

    A link that is up may have a reason too: what will bring it down if nobody sees to it.
    """

    up_since: datetime | None = None
    last_event_at: datetime | None = None
    reason: str = ""


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
