"""Whatever is written into the access log can be read on 접속기록."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ets_desktop
from ets_desktop.ui.access_labels import ACCESS_ACTIONS, ACCESS_SUBJECTS

PACKAGE = Path(ets_desktop.__file__).parent


def calls(name: str) -> Iterator[ast.Call]:
    for file in PACKAGE.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        if f"{name}(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def written(call: ast.Call, place: int, keyword: str) -> str:
    """The constant beginning of an argument, "" where it is reckoned."""
    named = [each.value for each in call.keywords if each.arg == keyword]
    found = (named or call.args[place : place + 1] or [ast.Constant("")])[0]
    if isinstance(found, ast.JoinedStr):
        found = found.values[0]
    return str(found.value) if isinstance(found, ast.Constant) else ""


def test_every_action_has_a_word() -> None:
    actions = {written(call, 0, "action") for call in calls("LogAccess")}
    actions |= {written(call, 2, "action") for call in calls("Searching")}
    assert len(actions) > 10
    assert actions - {""} <= ACCESS_ACTIONS.keys()


def test_every_kind_of_subject_has_a_word() -> None:
    subjects = {written(call, 1, "subject").partition("/")[0] for call in calls("LogAccess")}
    assert "customer" in subjects
    assert subjects - {""} <= ACCESS_SUBJECTS.keys()
