"""An XLSX before anything unpacks it: sizes, bombs, entities, and formulas the reader drops.

The parts are run through once, piece by piece, so that the workbook reader meets nothing that
could fill the memory: it lays a sheet out densely between its outermost cells.
"""

import html
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ets_desktop.erp.exports.sniff import Refused

MOST_MEMBERS = 2_000
MOST_UNPACKED = 1024**3
#: A member this much smaller than its content, and not small itself, is a bomb.
_LARGEST_RATIO = 200
_RATIO_FROM = 32 * 1024**2
MOST_COLUMNS = 702  # up to ZZ
MOST_AREA = 78_000_000
_LARGE = 500_000
_MOST_FORMULAS = 1_000_000
_SPARSE = 200
_PIECE = 8 * 1024**2
#: Bytes of text that the cells of a workbook may come to.
_MOST_TEXT = 2 * 1024**3
_LONGEST_TOKEN = 64 * 1024**2

_USUAL_CELL = re.compile(rb'<c r="([A-Za-z]+)(\d+)')
#: From column CA or row 1,000,000 on: everything before fits into MOST_AREA.
_FAR_CELL = re.compile(rb'<c r="([C-Zc-z][A-Za-z]|[A-Za-z]{3,9}|[A-Za-z]+(?=\d{7}))(\d{1,9})')
_ANY_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,9})(\d{1,9})["']""")
_ROW_TAG = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d{1,9})["']""")
_FORMULA = re.compile(rb"<f(?:\s[^<>]*)?>([^<]+)</")
_PREFIXED_FORMULA = re.compile(rb":f(?:\s[^<>]*)?>([^<]+)</")
_VALUE = re.compile(rb"<(?:\w+:)?v>\s*(\d{1,9})\s*<")
_LONGEST_TAG = 400


@dataclass(slots=True)
class SheetFacts:
    """What a sheet's XML says: its outermost cells, and `formulas` by (row, column), 1-based."""

    last_row: int = 0
    columns: int = 0
    rows: int = 0
    cells: int = 0
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


