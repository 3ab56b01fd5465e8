"""Rotating log files without personal data (spec 80): what might be a name or a number is cut.

Our own log text and error codes are English, so any Hangul in a log line came from data.
"""

import logging
import logging.handlers
import os
import re
import sys
from pathlib import Path
from typing import Any, Final

from ets_desktop.paths import make_private, paths

MAX_BYTES: Final = 2_000_000
BACKUPS: Final = 5

_FORMAT: Final = "%(asctime)s.%(msecs)03d %(levelname)s %(process)d %(threadName)s %(name)s "
_DATES: Final = "%Y-%m-%dT%H:%M:%S"

#: From these words on the database's driver quotes values, over any number of lines.
_VALUES_FOLLOW: Final = re.compile(
    r"(DETAIL:|CONTEXT:|LINE \d+:|\[SQL:|\[parameters:|\[generated in)"
    # … up to what a traceback says next.
    r".*?(?=\n(?:Traceback \(most|The above exception|During handling|\(Background on)|\Z)",
    re.DOTALL,
)
#: PostgreSQL repeats a value it cannot read: invalid input syntax for type date: "…".
_QUOTED_VALUE: Final = re.compile(r'((?:invalid|out of range|not present)[^"\n]*)".*"')
_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]+")
#: Seven digits with at most three separators between any two, unless they are a date or an address.
_DIGITS: Final = re.compile(
    r"(?P<keep>(?<!\d)(?:20\d\d-[01]\d-[0-3]\d(?!\d)|(?:\d{1,3}\.){3}\d{1,3}(?![\d.])))"
    r"|\+?\d(?:[ \-.()/\u00a0\u2010-\u2015\u2212\uff0d]{0,3}\d){6,}"
)
#: What an exception says, up to the next traceback or the end.
_SAID: Final = re.compile(
    r"^(?!(?:AttributeError|NameError|TypeError|ImportError|ModuleNotFoundError): )"
    r"((?:\w+\.)*\w+: )(.*?)(?=\n\n|\n(?:Traceback|The above|During)|\Z)",
    re.DOTALL | re.MULTILINE,
)
#: From the first mark to the last: an apostrophe inside would end a pair too early.
_QUOTED: Final = re.compile(r"""['"].*['"]""", re.DOTALL)
#: Names of constraints and the like tell where, and nothing else.
_OF_THE_SCHEMA: Final = re.compile(r"""[^'"]*(?:"[a-z]+(?:_[a-z0-9]+)+"[^'"]*)+""")
_UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: What these say below a warning is rows, statements and frames: nobody's log has it at any level.
_TALKATIVE: Final = ("sqlalchemy", "psycopg", "alembic", "websockets")


def redact(text: str) -> str:
    """`text` without Hangul, without runs of seven digits or more, without SQL and its values."""
    text = _VALUES_FOLLOW.sub(r"\1 [cut]", text)
    text = _QUOTED_VALUE.sub(r"\1[cut]", text)
    text = _HANGUL.sub("[han]", text)
    return _DIGITS.sub(lambda run: run["keep"] or "[digits]", text)


def redact_trace(text: str) -> str:
    """A traceback, redacted: what an exception quotes of a value goes whole, for a name in Latin
    letters is a word like any other. Those of the interpreter quote names of the code only."""
    return redact(_SAID.sub(_without_quotes, text))


def _without_quotes(said: re.Match[str]) -> str:
    if _OF_THE_SCHEMA.fullmatch(said[2]):
        return said[0]
    return f"{said[1]}{_QUOTED.sub('[cut]', said[2])}"


def one_line(text: str) -> str:
    """`text` as one line without what moves a terminal's cursor or turns a line round: whoever gets
    his words into our log writes no line of his own there."""
    return _UNSHOWN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class RedactingFormatter(logging.Formatter):
    """One line a record, then its traceback; message and traceback redacted, the time not."""

    def __init__(self) -> None:
        super().__init__(_FORMAT, _DATES)

    def format(self, record: logging.LogRecord) -> str:
        record.asctime = self.formatTime(record, self.datefmt)
        parts = [one_line(redact(record.getMessage()))]
        if record.exc_info:
            parts.append(redact_trace(self.formatException(record.exc_info)))
        if record.stack_info:
            parts.append(redact(self.formatStack(record.stack_info)))
        # Not cached in record.exc_text: another handler must not print our text as its own.
        return _FORMAT % record.__dict__ + "\n".join(parts)


class ToldFormatter(logging.Formatter):
    """For the terminal of a service: our words as they are, what Python tells of a fault redacted.
    What is written there ends in the journal of the system."""

    def formatException(self, ei: Any) -> str:
        return redact_trace(super().formatException(ei))


def may_be_told(record: logging.LogRecord) -> bool:
    """A filter: what our own code says, and what others warn of."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] not in _TALKATIVE


def tell_on_stderr(logger: logging.Logger, level: int = logging.INFO) -> logging.Handler:
    """Have `logger` told on stderr, too; returns what does it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(ToldFormatter())
    handler.addFilter(may_be_told)
    logger.addHandler(handler)
    return handler


class _SharedRotatingFile(logging.handlers.RotatingFileHandler):
    """A rotating file that several desks of one PC write: who rotates is followed by the rest."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        if self.stream and not self._is_current(self.stream.fileno()):
            self.stream.close()
            self.stream = self._open()
        return bool(super().shouldRollover(record))

    def rotate(self, source: str, dest: str) -> None:
        try:
            super().rotate(source, dest)
        except PermissionError:
            # Windows renames no file which another desk has open; the last one out rotates.
            return

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(self.baseFilename))
        except FileNotFoundError:
            return False


def configure_logging(component: str, level: int = logging.INFO) -> Path:
    """Send the program's log to `<log dir>/<component>.log`; returns that file.

    Called again it takes the place of the call before. Raises EtsError `folder_unusable`.
    """
    file = make_private(paths().log_dir) / f"{component}.log"
    stop_logging()
    handler = _SharedRotatingFile(file, maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="utf-8")
    handler.setFormatter(RedactingFormatter())
    handler.addFilter(may_be_told)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return file


def stop_logging() -> None:
    """Take our file away from the root logger and close it."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler, _SharedRotatingFile):
            root.removeHandler(handler)
            handler.close()
