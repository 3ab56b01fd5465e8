"""Who wants to know what changed: topics touched here or on another desk; GUI thread."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from weakref import WeakMethod

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from ets_desktop.domain.topics import EVERYTHING, Topic

#: Notices of other desks are gathered this long, so that a burst reads each list once.
GATHER_MILLISECONDS = 100


@dataclass(frozen=True, slots=True)
class _Subscription:
    owner: QObject
    wanted: tuple[str, ...]
    slot: WeakMethod[Callable[[frozenset[Topic]], object]]

    def wants(self, topics: frozenset[Topic]) -> bool:
        return EVERYTHING in topics or any(
            topic.startswith(wish) if wish.endswith("/") else topic == wish
            for wish in self.wanted
            for topic in topics
        )


class ChangeBus(QObject):
    """Tells open screens which topics were touched (design, decision 5)."""

    touched = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._subscriptions: list[_Subscription] = []
        self._gathered: set[Topic] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MILLISECONDS)
        self._timer.timeout.connect(self.publish_gathered)

    def subscribe(
        self,
        owner: QObject,
        wanted: Iterable[str],
        slot: Callable[[frozenset[Topic]], object],
    ) -> None:
        """Call `slot` (a bound method, held weakly) with every touched set that holds a wish.

        A wish ending in "/" is a prefix ("ticket/"), any other an exact topic ("agent/7").
        It ends with `owner`, or with `unsubscribe(owner)`.
        """
        self._subscriptions.append(_Subscription(owner, tuple(wanted), WeakMethod(slot)))

    def unsubscribe(self, owner: QObject) -> None:
        self._subscriptions = [s for s in self._subscriptions if s.owner is not owner]

    def publish(self, topics: frozenset[Topic]) -> None:
        """Tell at once: the user's own write."""
        if not topics:
            return
        self._subscriptions = [
            s for s in self._subscriptions if isValid(s.owner) and s.slot() is not None
        ]
        for subscription in tuple(self._subscriptions):
            slot = subscription.slot()
            if slot is not None and isValid(subscription.owner) and subscription.wants(topics):
                slot(topics)
        self.touched.emit(topics)

    @Slot(object)
    def gather(self, topics: frozenset[Topic]) -> None:
        """Tell within GATHER_MILLISECONDS, together with what else arrives: other desks' writes."""
        self._gathered |= topics
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def publish_gathered(self) -> None:
        topics, self._gathered = frozenset(self._gathered), set()
        self.publish(topics)
