"""The guard over the logs of the whole suite hears what it is there for, and only that."""

import logging
from pathlib import Path

import pytest

from tests.privacy import PrivacyGuard


def heard(logger: str, text: str, *arguments: object, error: Exception | None = None) -> list[str]:
    guard = PrivacyGuard()
    info = None if error is None else (type(error), error, None)
    guard.emit(logging.LogRecord(logger, logging.DEBUG, "", 1, text, arguments, info))
    return guard.told


@pytest.mark.parametrize(
    "person",
    ["김정민", "01000001234", "010-0000-1234", "물빛로 1", "KIM JUNGMIN", "+82 10-0000-1234"],
)
def test_our_own_message_may_not_hold_a_person_at_all(person: str) -> None:
    assert heard("ets_desktop.ui.jobs", "saved %s", person)


def test_a_library_may_hold_one_that_is_cut_before_it_is_written() -> None:
    assert heard("keyring.backend", "Row ('김정민', '01000001234')") == []
    # What the redaction cannot know.
    assert heard("keyring.backend", "Row ('KIM JUNGMIN',)")
    # What no log of ours takes.
    assert heard("sqlalchemy.engine.Engine", "Row ('KIM JUNGMIN',)") == []


def test_what_an_exception_says_is_searched_as_it_is_written() -> None:
    assert heard("ets_desktop.x", "failed", error=KeyError("김정민")) == []
    assert heard("ets_desktop.x", "failed", error=KeyError("KIM JUNGMIN")) == []
    # No mark says where it ends.
    assert heard("ets_desktop.x", "failed", error=ValueError("KIM JUNGMIN is gone"))


def test_places_and_ids_are_nobody() -> None:
    assert (
        heard("ets_desktop.pbx.worker", "link %s: leg 1763772000.%d at 127.0.0.1", "본사", 7) == []
    )


def test_a_log_file_and_a_crash_report_are_read_but_no_table(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "base").mkdir()
    places = ("log/desk.log.1", "log/crash-20261122-1.txt", "base/PG_VERSION", "base/a.log")
    for place in places:
        (tmp_path / place).write_text("010-0000-1234", "utf-8")
    guard = PrivacyGuard()
    guard.read_files(tmp_path)
    assert len(guard.told) == 2
    # The session's own guard reads this folder, too.
    for place in places:
        (tmp_path / place).unlink()
