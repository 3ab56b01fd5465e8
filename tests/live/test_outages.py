"""The line to a real PBX is cut, or the PBX itself goes down, while people talk."""

import signal
from collections.abc import Iterator

import pytest

from ets_desktop.domain.calls import Phase
from tests.live.pbx import Cable, Pbx
from tests.live.phones import until
from tests.live.plan import direct
from tests.live.stories import Listener

pytestmark = pytest.mark.pbx

CALLER, OTHER = "01000001234", "01000005678"


@pytest.fixture
def cable(pbx: Pbx) -> Iterator[Cable]:
    leading = Cable(pbx.ami_port)
    yield leading
    leading.close()


@pytest.fixture
def heard(cable: Cable) -> Iterator[Listener]:
    with Listener(cable.port).running() as listener:
        yield listener


def cut(heard: Listener, cable: Cable) -> None:
    cable.cut()
    until(lambda: heard.worker.state.up_since is None, "the cut")


def test_a_call_goes_on_while_the_line_is_cut(pbx: Pbx, heard: Listener, cable: Cable) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    cut(heard, cable)
    cable.repair()
    until(lambda: heard.worker.state.up_since is not None, "the link")
    caller.hang_up()
    heard.has("101", "completed")
    assert heard.lines() == [f"101 in {CALLER} ringing talking ended completed"]


def test_what_happened_while_the_line_was_cut(pbx: Pbx, heard: Listener, cable: Cable) -> None:
    gone = pbx.trunk.dial(direct("101"), CALLER)
    pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    answered = pbx.trunk.dial(direct("102"), OTHER)
    ringing = pbx.phones["102"].rung()
    heard.has("102", Phase.RINGING)
    cut(heard, cable)
    gone.hang_up()
    ringing.answer()
    answered.wait("talking")
    pbx.trunk.dial(direct("103"), CALLER)
    pbx.phones["103"].rung()
    cable.repair()
    heard.has("103", Phase.RINGING)
    heard.has("102", Phase.TALKING)
    heard.has("101", "lost")
    pbx.be_free()
    heard.has("102", "completed")
    heard.has("103", "abandoned")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking lost",
        f"102 in {OTHER} ringing talking ended completed",
        f"103 in {CALLER} ringing ended abandoned",
    ]


@pytest.mark.parametrize(
    ("how", "end"), [(signal.SIGTERM, "ended completed"), (signal.SIGKILL, "lost")]
)
def test_a_pbx_that_goes_down_and_comes_back(
    pbx: Pbx, heard: Listener, how: signal.Signals, end: str
) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    pbx.stop(how)
    pbx.forget()
    pbx.start()
    heard.has("101", end.split()[-1])
    pbx.trunk.dial(direct("101"), OTHER)
    pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING, times=2)
    pbx.be_free()
    heard.has("101", "abandoned")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking {end}",
        f"101 in {OTHER} ringing ended abandoned",
    ]
