"""A RecordTable with what stands around it: 선택 and its fellows above, age and errors beside."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.ui.language import translated
from ets_desktop.ui.list_age import ListAge
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.shortcuts import tip_of
from ets_desktop.ui.table_menu import EXPORT as EXPORT_ACTION
from ets_desktop.ui.table_menu import export_action
from ets_desktop.ui.tables import Column, PagedTableModel
from ets_desktop.ui.widgets.eliding_label import ElidingLabel
from ets_desktop.ui.widgets.fields import set_tone
from ets_desktop.ui.window_state import WindowState

Row = TypeVar("Row")

CHOOSE = "선택"
#: As a button, or from the menu and by key for every list of the main window.
EXPORT = "엑셀 저장"


# No slots: see ui/tables.py.
@dataclass(frozen=True)
class Question(Generic[Row]):
    """What the rows of a list answer: how its further pages are read, for 엑셀 저장 (None: it is
    whole).

    `conditions` is what was asked by, as the access log has it; `most` how many rows the answer
    has at most, None without such a limit.
    """

    further: Callable[[Any, tuple[object, ...], int], Page[Row]] | None
    conditions: Mapping[str, object] = field(default_factory=dict)
    most: int | None = None


class TablePanel(QWidget, Generic[Row]):
    """A named list: buttons above it act on the current row, 선택 chooses it.

    Load pages into it with `show_page`/`append_page`; `more_wanted(next_key)` asks for the next.
    A list with further pages has to say by `set_question` how they are read.
    """

    row_previewed = Signal(object)
    row_chosen = Signal(object)
    more_wanted = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        buttons: Sequence[str] = (CHOOSE,),
        row_red: Callable[[Row], bool] | None = None,
        state: WindowState | None = None,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: PagedTableModel[Row] = PagedTableModel(columns, key, row_red, self)
        # Above the table, and before it for Tab.
        self._buttons = {title: QPushButton(translated(title, "button"), self) for title in buttons}
        self.table = RecordTable(name, self.model, state, self)
        self.table.can_export = True
        self.question: Question[Row] | None = None
        self.age = ListAge()
        self._empty = empty or self.tr("내역이 없습니다.")
        self._message = ElidingLabel()
        self._tools = QHBoxLayout()
        self._lay_out()
        if CHOOSE in self._buttons:
            self._buttons[CHOOSE].clicked.connect(self.choose)
            self._buttons[CHOOSE].setToolTip(translated("선택 (Enter)"))
        if EXPORT in self._buttons:
            self._buttons[EXPORT].clicked.connect(self.export)
            self._buttons[EXPORT].setToolTip(tip_of(EXPORT_ACTION))
        self.table.export_wanted.connect(self.export)
        self.table.row_previewed.connect(self._on_row_previewed)
        self.table.row_chosen.connect(self.row_chosen)
        self.model.more_wanted.connect(self.more_wanted)

    def _lay_out(self) -> None:
        self._tools.setSpacing(4)
        for button in self._buttons.values():
            button.setAutoDefault(False)
            self._tools.addWidget(button)
        self._tools.addWidget(self._message, 1)
        self._tools.addWidget(self.age)
        self.age.setProperty("role", "age")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._tools)
        column.addWidget(self.table, 1)

    def button(self, title: str) -> QPushButton:
        """One of the buttons above the table; connect its `clicked` to a slot of the screen."""
        return self._buttons[title]

    def has_button(self, title: str) -> bool:
        return title in self._buttons

    def add_tool(self, widget: QWidget) -> None:
        """Another control in the line above the table, right after the buttons."""
        self._tools.insertWidget(self._tools.indexOf(self._message), widget)

    def put_state_below(self) -> None:
        """In a narrow place the line above has room for the buttons only."""
        below = QHBoxLayout()
        below.addWidget(self._message, 1)
        below.addWidget(self.age)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(below)
        self._tools.addStretch()

    def set_question(self, question: Question[Row] | None) -> None:
        """What the next page shown answers."""
        self.question = question

    @Slot()
    def export(self) -> None:
        """엑셀 저장 of this list, wherever the focus is: it would make a row the current one."""
        action = export_action(self)
        if action is not None:
            action.setData(self)
            action.trigger()
            action.setData(None)

    @property
    def message(self) -> str:
        """What stands beside the buttons: nothing found, busy, or why not."""
        return self._message.text()

    def current_row(self) -> Row | None:
        return self.model.row(self.table.currentIndex().row())

    @Slot()
    def go_to_rows(self) -> None:
        """The keyboard goes on in the list, at its current row or the first, if it has any."""
        if self.model.rowCount():
            if self.current_row() is None:
                self.table.selectRow(0)
            self.table.setFocus()

    def row_in_hand(self) -> Row | None:
        """The current row for a button that needs one; without one it says so beside them."""
        row = self.current_row()
        if row is None:
            self._say(self._pick_first())
        return row

    def rows_in_hand(self) -> tuple[Row, ...]:
        """The selected rows, in their order, for a button that acts on several; without one it
        says so beside them."""
        chosen = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = tuple(self.model.rows[number] for number in chosen)
        if rows:
            return rows
        one = self.row_in_hand()
        return () if one is None else (one,)

    @Slot()
    def choose(self) -> None:
        """What 선택 does, and a button that stands for it."""
        if self.row_in_hand() is not None:
            self.table.choose_current()

    @Slot(object)
    def _on_row_previewed(self, row: Row) -> None:
        if self.message == self._pick_first():
            self._say("")
        self.row_previewed.emit(row)

    def _pick_first(self) -> str:
        return self.tr("목록에서 한 건을 먼저 고르십시오.")

    def show_page(self, page: Page[Row], as_of: datetime | None = None) -> None:
        """The first page of a new answer; `as_of` is when the rows were true."""
        self.model.show_page(page)
        self._show_state(as_of)
        self.table.scrollToTop()

    def reload(self, page: Page[Row], as_of: datetime | None = None) -> None:
        """A newer answer to the same question: current row and place stay."""
        self.table.reload(page)
        self._show_state(as_of)

    def reload_rows(self, rows: Sequence[Row], as_of: datetime | None = None) -> None:
        """`reload` for a list without further pages; the age stays if none is given."""
        self.table.reload(Page(tuple(rows)))
        self._show_state(as_of if as_of is not None else self.age.moment)

    def show_rows(self, rows: Sequence[Row], as_of: datetime | None = None) -> None:
        self.show_page(Page(tuple(rows)), as_of)

    def append_page(self, page: Page[Row]) -> None:
        self.model.append_page(page)

    def clear(self) -> None:
        """No question asked yet."""
        self.model.show_rows(())
        self.age.show_moment(None)
        self._say("")

    def show_busy(self) -> None:
        self._say(self.tr("조회 중…"))

    def await_rows(self) -> None:
        """A read began by itself: said where nothing stands yet, for newer rows come quietly."""
        if self.age.moment is None:
            self.show_busy()

    def show_error(self, text: str) -> None:
        """The list could not be read; what it showed stays, with its age."""
        self.model.more_failed()
        self._say(text, tone="red")

    def show_note(self, text: str) -> None:
        """The reading ended without an answer and that is no fault: 중지."""
        self.model.more_failed()
        self._say(text)

    def _show_state(self, as_of: datetime | None) -> None:
        self.age.show_moment(as_of)
        self._say("" if self.model.rowCount() else self._empty)

    def _say(self, text: str, tone: str = "") -> None:
        self._message.show_text(text)
        set_tone(self._message, tone)
