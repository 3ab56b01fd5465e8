"""Qt's own texts in Korean."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.translator import install_qt_korean
from ets_desktop.ui.widgets.file_chooser import file_chooser


def test_qt_speaks_korean_too(qapp: QApplication, qtbot: QtBot) -> None:
    translator = install_qt_korean(qapp)
    try:
        field = QLineEdit()
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        texts = [action.text() for action in menu.actions()]
        assert any(text.startswith("붙여넣기") for text in texts), texts
        assert QCoreApplication.translate("OrderSearch", "조회") == "조회"
    finally:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_the_dialog_of_files_has_no_english_label(qapp: QApplication, qtbot: QtBot) -> None:
    translator = install_qt_korean(qapp)
    parent = QWidget()
    qtbot.addWidget(parent)
    try:
        chooser = file_chooser(parent, "사진 추가", "사진 (*.png)")
        chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
        shown = [label.text() for label in chooser.findChildren(QLabel)]
        assert shown
        assert not [text for text in shown if any("a" <= letter <= "z" for letter in text)], shown
        chooser.deleteLater()
    finally:
        qapp.removeTranslator(translator)
        translator.deleteLater()
