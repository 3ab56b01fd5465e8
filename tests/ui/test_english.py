"""The desk in English: the catalogue is whole, and no screen falls back to Korean."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.ui.claim_labels import CLAIM_FIELDS
from ets_desktop.ui.conflict import ConflictDialog
from ets_desktop.ui.context import AgentSession, UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.errors import CrashDialog
from ets_desktop.ui.formats import elapsed_text
from ets_desktop.ui.help import HelpDialog
from ets_desktop.ui.labels import ERRORS, GRADES, JOURNEY_STATES, error_text, with_particle, word
from ets_desktop.ui.language import KOREAN, LANGUAGE_KEY, speak, spoken, translated
from ets_desktop.ui.language_choice import LanguageChoice
from ets_desktop.ui.login import LoginWindow
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.prompts import DISCARD, SAVE_DRAFT_DISCARD, UNSAVED, WindowPrompts, message_box
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.screens.ticket_form.around.history_page import field_word
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.fields import LABELS
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column
from ets_desktop.ui.translator import install_language
from ets_desktop.ui.widgets.moment_field import MomentField
from ets_desktop.ui.widgets.period import PeriodButtons, today_in_seoul
from ets_desktop.ui.widgets.text_dialog import TextDialog
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests import texts
from tests.ui.conftest import Steps

#: Korean that stays: the language's own name, and initials, which only Hangul has.
STAYS = ("한국어", "ㄱㅈㅁ")


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translator = install_language(qapp, "en")
    yield
    qapp.removeTranslator(translator)
    speak(KOREAN)


def away(function: Any, *args: Any, cancel: Any = None) -> Any:
    raise Unavailable("database_away")


# The catalogue


def test_every_korean_text_of_the_code_has_its_english() -> None:
    entries = texts.catalogue()
    assert texts.wanted_keys() - entries.keys() == set(), texts.HOW
    assert [key for key, translation in entries.items() if not translation] == [], texts.HOW


def test_nothing_is_translated_that_the_code_no_longer_has() -> None:
    assert texts.catalogue().keys() - texts.allowed_keys() == set(), texts.HOW


def test_a_translation_is_filled_in_with_the_same_values() -> None:
    entries = texts.catalogue().items()
    different = [text for (text, _), t in entries if texts.placeholders(text) != places(t)]
    assert different == []


def places(translation: str) -> set[str]:
    assert "|" not in translation, "particles are Korean"
    return texts.placeholders(translation)


def test_no_translation_is_korean() -> None:
    korean = [t for t in texts.catalogue().values() if texts.HANGUL.search(without_what_stays(t))]
    assert korean == []


def test_no_text_is_glued_together_before_it_is_looked_up() -> None:
    assert texts.glued_texts() == []


# The screens


def without_what_stays(text: str) -> str:
    for korean in STAYS:
        text = text.replace(korean, "")
    return text


def read(widget: QWidget) -> Iterator[str]:
    """What `widget` shows and what a screen reader says of it."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
    if isinstance(widget, QAbstractButton | QLabel):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield from (widget.text(), widget.placeholderText())
    if isinstance(widget, QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QTabWidget):
        for number in range(widget.count()):
            yield widget.tabText(number)
            yield widget.tabBar().accessibleTabName(number)
    if isinstance(widget, QTableView):
        model = widget.model()
        for number in range(model.columnCount()):
            yield model.headerData(number, Qt.Orientation.Horizontal)
        for row in range(model.rowCount()):
            yield from (model.index(row, n).data() for n in range(model.columnCount()))


def korean_in(window: QWidget) -> set[str]:
    actions = {action.text() for action in window.findChildren(QAction)}
    shown = {text for part in (window, *window.findChildren(QWidget)) for text in read(part)}
    return {text for text in shown | actions if texts.HANGUL.search(without_what_stays(text))}


@pytest.mark.usefixtures("english")
def test_every_screen_speaks_english(
    context: UiContext, state: WindowState, steps: Steps, qtbot: QtBot
) -> None:
    desk = WindowDesk(state)
    agent = AgentSession(1, "admin", "Choi", "199", "admin")
    window = MainWindow(replace(context, call=away, desk=desk, agent=agent), desk, Diagnostics())
    qtbot.addWidget(window)
    window.show()
    for entry in SCREENS:
        window.tabs.open(entry.id)
        steps.run()
        desk.set_count(entry.id, 3)
    assert korean_in(window) == set()
    assert window.findChildren(QPushButton)


