"""class Desktop: builds everything and closes it in order: telephone, jobs, database.

What the login window does not need is imported after it is shown (spec 90, start time).
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from threading import Event, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QTranslator, Signal, Slot
from PySide6.QtWidgets import QApplication

import ets_desktop.app.plain_imports  # noqa: F401  (before all that follows)
from ets_desktop.app.arguments import Arguments
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.paths import Paths, make_private, paths
from ets_desktop.settings import DatabaseSettings, Settings, load_settings
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.language import KOREAN, LANGUAGE_KEY, translated
from ets_desktop.ui.login import EMBEDDED, Credentials, LoginWindow
from ets_desktop.ui.theme import Theme
from ets_desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from ets_desktop.app.class_building import ClassBuilding
    from ets_desktop.app.ground import Ground
    from ets_desktop.app.seat import Entrance, Seat
    from ets_desktop.ui.errors import CrashReporter
    from ets_desktop.ui.translator import TextTranslator
    from ets_desktop.ui.watchdog import Watchdog

#: How long the last draft may take when the program is told to end.
_ENDING_MS = 5000
#: The journal looks at what was typed within a quarter of a second.
_LAST_KEYSTROKE_MS = 600
#: The longest that a database which says nothing keeps the next login waiting.
_CLOSING_S = 20.0
#: What `Ground` tells, in the words of the login window.
_STAGES = {
    "": "",
    "starting": "데이터베이스를 시작하는 중…",
    "migrating": "데이터베이스를 확인하는 중…",
    "furnishing": "시연 데이터를 채우는 중… (처음 한 번)",
}


class Desktop(QObject):
    """The running program from the login window on."""

    stage_reached = Signal(str)
    #: the seat of a session that is over, closed but for its widgets
    seat_closed = Signal(object)

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        places: Paths,
        demo_orders: int | None = None,
    ) -> None:
        """`demo_orders`: the size of the demo shop in a new embedded database."""
        super().__init__()
        self._application = application
        self._settings = settings
        self._places = places
        self._demo_orders = demo_orders
        self.state = WindowState(make_private(places.state_dir))
        language = self.state.text(LANGUAGE_KEY, KOREAN)
        self._translator: QTranslator | None = _translator(application, language)
        self.theme = Theme(application, settings.desk.theme, settings.desk.font_size)
        self.changes = ChangeBus()
        self.hub = JobHub(self.changes)
        self._ground: Ground | None = None
        self._crashes: CrashReporter | None = None
        self._watchdog: Watchdog | None = None
        self._class_building: ClassBuilding | None = None
        self._seat: Seat | None = None
        self._is_ending = False
        #: Set unless a seat is being closed behind the login window.
        self._may_enter = Event()
        self._may_enter.set()
        self._last_keystroke = QTimer(self)
        self._last_keystroke.setSingleShot(True)
        self._last_keystroke.setInterval(_LAST_KEYSTROKE_MS)
        self._last_keystroke.timeout.connect(self._start_closing)
        self._rest: Callable[[], None] | None = None
        self.login = LoginWindow(self.hub, self._enter, self.state, servers=(self._server_name(),))
        self.login.logged_in.connect(self._on_logged_in)
        self.login.quit_requested.connect(self._on_quit_requested)
        self.stage_reached.connect(self._on_stage_reached)
        self.seat_closed.connect(self._on_seat_closed)

    @property
    def seat(self) -> "Seat | None":
        """What a logged-in agent works with; None at the login window."""
        return self._seat

    def start(self) -> None:
        """Show the login window, then prepare the database behind it."""
        self.login.show()
        QTimer.singleShot(0, self.prepare)

    @Slot()
    def prepare(self) -> None:
        """What the shown login window needs next: hooks for bugs, the ground. Once."""
        if self._ground is not None:
            return
        from ets_desktop.app.class_building import ClassBuilding
        from ets_desktop.app.ground import Ground
        from ets_desktop.logs import configure_logging
        from ets_desktop.ui.errors import CrashReporter
        from ets_desktop.ui.translator import install_qt_korean

        configure_logging("desk", logging.DEBUG if self._settings.desk.debug else logging.INFO)
        if self._settings.desk.debug:
            from ets_desktop.ui.watchdog import Watchdog

            self._watchdog = Watchdog()
        if self._translator is None:
            self._translator = install_qt_korean(self._application)
        self._crashes = CrashReporter(self._places.log_dir, self._tell)
        self._crashes.install()
        self.hub.bug_found.connect(self._crashes.report)
        # Before the first module that a worker loads.
        self._class_building = ClassBuilding()
        self._class_building.begin()
        self._ground = Ground(self._settings, self._places, self._on_stage, self._demo_orders)
        Thread(target=_begin, args=(self._ground, self._on_stage), name="ground").start()

    def enter(self, login: str, password: str) -> None:
        """Log in as 로그인 does; tests and the self-check have no hands."""
        self.login.submit(login, password)

    def end_now(self) -> None:
        """Told to end by the system: what is unsaved becomes a draft, nothing is asked.

        Told twice, or when the database does not take the draft in time, it ends all the same.
        """
        if self._seat is None or self._is_ending:
            self._application.quit()
            return
        self._is_ending = True
        QTimer.singleShot(_ENDING_MS, self._application.quit)
        self._seat.window.end_without_asking(self._application.quit)

    def close(self) -> None:
        """End in order: telephone, jobs, database. Safe to call twice."""
        if self._watchdog is not None:
            self._watchdog.stop()
        if self._class_building is not None:
            self._class_building.end()
        self._start_closing()
        self._may_enter.wait(_CLOSING_S)
        if self._seat is not None:
            self._seat.close_telephone()
        self.hub.shutdown()
        if self._seat is not None:
            self._seat.close_database()
            self._seat = None
        if self._ground is not None:
            self._ground.close()
        if self._crashes is not None:
            self._crashes.uninstall()

    def _server_name(self) -> str:
        url = self._settings.database.url
        return EMBEDDED if url is None else url.rpartition("@")[2].removeprefix("postgresql://")

    def _enter(self, credentials: Credentials) -> "Entrance":
        """On a worker: wait for the ground, then log in."""
        if self._ground is None:
            raise RuntimeError("nobody logs in before the window is shown")
        server = self._ground.server()
        # A quick typist is here first: the window would wait for the modules that are being loaded.
        _load_the_desk()
        from ets_desktop.app.seat import enter
        from ets_desktop.local.refused_logins import RefusedLogins

        # What was typed before is the journal's once that seat is closed.
        self._may_enter.wait(_CLOSING_S)
        refused = RefusedLogins(self._places.state_dir)
        place = "embedded" if server.is_embedded else server.place
        login = credentials.login
        refused.check(place, login)
        try:
            entrance = enter(server, login, credentials.password)
        except RuleViolation as error:
            if error.code == "login_refused":
                refused.note_refusal(place, login)
            raise
        refused.forget(place, login)
        return entrance

    def _on_stage(self, stage: str) -> None:
        """From any thread."""
        if stage.startswith("login "):
            _print_logins(stage.removeprefix("login "))
        else:
            self.stage_reached.emit(stage)

    @Slot(str)
    def _on_stage_reached(self, stage: str) -> None:
        self.login.show_progress(translated(_STAGES[stage]))

    @Slot(object)
    def _on_logged_in(self, entrance: "Entrance") -> None:
        from ets_desktop.app.seat import Seat

        with self.theme.laid_aside():
            self._seat = Seat(
                entrance, self.hub, self.changes, self.state, self._settings, self._places
            )
        self._seat.window.closing.connect(self._application.quit)
        self._seat.database_lost.connect(self._on_database_lost)
        self._seat.session_over.connect(self._on_session_over)
        self._seat.window.show()
        self.login.quit_requested.disconnect(self._on_quit_requested)
        self.login.close()
        self._seat.begin()

    @Slot()
    def _on_database_lost(self) -> None:
        """Nobody else brings back the server that this PC runs for itself."""
        if self._ground is not None and self._settings.database.url is None:
            Thread(target=_revive, args=(self._ground,), name="revive").start()

    @Slot(str)
    def _on_session_over(self, why: str) -> None:
        """Back to the login window at once; the rest is closed once the journal has the last
        keystrokes."""
        seat, self._seat = self._seat, None
        if seat is None or self._is_ending:
            return
        self._may_enter.clear()
        rest = seat.put_away(why)
        self.login.quit_requested.connect(self._on_quit_requested)
        self.login.show()
        self.login.show_notice(EtsError(f"session_{why}"))
        self._rest = partial(self._close_seat, seat, rest)
        self._last_keystroke.start()

    @Slot()
    def _start_closing(self) -> None:
        if self._rest is not None:
            Thread(target=self._rest, name="closing").start()
            self._rest = None

    def _close_seat(self, seat: "Seat", rest: Callable[[], None]) -> None:
        """On a thread of its own."""
        try:
            rest()
        finally:
            self._may_enter.set()
            self.seat_closed.emit(seat)

    @Slot(object)
    def _on_seat_closed(self, seat: "Seat") -> None:
        seat.free()
        # Once Qt has freed it too.
        if self.hub.garbage is not None:
            QTimer.singleShot(0, self.hub.garbage.collect_what_was_spared)

    @Slot()
    def _on_quit_requested(self) -> None:
        self._application.quit()

    def _tell(self, error: EtsError) -> None:
        if self._seat is not None:
            self._seat.desk.tell(error)
        else:
            self.login.show_error(error)


def _translator(application: QApplication, language: str) -> "TextTranslator | None":
    """None in Korean, the language of the code; `prepare` adds Qt's own texts."""
    if language == KOREAN:
        return None
    from ets_desktop.ui.translator import install_language

    return install_language(application, language)


