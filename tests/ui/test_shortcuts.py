"""The keys: unique, harmless to typing, told wherever they are asked for."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.diagnostics import Diagnostics, percentile
from ets_desktop.ui.help import HelpDialog
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.shortcuts import ACTIONS, ADMINISTRATION, WINDOW, ActionEntry, Actions
from ets_desktop.ui.widgets.fields import ReadOnlyField

HARMLESS = re.compile(r"(Ctrl\+|Alt\+|Shift\+)*F\d{1,2}|(Ctrl\+)?(Alt\+)?(Shift\+)?\w+")
#: What edits text, here or in an input method.
EDITING = {
    *(f"Ctrl+{letter}" for letter in "ACVXZY"),
    *(f"Ctrl+{key}" for key in ("Left", "Right", "Home", "End", "Backspace", "Delete", "Space")),
    "Alt+Backspace",
    "Ctrl+Shift+C",
    "Ctrl+Shift+Z",
}
IN_ADMINISTRATION = (ADMINISTRATION, WINDOW)


@pytest.mark.parametrize("entry", ACTIONS, ids=lambda entry: entry.id)
def test_no_key_types_or_edits_text(entry: ActionEntry) -> None:
    assert HARMLESS.fullmatch(entry.key)
    assert entry.key.startswith(("Ctrl+", "Alt+")) or re.fullmatch(r"(Shift\+)?F\d+", entry.key)
    assert entry.key not in EDITING


def test_keys_and_ids_are_unique() -> None:
    """관리 has the keys of forms for its own: Ctrl+S saves what is there."""
    for apart in (lambda where: where != ADMINISTRATION, lambda where: where in IN_ADMINISTRATION):
        keys = [entry.key for entry in ACTIONS if apart(entry.where)]
        assert len(set(keys)) == len(keys)
    assert len({entry.id for entry in ACTIONS}) == len(ACTIONS)


class Place(QWidget):
    """A field of activity with a button and a field."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        self.button = QPushButton("신규고객", self)
        self.field = ReadOnlyField("담당자", self)
        self.field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.addWidget(self.button)
        column.addWidget(self.field)
        self.button.clicked.connect(self.press)

    def press(self) -> None:
        self.pressed += 1


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    place = Place()
    qtbot.addWidget(place)
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    place.field.setFocus()
    return place


@pytest.fixture
def actions(qapp: object) -> Actions:
    return Actions()


def press(qtbot: QtBot, place: Place) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(place.field, Qt.Key.Key_N, both)


def test_the_key_presses_the_button_and_its_tool_tip_tells_it(
    place: Place, actions: Actions, qtbot: QtBot
) -> None:
    actions.bind_button("new_customer", place.button, place)
    press(qtbot, place)
    assert place.pressed == 1
    assert place.button.toolTip() == "신규고객 (Ctrl+Shift+N)"


def test_a_disabled_button_is_not_pressed_by_its_key(
    place: Place, actions: Actions, qtbot: QtBot
) -> None:
    actions.bind_button("new_customer", place.button, place)
    place.button.setEnabled(False)
    press(qtbot, place)
    assert place.pressed == 0


def test_the_palette_offers_no_button_that_is_disabled(
    place: Place, actions: Actions, qtbot: QtBot
) -> None:
    actions.bind_button("new_customer", place.button, place)
    place.button.setEnabled(False)
    palette = Palette(actions)
    qtbot.addWidget(palette)
    assert palette.chosen() is None


def test_an_action_of_a_closed_screen_is_gone(place: Place, actions: Actions, qtbot: QtBot) -> None:
    owner = QWidget()
    actions.bind("help", owner, place.press)
    assert [entry.id for entry, _ in actions.available()] == ["help"]
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert actions.available() == ()


def test_of_several_screens_with_one_action_that_in_front_is_meant(
    place: Place, actions: Actions, qtbot: QtBot
) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    here = actions.bind("search", place, place.press)
    there = actions.bind("search", behind, place.press)
    assert actions.action("search") is here
    place.hide()
    assert actions.action("search") is there
    behind.show()
    assert [action for _, action in actions.available()] == [there]


def test_only_what_is_in_the_list_can_be_bound(place: Place, actions: Actions) -> None:
    with pytest.raises(KeyError):
        actions.bind("no_such_action", place, place.press)


def test_enter_runs_what_the_arrows_marked(place: Place, actions: Actions, qtbot: QtBot) -> None:
    first = actions.bind("help", place, place.press)
    second = actions.bind("quit", place, place.press)
    palette = Palette(actions)
    qtbot.addWidget(palette)
    assert palette.chosen() is first
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.action_chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == [second]
    assert palette.result() == Palette.DialogCode.Accepted


def test_typing_narrows_the_palette(place: Place, actions: Actions, qtbot: QtBot) -> None:
    actions.bind("help", place, place.press)
    quit_action = actions.bind("quit", place, place.press)
    palette = Palette(actions)
    qtbot.addWidget(palette)
    palette.field.setText("ㅈㄹ")
    assert palette.chosen() is quit_action
    palette.field.setText("ctrl+q")
    assert palette.chosen() is quit_action
    palette.field.setText("없는 것")
    assert palette.chosen() is None
    with qtbot.assertNotEmitted(palette.action_chosen):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_help_lists_every_key(actions: Actions, qtbot: QtBot) -> None:
    dialog = HelpDialog(actions, Diagnostics())
    qtbot.addWidget(dialog)
    table = dialog.findChild(RecordTable)
    assert table is not None
    assert table.model().rowCount() == len(ACTIONS)


def test_help_shows_what_was_measured(actions: Actions, qtbot: QtBot) -> None:
    diagnostics = Diagnostics()
    for number in range(1, 101):
        diagnostics.note(number / 1000)
    dialog = HelpDialog(actions, diagnostics, measurements=True)
    qtbot.addWidget(dialog)
    shown = {f.accessibleName(): f.text() for f in dialog.findChildren(ReadOnlyField)}
    assert shown == {
        "울림→표시 p50": "50 ms",
        "울림→표시 p95": "95 ms",
        "잰 통화": "100",
        "저널의 열쇠": "—",
    }


@pytest.mark.parametrize(
    ("store", "told"),
    [
        ("keyring.backends.SecretService", "운영체제의 키 저장소"),
        ("", "파일 (키 저장소를 쓸 수 없습니다)"),
    ],
)
def test_help_tells_where_the_key_of_the_journal_lies(
    actions: Actions, qtbot: QtBot, store: str, told: str
) -> None:
    dialog = HelpDialog(actions, Diagnostics(lambda: store), measurements=True)
    qtbot.addWidget(dialog)
    shown = {f.accessibleName(): f.text() for f in dialog.findChildren(ReadOnlyField)}
    assert shown["저널의 열쇠"] == told


@pytest.mark.parametrize(
    ("values", "share", "value"),
    [([], 0.5, None), ([3.0], 0.95, 3.0), ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0), ([1.0, 2.0], 1, 2.0)],
)
def test_percentiles_are_values_that_were_measured(
    values: list[float], share: float, value: float | None
) -> None:
    assert percentile(values, share) == value
