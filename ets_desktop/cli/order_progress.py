"""How far an import is, on the standard error, for files that take more than a moment."""

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from ets_desktop.cli.language import say

#: Seconds before the first word, and between words on a terminal and in a log.
_SILENT = 2.0
_EVERY = 0.3
_EVERY_IN_LOG = 2.0
#: Opening a file of this size alone may take longer than the silence.
_LARGE = 4 * 2**20


class RowsTold:
    """Tells rows as they are read, once an import takes longer than two seconds."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._began = time.monotonic()
        self._told = self._began + _SILENT - _EVERY
        self._line_open = False
        self._overwrites = sys.stderr.isatty()

    def __enter__(self) -> Self:
        try:
            large = self._file.stat().st_size > _LARGE
        except OSError:
            large = False
        if large:
            self._tell(say("파일을 여는 중", "opening"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._line_open:
            click.echo("", err=True)

    def rows(self, done: int, total: int | None) -> None:
        """Called by the reading thread every few thousand rows."""
        now = time.monotonic()
        every = _EVERY if self._overwrites else _EVERY_IN_LOG
        if now - self._began < _SILENT or now - self._told < every:
            return
        self._told = now
        of = f"{done:,}/{total:,}" if total else f"{done:,}"
        self._tell(say(f"{of}행", f"{of} rows"))

    def _tell(self, what: str) -> None:
        text = f"{self._file.name}: {what}"
        if self._overwrites:
            click.echo(f"\r{text}   ", nl=False, err=True)
            self._line_open = True
        else:
            click.echo(text, err=True)
