"""The menu of a table: what its keys do, and its columns."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.dial_button import offer_dial

if TYPE_CHECKING:
    from ets_desktop.ui.record_table import RecordTable

#: The window's action 엑셀 저장 by object name; its data is the list meant, none the one in focus.
EXPORT = "export_list"


def export_action(widget: QWidget) -> QAction | None:
    """The 엑셀 저장 of the window around `widget`; None where lists do not leave the program."""
    actions = widget.window().actions()
    return next((action for action in actions if action.objectName() == EXPORT), None)


def fill_menu(menu: QMenu, table: "RecordTable") -> None:
    """복사, 행 복사, 전화 걸기, 엑셀 저장, 열 설정."""
    has_row = table.currentIndex().isValid()
    copy = _entry(menu, "복사", QKeySequence(QKeySequence.StandardKey.Copy), table.copy)
    copy.setEnabled(has_row)
    rows = _entry(menu, "행 복사", QKeySequence("Ctrl+Shift+C"), table.copy_rows)
    rows.setEnabled(has_row)
    dials = any(column.dials is not None for column in table.rows_model.columns)
    call = offer_dial(menu, table) if dials else None
    if call is not None:
        call.setEnabled(has_row)
    export = export_action(table) if table.can_export else None
    if export is not None:
        menu.addSeparator()
        _entry(menu, "엑셀 저장", export.shortcut(), table.export_wanted.emit)
    menu.addSeparator()
    columns = menu.addMenu(translated("열 설정"))
    table.columns.fill_menu(columns)


def _entry(menu: QMenu, title: str, key: QKeySequence, slot: Callable[[], object]) -> QAction:
    action = menu.addAction(translated(title))
    # Only told here: the table hears its keys itself.
    action.setShortcut(key)
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(slot)
    return action
