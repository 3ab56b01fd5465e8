"""Ctrl-C and a polite kill end the desk in order, so that the embedded server ends with it."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier, QTimer

_CLOSING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def ended_by_signals(end: Callable[[], object]) -> Iterator[None]:
    """Within the block those signals let the event loop call `end`.

    Python runs handlers between its own instructions only, and an idle event loop has none: the
    wake-up socket makes the loop turn.
    """
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    notifier = QSocketNotifier(far.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: far.recv(64))
    before_fd = signal.set_wakeup_fd(near.fileno(), warn_on_full_buffer=False)

    def told(*_: object) -> None:
        # Not at once: a handler may run in the middle of any slot.
        QTimer.singleShot(0, end)

    before = {number: signal.signal(number, told) for number in _CLOSING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before_fd)
        notifier.setEnabled(False)
        near.close()
        far.close()
