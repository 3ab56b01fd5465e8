"""월보드: the numbers of 현황판 on a whole monitor, to be read from five metres; nobody's name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.queries.board import Board
from ets_desktop.ui.board_labels import COUNTED_CALLS, COUNTED_TICKETS, STATE_MARKS
from ets_desktop.ui.formats import clock_text, duration_text, elapsed_text
from ets_desktop.ui.labels import AGENT_STATES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.list_age import AWAY
from ets_desktop.ui.screens.board.totals import (
    ALARM,
    few_answered,
    rate_text,
    rings_for,
    rings_long,
    waits_for,
)
from ets_desktop.ui.theme import RED_ROLE, painted_colours
from ets_desktop.ui.ticket_columns import Now

_TICK_MILLISECONDS = 1_000
#: From here on its numbers are old, and it says so in red.
_OLD = timedelta(minutes=1)
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_COLUMNS, _ROWS = 3, 2
#: Parts of the height of the monitor.
_HEAD, _FOOT, _GAP = 0.09, 0.15, 0.012


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the big fields; `alarm` is what is wrong, "" if nothing is."""

    label: str
    value: str
    hint: str = ""
    alarm: str = ""


def signs_of(board: Board, now: datetime) -> tuple[Sign, ...]:
    totals = board.totals
    span = rings_for(totals, now)
    return (
        Sign(
            word(COUNTED_CALLS, "ringing"),
            f"{totals.ringing:,}",
            "" if span is None else _longest(duration_text(int(span.total_seconds()))),
            translated("오래 기다림") if rings_long(totals, now) else "",
        ),
        Sign(
            word(COUNTED_CALLS, "abandoned"),
            f"{totals.abandoned:,}",
            translated("오늘 통화 {count}").format(count=f"{totals.calls:,}"),
        ),
        Sign(
            translated("응답률"),
            rate_text(totals),
            translated("응답 {count}").format(count=f"{totals.answered:,}"),
            translated("낮음") if few_answered(totals, now) else "",
        ),
        Sign(
            word(COUNTED_TICKETS, "open"),
            f"{totals.open:,}",
            translated("오늘 완료 {count}").format(count=f"{totals.completed:,}"),
        ),
        Sign(
            word(COUNTED_TICKETS, "overdue"),
            f"{totals.overdue:,}",
            "",
            translated("기한 지남") if totals.overdue else "",
        ),
        Sign(
            word(COUNTED_TICKETS, "waiting"),
            f"{totals.waiting:,}",
            _longest(waits_for(totals, now)),
            translated("지연 {count}").format(count=f"{totals.late:,}") if totals.late else "",
        ),
    )


def _longest(span: str) -> str:
    return translated("가장 오래 {age}").format(age=span) if span else ""


