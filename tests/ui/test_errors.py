"""Bugs get a report without personal data and one dialog; known errors are told."""

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType
from pytestqt.qtbot import QtBot

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui import errors
from ets_desktop.ui.errors import CrashReporter, log_qt_message, report_text
from ets_desktop.ui.widgets.fields import ReadOnlyField


@pytest.fixture
def told() -> list[EtsError]:
    return []


@pytest.fixture
def reporter(tmp_path: Path, told: list[EtsError], qapp: object) -> Iterator[CrashReporter]:
    reporter = CrashReporter(tmp_path / "log", told.append)
    yield reporter
    if reporter.dialog is not None:
        reporter.dialog.close()
        reporter.dialog.deleteLater()


def bug() -> Exception:
    try:
        raise ValueError("고객 김정민 010-0000-1234 is broken")
    except ValueError as error:
        return error


def reports(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "log").glob("crash-*.txt"))


def test_a_bug_is_reported_in_a_file_and_a_dialog(
    reporter: CrashReporter, tmp_path: Path, qtbot: QtBot
) -> None:
    reporter.report(bug())
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    (file,) = reports(tmp_path)
    field = reporter.dialog.findChild(ReadOnlyField)
    assert field is not None
    assert field.text() == str(file)
    assert reporter.dialog.windowTitle() == "프로그램 오류"


def test_a_report_names_the_place_and_nobody() -> None:
    text = report_text(bug(), datetime(2026, 11, 21, tzinfo=UTC))
    assert "ValueError" in text
    assert "test_errors.py" in text
    assert "김정민" not in text
    assert "1234" not in text


def test_a_second_bug_opens_no_second_dialog(
    reporter: CrashReporter, tmp_path: Path, qtbot: QtBot
) -> None:
    reporter.report(bug())
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    first = reporter.dialog
    reporter.report(bug())
    qtbot.waitUntil(lambda: len(reports(tmp_path)) == 2)
    assert reporter.dialog is first


def test_reports_do_not_fill_the_disk(
    reporter: CrashReporter, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "MAXIMUM_REPORTS", 2)
    for _ in range(4):
        reporter.report(bug())
    qtbot.waitUntil(lambda: len(reports(tmp_path)) == 2)
    reporter.report(RuleViolation("not_allowed"))
    assert len(reports(tmp_path)) == 2


def test_a_report_that_cannot_be_written_still_shows_the_dialog(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    reporter = CrashReporter(tmp_path / "log", print)
    reporter.report(bug())
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    field = reporter.dialog.findChild(ReadOnlyField)
    assert field is not None
    assert field.text() == "만들지 못했습니다."
    reporter.dialog.close()
    reporter.dialog.deleteLater()


def test_a_known_error_nobody_caught_is_told(
    reporter: CrashReporter, told: list[EtsError], tmp_path: Path, qtbot: QtBot
) -> None:
    error = RuleViolation("not_allowed")
    reporter.report(error)
    qtbot.waitUntil(lambda: told == [error])
    assert reports(tmp_path) == []


@pytest.fixture
def installed(reporter: CrashReporter) -> Iterator[CrashReporter]:
    hooks = sys.excepthook, threading.excepthook
    reporter.install()
    yield reporter
    reporter.uninstall()
    sys.excepthook, threading.excepthook = hooks


def test_uncaught_exceptions_come_here_from_any_thread(
    installed: CrashReporter, tmp_path: Path, qtbot: QtBot
) -> None:
    error = bug()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(reports(tmp_path)) == 2)


def test_ctrl_c_is_no_bug(
    installed: CrashReporter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    assert reports(tmp_path) == []


def test_qts_complaints_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "qt"):
        log_qt_message(QtMsgType.QtWarningMsg, None, "QObject: complaint")
        log_qt_message(QtMsgType.QtCriticalMsg, None, "worse")
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
