"""Orders read from an ERP's database by a query of its own, from where the last pull ended.

The interface of an ERP (두손ERP8/10 among them) is a matter of its house: URL, query and which
column is what are configuration.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from sqlalchemy import Row, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.erp.exports.cells import Cell
from ets_desktop.erp.exports.channels import CHANNELS, Preset
from ets_desktop.erp.exports.channels.preset import REQUIRED
from ets_desktop.erp.exports.columns import COMMON
from ets_desktop.erp.exports.parse import Export, export_of
from ets_desktop.erp.exports.sheet import Row as SheetRow
from ets_desktop.erp.exports.sheet import Sheet
from ets_desktop.erp.options import Options

#: Rows after which a part ends, at the next change of the watermark.
PART_ROWS: Final = 5_000
_FETCHED: Final = 2_000
#: How drivers are told how many seconds a server may take to let them in; others wait for ever.
_PATIENCE: Final[Mapping[str, str]] = {
    "psycopg": "connect_timeout",
    "psycopg2": "connect_timeout",
    "pymysql": "connect_timeout",
    "mysqldb": "connect_timeout",
    "pymssql": "login_timeout",
}
#: What an order and its lines can be told of: whatever the exports of channels tell.
_FIELDS: Final = {field for preset in CHANNELS for field in preset.columns}

Watermark = datetime | date | int | float | Decimal | str | bytes
#: How JSON keeps each, and back; a `rowversion` of SQL Server is bytes.
_KEPT: Final[Mapping[str, tuple[Callable[[Any], object], Callable[[Any], Watermark]]]] = {
    "datetime": (datetime.isoformat, datetime.fromisoformat),
    "date": (date.isoformat, date.fromisoformat),
    "int": (int, int),
    "float": (float, float),
    "Decimal": (str, Decimal),
    "str": (str, str),
    "bytes": (bytes.hex, bytes.fromhex),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Orders whose rows are all here, and how far the source is read once they are stored."""

    export: Export
    watermark: Watermark


class SqlSource:
    """Reads parts in the order of the watermark; nothing is written to the ERP."""

    def __init__(self, options: Options) -> None:
        """Options: `url` (SQLAlchemy), `query` with `:watermark`, ordered by it; `watermark` (its
        column), `start` (where a first pull begins), `overlap_s` (read again, for rows that were
        committed late), `patience_s` (for being let in), `columns` (field = column), `channel` and
        `channel_name`. Raises EtsError `erp_option`."""
        self.name = options.name
        self._query = options.take("query", str)
        self._column = options.take("watermark", str)
        self._start = _start(options)
        self._overlap = timedelta(seconds=options.take("overlap_s", int, 60))
        self._preset = _preset(options)
        patience_s = options.take("patience_s", int, 10)
        try:
            url = make_url(options.take("url", str))
            options.refuse_the_rest()
            patience = _PATIENCE.get(url.get_driver_name())
            told = {patience: patience_s} if patience and patience not in url.query else {}
            self._engine = create_engine(url, hide_parameters=True, connect_args=told)
        except (ArgumentError, ImportError, SQLAlchemyError) as error:
            raise options.bad("url", "SQLAlchemy URL") from error
        if ":watermark" not in self._query:
            raise options.bad("query", "… :watermark …")

    def parts(self, watermark: Watermark | None) -> Iterator[Part]:
        """What is newer than `watermark`, None for a first pull.

        Raises Unavailable `erp_source_failed`, EtsError `erp_watermark` for rows without one or
        out of order, Refused for columns that make no order.
        """
        try:
            with (
                self._engine.connect() as connection,
                connection.execution_options(yield_per=_FETCHED).execute(
                    text(self._query), {"watermark": self._from(watermark)}
                ) as result,
            ):
                titles = tuple(result.keys())
                if self._column not in titles:
                    raise EtsError("erp_watermark", name=self.name)
                at = titles.index(self._column)
                for rows in self._cut(iter(result), at):
                    yield self._part(titles, rows, at)
        except SQLAlchemyError as error:
            # The driver's text may hold a password or a person; what it calls the fault does not.
            fault = getattr(error, "orig", None) or error
            raise Unavailable(
                "erp_source_failed", name=self.name, reason=type(fault).__name__
            ) from error

    def close(self) -> None:
        self._engine.dispose()

    def _from(self, watermark: Watermark | None) -> Watermark:
        if watermark is None:
            return self._start
        if isinstance(watermark, datetime):
            return watermark - self._overlap
        if isinstance(watermark, date) and self._overlap:
            # The day went on after it was read; a query for later ones would miss the rest of it.
            return watermark - max(self._overlap, timedelta(days=1))
        return watermark

    def _cut(self, rows: Iterator[Row[Any]], at: int) -> Iterator[list[Row[Any]]]:
        """Parts that end where the watermark changes: what shares one is stored at once."""
        part: list[Row[Any]] = []
        last: Any = None
        for row in rows:
            mark = _mark(row[at])
            if not _is_mark(mark) or (part and not _is_from(mark, last)):
                raise EtsError("erp_watermark", name=self.name)
            if len(part) >= PART_ROWS and mark != last:
                yield part
                part = []
            part.append(row)
            last = mark
        if part:
            yield part

    def _part(self, titles: tuple[str, ...], rows: list[Row[Any]], at: int) -> Part:
        def read() -> Iterator[SheetRow]:
            heads = iter([SheetRow(1, list(titles))])
            told = (SheetRow(number, [_cell(v) for v in row]) for number, row in enumerate(rows, 2))
            return chain(heads, told)

        sheet = Sheet(self.name, read, len(rows) + 1)
        return Part(export_of(sheet, self._preset), _mark(rows[-1][at]))