class Wallboard(QDialog):
    """Without a frame over one monitor; Esc closes it. It goes with the window that opened it."""

    def __init__(self, now: Now, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._now = now
        self._owner = parent
        self._board: Board | None = None
        self._team = ""
        self.clock = QTimer(self)
        self.clock.setInterval(_TICK_MILLISECONDS)
        self.clock.timeout.connect(self._on_second_passed)
        self.clock.start()
        self.setWindowTitle(self.tr("월보드"))
        self.setAccessibleName(self.tr("월보드"))
        self.setModal(False)

    def show_board(self, board: Board, team: str) -> None:
        self._board, self._team = board, team
        self._tell()
        self.update()

    @Slot()
    def _on_second_passed(self) -> None:
        if self.isVisible():
            self._tell()
            self.update()

    def signs(self) -> tuple[Sign, ...]:
        return () if self._board is None else signs_of(self._board, self._now())

    def age(self) -> tuple[str, bool]:
        """When the numbers were true, and whether they may be others by now: that is long ago, or
        the database is away."""
        if self._board is None:
            return translated("조회 중…"), False
        told = translated("{time} 기준").format(time=clock_text(self._board.taken_at))
        span = self._now() - self._board.taken_at
        parts = [told]
        if span >= _OLD:
            parts.append(translated("{age} 전").format(age=elapsed_text(span)))
        if self._owner.window().property(AWAY):
            parts.append(translated("연결 끊김"))
        return (told, False) if len(parts) == 1 else (f"{ALARM} " + " · ".join(parts), True)

    def states(self) -> tuple[tuple[str, str, int], ...]:
        """Mark, word and number of every state, each always at its place."""
        if self._board is None:
            return ()
        counts = self._board.totals.states
        return tuple(
            (mark, word(AGENT_STATES, state), counts[AgentState(state)])
            for state, mark in STATE_MARKS.items()
        )

    def _tell(self) -> None:
        """All of it as text, for whoever cannot see it."""
        signs = [" ".join(filter(None, (s.label, s.value, s.hint, s.alarm))) for s in self.signs()]
        states = [f"{name} {count}" for _, name, count in self.states()]
        self.setAccessibleDescription(", ".join([*signs, *states, self.age()[0]]))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        high, wide = float(self.height()), float(self.width())
        gap = high * _GAP
        inner = QRectF(0, 0, wide, high).adjusted(2 * gap, gap, -2 * gap, -2 * gap)
        head = QRectF(inner.left(), inner.top(), inner.width(), high * _HEAD)
        foot_high = high * _FOOT
        foot = QRectF(inner.left(), inner.bottom() - foot_high, inner.width(), foot_high)
        self._draw_head(painter, head)
        middle = QRectF(head.left(), head.bottom(), inner.width(), foot.top() - head.bottom() - gap)
        for place, sign in enumerate(self.signs()):
            row, column = divmod(place, _COLUMNS)
            room_wide = (middle.width() - gap * (_COLUMNS - 1)) / _COLUMNS
            room_high = (middle.height() - gap * (_ROWS - 1)) / _ROWS
            left = middle.left() + column * (room_wide + gap)
            top = middle.top() + row * (room_high + gap)
            self._draw_sign(painter, QRectF(left, top, room_wide, room_high), sign)
        self._draw_states(painter, foot)
        painter.end()

    def _draw_head(self, painter: QPainter, place: QRectF) -> None:
        told, old = self.age()
        title = " · ".join(part for part in (self.tr("현황판"), self._team) if part)
        self._write(painter, place, title, 0.5, _LEFT, self._text, bold=True)
        colour = self._red if old else self._muted
        self._write(painter, place, told, 0.42, _RIGHT, colour)

    def _draw_sign(self, painter: QPainter, place: QRectF, sign: Sign) -> None:
        line = self._red if sign.alarm else self.palette().color(QPalette.ColorRole.Mid)
        painter.setPen(QPen(line, max(1.0, self.height() / (140 if sign.alarm else 540))))
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(place, 10, 10)
        inner = place.adjusted(place.width() * 0.05, 0, -place.width() * 0.05, 0)
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.26)
        left, right = QRectF(top), QRectF(top)
        if sign.alarm:
            left.setWidth(top.width() * 0.54)
            right.setLeft(left.right())
            self._write(painter, right, f"{ALARM} {sign.alarm}", 0.42, _RIGHT, self._red, bold=True)
        self._write(painter, left, sign.label, 0.5, _LEFT, self._text, bold=True)
        number = QRectF(inner.left(), top.bottom(), inner.width(), inner.height() * 0.5)
        colour = self._red if sign.alarm else self._text
        self._write(painter, number, sign.value, 0.98, _LEFT, colour, bold=True)
        below = QRectF(inner.left(), number.bottom(), inner.width(), inner.height() * 0.2)
        self._write(painter, below, sign.hint, 0.62, _LEFT, self._muted)

    def _draw_states(self, painter: QPainter, place: QRectF) -> None:
        states = self.states()
        room = place.width() / max(1, len(states))
        for number, (mark, name, count) in enumerate(states):
            at = QRectF(place.left() + number * room, place.top(), room, place.height())
            top = QRectF(at.left(), at.top(), at.width(), at.height() * 0.36)
            self._write(painter, top, f"{mark} {name}", 0.62, _MIDDLE, self._muted)
            rest = QRectF(at.left(), top.bottom(), at.width(), at.height() * 0.64)
            self._write(painter, rest, f"{count}", 0.92, _MIDDLE, self._text, bold=True)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        part: float,
        align: Qt.AlignmentFlag,
        colour: QColor,
        *,
        bold: bool = False,
    ) -> None:
        """As high as `part` of `place`, less where it would not fit across."""
        font = QFont(self.font())
        font.setBold(bold)
        font.setPixelSize(max(9, int(place.height() * part)))
        painter.setFont(font)
        needed = painter.fontMetrics().horizontalAdvance(text)
        if needed > place.width() > 0:
            font.setPixelSize(max(9, int(font.pixelSize() * place.width() / needed)))
            painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, text)

    @property
    def _text(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.Text)

    @property
    def _muted(self) -> QColor:
        return QColor(painted_colours(self.palette())["muted"])

    @property
    def _red(self) -> QColor:
        return self.palette().color(RED_ROLE)


class WallboardButton(QPushButton):
    """월보드; where there are several monitors it asks for one of them."""

    def __init__(self) -> None:
        super().__init__(translated("월보드"))
        self.setAutoDefault(False)

    def open(self, wall: Wallboard) -> None:
        # Not wall.screen(): see ui/window.py.
        monitors = [(each.name(), each.geometry()) for each in QGuiApplication.screens()]
        if len(monitors) == 1:
            cover(wall, monitors[0][1])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (name, place) in enumerate(monitors, 1):
            size = f"{place.width()}×{place.height()}"
            told = self.tr("모니터 {number} ({name}, {size})")
            choice = menu.addAction(told.format(number=number, name=name, size=size))
            choice.triggered.connect(partial(cover, wall, place))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def cover(wall: Wallboard, monitor: QRect) -> None:
    wall.setGeometry(monitor)
    wall.showFullScreen()
