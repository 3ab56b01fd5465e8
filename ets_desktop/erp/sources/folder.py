"""Order files that an ERP, or a person, puts into a folder: each is read once and put aside."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ets_desktop.erp.exports.channels import CHANNEL_OF_CODE, Preset, channel_named
from ets_desktop.erp.exports.parse import Export, open_export
from ets_desktop.erp.options import Options

DONE: Final = "done"
REFUSED: Final = "refused"


class FolderSource:
    """Files stay where they are until `put_aside` says what became of them."""

    def __init__(self, options: Options) -> None:
        """Options: `folder`, `pattern`, `channel` (read only as its export), `password_file`,
        `settle_s` (how long a file must have stayed as it is). Raises EtsError `erp_option`."""
        self.name = options.name
        self._folder = Path(options.take("folder", str))
        self._pattern = options.take("pattern", str, "*")
        self._channel = _channel(options)
        self._password = options.secret("password_file") or None
        self._settle_s = options.take("settle_s", int, 10)
        options.refuse_the_rest()
        if not self._folder.is_dir():
            raise options.bad("folder", "a folder")

    def files(self) -> Iterator[Path]:
        """What is there and no longer being written, the oldest first."""
        now, found = time.time(), list[tuple[float, str, Path]]()
        for file in self._folder.glob(self._pattern):
            # Whoever else looks after the folder may have taken it meanwhile.
            with suppress(FileNotFoundError):
                if _is_order_file(file):
                    found.append((file.stat().st_mtime, file.name, file))
        for changed, _, file in sorted(found):
            if now - changed >= self._settle_s:
                yield file

    def export(self, file: Path) -> Export:
        """Raises Refused when it is no export."""
        return open_export(file, self._password, self._channel)

    def put_aside(self, file: Path, where: str) -> Path:
        """Into the folder DONE or REFUSED beside it; a name that is taken gets a number."""
        aside = self._folder / where
        aside.mkdir(exist_ok=True)
        place = aside / file.name
        number = 1
        while place.exists():
            number += 1
            place = aside / f"{file.stem} ({number}){file.suffix}"
        return file.rename(place)


def _is_order_file(file: Path) -> bool:
    """Hidden files and spreadsheets' lock files are none."""
    return file.is_file() and not file.name.startswith((".", "~$"))


def _channel(options: Options) -> Preset | None:
    name = options.take("channel", str, "")
    found = channel_named(name) if name else None
    if name and found is None:
        raise options.bad("channel", "/".join(CHANNEL_OF_CODE))
    return found
