"""What tests of search screens do: find controls by name, ask, read the list."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.fields import FieldError


def shown(screen: Any, steps: Any, qtbot: QtBot) -> Any:
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    steps.run()
    return screen


def find(screen: QWidget, kind: type[Any], name: str) -> Any:
    """The control of that accessible name."""
    return next(each for each in screen.findChildren(kind) if each.accessibleName() == name)


def button(screen: QWidget, label: str) -> QPushButton:
    return next(each for each in screen.findChildren(QPushButton) if each.text() == label)


def panel(screen: QWidget, name: str) -> TablePanel[Any]:
    return next(
        each for each in screen.findChildren(TablePanel) if each.table.accessibleName() == name
    )


def ask(screen: QWidget, steps: Any) -> None:
    button(screen, "조회").click()
    steps.run()


def ask_for(screen: QWidget, steps: Any, label: str, wanted: str) -> None:
    find(screen, QLineEdit, label).setText(wanted)
    ask(screen, steps)


def cells(panel: TablePanel[Any], title: str) -> list[str]:
    column = [each.title for each in panel.model.columns].index(title)
    return [panel.model.texts(number)[column] for number in range(panel.model.rowCount())]


def select_every_row(panel: TablePanel[Any], qtbot: QtBot) -> None:
    """Ctrl+A, and Ctrl let go: Qt would toggle what the next test selects."""
    qtbot.keyClick(panel.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.table, Qt.Key.Key_F13)


def wait_for_cells(
    panel: TablePanel[Any], title: str, wanted: list[str], steps: Any, qtbot: QtBot
) -> None:
    """What was changed appears by itself, as soon as the pace of reading allows."""

    def is_there() -> bool:
        steps.run()
        return cells(panel, title) == wanted

    qtbot.waitUntil(is_there)


def error(screen: QWidget, label: str) -> str:
    told = find(screen, FieldError, f"{label} 오류")
    return told.text() if not told.isHidden() else ""


def found(screen: QWidget) -> str:
    return str(find(screen, QLabel, "검색 건수").text())


def access_log(database: Database) -> list[tuple[Any, ...]]:
    def read(session: Session) -> list[tuple[Any, ...]]:
        rows = session.execute(
            text("SELECT login, action, subject, condition, row_count FROM access_log ORDER BY id")
        )
        return [tuple(row) for row in rows]

    return database.call(read)
