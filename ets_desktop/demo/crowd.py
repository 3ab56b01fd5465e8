"""Invented people, made from their index alone: any number of them costs four bytes each."""

import random
from array import array
from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate

from ets_desktop.demo import words
from ets_desktop.domain.hangul import initials

#: Up to here everybody has a number of 010-0000-xxxx; loads go on in 010-0xxx-xxxx, a range that
#: is given to nobody in Korea.
SMALL = 5_000


@dataclass(frozen=True, slots=True)
class PersonLooks:
    """A name and its initial consonants; None where the name has no Hangul to abbreviate."""

    name: str
    initials: str | None


@dataclass(slots=True)
class Crowd:
    """`size` people; person n (0 ≤ n < size) is always the same for one seed."""

    seed: int
    size: int
    _looks: list[PersonLooks] = field(default_factory=list)
    _of_person: "array[int]" = field(default_factory=lambda: array("I"))

    def __post_init__(self) -> None:
        rng = random.Random(f"{self.seed}/crowd")
        drawn = _draw_names(rng, self.size)
        at: dict[str, int] = {}
        for name in drawn:
            self._of_person.append(at.setdefault(name, len(at)))
        self._looks = [_looks(name) for name in at]

    def names(self) -> list[str]:
        """Every name that occurs, once."""
        return [looks.name for looks in self._looks]

    def looks(self, person: int) -> PersonLooks:
        return self._looks[self._of_person[person]]

    def name(self, person: int) -> str:
        return self.looks(person).name

    def phone(self, person: int) -> str:
        """The person's own mobile number; one in forty shares it with the next person."""
        key = person + 1 if person % 40 == 0 else person
        if self.size <= SMALL:
            return f"0100000{(key * 7_919 + self.seed) % 10_000:04d}"
        return f"0100{(key * 7_654_321 + self.seed) % 10_000_000:07d}"

    def second_phone(self, person: int) -> str | None:
        """A land line or an internet telephone, for one person in five."""
        if person % 5:
            return None
        number = (person * 31) % 10_000
        if person % 10:
            return f"0700000{number:04d}"
        return f"02000{number:04d}" if person % 20 else f"031000{number:04d}"

    def safe_number(self, order: int) -> str:
        """A virtual number (050x) of eleven or twelve digits, as channels give out per order."""
        number = (order * 7_919) % 10_000
        middle = "000" if order % 3 else "0000"
        return f"050{2 + order % 6}{middle}{number:04d}"

    def address(self, person: int) -> str:
        """A whole address on one line, by road for three quarters and by lot for the rest."""
        town, road, district, province = _place(person)
        number = 1 + person % 289
        flat = f"{101 + person % 23}동 {1 + person % 25}{1 + person % 6:02d}호"
        building = words.BUILDINGS[person % len(words.BUILDINGS)]
        if person % 4:
            return f"{province} {district} {road} {number} {flat} ({town}, {building})"
        return f"{province} {district} {town} {number}-{1 + person % 17} {building} {flat}"

    def zipcode(self, person: int) -> str:
        _, code = words.PROVINCES[_province(person)]
        return f"{code}{(person * 37) % 1000:03d}"


def _province(person: int) -> int:
    """Half of the people live in and around the capital."""
    spread = (person * 2_654_435_761) % 1000
    return spread % 3 if spread < 520 else spread % len(words.PROVINCES)


def _place(person: int) -> tuple[str, str, str, str]:
    mixed = (person * 2_246_822_519) % 4_294_967_291
    place = words.PLACES[mixed % len(words.PLACES)]
    prefix = words.PLACE_PREFIXES[mixed // 64 % len(words.PLACE_PREFIXES)]
    town = f"{prefix}{place}{words.TOWN_ENDINGS[mixed // 512 % len(words.TOWN_ENDINGS)]}"
    other = words.PLACES[mixed // 4_096 % len(words.PLACES)]
    road = f"{other}{words.ROAD_ENDINGS[mixed // 32_768 % len(words.ROAD_ENDINGS)]}"
    rest = mixed // 262_144
    near = words.PLACES[rest % len(words.PLACES)]
    district = f"{near}{words.DISTRICT_ENDINGS[rest // 64 % len(words.DISTRICT_ENDINGS)]}"
    return town, road, district, words.PROVINCES[_province(person)][0]


def _looks(name: str) -> PersonLooks:
    hangul = any("가" <= letter <= "힣" for letter in name)
    return PersonLooks(name, initials(name) if hangul and "*" not in name else None)


def _draw_names(rng: random.Random, size: int) -> list[str]:
    """`size` names in the proportions of a Korean shop: few surnames, 김정민 before all."""
    surnames = [name for name, _ in words.SURNAMES]
    weights = list(accumulate(share for _, share in words.SURNAMES))
    given, given_weights = _given_names()
    total = given_weights[-1]
    names = []
    for surname in rng.choices(surnames, cum_weights=weights, k=size):
        odd = rng.random()
        if odd < 0.012:
            names.append(_odd_name(rng, surname))
        else:
            names.append(surname + given[bisect(given_weights, rng.random() * total)])
    return names


def _given_names() -> tuple[list[str], list[float]]:
    """Given names and their running weights: half the people share the common ones."""
    common = sum(weight for _, weight in words.COMMON_GIVEN)
    rare = [a + b for a in words.GIVEN_FIRST for b in words.GIVEN_LAST if a != b][::3]
    weights = [float(weight) for _, weight in words.COMMON_GIVEN]
    # The further down the list, the rarer: a long tail as among real people.
    tail = [1 / (5 + place % 1_499) for place in range(len(rare))]
    scale = common / sum(tail)
    weights += [weight * scale for weight in tail]
    return [name for name, _ in words.COMMON_GIVEN] + rare, list(accumulate(weights))


def _odd_name(rng: random.Random, surname: str) -> str:
    """What else stands in name fields: one syllable, Latin letters, a firm, a mask."""
    kind = rng.randrange(10)
    if kind < 4:
        return surname + rng.choice(words.SINGLE_GIVEN)
    if kind < 6:
        return rng.choice(words.LATIN_NAMES)
    if kind < 7:
        return rng.choice(words.COMPANIES)
    return f"{surname}*{rng.choice(words.GIVEN_LAST)}"
