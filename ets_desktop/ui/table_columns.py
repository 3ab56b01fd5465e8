"""The columns of one table as a person likes them: widths, order, which ones show; remembered."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from ets_desktop.ui.formats import SEOUL, briefer
from ets_desktop.ui.language import KOREAN, spoken, translated
from ets_desktop.ui.tables import Column, PagedTableModel
from ets_desktop.ui.window_state import WindowState

PADDING = 5
_NARROWEST, _WIDEST = 24, 4_000
#: Rows that are looked at for what their columns need, and texts measured of each column.
_LOOKED_AT, _MEASURED = 60, 4
#: Digits for the words of short columns, whose widths were chosen for Korean: 이관 is Transferred.
_FOREIGN_WORD = 10


class TableColumns(QObject):
    """Columns nobody has set a width for shrink together so that more of them fit: first those
    whose rows do not need their room, then texts longer than their columns ask for, then moments
    by their year and seconds, then all long texts.

    Remembered by title under the table's name: a later version's new column stands where that
    version puts it, and one that is gone is forgotten.
    """

    def __init__(
        self,
        view: QTableView,
        name: str,
        model: PagedTableModel[Any],
        state: WindowState | None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._columns = tuple(model.columns)
        self._state = state
        # In the language shown, for another one's titles want other widths.
        self._key = f"columns/{translated(name)}"
        self._own: dict[int, int] = {}
        self._longest: list[int | None] = [None] * len(self._columns)
        #: What a column of moments takes where they are written short.
        self._brief: dict[int, int] = {}
        self._arranging = False
        self._header.setHighlightSections(False)
        self._header.setSectionsMovable(True)
        self._header.setStretchLastSection(False)
        self._header.setMinimumSectionSize(_NARROWEST)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._restore()
        self._on_rows_shown()
        model.modelReset.connect(self._on_rows_shown)
        self._header.sectionResized.connect(self._on_section_resized)
        self._header.sectionMoved.connect(self._on_section_moved)
        self._header.customContextMenuRequested.connect(self._on_menu_requested)

    @property
    def _header(self) -> QHeaderView:
        """Asked for each time: Qt made it, and a wrapper that is kept can be dead before it is."""
        return self._view.horizontalHeader()

    def shown(self) -> list[int]:
        """The columns on the screen from left to right, as numbers of the model."""
        order = (self._header.logicalIndex(place) for place in range(len(self._columns)))
        return [number for number in order if not self._header.isSectionHidden(number)]

    def show_column(self, number: int, shown: bool) -> None:
        """One column always stays."""
        if not shown and self.shown() == [number]:
            return
        self._arranging = True
        self._header.setSectionHidden(number, not shown)
        self._arranging = False
        self._keep()
        self.fit()

    def reset(self) -> None:
        """처음대로: every column, in the order and the widths the table came with."""
        self._own = {}
        self._arrange(range(len(self._columns)), frozenset())
        if self._state is not None:
            self._state.set_text(self._key, "")
        self.fit()

    def fit(self) -> None:
        """Give each column what it asks for, or its texts need, or as much as there is room; in a
        table that nobody sees, once it is shown."""
        if not self._view.isVisible():
            return
        digit = self._view.fontMetrics().horizontalAdvance("0")
        shown = self.shown()
        wanted = {number: self._wanted(self._columns[number], digit) for number in shown}
        longest = self._longest
        needed = {n: min(wanted[n], self._with_title(n, longest[n]) + digit) for n in shown}
        whole = {n: max(wanted[n], self._said(n)) for n in shown}
        close = {n: needed[n] if whole[n] == wanted[n] else whole[n] for n in shown}
        brief = {
            n: min(needed[n], self._with_title(n, self._brief.get(n, longest[n]))) for n in shown
        }
        narrow = {n: max(self._with_title(n, 0), self._narrowest(n, digit)) for n in shown}
        least = {n: brief[n] if n in self._brief else min(brief[n], narrow[n]) for n in shown}
        for number in self._own.keys() & whole.keys():
            for widths in (whole, close, needed, brief, least):
                widths[number] = self._own[number]
        # A long text goes before the end of a number.
        texts_cut = {n: least[n] if self._columns[n].least else brief[n] for n in shown}
        levels = (whole, close, needed, brief, texts_cut, least)
        widths = shared(levels, self._view.viewport().width())
        self._arranging = True
        for number, width in widths.items():
            self._header.resizeSection(number, width)
        self._arranging = False

    def fill_menu(self, menu: QMenu) -> None:
        """A check mark for each column, and 처음대로."""
        shown = self.shown()
        for number, column in enumerate(self._columns):
            action = _ColumnSwitch(self, number, translated(column.title), menu)
            action.setChecked(number in shown)
            action.setEnabled(shown != [number])
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("처음대로")).triggered.connect(self.reset)

    def _wanted(self, column: Column[Any], digit: int) -> int:
        # Measuring the contents would take 440 ms (spec 90).
        width = column.width * digit
        if spoken() != KOREAN:
            title = self._view.fontMetrics().horizontalAdvance(translated(column.title))
            width = max(width, title + digit, _FOREIGN_WORD * digit)
        return width + 2 * PADDING

    def _narrowest(self, number: int, digit: int) -> int:
        digits = self._columns[number].narrowest
        if spoken() != KOREAN:
            digits = max(digits, _FOREIGN_WORD)
        return digits * digit + 2 * PADDING

    def _said(self, number: int) -> int:
        """The room for the longest text seen in it; 0 while none is known."""
        longest = self._longest[number]
        return 0 if longest is None else longest + 2 * PADDING + 1

    def _with_title(self, number: int, said: int | None) -> int:
        """The room for the title and for texts of that width, None while there were none."""
        title = translated(self._columns[number].title)
        font = self._header.font()
        font.setWeight(QFont.Weight.DemiBold)
        # A pixel more, for what Qt measures is rounded, and it cuts what is wider by a part of one.
        return max(QFontMetrics(font).horizontalAdvance(title), said or 0) + 2 * PADDING + 1

    @Slot()
    def _on_rows_shown(self) -> None:
        """Look at what the first rows say. What a column once needed it keeps: lists are read
        again all the time, and must not jump."""
        rows = min(self._model.rowCount(), _LOOKED_AT)
        if not rows:
            return
        metrics, year = self._view.fontMetrics(), datetime.now(SEOUL).year
        # Any other number of that many digits is no wider.
        broad = str.maketrans("0123456789", broadest_digit(metrics) * 10)
        before = list(self._longest), dict(self._brief)
        # Not by the way Qt asks for them, which takes as long as painting.
        for number, column in enumerate(zip(*map(self._model.texts, range(rows)), strict=True)):
            texts = set(column)
            longest = sorted(texts, key=_breadth)[-_MEASURED:]
            said = max(metrics.horizontalAdvance(text.translate(broad)) for text in longest)
            self._longest[number] = max(said, self._longest[number] or 0)
            if any(briefer(text, year) for text in longest):
                # A moment of another year is wider.
                short = {briefer(text, year).translate(broad) for text in texts}
                said = max(metrics.horizontalAdvance(text) for text in short)
                self._brief[number] = max(said, self._brief.get(number, 0))
        if before != (self._longest, self._brief):
            self.fit()

    # What is remembered

    def _restore(self) -> None:
        kept = _read(self._state.text(self._key) if self._state is not None else "")
        titles = [column.title for column in self._columns]
        self._own = {
            titles.index(title): width
            for title, width in kept["widths"].items()
            if title in titles and _NARROWEST <= width <= _WIDEST
        }
        hidden = frozenset(titles.index(title) for title in kept["hidden"] if title in titles)
        order = [titles.index(title) for title in kept["order"] if title in titles]
        for number in range(len(titles)):
            if number not in order:
                # A new column: right of the one it stands beside in the program.
                order.insert(order.index(number - 1) + 1 if number - 1 in order else 0, number)
        self._arrange(order, hidden if len(hidden) < len(titles) else frozenset())
        self.fit()

    def _arrange(self, order: Sequence[int], hidden: frozenset[int]) -> None:
        self._arranging = True
        for place, number in enumerate(order):
            self._header.moveSection(self._header.visualIndex(number), place)
            self._header.setSectionHidden(number, number in hidden)
        self._arranging = False

    def _keep(self) -> None:
        if self._state is None:
            return
        titles = [column.title for column in self._columns]
        order = [self._header.logicalIndex(place) for place in range(len(titles))]
        kept = {
            "order": [titles[number] for number in order],
            "hidden": [titles[n] for n in order if self._header.isSectionHidden(n)],
            "widths": {titles[number]: width for number, width in self._own.items()},
        }
        self._state.set_text(self._key, json.dumps(kept, ensure_ascii=False))

    @Slot(int, int, int)
    def _on_section_resized(self, number: int, _old: int, width: int) -> None:
        if not self._arranging and width:
            self._own[number] = width
            self._keep()

    @Slot(int, int, int)
    def _on_section_moved(self, _number: int, _from: int, _to: int) -> None:
        if not self._arranging:
            self._keep()

    @Slot(QPoint)
    def _on_menu_requested(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self._header.viewport().mapToGlobal(place))


class _ColumnSwitch(QAction):
    """A column's check mark."""

    def __init__(self, columns: TableColumns, number: int, title: str, parent: QMenu) -> None:
        super().__init__(title, parent)
        self._columns = columns
        self._number = number
        self.setCheckable(True)
        self.triggered.connect(self._on_triggered)

    @Slot(bool)
    def _on_triggered(self, checked: bool) -> None:
        self._columns.show_column(self._number, checked)


