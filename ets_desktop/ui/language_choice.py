"""The entries of the menu 언어: the language of the next start."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup

from ets_desktop.ui.language import KOREAN, LANGUAGE_KEY, LANGUAGES
from ets_desktop.ui.window_state import WindowState


class LanguageChoice(QActionGroup):
    """One action a language, the chosen one checked; choosing is remembered and told by `say`.

    What is open keeps its language: half of it is typed text, and screens hold their words.
    """

    def __init__(self, state: WindowState, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._say = say
        chosen = state.text(LANGUAGE_KEY, KOREAN)
        for code, name in LANGUAGES.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == chosen)
            action.setData(code)
        if self.checkedAction() is None:
            self.actions()[0].setChecked(True)
        self.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._state.set_text(LANGUAGE_KEY, action.data())
        self._state.save()
        told = self.tr("다음에 시작할 때부터 {language}로 표시합니다.")
        self._say(told.format(language=action.text()))