def _begin(ground: "Ground", tell: Callable[[str], None]) -> None:
    """On a thread of its own, while the agent types; a failure is told at 로그인."""
    try:
        ground.server()
    except EtsError as error:
        logging.getLogger(__name__).warning("the database is not ready: %s", error.code)
        tell("")
    # By the time the password is typed.
    _load_the_desk()


def _load_the_desk() -> None:
    """What the desk is made of; twice costs nothing."""
    import_module("ets_desktop.app.seat")
    from ets_desktop.ui.registry import SCREENS

    for entry in SCREENS:
        if entry.at_start:
            import_module(entry.module)


def _revive(ground: "Ground") -> None:
    """On a thread of its own; the desk finds the server again by itself."""
    try:
        ground.revive()
    except EtsError as error:
        logging.getLogger(__name__).warning("the database did not come back: %s", error.code)


def _print_logins(password: str) -> None:
    told = translated(
        "ETS: 시연 로그인 agent101 … agent140, supervisor, admin / 비밀번호 {password}"
    )
    sys.stdout.write(f"{told.format(password=password)}\n")
    sys.stdout.flush()


def settings_with(arguments: Arguments) -> Settings:
    """The settings in force, the command line's wishes over them. Raises SettingsError."""
    settings = load_settings()
    if arguments.database is not None:
        settings = replace(settings, database=DatabaseSettings(arguments.database))
    if arguments.theme is not None:
        settings = replace(settings, desk=replace(settings.desk, theme=arguments.theme))
    return settings


def run_desktop(arguments: Arguments) -> int:
    """Open the desk and stay until it is closed; returns the exit code."""
    places = paths()
    try:
        settings = settings_with(arguments)
    except EtsError as error:
        from ets_desktop.ui.labels import error_text

        sys.stderr.write(f"ets-desktop: {error_text(error)}\n")
        return 2
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ETS Desktop")
    application.setQuitOnLastWindowClosed(False)
    desktop = Desktop(application, settings, places)
    desktop.start()
    from ets_desktop.app.signals import ended_by_signals

    with ended_by_signals(desktop.end_now):
        code = application.exec()
    desktop.close()
    return code
