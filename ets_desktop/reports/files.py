"""Where a file goes and how it gets there: whole or not at all, and never over another."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ets_desktop.domain.errors import RuleViolation

SUFFIX = ".xlsx"
#: The field of the dialog that the faults stand beside.
FIELD = "file"

#: What Windows has no place for in a name, and marks that turn a name round on the screen.
_FORBIDDEN = re.compile('[<>:"|?*\\\\/\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?", re.IGNORECASE)

_FAULTS = {
    errno.ENOENT: "export_no_folder",
    errno.ENOTDIR: "export_no_folder",
    errno.EACCES: "export_not_permitted",
    errno.EPERM: "export_not_permitted",
    errno.EROFS: "export_not_permitted",
    errno.ENOSPC: "export_disk_full",
    errno.EDQUOT: "export_disk_full",
    errno.EFBIG: "export_disk_full",
    errno.EEXIST: "export_file_exists",
    errno.EISDIR: "export_file_exists",
    errno.ENAMETOOLONG: "export_name_too_long",
}


def default_name(list_name: str, moment: datetime) -> str:
    """`주문목록_20261122_103005.xlsx`; `moment` is in the zone of the screens."""
    name = _FORBIDDEN.sub("", list_name).strip(" .") or "list"
    return f"{name}_{moment:%Y%m%d_%H%M%S}{SUFFIX}"


def path_of(typed: str, folder: Path) -> Path:
    """The file that was typed; a bare name goes into `folder`, what is no .xlsx becomes one.

    Raises RuleViolation for a name that some system cannot hold, a missing folder, a file that
    is there already.
    """
    typed = typed.strip()
    if not typed:
        raise RuleViolation("export_needs_file", field=FIELD)
    if "\x00" in typed:
        raise RuleViolation("export_bad_name", field=FIELD)
    path = folder / Path(typed)
    name = path.name if path.suffix.lower() == SUFFIX else f"{path.name}{SUFFIX}"
    is_odd = _FORBIDDEN.search(name) or _RESERVED.fullmatch(name) or name.startswith(".")
    if is_odd or typed.endswith(("/", "\\")) or path.name in ("", "..") or " ." in name[-6:]:
        raise RuleViolation("export_bad_name", field=FIELD)
    path = path.with_name(name)
    with told_beside_the_field():
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no such folder")
        # Not lexists: that takes a name too long for one that is free.
        with suppress(FileNotFoundError):
            path.lstat()
            raise FileExistsError(errno.EEXIST, "it is there already")
    return path


@contextmanager
def told_beside_the_field() -> Iterator[None]:
    """What the system refuses becomes a RuleViolation about the file name."""
    try:
        yield
    except OSError as error:
        code = _FAULTS.get(error.errno or 0)
        if code is not None:
            raise RuleViolation(code, field=FIELD) from error
        raise RuleViolation(
            "export_not_writable", field=FIELD, reason=error.strerror or type(error).__name__
        ) from error


class PendingFile:
    """A file under way beside its place; `with` removes it unless `place` was reached."""

    def __init__(self, place: Path) -> None:
        """Raises OSError where nothing can be written."""
        self._place = place
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".ets-", suffix=".part")
        os.close(handle)
        self.path = Path(name)

    def __enter__(self) -> "PendingFile":
        return self

    def __exit__(self, *_: object) -> None:
        # What cannot be removed (a stick pulled out) is of no use to tell beside the real fault.
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def place(self) -> None:
        """Give the file its name at once and whole. Raises OSError, also if the name is taken."""
        with open(self.path, "rb+") as written:
            os.fsync(written.fileno())
        os.close(os.open(self._place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(self.path, self._place)
