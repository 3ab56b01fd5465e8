"""Leads `self.tr` to the texts of ui/language.py, and Qt's own texts to its Korean ones."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from ets_desktop.ui.language import speak, translated


class TextTranslator(QTranslator):
    """One catalogue for all classes: the context that Qt gives along tells nothing here."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's own name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        return translated(sourceText, disambiguation or "")


def install_language(application: QCoreApplication, language: str) -> TextTranslator:
    """Before the first window: what is shown already does not change. Removed by its owner."""
    speak(language)
    translator = TextTranslator(application)
    application.installTranslator(translator)
    return translator


def install_qt_korean(application: QCoreApplication) -> QTranslator:
    """Qt's own texts (menus of fields, the dialog of files) as it ships them in Korean."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_ko", folder):
        application.installTranslator(translator)
    return translator
