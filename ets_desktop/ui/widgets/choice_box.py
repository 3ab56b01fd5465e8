"""A combo box that a screen reader can work without opening it."""

from PySide6.QtCore import QItemSelection, Slot
from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """Selecting a row of the closed list through the accessibility tree chooses it.

    Qt offers the rows there but takes no notice when one is selected. An open list is left alone:
    there the keyboard moves the selection before anything is chosen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._follow_view()

    def _follow_view(self) -> None:
        self.view().selectionModel().selectionChanged.connect(self._on_selection_changed)

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, _gone: QItemSelection) -> None:
        rows = {index.row() for index in selected.indexes()}
        if len(rows) != 1 or self.view().isVisible():
            return
        row = rows.pop()
        if row != self.currentIndex():
            self.setCurrentIndex(row)
            self.activated.emit(row)
