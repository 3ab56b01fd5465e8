"""Every code has a Korean word, every known error a sentence that fills."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ets_desktop.db.schema import ars, calls, customers, orders, people, tickets
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui import erp_labels, labels

PACKAGE = Path(labels.__file__).parent.parent
HANGUL = re.compile("[가-힣]")
#: Classes whose first argument is an error code.
KNOWN = {"EtsError", "RuleViolation", "NotFound", "Unavailable", "StaleData"}


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (labels.TICKET_TYPES, tickets.TICKET_TYPES),
        (labels.TICKET_STATUSES, tickets.STATUSES),
        (labels.ORIGINS, tickets.ORIGINS),
        (labels.ARS_KINDS, ars.KINDS),
        (labels.ORDER_STATUSES, orders.ORDER_STATUSES),
        (erp_labels.ORDER_MARKS, orders.ORDER_MARKS),
        (labels.GRADES, customers.GRADES),
        (labels.ADDRESS_KINDS, customers.ADDRESS_KINDS),
        (labels.PHONE_KINDS, customers.PHONE_KINDS),
        (labels.AGENT_STATES, people.STATES),
        (labels.ROLES, people.ROLES),
        (labels.CALL_STATES, (*calls.PHASES, *calls.ENDS, "missed")),
        (labels.CALL_KINDS, ("in", "out", "missed")),
    ],
)
def test_every_code_of_the_database_has_a_word(
    table: dict[str, str], codes: tuple[str, ...]
) -> None:
    assert set(codes) <= set(table)
    assert all(table.values())


def test_an_unknown_code_shows_itself_and_none_shows_nothing() -> None:
    assert labels.word(labels.GRADES, "platinum") == "platinum"
    assert labels.word(labels.GRADES, None) == ""


def raised_codes() -> Iterator[tuple[str, str]]:
    """(code, file) of every known error made with a literal code, subclasses included."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in PACKAGE.rglob("*.py")}
    known = set(KNOWN)
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & KNOWN:
                    known.add(node.name)
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, first = node.func, node.args[0]
            if isinstance(name, ast.Name) and name.id == "FieldFault" and len(node.args) > 1:
                first = node.args[1]
            elif not (isinstance(name, ast.Name) and name.id in known):
                continue
            if isinstance(first, ast.Constant):
                yield str(first.value), str(file.relative_to(PACKAGE))


def test_every_known_error_has_a_sentence() -> None:
    missing = {code: file for code, file in raised_codes() if code not in labels.ERRORS}
    assert missing == {}


@pytest.mark.parametrize("code", sorted(labels.ERRORS))
def test_every_sentence_is_korean_and_fills(code: str) -> None:
    sentence = labels.ERRORS[code]
    assert HANGUL.search(sentence)
    assert sentence.endswith((".", ")", "}"))
    filled = labels.filled(sentence, {})
    assert "{" not in filled
    assert "}" not in filled


def test_a_sentence_is_filled_from_the_details() -> None:
    error = EtsError("folder_unusable", folder="/home/a", reason="Permission denied")
    assert labels.error_text(error) == "폴더를 쓸 수 없습니다: /home/a (Permission denied)"


def test_an_error_without_a_sentence_shows_its_code() -> None:
    assert labels.error_text(RuleViolation("never_heard")) == "처리할 수 없습니다. (never_heard)"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"name": "김정민"}, "김정민을 이 담당자로 바꿉니다"),
        ({"name": "이수아"}, "이수아를 이 담당자로 바꿉니다"),
        ({}, "…을(를) 이 담당자로 바꿉니다"),
        ({"name": "{x}"}, "{x}을(를) 이 담당자로 바꿉니다"),
    ],
)
def test_particles_follow_the_last_sound(values: dict[str, str], text: str) -> None:
    assert labels.filled("{name|을} 이 담당자로 바꿉니다", values) == text


def test_the_words_need_no_qt_for_the_command_line_reads_them_too() -> None:
    program = "import sys, ets_desktop.ui.labels; print([m for m in sys.modules if 'PySide6' in m])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
