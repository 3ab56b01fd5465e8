"""The Korean texts of the desk, read from its code, beside their translations.

    .venv/bin/python -m tests.texts

brings resources/i18n/ets_en.ts up to the code: new texts come in as unfinished, for somebody to
translate (Qt Linguist reads the file, so does an editor), texts that are gone go.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from ets_desktop.paths import resource

PACKAGE = Path(__file__).resolve().parent.parent / "ets_desktop"
#: All that a person reads of the desk is written here.
SOURCES = sorted(file for layer in ("ui", "app") for file in (PACKAGE / layer).rglob("*.py"))
#: Its tables' words are looked up with their codes.
LABELS = tuple(sorted((PACKAGE / "ui").glob("*labels.py")))
CATALOGUE = resource("i18n", "ets_en.ts")
HOW = "run .venv/bin/python -m tests.texts, then translate what stands there as unfinished"

HANGUL = re.compile("[가-힣ㄱ-ㅎ]")
_PLACEHOLDER = re.compile(r"{(\w+)(?:\|\w+)?}")
#: Korean that nobody is shown: particles to choose from, days as people type them.
_UNSHOWN = {"을", "이", "내일", "모레"}

#: A text, and the code that tells it from another of the same spelling ("" mostly).
Key = tuple[str, str]


def wanted_keys() -> set[Key]:
    """What the catalogue must have."""
    return {key for file in SOURCES for key in _wanted_of(file)}


def _wanted_of(file: Path) -> set[Key]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    words = set(_coded_words(tree)) if file in LABELS else set()
    coded = {text for text, _ in words}
    return words | {(text, "") for text in _shown_texts(tree) if text not in coded}


def allowed_keys() -> set[Key]:
    """What it may have besides, where one Korean word is two in English."""
    wanted = wanted_keys()
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES]
    coded = {key for tree in trees for key in _coded_words(tree)}
    return wanted | coded | {(text, "button") for text, _ in wanted}


def glued_texts() -> list[str]:
    """f-strings with Hangul: a text that is filled in already cannot be looked up."""
    return [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and any(_korean(part) for part in node.values)
    ]


def placeholders(text: str) -> set[str]:
    """The names in `{name}` and `{name|을}`."""
    return set(_PLACEHOLDER.findall(text))


def catalogue() -> dict[Key, str]:
    """All entries; an unfinished one is empty."""
    entries: dict[Key, str] = {}
    for message in ElementTree.parse(CATALOGUE).iter("message"):
        key = message.findtext("source", ""), message.findtext("comment", "")
        assert key not in entries, key
        translation = message.find("translation")
        assert translation is not None, key
        entries[key] = "" if "type" in translation.attrib else translation.text or ""
    return entries


def write(entries: dict[Key, str]) -> None:
    CATALOGUE.write_text("".join(_lines(entries)), encoding="utf-8")


def _lines(entries: dict[Key, str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    yield '<TS version="2.1" language="en" sourcelanguage="ko">\n<context>\n    <name>ETS</name>\n'
    for (text, code), translation in sorted(entries.items()):
        yield f"    <message>\n        <source>{escape(text)}</source>\n"
        if code:
            yield f"        <comment>{escape(code)}</comment>\n"
        if translation:
            yield f"        <translation>{escape(translation)}</translation>\n"
        else:
            yield '        <translation type="unfinished"></translation>\n'
        yield "    </message>\n"
    yield "</context>\n</TS>\n"


def _coded_words(tree: ast.Module) -> Iterator[Key]:
    """The entries of tables from codes to words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for code, word in zip(node.keys, node.values, strict=True):
                text = _korean(word)
                if text and isinstance(code, ast.Constant):
                    yield text, str(code.value)


def _shown_texts(tree: ast.Module) -> Iterator[str]:
    """Every literal with Hangul but docstrings, patterns and what is never shown."""
    unread: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            unread.add(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
            unread.update(node.args)
    for node in ast.walk(tree):
        text = _korean(node)
        if text and node not in unread and text not in _UNSHOWN:
            yield text


def _korean(node: ast.AST | None) -> str:
    """The text of a literal with Hangul, else ""."""
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) and HANGUL.search(text) else ""


if __name__ == "__main__":
    old = catalogue() if CATALOGUE.exists() else {}
    kept = {key: old[key] for key in allowed_keys() & old.keys()}
    write(dict.fromkeys(wanted_keys(), "") | kept)
    left = sum(not translation for translation in catalogue().values())
    sys.stdout.write(f"{CATALOGUE}: {left} to translate\n")
