"""No personal data in any log at any level (spec 80), held over the whole suite.

Every record of every logger at DEBUG, every line on stderr, every log file and crash report that a
test leaves is searched for the people of the fixtures. Our own messages may not even hand such a
value to logging; what libraries say may not hold it once it is written.
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ets_desktop.demo.words import LATIN_NAMES
from ets_desktop.logs import RedactingFormatter, may_be_told

#: What they tell at DEBUG only `ets_desktop.logs` keeps silent: rows, statements, frames. It would
#: cost the suite a third of its time: with `ETS_LOUD=1`, and once in tests/test_logs.py.
LIBRARIES = ("sqlalchemy", "psycopg", "alembic", "websockets", "asyncio", "keyring")
LOUD = LIBRARIES if os.environ.get("ETS_LOUD") else ()
OURS = "ets_desktop"

#: Every invented person of the tests has such a number (ARCHITECTURE.md, tests).
_NUMBER = r"(?<![\d.])(?:\+?82[- ]?|0)(?:10|70)[-. ]?0000[-. ]?\d{4}(?!\d)"
_ADDRESS = r"(?:물빛|별솔|나래)로 ?\d+|강남구 역삼동"
_GIVEN_AS = re.compile(
    r'(?:name|orderer_name|recipient_name|고객명"|주문자"|수취인"|예금주")[=:,] ?"([가-힣]{3,4})"'
)
#: Names of things and places, which a log may tell.
_NOBODY = {
    *("가게몰", "자사몰", "텀블러", "물류팀", "셋째담당"),
    *("주문자", "수취인", "상품명", "전화번호"),
}
_LOGS = re.compile(r"\.log(?:\.\d+)?$|^crash-.*\.txt$")
_SHOWN = 200


def _people() -> set[str]:
    """The names that the tests give to people."""
    tests = Path(__file__).parent.rglob("*.py")
    found = {name for file in tests for name in _GIVEN_AS.findall(file.read_text("utf-8"))}
    return (found | set(LATIN_NAMES)) - _NOBODY


class PrivacyGuard(logging.Handler):
    """Hears every logger and remembers what it should not have heard."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        names = "|".join(map(re.escape, sorted(_people())))
        self._needle = re.compile(f"{_NUMBER}|{_ADDRESS}|{names}")
        self._written = RedactingFormatter()
        self.where = ""
        self.heard = 0
        self.told: list[str] = []

    def listen(self) -> None:
        """At every level, whatever a test has set; called before each."""
        for name in (OURS, *LOUD):
            logger = logging.getLogger(name)
            if logger.level != logging.DEBUG:
                logger.setLevel(logging.DEBUG)
            # Kept from pytest's own handlers, which would write down each row of the suite.
            if name != OURS and self not in logger.handlers:
                logger.propagate = False
                logger.addHandler(self)
        if self not in logging.getLogger().handlers:
            logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1
        said = record.getMessage()
        if self._needle.search(said) is None and not record.exc_info:
            return
        if record.name.startswith(OURS):
            self._search(f"{record.name}'s message", said)
        if may_be_told(record):
            self._search(f"{record.name}'s line", self._written.format(record))

    def read(self, where: str, what: str, text: str) -> None:
        """Search what a test left: its stderr, a file."""
        self.where = where
        self._search(what, text)

    def read_files(self, folder: Path) -> None:
        for file in _log_files(folder):
            self.read("", str(file), file.read_text("utf-8", "replace"))

    def _search(self, what: str, text: str) -> None:
        for found in self._needle.finditer(text):
            around = text[max(0, found.start() - 60) : found.end() + 20]
            if len(self.told) < _SHOWN:
                self.told.append(f"{self.where}: {what}: …{around}…")


class PrivacyOfLogs:
    """The plugin: it fails the session, whatever its tests say."""

    def __init__(self) -> None:
        self._guard = PrivacyGuard()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self._guard.where = item.nodeid
        self._guard.listen()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for title, text in report.sections:
            if title.startswith("Captured stderr"):
                self._guard.read(report.nodeid, "stderr", text)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        folders = getattr(session.config, "_tmp_path_factory", None)
        if folders is not None and folders._basetemp is not None:
            self._guard.read_files(folders.getbasetemp())
        if self._guard.told:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._guard.told:
            terminalreporter.section("personal data in logs", red=True)
            for line in self._guard.told:
                terminalreporter.line(line)


def _log_files(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        # Inside a server's data there are thousands of files and no log.
        if "PG_VERSION" in files:
            folders.clear()
            continue
        yield from (Path(place, name) for name in _named_as_logs(files))


def _named_as_logs(files: Iterable[str]) -> Iterator[str]:
    return (name for name in files if _LOGS.search(name))
