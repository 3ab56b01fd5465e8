"""The seat of one logged-in agent: database, feed, telephone, window.

Imported once the login window is up, for the drivers come with it.
"""

import logging
import platform
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ets_desktop.db.engine import Database
from ets_desktop.db.feed import Feed, FeedState
from ets_desktop.db.server import Server, require_current_schema
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.agents import AgentSession
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.local.journal import FOLDER, DeskJournal, owner_of
from ets_desktop.paths import Paths, paths
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.duty import BeAtDesk, leave_desk
from ets_desktop.services.sessions import EndSession, end_session
from ets_desktop.settings import ArsDoor, Settings
from ets_desktop.ui.agent_news import news_of_claims, news_of_moves, news_of_take_overs
from ets_desktop.ui.approval_news import ApprovalNews
from ets_desktop.ui.call_desk import CallDesk
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.dialling import Dialling
from ets_desktop.ui.duty import AtDesk
from ets_desktop.ui.export_news import ExportNews
from ets_desktop.ui.feed_bridge import FeedBridge
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.journal import JournalNews
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.operations.abuse import AbusiveCalls
from ets_desktop.ui.operations.call_back import CallBack
from ets_desktop.ui.prompts import WindowPrompts
from ets_desktop.ui.reminders import CallbackReminders
from ets_desktop.ui.session import DeskSession
from ets_desktop.ui.transfer_news import TransferNews
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState

#: PostgreSQL cuts what is longer; the feed adds a word.
_LONGEST_NAME = 58
_log = logging.getLogger(__name__)

#: The desk is usable by then.
_SETTLED_MS = 1_000


@dataclass(frozen=True)
class Entrance:
    """A login that worked, and the connections it works over."""

    server: Server
    database: Database
    agent: AgentSession


def enter(server: Server, login: str, password: str) -> Entrance:
    """Log in to the database as that person.

    Raises RuleViolation `login_refused`, `account_disabled`, `no_screens_for_role`,
    `schema_older` or `schema_newer`, NotFound `no_agent_for_login`, Unavailable.
    """
    person = replace(server, owner_url=server.url_as(login, password), is_embedded=False)
    # The access log has it beside the address, which many PCs may share.
    name = f"ETS Desktop @{platform.node()}"[:_LONGEST_NAME]
    database = Database(person.owner_url, application_name=name)
    try:
        if not server.is_embedded:
            require_current_schema(person)
        return Entrance(server, database, database.call(sign_in))
    except BaseException:
        database.close()
        raise


