"""Instructions as CSV sheets in a folder, for an ERP that reads files."""

import csv
import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from ets_desktop.domain.delivery import Miss, Undelivered
from ets_desktop.domain.formulas import could_be_formula
from ets_desktop.erp.delivery import Delivery, Instruction, Result
from ets_desktop.erp.options import Options

TITLES: Final = (
    "key", "kind", "paid_in_full", "created_at", "claim_no", "claim_type", "order_no", "channel",
    "channel_order_no", "ticket_no", "body",
)  # fmt: skip


class CsvDrop:
    """A batch is one sheet, which is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, batch: Sequence[Instruction]) -> Iterator[Result]:
        """The sheet may come a second time under another name; its keys are the same."""
        if not batch:
            return
        miss = None
        try:
            _write_whole(self._folder, _sheet(batch))
        except OSError as error:
            miss = Miss(Undelivered.FOLDER, type(error).__name__)
        yield from ((instruction, miss) for instruction in batch)


def _sheet(batch: Sequence[Instruction]) -> bytes:
    """UTF-8 with a mark, without which Korean spreadsheets read CP949."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(TITLES)
    for one in batch:
        told = [str(one.body.get(title) or "") for title in TITLES[4:-1]]
        created = one.created_at.isoformat()
        body = json.dumps(dict(one.body), ensure_ascii=False)
        cells = (one.key, one.kind, "1" if one.paid_in_full else "0", created, *told, body)
        writer.writerow([f"'{cell}" if could_be_formula(cell) else cell for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _write_whole(folder: Path, content: bytes) -> None:
    """Under another name first: who watches the folder never reads half a sheet."""
    name = f"instructions-{uuid4().hex}.csv"
    unfinished = folder / f".{name}.part"
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(folder / name)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def csv_drop(options: Options) -> Iterator[Delivery]:
    """Options: `folder`, which must be there. Raises EtsError `erp_option`."""
    folder = Path(options.take("folder", str))
    options.refuse_the_rest()
    if not folder.is_dir():
        raise options.bad("folder", "a folder")
    yield CsvDrop(folder)
