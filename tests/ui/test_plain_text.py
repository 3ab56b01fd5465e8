"""What people wrote is letters on every screen: nothing typed, pasted or sent is run as HTML."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

import ets_desktop.ui
from ets_desktop.ui.widgets.chips import Chips
from ets_desktop.ui.widgets.counted_text import CountedText
from ets_desktop.ui.widgets.eliding_label import ElidingLabel
from ets_desktop.ui.widgets.fields import ReadOnlyField, TextField
from ets_desktop.ui.widgets.tips import plain_tip

HOSTILE = "<img src='file:///etc/passwd'><b>확인됨</b> & 환불\n완료"
SOURCES = tuple(Path(ets_desktop.ui.__file__).parent.rglob("*.py"))


def is_of_the_program(text: ast.expr) -> bool:
    """Words that stand in the code, translated or not; nobody wrote them at a desk."""
    if isinstance(text, ast.Call):
        told = ast.unparse(text.func) in ("self.tr", "translated")
        return told and all(is_of_the_program(argument) for argument in text.args)
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id.isupper())


def test_every_label_that_shows_a_value_shows_letters() -> None:
    unsafe = []
    for file in SOURCES:
        source = file.read_text("utf-8")
        for made in ast.walk(ast.parse(source)):
            if not (isinstance(made, ast.Assign) and ast.unparse(made.value).startswith("QLabel(")):
                continue
            name = ast.unparse(made.targets[0])
            assert isinstance(made.value, ast.Call)
            is_ours = bool(made.value.args) and is_of_the_program(made.value.args[0])
            # Alone, or with others in a loop.
            plain = (f"{one}.setTextFormat(Qt.TextFormat.PlainText)" for one in (name, "label"))
            if not is_ours and not any(set_to in source for set_to in plain):
                unsafe.append(f"{file.name}: {name}")
    # Stages of the start and a heading and label of the program's own words.
    known = {"login.py: self._progress", "screen.py: head", "lists.py: label", "fields.py: label"}
    assert set(unsafe) <= known


def test_every_tool_tip_of_a_value_is_letters() -> None:
    shown = re.compile(
        r"setToolTip\((?!plain_tip|translated|self\.tr|tip_of|told\)|\n)(.*)\)$", re.M
    )
    known = {
        'self._hint or (plain_tip(self.text()) if is_cut(self) else "")',
        'plain_tip(self.text()) if self.is_cut else ""',
        'f"{button.toolTip() or self._by_id[action_id].label} ({key})"',
    }
    told = {tip for file in SOURCES for tip in shown.findall(file.read_text("utf-8"))}
    assert told <= known


def test_no_field_takes_rich_text() -> None:
    """QTextEdit would: every field of several lines is a QPlainTextEdit."""
    assert not [
        file for file in SOURCES if re.search(r"\bQText(?:Edit|Browser)\b", file.read_text())
    ]
    assert not issubclass(CountedText, QTextEdit)


def test_a_tool_tip_shows_its_letters() -> None:
    shown = QTextDocument()
    shown.setHtml(plain_tip(HOSTILE))
    assert shown.toPlainText() == HOSTILE
    assert plain_tip("3 > 1 & 7\n끝") == "3 > 1 & 7\n끝"


@pytest.mark.parametrize("kind", [QPlainTextEdit, QLineEdit])
def test_pasted_rich_text_comes_in_as_its_letters(qtbot: QtBot, kind: type) -> None:
    field = CountedText("접수내용") if kind is QPlainTextEdit else TextField("제목")
    edit = field if isinstance(field, QLineEdit) else field.findChild(QPlainTextEdit)
    assert edit is not None
    qtbot.addWidget(field)
    pasted = QMimeData()
    pasted.setHtml("<b>굵게</b><img src='file:///etc/passwd'>")
    pasted.setText("굵게")
    QGuiApplication.clipboard().setMimeData(pasted)
    edit.paste()
    text = edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()
    assert text == "굵게"


def test_a_hostile_value_is_letters_in_a_field_a_label_and_a_chip(qtbot: QtBot) -> None:
    field, label, chips = ReadOnlyField("고객"), ElidingLabel(), Chips("태그")
    for widget in (field, label, chips):
        qtbot.addWidget(widget)
    field.resize(40, 20)
    field.show_value(HOSTILE)
    field.grab()
    label.show_text(HOSTILE)
    assert label.textFormat() is Qt.TextFormat.PlainText
    for tip in (field.toolTip(), label.toolTip()):
        shown = QTextDocument()
        shown.setHtml(tip)
        assert "<img" in shown.toPlainText()
