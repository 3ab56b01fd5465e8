"""Files behind a password: the agile encryption of channel downloads, and old locked XLS."""

import io
import re
import struct
import xml.parsers.expat
import zipfile

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from ets_desktop.erp.exports.sniff import LARGEST_FILE, Refused

_LARGEST_KEY_NOTE = 64 * 1024
#: Office stretches a key 100,000 times; ten times that would only keep the importer busy.
_MOST_SPINS = 1_000_000
_SPINS = re.compile(rb'spinCount="(\d+)"')
#: What the decrypting library lets through when a container lies about itself.
_FAULTS = (
    FileFormatError, ParseError, OSError, ValueError, KeyError, IndexError, TypeError,
    AttributeError, struct.error, xml.parsers.expat.ExpatError,
)  # fmt: skip


def unlocked(content: bytes, password: str | None) -> bytes:
    """The workbook inside a locked XLSX or XLS.

    Raises Refused: `password_needed`, `password_wrong`, `file_damaged`, `file_too_big`.
    """
    if not password:
        raise Refused("password_needed")
    opened = io.BytesIO()
    try:
        _check_key_note(content)
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        if getattr(office, "format", "") == "ooxml":
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)
        office.decrypt(opened)
    except InvalidKeyError as error:
        raise Refused("password_wrong") from error
    except (DecryptionError, zipfile.BadZipFile, *_FAULTS) as error:
        raise Refused("file_damaged") from error
    plain = opened.getvalue()
    if len(plain) > LARGEST_FILE:
        raise Refused("file_too_big", megabytes=len(plain) // 2**20, limit=LARGEST_FILE // 2**20)
    return plain


def _check_key_note(content: bytes) -> None:
    """The description of the key is XML: no entities, no endless stretching."""
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        if not container.exists("EncryptionInfo"):
            return
        with container.openstream("EncryptionInfo") as stream:
            note = stream.read(_LARGEST_KEY_NOTE + 1)
    spins = _SPINS.search(note)
    endless = spins is not None and int(spins[1][:12]) > _MOST_SPINS
    if len(note) > _LARGEST_KEY_NOTE or b"<!" in note or endless:
        raise ValueError("hostile key description")
