"""The access log behind the screens: in order, in few writes, nothing dropped."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from ets_desktop.domain.errors import Unavailable
from ets_desktop.services.access import LogAccess
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.access import AccessTrail


class Log:
    """Stands for the database: keeps what is written, or is away."""

    def __init__(self) -> None:
        self.written: list[tuple[str, ...]] = []
        self.away = False

    def call(self, function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any:
        if self.away:
            raise Unavailable("database_away")
        return function(self, *args)

    def execute(self, _statement: object, rows: list[dict[str, Any]]) -> None:
        self.written.append(tuple(row["subject"] for row in rows))


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    return QObject()


@pytest.fixture
def trail(context: UiContext, log: Log, owner: QObject) -> AccessTrail:
    return AccessTrail(replace(context, call=log.call), owner)


def note(trail: AccessTrail, *subjects: str) -> None:
    for subject in subjects:
        trail.note(LogAccess("search_orders", subject=subject))


def test_what_comes_while_one_is_written_goes_along_with_the_next(
    trail: AccessTrail, log: Log, steps
) -> None:
    note(trail, "1", "2", "3")
    steps.run()
    assert log.written == [("1",), ("2", "3")]


def test_what_could_not_be_written_goes_along_later(
    trail: AccessTrail, log: Log, steps, desk
) -> None:
    log.away = True
    note(trail, "1", "2")
    steps.run()
    assert log.written == []
    assert ("tell", "database_away") in desk.asked
    log.away = False
    note(trail, "3")
    steps.run()
    assert log.written == [("1", "2", "3")]