def stored(watermark: Watermark) -> dict[str, object]:
    """A watermark as JSON keeps it."""
    kind = type(watermark).__name__
    keep, _ = _KEPT[kind]
    return {"kind": kind, "value": keep(watermark)}


def restored(kept: Mapping[str, Any]) -> Watermark:
    """What `stored` was given."""
    _, restore = _KEPT[kept["kind"]]
    return restore(kept["value"])


def _start(options: Options) -> Watermark:
    """TOML tells moments, days, whole numbers and texts apart."""
    start = options.take_any("start")
    if isinstance(start, bool) or not isinstance(start, datetime | date | int | str):
        raise options.bad("start", "date/int/str")
    return start


def _preset(options: Options) -> Preset:
    """The source as a channel of its own."""
    columns = options.take("columns", dict)
    code = options.take("channel", str, "erp")
    name = options.take("channel_name", str, "ERP")
    for field, column in columns.items():
        if field not in _FIELDS or type(column) is not str:
            raise options.bad(f"columns.{field}", "a field and its column")
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        raise options.bad(f"columns.{missing[0]}", "str")
    own = {field: (column,) for field, column in columns.items()}
    nothing: dict[str, tuple[str, ...]] = {field: () for field in COMMON if field not in own}
    mark = tuple(columns[field] for field in REQUIRED)
    return Preset(code=code, name=name, marks=(mark,), own_columns=nothing | own)


def _cell(value: Any) -> Cell:
    """A value of the database as the readers of files hand it over.

    Numbers as texts: as one of a spreadsheet, a long order number would count as damaged.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(SEOUL).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return value
    return str(_mark(value))


def _mark(value: Any) -> Any:
    """Whole numbers are whole and bytes are bytes, whatever the column's type and its driver."""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return bytes(value) if isinstance(value, bytearray | memoryview) else value


def _is_mark(value: Any) -> bool:
    """Whether the next pull can begin there: it has an order, and is kept as it is."""
    if isinstance(value, float | Decimal):
        return math.isfinite(value)
    return type(value).__name__ in _KEPT


def _is_from(mark: Any, before: Any) -> bool:
    """Whether `mark` does not come before; what cannot be compared is out of order."""
    try:
        return bool(mark >= before)
    except TypeError:
        return False
