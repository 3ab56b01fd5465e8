"""Couriers as we deal with them: their many names, why they did not take a wish, routing codes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

#: A courier is asked for news no more often than this, and not after so many days.
TRACK_EVERY: Final = timedelta(hours=3)
TRACK_FOR: Final = timedelta(days=10)


class Unsent(StrEnum):
    """Why a courier does not know of a wish; what stands behind a blank is a detail of it."""

    UNREACHABLE = "courier_unreachable"
    SILENT = "courier_silent"
    LOGIN = "courier_login"
    BUSY = "courier_busy"
    MALFORMED = "courier_malformed"
    REFUSED = "courier_refused"
    SAME_ADDRESS = "courier_same_address"
    FILE = "courier_file"
    CANNOT_CANCEL = "courier_cannot_cancel"


@dataclass(frozen=True, slots=True)
class Refined:
    """주소 정제: the courier's routing of an address, no tidied address. `warnings` are codes."""

    code: str
    sub_code: str = ""
    short_address: str = ""
    branch: str = ""
    driver: str = ""
    driver_code: str = ""
    area: str = ""
    p2p: str = ""
    warnings: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """As it is stored with a pickup."""
        return asdict(self) | {"warnings": list(self.warnings)}


#: The names by which sheets, sales channels and trackers call a courier → our code. Old company
#: names live on: HYUNDAI is 롯데, KGB is 로젠, KOREX is CJ; 08 is 롯데 at SweetTracker.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cj": ("001", "CJ", "CJ대한통운", "CJ택배", "대한통운", "CJGLS", "KOREX", "04"),
        "epost": ("EPOST", "우체국", "우체국택배", "우체국소포", "우편", "01"),
        "hanjin": ("HANJIN", "한진", "한진택배", "004", "05"),
        "lotte": ("LOTTE", "롯데", "롯데택배", "롯데글로벌로지스", "현대택배", "HYUNDAI", "08"),
        "logen": ("LOGEN", "로젠", "로젠택배", "KGB", "KGB택배", "06"),
    }
)
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {name: code for code, names in _NAMES.items() for name in names}
)


#: What our keys begin with at every courier.
_KEY_PREFIX: Final = "ETS"
_LONGEST_ID: Final = 18


def key_of(pickup_id: int) -> str:
    """By which couriers know a pickup."""
    return f"{_KEY_PREFIX}{pickup_id}"


def pickup_of(key: str) -> int | None:
    """The pickup behind a key; None for what is none of ours."""
    prefix, number = key[: len(_KEY_PREFIX)], key[len(_KEY_PREFIX) :]
    is_number = number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID
    return int(number) if prefix == _KEY_PREFIX and is_number else None


def courier_named(name: str) -> str:
    """Our code for a courier's name or code elsewhere; "" for one we have no contract with."""
    return _CODES.get("".join(name.split()).upper(), "")
