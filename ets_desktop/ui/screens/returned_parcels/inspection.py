"""검수 of the lines in hand: 비고 and what was found, kept by line until it is saved."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ets_desktop.domain.claim_requests import NOTE_LIMIT
from ets_desktop.domain.claims import Inspection
from ets_desktop.queries.claim_detail import ClaimLineRow
from ets_desktop.ui.claim_labels import INSPECTIONS
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import TextField, label_for

NOTE = "비고"


class InspectionStrip(QWidget):
    """What is typed of a line stays with it until it is saved, whatever parcel comes between."""

    #: Inspection
    inspected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ClaimLineRow, ...] = ()
        self._typed: dict[int, str] = {}
        self._note = TextField(NOTE, maximum=NOTE_LIMIT)
        self._buttons: dict[Inspection, QPushButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._line.addWidget(label_for(NOTE, self._note))
        self._line.addWidget(self._note, 1)
        for inspection in Inspection:
            self._add_button(inspection)
        self._note.textEdited.connect(self._on_note_edited)

    def _add_button(self, inspection: Inspection) -> None:
        button = QPushButton(translated(INSPECTIONS[inspection], inspection))
        button.setAutoDefault(False)
        button.clicked.connect(self._on_clicked)
        self._buttons[inspection] = button
        self._line.addWidget(button)

    def buttons(self) -> dict[str, QPushButton]:
        """By the ids of their actions."""
        return {f"inspect_{code}": button for code, button in self._buttons.items()}

    @property
    def note(self) -> str:
        return self._note.text()

    def take_lines(self, lines: tuple[ClaimLineRow, ...], *, possible: bool) -> None:
        """The lines in hand; what was typed of them comes back."""
        self._lines = lines
        first = lines[0] if lines else None
        note = "" if first is None else self._typed.get(first.claim_line_id, first.inspection_note)
        if self._note.text() != note and not self._note.is_composing:
            self._note.setText(note)
        self._note.setEnabled(possible)
        for button in self._buttons.values():
            button.setEnabled(possible)

    def forget(self, lines: tuple[ClaimLineRow, ...]) -> None:
        """They are saved."""
        for line in lines:
            self._typed.pop(line.claim_line_id, None)

    @Slot(str)
    def _on_note_edited(self, text: str) -> None:
        for line in self._lines:
            self._typed[line.claim_line_id] = text

    @Slot()
    def _on_clicked(self) -> None:
        pressed = next(code for code, button in self._buttons.items() if button is self.sender())
        self.inspected.emit(pressed)
