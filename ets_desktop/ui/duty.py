"""The agent's state and the task that is offered, as this desk lives them (spec 40).

The desk beats so that nobody takes it for gone; all else is told by the database: what changed by
notice, what happens by itself in how many seconds. Nothing is polled.
"""

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from ets_desktop.domain.agent_states import DESK_BEAT, AgentState, Cause
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.topics import Done, Topic, state_topic, team_topic
from ets_desktop.queries.duty import Duty, OfferedTask
from ets_desktop.services.duty import BeAtDesk, ChooseState, be_at_desk, choose_state, leave_desk
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import AGENT_STATES, filled, word
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.window_desk import WindowDesk

#: The tab in which an offer is looked at and answered.
QUEUE = "queue"
#: The key of the one notice that tells of an offer.
_KEY = "task"
#: Behind the moment itself: the database's clock must have passed it.
_AFTER_S = 0.05


class AtDesk(QObject):
    """From `begin` to `leave` the database knows that somebody sits here."""

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
        self._here = BeAtDesk(context.agent.agent_id, uuid4())
        self._duty: Duty | None = None
        self._asked_again = False
        self._beats = context.jobs(self)
        # Its own: a beat under way must be in nobody's way.
        self._choices = context.jobs(self)
        self._beat = QTimer(self)
        self._beat.setInterval(round(DESK_BEAT.total_seconds() * 1000))
        self._beat.timeout.connect(self.ask)
        self.due = QTimer(self)
        self.due.setSingleShot(True)
        self.due.timeout.connect(self.ask)
        desk.top_bar.agent_state_chosen.connect(self._on_state_chosen)
        agent = context.agent
        context.changes.subscribe(self, (state_topic(agent.agent_id),), self._on_touched)
        if agent.team_id is not None:
            context.changes.subscribe(self, (team_topic(agent.team_id),), self._on_team_touched)

    @property
    def duty(self) -> Duty | None:
        """As the database last told it; None before the first answer."""
        return self._duty

    def begin(self) -> None:
        self._beat.start()
        self.ask()

    def leave(self) -> None:
        """The desk is closed: whoever looks finds 로그아웃 at once."""
        self.stop()
        self._choices.save(leave_desk, self._here, on_error=self._on_failed)

    def stop(self) -> BeAtDesk:
        """No beat any more; with what `leave_desk` says the rest."""
        self._beat.stop()
        self.due.stop()
        return self._here

    @Slot()
    def ask(self) -> None:
        """Here I am: what holds now?"""
        asked = self._beats.save(
            be_at_desk, self._here, on_done=self._on_told, on_error=self._on_failed
        )
        self._asked_again = not asked

    def choose(self, state: AgentState) -> None:
        """What a person picked; not while the choice before is under way."""
        command = ChooseState(self._context.agent.agent_id, state)
        asked = self._choices.save(
            choose_state, command, on_done=self._on_told, on_error=self._on_choice_refused
        )
        if not asked:
            self._desk.say(self.tr("상담상태를 바꾸는 중입니다. 잠시 뒤 다시 고르십시오."))

    @Slot(str)
    def _on_state_chosen(self, code: str) -> None:
        self.choose(AgentState(code))

    def _on_choice_refused(self, error: EtsError) -> None:
        self._desk.tell(error)
        self.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.ask()

    def _on_team_touched(self, _topics: frozenset[Topic]) -> None:
        """A task of the team may be for whoever is ready and has none."""
        if self._duty is not None and self._duty.state == AgentState.READY:
            self.ask()

    def _on_failed(self, _error: EtsError) -> None:
        """The lists and the DB mark say that the database is away; the next beat asks again."""

    def _on_told(self, done: Done[Duty]) -> None:
        before, self._duty = self._duty, done.value
        duty = done.value
        self._desk.top_bar.show_duty(duty.state, duty.for_s, duty.after)
        if before is not None and before.state != duty.state:
            self._tell_change(before, duty)
        self._tell_after(before, duty)
        self._tell_offer(before, duty.offer)
        if duty.next_in_s is None:
            self.due.stop()
        else:
            self.due.start(round((duty.next_in_s + _AFTER_S) * 1000))
        if self._asked_again:
            self.ask()

    # In the status line

    def _tell_change(self, before: Duty, duty: Duty) -> None:
        """What the agent did not do: everything else is seen in the box."""
        state = word(AGENT_STATES, duty.state)
        if duty.cause == Cause.NOT_TAKEN:
            told = self.tr("배정된 업무를 받지 않아 되돌리고 {state|으로} 바꾸었습니다.")
        elif duty.cause == Cause.FORCED:
            told = self.tr("관리자가 상담상태를 {state|으로} 바꾸었습니다.")
        elif duty.cause == Cause.SIGNED_IN:
            told = self.tr("연결이 끊긴 동안 로그아웃되었습니다. 상담상태를 다시 고르십시오.")
        else:
            return
        self._desk.say(filled(told, {"state": state}))

    def _tell_after(self, before: Duty | None, duty: Duty) -> None:
        if duty.after and (before is None or before.after != duty.after) and duty.cause != "call":
            told = self.tr("통화가 끝나면 {state|으로} 바뀝니다.")
            self._desk.say(filled(told, {"state": word(AGENT_STATES, duty.after)}))

    def _tell_offer(self, before: Duty | None, offer: OfferedTask | None) -> None:
        known = before.offer.offer_id if before is not None and before.offer is not None else None
        if offer is None:
            self._desk.notices.withdraw(_KEY)
            return
        if offer.offer_id == known:
            return
        self._desk.notices.post(
            Notice(_KEY, self._offer_words(offer), open=lambda: self._desk.open_tab(QUEUE))
        )
        if self._context.settings.tone:
            self._sound()

    def _offer_words(self, offer: OfferedTask) -> str:
        who = " ".join(
            part for part in (mask_name(offer.customer), mask_phone(offer.number)) if part
        )
        if offer.missed_call_id is not None:
            return self.tr("부재 통화가 배정되었습니다: {who}").format(who=who)
        told = self.tr("업무가 배정되었습니다: {number} {who} {title}")
        return told.format(number=offer.ticket_no, who=who, title=offer.title).strip()
