"""고객여정: everything that happened with the customer, on one line of time."""

from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.queries.journey.reading import journey_of
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.journey_words import entry_of
from ets_desktop.ui.labels import JOURNEY_EVENTS, word
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.timeline_panel import TimelinePanel
from ets_desktop.ui.widgets.marks import mark_icon

TITLE = "고객여정"

Asked = tuple[Whose, frozenset[str]]


def events_asked(
    session: Any, asked: Asked, after: tuple[object, ...] | None, size: int
) -> Page[JourneyRow]:
    """A page of what happened with one customer, of the kinds that are ticked."""
    whose, events = asked
    return journey_of(session, whose, after, size, events)


class JourneyPage(QWidget):
    """A box for each kind of event, with its mark, is filter and legend at once."""

    #: JourneyRow with a ticket or an order behind it
    row_chosen = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._whose: Whose | None = None
        self.panel: TimelinePanel[JourneyRow] = TimelinePanel(TITLE, entry_of)
        self.rows: PagedList[JourneyRow] = PagedList(
            context.jobs(self), self.panel, events_asked, TITLE
        )
        self.kinds = {event: QCheckBox(word(JOURNEY_EVENTS, event)) for event in JOURNEY_EVENTS}
        self._lay_out()
        self._show_marks()
        for box in self.kinds.values():
            box.setChecked(True)
            box.toggled.connect(self._on_kinds_changed)
        self.panel.timeline.entry_opened.connect(self.row_chosen)

    def _lay_out(self) -> None:
        for box in self.kinds.values():
            self.panel.add_tool(box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)

    def show_whose(self, whose: Whose | None) -> None:
        """Of this customer or number from now on; None empties the line."""
        self._whose = whose
        self.rows.show_key(None if whose is None else (whose, self._ticked()))

    def ticket_ids(self) -> set[int]:
        """The tickets behind the entries that are shown."""
        behind = (entry.behind for entry in self.panel.timeline.entries.entries)
        rows = (row for row in behind if isinstance(row, JourneyRow))
        return {row.ticket_id for row in rows if row.ticket_id is not None}

    def _ticked(self) -> frozenset[str]:
        return frozenset(event for event, box in self.kinds.items() if box.isChecked())

    def _show_marks(self) -> None:
        for event, box in self.kinds.items():
            box.setIcon(mark_icon(event, self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "kinds"):
            self._show_marks()

    @Slot()
    def _on_kinds_changed(self) -> None:
        self.show_whose(self._whose)
