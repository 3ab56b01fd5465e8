"""부재 처리 of the lists of calls."""

from PySide6.QtCore import QObject

from ets_desktop.domain.topics import Done
from ets_desktop.services.missed_calls import HandleMissedCall, handle_missed_call
from ets_desktop.ui.context import UiContext


class MissedHandling(QObject):
    """Takes the mark off a missed call, for all at whom it rang, and says so."""

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._jobs = context.jobs(self)

    def handle(self, call_id: int) -> None:
        wish = HandleMissedCall(self._context.agent.agent_id, call_id)
        tell = self._context.desk.tell
        self._jobs.save(handle_missed_call, wish, on_done=self._on_handled, on_error=tell)

    def _on_handled(self, done: Done[int]) -> None:
        if done.value:
            self._context.desk.say(self.tr("부재 통화를 처리한 것으로 표시했습니다."))
        else:
            self._context.desk.say(self.tr("이미 처리된 부재 통화입니다."))
