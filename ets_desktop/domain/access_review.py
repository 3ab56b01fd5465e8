"""What of a month of access a reviewer should look at (개인정보의 안전성 확보조치 기준, 제8조).

The notice leaves cycle and method to the house's own plan; these are the usual points of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

#: Fewer looks than that are nobody's unusual month, however few the others had.
FEWEST_LOOKS = 100
TIMES_THE_MEDIAN = 3
#: Exports of one person within one hour of the clock.
MANY_EXPORTS = 10
MANY_ADDRESSES = 3


class Unusual(StrEnum):
    """Why a person's month stands out."""

    MANY_LOOKS = "many_looks"
    OUTSIDE_HOURS = "outside_hours"
    MANY_EXPORTS = "many_exports"
    MANY_PERSONS = "many_persons"
    MANY_ADDRESSES = "many_addresses"


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """What one login did in a month. `looks` are all but logins and logouts; `exported` is how
    many people its exports held, `most_exported` the largest of them; `hourly_exports` the most
    within an hour of the clock."""

    login: str
    name: str
    looks: int
    searches: int
    reveals: int
    outside: int
    exports: int
    exported: int
    most_exported: int
    hourly_exports: int
    addresses: int
    days: int


@dataclass(frozen=True, slots=True)
class Remark:
    """`login` stands out by `why`; `count` says how much of it."""

    login: str
    name: str
    why: Unusual
    count: int


def remarks(people: Sequence[PersonMonth], many_persons: int) -> tuple[Remark, ...]:
    """What stands out, person by person in their order."""
    worked = [person.looks for person in people if person.looks]
    usual = max(FEWEST_LOOKS, TIMES_THE_MEDIAN * median(worked)) if worked else FEWEST_LOOKS
    return tuple(
        Remark(person.login, person.name, why, count)
        for person in people
        for why, count in _of(person, usual, many_persons)
    )


def _of(person: PersonMonth, usual: float, many_persons: int) -> Iterable[tuple[Unusual, int]]:
    for why, count, stands_out in (
        (Unusual.MANY_LOOKS, person.looks, person.looks > usual),
        (Unusual.OUTSIDE_HOURS, person.outside, person.outside > 0),
        (Unusual.MANY_EXPORTS, person.hourly_exports, person.hourly_exports >= MANY_EXPORTS),
        (Unusual.MANY_PERSONS, person.most_exported, person.most_exported >= many_persons),
        (Unusual.MANY_ADDRESSES, person.addresses, person.addresses > MANY_ADDRESSES),
    ):
        if stands_out:
            yield why, count
