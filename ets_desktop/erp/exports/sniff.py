"""What a file really is, by its first bytes and its inner parts; its name proves nothing."""

import io
import re
import zipfile
from enum import StrEnum

import olefile

from ets_desktop.domain.errors import EtsError

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: Larger files are refused unread; the biggest export met (100,000 rows, 72 columns) has 34 MB.
LARGEST_FILE = 300 * 1024 * 1024
_HTML_LOOK = 8192
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|table|meta\s)", re.IGNORECASE)


class Refused(EtsError):
    """The file as a whole cannot be imported; nothing of it was."""


class FileKind(StrEnum):
    XLSX = "xlsx"
    LOCKED = "locked"
    XLS = "xls"
    HTML = "html"
    CSV = "csv"


def sniff(content: bytes) -> FileKind:
    """The kind of `content`.

    Raises Refused: `file_empty`, `file_too_big`, `file_damaged`, `file_not_an_export` (with
    `kind`: pdf, zip, word, ods, xlsb, image, binary …).
    """
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise Refused("file_empty")
    if len(content) > LARGEST_FILE:
        raise Refused("file_too_big", megabytes=len(content) // 2**20, limit=LARGEST_FILE // 2**20)
    if content.startswith(OLE_MAGIC):
        return _ole_kind(content)
    if content.startswith(ZIP_MAGICS):
        return _zip_kind(content)
    _refuse_known_others(content)
    if _is_html(content[:_HTML_LOOK]):
        return FileKind.HTML
    if _is_binary(content):
        raise Refused("file_not_an_export", kind="binary")
    return FileKind.CSV


def _ole_kind(content: bytes) -> FileKind:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if container.exists("EncryptedPackage") or container.exists("EncryptionInfo"):
                return FileKind.LOCKED
            if container.exists("Workbook") or container.exists("Book"):
                return FileKind.XLS
            kind = "word" if container.exists("WordDocument") else "ole"
    except (OSError, ValueError, IndexError, RecursionError) as error:
        raise Refused("file_damaged") from error
    raise Refused("file_not_an_export", kind=kind)


def _zip_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("file_damaged") from error
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        raise Refused("file_not_an_export", kind="xlsb")
    if any(name.startswith("word/") for name in names):
        raise Refused("file_not_an_export", kind="word")
    raise Refused("file_not_an_export", kind="ods" if "content.xml" in names else "zip")


def _is_html(head: bytes) -> bool:
    """A tag at the start, or behind a few stray bytes; one deep in a CSV's memo does not count."""
    tag = _HTML.search(head)
    return (
        tag is not None
        and head.count(b"\n", 0, tag.start()) < 3
        and b"," not in head[: tag.start()]
    )


def _refuse_known_others(content: bytes) -> None:
    for magic, kind in _OTHERS:
        if content.startswith(magic):
            raise Refused("file_not_an_export", kind=kind)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        head = content[:_HTML_LOOK].lower()
        if b"<html" not in head and b"<table" not in head:
            raise Refused("file_not_an_export", kind="xml")


_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
)


def _is_binary(content: bytes) -> bool:
    """More control bytes than text ever has; UTF-16 (by its mark) and single NULs are text."""
    head = content[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    controls = sum(
        head.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13)
    )
    return controls * 50 > len(head)
