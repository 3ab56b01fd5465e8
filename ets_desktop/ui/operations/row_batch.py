"""One service over several rows, each in a transaction of its own: a refused row stops no other."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.topics import Done, Topic
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text

#: service(session, command)
Service = Callable[[Any, Any], Done[Any]]


@dataclass(frozen=True, slots=True)
class RowWish:
    """What is to be done with the row of `key`, which people know by `number` and `order_no`."""

    key: Hashable
    number: str
    order_no: str
    command: object


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that stayed as it was, and why."""

    key: Hashable
    number: str
    order_no: str
    why: str


@dataclass(frozen=True, slots=True)
class BatchResult:
    done: int
    refused: tuple[RefusedRow, ...]


class RowBatch(QObject):
    """`ended` tells the BatchResult; one batch at a time."""

    ended = Signal(object)

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._call = context.call
        self._tell = context.desk.tell
        self.jobs = context.jobs(self)

    def run(self, service: Service, wishes: Sequence[RowWish]) -> bool:
        """False while another batch runs."""
        return self.jobs.write(
            self._work, service, tuple(wishes), on_done=self._on_done, on_error=self._tell
        )

    def _work(self, service: Service, wishes: tuple[RowWish, ...]) -> Done[BatchResult]:
        """On a worker. Without its database no further row is tried: each would wait in vain."""
        refused: list[RefusedRow] = []
        touched: set[Topic] = set()
        away: EtsError | None = None
        for wish in wishes:
            error = away
            if error is None:
                try:
                    touched |= self._call(service, wish.command).touched
                except EtsError as refusal:
                    error = refusal
                    away = refusal if isinstance(refusal, Unavailable) else None
            if error is not None:
                why = error_text(error)
                refused.append(RefusedRow(wish.key, wish.number, wish.order_no, why))
        result = BatchResult(len(wishes) - len(refused), tuple(refused))
        return Done(result, frozenset(touched))

    def _on_done(self, done: Done[BatchResult]) -> None:
        self.ended.emit(done.value)
