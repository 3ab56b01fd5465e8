"""Tabs that stand still while a text on one of their pages changes its length."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

_CORNERS = (Qt.Corner.TopLeftCorner, Qt.Corner.TopRightCorner)


class SteadyTabs(QTabWidget):
    """Qt lays tabs out and paints them with all that is on them (the whole window, for its own
    tabs) each time something on a page may have another size; only bar and corners can need it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._laid_out: tuple[QSize, ...] = ()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            sizes = self._sizes_around()
            if sizes == self._laid_out:
                # Who is above still has to know what the page needs.
                self.updateGeometry()
                return True
            self._laid_out = sizes
        return super().event(event)

    def _sizes_around(self) -> tuple[QSize, ...]:
        """Of everything beside the pages."""
        corners = (self.cornerWidget(corner) for corner in _CORNERS)
        shown = (corner for corner in corners if corner is not None and not corner.isHidden())
        return (self.tabBar().sizeHint(), *(corner.sizeHint() for corner in shown))
