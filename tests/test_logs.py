"""Logs carry no names, no numbers and no SQL values (spec 80)."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ets_desktop import logs
from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import EtsError
from ets_desktop.logs import (
    RedactingFormatter,
    configure_logging,
    redact,
    redact_trace,
    stop_logging,
    tell_on_stderr,
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ETS_HOME", str(tmp_path))
    level = logging.getLogger().level
    yield configure_logging("desk")
    stop_logging()
    logging.getLogger().setLevel(level)


@pytest.mark.parametrize(
    "number",
    [
        "010-0000-1234",
        "01000001234",
        "+82 10-0000-1234",
        "(02) 000-1234",
        "010.0000.1234",
        "010 – 0000 – 1234",
        "０１０－００００１２３４",
        "0000-1234",
        "202611210001234",
    ],
)
def test_a_number_is_cut(number: str) -> None:
    cut = redact(f"ring from {number}, ext 101")
    assert not any(part in cut for part in ("1234", "１２３４"))
    assert cut.endswith("ext 101")


@pytest.mark.parametrize(
    "told",
    [
        "call 12 of 345678 at 2026-11-21 took 0.25 s",
        "connected to 192.168.100.200:5432",
        "listening on 127.0.0.1:54321",
        'File "ets_desktop/logs.py", line 1234, in format',
    ],
)
def test_what_helps_to_find_a_fault_stays(told: str) -> None:
    assert redact(told) == told


def trace_of(error: Exception) -> str:
    try:
        raise error
    except Exception:  # noqa: BLE001 - any
        return redact_trace(traceback.format_exc())


@pytest.mark.parametrize(
    "error",
    [
        KeyError("Emma Lee"),
        ValueError("invalid literal for int() with base 10: 'Emma Lee'"),
        LookupError('nobody called "Emma \\" Lee"'),
        OSError(2, "No such file", "/home/Emma Lee/주문.xlsx"),
        EtsError("file_missing", name="Emma Lee"),
        ValueError("Emma's: 'Emma\nLee'"),
    ],
)
def test_what_an_exception_quotes_is_cut(error: Exception) -> None:
    cut = trace_of(error)
    assert "Lee" not in cut.partition("raise error")[2]
    assert "test_logs.py" in cut
    assert f"{type(error).__name__}: " in cut


def test_what_the_interpreter_and_the_database_say_of_the_code_stays() -> None:
    assert "has no attribute 'shape'" in trace_of(AttributeError("'Row' has no attribute 'shape'"))
    assert "No module named 'x'" in trace_of(ModuleNotFoundError("No module named 'x'"))
    assert "uq_customer" in trace_of(RuntimeError('violates unique constraint "uq_customer"'))


def test_names_are_cut() -> None:
    assert redact("KeyError: '김정민'") == "KeyError: '[han]'"


def test_sql_and_its_values_are_cut_over_all_their_lines() -> None:
    text = (
        'IntegrityError: duplicate key value violates unique constraint "uq_customer"\n'
        "DETAIL:  Key (name)=(Kim\nJ. Minh) already exists.\n"
        "[SQL: INSERT INTO customer (name) VALUES (%(name)s)]\n"
        "[parameters: {'name': 'Kim]\nJ. Minh'}]\n"
        "(Background on this error at: https://sqlalche.me/e/21/gkpj)\n\n"
        "The above exception was the direct cause of the following exception:\n"
    )
    cut = redact(text)
    assert "Kim" not in cut
    assert "Minh" not in cut
    assert "INSERT" not in cut
    assert "uq_customer" in cut
    assert "direct cause" in cut


def test_a_value_the_database_could_not_read_is_cut() -> None:
    cut = redact('invalid input syntax for type date: "Kim J. Minh"')
    assert cut == "invalid input syntax for type date: [cut]"


def test_messages_arguments_and_tracebacks_are_redacted(file: Path) -> None:
    log = logging.getLogger("ets.test")
    log.info("ring from %s", "010-0000-1234")
    try:
        raise ValueError("김정민 01000001234")
    except ValueError:
        log.exception("worker failed")
    text = file.read_text(encoding="utf-8")
    assert "1234" not in text
    assert "김정민" not in text
    assert "ring from [digits]" in text
    assert "ValueError: [han] [digits]" in text
    assert text.startswith("20")


@pytest.mark.parametrize(
    "break_", ["\n", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[1A\x1b[2K", "\u202e", "\x00", "\ud800"]
)
def test_whoever_is_logged_writes_no_line_of_his_own(file: Path, break_: str) -> None:
    logging.getLogger("ets.test").warning("link %s is up", f"a{break_}2026-11-22 CRITICAL all lost")
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert break_ not in line
    assert line.endswith("CRITICAL all lost is up")


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_one_line_of_the_log(said: str) -> None:
    record = logging.LogRecord("ets.test", logging.INFO, "", 1, "%s", (said,), None)
    (line,) = RedactingFormatter().format(record).splitlines() or [""]
    line.encode("utf-8")


def test_configuring_again_does_not_write_twice(file: Path) -> None:
    assert configure_logging("desk") == file
    logging.getLogger("ets.test").warning("once")
    assert file.read_text(encoding="utf-8").count("once") == 1


def test_a_full_file_is_rotated(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 300)
    configure_logging("desk")
    for _ in range(30):
        logging.getLogger("ets.test").info("a line of some length")
    names = sorted(path.name for path in file.parent.iterdir())
    assert names == ["desk.log", *(f"desk.log.{number}" for number in range(1, 6))]
    assert file.stat().st_size <= 300


def test_a_file_rotated_by_another_desk_is_followed(file: Path) -> None:
    log = logging.getLogger("ets.test")
    log.info("before")
    file.rename(file.with_suffix(".log.1"))
    log.info("after")
    assert "after" in file.read_text(encoding="utf-8")


def test_no_level_makes_the_driver_tell_who_was_read_and_written(
    file: Path, database_url: str
) -> None:
    """SQLAlchemy tells values at INFO and whole rows at DEBUG; letters of a Latin name are words
    like any other."""
    configure_logging("desk", logging.DEBUG)
    talkative = [logging.getLogger(name) for name in ("sqlalchemy", "psycopg")]
    for logger in talkative:
        logger.setLevel(logging.DEBUG)
    try:
        database = Database(database_url, application_name="test")
        asked = {"name": "Emma Lee"}
        database.call(lambda session: session.execute(text("SELECT :name AS n"), asked).one())
        logging.getLogger("ets.test").debug("asked")
        with pytest.raises(DBAPIError) as fault:
            database.call(
                lambda session: session.execute(text("SELECT CAST(:name AS date)"), asked)
            )
        logging.getLogger("ets.test").error("failed", exc_info=fault.value)
        database.close()
    finally:
        for logger in talkative:
            logger.setLevel(logging.NOTSET)
    written = file.read_text("utf-8")
    assert "asked" in written
    assert "DBAPIError" in written or "DataError" in written
    assert "Emma" not in written
    # The error itself does not carry them to whoever prints it.
    assert "parameters hidden" in str(fault.value)


def test_what_a_service_tells_its_terminal_is_redacted_where_python_speaks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = logging.getLogger("ets.told")
    handler = tell_on_stderr(log)
    try:
        raise ValueError("김정민 01000001234")
    except ValueError:
        log.exception("연결이 끊겼습니다")
    finally:
        log.removeHandler(handler)
    said = capsys.readouterr().err
    assert said.startswith("연결이 끊겼습니다\nTraceback")
    assert said.rstrip().endswith("ValueError: [han] [digits]")
