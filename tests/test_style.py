"""The house style that no linter knows: short files, short functions, words we do not use."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "ets_desktop"
FILES = sorted(PACKAGE.rglob("*.py"))
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
LINES_OF_A_SCREEN_CLASS = 300
SAYS_NOTHING = ("Manager", "Helper", "Util", "Utils", "Base", "Impl", "Data", "Info")
ALLOWED = {"StaleData"}  # the design's own word


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(file: Path) -> Iterator[ast.ClassDef]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ClassDef):
            yield node


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE
    assert [f.name for f in functions(file) if length(f) > LINES_OF_A_FUNCTION] == []
    assert [c.name for c in classes(file) if length(c) > LINES_OF_A_SCREEN_CLASS] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_names_say_something(file: Path) -> None:
    empty = [c.name for c in classes(file) if c.name.endswith(SAYS_NOTHING)]
    assert set(empty) <= ALLOWED
    assert not file.stem.endswith(("util", "utils", "helper", "helpers", "misc"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_module_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(tree_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_widget_is_asked_for_its_screen(file: Path) -> None:
    """PySide6 frees the screen itself with the widget that was asked: the next widget crashes.

    QApplication.primaryScreen() does not.
    """
    asked = [
        node.lineno
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "screen"
    ]
    assert asked == []
