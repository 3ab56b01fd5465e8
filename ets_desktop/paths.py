"""Where the program keeps its files and finds its own; `ETS_HOME` moves all of the former.

Nothing is created by asking for a path: whoever writes calls `make_private` first.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ets_desktop.domain.errors import EtsError

APP_NAME = "ets-desktop"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of this person on this PC; absolute, and perhaps not there yet."""

    config_dir: Path
    data_dir: Path
    state_dir: Path
    log_dir: Path

    @classmethod
    def under(cls, home: Path) -> "Paths":
        """Everything below one folder, as `ETS_HOME` wants it."""
        home = home.absolute()
        return cls(home / "config", home / "data", home / "state", home / "log")


def paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The folders in force: below `ETS_HOME` when it is set, else the platform's own places."""
    home = environ.get("ETS_HOME", "")
    if home:
        return Paths.under(Path(home))
    import platformdirs

    platform = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Paths(
        platform.user_config_path,
        platform.user_data_path,
        platform.user_state_path,
        platform.user_log_path,
    )


def make_private(folder: Path) -> Path:
    """Create `folder` and its missing parents, readable by their owner only; returns `folder`.

    Folders that exist keep their modes. Raises EtsError `folder_unusable`.
    """
    try:
        _make_private(folder)
    except OSError as error:
        raise EtsError("folder_unusable", folder=str(folder), reason=error.strerror) from error
    return folder


def _make_private(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make_private(folder.parent)
    # mkdir's own `parents=True` would give the parents the umask's mode, not this one.
    folder.mkdir(mode=0o700, exist_ok=True)


def resource(*parts: str) -> Path:
    """A file shipped with the program, such as `resource("fonts", "Pretendard-Regular.ttf")`."""
    return _program_dir().joinpath("resources", *parts)


def migrations_dir() -> Path:
    """The alembic script folder shipped with the program."""
    return _program_dir() / "migrations"


def _program_dir() -> Path:
    """The checkout, or the folder a frozen build unpacks its files in."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent
