"""A dialog beside the work: one types on in the window while it is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class SideDialog(QDialog):
    """Its window's keys go on working while it has the keyboard: Qt grants that to tool windows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setModal(False)


def side_dialogs(window: QWidget) -> list[SideDialog]:
    """Those that are open beside `window`."""
    return [each for each in window.findChildren(SideDialog) if each.isVisible()]


def come_back(window: QWidget) -> None:
    """A key of `window` was pressed in a dialog beside it: the typing goes on in `window`."""
    if isinstance(QApplication.activeWindow(), SideDialog):
        window.activateWindow()
