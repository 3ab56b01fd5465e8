"""The tabs of the window: built when first opened, counted, movable, their order remembered."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.registry import ScreenEntry
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.theme import RED_ROLE
from ets_desktop.ui.widgets.counted_tabs import name_scrollers
from ets_desktop.ui.widgets.steady_tabs import SteadyTabs

_ORDER_KEY = "window/tab_order"


class _Page(QWidget):
    """The place of a screen until it is built, and around it afterwards."""

    def __init__(self, entry: ScreenEntry) -> None:
        super().__init__()
        self.entry = entry
        self.screen_shown: Screen | None = None
        self.is_red = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 6, 8, 4)

    def put(self, screen: Screen) -> None:
        self.screen_shown = screen
        self.column.addWidget(screen)


class ScreenTabs(SteadyTabs):
    """One page for each entry; a page's screen is made when the tab is first opened."""

    #: screens are there that were not
    screen_built = Signal()

    def __init__(self, context: UiContext, entries: Sequence[ScreenEntry]) -> None:
        super().__init__()
        self._context = context
        self._pages = {entry.id: _Page(entry) for entry in entries}
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        name_scrollers(self.tabBar())
        for screen_id in self._ordered_ids():
            self._add(self._pages[screen_id])
        self.tabBar().tabMoved.connect(self._on_tab_moved)

    def _ordered_ids(self) -> list[str]:
        """The remembered order; tabs it does not know stand where the registry has them."""
        known = [i for i in self._context.state.text(_ORDER_KEY).split(",") if i in self._pages]
        order = list(dict.fromkeys(known))
        for place, screen_id in enumerate(self._pages):
            if screen_id not in order:
                order.insert(place, screen_id)
        return order

    def _add(self, page: _Page) -> None:
        title = translated(page.entry.title)
        number = self.addTab(page, title)
        self.tabBar().setAccessibleTabName(number, title)
        self.setTabToolTip(number, f"{title} ({page.entry.shortcut})")

    def start(self, first: str) -> None:
        """Build what is wanted at start and open the tab `first`."""
        for page in self._pages.values():
            if page.entry.at_start:
                self._make(page)
        self.screen_built.emit()
        self.currentChanged.connect(self._on_current_changed)
        screen = self.open(first)
        self._on_current_changed(self.currentIndex())
        screen.take_focus()

    def open(self, screen_id: str) -> Screen:
        """Bring a tab to the front, building its screen if need be. KeyError for an unknown id."""
        page = self._pages[screen_id]
        screen = self._build(page)
        self.setCurrentWidget(page)
        return screen

    def _build(self, page: _Page) -> Screen:
        if page.screen_shown is None:
            self._make(page)
            self.screen_built.emit()
        assert page.screen_shown is not None
        return page.screen_shown

    def _make(self, page: _Page) -> None:
        page.put(page.entry.build(replace(self._context, place=page)))

    def screens(self) -> tuple[Screen, ...]:
        """Those built so far."""
        return tuple(p.screen_shown for p in self._pages.values() if p.screen_shown is not None)

    def show_count(self, screen_id: str, count: int, red: bool) -> None:
        """담당자관련이력 (7); the accessible name stays without the count (spec 15)."""
        page = self._pages.get(screen_id)
        if page is None:
            return
        number = self.indexOf(page)
        title = translated(page.entry.title)
        self.setTabText(number, f"{title} ({count:,})" if count else title)
        self.tabBar().setAccessibleTabName(number, title)
        page.is_red = red and count > 0
        self._colour(page)

    def _colour(self, page: _Page) -> None:
        colour = self.palette().color(RED_ROLE) if page.is_red else QColor()
        self.tabBar().setTabTextColor(self.indexOf(page), colour)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has another red."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_pages"):
            for page in self._pages.values():
                self._colour(page)

    def step(self, by: int) -> None:
        """The next or previous tab, around the ends."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    @Slot(int)
    def _on_current_changed(self, number: int) -> None:
        page = self.widget(number)
        if isinstance(page, _Page):
            self._build(page).come_to_front()

    @Slot(int, int)
    def _on_tab_moved(self, _from: int, _to: int) -> None:
        pages = (self.widget(number) for number in range(self.count()))
        ids = [page.entry.id for page in pages if isinstance(page, _Page)]
        self._context.state.set_text(_ORDER_KEY, ",".join(ids))
