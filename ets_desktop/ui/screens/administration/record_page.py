"""A page of 관리 with a list, the form of the record chosen in it, and who changed it.

A subclass says what its rows are: see `teams.py` for a whole one. The list is read again whenever
one of TOPICS is touched; what is being typed stays, and is told when its record changed meanwhile.
"""

from abc import abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.topics import Done, Topic
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.setting_changes import setting_changes
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.prompts import CANCEL as STAY
from ets_desktop.ui.prompts import DISCARD, SAVE, UNSAVED
from ets_desktop.ui.screens.administration.changes import (
    ChangeLine,
    ChangeList,
    lines_of,
    plain_words,
)
from ets_desktop.ui.screens.administration.page import AdministrationPage
from ets_desktop.ui.screens.administration.record_form import NEW, RecordForm
from ets_desktop.ui.table_panel import EXPORT, TablePanel
from ets_desktop.ui.tables import Column

Row = TypeVar("Row")
_ROWS = "rows"


# No slots: see ui/tables.py.
@dataclass(frozen=True)
class Wish:
    """What 저장 does, and what the status line says when it is done. The service's value is the
    key of the record in the list."""

    service: Callable[[Any, Any], Done[Any]]
    command: object
    done: str


class RecordPage(AdministrationPage, Generic[Row]):
    """Ctrl+N begins a record, Ctrl+S saves, Ctrl+Alt+C takes back what was typed."""

    #: the list's name
    LIST: ClassVar[str]
    #: the columns of the list: a constant of the module, so that masking is tried on them
    COLUMNS: ClassVar[tuple[Column[Any], ...]]
    #: what the list is read again for
    TOPICS: ClassVar[tuple[Topic, ...]]
    #: the table of which `setting_change` tells; "": the page reads its changes itself
    KIND: ClassVar[str] = ""
    #: more buttons above the list, and how the list and the form share the width
    BUTTONS: ClassVar[tuple[str, ...]] = ()
    SHARES: ClassVar[tuple[int, int]] = (1, 1)
    #: what 변경 이력 tells beside the fields, by column
    TOLD: ClassVar[Mapping[str, str]] = {}

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._row: Row | None = None
        #: 신규 was pressed, and nothing else chosen since
        self._is_begun = False
        self._wanted: Hashable = None
        self._then: Callable[[], object] | None = None
        self.list: TablePanel[Row] = TablePanel(
            self.LIST,
            self.COLUMNS,
            self.key,
            buttons=(NEW, *self.BUTTONS, EXPORT),
            state=context.state,
        )
        self.form = RecordForm()
        self.history = ChangeList(self.LIST, self.jobs, context.state)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self.build_form()
        self.form.lay_out()
        self._lay_out()
        self._wire()
        self.show_record(None)

    def _lay_out(self) -> None:
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.form)
        down.addWidget(self.history)
        down.setStretchFactor(0, 1)
        down.setSizes([420, 200])
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.list)
        across.addWidget(down)
        for number, share in enumerate(self.SHARES):
            across.setStretchFactor(number, share)
        for splitter in (down, across):
            splitter.setChildrenCollapsible(False)
        across.setSizes([share * 400 for share in self.SHARES])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(across)

    def _wire(self) -> None:
        bind = self.context.desk.actions.bind_button
        bind("new_record", self.list.button(NEW), self)
        bind("save_record", self.form.save, self)
        bind("leave_record", self.form.cancel, self)
        self.list.button(NEW).clicked.connect(self._on_new_clicked)
        self.list.row_previewed.connect(self._on_row_previewed)
        self.list.row_chosen.connect(self._on_row_chosen)
        self.form.save.clicked.connect(self._on_save_clicked)
        self.form.cancel.clicked.connect(self._on_cancel_clicked)
        self.form.reload_wanted.connect(self._on_cancel_clicked)
        self.context.changes.subscribe(self, self.TOPICS, self._on_touched)

    # What a subclass says

    @staticmethod
    @abstractmethod
    def key(row: Any) -> Hashable:
        """What tells the records apart."""

    @abstractmethod
    def read(self, session: Any) -> Sequence[Any]:
        """Every record; on a worker thread."""

    @abstractmethod
    def build_form(self) -> None:
        """`self.form.add_field` for each field."""

    @abstractmethod
    def values_of(self, row: Row | None) -> dict[str, object]:
        """What the fields show of `row`; None: of a record that is begun."""

    @abstractmethod
    def title_of(self, row: Row) -> str:
        """What people call the record."""

    @abstractmethod
    def wish(self, row: Row | None, values: dict[str, object], reason: str) -> Wish:
        """What 저장 does; None: with a record that is begun. A RuleViolation is told as such."""

    def subject_of(self, row: Row) -> str:
        """The key of the record in `setting_change`."""
        return str(self.key(row))

    def read_changes(self, row: Row | None) -> Callable[[Any], Sequence[ChangeLine]]:
        """Who changed the record, on a worker thread; None: all of them."""
        labels, say = {**self.form.labels, **self.TOLD}, self.words
        subject = None if row is None else self.subject_of(row)

        def told(session: Any) -> Sequence[ChangeLine]:
            return lines_of(setting_changes(session, self.KIND, subject), labels, say)

        return told

    def words(self, column: str, value: object) -> str:
        """A value as 변경 이력 tells it; no Qt, for it runs on a worker thread."""
        return plain_words(column, value)

    def record_shown(self, row: Row | None) -> None:
        """The form shows another record."""

    # The page

    @property
    def row(self) -> Row | None:
        """The record in the form; None while one is begun."""
        return self._row

    def refresh(self) -> None:
        self._pace.ask()

    def take_focus(self) -> None:
        self.list.go_to_rows()

    def leave(self, then: Callable[[], object]) -> None:
        self.ask_unsaved(then)

    def ask_unsaved(self, then: Callable[[], object], back: Callable[[], object] = int) -> None:
        """`then` once nothing typed is lost by it; `back` where it stays, when the list that asked
        has moved on."""
        if not self.form.is_changed:
            then()
            return
        told = self.tr("{title}에 저장하지 않은 내용이 있습니다.").format(title=self._title())
        answer = self.context.prompts.ask(UNSAVED, told, (SAVE, DISCARD, STAY))
        if answer == DISCARD:
            self.show_record(self._row)
            then()
        elif answer == SAVE:
            QTimer.singleShot(0, self, back)
            self._then = then
            self.save()
        else:
            QTimer.singleShot(0, self, back)

    def _title(self) -> str:
        if self._row is None:
            return self.tr("새 항목")
        return self.title_of(self._row)

    # Reading

    def _load(self) -> None:
        self.list.await_rows()
        self.jobs.load(
            _read_with_age,
            self.read,
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_load_failed(self, error: EtsError) -> None:
        self.list.show_error(error_text(error))

    def _on_loaded(self, answer: tuple[datetime, Sequence[Row]]) -> None:
        as_of, rows = answer
        wanted = self._wanted if self._wanted is not None else self._key_in_form()
        self._wanted = None
        self.list.reload_rows(rows, as_of)
        found = next((row for row in rows if self.key(row) == wanted), None)
        if wanted is None:
            if rows and not self._is_begun and not self.form.is_changed:
                self._choose(self.key(rows[0]))
        elif found is None:
            self.form.tell(self.tr("다른 사람이 지운 항목입니다."))
        elif found != self._row:
            self._follow(found)

    def _follow(self, found: Row) -> None:
        """The record in the form is another one by now; what is typed stays."""
        was = self._row
        if was is not None and self.values_of(found) == self.values_of(was):
            # Something beside the fields: who is there, what waits.
            self._row = found
            self.record_shown(found)
            self._load_changes()
        elif self.form.is_changed:
            self.form.tell(self.tr("고치는 동안 다른 사람이 바꾼 항목입니다."), reload=True)
        else:
            self._choose(self.key(found))

    def _key_in_form(self) -> Hashable:
        return None if self._row is None else self.key(self._row)

    def _choose(self, key: Hashable) -> None:
        self.list.table.select_key(key)
        self.list.table.scrollTo(self.list.table.currentIndex())
        self.show_record(self.list.current_row())

    def show_record(self, row: Row | None) -> None:
        self._row = row
        self._is_begun = self._is_begun and row is None
        self.form.fill(self.values_of(row))
        self.form.show_title(self._title())
        self.record_shown(row)
        self._load_changes()

    def _load_changes(self) -> None:
        if self.isVisible():
            self.history.load(self.read_changes(self._row))

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self._pace.ask()

    # Choosing

    @Slot(object)
    def _on_row_previewed(self, row: Row) -> None:
        if self.key(row) != self._key_in_form():
            self.ask_unsaved(partial(self._choose, self.key(row)), self._go_back)

    @Slot(object)
    def _on_row_chosen(self, _row: Row) -> None:
        self.form.take_focus()

    def _go_back(self) -> None:
        """The list shows what the form has."""
        if self._row is None:
            self.list.table.let_go()
        else:
            self.list.table.select_key(self.key(self._row))

    @Slot()
    def _on_new_clicked(self) -> None:
        self.ask_unsaved(self._begin)

    def _begin(self) -> None:
        self.list.table.let_go()
        self._is_begun = True
        self.show_record(None)
        self.form.take_focus()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.show_record(self._row)
        self.refresh()

    # Saving

    @Slot()
    def _on_save_clicked(self) -> None:
        self._then = None
        self.save()

    def save(self) -> None:
        self.form.finish_typing()
        self.form.clear_errors()
        if not self.form.is_changed:
            self.context.desk.say(self.tr("바뀐 내용이 없습니다."))
            return
        try:
            wish = self.wish(self._row, self.form.values(), self.form.reason)
        except RuleViolation as refusal:
            self._on_refused(refusal)
            return
        self.carry_out(wish)

    def carry_out(self, wish: Wish) -> None:
        on_done = partial(self._on_saved, wish.done)
        self.jobs.save(wish.service, wish.command, on_done=on_done, on_error=self._on_refused)

    def _on_refused(self, error: EtsError) -> None:
        self._then = None
        self.form.show_refusal(error)

    def _on_saved(self, told: str, done: Done[Any]) -> None:
        self.form.settle()
        self.context.desk.say(told)
        then, self._then = self._then, None
        if then is None:
            self._wanted = done.value
        else:
            then()
        self.refresh()


def _read_with_age(
    session: Any, read: Callable[[Any], Sequence[Any]]
) -> tuple[datetime, Sequence[Any]]:
    return read_at(session), read(session)
