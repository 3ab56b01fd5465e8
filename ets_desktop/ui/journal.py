"""The journal of this PC as the screens see it; the program hands in the one that writes."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

Written = Mapping[str, Any]


class LeftOver(Protocol):
    """What earlier desks of this login left, each with the id it is dropped by, oldest first."""

    @property
    def forms(self) -> tuple[tuple[UUID, Written], ...]: ...

    @property
    def sends(self) -> tuple[tuple[UUID, Written], ...]: ...

    @property
    def unreadable(self) -> int:
        """So many were set aside, or wait for a key that is not at hand."""
        ...


class Journal(Protocol):
    """Nothing here raises: without a disk the desk works on, and says so."""

    def keep(self, form_id: UUID, written: Written, instead_of: UUID | None = None) -> None:
        """At once; on disk soon. Then the left form `instead_of`, which it goes on from, goes."""
        ...

    def drop(self, form_id: UUID) -> None:
        """The form is saved, parked or given up."""
        ...

    def drop_left(self, left_id: UUID) -> None: ...

    def drop_send(self, save_id: UUID) -> None: ...

    def store_send(self, save_id: UUID, written: Written) -> bool:
        """From a worker: whether the save is on disk now."""
        ...

    def left_over(self) -> LeftOver:
        """From a worker."""
        ...


class JournalNews(QObject):
    """Brings what the journal's thread tells to the GUI thread."""

    #: "" when what was typed is safe again, else the code of the error
    told = Signal(str)

    def tell(self, code: str) -> None:
        """On any thread."""
        self.told.emit(code)