class Seat(QObject):
    """Everything behind one login; built on the GUI thread, closed in two steps by the Desktop."""

    #: the feed lost its connection: the server may be gone
    database_lost = Signal()
    #: nobody is logged in here any more (DeskSession.over)
    session_over = Signal(str)

    def __init__(
        self,
        entrance: Entrance,
        hub: JobHub,
        changes: ChangeBus,
        state: WindowState,
        settings: Settings,
        places: Paths,
    ) -> None:
        super().__init__()
        self._database = entrance.database
        self.desk = WindowDesk(state)
        prompts = WindowPrompts()
        self._journal_news = JournalNews()
        self._journal_news.told.connect(self._on_journal_told)
        self._journal = _journal_of(entrance, places, self._journal_news)
        journal = self._journal
        self.diagnostics = Diagnostics(lambda: journal.key_store)
        self.context = UiContext(
            call=self._database.call,
            hub=hub,
            changes=changes,
            prompts=prompts,
            settings=settings.desk,
            state=state,
            agent=entrance.agent,
            desk=self.desk,
            journal=self._journal,
            couriers=settings.couriers,
        )
        self._bridge = FeedBridge()
        self._feed = self._feed_of(entrance.agent)
        # A central database has its gateway as a service beside it.
        self._gateway = (
            _LocalGateway(entrance.server, settings) if entrance.server.is_embedded else None
        )
        self.window = MainWindow(self.context, self.desk, self.diagnostics)
        prompts.set_parent(self.window)
        _spare_the_window(hub)
        self._attend(changes)

    def _attend(self, changes: ChangeBus) -> None:
        """Who waits for what the telephone, the feed and the window tell."""
        self.calls = CallDesk(self.context, self.desk, self.diagnostics)
        self._bridge.call_events_arrived.connect(self.calls.take_events)
        self._bridge.changes_arrived.connect(changes.gather)
        self._bridge.feed_state_changed.connect(self._on_feed_state_changed)
        self.dialling = Dialling(self.context)
        self.desk.dial_requested.connect(self.dialling.dial)
        self.call_back = CallBack(self.context, self.window)
        self.desk.call_back_requested.connect(self.call_back.dial)
        self.duty = AtDesk(self.context, self.desk)
        self.abuse = AbusiveCalls(self.context, self.window, self.duty.choose)
        self.desk.top_bar.abuse_met.connect(self.abuse.open)
        self.reminders = CallbackReminders(self.context, self.desk)
        self.transfers = TransferNews(self.context, self.desk)
        self.take_overs = news_of_take_overs(self.context, self.desk)
        self.claims = news_of_claims(self.context, self.desk)
        self.moves = news_of_moves(self.context, self.desk)
        self.exports = ExportNews(self.context, self.desk)
        self.approvals = ApprovalNews(self.context, self.desk)
        self.session = DeskSession(self.context, self._is_talking)
        self.session.over.connect(self.session_over)

    def begin(self) -> None:
        """Start to hear calls and changes."""
        self._feed.start()
        if self._gateway is not None:
            self._gateway.start()
        self.session.begin()
        self.duty.begin()
        self.reminders.ask()
        self.transfers.ask()
        self.take_overs.ask()
        self.claims.ask()
        self.moves.ask()
        self.exports.ask()
        self.approvals.ask()
        # The first lists come first.
        QTimer.singleShot(_SETTLED_MS, self._read_house)

    @Slot()
    def _read_house(self) -> None:
        self.context.house.begin(self.context)

    def close_telephone(self) -> None:
        """No call or change arrives any more, and nobody sits here."""
        self.duty.leave()
        self.session.leave()
        self._feed.stop()
        if self._gateway is not None:
            self._gateway.stop()

    def close_database(self) -> None:
        self._journal.close()
        self._database.close()

    def put_away(self, why: str) -> Callable[[], None]:
        """The session is over: out of sight at once. What is left to do waits for the disk and the
        database and is for a thread of its own; `free` comes after it."""
        self.session.stop()
        here = self.duty.stop()
        self.window.put_away()
        return partial(self._close_all, here, self.session.left(why))

    def _close_all(self, here: BeAtDesk, ended: EndSession) -> None:
        """On any thread."""
        self._feed.stop()
        try:
            self._database.call(leave_desk, here)
            self._database.call(end_session, ended)
        except EtsError as error:
            # Of a disabled account, or a database that is away: the beat that fails to come tells.
            _log.info("the end of a session was not told: %s", error.code)
        if self._gateway is not None:
            self._gateway.stop()
        self.close_database()

    def free(self) -> None:
        """GUI thread: whatever hears or ticks ends with its window."""
        for part in (
            *(self.calls, self.dialling, self.duty, self.abuse, self.call_back, self.reminders),
            *(self.transfers, self.take_overs, self.claims, self.moves, self.exports, self.session),
            self.approvals,
            *(self.context.house, self.desk, self._bridge, self._journal_news, self.window, self),
        ):
            part.deleteLater()

    def _is_talking(self) -> bool:
        duty = self.duty.duty
        return duty is not None and duty.state == AgentState.ON_CALL

    def _feed_of(self, agent: AgentSession) -> Feed:
        return Feed(
            self._database.listening_connection,
            agent.extension,
            on_call_events=self._bridge.tell_call_events,
            on_change=self._bridge.tell_changes,
            on_state=self._tell_feed_state,
            on_silence=self._database.hang_up,
        )

    def _tell_feed_state(self, state: FeedState) -> None:
        """On the feed's thread."""
        self._bridge.tell_state(state.connected, state.reason)

    @Slot(str)
    def _on_journal_told(self, code: str) -> None:
        if code:
            self.desk.tell(EtsError(code))
        else:
            self.desk.say(self.tr("쓰던 내용을 다시 이 PC에 보관합니다."))

    @Slot(bool, str)
    def _on_feed_state_changed(self, alive: bool, reason: str) -> None:
        said = "" if alive else error_text(Unavailable(reason))
        self.desk.top_bar.show_link("DB", alive, said)
        if not alive:
            self.session.hear_refusal(reason)
            self.database_lost.emit()


def _spare_the_window(hub: JobHub) -> None:
    """It stays for the day: later collections need not look through it."""
    if hub.garbage is not None:
        hub.garbage.spare_what_is_there()


def _journal_of(entrance: Entrance, places: Paths, news: JournalNews) -> DeskJournal:
    """One for each person on each database; the port of an embedded one is another each time."""
    server = entrance.server
    place = "embedded" if server.is_embedded else server.place
    owner = owner_of(place, entrance.agent.login)
    return DeskJournal(places.state_dir / FOLDER, owner, news.tell)


class _LocalGateway:
    """The gateway of the embedded default, run beside the desk with the owner's connection."""

    def __init__(self, server: Server, settings: Settings) -> None:
        # Not before: the telephone systems of a shop are no business of its desks.
        from ets_desktop.gateway.service import Gateway

        self._database = Database(server.owner_url, application_name="ETS gateway", pool_size=2)
        self._gateway = Gateway(
            self._database, settings.gateway.links, wire_log_mb=settings.gateway.wire_log_mb
        )
        self._ars_door = settings.gateway.ars
        self._ars = ExitStack()

    def start(self) -> None:
        self._gateway.start()
        if self._ars_door is not None:
            self._hear_ars(self._ars_door)

    def _hear_ars(self, door: ArsDoor) -> None:
        from ets_desktop.gateway.ars import ARS_SPOOL, hearing_ars

        spool = paths().state_dir / "gateway" / ARS_SPOOL
        try:
            self._ars.enter_context(hearing_ars(self._database, door, spool))
        except EtsError as error:
            # Its port or its file is another program's; the desk works all the same.
            _log.error("no ARS is heard here: %s", error.code)

    def stop(self) -> None:
        self._ars.close()
        self._gateway.stop()
        self._database.close()
