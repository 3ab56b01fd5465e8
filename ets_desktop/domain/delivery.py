"""When an instruction that did not arrive is tried again, and when it is given up (spec 30)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

#: After so many tries it is 실패 until somebody sends it anew: about a day and a half.
MOST_TRIES: Final = 40
_FIRST: Final = timedelta(seconds=30)
_LONGEST: Final = timedelta(hours=1)


class Undelivered(StrEnum):
    """Why the other side does not have it; what stands behind a blank is a detail of it."""

    UNREACHABLE = "erp_unreachable"
    SILENT = "erp_silent"
    BUSY = "erp_busy"
    REFUSED = "erp_refused"
    FOLDER = "erp_folder"


@dataclass(frozen=True, slots=True)
class Miss:
    """A try that failed. `detail` is a status or an error's name, never a text of the other side,
    for that may repeat personal data. `final`: trying again changes nothing. `wait`: what the
    other side asked for."""

    why: StrEnum
    detail: str = ""
    final: bool = False
    wait: timedelta | None = None

    def __str__(self) -> str:
        return f"{self.why} {self.detail}".strip()


def next_wait(miss: Miss, tries: int) -> timedelta | None:
    """How long until the next try after `tries` of them; None: it is given up.

    Waits double from half a minute to an hour.
    """
    if miss.final or tries >= MOST_TRIES:
        return None
    doubled: int = 2 ** min(tries - 1, 10)
    return max(min(_FIRST * doubled, _LONGEST), miss.wait or _FIRST)
