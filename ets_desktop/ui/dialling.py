"""통화: whichever gateway has the telephone dials, and the desk says what comes of it."""

from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Slot

from ets_desktop.domain.dialling import DIAL_UNANSWERED, DIALLED, NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.masking import mask_phone
from ets_desktop.domain.topics import Done, Topic, dial_topic
from ets_desktop.queries.dialling import dial_outcome
from ets_desktop.services.dialling import AskToDial, ask_to_dial
from ets_desktop.ui.context import UiContext

#: A gateway takes a wish within a second; after this long there is none.
PATIENCE_MILLISECONDS = 8_000


class Dialling(QObject):
    """One number at a time; the call itself is told by the telephone system like any other."""

    def __init__(
        self, context: UiContext, patience_milliseconds: int = PATIENCE_MILLISECONDS
    ) -> None:
        super().__init__()
        self._context = context
        self._jobs = context.jobs(self)
        self._waiting_for: UUID | None = None
        self._number = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_milliseconds)
        self._patience.timeout.connect(self._on_patience_ended)
        context.changes.subscribe(self, (dial_topic(context.agent.agent_id),), self._on_answer_told)

    @Slot(str, object)
    def dial(self, number: str, about: DialledFrom = NOTHING) -> None:
        """The agent's own phone rings first; once it is taken the number is called."""
        agent = self._context.agent
        if self._waiting_for is not None:
            self._context.desk.say(self.tr("전화를 거는 중입니다. 잠시 뒤 다시 하십시오."))
            return
        wish = AskToDial(uuid4(), agent.agent_id, agent.extension, number, about)
        self._waiting_for, self._number = wish.client_id, number
        self._jobs.save(ask_to_dial, wish, on_done=self._on_asked, on_error=self._on_refused)

    def _on_asked(self, _done: Done[UUID]) -> None:
        self._patience.start()
        self._ask_for_answer()

    def _on_refused(self, error: EtsError) -> None:
        self._waiting_for = None
        self._context.desk.tell(error)

    def _on_answer_told(self, _topics: frozenset[Topic]) -> None:
        self._ask_for_answer()

    def _ask_for_answer(self) -> None:
        if self._waiting_for is not None:
            wish = self._waiting_for
            self._jobs.load(dial_outcome, wish, on_done=self._on_answer, lane="answer")

    def _on_answer(self, outcome: str | None) -> None:
        if outcome is None or self._waiting_for is None:
            return
        self._end(outcome)

    @Slot()
    def _on_patience_ended(self) -> None:
        if self._waiting_for is not None:
            self._end(DIAL_UNANSWERED)

    def _end(self, outcome: str) -> None:
        self._waiting_for = None
        self._patience.stop()
        if outcome == DIALLED:
            told = self.tr("내선 {extension} 전화기가 먼저 울립니다. 받으면 {number}에 겁니다.")
            extension, number = self._context.agent.extension, mask_phone(self._number)
            self._context.desk.say(told.format(extension=extension, number=number))
        else:
            self._context.desk.tell(Unavailable(outcome, link=self.tr("전화 시스템")))
