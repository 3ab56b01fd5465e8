"""The menus of spec 10, filled from the actions and tabs that exist."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from ets_desktop.ui.language import translated
from ets_desktop.ui.shortcuts import Actions

# Titles in the order of the screen, and the actions in each ("" is a separator). Tabs come by
# themselves, after these, from registry.SCREENS; a menu that would be empty is not shown.
MENUS: dict[str, tuple[str, ...]] = {
    "파일(&F)": ("palette", "help", "", "quit"),
    "고객관리": ("find_customer", "new_customer", "save_customer", "customer_detail"),
    "주문/CS관리": ("take_call",),
    "물류관리": (),
    "실적관리": (),
    "시스템관리": ("diagnostics",),
    "윈도우(&W)": ("call_history", "next_tab", "previous_tab"),
    "언어": (),
}
WINDOW_MENU = "윈도우(&W)"
LANGUAGE_MENU = "언어"


def menu_key(title: str) -> str:
    """A menu's title as registries write it: without the mnemonic, "윈도우"."""
    return title.split("(")[0]


def fill_menus(
    bar: QMenuBar,
    actions: Actions,
    tabs: Iterable[tuple[tuple[str, ...], QAction]],
    languages: Iterable[QAction],
) -> None:
    """`tabs` are (menus, action) pairs; the 윈도우 menu lists every one of them too."""
    menus = {menu_key(title): QMenu(translated(title), bar) for title in MENUS}
    for title, ids in MENUS.items():
        menu = menus[menu_key(title)]
        for action_id in ids:
            action = actions.action(action_id)
            if not action_id:
                menu.addSeparator()
            elif action is not None:
                menu.addAction(action)
    menus[menu_key(WINDOW_MENU)].addSeparator()
    for names, action in tabs:
        for name in (*names, menu_key(WINDOW_MENU)):
            menus[name].addAction(action)
    for language in languages:
        menus[LANGUAGE_MENU].addAction(language)
    for menu in menus.values():
        if not menu.isEmpty():
            bar.addMenu(menu)
