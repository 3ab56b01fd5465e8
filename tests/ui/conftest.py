"""What UI tests share: jobs run in steps, answered prompts, a desk that writes down."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ets_desktop.domain.agents import AgentSession
from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.settings import DeskSettings
from ets_desktop.ui.call_dock import CallDock
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.desk import TicketForm
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.shortcuts import Actions
from ets_desktop.ui.topbar import TopBar
from ets_desktop.ui.window_state import WindowState


@pytest.fixture(autouse=True)
def no_dialog_is_left() -> Iterator[None]:
    """What one test leaves open would keep the next one's calls out of the form."""
    yield
    dialog = QApplication.activeModalWidget()
    while dialog is not None:
        dialog.hide()
        dialog = QApplication.activeModalWidget()


@pytest.fixture(autouse=True)
def no_key_is_held(qapp: QApplication) -> Iterator[None]:
    """A Ctrl that one test pressed would make the next one's selectRow toggle."""
    yield
    if qapp.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyClick(QWidget(), Qt.Key.Key_F13)


@pytest.fixture(autouse=True)
def nothing_is_left_to_paste(qapp: QApplication) -> Iterator[None]:
    """At its end Qt would free what Python made for the clipboard, without Python."""
    yield
    qapp.clipboard().clear()


class SteppedPool:
    """Keeps jobs until the test wants them run: an order without sleeping."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, number: int = 0) -> None:
        """Run one job on a thread of its own, as the program would, and wait for its end."""
        thread = Thread(target=self.waiting.pop(number))
        thread.start()
        thread.join()

    def start(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def wait(self, milliseconds: int) -> bool:
        while self.waiting:
            self.run()
        return True


class Steps:
    """`run()` works off every job and tells its outcome; `run_next()` one of them."""

    def __init__(self, hub: JobHub, pool: SteppedPool) -> None:
        self.hub = hub
        self.pool = pool

    @property
    def waiting(self) -> int:
        return len(self.pool.waiting)

    def run_next(self, number: int = 0) -> None:
        self.pool.run(number)
        self.hub.deliver_one()

    def run(self) -> None:
        while self.pool.waiting:
            self.run_next()


class AnsweredPrompts:
    """Answers from `answers`, oldest first; `asked` holds what was asked. No answer is an error."""

    def __init__(self) -> None:
        self.answers: list[str | None] = []
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []
        self.notices: list[tuple[str, str]] = []
        #: what stood in the line of text when it was last asked for
        self.text = ""

    def ask(self, title: str, text: str, buttons: tuple[str, ...] = ("Yes", "No")) -> str:
        self.asked.append((title, text, buttons))
        answer = self.answers.pop(0)
        assert answer in buttons
        return answer

    def ask_text(self, title: str, label: str, text: str = "", *, maximum: int = 200) -> str | None:
        self.asked.append((title, label, ("확인", "취소")))
        self.text = text
        return self.answers.pop(0)

    def notify(self, title: str, text: str) -> None:
        self.notices.append((title, text))


class WrittenDesk:
    """A desk that writes down what a screen asked of it, as (verb, arguments)."""

    def __init__(self, state: WindowState) -> None:
        self.top_bar = TopBar()
        self.call_dock = CallDock(state)
        self.actions = Actions()
        self.asked: list[tuple[Any, ...]] = []
        self.form: TicketForm | None = None
        #: what came with the last say
        self.undo: Callable[[], object] | None = None

    def attach_form(self, form: TicketForm) -> None:
        self.form = form

    def open_tab(self, screen_id: str) -> None:
        self.asked.append(("open_tab", screen_id))

    def set_count(self, screen_id: str, count: int | None, *, red: bool = False) -> None:
        self.asked.append(("set_count", screen_id, count, red))

    def load_ticket(self, ticket_id: int) -> None:
        self.asked.append(("load_ticket", ticket_id))

    def load_draft(self, draft_id: UUID) -> None:
        self.asked.append(("load_draft", draft_id))

    def load_customer(self, customer_id: int) -> None:
        self.asked.append(("load_customer", customer_id))

    def take_order(self, order: OrderChoice) -> None:
        self.asked.append(("take_order", order))

    def take_call(self, call_id: int) -> None:
        self.asked.append(("take_call", call_id))

    def retie_call(self, call_id: int) -> None:
        self.asked.append(("retie_call", call_id))

    def dial(self, number: str, about: DialledFrom = NOTHING) -> None:
        self.asked.append(("dial", number) if about == NOTHING else ("dial", number, about))

    def call_back(self, callback_id: int, about: str) -> None:
        self.asked.append(("call_back", callback_id, about))

    def show_waiting(self, count: int) -> None:
        self.asked.append(("show_waiting", count))

    def say(self, message: str, undo: Callable[[], object] | None = None) -> None:
        self.asked.append(("say", message))
        self.undo = undo

    def withdraw(self, message: str) -> None:
        self.asked.append(("withdraw", message))

    def tell(self, error: EtsError) -> None:
        self.asked.append(("tell", error.code))


@pytest.fixture
def changes(qapp: QApplication) -> ChangeBus:
    return ChangeBus()


@pytest.fixture
def steps(changes: ChangeBus) -> Iterator[Steps]:
    """The hub of the test with its stepped pool; `context` uses the same."""
    pool = SteppedPool()
    hub = JobHub(changes, pool)
    yield Steps(hub, pool)
    hub.shutdown()


@pytest.fixture
def prompts() -> AnsweredPrompts:
    return AnsweredPrompts()


@pytest.fixture
def state(tmp_path: Path) -> WindowState:
    return WindowState(tmp_path)


@pytest.fixture
def desk(qapp: QApplication, state: WindowState) -> WrittenDesk:
    return WrittenDesk(state)


@dataclass(frozen=True)
class LeftBehind:
    """What a journal offers at login."""

    forms: tuple[tuple[UUID, Mapping[str, Any]], ...] = ()
    sends: tuple[tuple[UUID, Mapping[str, Any]], ...] = ()
    unreadable: int = 0


class KeptJournal:
    """A journal in memory; `left` is what it offers at login."""

    def __init__(self) -> None:
        self.forms: dict[UUID, Mapping[str, Any]] = {}
        self.sends: dict[UUID, Mapping[str, Any]] = {}
        self.left = LeftBehind()
        self.dropped: list[UUID] = []
        self.disk_is_full = False

    def keep(
        self, form_id: UUID, written: Mapping[str, Any], instead_of: UUID | None = None
    ) -> None:
        self.forms[form_id] = written
        if instead_of is not None:
            self.dropped.append(instead_of)

    def drop(self, form_id: UUID) -> None:
        self.forms.pop(form_id, None)

    def drop_left(self, left_id: UUID) -> None:
        self.dropped.append(left_id)

    def drop_send(self, save_id: UUID) -> None:
        self.sends.pop(save_id, None)

    def store_send(self, save_id: UUID, written: Mapping[str, Any]) -> bool:
        if not self.disk_is_full:
            self.sends[save_id] = written
        return not self.disk_is_full

    def left_over(self) -> LeftBehind:
        return self.left


@pytest.fixture
def journal() -> KeptJournal:
    return KeptJournal()


@pytest.fixture
def agent() -> AgentSession:
    return AgentSession(1, "agent101", "김상담", "101")


def no_database(function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any:
    """A `Call` for screens under test without a database: the function gets no session."""
    return function(None, *args)


@pytest.fixture
def context(
    changes: ChangeBus,
    steps: Steps,
    prompts: AnsweredPrompts,
    state: WindowState,
    desk: WrittenDesk,
    agent: AgentSession,
    journal: KeptJournal,
) -> UiContext:
    """For a screen on the real database: `dataclasses.replace(context, call=database.call)`."""
    return UiContext(
        call=no_database,
        hub=steps.hub,
        changes=changes,
        prompts=prompts,
        settings=DeskSettings(),
        state=state,
        agent=agent,
        desk=desk,
        journal=journal,
    )
