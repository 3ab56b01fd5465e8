"""A vertical time line: what happened, newest first, under the days on which it did.

Drawn by a delegate over a model that knows only what was scrolled to, so its length costs nothing.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ets_desktop.ui.formats import SEOUL, clock_text, moment_text
from ets_desktop.ui.labels import WEEKDAYS, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.theme import painted_colours
from ets_desktop.ui.widgets.dial_button import offer_dial
from ets_desktop.ui.widgets.fields import ENTER_KEYS
from ets_desktop.ui.widgets.marks import draw_mark, mark_colour
from ets_desktop.ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex

_GAP = 6
_MARK = 12

NOBODY = Dialled("")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: `title` says what, `detail` more of it, `tip` all that is known.

    `mark` is one of ui/widgets/marks.py; opening it hands over what is `behind` it, if anything.
    `dialled` is whom 통화 calls.
    """

    key: Hashable
    at: datetime
    mark: str
    title: str
    detail: str = ""
    tip: str = ""
    behind: object = None
    dialled: Dialled = NOBODY

    @property
    def sentence(self) -> str:
        """All of it, as a screen reader says it."""
        return ", ".join(part for part in (moment_text(self.at), self.title, self.detail) if part)


class TimelineModel(QAbstractListModel):
    """The entries read so far; scrolling to the end of them asks for more."""

    #: the view came to the end of what is loaded
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[TimelineEntry] = []
        #: asked for every entry whenever the view is laid out
        self._begins: list[bool] = []
        self._has_more = False
        self._waiting = False

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        return tuple(self._entries)

    def entry(self, number: int) -> TimelineEntry:
        return self._entries[number]

    def begins_day(self, number: int) -> bool:
        """Whether the entry is the first (newest) one of its day in Seoul."""
        return self._begins[number]

    def _take_in(self, entries: Sequence[TimelineEntry]) -> None:
        before = _day(self._entries[-1]) if self._entries else None
        for entry in entries:
            day = _day(entry)
            self._begins.append(day != before)
            before = day
        self._entries += entries

    def show_entries(self, entries: Iterable[TimelineEntry], *, has_more: bool) -> None:
        self.beginResetModel()
        self._entries, self._begins = [], []
        self._take_in(list(entries))
        self._has_more, self._waiting = has_more, False
        self.endResetModel()

    def append_entries(self, entries: Iterable[TimelineEntry], *, has_more: bool) -> None:
        added = list(entries)
        self._has_more, self._waiting = has_more, False
        if added:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
            self._take_in(added)
            self.endInsertRows()

    def more_failed(self) -> None:
        """What was asked for will not come; scrolling on asks again."""
        self._waiting = False

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(entry.tip)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more and not self._waiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit()


