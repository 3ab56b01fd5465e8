"""How logistics instructions get to the ERP: over HTTP, or as sheets in a folder (spec 30)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from ets_desktop.domain.delivery import Miss
from ets_desktop.erp.options import Options


@dataclass(frozen=True, slots=True)
class Instruction:
    """One row of the outbox. `key` is the same however often it is sent."""

    instruction_id: int
    key: str
    kind: str
    paid_in_full: bool
    body: Mapping[str, Any]
    created_at: datetime
    tries: int


#: What became of one instruction: None when the other side has it.
Result = tuple[Instruction, Miss | None]


class Delivery(Protocol):
    """A way to the ERP. It is told the same instruction again when its answer was lost."""

    def deliver(self, batch: Sequence[Instruction]) -> Iterator[Result]:
        """Bring them there, in their order; each result as soon as it is known."""


def _http(options: Options) -> AbstractContextManager[Delivery]:
    from ets_desktop.erp.delivery.http import http_delivery

    return http_delivery(options)


def _csv(options: Options) -> AbstractContextManager[Delivery]:
    from ets_desktop.erp.delivery.csv_drop import csv_drop

    return csv_drop(options)


# A new way: a module here with a context manager that reads its options, and a line here.
DELIVERIES: Mapping[str, Callable[[Options], AbstractContextManager[Delivery]]] = MappingProxyType(
    {"http": _http, "csv": _csv}
)
