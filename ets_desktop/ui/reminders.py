"""콜백 at its time: a notice, a tone, and a timer until the next one; nothing is polled."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.topics import Done, Topic, agent_topic
from ets_desktop.services.reminders import (
    Reminder,
    Reminders,
    claim_reminders,
    reminders_told,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import clock_text, moment_text
from ets_desktop.ui.notices import Notice, NoticeBar
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.window_desk import WindowDesk

#: A timer does not run while the PC sleeps: it asks at least so often.
_LONGEST_WAIT_S = 600.0
#: After an error, and so that a reminder never comes before the database's own time.
_SHORTEST_WAIT_S = 0.05
_AGAIN_AFTER_ERROR_S = 15.0
_KEY = "callback"


class CallbackReminders(QObject):
    """Asks the database what is due and how long until the next; told of changes it asks anew."""

    def __init__(
        self,
        context: UiContext,
        desk: WindowDesk,
        sound: Callable[[], None] = QApplication.beep,
    ) -> None:
        super().__init__()
        self._context = context
        self._desk = desk
        self._sound = sound
        self._jobs = context.jobs(self)
        self._asked_again = False
        #: What this desk has shown: offered once more, for the database was away when it said so,
        #: it is only said again.
        self._shown: dict[int, datetime] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.ask)
        mine = agent_topic(context.agent.agent_id)
        context.changes.subscribe(self, (mine,), self._on_touched)

    @property
    def notices(self) -> NoticeBar:
        return self._desk.notices

    @Slot()
    def ask(self) -> None:
        """What is due? A claim is a write: its answer is never dropped for a newer one."""
        asked = self._jobs.save(
            claim_reminders,
            self._context.agent.agent_id,
            on_done=self._on_claimed,
            on_error=self._on_failed,
        )
        self._asked_again = not asked

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.ask()

    def _on_claimed(self, done: Done[Reminders]) -> None:
        told = done.value
        for notice in self.notices.notices:
            kind, _, callback_id = notice.key.partition("/")
            if kind == _KEY and int(callback_id) not in told.told:
                self.notices.withdraw(notice.key)
        new = [due for due in told.due if self._shown.get(due.callback_id) != due.due_at]
        for reminder in new:
            self._tell(reminder)
            self._shown[reminder.callback_id] = reminder.due_at
        if new and self._context.settings.tone:
            self._sound()
        next_in_s = _LONGEST_WAIT_S if told.next_in_s is None else told.next_in_s
        if told.due:
            self._confirm(told.due, next_in_s)
        else:
            self._wait(next_in_s)

    def _confirm(self, shown: tuple[Reminder, ...], next_in_s: float) -> None:
        """They can be read now; until the database knows, they are another desk's to tell."""

        def on_done(_done: Done[None]) -> None:
            self._wait(next_in_s)

        self._jobs.save(
            reminders_told,
            self._context.agent.agent_id,
            shown,
            on_done=on_done,
            on_error=self._on_failed,
        )

    def _on_failed(self, _error: EtsError) -> None:
        """The lists and the DB mark say that the database is away; this asks again later."""
        self._wait(_AGAIN_AFTER_ERROR_S)

    def _wait(self, seconds: float) -> None:
        if self._asked_again:
            self.ask()
            return
        wait = min(max(seconds, _SHORTEST_WAIT_S), _LONGEST_WAIT_S)
        self.timer.start(round(wait * 1000))

    def _tell(self, reminder: Reminder) -> None:
        callback_id = reminder.callback_id
        about = self._about(reminder)
        self.notices.post(
            Notice(
                f"{_KEY}/{callback_id}",
                self.tr("콜백 시간입니다: {about}").format(about=about),
                open=lambda: self._desk.load_ticket(reminder.ticket_id),
                dial=lambda: self._desk.call_back(callback_id, about),
                red=True,
            )
        )

    def _about(self, reminder: Reminder) -> str:
        """Whom, at which number, since when; the day too if it is another one."""
        at = reminder.due_at
        today = at.astimezone(now_in_seoul().tzinfo).date() == now_in_seoul().date()
        words = (
            clock_text(at)[:5] if today else moment_text(at)[:16],
            mask_name(reminder.customer),
            mask_phone(reminder.number),
            reminder.ticket_no,
        )
        return " ".join(word for word in words if word)