class TimelineDelegate(QStyledItemDelegate):
    """Draws an entry: the day above the first one of it, the time, the line with its mark, two
    lines of text."""

    def __init__(self, model: TimelineModel, view: QListView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.dress()

    def dress(self) -> None:
        """Ask the view for its colours and its font again."""
        metrics = self._view.fontMetrics()
        self._metrics = metrics
        self._line = metrics.height() + 2
        self._bold = QFont(self._view.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._bold_metrics = QFontMetrics(self._bold)
        self._time = metrics.horizontalAdvance("00:00:00") + 2 * _GAP
        low = 2 * self._line + _GAP
        self._sizes = (QSize(self._time, low), QSize(self._time, low + self._line + _GAP))
        palette = self._view.palette()
        self._text = palette.color(QPalette.ColorRole.Text)
        self._muted = QColor(painted_colours(palette)["muted"])
        self._rail = palette.color(QPalette.ColorRole.Mid)
        self._ground = palette.color(QPalette.ColorRole.AlternateBase)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._sizes[self._model.begins_day(index.row())]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._model.entry(index.row())
        place = QRect(option.rect)
        painter.save()
        if self._model.begins_day(index.row()):
            self._paint_day(painter, place, entry)
            place.setTop(place.top() + self._line + _GAP)
        self._paint_state(painter, place, option)
        self._paint_rail(painter, place, entry)
        self._paint_words(painter, place, entry)
        painter.restore()

    def _paint_day(self, painter: QPainter, place: QRect, entry: TimelineEntry) -> None:
        head = QRect(place.left(), place.top(), place.width(), self._line + _GAP)
        painter.fillRect(head, self._ground)
        painter.setFont(self._bold)
        painter.setPen(self._text)
        painter.drawText(head.adjusted(_GAP, 0, -_GAP, 0), _LEFT, day_words(entry.at))
        painter.setFont(self._view.font())

    def _paint_state(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem) -> None:
        palette = self._view.palette()
        if option.state & QStyle.StateFlag.State_Selected:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
            painter.fillRect(place, palette.brush(group, QPalette.ColorRole.Highlight))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_rail(self, painter: QPainter, place: QRect, entry: TimelineEntry) -> None:
        middle = place.left() + self._time + _MARK // 2
        painter.setPen(QPen(self._rail, 1))
        painter.drawLine(QPointF(middle, place.top()), QPointF(middle, place.bottom() + 1))
        top = place.top() + _GAP // 2 + (self._line - _MARK) / 2
        mark = QRectF(middle - _MARK / 2, top, _MARK, _MARK)
        # The line does not run through a mark that is hollow.
        painter.fillRect(mark.adjusted(0, -1, 0, 1), self._view.palette().base())
        draw_mark(painter, mark, entry.mark, mark_colour(entry.mark, self._view.palette()))

    def _paint_words(self, painter: QPainter, place: QRect, entry: TimelineEntry) -> None:
        first = QRect(place.left(), place.top() + _GAP // 2, place.width(), self._line)
        painter.setPen(self._muted)
        painter.drawText(first.adjusted(_GAP, 0, 0, 0), _LEFT, clock_text(entry.at))
        words = first.adjusted(self._time + _MARK + _GAP, 0, -_GAP, 0)
        painter.setPen(self._text)
        painter.setFont(self._bold)
        title = self._cut(entry.title, words.width(), self._bold_metrics)
        painter.drawText(words, _LEFT, title)
        painter.setFont(self._view.font())
        painter.setPen(self._muted)
        words.translate(0, self._line)
        painter.drawText(words, _LEFT, self._cut(entry.detail, words.width(), self._metrics))

    @staticmethod
    def _cut(text: str, width: int, metrics: QFontMetrics) -> str:
        line = text.replace("\n", " ")
        return metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)


class Timeline(QListView):
    """A list named `name` for screen readers; a click or Enter opens the entry behind."""

    #: what is behind an entry
    entry_opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = TimelineModel(self)
        self.setAccessibleName(translated(name))
        self.setModel(self.entries)
        self._delegate = TimelineDelegate(self.entries, self)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._open)

    def open_current(self) -> None:
        """What a click and Enter do."""
        self._open(self.currentIndex())

    def select_key(self, key: Hashable) -> bool:
        """Make the entry with that key the current one; false if it is not loaded."""
        for number, entry in enumerate(self.entries.entries):
            if entry.key == key:
                self.setCurrentIndex(self.entries.index(number, 0))
                return True
        return False

    def current_key(self) -> Hashable | None:
        index = self.currentIndex()
        return self.entries.entry(index.row()).key if index.isValid() else None

    def dialled(self) -> Dialled | None:
        """Whom 통화 on the current entry calls; None while there is none."""
        index = self.currentIndex()
        return self.entries.entry(index.row()).dialled if index.isValid() else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """전화 걸기, at the mouse or by the menu key below the current entry."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        call = offer_dial(menu, self)
        if call is None:
            menu.deleteLater()
            return
        whom = self.dialled()
        call.setEnabled(whom is not None and bool(whom.number))
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            entry = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(entry.bottomLeft())
        menu.popup(place)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            behind = self.entries.entry(index.row()).behind
            if behind is not None:
                self.entry_opened.emit(behind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            self.open_current()
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing letters does nothing, as in every list."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt also tells while the base class is still being built.
        if event.type() in _DRESS and hasattr(self, "_delegate"):
            self._delegate.dress()
            self.scheduleDelayedItemsLayout()


def _day(entry: TimelineEntry) -> date:
    return entry.at.astimezone(SEOUL).date()


def day_words(at: datetime) -> str:
    """`2026-11-22 (일)`."""
    day = at.astimezone(SEOUL)
    return f"{day:%Y-%m-%d} ({word(WEEKDAYS, list(WEEKDAYS)[day.weekday()])})"


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DRESS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