@pytest.mark.usefixtures("english")
def test_every_dialog_speaks_english(steps: Steps, state: WindowState, qtbot: QtBot) -> None:
    desk = WindowDesk(state)
    for window in (
        LoginWindow(steps.hub, lambda _: None, state),
        HelpDialog(desk.actions, Diagnostics()),
        Palette(desk.actions),
        CustomerChooser((), "", state),
        ConflictDialog((), ""),
        TextDialog("폐기처리", "폐기사유"),
        message_box(None, UNSAVED, "", SAVE_DRAFT_DISCARD),
        CrashDialog(None),
        desk.call_dock,
        desk.top_bar,
    ):
        qtbot.addWidget(window)
        assert korean_in(window) == set(), type(window).__name__


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_known_error_is_told_in_english(code: str) -> None:
    told = error_text(EtsError(code))
    assert not texts.HANGUL.search(told)
    assert "{" not in told


@pytest.mark.usefixtures("english")
def test_an_error_without_a_sentence_is_told_in_english_too() -> None:
    assert error_text(RuleViolation("never_heard")) == "This cannot be done. (never_heard)"


# Pieces that need care


@pytest.mark.usefixtures("english")
def test_names_and_data_stay_as_they_are_and_take_no_particle() -> None:
    assert translated("김정민") == "김정민"
    assert with_particle("김정민", "을") == "김정민"
    assert word(GRADES, "vip") == "VIP"
    assert word(GRADES, "platinum") == "platinum"


@pytest.mark.usefixtures("english")
def test_one_korean_word_may_be_several_english_ones() -> None:
    assert (translated("취소"), translated("취소", "cancelled")) == ("Cancel", "Cancelled")
    assert (translated("고객", "column"), translated("고객")) == ("Customer", "Customer")
    assert translated("회수", "no_such_code", "button") == translated("회수", "button") == "Recall"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("event", ["call", "transfer", "callback"])
def test_the_history_tells_every_event_in_english(event: str) -> None:
    told = {field_word(f"{event}_{state}") for state in JOURNEY_STATES[event]}
    assert len(told) == len(JOURNEY_STATES[event])
    assert not [words for words in told if texts.HANGUL.search(words)]


@pytest.mark.usefixtures("english")
def test_the_history_tells_every_field_in_english() -> None:
    fields = {*CLAIM_FIELDS, *LABELS, *JOURNEY_STATES["activity"], "created", "status", "priority"}
    told = {field: field_word(field) for field in fields}
    assert not {field: words for field, words in told.items() if texts.HANGUL.search(words)}
    assert told.keys() & told.values() == set()


@pytest.mark.usefixtures("english")
def test_a_button_says_what_its_action_does_there() -> None:
    assert translated("접수", "accept_claim", "button") == "Accept"
    assert translated("회수", "fetch_transfers", "button") == "Take back"


@pytest.mark.usefixtures("english")
def test_spans_are_short() -> None:
    assert elapsed_text(timedelta(days=2, hours=3)) == "2 d 3 h"
    assert elapsed_text(timedelta(minutes=5)) == "5 min"


@pytest.mark.usefixtures("english")
def test_a_period_button_means_what_it_means_in_korean(qtbot: QtBot) -> None:
    period = PeriodButtons()
    qtbot.addWidget(period)
    button = next(b for b in period.findChildren(QPushButton) if b.text() == "Yesterday")
    button.click()
    chosen = period.period()
    assert chosen.start == chosen.end == today_in_seoul() - timedelta(days=1)


@pytest.mark.usefixtures("english")
def test_a_day_may_be_typed_as_it_is_shown(qtbot: QtBot) -> None:
    field = MomentField("콜백일시")
    qtbot.addWidget(field)
    assert field.accessibleName() == "Callback at"
    field.setText(field.placeholderText())
    assert field.moment() is not None


