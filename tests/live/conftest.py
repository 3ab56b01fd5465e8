"""The telephone system of the tests, and what is said aloud when this machine has none."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.live.packages import SUITES, Installation, asterisk
from tests.live.pbx import Pbx

_missing = pytest.StashKey[dict[str, int]]()


@pytest.fixture(scope="session")
def pbx_of(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Pbx]]:
    """The running telephone system of that version, started by the first who asks."""
    started: dict[str, Pbx] = {}

    with ExitStack() as stack:

        def of(version: str) -> Pbx:
            found = asterisk(version)
            if not isinstance(found, Installation):
                missing = request.config.stash.setdefault(_missing, {})
                missing[str(found)] = missing.get(str(found), 0) + 1
                pytest.skip(str(found))
            if version not in started:
                started[version] = Pbx(found, tmp_path_factory.mktemp(f"asterisk-{version}"))
                stack.callback(started[version].close)
            if not started[version].is_running:
                started[version].start()
            return started[version]

        yield of


@pytest.fixture(params=list(SUITES))
def pbx(request: pytest.FixtureRequest, pbx_of: Callable[[str], Pbx]) -> Iterator[Pbx]:
    """Each version in turn, with nobody on the telephone."""
    one = pbx_of(request.param)
    yield one
    one.be_free()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missing = terminalreporter.config.stash.get(_missing, {})
    if not missing:
        return
    terminalreporter.section("NO REAL ASTERISK HERE", sep="!", red=True, bold=True)
    for reason, tests in missing.items():
        terminalreporter.line(f"{tests} tests with real calls were SKIPPED: {reason}", red=True)
