"""Photos of returned goods: what is taken for one, and how it is called.

A photo is a file named by what is in it, so that the same one is kept once and nothing a person
names ever becomes a path.
"""

import re

from ets_desktop.domain.errors import RuleViolation

#: A telephone's photo has five; a scan of a page perhaps eight.
MOST_BYTES = 15_000_000
#: Of one line or one parcel.
MOST_PHOTOS = 20

_REFERENCE = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)", re.ASCII)
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


def photo_kind(content: bytes) -> str:
    """ "jpg", "png" or "webp", by what is in it and not by its name.

    RuleViolation `photo_too_large`, `photo_not_an_image`.
    """
    if len(content) > MOST_BYTES:
        raise RuleViolation("photo_too_large", limit=MOST_BYTES // 1_000_000)
    if content.startswith(_JPEG):
        return "jpg"
    if content.startswith(_PNG):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    raise RuleViolation("photo_not_an_image")


def photo_reference(digest: str, kind: str) -> str:
    """What the database holds of a photo; `digest` is the SHA-256 of its content, in hex."""
    return f"{digest}.{kind}"


def is_photo_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text) is not None


def with_photos(kept: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, in the order in which they came. RuleViolation `too_many_photos`."""
    photos = tuple(dict.fromkeys((*kept, *added)))
    if len(photos) > MOST_PHOTOS:
        raise RuleViolation("too_many_photos", limit=MOST_PHOTOS)
    return photos
