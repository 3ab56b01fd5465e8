"""What the user guide tells of keys and limits is what the desk has."""

from pathlib import Path

import pytest

from ets_desktop.domain.customers import NAME_LIMIT, SAFE_NUMBER_DAYS
from ets_desktop.domain.tickets import CONTENT_LIMIT, TAG_LIMIT, TITLE_LIMIT
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.shortcuts import ACTIONS, WINDOW
from tests import permissions

GUIDE = (Path(__file__).parent.parent / "docs" / "user-guide.ko.md").read_text(encoding="utf-8")


def test_the_guide_lists_every_key_of_the_desk_in_their_order() -> None:
    """Red after a key has changed: put this table there."""
    keys = [(entry.title, entry.shortcut, WINDOW) for entry in SCREENS]
    keys += [(entry.label, entry.key, entry.where) for entry in ACTIONS]
    table = "\n".join(f"| {label} | `{key}` | {where} |" for label, key, where in keys)
    assert GUIDE.partition("| 동작 | 키 | 어디서 |\n|---|---|---|\n")[2].strip() == table


@pytest.mark.parametrize(
    "told",
    [
        f"| 접수내용, 해결방안 | {CONTENT_LIMIT:,}자 |",
        f"| 제목 | {TITLE_LIMIT}자 |",
        f"| 태그 | {TAG_LIMIT}자",
        f"| 고객명 | {NAME_LIMIT}자 |",
        f"안심번호는 {SAFE_NUMBER_DAYS}일",
    ],
)
def test_the_guide_tells_the_limits_of_the_rules(told: str) -> None:
    assert told in GUIDE


def test_the_permissions_are_printed_as_the_table_has_them() -> None:
    """Red after a right has changed: `python -m tests.permissions`."""
    assert permissions.DOCUMENT.read_text(encoding="utf-8") == permissions.document()


def test_every_table_and_action_has_its_words() -> None:
    assert permissions.TABLE_WORDS.keys() == permissions.TABLES.keys()
    assert permissions.ACTION_WORDS.keys() == permissions.ACTIONS.keys()
