"""The main window of spec 10: top bar, menus, tabs, dock, status line."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenuBar, QVBoxLayout, QWidget

from ets_desktop.ui.call_dock import NARROWEST
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.help import HelpDialog
from ets_desktop.ui.language_choice import LanguageChoice
from ets_desktop.ui.list_age import AWAY, ListAge
from ets_desktop.ui.menus import fill_menus
from ets_desktop.ui.operations.click_to_call import ClickToCall
from ets_desktop.ui.operations.exporting import ListExport
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.recent import RecentThing, RecentThings
from ets_desktop.ui.registry import SCREENS, ScreenEntry
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.shortcuts import WINDOW, ActionEntry
from ets_desktop.ui.tabs import ScreenTabs
from ets_desktop.ui.widgets.side_dialog import side_dialogs
from ets_desktop.ui.window_desk import WindowDesk

TITLE = "ETS Desktop"
MINIMUM = (1280, 800)
#: From this width on the dock shows a call's customer and ticket without scrolling.
ROOMY, _DOCK = 1500, 350


class MainWindow(QMainWindow):
    """`desk` is the one in `context`; the window shows what it holds and does what it wishes."""

    #: every screen let go, the state is kept: the program may close its parts
    closing = Signal()

    def __init__(
        self,
        context: UiContext,
        desk: WindowDesk,
        diagnostics: Diagnostics,
        entries: Sequence[ScreenEntry] = SCREENS,
    ) -> None:
        super().__init__()
        self._context = context
        self._desk = desk
        self._diagnostics = diagnostics
        self._may_close = False
        self._asking = False
        self._entries = tuple(entry for entry in entries if entry.is_for(context.agent))
        self.tabs = ScreenTabs(context, self._entries)
        self._recent = RecentThings(context, self)
        self._menu_bar = QMenuBar()
        self._lay_out()
        self._wire()
        self._bind_actions()
        languages = LanguageChoice(context.state, desk.say, self)
        fill_menus(self._menu_bar, desk.actions, self._tab_actions(), languages.actions())
        self._restore()
        if self._entries:
            self.tabs.start(self._entries[0].id)

    def _lay_out(self) -> None:
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*MINIMUM)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._desk.top_bar)
        column.addWidget(self._menu_bar)
        self._menu_bar.setNativeMenuBar(False)
        self.setMenuWidget(above)
        self.setCentralWidget(self.tabs)
        self.setStatusBar(self._desk.status_line)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._desk.call_dock)
        agent = self._context.agent
        self._desk.top_bar.show_agent(agent.name, agent.extension)
        self._desk.top_bar.setEnabled(not agent.in_warehouse)

    def _wire(self) -> None:
        desk, line, dock = self._desk, self._desk.status_line, self._desk.call_dock
        desk.tab_wanted.connect(self._on_tab_wanted)
        self.tabs.screen_built.connect(self._on_screen_built)
        desk.count_changed.connect(self.tabs.show_count)
        desk.top_bar.link_changed.connect(self._on_link_changed)
        dock.visibilityChanged.connect(self._on_dock_visibility_changed)
        line.dock_toggled.connect(dock.setVisible)
        self._context.hub.error_untold.connect(desk.tell)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _bind_actions(self) -> None:
        actions, bar = self._desk.actions, self._desk.top_bar
        slots = {
            "help": self._show_help,
            "diagnostics": self._show_diagnostics,
            "take_call": self._desk.take_shown_call,
            "find_customer": bar.focus_customer_search,
            "palette": self._show_palette,
            "my_approvals": self._show_my_approvals,
            "side_dialog": self._step_aside,
            "call_history": self._toggle_dock,
            "next_tab": self._show_next_tab,
            "previous_tab": self._show_previous_tab,
            "quit": self.close,
        }
        for action_id, slot in slots.items():
            actions.bind(action_id, self, slot, window=True)
        for action_id, button in (bar.buttons() | self._desk.call_dock.buttons()).items():
            actions.bind_button(action_id, button, self)
        bar.buttons()["recent_customers"].clicked.connect(self._recent.show_customers)
        actions.bind_button("undo_clear", self._desk.status_line.undo_button, self)
        ListExport(self._context, self)
        ClickToCall(self._context, self)
        for action_id, button in self._desk.notices.buttons().items():
            actions.bind_button(action_id, button, self)

    def _tab_actions(self) -> list[tuple[tuple[str, ...], QAction]]:
        """An action for each tab, in the list of F1 and Ctrl+K too."""
        pairs = []
        for entry in self._entries:
            self._desk.actions.add(ActionEntry(entry.id, entry.title, entry.shortcut, WINDOW))
            action = self._desk.actions.bind(
                entry.id, self, _TabOpener(self, self.tabs, entry.id).open, window=True
            )
            pairs.append((entry.menus, action))
        return pairs

    # State

    def _restore(self) -> None:
        state = self._context.state
        if not self.restoreGeometry(state.blob("window/geometry")):
            # Not self.screen(): its wrapper takes the screen itself along when the window is freed.
            room = QApplication.primaryScreen().availableSize()
            self.resize(min(1600, room.width()), min(900, room.height()))
        if not self.restoreState(state.blob("window/docks")):
            # On a small screen the form needs the room more.
            width = _DOCK if self.width() >= ROOMY else NARROWEST
            self.resizeDocks([self._desk.call_dock], [width], Qt.Orientation.Horizontal)
        if self._context.agent.in_warehouse:
            self._desk.call_dock.hide()
        self._desk.status_line.mark_dock(not self._desk.call_dock.isHidden())

    def _keep(self) -> None:
        state = self._context.state
        state.set_blob("window/geometry", self.saveGeometry())
        if not self._context.agent.in_warehouse:
            state.set_blob("window/docks", self.saveState())
        state.save()

    # Leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        """Every screen is asked; whichever does not let go keeps the window open."""
        if not self._may_close:
            self._asking = True
            self._leave(list(self.tabs.screens()))
            self._asking = False
        if self._may_close:
            self._keep()
            self.closing.emit()
            event.accept()
        else:
            event.ignore()

    def put_away(self) -> None:
        """The session is over: out of sight at once with all that hangs on it; nothing is asked,
        for the journal has what is unsaved."""
        self._may_close = True
        self._keep()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for dialog in self.findChildren(QDialog):
            dialog.hide()
        self.hide()

    def end_without_asking(self, then: Callable[[], object]) -> None:
        """The program is told to end: every screen keeps what is unsaved, then `then` is called."""
        self._abandon(list(self.tabs.screens()), then)

    def _abandon(self, screens: list[Screen], then: Callable[[], object]) -> None:
        if not screens:
            self._keep()
            then()
            return
        first, rest = screens[0], screens[1:]
        first.abandon(lambda: self._abandon(rest, then))

    def _leave(self, screens: list[Screen]) -> None:
        if not screens:
            self._may_close = True
            # Qt ignores a close() inside closeEvent, which then accepts itself.
            if not self._asking:
                self.close()
            return
        first, rest = screens[0], screens[1:]
        first.leave(lambda: self._leave(rest))

    # Slots

    @Slot(str)
    def _on_tab_wanted(self, screen_id: str) -> None:
        """A screen wants it: the typing goes on there, unless it is outside the tabs."""
        focus = QApplication.focusWidget()
        elsewhere = focus is not None and not self.tabs.isAncestorOf(focus)
        screen = self.tabs.open(screen_id)
        if not elsewhere and not (focus is not None and screen.isAncestorOf(focus)):
            screen.take_focus()

    @Slot(str, bool)
    def _on_link_changed(self, label: str, alive: bool) -> None:
        """Every list says at once whether it still follows what happens (spec 20)."""
        if label == "DB":
            self.setProperty(AWAY, not alive)
            for age in self.findChildren(ListAge):
                age.tell()

    @Slot(bool)
    def _on_dock_visibility_changed(self, _visible: bool) -> None:
        self._desk.status_line.mark_dock(not self._desk.call_dock.isHidden())

    @Slot()
    def _on_screen_built(self) -> None:
        """Tab goes on from a screen to the dock and the status line, not the other way round."""
        dock: list[QWidget] = []
        line: list[QWidget] = []
        previous: QWidget = self.tabs
        for widget in _focus_chain(self.tabs):
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            if self._desk.call_dock.isAncestorOf(widget):
                dock.append(widget)
            elif self._desk.status_line.isAncestorOf(widget):
                line.append(widget)
            elif self.tabs.isAncestorOf(widget):
                previous = widget
        for widget in (*dock, *line):
            QWidget.setTabOrder(previous, widget)
            previous = widget

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """An unpinned dock goes away once the work goes on elsewhere in this window."""
        if not hasattr(self, "_desk"):
            # Python has freed it already; Qt takes the focus from what is left.
            return
        dock = self._desk.call_dock
        if dock.is_pinned or dock.isHidden() or new is None or new.window() is not self:
            return
        if not dock.isAncestorOf(new):
            dock.hide()

    @Slot(QAction)
    def _on_action_chosen(self, action: QAction) -> None:
        action.trigger()

    @Slot(object)
    def _on_recent_chosen(self, thing: RecentThing) -> None:
        thing.open()

    def _toggle_dock(self) -> None:
        dock = self._desk.call_dock
        dock.setVisible(dock.isHidden())
        if not dock.isHidden():
            dock.take_focus()

    def _step_aside(self) -> None:
        """Into 콜백 결과 or 폭언 안내 by keyboard; any other key leads back."""
        beside = side_dialogs(self)
        if beside:
            beside[-1].activateWindow()
        else:
            self._desk.say(self.tr("옆에 열린 창이 없습니다."))

    def _show_next_tab(self) -> None:
        self.tabs.step(1)

    def _show_previous_tab(self) -> None:
        self.tabs.step(-1)

    def _show_help(self) -> None:
        self._open_help(measurements=False)

    def _show_diagnostics(self) -> None:
        self._open_help(measurements=True)

    def _open_help(self, *, measurements: bool) -> None:
        dialog = HelpDialog(self._desk.actions, self._diagnostics, self, measurements=measurements)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_my_approvals(self) -> None:
        # Not before somebody looks: the list comes with it.
        from ets_desktop.ui.operations.my_approvals import MyApprovalsDialog

        MyApprovalsDialog(self._context, self).show()

    def _show_palette(self) -> None:
        palette = Palette(self._desk.actions, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.action_chosen.connect(self._on_action_chosen, Qt.ConnectionType.QueuedConnection)
        palette.recent_chosen.connect(self._on_recent_chosen, Qt.ConnectionType.QueuedConnection)
        self._recent.read(palette.show_recent)
        palette.open()


def _focus_chain(first: QWidget) -> Iterator[QWidget]:
    """What follows `first`, around to it."""
    widget = first.nextInFocusChain()
    while widget is not None and widget is not first:
        yield widget
        widget = widget.nextInFocusChain()


class _TabOpener(QWidget):
    """Opens one tab and puts the cursor where its typing goes."""

    def __init__(self, window: QWidget, tabs: ScreenTabs, screen_id: str) -> None:
        super().__init__(window)
        self.hide()
        self._tabs = tabs
        self._screen_id = screen_id

    def open(self) -> None:
        self._tabs.open(self._screen_id).take_focus()
