"""What the journal's thread tells arrives on the GUI thread."""

from threading import Thread

from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from ets_desktop.ui.journal import JournalNews


class _Heard(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.codes: list[tuple[str, bool]] = []

    @Slot(str)
    def hear(self, code: str) -> None:
        self.codes.append((code, QThread.currentThread() is self.thread()))


def test_news_of_the_journal_change_threads(qtbot: QtBot) -> None:
    news, heard = JournalNews(), _Heard()
    news.told.connect(heard.hear)
    with qtbot.waitSignal(news.told):
        thread = Thread(target=news.tell, args=("journal_full",))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(heard.codes))
    assert heard.codes == [("journal_full", True)]
