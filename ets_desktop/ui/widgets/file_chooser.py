"""The dialog of files, the system's or Qt's, in the words of the desk."""

from PySide6.QtWidgets import QFileDialog, QWidget

from ets_desktop.ui.language import translated

_LABELS = QFileDialog.DialogLabel


def file_chooser(parent: QWidget, title: str, kinds: str, folder: str = "") -> QFileDialog:
    """Not shown yet; `kinds` as QFileDialog has name filters."""
    chooser = QFileDialog(parent, title, folder, kinds)
    # Qt's own Korean lacks these two, and the kinds of files that the other view tells.
    chooser.setViewMode(QFileDialog.ViewMode.List)
    chooser.setLabelText(_LABELS.LookIn, translated("찾는 위치:"))
    chooser.setLabelText(_LABELS.FileType, translated("파일 형식:"))
    return chooser
