"""검수 of the lines in hand: 비고 and what was found, kept by line until it is saved."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ets_desktop.domain.claim_requests import NOTE_LIMIT
from ets_desktop.domain.claims import Inspection
from ets_desktop.domain.photos import with_photos
from ets_desktop.queries.claim_detail import ClaimLineRow
from ets_desktop.ui.claim_labels import INSPECTIONS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.returned_parcels.photos import PhotoLine
from ets_desktop.ui.widgets.fields import TextField, label_for

NOTE = "비고"


class InspectionStrip(QWidget):
    """What is typed of a line stays with it until it is saved, whatever parcel comes between."""

    #: Inspection
    inspected = Signal(object)
    #: claim_line_id of a line that got another photo
    photographed = Signal(int)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._lines: tuple[ClaimLineRow, ...] = ()
        self._typed: dict[int, str] = {}
        self._showing = False
        self._taken: dict[int, tuple[str, ...]] = {}
        self._note = TextField(NOTE, maximum=NOTE_LIMIT)
        self._buttons: dict[Inspection, QPushButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._line.addWidget(label_for(NOTE, self._note))
        self._line.addWidget(self._note, 1)
        for inspection in Inspection:
            self._add_button(inspection)
        self.photo_line = PhotoLine(context)
        self._line.addWidget(self.photo_line)
        self._note.textChanged.connect(self._on_note_changed)
        self.photo_line.added.connect(self._on_photos_added)

    def _add_button(self, inspection: Inspection) -> None:
        button = QPushButton(translated(INSPECTIONS[inspection], inspection))
        button.setAutoDefault(False)
        button.clicked.connect(self._on_clicked)
        self._buttons[inspection] = button
        self._line.addWidget(button)

    def buttons(self) -> dict[str, QPushButton]:
        """By the ids of their actions."""
        inspecting = {f"inspect_{code}": button for code, button in self._buttons.items()}
        photos = self.photo_line
        return inspecting | {"add_photo": photos.add_button, "show_photos": photos.show_button}

    def note_of(self, line: ClaimLineRow) -> str:
        """What was typed of it, else what is saved; one text for several is typed of them all."""
        return self._typed.get(line.claim_line_id, line.inspection_note)

    def photos_of(self, line: ClaimLineRow) -> tuple[str, ...]:
        """Those that are saved, and those that will be with its inspection."""
        return with_photos(line.photos, self._taken.get(line.claim_line_id, ()))

    def take_lines(self, lines: tuple[ClaimLineRow, ...], *, possible: bool) -> None:
        """The lines in hand; what was typed of them comes back. `possible`: may be inspected."""
        self._lines = lines
        notes = {self.note_of(line) for line in lines}
        note = notes.pop() if len(notes) == 1 else ""
        if self._note.text() != note and not self._note.is_composing:
            self._showing = True
            self._note.setText(note)
            self._showing = False
        self._note.setEnabled(possible)
        for button in self._buttons.values():
            button.setEnabled(possible)
        # Photos are of one thing.
        one = lines[0] if len(lines) == 1 else None
        photos = () if one is None else self.photos_of(one)
        about = None if one is None else one.claim_line_id
        self.photo_line.show_photos(photos, about, possible=possible and one is not None)

    def forget(self, lines: tuple[ClaimLineRow, ...]) -> None:
        """They are saved."""
        for line in lines:
            self._typed.pop(line.claim_line_id, None)
            self._taken.pop(line.claim_line_id, None)

    @Slot(str)
    def _on_note_changed(self, text: str) -> None:
        """Typed, or set by an assistive tool; what is shown by itself is nobody's typing."""
        for line in () if self._showing else self._lines:
            self._typed[line.claim_line_id] = text

    @Slot(object, object)
    def _on_photos_added(self, line_id: int, photos: tuple[str, ...]) -> None:
        self._taken[line_id] = photos
        self.photographed.emit(line_id)

    @Slot()
    def _on_clicked(self) -> None:
        pressed = next(code for code, button in self._buttons.items() if button is self.sender())
        self.inspected.emit(pressed)