def shared(levels: Sequence[Mapping[int, int]], room: int) -> dict[int, int]:
    """Widths that fit into `room`: between the two of ever narrower `levels` where it does, each
    column giving way in proportion; the last level if nothing fits."""
    for wide, narrow in pairwise(levels):
        slack = sum(wide.values()) - sum(narrow.values())
        missing = sum(wide.values()) - room
        if missing <= 0:
            break
        if missing < slack:
            # Rounded up, or the last pixels would make a scroll bar.
            return {n: w - -(-(w - narrow[n]) * missing // slack) for n, w in wide.items()}
    else:
        return dict(levels[-1])
    return dict(wide)


def broadest_digit(metrics: QFontMetrics) -> str:
    """The shipped font's digits differ by a pixel in three."""
    return max("0123456789", key=lambda digit: metrics.horizontalAdvance(digit * 10))


def _breadth(text: str) -> int:
    """Roughly: a syllable of Hangul is as broad as two digits."""
    return len(text.encode("euc-kr", "replace"))


def _read(text: str) -> dict[str, Any]:
    """What `_keep` wrote; whatever is not like it counts as nothing kept."""
    kept: dict[str, Any] = {"order": [], "hidden": [], "widths": {}}
    try:
        read = json.loads(text)
    except ValueError:
        return kept
    if not isinstance(read, dict):
        return kept
    for name in ("order", "hidden"):
        titles = read.get(name)
        if isinstance(titles, list) and all(isinstance(title, str) for title in titles):
            kept[name] = list(dict.fromkeys(titles))
    widths = read.get("widths")
    if isinstance(widths, dict):
        kept["widths"] = {t: w for t, w in widths.items() if isinstance(w, int)}
    return kept