def checked_archive(content: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet part by its path in the archive.

    Raises Refused: `zip_bomb` (with `why`), `file_damaged`, `xml_entities`, `sheet_too_large`.
    """
    with _opened(content) as archive:
        members = archive.infolist()
    _check_sizes(members)
    facts: dict[str, SheetFacts] = {}
    strings: list[zipfile.ZipInfo] = []
    longest = 0
    for info in members:
        name = info.filename.replace("\\", "/")
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        found = SheetFacts() if name.startswith("xl/worksheets/") else None
        shared = name.lower() == "xl/sharedstrings.xml"
        for number, piece in enumerate(_pieces(_unpacked(content, info))):
            if number == 0 and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
                raise Refused("xml_entities")
            if found is not None:
                _look_at(piece, found)
            if shared:
                longest = max(longest, *map(len, piece.split(b"<si")))
        if found is not None:
            _check_area(found)
            facts[name] = found
        if shared or found is not None:
            strings.append(info)
    if longest * sum(found.cells for found in facts.values()) > _MOST_TEXT:
        _check_repetition(content, strings)
    return facts


def _check_repetition(content: bytes, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a long text that countless cells share: the reader copies it into each of them."""
    lengths: list[int] = []
    uses: Counter[bytes] = Counter()
    for info in parts:
        if info.filename.lower().endswith("sharedstrings.xml"):
            whole = b"".join(_unpacked(content, info))
            lengths = [len(text) for text in whole.split(b"<si")[1:]]
        else:
            for piece in _pieces(_unpacked(content, info)):
                uses.update(_VALUE.findall(piece))
    text = sum(
        lengths[int(index)] * times for index, times in uses.items() if int(index) < len(lengths)
    )
    if text > _MOST_TEXT:
        raise Refused("zip_bomb", why="repetition")


def sheet_paths(content: bytes) -> list[str]:
    """The parts of the sheets in the workbook's order; empty when they cannot be told."""
    with _opened(content) as archive:
        try:
            workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except KeyError:
            return []
    target_of = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", relations):
        parts = dict(re.findall(r"""(\w+)\s*=\s*["']([^"']*)["']""", tag))
        target = parts.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        target_of[parts.get("Id", "")] = path
    sheets = re.findall(r"<(?:\w+:)?sheet\s[^>]*>", workbook)
    ids = (
        re.search(r"""\br:id\s*=\s*["']([^"']*)["']|:id\s*=\s*["']([^"']*)""", tag)
        for tag in sheets
    )
    return [target_of.get((found[1] or found[2]) if found else "", "") for found in ids]


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("file_damaged") from error


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise Refused("zip_bomb", why="members", count=len(members))
    total = sum(info.file_size for info in members)
    if total > MOST_UNPACKED:
        raise Refused("zip_bomb", why="size", megabytes=total // 2**20)
    for info in members:
        if info.flag_bits & 1:
            raise Refused("file_locked")
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _RATIO_FROM and ratio > _LARGEST_RATIO:
            raise Refused("zip_bomb", why="ratio", ratio=int(ratio))


def _unpacked(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes in pieces; refuses a stream that is longer than its header says."""
    start = info.header_offset
    header = content[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise Refused("file_damaged")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    begin = start + 30 + name_length + extra_length
    packed = memoryview(content)[begin : begin + info.compress_size]
    if len(packed) < info.compress_size:
        raise Refused("file_damaged")
    if info.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("file_damaged")
    yield from _inflated(packed, info.file_size)


def _inflated(packed: memoryview, declared: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    total = 0
    rest: bytes | memoryview = packed
    while not inflater.eof:
        try:
            piece = inflater.decompress(rest, _PIECE)
        except zlib.error as error:
            raise Refused("file_damaged") from error
        rest = inflater.unconsumed_tail
        total += len(piece)
        if total > declared:
            raise Refused("zip_bomb", why="size")
        if not piece and not rest and not inflater.eof:
            raise Refused("file_damaged")
        yield piece


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes cut between cells, so that no tag and no formula is torn."""
    carried = b""
    for chunk in chunks:
        whole = carried + chunk
        cut = whole.rfind(b"</row>")
        cut = cut if cut > 0 else whole.rfind(b"</")
        if cut <= 0:
            if len(whole) > _LONGEST_TOKEN:
                raise Refused("zip_bomb", why="cell")
            carried = whole
            continue
        carried = whole[cut:]
        yield whole[:cut]
    yield carried


def _look_at(piece: bytes, facts: SheetFacts) -> None:
    usual = piece.count(b'<c r="')
    if usual != piece.count(b"<c") or b":c " in piece:
        _measure(_ANY_CELL.findall(piece), facts)
    elif facts.cells < _LARGE:
        _measure(_USUAL_CELL.findall(piece), facts)
    elif far := _FAR_CELL.search(piece):
        _measure([(far[1], far[2])], facts)
    facts.cells += usual or piece.count(b"<v") + piece.count(b":v")
    if tag := list(_ROW_TAG.finditer(piece, max(piece.rfind(b"<row"), 0)))[-1:]:
        facts.last_row = max(facts.last_row, int(tag[0][1]))
    _note_formulas(piece, facts)


def _measure(cells: Iterable[tuple[bytes, bytes]], facts: SheetFacts) -> None:
    """Widen the facts' bounds to hold `cells`, given as letters and digits."""
    letters, digits = set(), set()
    for column, row in cells:
        letters.add(column)
        digits.add(row)
    facts.columns = max(facts.columns, *map(_column_number, letters), 0)
    facts.rows = max(facts.rows, *map(int, digits), 0)


def _note_formulas(piece: bytes, facts: SheetFacts) -> None:
    pattern = _PREFIXED_FORMULA if b":c " in piece else _FORMULA
    for formula in pattern.finditer(piece):
        at = formula.start()
        tag = piece.rfind(b"<c ", max(at - _LONGEST_TAG, 0), at)
        tag = tag if tag >= 0 else piece.rfind(b":c ", max(at - _LONGEST_TAG, 0), at)
        cell = _ANY_CELL.search(piece, max(tag, 0), at)
        if tag >= 0 and cell is not None:
            text = "=" + html.unescape(formula[1].decode("utf-8", "replace"))
            facts.formulas[int(cell[2]), _column_number(cell[1])] = text
    if len(facts.formulas) > _MOST_FORMULAS:
        raise Refused("sheet_too_large", columns=facts.columns, rows=facts.rows)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return number


def _check_area(facts: SheetFacts) -> None:
    if facts.columns > MOST_COLUMNS or facts.rows > 1_048_576:
        raise Refused("sheet_too_large", columns=facts.columns, rows=facts.rows)
    area = facts.columns * facts.rows
    if area > MOST_AREA or area > 2_000_000 + _SPARSE * facts.cells:
        raise Refused("sheet_too_large", columns=facts.columns, rows=facts.rows)
