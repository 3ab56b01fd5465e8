"""The telephone system of the tests, and what is said aloud when this machine has none."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.live.packages import SUITES, NotToBeHad, asterisk
from tests.live.pbx import Pbx

_HERE = "tests/live/"


@pytest.fixture(scope="session")
def pbx_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Pbx]]:
    """The running telephone system of that version, started by the first who asks."""
    started: dict[str, Pbx | NotToBeHad] = {}

    with ExitStack() as stack:

        def begin(version: str) -> Pbx | NotToBeHad:
            found = asterisk(version)
            if isinstance(found, NotToBeHad):
                return found
            one = Pbx(found, tmp_path_factory.mktemp(f"asterisk-{version}"))
            stack.callback(one.close)
            try:
                one.start()
            except AssertionError as error:
                # A package that does not run on this machine is no fault of ours.
                return NotToBeHad(f"Asterisk {version} does not start: {error}")
            return one

        def of(version: str) -> Pbx:
            one = started.get(version) or started.setdefault(version, begin(version))
            if isinstance(one, NotToBeHad):
                pytest.skip(str(one))
            if not one.is_running:
                one.start()
            return one

        yield of


@pytest.fixture(params=list(SUITES))
def pbx(request: pytest.FixtureRequest, pbx_of: Callable[[str], Pbx]) -> Iterator[Pbx]:
    """Each version in turn, with nobody on the telephone."""
    one = pbx_of(request.param)
    yield one
    one.be_free()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A run without real calls shall not look like one with them."""
    skipped = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if report.nodeid.startswith(_HERE) and isinstance(report.longrepr, tuple)
    )
    if not skipped:
        return
    terminalreporter.section("NO REAL ASTERISK HERE", sep="!", red=True, bold=True)
    for reason, tests in skipped.items():
        terminalreporter.line(f"{tests} tests with real calls were SKIPPED: {reason}", red=True)
