"""A file system with no room to speak of, and how to fill it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def tiny_disk(folder: Path, kib: int = 64) -> Iterator[Path]:
    """A real file system of `kib` KiB where this account may mount one, else a folder."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)]
    may_mount = shutil.which("mount") is not None
    if may_mount and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
    else:
        yield folder


def fill(disk: Path) -> Path:
    """Leave no room; the file to remove for it."""
    assert os.path.ismount(disk)
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return filler
