"""Click-to-call on a real PBX: the agent's phone first, and the ways to nothing."""

from collections.abc import Iterator

import pytest

from ets_desktop.domain.calls import UNANSWERED_BY, Phase
from ets_desktop.domain.errors import EtsError
from tests.live.pbx import Pbx
from tests.live.plan import COMPANY, NOBODY
from tests.live.stories import Listener

pytestmark = pytest.mark.pbx

NUMBER = "01000009999"


@pytest.fixture
def heard(pbx: Pbx) -> Iterator[Listener]:
    with Listener(pbx.ami_port).running() as listener:
        yield listener


def silent_party(heard: Listener) -> str | None:
    return heard.events[-1].details.get(UNANSWERED_BY)


def test_the_agents_phone_rings_first_and_is_nobodys_call(pbx: Pbx, heard: Listener) -> None:
    heard.dial("101", NUMBER)
    agent = pbx.phones["101"].rung().answer()
    customer = pbx.trunk.rung()
    assert COMPANY in customer.invite.get("From")
    customer.answer()
    heard.has("101", Phase.TALKING)
    customer.hang_up()
    agent.wait("ended")
    heard.has("101", "completed")
    assert heard.lines() == [f"101 out {NUMBER} ringing dialling talking ended completed"]
    assert {str(event.direction) for event in heard.events} == {"out"}


def test_pressed_twice_it_rings_once(pbx: Pbx, heard: Listener) -> None:
    heard.dial("101", NUMBER)
    heard.dial("101", NUMBER)
    pbx.phones["101"].rung().refuse(603)
    heard.has("101", "declined")
    assert heard.lines() == [f"101 out {NUMBER} ringing ended declined"]


@pytest.mark.parametrize(("code", "end"), [(486, "busy"), (603, "declined")])
def test_an_agent_who_refuses(pbx: Pbx, heard: Listener, code: int, end: str) -> None:
    heard.dial("101", NUMBER)
    agent = pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    agent.refuse(code)
    heard.has("101", end)
    assert heard.lines() == [f"101 out {NUMBER} ringing ended {end}"]
    assert silent_party(heard) == "agent"


@pytest.mark.parametrize(("code", "end"), [(486, "busy"), (603, "declined")])
def test_a_customer_who_refuses(pbx: Pbx, heard: Listener, code: int, end: str) -> None:
    heard.dial("101", NUMBER)
    agent = pbx.phones["101"].rung().answer()
    pbx.trunk.rung().refuse(code)
    agent.wait("ended")
    heard.has("101", end)
    assert heard.lines() == [f"101 out {NUMBER} ringing dialling ended {end}"]
    assert silent_party(heard) == "customer"


def test_an_agent_who_gives_up_before_the_customer_answers(pbx: Pbx, heard: Listener) -> None:
    heard.dial("101", NUMBER)
    agent = pbx.phones["101"].rung().answer()
    customer = pbx.trunk.rung()
    heard.has("101", Phase.DIALLING)
    agent.hang_up()
    customer.wait("ended")
    heard.has("101", "no_answer")
    assert heard.lines() == [f"101 out {NUMBER} ringing dialling ended no_answer"]


def test_an_extension_without_a_phone_is_not_reachable(pbx: Pbx, heard: Listener) -> None:
    heard.dial(NOBODY, NUMBER)
    heard.has(NOBODY, "not_reachable")
    assert heard.lines() == [f"{NOBODY} out {NUMBER} not_reachable"]


def test_a_number_the_dialplan_does_not_know_is_refused(pbx: Pbx, heard: Listener) -> None:
    with pytest.raises(EtsError, match="cannot_dial"):
        heard.dial("101", "77777")
    assert heard.lines() == []
