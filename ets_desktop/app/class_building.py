"""Classes of Qt are made on the GUI thread, also those of modules that another thread loads.

The desk's modules are loaded on a worker while the agent types a name. Meanwhile Qt asks the
widgets of the login window for their meta objects without Python's lock, looking into the table
that PySide6 enters each new class in; a look while the table grows ends the program.
"""

import builtins
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import get_ident
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

#: The GUI thread answers in less; one that does not (its loop is over, or it waits for a module
#: that is being loaded) is asked no more.
PATIENCE_S: Final = 1.0
_OF_QT: Final = type(QObject)
Build = Callable[[], type]


class ClassBuilding(QObject):
    """Make it on the GUI thread; from `begin` to `end` every class passes here."""

    _asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._gui_thread = get_ident()
        self._is_answered = True
        self._waiting: deque[tuple[Future[type], Build]] = deque()
        # One object, so that `end` knows whether it is still there.
        self._hook = self._build_class
        self._before: Any = builtins.__build_class__
        self._asked.connect(self._on_asked)

    def begin(self) -> None:
        builtins.__build_class__ = self._hook

    def end(self) -> None:
        self._is_answered = False
        if builtins.__build_class__ is self._hook:
            builtins.__build_class__ = self._before

    def _build_class(self, body: Any, name: str, /, *bases: Any, **keywords: Any) -> type:
        build: Build = partial(self._before, body, name, *bases, **keywords)
        is_ours = not any(isinstance(base, _OF_QT) for base in bases)
        if is_ours or not self._is_answered or get_ident() == self._gui_thread:
            return build()
        answer: Future[type] = Future()
        self._waiting.append((answer, build))
        self._asked.emit()
        try:
            return answer.result(PATIENCE_S)
        except TimeoutError:
            if not answer.cancel():
                return answer.result()
        self._is_answered = False
        log.warning("the GUI thread makes no classes for others")
        return build()

    @Slot()
    def _on_asked(self) -> None:
        while self._waiting:
            answer, build = self._waiting.popleft()
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(build())
                except BaseException as error:  # noqa: BLE001 - it is who loads the module's
                    answer.set_exception(error)
