"""Which channel made a file: header names anywhere in the first ten rows of any sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ets_desktop.erp.exports.cells import text_of
from ets_desktop.erp.exports.channels import CHANNELS, Preset
from ets_desktop.erp.exports.channels.preset import REQUIRED
from ets_desktop.erp.exports.columns import located, normalised_row
from ets_desktop.erp.exports.sheet import Row, Sheet
from ets_desktop.erp.exports.sniff import Refused

HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of an export: its channel, and where its fields stand."""

    preset: Preset
    sheet: Sheet
    row: int
    names: tuple[str, ...]
    titles: tuple[str, ...]
    at: dict[str, tuple[int, ...]]


def recognised(sheets: Sequence[Sheet], channel: Preset | None = None) -> Header:
    """The best header of all sheets: most known columns, then the earlier channel, sheet and row.

    `channel` narrows the search. Raises Refused: `no_rows`, `channel_unknown`, `column_missing`,
    `orders_on_two_sheets`.
    """
    best: tuple[int, Header] | None = None
    seen = False
    usable: list[Header] = []
    for sheet in sheets:
        for row in islice(sheet.rows(), HEADER_WITHIN):
            seen = seen or any(cell != "" for cell in row.cells)
            found = _best_in_row(sheet, row, (channel,) if channel else CHANNELS)
            if found is None:
                continue
            if all(field in found[1].at for field in REQUIRED):
                usable.append(found[1])
            if best is None or found[0] > best[0]:
                best = found
    if best is None:
        raise Refused("channel_unknown" if seen else "no_rows")
    header = best[1]
    missing = [field for field in REQUIRED if field not in header.at]
    if missing:
        wanted = "/".join(header.preset.columns[missing[0]][:2])
        raise Refused("column_missing", channel=header.preset.code, column=wanted)
    _require_one_sheet(header, usable)
    return header


def _require_one_sheet(header: Header, usable: Sequence[Header]) -> None:
    """Refuse a file whose other sheet has orders too: left out, they would be lost unseen."""
    for other in usable:
        if other.sheet is not header.sheet and _has_orders(other):
            raise Refused("orders_on_two_sheets", one=header.sheet.name, other=other.sheet.name)


def _has_orders(header: Header) -> bool:
    column = header.at["order_no"][0]
    return any(
        row.number > header.row and len(row.cells) > column and row.cells[column] != ""
        for row in header.sheet.rows()
    )


def _best_in_row(sheet: Sheet, row: Row, presets: Sequence[Preset]) -> tuple[int, Header] | None:
    names = normalised_row(row.cells)
    if sum(1 for name in names if name) < 3:
        return None
    best: tuple[int, Header] | None = None
    for preset in presets:
        if not preset.recognises(names, sheet.name):
            continue
        at = located(names, preset.columns)
        score = len({index for places in at.values() for index in places})
        if best is None or score > best[0]:
            titles = tuple(text_of(cell) for cell in row.cells)
            best = score, Header(preset, sheet, row.number, names, titles, at)
    return best
