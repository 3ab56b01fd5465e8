"""Drop-downs: a code out of a list, a person or a team out of many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.fields import TextField


class CodeChoice(ChoiceBox):
    """Words on the screen, codes behind them; `blank` puts an empty line first."""

    #: chosen by the user, not by `set_code`
    code_chosen = Signal()

    def __init__(
        self,
        label: str,
        words: Mapping[str, str],
        *,
        blank: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(translated(label))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if blank:
            self.addItem("", "")
        for code, word in words.items():
            self.addItem(translated(word, code), code)
        self.activated.connect(self.code_chosen)

    def code(self) -> str:
        value = self.currentData()
        return value if isinstance(value, str) else ""

    def set_code(self, code: str) -> None:
        """Choose `code`; one that a newer program wrote is added as it is."""
        number = self.findData(code)
        if number < 0:
            self.addItem(code, code)
            number = self.count() - 1
        self.setCurrentIndex(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a field must not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CategoryChoice(CodeChoice):
    """세부유형: the names below one ticket type, ids behind them."""

    def __init__(self, label: str) -> None:
        super().__init__(label, {}, blank=True)
        self.setEnabled(False)

    def offer(self, categories: Iterable[tuple[int, str]]) -> None:
        """Another list to choose from; what was chosen is gone unless it stands there too."""
        chosen = self.category_id()
        with QSignalBlocker(self):
            self.clear()
            self.addItem("", None)
            for category_id, name in categories:
                self.addItem(name, category_id)
        self.setEnabled(self.count() > 1)
        self.set_category(chosen, "")

    def category_id(self) -> int | None:
        value = self.currentData()
        return value if isinstance(value, int) else None

    def set_category(self, category_id: int | None, name: str) -> None:
        """`name` is used when the category is no longer offered but the ticket has it."""
        number = 0 if category_id is None else self.findData(category_id)
        if number < 0 and name:
            self.addItem(name, category_id)
            number = self.count() - 1
        self.setCurrentIndex(max(number, 0))


class NameChoice(CodeChoice):
    """A name out of those that there are now, or none."""

    def __init__(self, label: str) -> None:
        super().__init__(label, {}, blank=True)

    def offer(self, names: Iterable[str]) -> None:
        """Another list to choose from; what was chosen stays, also where it is no longer there."""
        chosen = self.code()
        with QSignalBlocker(self):
            self.clear()
            for name in ("", *names):
                self.addItem(name, name)
            self.set_code(chosen)


class TemplateChoice(CodeChoice):
    """상용구: choosing one is an act; afterwards the box is blank again."""

    #: its id
    template_chosen = Signal(int)

    def __init__(self, label: str) -> None:
        super().__init__(label, {}, blank=True)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._on_activated)

    def offer(self, templates: Iterable[tuple[int, str]]) -> None:
        with QSignalBlocker(self):
            self.clear()
            self.addItem("")
            for template_id, title in templates:
                self.addItem(title, template_id)
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in self._places)
        self.view().setMinimumWidth(widest + 40)

    @property
    def _places(self) -> range:
        return range(self.count())

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        template_id = self.itemData(place)
        self.setCurrentIndex(0)
        # Or a screen reader could not choose the same one again.
        self.view().clearSelection()
        if isinstance(template_id, int):
            self.template_chosen.emit(template_id)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who may get a ticket: an agent or a team. `words` is what the list shows."""

    words: str
    name: str
    agent_id: int | None = None
    team_id: int | None = None

    @property
    def key(self) -> tuple[int | None, int | None]:
        return self.agent_id, self.team_id


NOBODY = Receiver("", "")


class ReceiverChoice(ChoiceBox):
    """이관담당자: typed (part of a name, an extension) or picked from the list."""

    receiver_changed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translated(label))
        self.setEditable(True)
        self.setLineEdit(TextField(label))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._receivers: tuple[Receiver, ...] = (NOBODY,)
        self.addItem("")
        self.editTextChanged.connect(self._on_edit_text_changed)

    def offer(self, receivers: Iterable[Receiver]) -> None:
        """The people and teams of today; what is typed or chosen stays."""
        text = self.currentText()
        self._receivers = (NOBODY, *receivers)
        with QSignalBlocker(self):
            self.clear()
            self.addItems([receiver.words for receiver in self._receivers])
            self.setCurrentIndex(0)
            self.setEditText(text)

    def receiver(self) -> Receiver | None:
        """Who is meant; NOBODY for an empty field, None if what was typed fits not exactly one."""
        typed = self.currentText().strip().casefold()
        if not typed:
            return NOBODY
        for exact in (True, False):
            found = [r for r in self._receivers if r.words and _fits(r, typed, exact)]
            if len(found) == 1:
                return found[0]
        return None

    def name_of(self, agent_id: int | None, team_id: int | None) -> str:
        """The name behind the ids, "" if nobody on offer has them."""
        key = (agent_id, team_id)
        return next((r.name for r in self._receivers if r.key == key), "")

    def set_receiver(self, agent_id: int | None, team_id: int | None) -> None:
        """Choose by id; one who is no longer offered leaves the field empty."""
        key = (agent_id, team_id)
        number = next((n for n, r in enumerate(self._receivers) if r.key == key), 0)
        with QSignalBlocker(self):
            self.setCurrentIndex(number)
            self.setEditText(self._receivers[number].words)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @Slot()
    def _on_edit_text_changed(self) -> None:
        self.receiver_changed.emit()


def _fits(receiver: Receiver, typed: str, exact: bool) -> bool:
    if exact:
        return typed in (receiver.name.casefold(), receiver.words.casefold())
    return typed in receiver.words.casefold()
