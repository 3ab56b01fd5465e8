"""Photos of returned goods as files of the house: kept by content, never run, never rewritten."""

from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.photos import (
    MOST_BYTES,
    is_photo_reference,
    photo_kind,
    photo_reference,
)
from ets_desktop.paths import make_private


class PhotoFolder:
    """`folder` is one for all desks of a house that have to see each other's photos."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, source: Path) -> str:
        """The reference of a copy of `source`; the same content is kept once.

        RuleViolation `photo_too_large`, `photo_not_an_image`; EtsError `photo_unreadable`,
        `folder_unusable`.
        """
        content = _read(source, source.name)
        reference = photo_reference(sha256(content).hexdigest(), photo_kind(content))
        place = self._place(reference)
        make_private(place.parent)
        try:
            if not place.exists():
                # Whole or not at all: others may look for it already.
                part = place.with_name(f"{uuid4().hex}.part")
                part.write_bytes(content)
                part.replace(place)
        except OSError as error:
            where = str(self._folder)
            raise EtsError("folder_unusable", folder=where, reason=error.strerror) from error
        return reference

    def read(self, reference: str) -> bytes:
        """The photo itself. EtsError `photo_unreadable`, also if it is not what was kept."""
        if not is_photo_reference(reference):
            raise EtsError("photo_unreadable", name=reference[:80])
        content = _read(self._place(reference), reference)
        if sha256(content).hexdigest() != reference.partition(".")[0]:
            raise EtsError("photo_unreadable", name=reference)
        return content

    def _place(self, reference: str) -> Path:
        return self._folder / reference[:2] / reference


def _read(file: Path, name: str) -> bytes:
    """At most one byte more than a photo may have."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise EtsError("photo_unreadable", name=name) from error
