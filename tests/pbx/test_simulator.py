"""The invented day: seeded, one call a phone at a time, click-to-call once a request."""

import random
import threading

import pytest

from ets_desktop.domain.calls import UNANSWERED_BY, Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.vendors.simulator import Simulator, incoming_steps, outgoing_steps
from ets_desktop.settings import GatewayLink

SCENE = Scene(numbers=("01000001234", "01000005678"), extensions=("101", "102"))


def play(simulator: Simulator, calls: int) -> list[LegEvent]:
    events: list[LegEvent] = []

    def hear(event: LegEvent) -> None:
        events.append(event)
        if sum(e.phase is Phase.ENDED for e in events) >= calls:
            simulator.stop()

    simulator.run(hear, lambda: None)
    return events


def test_callers_come_from_the_scene() -> None:
    busy = Simulator("test", SCENE, calls_per_hour=60, speed=20_000)
    events = play(busy, 10)
    assert {event.number for event in events} <= set(SCENE.numbers)
    assert {event.extension for event in events} == set(SCENE.extensions)
    assert {event.direction for event in events} == {Direction.IN}


def test_a_phone_gets_one_invented_call_at_a_time() -> None:
    crowded = Simulator("test", SCENE, calls_per_hour=10_000, speed=2_000)
    under_way: dict[str, int] = dict.fromkeys(SCENE.extensions, 0)
    for event in play(crowded, 10):
        under_way[event.extension] += event.phase is Phase.RINGING
        assert under_way[event.extension] == 1
        under_way[event.extension] -= event.phase is Phase.ENDED


def test_without_a_rate_it_is_silent_until_dialled() -> None:
    idle = Simulator("test", SCENE, speed=5_000)
    idle.dial("101", "01000001234", "request-1")
    events = play(idle, 1)
    assert {event.direction for event in events} == {Direction.OUT}
    assert [event.phase for event in events[:2]] == [Phase.RINGING, Phase.DIALLING]
    assert {event.number for event in events} == {"01000001234"}


def test_the_same_request_is_dialled_once() -> None:
    simulator = Simulator("test", SCENE, speed=5_000)
    for request in ("one", "one", "two"):
        simulator.dial("101", "01000001234", request)
    events = play(simulator, 2)
    assert {event.vendor_call_id for event in events} == {"one", "two"}


def test_a_dial_wakes_a_simulator_that_sleeps() -> None:
    simulator, rang = Simulator("test", SCENE), threading.Event()
    thread = threading.Thread(
        target=simulator.run, args=(lambda event: rang.set(), lambda: None), daemon=True
    )
    thread.start()
    simulator.dial("101", "01000001234", "request-1")
    assert rang.wait(5)
    simulator.stop()
    thread.join(5)


def test_nobody_calls_an_empty_shop() -> None:
    empty = Simulator("test", Scene(), calls_per_hour=100_000, speed=1_000)
    timer = threading.Timer(0.05, empty.stop)
    timer.start()
    assert play(empty, 1) == []


def test_a_day_has_every_kind_of_call() -> None:
    dice = random.Random(7)
    incoming = [incoming_steps(dice)[-1][2] for _ in range(300)]
    outgoing = [outgoing_steps(dice)[-1] for _ in range(300)]
    assert set(incoming) == {End.ABANDONED, End.NO_ANSWER, End.DECLINED, End.COMPLETED}
    assert {step[2] for step in outgoing} == {End.BUSY, End.NO_ANSWER, End.COMPLETED}
    held = [s for _ in range(100) for s in incoming_steps(dice) if s[1] is Phase.HELD]
    assert held


def test_a_customer_who_does_not_answer_is_told_apart_from_the_agent() -> None:
    simulator = Simulator("test", SCENE, speed=100_000)
    for number in range(60):
        simulator.dial("101", "01000001234", f"request-{number}")
    ends = {
        (event.end, event.details.get(UNANSWERED_BY))
        for event in play(simulator, 60)
        if event.phase is Phase.ENDED
    }
    assert ends == {
        (End.COMPLETED, None),
        (End.BUSY, "customer"),
        (End.NO_ANSWER, "customer"),
    }


@pytest.mark.parametrize("options", [{"speed": True}, {"speed": "fast"}, {"seed": 1.5}])
def test_a_bad_option_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(EtsError, match="link_option"):
        Simulator.of_link(GatewayLink("test", "simulator", options), SCENE)
