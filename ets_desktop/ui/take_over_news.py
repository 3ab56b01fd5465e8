"""인수, told in the status line of whose ticket it was (spec 20, who may)."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Topic, agent_topic
from ets_desktop.queries.take_overs import TakeOver, TakeOvers, take_overs
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.window_desk import WindowDesk

_LANE = "take_overs"


class TakeOverNews(QObject):
    """Looks whenever something of the agent's was touched; the first look tells nothing."""

    def __init__(self, context: UiContext, desk: WindowDesk) -> None:
        super().__init__()
        self._context = context
        self._desk = desk
        self._next_id: int | None = None
        self._told: set[int] = set()
        self._jobs = context.jobs(self)
        self.pace = Pace(self._jobs, _LANE, self._load)
        mine = agent_topic(context.agent.agent_id)
        context.changes.subscribe(self, (mine,), self._on_touched)

    @Slot()
    def ask(self) -> None:
        self.pace.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.pace.ask()

    def _load(self) -> None:
        self._jobs.load(
            take_overs,
            self._context.agent.agent_id,
            self._next_id,
            on_done=self._on_read,
            on_error=self._on_failed,
            lane=_LANE,
        )

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    def _on_read(self, news: TakeOvers) -> None:
        is_first = self._next_id is None
        self._next_id = news.next_id
        new = [row for row in news.rows if row.activity_id not in self._told]
        # Behind the next look nothing comes again.
        self._told = {row.activity_id for row in news.rows}
        for row in () if is_first else new:
            self._tell(row)

    def _tell(self, row: TakeOver) -> None:
        told = self.tr("{who|이} 접수를 인수했습니다: {number}")
        self._desk.notices.post(
            Notice(
                f"take_over/{row.activity_id}",
                filled(told, {"who": row.who, "number": row.ticket_no}),
                open=partial(self._desk.load_ticket, row.ticket_id),
            )
        )
