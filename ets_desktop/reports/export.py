"""엑셀 저장: every row of a list as it is shown, logged before the file is there (spec 80)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Any, Generic, Protocol, TypeVar

from ets_desktop.domain.data_subjects import Subject, subjects_of
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.paging import Page
from ets_desktop.reports.cells import plain
from ets_desktop.reports.files import PendingFile, path_of, told_beside_the_field
from ets_desktop.reports.workbook import MOST_ROWS, SheetColumn, write_workbook
from ets_desktop.services.access import LogAccess, log_access

Row = TypeVar("Row")

#: further(session, after, size): the page behind the key `after` of the same question
Further = Callable[[Any, tuple[object, ...], int], Page[Row]]

PAGE = 500
_BREATH_ROWS = 20
SHORTEST_REASON = 2
LONGEST_REASON = 200


class Call(Protocol):
    """Runs a function on a session in one transaction: `Database.call`."""

    def __call__(self, function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any: ...


class Stop(Protocol):
    """Whether the person at the desk has pressed 중지."""

    @property
    def cancelled(self) -> bool: ...

    def on_cancel(self, callback: Callable[[], None]) -> None: ...


# No slots: see ui/tables.py.
@dataclass(frozen=True)
class ExportList(Generic[Row]):
    """A list as it stands: its columns as shown, its rows so far and how the further ones come.

    `name` is the list's word in the access log; `title` and those of the columns are in the
    language on the screen. `texts` gives a row's cells in the order of `columns`, masked as they
    are shown. `conditions` is what the list was asked by, `most` how many rows its question has
    at most.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    texts: Callable[[Row], tuple[str, ...]]
    rows: tuple[Row, ...]
    next_key: tuple[object, ...] | None = None
    further: Further[Row] | None = None
    conditions: Mapping[str, object] = field(default_factory=dict)
    most: int = MOST_ROWS


@dataclass(frozen=True, slots=True)
class Exported:
    """`is_capped`: there may be more rows than the question's most; `persons` are in them."""

    path: Path
    row_count: int
    is_capped: bool
    persons: int = 0


class Progress:
    """How far the writing is; read from another thread."""

    rows = 0


def check_reason(reason: str) -> str:
    """The reason as the log has it (spec 80).

    Raises RuleViolation `export_needs_reason`, `text_too_long`.
    """
    reason = plain(reason).strip()
    if len(reason) < SHORTEST_REASON:
        raise RuleViolation("export_needs_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleViolation("text_too_long", field="reason", limit=LONGEST_REASON)
    return reason


def export_list(
    call: Call,
    wish: ExportList[Row],
    reason: str,
    file: str,
    folder: Path,
    stop: Stop,
    progress: Progress,
) -> Exported:
    """Write the list on a worker thread; nothing is there unless all of it is.

    `file` is what was typed, in `folder` if it names no other.

    Each page is read in a transaction of its own. The access log is written when the rows are
    known and before the file gets its name: without the log there is no file. Raises
    RuleViolation (reason, file; `export_needs_approval` with `rows` and `persons`), Unavailable,
    EtsError `cancelled`.
    """
    reason = check_reason(reason)
    place = path_of(file, folder)
    with told_beside_the_field(), PendingFile(place) as pending:
        rows = _Rows(call, wish, stop, progress)
        write_workbook(pending.path, wish.title, wish.columns, rows.texts())
        rows.stop_if_asked()
        _log(call, _entry(wish, reason, progress.rows, len(rows.persons)))
        pending.place()
    return Exported(place, progress.rows, rows.is_capped, len(rows.persons))


def conditions_of(wish: ExportList[Any]) -> dict[str, str]:
    """What the list was asked by, as the log has it and an approval is given for."""
    return {name: plain(str(value)) for name, value in wish.conditions.items()}


def _log(call: Call, entry: LogAccess) -> None:
    try:
        call(log_access, entry)
    except RuleViolation as refusal:
        # Whoever is asked for it wants to know of how many it is.
        raise RuleViolation(refusal.code, rows=entry.row_count, persons=entry.persons) from None


class _Rows(Generic[Row]):
    """The rows at hand, then page by page what follows."""

    def __init__(self, call: Call, wish: ExportList[Row], stop: Stop, progress: Progress) -> None:
        self._call = call
        self._wish = wish
        self._stop = stop
        self._progress = progress
        self.is_capped = False
        self.persons: set[Subject] = set()

    def texts(self) -> Iterator[tuple[str, ...]]:
        for row in self._all():
            if self._progress.rows >= self._wish.most:
                self.is_capped = True
                return
            self.stop_if_asked()
            yield self._wish.texts(row)
            self.persons |= subjects_of(row)
            self._progress.rows += 1
            if self._progress.rows % _BREATH_ROWS == 0:
                # Python lets one thread work at a time, and the desk's is to have its turn soon:
                # halves its longest waits for a tenth of the speed.
                sleep(0.001)
        self.is_capped = self._progress.rows >= self._wish.most

    def stop_if_asked(self) -> None:
        if self._stop.cancelled:
            raise EtsError("cancelled")

    def _all(self) -> Iterator[Row]:
        yield from self._wish.rows
        after, further = self._wish.next_key, self._wish.further
        if after is not None and further is None:
            raise ValueError("a list with further pages, but no way to read them")
        while after is not None and further is not None:
            page: Page[Row] = self._call(further, after, PAGE, cancel=self._stop)
            yield from page.rows
            after = page.next_key


def _entry(wish: ExportList[Any], reason: str, row_count: int, persons: int) -> LogAccess:
    return LogAccess(
        "export",
        subject=f"list/{wish.name}",
        condition={
            "reason": reason,
            "columns": [column.title for column in wish.columns],
            "conditions": conditions_of(wish),
        },
        row_count=row_count,
        persons=persons,
    )