@pytest.mark.usefixtures("english")
def test_the_offered_moments_mean_what_they_mean_in_korean(qtbot: QtBot) -> None:
    morning = datetime(2026, 11, 23, 10, tzinfo=SEOUL)
    field = MomentField("콜백일시", now=lambda: morning)
    qtbot.addWidget(field)
    field.quick_button("콜백일시 고르기").click()
    menu = field.findChild(QMenu)
    assert menu is not None
    offered = menu.actions()
    assert offered[0].text() == "In 30 minutes"
    for action in offered:
        field.clear()
        action.trigger()
        assert field.moment() is not None
    menu.close()


@pytest.mark.usefixtures("english")
def test_a_title_longer_than_its_column_widens_it(state: WindowState, qtbot: QtBot) -> None:
    narrow = Column[int]("접수번호", str, 2)
    panel: TablePanel[int] = TablePanel("접수", (narrow,), int, state=state)
    qtbot.addWidget(panel)
    title = panel.fontMetrics().horizontalAdvance("Ticket no.")
    assert panel.table.columnWidth(0) > title


@pytest.mark.usefixtures("english")
def test_a_word_longer_than_the_korean_one_is_whole_however_little_room(
    state: WindowState, qtbot: QtBot
) -> None:
    columns = (Column[int]("구분", lambda _: translated("이관"), 2), Column[int]("내용", str, 40))
    panel: TablePanel[int] = TablePanel("접수", columns, int, state=state)
    qtbot.addWidget(panel)
    panel.resize(120, 200)
    panel.show_rows((1, 2))
    said = panel.fontMetrics().horizontalAdvance(translated("이관"))
    assert panel.table.columnWidth(0) > said


@pytest.mark.usefixtures("english", "qtbot")
def test_an_answer_is_the_label_the_program_asked_with() -> None:
    shown: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        shown.extend(button.text() for button in box.buttons())
        next(button for button in box.buttons() if button.text() == "Discard").click()

    QTimer.singleShot(0, press)
    assert WindowPrompts().ask(UNSAVED, "?", SAVE_DRAFT_DISCARD) == DISCARD
    assert shown == ["Save", "Save draft", "Discard", "Cancel"]


# The choice


def test_the_choice_is_remembered_and_told(state: WindowState, qapp: QApplication) -> None:
    told: list[str] = []
    choice = LanguageChoice(state, told.append, qapp)
    korean, english = choice.actions()
    assert (korean.text(), english.text()) == ("한국어", "English")
    assert korean.isChecked()
    english.trigger()
    assert told == ["다음에 시작할 때부터 English로 표시합니다."]
    again = LanguageChoice(state, told.append, qapp)
    assert [action.isChecked() for action in again.actions()] == [False, True]
    assert spoken() == KOREAN


def test_a_language_nobody_has_heard_of_is_korean(state: WindowState, qapp: QApplication) -> None:
    state.set_text(LANGUAGE_KEY, "tlh")
    choice = LanguageChoice(state, print, qapp)
    assert [action.isChecked() for action in choice.actions()] == [True, False]
    speak("tlh")
    assert (spoken(), translated("조회")) == (KOREAN, "조회")


START = """
import sys
from PySide6.QtWidgets import QApplication
from ets_desktop.app.desktop import Desktop
from ets_desktop.paths import make_private, paths
from ets_desktop.settings import Settings
from ets_desktop.ui.window_state import WindowState

if len(sys.argv) > 1:
    state = WindowState(make_private(paths().state_dir))
    state.set_text("desk/language", sys.argv[1])
    state.save()
application = QApplication([])
desktop = Desktop(application, Settings(), paths())
print(desktop.login.windowTitle(), "xml.etree.ElementTree" in sys.modules)
desktop.close()
"""


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [((), "ETS 로그인 False"), (("ko",), "ETS 로그인 False"), (("en",), "ETS login True")],
)
def test_the_desk_starts_in_the_language_chosen_whatever_the_systems(
    chosen: tuple[str, ...], shown: str, tmp_path: Path
) -> None:
    """Korean reads no catalogue, so that it starts as fast as before."""
    locale = {"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-c", START, *chosen],
        env={**os.environ, **locale, "ETS_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == shown
