"""A live LG U+ Centrex line: hears its rings, dials, and asks the history what came of both."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock

from ets_desktop.domain import phone
from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.protocol import Capabilities, OnEvent, Past
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.lgu_centrex.answers import CentrexRefused, Reaction, Row
from ets_desktop.pbx.vendors.lgu_centrex.client import (
    DIAL_PATIENCE_S,
    Courier,
    Outcome,
    Question,
)
from ets_desktop.pbx.vendors.lgu_centrex.history import READERS
from ets_desktop.pbx.vendors.lgu_centrex.ledger import REMEMBERED, Ledger
from ets_desktop.pbx.vendors.lgu_centrex.options import (
    PASSWORD_AGES,
    CentrexOptions,
    read_options,
)
from ets_desktop.pbx.vendors.lgu_centrex.receiver import Ring, hang_up, listen
from ets_desktop.pbx.vendors.lgu_centrex.schedule import DIAL, Schedule
from ets_desktop.pbx.vendors.lgu_centrex.tape import Tape
from ets_desktop.pbx.wire.log import WireLog
from ets_desktop.settings import GatewayLink

log = logging.getLogger(__name__)

#: Seconds in which a phone is not made to ring again after a dial of which no answer came.
DIAL_PAUSE_S = 30.0
#: A line that was up is said to be down once its questions fail for so long.
HICCUP_S = 30.0
TICK_S = 1.0
#: How often another password is looked for once one was refused.
LOOK_S = 5.0
#: How often it is looked how old the password is.
AGE_LOOK_S = 600.0


class CentrexVendor:
    """Everything is worked off in one inbox on the link's thread: rings, answers, wishes to dial.

    Rings are heard from the first `run` to `stop`, also while LG U+ answers no question: a failed
    question ends `run` once, so that its reason is shown, and is asked again later within `run`.
    """

    def __init__(self, link: str, options: CentrexOptions) -> None:
        self._link = link
        self._options = options
        self._account = options.account()
        self._changed_at = options.password_changed_at()
        self._look_at = 0.0
        self._ledger = Ledger(link, options.lines, options.own, datetime.now(UTC))
        self._inbox: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._courier = Courier(link, self._on_outcome)
        self._schedule = Schedule(options)
        self._tape = Tape()
        self._tell: OnEvent = _nobody
        self._announce: Callable[[], None] = _nothing
        self._guard = Lock()
        self._listening = self._stopping = self._up = False
        self._down_for = ""
        self._failing_since: float | None = None
        self._requests: set[str] = set()
        self._may_dial_at = 0.0

    @classmethod
    def of_link(cls, link: GatewayLink, scene: Scene) -> "CentrexVendor":
        """Options: see `read_options`. Raises EtsError `link_option`, `secret_file`."""
        return cls(link.name, read_options(link))

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            dials=bool(self._options.own), sees_answers=False, sees_holds=False, names_calls=False
        )

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        """Returns when stopped. Raises CentrexRefused, Unavailable `centrex_…`, EtsError."""
        self._tell, self._announce = on_event, on_up
        self._pass_on(self._ledger.grow_old(datetime.now(UTC)))
        with self._guard:
            if self._stopping:
                return
            self._open()
        try:
            self._work_off()
        finally:
            self._up = False

    def warning(self) -> str:
        """The password is about to expire: it was put where it is long ago."""
        ages = self._changed_at is not None and datetime.now(UTC) - self._changed_at > PASSWORD_AGES
        return "centrex_password_ages" if ages else ""

    @property
    def looks_back(self) -> timedelta:
        return REMEMBERED

    def remember(self, past: Past) -> None:
        self._ledger.remember(past)

    def record_to(self, wire: WireLog) -> None:
        self._tape.begin(wire, self._options, lambda: not self._ledger.legs_under_way())

    def legs_under_way(self) -> frozenset[str]:
        return self._ledger.legs_under_way()

    def stop(self) -> None:
        with self._guard:
            if self._listening and not self._stopping:
                options = self._options
                hang_up(options.listen_host, options.listen_port, options.path)
                self._courier.close()
            self._stopping = True
        self._inbox.put(None)

    def dial(self, extension: str, number: str, request_id: str) -> None:
        """As the protocol says; also raises Unavailable `centrex_dialling` while the own phone may
        still ring for an earlier wish. Returns before the phone was lifted."""
        digits = phone.digits_of(number)
        with self._guard:
            if request_id in self._requests:
                return
            if not self._up or extension != self._options.own or digits is None:
                raise Unavailable("cannot_dial", link=self._link)
            if time.monotonic() < self._may_dial_at:
                raise Unavailable("centrex_dialling", link=self._link)
            self._may_dial_at = float("inf")
            self._requests.add(request_id)
        self._inbox.put(partial(self._dial, digits, request_id))

    def _open(self) -> None:
        """Raises Unavailable `centrex_callback_port`."""
        if not self._listening:
            options = self._options
            listen(options.listen_host, options.listen_port, options.path, self._on_ring)
            self._listening = True
            self._courier.start()

    def _work_off(self) -> None:
        while True:
            dialled = self._ledger.awaits_dialled
            question = self._schedule.next(time.monotonic(), awaits_dialled=dialled)
            if question is not None:
                self._ask(question)
            try:
                work = self._inbox.get(timeout=TICK_S)
            except Empty:
                work = self._grow_older
            if work is None:
                return
            work()

    def _ask(self, question: Question) -> None:
        self._tape.ask(question)
        self._courier.send(self._account, question)

    def _on_ring(self, ring: Ring) -> None:
        """On the receiver's thread."""
        self._tape.ring(ring)
        self._inbox.put(partial(self._ring, ring, datetime.now(UTC)))

    def _on_outcome(self, question: Question, outcome: Outcome) -> None:
        """On the courier's thread."""
        self._tape.answer(question, outcome)
        self._inbox.put(partial(self._take, question, outcome))

    def _ring(self, ring: Ring, at: datetime) -> None:
        self._pass_on(self._ledger.ring(ring, at))

    def _dial(self, number: str, request_id: str) -> None:
        self._tape.dial(number, request_id)
        self._pass_on((self._ledger.dial(request_id, number, datetime.now(UTC)),))
        fields = {"destnumber": number}
        wish = Question(DIAL, fields, patience_s=DIAL_PATIENCE_S, about=request_id)
        self._ask(wish)

    def _grow_older(self) -> None:
        self._pass_on(self._ledger.grow_old(datetime.now(UTC)))
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + (LOOK_S if self._schedule.halted else AGE_LOOK_S)
            self._look_at_password()

    def _look_at_password(self) -> None:
        """A refused one is not tried again; one that was put in its place meanwhile is."""
        self._changed_at = self._options.password_changed_at()
        if not self._schedule.halted:
            return
        try:
            account = self._options.account()
        except EtsError:
            return  # it is being written
        if account != self._account:
            self._account = account
            self._schedule.halted = False

    def _take(self, question: Question, outcome: Outcome) -> None:
        if question.operation == DIAL:
            self._take_dialled(question.about, outcome)
        elif isinstance(outcome, EtsError):
            self._schedule.failed(time.monotonic())
        else:
            self._take_rows(question.operation, outcome)
        if isinstance(outcome, EtsError):
            self._react(question.operation, outcome)

    def _take_rows(self, operation: str, rows: tuple[Row, ...]) -> None:
        read = READERS.get(operation)
        if read is not None:
            past = (row for row in map(read, rows) if row is not None)
            self._pass_on(self._ledger.reconcile(past, datetime.now(UTC)))
        self._failing_since = None
        known = self._schedule.answered(operation, rows, time.monotonic())
        if known and not self._up and not self._schedule.halted:
            self._up, self._down_for = True, ""
            self._announce()

    def _take_dialled(self, request_id: str, outcome: Outcome) -> None:
        """An answer comes once the own phone was lifted; without one it may still ring."""
        now, pause_s = datetime.now(UTC), 0.0
        if not isinstance(outcome, EtsError):
            self._pass_on(self._ledger.lifted(request_id, now))
        elif isinstance(outcome, Unavailable) and outcome.ambiguous:
            self._ledger.unsure(request_id, now)
            pause_s = DIAL_PAUSE_S
        else:
            self._pass_on(self._ledger.refused(request_id, now))
        with self._guard:
            self._may_dial_at = time.monotonic() + pause_s

    def _react(self, operation: str, error: EtsError) -> None:
        """Raises `error` when the link is down by it and does not say so yet."""
        log.warning("link %s: %s: %s", self._link, operation, error)
        reaction = error.reaction if isinstance(error, CentrexRefused) else Reaction.RETRY
        if operation == DIAL and reaction is not Reaction.HALT:
            return  # its leg has told
        now = time.monotonic()
        self._failing_since = self._failing_since or now
        if reaction is not Reaction.RETRY:
            self._schedule.halted, self._look_at = True, 0.0
        elif self._up and now - self._failing_since < HICCUP_S:
            return
        if error.code != self._down_for:
            self._down_for = error.code
            raise error

    def _pass_on(self, events: Iterable[LegEvent]) -> None:
        for event in events:
            self._tell(event)


def _nobody(event: LegEvent) -> None:
    """Before the first run nothing happens that anybody could be told."""


def _nothing() -> None:
    """As `_nobody`."""
