"""Something slow made on a thread of its own, while its parts are used as they come."""

import queue
import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")
_PATIENCE = 0.2


class _Making(threading.Thread, Generic[Item]):
    """Fills a short queue; hands its exception over as the last item."""

    def __init__(self, items: Iterator[Item], ahead: int) -> None:
        super().__init__(name="read-ahead", daemon=True)
        self._items = items
        self._unwanted = threading.Event()
        self.ready: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(ahead)

    def run(self) -> None:
        try:
            for item in self._items:
                if not self._hand_over((item, None)):
                    return
            self._hand_over((None, StopIteration()))
        except BaseException as error:  # noqa: BLE001 - raised again where the items are used
            self._hand_over((None, error))

    def _hand_over(self, item: tuple[Item | None, BaseException | None]) -> bool:
        while not self._unwanted.is_set():
            try:
                self.ready.put(item, timeout=_PATIENCE)
            except queue.Full:
                continue
            return True
        return False

    def stop(self) -> None:
        self._unwanted.set()
        self.join()


def read_ahead(items: Iterator[Item], ahead: int = 2) -> Iterator[Item]:
    """The same items, up to `ahead` of them made before they are asked for.

    An exception among them comes out here; leaving early ends the thread.
    """
    making = _Making(items, ahead)
    making.start()
    try:
        while True:
            item, error = making.ready.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]
    finally:
        making.stop()
