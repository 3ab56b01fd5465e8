"""Events on their way: in order, bounded, kept until they are written."""

import threading
import time

import pytest

from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError
from ets_desktop.gateway.outbox import Memory, Outbox, Waiting
from tests.calls import ring


def test_the_first_stays_in_front_until_it_is_dropped() -> None:
    outbox = Outbox()
    outbox.put(ring(leg="one"))
    outbox.put(ring(leg="two"))
    assert outbox.first() == outbox.first() == ring(leg="one")
    outbox.drop_first()
    assert outbox.first() == ring(leg="two")
    outbox.drop_first()
    assert outbox.first() is None


def test_a_full_outbox_says_what_it_loses(caplog: pytest.LogCaptureFixture) -> None:
    outbox = Outbox(room=1)
    outbox.put(ring(leg="one"))
    outbox.put(ring(leg="two"))
    assert len(outbox) == 1
    assert "test:two:ringing is lost (1)" in caplog.text


def test_an_event_and_a_ring_wake_who_waits() -> None:
    outbox = Outbox()
    for wake in (lambda: outbox.put(ring()), outbox.ring):
        timer = threading.Timer(0.01, wake)
        timer.start()
        began = time.monotonic()
        outbox.wait(10)
        assert time.monotonic() - began < 5
        timer.join()


def test_waiting_ends_by_itself() -> None:
    Outbox().wait(0.01)


class FullDisk(Memory):
    """Refuses from the second event on."""

    def append(self, event: LegEvent) -> None:
        if len(self):
            raise EtsError("spool_unusable")
        super().append(event)


def test_what_the_disk_refuses_waits_in_memory_behind_the_rest() -> None:
    outbox = Outbox(FullDisk(), room=3)
    for leg in ("one", "two", "three", "four"):
        outbox.put(ring(leg=leg))
    assert len(outbox) == 3
    assert outbox.by_link() == {ring().link: Waiting(3, ring().at)}
    assert outbox.first() == ring(leg="one")
    outbox.drop_first()
    outbox.put(ring(leg="five"))
    order = []
    while (event := outbox.first()) is not None:
        order.append(event.leg_key)
        outbox.drop_first()
    assert order == ["two", "three", "five"]


def test_what_found_no_room_is_counted_once() -> None:
    outbox = Outbox(room=0)
    outbox.put(ring())
    assert (outbox.take_lost(), outbox.take_lost()) == (1, 0)
