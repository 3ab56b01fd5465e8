"""What really happens on the telephone, as the asterisk link tells it; on each version."""

from collections.abc import Iterator

import pytest

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import Phase
from tests.live.pbx import Pbx
from tests.live.plan import FREEPBX_QUEUE, GROUP, NOBODY, QUEUE, direct
from tests.live.stories import Listener

pytestmark = pytest.mark.pbx

CALLER, OTHER = "01000001234", "01000005678"


@pytest.fixture
def heard(pbx: Pbx) -> Iterator[Listener]:
    with Listener(pbx.ami_port).running() as listener:
        yield listener


def test_an_answered_call_with_a_hold(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    agent.answer()
    heard.has("101", Phase.TALKING)
    agent.hold()
    heard.has("101", Phase.HELD)
    agent.unhold()
    caller.hang_up()
    agent.wait("ended")
    heard.has("101", "completed")
    assert heard.lines() == [f"101 in {CALLER} ringing talking held talking ended completed"]


def test_a_caller_who_gives_up_was_missed(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER, "김정민 (서울)")
    pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    caller.hang_up()
    heard.has("101", "abandoned")
    assert heard.lines() == [f"101 in {CALLER} ringing ended abandoned"]
    assert heard.events[-1].caller_name == "김정민 (서울)"


@pytest.mark.parametrize(("code", "end"), [(486, "busy"), (603, "declined")])
def test_a_phone_that_refuses(pbx: Pbx, heard: Listener, code: int, end: str) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    agent.refuse(code)
    caller.wait("ended")
    heard.has("101", end)
    assert heard.lines() == [f"101 in {CALLER} ringing ended {end}"]


def test_a_queue_rings_all_and_one_answers(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(QUEUE, CALLER)
    pbx.phones["102"].rung()
    heard.has("102", Phase.RINGING)
    pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    heard.has("102", "answered_elsewhere")
    pbx.be_free()
    heard.has("101", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} queue shop ringing talking ended completed",
        f"102 in {CALLER} queue shop ringing ended answered_elsewhere",
    ]


def test_a_caller_who_leaves_the_queue_is_missed_by_all(pbx: Pbx, heard: Listener) -> None:
    for queue, name in ((QUEUE, "shop"), (FREEPBX_QUEUE, "freepbx")):
        heard.events.clear()
        caller = pbx.trunk.dial(queue, CALLER)
        heard.has("101", Phase.RINGING)
        heard.has("102", Phase.RINGING)
        caller.hang_up()
        heard.has("101", "abandoned")
        heard.has("102", "abandoned")
        assert heard.lines() == [
            f"{extension} in {CALLER} queue {name} ringing ended abandoned"
            for extension in ("101", "102")
        ]


def test_a_queue_with_local_members_as_freepbx_makes_them(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(FREEPBX_QUEUE, CALLER)
    heard.has("101", Phase.RINGING)
    heard.has("102", Phase.RINGING)
    pbx.phones["101"].rung().refuse(486)
    heard.has("101", "busy")
    agent = pbx.phones["102"].rung().answer()
    heard.has("102", Phase.TALKING)
    agent.hang_up()
    caller.wait("ended")
    heard.has("102", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} queue freepbx ringing ended busy",
        f"102 in {CALLER} queue freepbx ringing talking ended completed",
    ]


def test_a_call_picked_up_by_a_colleague(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    colleague = pbx.phones["103"].dial("*8101").wait("talking")
    heard.has("103", Phase.TALKING)
    colleague.hang_up()
    heard.has("103", "completed")
    heard.has("101", "answered_elsewhere")
    assert heard.lines() == [
        f"101 in {CALLER} ringing ended answered_elsewhere",
        f"103 in {CALLER} dialling talking ended completed",
    ]


def test_a_phone_that_forwards(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    agent.refuse(302, "102")
    other = pbx.phones["102"].rung().answer()
    heard.has("102", Phase.TALKING)
    other.hang_up()
    heard.has("102", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ringing ended transferred forward to 102",
        f"102 in {CALLER} ringing talking ended completed",
    ]


def test_a_blind_transfer_that_is_answered(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    agent.transfer("102")
    other = pbx.phones["102"].rung().answer()
    heard.has("102", Phase.TALKING)
    other.hang_up()
    heard.has("102", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking ended transferred blind to 102",
        f"102 in {CALLER} ringing talking ended completed",
    ]


def test_a_transferred_caller_who_gives_up(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    agent.transfer("102")
    heard.has("102", Phase.RINGING)
    caller.hang_up()
    heard.has("102", "abandoned")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking ended transferred blind to 102",
        f"102 in {CALLER} ringing ended abandoned",
    ]


def test_a_blind_transfer_to_a_colleague_who_is_busy(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    agent.transfer("102")
    pbx.phones["102"].rung().refuse(486)
    caller.wait("ended")
    heard.has("102", "busy")
    assert heard.lines()[0] == f"101 in {CALLER} ringing talking ended transferred blind to 102"
    assert heard.lines()[1].endswith("ended busy")


def test_a_talking_caller_whom_the_pbx_sends_elsewhere(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    pbx.redirect(CALLER, "103")
    other = pbx.phones["103"].rung().answer()
    heard.has("103", Phase.TALKING)
    other.hang_up()
    heard.has("103", "completed")
    heard.has("101", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking ended completed",
        f"103 in {CALLER} ringing talking ended completed",
    ]


def test_a_ringing_caller_whom_the_pbx_sends_elsewhere(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING)
    pbx.redirect(CALLER, "103")
    heard.has("103", Phase.RINGING)
    heard.has("101", "transferred")
    caller.hang_up()
    heard.has("103", "abandoned")
    assert heard.lines() == [
        f"101 in {CALLER} ringing ended transferred redirect to 103",
        f"103 in {CALLER} ringing ended abandoned",
    ]


def test_an_attended_transfer(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    agent.hold()
    question = pbx.phones["101"].dial("102")
    other = pbx.phones["102"].rung().answer()
    heard.has("102", Phase.TALKING)
    agent.transfer("102", question.wait("talking"))
    question.wait("ended")
    heard.has("101", "transferred", times=2)
    other.hang_up()
    heard.has("102", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking held talking ended transferred attended to 102",
        "101 out 102 dialling talking ended transferred attended to 102",
        f"102 in 101 ringing talking ended completed peer {CALLER}",
    ]


def test_an_attended_transfer_given_up(pbx: Pbx, heard: Listener) -> None:
    caller = pbx.trunk.dial(direct("101"), CALLER)
    agent = pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    agent.hold()
    question = pbx.phones["101"].dial("102")
    pbx.phones["102"].rung()
    heard.has("102", Phase.RINGING)
    question.hang_up()
    heard.has("102", "abandoned")
    agent.unhold()
    caller.hang_up()
    heard.has("101", "completed")
    assert heard.lines() == [
        "101 in 01000001234 ringing talking held talking ended completed",
        "101 out 102 dialling ended no_answer",
        "102 in 101 ringing ended abandoned",
    ]


def test_a_dead_phone_never_rings(pbx: Pbx, heard: Listener) -> None:
    pbx.phones["101"].is_dead = True
    caller = pbx.trunk.dial(GROUP, CALLER)
    pbx.phones["102"].rung().answer()
    heard.has("102", Phase.TALKING)
    heard.has("101", "answered_elsewhere")
    caller.hang_up()
    heard.has("102", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ended answered_elsewhere",
        f"102 in {CALLER} ringing talking ended completed",
    ]


def test_a_phone_of_a_ring_group_that_forwards(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(GROUP, CALLER)
    agent = pbx.phones["101"].rung()
    pbx.phones["102"].rung()
    heard.has("101", Phase.RINGING)
    heard.has("102", Phase.RINGING)
    agent.refuse(302, "103")
    other = pbx.phones["103"].rung().answer()
    heard.has("103", Phase.TALKING)
    heard.has("102", "answered_elsewhere")
    other.hang_up()
    heard.has("103", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ringing ended transferred forward to 103",
        f"102 in {CALLER} ringing ended answered_elsewhere",
        f"103 in {CALLER} ringing talking ended completed",
    ]


def test_an_extension_without_a_phone_tells_nothing(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct(NOBODY), CALLER).wait("ended")
    assert heard.lines() == []


def test_two_callers_at_once(pbx: Pbx, heard: Listener) -> None:
    pbx.trunk.dial(direct("101"), CALLER)
    first = pbx.phones["101"].rung().answer()
    heard.has("101", Phase.TALKING)
    impatient = pbx.trunk.dial(direct("101"), OTHER)
    pbx.phones["101"].rung()
    heard.has("101", Phase.RINGING, times=2)
    impatient.hang_up()
    heard.has("101", "abandoned")
    first.hang_up()
    heard.has("101", "completed")
    assert heard.lines() == [
        f"101 in {CALLER} ringing talking ended completed",
        f"101 in {OTHER} ringing ended abandoned",
    ]


def test_the_same_caller_twice(pbx: Pbx, heard: Listener) -> None:
    for times in (1, 2):
        caller = pbx.trunk.dial(direct("101"), CALLER)
        pbx.phones["101"].rung()
        heard.has("101", Phase.RINGING, times=times)
        caller.hang_up()
        heard.has("101", "abandoned", times=times)
    assert heard.lines() == [f"101 in {CALLER} ringing ended abandoned"] * 2
    assert len({story.vendor_call_id for story in heard.events}) == 2


def test_no_queue_rings_a_phone_whose_agent_is_on_a_break(pbx: Pbx) -> None:
    with Listener(pbx.ami_port).running() as heard:
        heard.vendor.set_state("101", AgentState.PROTECTED_REST)
        for queue, caller in ((QUEUE, "01000001240"), (FREEPBX_QUEUE, "01000001241")):
            customer = pbx.trunk.dial(queue, caller)
            heard.has("102", Phase.RINGING, times=1 if queue == QUEUE else 2)
            pbx.phones["102"].rung().answer()
            customer.wait("talking")
            customer.hang_up()
        heard.has("102", "completed", times=2)
        assert {line.split()[0] for line in heard.lines()} == {"102"}
        heard.vendor.set_state("101", AgentState.READY)
        pbx.trunk.dial(QUEUE, "01000001242")
        heard.has("101", Phase.RINGING)
        pbx.be_free()
