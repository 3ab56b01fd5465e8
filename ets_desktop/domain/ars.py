"""What an ARS vendor tells of its sessions: read, judged and refused with a word (spec 50, 80).

The words come from outside: each is bounded and of its kind, and no error quotes one.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NoReturn

from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.storable import storable

#: Events in one request, steps of one caller's way through the menu.
MOST_EVENTS: Final = 500
MOST_STEPS: Final = 50
_LONGEST: Final = MappingProxyType(
    {"session_id": 128, "order_no": 100, "name": 100, "phone": 40, "category": 200, "menu": 100}
)
#: Won; nothing in a shop costs more.
MOST_WON: Final = 10**12
_FIRST_YEAR: Final = 2000
#: The vendor's clock is nearly ours.
_AHEAD: Final = timedelta(days=1)
_MOMENT: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_WON: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,13}", re.ASCII)
_NOT_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class ArsKind(StrEnum):
    """What the caller asked for: 취소, 반품, 교환, 배송문의, 상담예약."""

    CANCEL = "cancel"
    RETURN = "return"
    EXCHANGE = "exchange"
    DELIVERY = "delivery"
    CONSULTATION = "consultation"


#: As vendors write them.
_KINDS: Final[Mapping[str, ArsKind]] = MappingProxyType(
    {
        **{kind.value: kind for kind in ArsKind},
        "취소": ArsKind.CANCEL,
        "반품": ArsKind.RETURN,
        "교환": ArsKind.EXCHANGE,
        "배송문의": ArsKind.DELIVERY,
        "상담예약": ArsKind.CONSULTATION,
    }
)
_YES: Final = frozenset({"1", "y", "yes", "true", "o", "예"})
_NO: Final = frozenset({"", "0", "n", "no", "false", "x", "아니오", "아니요"})


class BadArsEvent(Exception):
    """`reason` is a code; `field` and `place` (from 1) say where, "" and 0 of the whole. It is for
    the vendor, or the list of bad rows; no desk is told."""

    def __init__(self, reason: str, field: str = "", place: int = 0) -> None:
        super().__init__(f"{place} {field} {reason}")
        self.reason, self.field, self.place = reason, field, place


@dataclass(frozen=True, slots=True)
class ArsEvent:
    """A session as far as it has come; `phone` as told, `ended_at` None while on the line."""

    session_id: str
    answered_at: datetime
    order_no: str = ""
    name: str = ""
    phone: str = ""
    kind: ArsKind | None = None
    category: str = ""
    amount: int | None = None
    packing_fee: int | None = None
    menu: tuple[str, ...] = ()
    reached_final: bool = False
    ended_at: datetime | None = None


def read_events(content: bytes, now: datetime) -> tuple[ArsEvent, ...]:
    """The events of a JSON body: one object, or a list of them. All or none: BadArsEvent.

    UTF-8, or CP949 where it is none; keys that are unknown are left alone.
    """
    told = _parsed(_decoded(content))
    listed = told if isinstance(told, list) else [told]
    if not listed:
        raise BadArsEvent("not_events")
    if len(listed) > MOST_EVENTS:
        raise BadArsEvent("too_many")
    return tuple(_event(one, place, now) for place, one in enumerate(listed, start=1))


def event_of(told: Mapping[str, Any], now: datetime) -> ArsEvent:
    """The event of one object, or of one row of a file. Raises BadArsEvent."""
    answered_at = _moment(told, "answered_at", now)
    session_id = _line(told, "session_id", numbers=True)
    if not session_id or answered_at is None:
        raise BadArsEvent("missing", "session_id" if not session_id else "answered_at")
    ended_at = _moment(told, "ended_at", now)
    if ended_at is not None and ended_at < answered_at:
        raise BadArsEvent("ended_before", "ended_at")
    return ArsEvent(
        session_id=session_id,
        answered_at=answered_at,
        order_no=_line(told, "order_no", numbers=True),
        name=_line(told, "name"),
        phone=_line(told, "phone"),
        kind=_kind(told),
        category=_line(told, "category"),
        amount=_won(told, "amount"),
        packing_fee=_won(told, "packing_fee"),
        menu=_menu(told.get("menu")),
        reached_final=_switch(told, "reached_final"),
        ended_at=ended_at,
    )


def _event(told: object, place: int, now: datetime) -> ArsEvent:
    if not isinstance(told, dict):
        raise BadArsEvent("not_events", place=place)
    try:
        return event_of(told, now)
    except BadArsEvent as error:
        raise BadArsEvent(error.reason, error.field, place) from None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadArsEvent("not_text")


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        # The parser's own words quote what came.
        raise BadArsEvent("not_json") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        # Whose readers disagree on what is meant.
        raise BadArsEvent("key_twice")
    return found


def _no_constant(_name: str) -> NoReturn:
    raise ValueError


def _line(told: Mapping[str, Any], field: str, *, numbers: bool = False) -> str:
    """A text of one line, stored as such; a number is one where `numbers` are."""
    value = told.get(field)
    if value is None:
        return ""
    if numbers and type(value) is int and abs(value) < 10**18:
        return str(value)
    return _one_line(value, field)


def _one_line(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise BadArsEvent("wrong_type", field)
    line = _NOT_A_LINE.sub(" ", storable(value)).strip()
    if len(line) > _LONGEST[field]:
        raise BadArsEvent("too_long", field)
    return line


def _moment(told: Mapping[str, Any], field: str, now: datetime) -> datetime | None:
    """Of Seoul where it names no zone; fractions of a second are of no use."""
    value = told.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadArsEvent("wrong_type", field)
    found = _MOMENT.fullmatch(value.strip())
    if found is None:
        raise BadArsEvent("no_moment", field)
    *digits, zone = found.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in digits)
    shape = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone or ''}"
    try:
        at = datetime.fromisoformat(shape)
    except ValueError:
        raise BadArsEvent("no_moment", field) from None
    if at.year < _FIRST_YEAR or at.year > now.year + 1:
        raise BadArsEvent("no_moment", field)
    at = at if at.tzinfo is not None else at.replace(tzinfo=SEOUL)
    if at > now + _AHEAD:
        raise BadArsEvent("no_moment", field)
    return at


def _won(told: Mapping[str, Any], field: str) -> int | None:
    value = told.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if _WON.fullmatch(value.strip()) is None:
            raise BadArsEvent("no_amount", field)
        value = int(value.strip().replace(",", ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadArsEvent("wrong_type", field)
    # Before int(): that of an infinite one fails.
    if not 0 <= value <= MOST_WON or value != int(value):
        raise BadArsEvent("no_amount", field)
    return int(value)


def _kind(told: Mapping[str, Any]) -> ArsKind | None:
    value = told.get("kind")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadArsEvent("wrong_type", "kind")
    kind = _KINDS.get(value.strip().lower())
    if kind is None:
        raise BadArsEvent("no_kind", "kind")
    return kind


def _menu(value: object) -> tuple[str, ...]:
    """The caller's way: a list of steps, or a text of steps with > between."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = value.split(">")
    if not isinstance(value, Sequence) or isinstance(value, bytes):
        raise BadArsEvent("wrong_type", "menu")
    if len(value) > MOST_STEPS:
        raise BadArsEvent("too_long", "menu")
    return tuple(filter(None, (_one_line(step, "menu") for step in value)))


def _switch(told: Mapping[str, Any], field: str) -> bool:
    value = told.get(field)
    if value is None or isinstance(value, bool):
        return bool(value)
    word = str(value).strip().lower() if isinstance(value, str | int) else None
    if word in _YES or word in _NO:
        return word in _YES
    raise BadArsEvent("wrong_type", field)


def merged(known: ArsEvent, told: ArsEvent) -> ArsEvent:
    """A session of which more was told, in whatever order it came.

    Where two events differ the later one is right: who hung up tells more than who is on the line,
    a longer way through the menu than a shorter one. What it leaves out the other one says.
    """
    is_later = _progress(told) >= _progress(known)
    right, other = (told, known) if is_later else (known, told)
    filled = {
        field.name: getattr(other, field.name)
        for field in fields(ArsEvent)
        if getattr(right, field.name) in (None, "", (), False)
    }
    return replace(right, **filled)


def _progress(event: ArsEvent) -> tuple[bool, int]:
    return event.ended_at is not None, len(event.menu)
