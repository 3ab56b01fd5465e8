"""The strip under 상품번호: what is under way for this order or line already (spec 20)."""

from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, Topic, order_topic
from ets_desktop.queries.order_guard import GuardNotice, GuardScope, order_guard
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import GUARD_KINDS, GUARD_WORDS, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.widgets.flow_layout import FlowLayout

STRIP = "진행 중인 접수"
#: Named one by one; how many more there are is a number.
SHOWN = 3
#: Words and buttons stand on one line.
_LINE = 21


class GuardStrip(QFrame):
    """`이 상품에 열린 접수 1건:` and a button for each; hidden while there is nothing to say."""

    #: a GuardNotice
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translated(STRIP))
        self.setProperty("role", "bar")
        row = QVBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        self._flow = FlowLayout(spacing=2)
        row.addLayout(self._flow)
        self._parts: list[QWidget] = []
        self.notices: tuple[GuardNotice, ...] = ()
        self.hide()

    def show_notices(self, notices: tuple[GuardNotice, ...]) -> None:
        if notices == self.notices:
            return
        self.notices = notices
        for part in self._parts:
            self._flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for (kind, about_line), group in groupby(notices, lambda n: (n.kind, n.about_line)):
            self._add_group(kind, about_line, list(group))
        self.setVisible(bool(notices))

    def _add_group(self, kind: str, about_line: bool, group: list[GuardNotice]) -> None:
        template = self.tr("이 상품에 {what} {count}건:")
        if not about_line:
            template = self.tr("이 주문에 {what} {count}건:")
        self._add_words(template.format(what=word(GUARD_KINDS, kind), count=len(group)))
        for notice in group[:SHOWN]:
            self._add(self._button(notice))
        if len(group) > SHOWN:
            self._add_words(self.tr("외 {count}건").format(count=len(group) - SHOWN))

    def _add_words(self, text: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setMinimumHeight(_LINE)
        self._add(label)

    def _button(self, notice: GuardNotice) -> QToolButton:
        button = QToolButton()
        words = f"{notice.ref} {word(GUARD_WORDS, notice.word)}"
        button.setText(f"{words} ({notice.who})" if notice.who else words)
        button.setToolTip(
            self.tr("{at} 접수 · 누르면 불러옵니다.").format(at=moment_text(notice.at))
        )
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._on_clicked, notice))
        return button

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._flow.addWidget(part)
        part.show()

    def _on_clicked(self, notice: GuardNotice) -> None:
        self.chosen.emit(notice)


class OrderGuard(QObject):
    """Looks again whenever the order of the form, or anything about it anywhere, changes.

    It never blocks: what is shown is for the eye.
    """

    def __init__(self, context: UiContext, jobs: ScreenJobs, form: OpenForm) -> None:
        super().__init__(form)
        self._jobs = jobs
        self._form = form
        self._shown: GuardScope | None = None
        self.strip = GuardStrip()
        form.replaced.connect(self._look)
        form.order_changed.connect(self._look)
        form.status_changed.connect(self._look)
        context.changes.subscribe(self, ("order/",), self._on_touched)

    def _scope(self) -> GuardScope | None:
        form = self._form
        if form.order_id is None or form.is_closed:
            return None
        return GuardScope(form.order_id, form.line_id, form.ticket_id)

    @Slot()
    def _look(self) -> None:
        scope = self._scope()
        if scope != self._shown:
            self._shown = scope
            self.strip.show_notices(())
            self._read()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        scope = self._shown
        if scope is not None and (EVERYTHING in topics or order_topic(scope.order_id) in topics):
            self._read()

    def _read(self) -> None:
        if self._shown is None:
            self._jobs.stop("guard")
            return
        self._jobs.load(
            order_guard,
            self._shown,
            on_done=self.strip.show_notices,
            on_error=self._on_failed,
            lane="guard",
        )

    def _on_failed(self, _error: EtsError) -> None:
        """DB ● tells it; what is shown stays, and is read again once the database is back."""
