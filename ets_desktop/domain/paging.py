"""Keyset pages: rows and the key to ask for the next ones with."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`rows` in display order; `next_key` is None on the last page."""

    rows: tuple[Row, ...]
    next_key: tuple[object, ...] | None = None
