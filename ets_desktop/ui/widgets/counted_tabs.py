"""Tabs that carry a number behind their title, red while something behind them is overdue."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QStyle,
    QStyleOptionTab,
    QTabBar,
    QToolButton,
    QWidget,
)

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.steady_tabs import SteadyTabs

_RED = "red"
_TEXT = QStyle.SubElement.SE_TabBarTabText


def name_scrollers(bar: QTabBar) -> None:
    """Qt calls the arrows beside tabs that have no room in English, whatever the language."""
    left, right = translated("왼쪽 탭으로"), translated("오른쪽 탭으로")
    for name, told in (("ScrollLeftButton", left), ("ScrollRightButton", right)):
        button = bar.findChild(QToolButton, name)
        assert isinstance(button, QToolButton)
        button.setAccessibleName(told)
        button.setToolTip(told)


class CountedTabBar(QTabBar):
    """Draws the titles of red tabs itself: a style sheet overrules `setTabTextColor`."""

    def is_red(self, number: int) -> bool:
        return bool(self.tabData(number) == _RED)

    def set_red(self, number: int, red: bool) -> None:
        """The mark moves with its tab."""
        if red != self.is_red(number):
            self.setTabData(number, _RED if red else None)
            self.update(self.tabRect(number))

    def initStyleOption(self, option: QStyleOptionTab, tabIndex: int) -> None:  # noqa: N803
        super().initStyleOption(option, tabIndex)
        if self.is_red(tabIndex):
            option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.BrightText))
        for number in range(self.count()):
            if self.is_red(number):
                option = QStyleOptionTab()
                super().initStyleOption(option, number)
                place = self.style().subElementRect(_TEXT, option, self)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tabText(number))


class CountedTabs(SteadyTabs):
    """Inner tabs; a tab is called by its title, whatever its number (spec 15).

    Where there is no room for all, a button at their end lists them.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = CountedTabBar(self)
        self._titles: list[str] = []
        name_scrollers(self._bar)
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        self.all_pages = QToolButton(self)
        self._make_button()
        self.setAccessibleName(translated(name))
        self._bar.setAccessibleName(translated(name))

    def _make_button(self) -> None:
        button = self.all_pages
        button.setArrowType(Qt.ArrowType.DownArrow)
        button.setAccessibleName(self.tr("모든 탭"))
        button.setToolTip(self.tr("모든 탭"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(self._on_menu_about_to_show)
        button.setMenu(menu)
        self.setCornerWidget(button, Qt.Corner.TopRightCorner)
        button.hide()

    def add_page(self, title: str, page: QWidget) -> None:
        number = self.addTab(page, translated(title))
        self._titles.append(title)
        self._bar.setAccessibleTabName(number, translated(title))
        self._offer_all_pages()

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self._titles)

    def set_count(self, title: str, count: int | None, *, red: bool = False) -> None:
        """Show `title (count)`; the title alone for None or 0."""
        number = self._titles.index(title)
        shown = translated(title)
        self.setTabText(number, f"{shown} ({count:,})" if count else shown)
        self._bar.set_red(number, red)
        self._offer_all_pages()

    def is_red(self, title: str) -> bool:
        return self._bar.is_red(self._titles.index(title))

    def open_page(self, title: str) -> None:
        self.setCurrentIndex(self._titles.index(title))

    @property
    def open_title(self) -> str:
        return self._titles[self.currentIndex()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_all_pages()

    def _offer_all_pages(self) -> None:
        self.all_pages.setVisible(self._bar.sizeHint().width() > self.width())

    @Slot()
    def _on_menu_about_to_show(self) -> None:
        menu = self.all_pages.menu()
        menu.clear()
        for number in range(self.count()):
            action = menu.addAction(self.tabText(number))
            action.setCheckable(True)
            action.setChecked(number == self.currentIndex())
            action.triggered.connect(partial(self.setCurrentIndex, number))
