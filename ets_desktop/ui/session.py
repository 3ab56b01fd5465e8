"""This login at this desk: when it is over, and why (spec 80)."""

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done, Topic, session_topic
from ets_desktop.services.sessions import EndSession, begin_session, end_session, session_ended
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.idle import IdleWatch

#: What the feed is told when the database takes this login no longer → why it is over.
_REFUSALS = {"account_disabled": "disabled", "login_refused": "refused"}
_LANE = "session"


class DeskSession(QObject):
    """Begins with the desk; the desk hears by notice that it is over, and looks itself whenever
    the database was away. Nothing is polled."""

    #: `idle`, `second_login`, `disabled`, `logged_off`, `refused`; what is typed stays in the
    #: journal
    over = Signal(str)

    def __init__(self, context: UiContext, is_busy: Callable[[], bool]) -> None:
        super().__init__()
        self._context = context
        self._id = uuid4()
        self._has_begun = False
        self._is_over = False
        self._jobs = context.jobs(self)
        self.idle = IdleWatch(is_busy, self)
        self.idle.soon.connect(self._on_idle_soon)
        self.idle.back.connect(self._on_back)
        self.idle.over.connect(self._on_idle)
        topic = session_topic(context.agent.agent_id)
        context.changes.subscribe(self, (topic,), self._on_touched)

    def begin(self) -> None:
        self._jobs.save(begin_session, self._id, on_done=self._on_begun, on_error=self._on_failed)

    def stop(self) -> None:
        """The desk is about to go; nothing is told any more."""
        self._is_over = True
        self.idle.stop()

    def leave(self) -> None:
        """The window was closed."""
        self.stop()
        self._jobs.save(end_session, EndSession(self._id, "left"), on_error=self._on_untold)

    def _on_untold(self, _error: EtsError) -> None:
        """The database is away: the next login ends this one."""

    def left(self, why: str) -> EndSession:
        """How the database is told that it is over."""
        return EndSession(self._id, "idle" if why == "idle" else "left")

    def hear_refusal(self, reason: str) -> None:
        """The feed could not connect anew."""
        if reason in _REFUSALS:
            self._end(_REFUSALS[reason])

    def _on_begun(self, done: Done[int]) -> None:
        self._has_begun = True
        self.idle.begin(done.value)

    def _on_failed(self, error: EtsError) -> None:
        """The database is away, and will be asked again; unless it takes this login no longer."""
        self.hear_refusal(error.code)

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if not self._has_begun:
            self.begin()
            return
        self._jobs.load(
            session_ended,
            self._id,
            on_done=self._on_looked,
            on_error=self._on_failed,
            lane=_LANE,
        )

    def _on_looked(self, why: str) -> None:
        if why:
            self._end(why)

    @Slot()
    def _on_idle_soon(self) -> None:
        self._context.desk.say(self._warning())

    @Slot()
    def _on_back(self) -> None:
        self._context.desk.withdraw(self._warning())

    def _warning(self) -> str:
        return self.tr("입력이 없어 1분 뒤 로그아웃합니다. 쓰던 내용은 이 PC에 보관됩니다.")

    @Slot()
    def _on_idle(self) -> None:
        self._end("idle")

    def _end(self, why: str) -> None:
        if not self._is_over:
            self.stop()
            self.over.emit(why)
