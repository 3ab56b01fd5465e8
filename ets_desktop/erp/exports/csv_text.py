"""CSV: encodings and separators tried, one record at a time, broken quoting kept to its record."""

import codecs
import csv
import io
from collections.abc import Iterator
from functools import partial

from ets_desktop.erp.exports.sheet import Row, Sheet
from ets_desktop.erp.exports.sniff import Refused

SEPARATORS = (",", "\t", ";", "|")
#: A cell with more line breaks than this is an unclosed quotation mark.
_MOST_LINES = 200
#: More undecodable characters than this and the encoding is simply another one.
_MOST_UNREADABLE = 0.02


def decoded(content: bytes) -> str:
    """The text of `content`: by its mark, else UTF-8, else CP949, the better one if both fail.

    CP949, not EUC-KR, which lacks 똠 펲 햏. What cannot be decoded becomes U+FFFD and makes its
    row a bad one. Raises Refused(`encoding_unknown`).
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _readable(content[len(mark) :].decode(encoding, "replace"))
    for encoding in ("utf-8", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    tried = [content.decode(encoding, "replace") for encoding in ("utf-8", "cp949")]
    return _readable(min(tried, key=lambda text: text.count("\ufffd")))


def _readable(text: str) -> str:
    if text.count("\ufffd") > len(text) * _MOST_UNREADABLE:
        raise Refused("encoding_unknown")
    return text


def csv_sheets(content: bytes) -> list[Sheet]:
    """The same text under each separator; the header decides later which one it is."""
    lines = list(io.StringIO(decoded(content), newline=""))
    sheets = []
    for separator in SEPARATORS:
        if any(separator in line for line in lines[:40]):
            sheets.append(Sheet("", partial(_records, lines, separator), separated=True))
    return sheets


class _QuoteNotClosed(Exception):
    """A record has run over more lines than any cell has."""


class _Lines:
    """Feeds the reader line by line and knows where the record under way began."""

    def __init__(self, lines: list[str], at: int) -> None:
        self._lines = lines
        self.at = at
        self.record_start = at

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at - self.record_start >= _MOST_LINES:
            raise _QuoteNotClosed
        if self.at >= len(self._lines):
            raise StopIteration
        self.at += 1
        return self._lines[self.at - 1]


def _records(lines: list[str], separator: str) -> Iterator[Row]:
    """Numbered records; after a broken one reading goes on with the next line of the file."""
    number = 1
    feed = _Lines(lines, 0)
    reader = csv.reader(feed, delimiter=separator, strict=True)
    while True:
        feed.record_start = feed.at
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _QuoteNotClosed):
            start = feed.record_start
            yield _leniently(number, lines[start], separator)
            feed = _Lines(lines, start + 1)
            reader = csv.reader(feed, delimiter=separator, strict=True)
        else:
            yield Row(number, [*cells])
        number += 1


def _leniently(number: int, line: str, separator: str) -> Row:
    """A line with quotation marks that were not doubled, as far as it can be told apart."""
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return Row(number, [], broken="cell_too_long")
    return Row(number, [*cells], broken="quotes_unbalanced")
