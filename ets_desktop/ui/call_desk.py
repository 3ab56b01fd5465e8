"""Between the telephone and the window: a ring fills the top bar, the strip, the dock, the form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.calls import CallEventRow, Direction, Phase
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, Topic, agent_topic, calls_topic, customer_topic
from ets_desktop.queries.callers import CallerCard, caller_card
from ets_desktop.queries.calls import CallHistoryRow, call_history
from ets_desktop.queries.health import LinkHealth, link_health
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.ui.call_words import (
    first_line_of,
    is_internal,
    line_of,
    offer_of,
    strip_of,
    unanswered_words,
)
from ets_desktop.ui.cards import CallLine
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.link_words import is_up, links_told
from ets_desktop.ui.live_calls import LiveCall, LiveCalls
from ets_desktop.ui.operations.missed_calls import MissedHandling
from ets_desktop.ui.pace import GAP_MILLISECONDS, Pace
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.window_desk import WindowDesk

#: How often the state of the telephone links is looked at.
LINKS_MILLISECONDS = 10_000

History = tuple[tuple[CallHistoryRow, ...], datetime]


class CallDesk(QObject):
    """An arriving call takes no focus, asks nothing and covers no typed text (spec 10)."""

    def __init__(
        self,
        context: UiContext,
        desk: WindowDesk,
        diagnostics: Diagnostics,
        now: Callable[[], datetime] = now_in_seoul,
        sound: Callable[[], None] = QApplication.beep,
        gap_milliseconds: int = GAP_MILLISECONDS,
    ) -> None:
        super().__init__()
        self._context = context
        self._desk = desk
        self._diagnostics = diagnostics
        self._now = now
        self._sound = sound
        self._calls = LiveCalls()
        self._known: tuple[int, CallerCard] | None = None
        self._asked: tuple[int, str | None] | None = None
        self._to_offer: set[int] = set()
        self._jobs = context.jobs(self)
        self._handling = MissedHandling(context, self)
        self._history_pace = Pace(self._jobs, "history", self._load_history, gap_milliseconds)
        self._links_timer = QTimer(self)
        self._links_timer.setInterval(LINKS_MILLISECONDS)
        self._wire()
        self._history_pace.ask()
        self._look_at_links()
        self._links_timer.start()

    def _wire(self) -> None:
        self._desk.top_bar.caller_painted.connect(self._on_caller_painted)
        self._desk.call_dock.dial_requested.connect(self._on_dial_requested)
        self._desk.call_dock.handling_requested.connect(self._on_handling_requested)
        self._links_timer.timeout.connect(self._look_at_links)
        agent = self._context.agent
        mine = (agent_topic(agent.agent_id), calls_topic(agent.extension))
        self._context.changes.subscribe(self, mine, self._on_touched)
        self._context.changes.subscribe(self, ("customer/",), self._on_customers_touched)

    # Events

    @Slot(object)
    def take_events(self, events: tuple[CallEventRow, ...]) -> None:
        """What the feed heard, in order; calls that ended meanwhile are only rows of the dock."""
        rang = self._calls.take(events)
        for call in rang:
            self._greet(call)
        for told in filter(None, map(unanswered_words, events)):
            self._desk.say(told)
        self._show_current()
        # The dock comes after the question who calls: its drawing runs while that is looked up.
        for call in rang:
            waits = self._calls.waits(call.call_id)
            self._desk.call_dock.put_call(first_line_of(call, waits=waits))
        self._history_pace.ask()
        # Calls go to one desk only; its other screens hear of them from here.
        self._context.changes.gather(frozenset({calls_topic(self._context.agent.extension)}))

    def _greet(self, call: LiveCall) -> None:
        if call.direction is not Direction.IN:
            return
        if not is_internal(call):
            self._to_offer.add(call.call_id)
        if call.phase is not Phase.RINGING:
            return
        if call is self._calls.current:  # one that waits is painted when its turn comes
            self._diagnostics.call_rang(call.call_id, call.rang_at)
        if self._context.settings.tone:
            self._sound()

    def _show_current(self) -> None:
        call = self._calls.current
        if call is None:
            return
        self._desk.top_bar.show_call(call.card())
        key = (call.call_id, call.number)
        if self._asked != key:
            self._asked = key
            self._known = None
            self._desk.top_bar.show_caller(None)
            self._jobs.load(caller_card, call.number, on_done=self._on_caller_known, lane="caller")
        elif self._known is not None:
            self._show_caller(call, self._known[1])

    # The caller

    def _ask_who(self, call: LiveCall) -> None:
        self._jobs.load(caller_card, call.number, on_done=self._on_caller_known, lane="caller")

    def _on_customers_touched(self, topics: frozenset[Topic]) -> None:
        """Who calls may have been registered or renamed meanwhile, or right after the call."""
        call = self._calls.current
        if call is None or self._known is None:
            return
        _, known = self._known
        mine = {customer_topic(row.customer_id) for row in known.candidates if row.customer_id}
        if known.customer is None or mine & topics:
            self._ask_who(call)

    def _on_caller_known(self, known: CallerCard) -> None:
        call = self._calls.current
        if call is None or self._asked != (call.call_id, call.number):
            return
        first_look = self._known is None
        self._known = (call.call_id, known)
        self._show_caller(call, known)
        if call.call_id in self._to_offer and call.is_live:
            self._to_offer.discard(call.call_id)
            self._desk.offer_call(offer_of(call, known, self._calls.missed))
        if first_look:
            self._log_look(known)

    def _show_caller(self, call: LiveCall, known: CallerCard) -> None:
        self._desk.top_bar.show_caller(strip_of(call, known, self._calls.waiting))

    def _log_look(self, known: CallerCard) -> None:
        """Whom the strip named; after it was painted, for a log entry costs a commit."""
        seen = [row.customer_id for row in known.candidates if row.customer_id is not None]
        if not seen:
            return
        looks = [LogAccess("show_caller", f"customer/{customer_id}") for customer_id in seen]
        self._jobs.load(log_access, *looks, on_done=self._on_logged, lane=f"log {self._asked}")

    def _on_logged(self, _done: Any) -> None:
        """Nothing to show."""

    @Slot(int)
    def _on_caller_painted(self, call_id: int) -> None:
        self._diagnostics.caller_painted(call_id, self._now())

    # The dock

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        self._history_pace.ask()
        if EVERYTHING in topics:
            self._look_at_links()

    def _load_history(self) -> None:
        extension = self._context.agent.extension
        self._jobs.load(
            _history_of,
            extension,
            self._now(),
            on_done=self._on_history_read,
            on_error=self._on_history_failed,
            lane="history",
        )

    def _on_history_read(self, history: History) -> None:
        rows, as_of = history
        lines = [line_of(row, waits=self._calls.waits(row.call_id)) for row in rows]
        self._desk.call_dock.show_calls(lines, as_of)

    def _on_history_failed(self, error: EtsError) -> None:
        self._desk.call_dock.show_error(error_text(error))

    @Slot(object)
    def _on_dial_requested(self, line: CallLine) -> None:
        """통화 in the dock: the row is masked, the number is not."""
        if not line.digits:
            self._desk.say(self.tr("번호를 알 수 없는 통화입니다."))
        else:
            self._desk.dial(line.digits, DialledFrom(ticket_id=line.ticket_id))

    @Slot(object)
    def _on_handling_requested(self, line: CallLine) -> None:
        self._handling.handle(line.call_id)

    # The links

    @Slot()
    def _look_at_links(self) -> None:
        self._jobs.load(
            link_health, on_done=self._on_links_read, on_error=self._on_links_failed, lane="links"
        )

    def _on_links_read(self, links: tuple[LinkHealth, ...]) -> None:
        up = any(map(is_up, links))
        self._desk.top_bar.show_link("전화연결", up, links_told(links))
        self._desk.call_dock.allow_dialling(up)

    def _on_links_failed(self, error: EtsError) -> None:
        self._desk.top_bar.show_link("전화연결", False, error_text(error))


def _history_of(session: Any, extension: str, now: datetime) -> History:
    return call_history(session, extension, seoul_date(now)), now
