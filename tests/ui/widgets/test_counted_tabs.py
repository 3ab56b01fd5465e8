"""Tabs with numbers: called by their title alone, red when told."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets.counted_tabs import CountedTabs


@pytest.fixture
def tabs(qtbot: QtBot) -> CountedTabs:
    tabs = CountedTabs("담당자관련이력")
    qtbot.addWidget(tabs)
    for title in ("받은 이관", "접수"):
        tabs.add_page(title, QWidget())
    return tabs


def test_the_number_is_seen_but_not_part_of_the_name(tabs: CountedTabs) -> None:
    tabs.set_count("접수", 1234)
    assert tabs.tabText(1) == "접수 (1,234)"
    assert tabs.tabBar().accessibleTabName(1) == "접수"


@pytest.mark.parametrize("count", [0, None])
def test_nothing_is_counted_as_no_number(tabs: CountedTabs, count: int | None) -> None:
    tabs.set_count("접수", 3)
    tabs.set_count("접수", count)
    assert tabs.tabText(1) == "접수"


def test_a_red_tab_is_drawn_red_whatever_the_style_sheet_says(tabs: CountedTabs) -> None:
    palette = tabs.palette()
    palette.setColor(QPalette.ColorRole.BrightText, QColor(255, 0, 0))
    tabs.tabBar().setPalette(palette)
    tabs.setStyleSheet("QTabBar::tab { color: #0000ff; background: #ffffff; }")
    tabs.show()
    assert not shows_red(tabs)
    tabs.set_count("접수", 3, red=True)
    assert tabs.is_red("접수")
    assert not tabs.is_red("받은 이관")
    assert shows_red(tabs)


def test_the_red_mark_moves_with_its_tab(tabs: CountedTabs) -> None:
    tabs.set_count("접수", 3, red=True)
    tabs.tabBar().moveTab(1, 0)
    assert tabs.tabBar().tabData(0) == "red"


def shows_red(tabs: CountedTabs) -> bool:
    image = tabs.tabBar().grab().toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return any(pixel.red() - max(pixel.green(), pixel.blue()) > 100 for pixel in pixels)


def test_a_button_lists_all_tabs_where_there_is_no_room_for_them(
    tabs: CountedTabs, qtbot: QtBot
) -> None:
    tabs.set_count("접수", 3)
    tabs.resize(600, 80)
    tabs.show()
    assert not tabs.all_pages.isVisible()
    tabs.resize(100, 80)
    assert tabs.all_pages.isVisible()
    assert tabs.all_pages.accessibleName() == "모든 탭"
    menu = tabs.all_pages.menu()
    menu.aboutToShow.emit()
    told = [(action.text(), action.isChecked()) for action in menu.actions()]
    assert told == [("받은 이관", True), ("접수 (3)", False)]
    menu.actions()[1].trigger()
    assert tabs.open_title == "접수"


def test_the_arrows_beside_the_tabs_have_korean_names(tabs: CountedTabs) -> None:
    arrows = tabs.tabBar().findChildren(QToolButton)
    assert {arrow.accessibleName() for arrow in arrows} == {"왼쪽 탭으로", "오른쪽 탭으로"}
