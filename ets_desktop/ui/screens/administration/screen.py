"""관리: the pages by name at the left, the chosen one beside them."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.administration.page import AdministrationPage
from ets_desktop.ui.screens.administration.pages import PAGES
from ets_desktop.ui.shortcuts import key_text
from ets_desktop.ui.widgets.tips import plain_tip

PAGE_LIST = "관리 항목"
ACCESS, ACCESS_TAB = "접속기록", "access_review"
_WIDTH, _LINE = 150, 26


class AdministrationScreen(Screen):
    """A page is built when it is first chosen, and keeps what is typed while others are shown."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._entries = tuple(entry for entry in PAGES if entry.is_for(context.agent))
        self._built: dict[str, AdministrationPage] = {}
        self._left = QWidget()
        self._list = QListWidget()
        self._stack = QStackedWidget()
        self._access = QPushButton(translated(ACCESS))
        self._lay_out()
        self._list.currentRowChanged.connect(self._on_page_chosen)
        self._list.itemActivated.connect(self._on_page_entered)
        self._access.clicked.connect(self._on_access_clicked)
        self._list.setCurrentRow(0)

    def _lay_out(self) -> None:
        self._list.setAccessibleName(translated(PAGE_LIST))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in self._entries:
            item = QListWidgetItem(translated(entry.title), self._list)
            item.setSizeHint(QSize(0, _LINE))
        self._access.setAutoDefault(False)
        tab = next(entry for entry in SCREENS if entry.id == ACCESS_TAB)
        told = self.tr("접속기록 탭을 엽니다.")
        self._access.setToolTip(plain_tip(f"{told} ({key_text(tab.shortcut)})"))
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._list, 1)
        left.addWidget(self._access)
        for widget in (self._list, self._access):
            widget.setFixedWidth(_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._left)
        row.addWidget(self._stack, 1)

    @property
    def page(self) -> AdministrationPage:
        """The page in front."""
        entry = self._entries[self._list.currentRow()]
        page = self._built.get(entry.id)
        if page is None:
            page = self._built[entry.id] = entry.build(self.context)
            self._stack.addWidget(page)
        return page

    def open_page(self, page_id: str) -> None:
        self._list.setCurrentRow([entry.id for entry in self._entries].index(page_id))

    def take_focus(self) -> None:
        self._list.setFocus()

    def leave(self, then: Callable[[], object]) -> None:
        """Every page that was opened is asked, and shown where it has a question."""
        self._leave(list(self._built.values()), then)

    def _leave(self, pages: list[AdministrationPage], then: Callable[[], object]) -> None:
        if not pages:
            then()
            return
        first, rest = pages[0], pages[1:]
        first.leave(lambda: self._leave(rest, then))

    @Slot(int)
    def _on_page_chosen(self, _number: int) -> None:
        for action in self._left.actions():
            self._left.removeAction(action)
        self._stack.setCurrentWidget(self.page)
        # The keys of the page in front work beside it, too.
        self._left.addActions(self.page.actions())

    @Slot()
    def _on_page_entered(self) -> None:
        self.page.take_focus()

    @Slot()
    def _on_access_clicked(self) -> None:
        self.context.desk.open_tab(ACCESS_TAB)
