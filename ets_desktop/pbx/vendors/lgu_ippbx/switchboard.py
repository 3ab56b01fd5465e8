"""What the sessions of one PBX tell each other: who took a call that rang several phones.

A session hears of its own extension alone, so that a call taken by a colleague would look missed.
"""

import re
from datetime import UTC, datetime
from threading import Lock

_PARTS = re.compile(r"(\d+)\.(\d+)")


class Switchboard:
    """Thread-safe; shared by the links with the same connector and company."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken: dict[str, tuple[str, datetime]] = {}

    def answered(self, call: str, extension: str, at: datetime) -> None:
        with self._guard:
            self._taken[call] = (extension, at)

    def is_taken(self, call: str, extension: str) -> bool:
        """Whether another extension than this one took the call."""
        with self._guard:
            return any(
                taker != extension and (one == call or is_sibling(one, call))
                for one, (taker, _) in self._taken.items()
            )

    def forget(self, before: datetime) -> None:
        with self._guard:
            self._taken = {c: taken for c, taken in self._taken.items() if taken[1] >= before}


def is_sibling(one: str, other: str) -> bool:
    """Whether two ids are of channels made in the same second, one right after the other."""
    first, second = _PARTS.fullmatch(one), _PARTS.fullmatch(other)
    if first is None or second is None or first[1] != second[1]:
        return False
    return abs(int(first[2]) - int(second[2])) == 1


def begun_at(call: str) -> datetime:
    """When the call with that id began, by the PBX's clock."""
    return datetime.fromtimestamp(int(call.partition(".")[0]), UTC)


_boards: dict[tuple[str, ...], Switchboard] = {}
_boards_guard = Lock()


def switchboard_of(*pbx: str) -> Switchboard:
    """The one of that PBX in this process."""
    with _boards_guard:
        return _boards.setdefault(pbx, Switchboard())
