"""A combo box as a screen reader works it."""

from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets.choice_box import ChoiceBox


def a_box(qtbot: QtBot) -> ChoiceBox:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["일반문의", "배송문의", "반품"])
    return box


def select(box: ChoiceBox, row: int) -> None:
    """What Qt's accessible list does when a row is selected in it."""
    index = box.model().index(row, 0)
    box.view().selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_selecting_a_row_of_the_closed_list_chooses_it(qtbot: QtBot) -> None:
    box = a_box(qtbot)
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    select(box, 2)
    assert (box.currentText(), chosen) == ("반품", [2])


def test_an_open_list_waits_for_the_choice(qtbot: QtBot) -> None:
    box = a_box(qtbot)
    box.show()
    box.showPopup()
    select(box, 1)
    assert box.currentText() == "일반문의"
    box.hidePopup()
    assert box.currentText() == "일반문의"


def test_filling_the_list_chooses_nothing(qtbot: QtBot) -> None:
    box = a_box(qtbot)
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    select(box, 1)
    box.clear()
    box.addItems(["가", "나"])
    assert chosen == [1]
