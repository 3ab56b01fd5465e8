"""What others did with an agent's work, told in the agent's status line.

인수 of a ticket (spec 20, who may), claims that were closed (spec 30), and what a supervisor moved
in 이관 큐 (spec 60).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Topic, agent_topic
from ets_desktop.queries.claims import DecidedRow, decided_since
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.supervisor_moves import Move, SupervisorMove, supervisor_moves
from ets_desktop.queries.take_overs import TakeOver, take_overs
from ets_desktop.ui.claim_labels import CLAIM_STEPS, CLAIM_TYPES
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import PRIORITIES, filled, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.window_desk import WindowDesk

#: (session, agent, from where the last look said to go on, None for the first) → from where to go
#: on the next time, and the rows, oldest first; some rows may come twice.
Look = Callable[[Any, int, Any], tuple[Any, Sequence[Any]]]

#: What was closed that long before a look may have been committed only after it.
_LATEST_COMMIT = timedelta(minutes=1)


class AgentNews(QObject):
    """Looks whenever something of the agent's was touched; the first look tells nothing."""

    def __init__(
        self,
        context: UiContext,
        desk: WindowDesk,
        look: Look,
        notice: Callable[[WindowDesk, Any], Notice],
    ) -> None:
        super().__init__()
        self._agent_id = context.agent.agent_id
        self._desk = desk
        self._look = look
        self._notice = notice
        self._go_on_from: Any = None
        self._told: set[str] = set()
        self._jobs = context.jobs(self)
        self.pace = Pace(self._jobs, "news", self._load)
        context.changes.subscribe(self, (agent_topic(self._agent_id),), self._on_touched)

    @Slot()
    def ask(self) -> None:
        self.pace.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.pace.ask()

    def _load(self) -> None:
        self._jobs.load(
            self._look,
            self._agent_id,
            self._go_on_from,
            on_done=self._on_read,
            on_error=self._on_failed,
            lane="news",
        )

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    def _on_read(self, news: tuple[Any, Sequence[Any]]) -> None:
        is_first = self._go_on_from is None
        self._go_on_from, rows = news
        notices = [self._notice(self._desk, row) for row in rows]
        new = [notice for notice in notices if notice.key not in self._told]
        # What the next look does not find again never comes again.
        self._told = {notice.key for notice in notices}
        for notice in () if is_first else new:
            self._desk.notices.post(notice)


def news_of_take_overs(context: UiContext, desk: WindowDesk) -> AgentNews:
    return AgentNews(context, desk, take_overs, _of_take_over)


def news_of_claims(context: UiContext, desk: WindowDesk) -> AgentNews:
    return AgentNews(context, desk, _closed_claims, _of_claim)


def news_of_moves(context: UiContext, desk: WindowDesk) -> AgentNews:
    return AgentNews(context, desk, supervisor_moves, _of_move)


def _of_take_over(desk: WindowDesk, row: TakeOver) -> Notice:
    told = translated("{who|이} 접수를 인수했습니다: {number}")
    text = filled(told, {"who": row.who, "number": row.ticket_no})
    show = partial(desk.load_ticket, row.ticket_id)
    return Notice(f"take_over/{row.activity_id}", text, open=show)


def _of_claim(desk: WindowDesk, row: DecidedRow) -> Notice:
    told = translated("클레임이 끝났습니다: {type} {number} {step} · 접수 {ticket}")
    text = told.format(
        type=word(CLAIM_TYPES, row.claim_type),
        number=row.claim_no,
        step=word(CLAIM_STEPS, row.step),
        ticket=row.ticket_no,
    )
    show = partial(desk.load_ticket, row.ticket_id)
    return Notice(f"claim/{row.claim_id}", text, open=show)


def _of_move(desk: WindowDesk, row: SupervisorMove) -> Notice:
    words = word(PRIORITIES, row.words) if row.move is Move.RANKED else row.words
    values = {"who": row.who, "to": row.to_whom, "number": row.ticket_no, "words": words}
    text = filled(_move_words(row), values).removesuffix(" · ")
    return Notice(row.key, text, open=partial(desk.load_ticket, row.ticket_id))


def _move_words(row: SupervisorMove) -> str:
    if row.move is Move.MOVED:
        return translated("{who|이} {to}에게 재배정했습니다: {number} · {words}")
    if row.move is Move.RANKED:
        return translated("{who|이} 우선순위를 {words|으로} 바꾸었습니다: {number}")
    if row.move is Move.NOTED:
        return translated("{who|이} 이관에 메모를 남겼습니다: {number} · {words}")
    if row.was_sent:
        return translated("{who|이} 이관을 회수해 돌려주었습니다: {number}")
    return translated("{who|이} 이관을 회수했습니다: {number}")


def _closed_claims(
    session: Any, agent_id: int, since: datetime | None
) -> tuple[datetime, tuple[DecidedRow, ...]]:
    following = read_at(session) - _LATEST_COMMIT
    return following, decided_since(session, agent_id, since or following)
