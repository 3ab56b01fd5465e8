"""Ctrl-C and a polite kill close the desk in order, so that the embedded server ends with it."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QSocketNotifier

_CLOSING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def closed_by_signals(application: QCoreApplication) -> Iterator[None]:
    """Within the block those signals quit `application`'s event loop.

    Python runs handlers between its own instructions only, and an idle event loop has none: the
    wake-up socket makes the loop turn.
    """
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    notifier = QSocketNotifier(far.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: far.recv(64))
    before_fd = signal.set_wakeup_fd(near.fileno(), warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda *_: application.quit()) for number in _CLOSING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before_fd)
        notifier.setEnabled(False)
        near.close()
        far.close()
