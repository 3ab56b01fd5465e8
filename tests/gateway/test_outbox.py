"""Events on their way: in order, bounded, kept until they are written."""

import threading
import time

import pytest

from ets_desktop.gateway.outbox import Outbox
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
