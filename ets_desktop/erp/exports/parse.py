"""The way in: an export file is opened, told apart and read order by order."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ets_desktop.erp.exports.channels import Preset
from ets_desktop.erp.exports.gather import Gathering
from ets_desktop.erp.exports.parsed import Outcome, ParsedOrder
from ets_desktop.erp.exports.recognise import Header, recognised
from ets_desktop.erp.exports.sheet import Sheet
from ets_desktop.erp.exports.sheets import content_of, sheets_of
from ets_desktop.erp.exports.sniff import Refused

#: Told (rows so far, rows in all or None) every PROGRESS_ROWS rows.
Progress = Callable[[int, int | None], None]
PROGRESS_ROWS = 2_000
#: Rows after which orders are handed on that have not been added to for QUIET_ROWS.
BATCH_ROWS = 10_000
QUIET_ROWS = 2_000
MOST_ROWS = 1_100_000


class Export:
    """A file that was recognised: `batches` once, then `outcome`."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._outcome: Outcome | None = None
        self.preset = header.preset
        self.channel = header.preset.code
        self.sheet = header.sheet.name
        self.header_row = header.row

    def batches(
        self, progress: Progress | None = None, *, scattered: bool = False
    ) -> Iterator[tuple[ParsedOrder, ...]]:
        """The orders in parts, each order whole and once.

        Raises RowsScattered when rows of an order stand far apart; what came before is void then,
        and `scattered` gives all orders at the end. Raises Refused when the file turns out
        unusable further down: nothing of it counts then.
        """
        gathering = Gathering(self._header)
        with _collector_paused():
            for row in self._header.sheet.rows():
                if row.number > MOST_ROWS:
                    raise Refused("sheet_too_large", columns="…", rows=row.number)
                gathering.take(row)
                if progress is not None and row.number % PROGRESS_ROWS == 0:
                    progress(row.number, self._header.sheet.row_count)
                if row.number % BATCH_ROWS == 0 and not scattered:
                    yield gathering.release(QUIET_ROWS)
            yield gathering.release()
        self._outcome = gathering.outcome()

    def orders(self) -> tuple[ParsedOrder, ...]:
        """All orders at once; for files that are known to be small."""
        return tuple(order for batch in self.batches(scattered=True) for order in batch)

    def outcome(self) -> Outcome:
        """Counts, and the rows that became nothing; LookupError before the last batch."""
        if self._outcome is None:
            raise LookupError("the export has not been read to its end")
        return self._outcome


def export_of(sheet: Sheet, preset: Preset) -> Export:
    """A table that came by another way than a file, headed as `preset` heads it.

    Raises Refused `column_missing`, `no_rows`.
    """
    return Export(recognised((sheet,), preset))


def open_export(path: Path, password: str | None = None, channel: Preset | None = None) -> Export:
    """The export in `path`; `channel` forbids to guess another.

    Raises Refused when the file cannot be read or is no channel's export.
    """
    return Export(recognised(sheets_of(content_of(path), password), channel))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing here makes cycles, and looking for some among 100,000 orders takes a third longer."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
