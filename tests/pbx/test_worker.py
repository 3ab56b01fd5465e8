"""A link that fails is tried again; its state can be seen."""

import threading
from collections.abc import Callable

from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.pbx.protocol import Capabilities, LinkState, OnEvent
from ets_desktop.pbx.worker import BROKEN, CONNECTING, FINISHED, STOPPED, LinkWorker
from tests.calls import ring

PATIENCE_S = 5.0


class Flaky:
    """Fails as often as told, then comes up, reports one ring and waits to be stopped."""

    capabilities = Capabilities()

    def __init__(self, failures: int = 0, error: Exception | None = None) -> None:
        self.failures = failures
        self.error = error or Unavailable("pbx_away")
        self.is_up = threading.Event()
        self.stopped = threading.Event()
        self.ends = False

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        if self.failures:
            self.failures -= 1
            raise self.error
        on_up()
        on_event(ring())
        self.is_up.set()
        if not self.ends:
            self.stopped.wait(PATIENCE_S)

    def stop(self) -> None:
        self.stopped.set()

    def dial(self, extension: str, number: str, request_id: str) -> None:
        raise EtsError("cannot_dial")


def worker(vendor: Flaky, events: list[LegEvent] | None = None) -> LinkWorker:
    heard = events if events is not None else []
    return LinkWorker("test", vendor, heard.append, patience=Patience(first=0.0))


def test_a_link_that_fails_is_tried_until_it_is_up() -> None:
    events: list[LegEvent] = []
    vendor = Flaky(failures=3)
    link = worker(vendor, events)
    assert link.state == LinkState(reason=CONNECTING)
    link.start()
    assert vendor.is_up.wait(PATIENCE_S)
    assert events == [ring()]
    assert link.state.reason == ""
    assert link.state.up_since is not None
    assert link.state.last_event_at is not None
    link.stop()
    assert link.state.reason == STOPPED
    assert link.state.up_since is None


def test_while_it_is_down_the_reason_is_shown() -> None:
    vendor, waiting, go_on = Flaky(failures=1), threading.Event(), threading.Event()

    class ForTheTest(Patience):
        def wait_after(self, lasted_s: float) -> float:
            waiting.set()
            go_on.wait(PATIENCE_S)
            return 0.0

    link = LinkWorker("test", vendor, lambda event: None, patience=ForTheTest())
    link.start()
    assert waiting.wait(PATIENCE_S)
    assert link.state == LinkState(reason="pbx_away")
    go_on.set()
    assert vendor.is_up.wait(PATIENCE_S)
    link.stop()


def test_a_vendor_with_nothing_more_to_tell_is_not_run_again() -> None:
    vendor = Flaky()
    vendor.ends = True
    link = worker(vendor)
    link.start()
    assert vendor.is_up.wait(PATIENCE_S)
    link._thread.join(PATIENCE_S)
    assert link.state.reason == FINISHED


def test_stopping_does_not_wait_for_the_next_try() -> None:
    vendor = Flaky(failures=1000)
    link = LinkWorker("test", vendor, lambda event: None, patience=Patience(first=60.0))
    link.start()
    link.stop()
    assert link.state.reason == STOPPED
    assert not link._thread.is_alive()


def test_stopped_before_it_starts() -> None:
    link = worker(Flaky())
    link.stop()
    link.start()
    link._thread.join(PATIENCE_S)
    assert link.state.reason == STOPPED


def test_a_bug_ends_the_link_and_shows() -> None:
    reported = threading.Event()
    hook, threading.excepthook = threading.excepthook, lambda arguments: reported.set()
    try:
        link = worker(Flaky(failures=1, error=ZeroDivisionError()))
        link.start()
        assert reported.wait(PATIENCE_S)
        link._thread.join(PATIENCE_S)
    finally:
        threading.excepthook = hook
    assert link.state.reason == BROKEN
