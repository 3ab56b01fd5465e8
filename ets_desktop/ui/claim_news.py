"""A claim that somebody else closed, told in the status line of whose ticket it is (spec 30)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Topic, agent_topic
from ets_desktop.queries.claims import DecidedRow, decided_since
from ets_desktop.queries.reading import read_at
from ets_desktop.ui.claim_labels import CLAIM_STEPS, CLAIM_TYPES
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import word
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.window_desk import WindowDesk

_LANE = "claims"
#: What was closed that long before a look may have been committed only after it.
_LATEST_COMMIT = timedelta(minutes=1)


class ClaimNews(QObject):
    """Looks whenever something of the agent's was touched; the first look tells nothing."""

    def __init__(self, context: UiContext, desk: WindowDesk) -> None:
        super().__init__()
        self._context = context
        self._desk = desk
        self._since: datetime | None = None
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
            _closed,
            self._context.agent.agent_id,
            self._since,
            on_done=self._on_read,
            on_error=self._on_failed,
            lane=_LANE,
        )

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    def _on_read(self, news: tuple[datetime, tuple[DecidedRow, ...]]) -> None:
        is_first = self._since is None
        self._since, rows = news
        new = [row for row in rows if row.claim_id not in self._told]
        self._told |= {row.claim_id for row in rows}
        for row in () if is_first else reversed(new):
            self._tell(row)

    def _tell(self, row: DecidedRow) -> None:
        told = self.tr("클레임이 끝났습니다: {type} {number} {step} · 접수 {ticket}")
        text = told.format(
            type=word(CLAIM_TYPES, row.claim_type),
            number=row.claim_no,
            step=word(CLAIM_STEPS, row.step),
            ticket=row.ticket_no,
        )
        show = partial(self._desk.load_ticket, row.ticket_id)
        self._desk.notices.post(Notice(f"claim/{row.claim_id}", text, open=show))


def _closed(
    session: Any, agent_id: int, since: datetime | None
) -> tuple[datetime, tuple[DecidedRow, ...]]:
    """From when on the next look has to ask, and what was closed since the last one."""
    following = read_at(session) - _LATEST_COMMIT
    return following, decided_since(session, agent_id, since or following)
