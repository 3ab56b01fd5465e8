"""What a screen is given: how to reach the database, the window around it, the person before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.agents import AgentSession
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.settings import DeskSettings
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.desk import Desk
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.jobs import CancelToken, JobHub, JobRunner
from ets_desktop.ui.journal import Journal
from ets_desktop.ui.prompts import Prompts
from ets_desktop.ui.window_state import WindowState

Result = TypeVar("Result")
Args = TypeVarTuple("Args")


class Call(Protocol):
    """Runs `function(session, …)` in one transaction, in the calling (worker) thread.

    `Database.call` is one. With `cancel` the statement under way ends early when that is asked.
    """

    def __call__(
        self,
        function: Callable[[Any, *Args], Result],
        *args: *Args,
        cancel: CancelToken | None = None,
    ) -> Result: ...


@dataclass(frozen=True)
class UiContext:
    call: Call
    hub: JobHub
    changes: ChangeBus
    prompts: Prompts
    settings: DeskSettings
    state: WindowState
    agent: AgentSession
    desk: Desk
    journal: Journal
    house: DeskHouse = field(default_factory=DeskHouse)
    #: `[couriers]` of this PC's settings: whom 주소 정제 asks
    couriers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    #: Where a screen that is being built will stand: Qt dresses it anew with every parent it gets.
    place: QWidget | None = None

    def jobs(self, owner: QObject) -> "ScreenJobs":
        """The jobs of one screen; make it once, in the screen's `__init__`."""
        return ScreenJobs(self, owner)


class ScreenJobs(JobRunner):
    """A JobRunner that knows the database: `load` a query, `save` through a service."""

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(context.hub, owner)
        self._call = context.call

    def load(
        self,
        query: Callable[[Any, *Args], Result],
        *args: *Args,
        on_done: Callable[[Result], object],
        on_error: Callable[[EtsError], object] | None = None,
        lane: str = "",
    ) -> None:
        """Read with `query(session, *args)`; a newer load of the lane stops it in the database."""
        call = self._call

        def run(cancel: CancelToken) -> Result:
            return call(query, *args, cancel=cancel)

        self.read_stoppable(run, on_done=on_done, on_error=on_error, lane=lane)

    def save(
        self,
        service: Callable[[Any, *Args], Done[Result]],
        *args: *Args,
        on_done: Callable[[Done[Result]], object] | None = None,
        on_error: Callable[[EtsError], object] | None = None,
    ) -> bool:
        """Write with `service(session, *args)`; false while another write of the screen runs."""
        call = self._call

        def run() -> Done[Result]:
            return call(service, *args)

        return self.write(run, on_done=on_done, on_error=on_error)
