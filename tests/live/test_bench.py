"""The telephone system of `ets bench`: an Asterisk whose phones only ring."""

import pytest

from ets_desktop.bench.asterisk import Installation
from ets_desktop.bench.exchange import Exchange
from ets_desktop.bench.telephone import _events, _figure
from tests.live.packages import SUITES, asterisk


@pytest.mark.pbx
@pytest.mark.parametrize("version", SUITES)
def test_an_invite_makes_a_real_phone_ring_and_stop(version: str) -> None:
    found = asterisk(version)
    if not isinstance(found, Installation):
        pytest.skip(str(found))
    with Exchange(found, ("99950", "99991")).running() as exchange:
        event = _events(exchange, "01000000001", 3)
        figure = _figure(exchange, event, event, event, "")
    assert 0 < event.p50 < 5_000
    assert figure.name == "INVITE to painted"
    assert figure.clock.startswith(f"Asterisk {version}: INVITE to AMI event alone")
