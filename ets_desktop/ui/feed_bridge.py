"""From the feed's background thread to the GUI thread; the thread itself touches no widget."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from ets_desktop.domain.topics import Topic


class FeedBridge(QObject):
    """Hand its plain methods to the feed; connect its signals to methods of QObjects.

    The methods may be called from any thread: Qt queues the signals to the receivers' thread.
    """

    #: tuple of call-event rows, in the order of their ids
    call_events_arrived = Signal(object)
    #: frozenset[Topic]
    changes_arrived = Signal(object)
    #: whether the feed hears the database, and the reason if not ("" otherwise)
    feed_state_changed = Signal(bool, str)

    def tell_call_events(self, events: Sequence[object]) -> None:
        if events:
            self.call_events_arrived.emit(tuple(events))

    def tell_changes(self, topics: Iterable[Topic]) -> None:
        gathered = frozenset(topics)
        if gathered:
            self.changes_arrived.emit(gathered)

    def tell_state(self, alive: bool, reason: str = "") -> None:
        self.feed_state_changed.emit(alive, reason)
