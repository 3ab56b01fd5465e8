"""The change bus: who hears which topics, and from which thread."""

from threading import Thread

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from ets_desktop.domain.topics import EVERYTHING, Topic
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.feed_bridge import FeedBridge


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[frozenset[Topic]] = []
        self.threads: list[QThread] = []

    def hear(self, topics: frozenset[Topic]) -> None:
        self.heard.append(topics)

    def hear_events(self, events: object) -> None:
        self.threads.append(QThread.currentThread())


@pytest.fixture
def listener(qapp: QObject) -> Listener:
    return Listener()


def topics(*names: str) -> frozenset[Topic]:
    return frozenset(Topic(name) for name in names)


@pytest.mark.parametrize(
    ("wish", "touched", "hears"),
    [
        ("agent/3", "agent/3", True),
        ("agent/3", "agent/31", False),
        ("ticket/", "ticket/12", True),
        ("ticket/", "tickets", False),
        ("ticket/", EVERYTHING, True),
    ],
)
def test_a_wish_is_a_topic_or_a_prefix_that_ends_in_a_slash(
    changes: ChangeBus, listener: Listener, wish: str, touched: str, hears: bool
) -> None:
    changes.subscribe(listener, (wish,), listener.hear)
    changes.publish(topics(touched))
    assert bool(listener.heard) is hears


def test_a_listener_hears_one_set_once(changes: ChangeBus, listener: Listener) -> None:
    changes.subscribe(listener, ("ticket/", "agent/7"), listener.hear)
    changes.publish(topics("ticket/1", "ticket/2", "agent/7"))
    assert listener.heard == [topics("ticket/1", "ticket/2", "agent/7")]


def test_nothing_touched_is_not_told(changes: ChangeBus, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(changes.touched):
        changes.publish(frozenset())


def test_a_dead_listener_is_forgotten(changes: ChangeBus, listener: Listener, qtbot: QtBot) -> None:
    changes.subscribe(listener, ("ticket/",), listener.hear)
    with qtbot.waitSignal(listener.destroyed):
        listener.deleteLater()
    changes.publish(topics("ticket/1"))
    assert listener.heard == []


def test_unsubscribing_ends_it(changes: ChangeBus, listener: Listener) -> None:
    changes.subscribe(listener, ("ticket/",), listener.hear)
    changes.unsubscribe(listener)
    changes.publish(topics("ticket/1"))
    assert listener.heard == []


def test_a_listener_may_unsubscribe_another_while_being_told(changes: ChangeBus) -> None:
    first, second = Listener(), Listener()

    class Closing(QObject):
        def close(self, _topics: frozenset[Topic]) -> None:
            changes.unsubscribe(first)

    closing = Closing()
    changes.subscribe(closing, ("ticket/",), closing.close)
    changes.subscribe(second, ("ticket/",), second.hear)
    changes.publish(topics("ticket/1"))
    changes.publish(topics("ticket/2"))
    assert len(second.heard) == 2


def test_a_burst_from_other_desks_is_told_once(
    changes: ChangeBus, listener: Listener, qtbot: QtBot
) -> None:
    changes.subscribe(listener, ("ticket/",), listener.hear)
    with qtbot.waitSignal(changes.touched):
        for number in range(50):
            changes.gather(topics(f"ticket/{number}"))
    assert [len(heard) for heard in listener.heard] == [50]


def test_the_feed_thread_is_heard_on_the_gui_thread(listener: Listener, qtbot: QtBot) -> None:
    bridge = FeedBridge()
    bridge.call_events_arrived.connect(listener.hear_events)
    thread = Thread(target=bridge.tell_call_events, args=(["event"],))
    with qtbot.waitSignal(bridge.call_events_arrived) as told:
        thread.start()
    thread.join()
    assert told.args == [("event",)]
    assert listener.threads == [QThread.currentThread()]


def test_the_bridge_keeps_silent_about_nothing(qtbot: QtBot) -> None:
    bridge = FeedBridge()
    with qtbot.assertNotEmitted(bridge.call_events_arrived):
        bridge.tell_call_events([])
    with qtbot.assertNotEmitted(bridge.changes_arrived):
        bridge.tell_changes([])


def test_the_bridge_tells_changes_and_the_state_of_the_feed(qtbot: QtBot) -> None:
    bridge = FeedBridge()
    with qtbot.waitSignal(bridge.changes_arrived) as told:
        bridge.tell_changes([Topic("ticket/1")])
    assert told.args == [topics("ticket/1")]
    with qtbot.waitSignal(bridge.feed_state_changed) as state:
        bridge.tell_state(False, "database_away")
    assert state.args == [False, "database_away"]
