"""엑셀 저장: why, and into which file; then how far it is, and 중지."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.fields import TextField, set_tone
from ets_desktop.ui.widgets.file_chooser import file_chooser
from ets_desktop.ui.widgets.form_grid import FormGrid

TITLE = "엑셀 저장"
REASON, FILE = "사유", "파일이름"
ASK = "승인 요청"


class ExportDialog(QDialog):
    """확인 asks with what was typed; whoever listens writes, and says how it goes.

    While it is written 취소, Esc and ✕ stop the writing; what was typed stays in any case.
    """

    #: 사유, 파일이름
    confirmed = Signal(str, str)
    stopped = Signal()
    #: 승인 요청 with 사유
    approval_asked = Signal(str)

    def __init__(self, note: str, file: Path, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated(TITLE))
        self._is_busy = False
        self._folder = file.parent
        self._note = QLabel(note)
        self._reason = TextField(REASON)
        self._file = TextField(FILE)
        self._browse = QPushButton(self.tr("찾아보기"))
        self._message = QLabel()
        self._ask = QPushButton(translated(ASK))
        self._ok = QPushButton(self.tr("확인"))
        self._stop = QPushButton(self.tr("중지"))
        self._cancel = QPushButton(self.tr("취소"))
        self._grid = FormGrid()
        self._file.setText(str(file))
        self._lay_out()
        self._wire()
        self.show_busy(False)

    def _lay_out(self) -> None:
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("role", "hint")
        self._reason.setPlaceholderText(self.tr("왜 저장하는지 적습니다. 접속기록에 남습니다."))
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setAccessibleName(self.tr("진행 상황"))
        self._ok.setProperty("role", "primary")
        self._grid.add_field(REASON, self._reason, 0)
        self._grid.add_field(FILE, self._file, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._browse)
        buttons.addWidget(self._message, 1)
        for button in (self._ask, self._ok, self._stop, self._cancel):
            buttons.addWidget(button)
        for button in (self._browse, self._ask, self._ok, self._stop, self._cancel):
            # The fields act on Enter themselves, so that a half-composed syllable does not.
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addWidget(self._grid)
        column.addLayout(buttons)
        self.setMinimumWidth(640)

    def _wire(self) -> None:
        self._reason.entered.connect(self._on_confirmed)
        self._file.entered.connect(self._on_confirmed)
        self._ok.clicked.connect(self._on_confirmed)
        self._stop.clicked.connect(self.stopped)
        self._cancel.clicked.connect(self.reject)
        self._ask.clicked.connect(self._on_ask_clicked)
        self._browse.clicked.connect(self._on_browse_clicked)

    def show_busy(self, busy: bool) -> None:
        """Whether the file is being written: nothing but 중지 can be done then."""
        self._is_busy = busy
        fields = (self._reason, self._file)
        for widget in (*fields, self._browse, self._ask, self._ok, self._cancel):
            widget.setEnabled(not busy)
        self._stop.setVisible(busy)
        self._ask.hide()
        if busy:
            self._grid.clear_errors()
            self.show_message("")
            self._stop.setFocus()
        else:
            self._reason.setFocus()

    def show_progress(self, rows: int) -> None:
        self.show_message(self.tr("{count}행 저장 중…").format(count=f"{rows:,}"))

    def show_message(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        set_tone(self._message, tone)

    def show_fault(self, label: str, text: str) -> None:
        """Beside the field 사유 or 파일이름."""
        self.show_message("")
        self._grid.show_error(label, text)

    def offer_to_ask(self, text: str) -> None:
        """It takes a supervisor's approval, as `text` says: 승인 요청 asks for it."""
        self.show_message(text, "red")
        self._ask.show()
        self._ask.setFocus()

    def fault(self, label: str) -> str:
        return self._grid.error(label)

    @property
    def message(self) -> str:
        return self._message.text()

    def reject(self) -> None:
        if self._is_busy:
            self.stopped.emit()
        else:
            super().reject()

    @Slot()
    def _on_confirmed(self) -> None:
        if not self._is_busy:
            finish_composition()
            self._grid.clear_errors()
            self.confirmed.emit(self._reason.text(), self._file.text())

    @Slot()
    def _on_ask_clicked(self) -> None:
        finish_composition()
        self._grid.clear_errors()
        self.approval_asked.emit(self._reason.text())

    @Slot()
    def _on_browse_clicked(self) -> None:
        kinds = self.tr("엑셀 통합 문서 (*.xlsx)")
        chooser = file_chooser(self, translated(TITLE), kinds, str(self._folder))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("xlsx")
        # A file that is there is refused here, never written over.
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.selectFile(Path(self._file.text()).name)
        chooser.fileSelected.connect(self._file.setText)
        chooser.open()
