"""What screen readers and acceptance runs find: names, values, relations (spec 15)."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.domain.paging import Page
from ets_desktop.ui.topbar import TopBar
from ets_desktop.ui.widgets.fields import FieldError, TextField
from ets_desktop.ui.widgets.form_grid import FormGrid
from tests.ui.test_table_panel import panel as list_panel  # noqa: F401 - a fixture
from tests.ui.test_tables import Line

NAME, VALUE = QAccessible.Text.Name, QAccessible.Text.Value


@pytest.fixture(autouse=True)
def _reader(qapp: object) -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def every(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for number in range(node.childCount()):
        child = node.child(number)
        if child is not None:
            yield from every(child)


def test_a_combo_box_is_found_through_its_label(qtbot: QtBot) -> None:
    """On Linux Qt gives a combo box its text for a name; the label is the relation."""
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show()
    combo = bar.findChild(QComboBox)
    assert combo is not None
    labels = [
        other.text(NAME)
        for other, relation in interface(combo).relations()
        if relation == QAccessible.RelationFlag.Label
    ]
    assert labels == ["상담상태"]


def test_a_shown_value_is_read_with_its_name_and_not_twice(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show_agent("김상담", "101")
    bar.show()
    fields = {
        node.text(NAME): (node.text(VALUE), node.text(QAccessible.Text.Description))
        for node in every(interface(bar))
        if node.role() == QAccessible.Role.EditableText
    }
    assert fields["담당자"] == ("김상담", "")
    assert fields["내선"] == ("101", "")


def test_the_reason_of_an_error_can_be_read(qtbot: QtBot) -> None:
    grid = FormGrid()
    qtbot.addWidget(grid)
    grid.add_field("제목", TextField("제목"), 0)
    grid.show()
    error = grid.findChild(FieldError)
    assert error is not None
    assert interface(error).state().invisible
    grid.show_error("제목", "제목은 200자까지입니다.")
    node = interface(error)
    assert (node.text(NAME), node.text(VALUE)) == ("제목 오류", "제목은 200자까지입니다.")
    assert not node.state().invisible


def test_cells_and_headers_of_a_list_are_read(list_panel) -> None:  # noqa: F811
    list_panel.show_page(Page((Line(7, "품절"),)))
    nodes = [(node.role(), node.text(NAME)) for node in every(interface(list_panel))]
    role = QAccessible.Role
    assert (role.Table, "고객접수내역") in nodes
    assert [n for r, n in nodes if r == role.ColumnHeader] == ["번호", "상품"]
    assert [n for r, n in nodes if r == role.Cell] == ["7", "품절"]
    assert (role.Button, "선택") in nodes
