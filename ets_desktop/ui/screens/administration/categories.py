"""접수유형·세부유형 of 관리: the fixed types at the left, the names below each beside them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QSplitter

from ets_desktop.domain.topics import SETTINGS, Topic
from ets_desktop.queries.agents import CategoryRecord, category_counts, category_records
from ets_desktop.services.categories import (
    NAME_LIMIT,
    AddCategory,
    ChangeCategory,
    OrderCategories,
    add_category,
    change_category,
    order_categories,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import TICKET_TYPES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.changes import plain_words
from ets_desktop.ui.screens.administration.ordering import DOWN, ORDER_TOLD, UP, RecordOrder
from ets_desktop.ui.screens.administration.record_page import RecordPage, Wish
from ets_desktop.ui.screens.administration.teams import IN_USE, in_use
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import TextField

TYPE, TYPES, NAME = "접수유형", "접수유형 목록", "세부유형"
_WIDTHS = (250, 420, 420)


@dataclass(frozen=True)
class TypeLine:
    """A ticket type; `days` is its default due date in business days, `names` how many stand
    below it."""

    code: str
    days: int
    names: int


TYPE_COLUMNS: tuple[Column[TypeLine], ...] = (
    Column(TYPE, lambda line: word(TICKET_TYPES, line.code), 10, least=8),
    Column("처리기한", lambda line: translated("{days}일").format(days=line.days), 8, RIGHT),
    Column(NAME, lambda line: str(line.names or ""), 8, RIGHT),
)
COLUMNS: tuple[Column[CategoryRecord], ...] = (
    Column(NAME, lambda row: row.name, 18),
    Column(IN_USE, lambda row: in_use(row.active), 8, CENTER, red=lambda row: not row.active),
    Column("접수 건수", lambda row: f"{row.tickets:,}" if row.tickets else "", 9, RIGHT),
)


class CategoriesPage(RecordPage[CategoryRecord]):
    """A name is taken out of use and never deleted: its tickets go on showing it."""

    LIST, KIND, TOPICS, COLUMNS = "세부유형 목록", "ticket_category", (SETTINGS,), COLUMNS
    BUTTONS = (UP, DOWN)
    TOLD = ORDER_TOLD

    def __init__(self, context: UiContext) -> None:
        self._type = next(iter(TICKET_TYPES))
        self._counts: Mapping[str, int] = {}
        super().__init__(context)
        self.types: TablePanel[TypeLine] = TablePanel(
            TYPES, TYPE_COLUMNS, _code, buttons=(), state=context.state
        )
        self._order: RecordOrder[CategoryRecord] = RecordOrder(self, self._order_wish)
        across = self.findChild(QSplitter)
        assert across is not None
        across.insertWidget(0, self.types)
        across.setSizes(_WIDTHS)
        self._show_types()
        self.types.row_previewed.connect(self._on_type_previewed)
        self.types.row_chosen.connect(self._on_type_chosen)
        context.house.changed.connect(self._show_types)
        context.changes.subscribe(self, (SETTINGS,), self._on_names_touched)

    def build_form(self) -> None:
        self.form.add_field("ticket_type", TYPE, CodeChoice(TYPE, TICKET_TYPES))
        self.form.add_field("name", NAME, TextField(NAME, maximum=NAME_LIMIT))
        active = QCheckBox(translated("사용"))
        active.setToolTip(
            self.tr("중지하면 새 접수에서 고를 수 없고, 이미 쓴 접수에는 그대로 남습니다. (Space)")
        )
        self.form.add_field("active", IN_USE, active)

    @staticmethod
    def key(row: Any) -> Hashable:
        return int(row.category_id)

    def read(self, session: Any) -> Sequence[CategoryRecord]:
        return category_records(session, self._type)

    def values_of(self, row: CategoryRecord | None) -> dict[str, object]:
        if row is None:
            return {"ticket_type": self._type, "name": "", "active": True}
        return {"ticket_type": row.ticket_type, "name": row.name, "active": row.active}

    def title_of(self, row: CategoryRecord) -> str:
        return f"{word(TICKET_TYPES, row.ticket_type)} · {row.name}"

    def record_shown(self, row: CategoryRecord | None) -> None:
        """The type is chosen at the left; a name begins in use."""
        self.form.field("ticket_type").setEnabled(False)
        self.form.field("active").setEnabled(row is not None)

    def words(self, column: str, value: object) -> str:
        if column == "ticket_type":
            return word(TICKET_TYPES, str(value))
        return plain_words(column, value)

    def wish(self, row: CategoryRecord | None, values: dict[str, object], reason: str) -> Wish:
        name = str(values["name"])
        if row is None:
            command = AddCategory(self._type, name, reason)
            return Wish(add_category, command, self.tr("세부유형을 만들었습니다."))
        change = ChangeCategory(
            row.category_id,
            row.ticket_type,
            name,
            values["active"] is True,
            row.name,
            row.active,
            reason,
        )
        return Wish(change_category, change, self.tr("세부유형을 저장했습니다."))

    def _order_wish(self, was: tuple[int, ...], now: tuple[int, ...]) -> Wish:
        command = OrderCategories(self._type, was, now)
        return Wish(order_categories, command, self.tr("세부유형의 순서를 바꾸었습니다."))

    def take_focus(self) -> None:
        self.types.go_to_rows()

    # The types

    def shown(self) -> None:
        super().shown()
        self._count_names()

    def _count_names(self) -> None:
        self.jobs.load(category_counts, on_done=self._on_counted, lane="types")

    def _on_counted(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._show_types()

    def _on_names_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self._count_names()

    @Slot()
    def _show_types(self) -> None:
        days = self.context.house.house.settings.due_days
        lines = [TypeLine(code, days[code], self._counts.get(code, 0)) for code in TICKET_TYPES]
        self.types.reload_rows(lines)
        self.types.table.select_key(self._type)

    @Slot(object)
    def _on_type_previewed(self, line: TypeLine) -> None:
        if line.code != self._type:
            back = partial(self.types.table.select_key, self._type)
            self.ask_unsaved(partial(self._show_type, line.code), back)

    @Slot(object)
    def _on_type_chosen(self, _line: TypeLine) -> None:
        self.list.go_to_rows()

    def _show_type(self, code: str) -> None:
        self._type = code
        self.types.table.select_key(code)
        self.show_record(None)
        self.refresh()


def _code(line: TypeLine) -> Hashable:
    return line.code
