"""Bugs: the crash dialog, its report file without personal data, and the hooks that lead here."""

import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop import __version__
from ets_desktop.domain.errors import EtsError
from ets_desktop.logs import redact_trace
from ets_desktop.paths import make_private
from ets_desktop.ui.widgets.fields import ReadOnlyField, label_for

log = logging.getLogger(__name__)

#: Reports of one run; a fault in a timer must not fill the disk.
MAXIMUM_REPORTS = 20


class CrashReporter(QObject):
    """Writes a report of each bug and shows it, one dialog at a time; any thread may call it."""

    _bug_met = Signal(object)

    def __init__(self, log_dir: Path, tell: Callable[[EtsError], None]) -> None:
        """`tell` gets the known errors that nobody caught on the GUI thread."""
        super().__init__()
        self._log_dir = log_dir
        self._tell = tell
        self._written = 0
        self._dialog: CrashDialog | None = None
        self._bug_met.connect(self._on_bug_met)

    def install(self) -> None:
        """Lead every uncaught exception and every Qt warning here."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(log_qt_message)

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Show `error`, from another thread when the event loop is back; tell a known one."""
        self._bug_met.emit(error)

    @property
    def dialog(self) -> "CrashDialog | None":
        return self._dialog

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    @Slot(object)
    def _on_bug_met(self, error: BaseException) -> None:
        if isinstance(error, EtsError):
            self._tell(error)
            return
        log.error("bug: %s", type(error).__name__, exc_info=error)
        file = self._write(error)
        if self._dialog is None or not self._dialog.isVisible():
            self._dialog = CrashDialog(file)
            self._dialog.show()

    def _write(self, error: BaseException) -> Path | None:
        """The report's file; None when it cannot or need not be written."""
        if self._written >= MAXIMUM_REPORTS:
            return None
        self._written += 1
        now = datetime.now().astimezone()
        file = self._log_dir / f"crash-{now:%Y%m%d-%H%M%S}-{self._written}.txt"
        try:
            make_private(self._log_dir)
            file.write_text(report_text(error, now), encoding="utf-8")
        except (OSError, EtsError):
            log.exception("the crash report could not be written")
            return None
        return file


def report_text(error: BaseException, now: datetime) -> str:
    """What a developer needs: versions, place and trace; texts and numbers cut (spec 80)."""
    # Imported here: no bug, no need, and the start counts every millisecond (spec 90).
    import platform
    import traceback

    trace = "".join(traceback.format_exception(error))
    return (
        f"ETS Desktop {__version__}\n{now.isoformat(timespec='seconds')}\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n"
        f"{redact_trace(trace)}"
    )


def log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's own complaints belong in our log; a fatal one ends the process anyway."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    logging.getLogger("qt").log(levels.get(kind, logging.ERROR), "%s", message)


class CrashDialog(QDialog):
    """Says that something went wrong, that nothing typed is lost, and where the report is."""

    def __init__(self, file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("프로그램 오류"))
        text = QLabel(
            self.tr(
                "예상하지 못한 오류가 생겼습니다. 입력한 내용은 화면에 그대로 있습니다.\n"
                "계속되면 임시저장한 뒤 프로그램을 다시 시작하고, 보고서를 관리자에게 전하십시오."
            )
        )
        field = ReadOnlyField(self.tr("보고서 파일"))
        field.show_value(str(file) if file else self.tr("만들지 못했습니다."))
        close = QPushButton(self.tr("닫기"))
        close.clicked.connect(self.accept)
        row, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(label_for(self.tr("보고서 파일"), field))
        row.addWidget(field, 1)
        buttons.addStretch()
        buttons.addWidget(close)
        column.addWidget(text)
        column.addLayout(row)
        column.addLayout(buttons)
        self.setMinimumWidth(520)
