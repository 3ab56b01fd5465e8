"""What `ets doctor` finds, and the part of it that concerns this PC alone."""

import os
import shutil
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ets_desktop import __version__
from ets_desktop.cli.language import say
from ets_desktop.local.journal import FOLDER
from ets_desktop.local.key_store import usable_store
from ets_desktop.paths import paths, resource
from ets_desktop.settings import load_settings

FONTS = ("Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf")
#: The first and the last syllable, a letter alone, a Latin one.
SIGNS = "가힣ㄱA"
LEAST_FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, warning (the desk works on) or wrong (it does not, or not rightly); `code` is
    the same in every language; `advice` says what to do where something is to be done."""

    code: str
    name: str
    state: str
    text: str
    advice: str = ""


def look_at_this_pc() -> Iterator[Finding]:
    """Fonts, disk, folders, key store; the settings come first and may raise SettingsError."""
    yield from _fonts()
    yield from _disk()
    yield from _folders()
    yield _key_store()


def program() -> Finding:
    told = f"{__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return Finding("program", say("프로그램", "program"), "ok", told)


def settings() -> Finding:
    """Raises SettingsError."""
    load_settings()
    return Finding("settings", say("설정", "settings"), "ok", str(paths().config_dir))


def _fonts() -> Iterator[Finding]:
    name = say("글꼴", "fonts")
    bad = [font for font in FONTS if not has_signs(resource("fonts", font), SIGNS)]
    if bad:
        advice = say("프로그램을 다시 설치하십시오.", "install the program again.")
        yield Finding("fonts", name, "wrong", ", ".join(bad), advice)
    else:
        told = say("Pretendard, 한글 있음", "Pretendard, with Hangul")
        yield Finding("fonts", name, "ok", told)


def has_signs(font: Path, signs: str) -> bool:
    """Whether a TrueType font can show every one of `signs`, by its own table of characters.

    Not asked of Qt: the doctor also runs where no window system is.
    """
    try:
        told = font.read_bytes()
        return all(_glyph(told, ord(sign)) for sign in signs)
    except (OSError, struct.error, IndexError):
        return False


def _glyph(font: bytes, sign: int) -> bool:
    """Look `sign` up in the segments of the font's Unicode tables (cmap of formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    places = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * tables, 16)
    }
    start = places.get(b"cmap")
    if start is None:
        return False
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 12 and _in_groups(font, start + offset, sign):
            return True
        if form == 4 and _in_segments(font, start + offset, sign):
            return True
    return False


def _in_groups(font: bytes, at: int, sign: int) -> bool:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    return any(
        first <= sign <= last
        for first, last, _ in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups])
    )


def _in_segments(font: bytes, at: int, sign: int) -> bool:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    form = f">{twice // 2}H"
    ends = struct.unpack_from(form, font, at + 14)
    begins = struct.unpack_from(form, font, at + 16 + twice)
    return any(begin <= sign <= end for begin, end in zip(begins, ends, strict=True))


def _disk() -> Iterator[Finding]:
    places = {_existing(place) for place in (paths().data_dir, paths().state_dir, paths().log_dir)}
    for place in {os.stat(place).st_dev: place for place in sorted(places)}.values():
        free = shutil.disk_usage(place).free
        enough = free >= LEAST_FREE_BYTES
        advice = "" if enough else say("자리를 비우십시오: 1 GiB 이상", "free 1 GiB or more.")
        state = "ok" if enough else "wrong"
        told = f"{free / (1 << 30):.1f} GiB {place}"
        yield Finding("disk", say("디스크", "disk"), state, told, advice)


def _folders() -> Iterator[Finding]:
    closed = [
        str(place)
        for place in (paths().data_dir, paths().state_dir, paths().log_dir)
        if not os.access(_existing(place), os.W_OK | os.X_OK)
    ]
    if closed:
        advice = say(
            "이 사용자에게 쓰기 권한을 주거나 ETS_HOME을 바꾸십시오.",
            "let this user write there, or set ETS_HOME.",
        )
        told = ", ".join(closed)
        yield Finding("folders", say("폴더", "folders"), "wrong", told, advice)


def _existing(place: Path) -> Path:
    """`place`, or the nearest folder above it that is there."""
    # Not Path.exists(), which raises for a name that no file system could hold.
    while not os.path.exists(place):
        place = place.parent
    return place


def _key_store() -> Finding:
    name = say("키 저장소", "key store")
    store = usable_store()
    if store is not None:
        return Finding("key_store", name, "ok", store)
    place = paths().state_dir / FOLDER
    told = say(
        f"쓸 수 없어 저널의 키를 파일(0600)에 둡니다: {place}",
        f"unusable, the journal's key is kept in a file (0600): {place}",
    )
    advice = say(
        "Windows 자격 증명 관리자나 Secret Service(gnome-keyring, KWallet)를 켜십시오.",
        "turn on the Credential Manager or a Secret Service (gnome-keyring, KWallet).",
    )
    return Finding("key_store", name, "warning", told, advice)
