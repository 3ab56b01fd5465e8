"""The dictionaries before the orders: which names and which products a text may mean.

A few thousand products and a hundred thousand names are searched for a part of a word; the orders
are then found by whole keys (spec 90).
"""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.hangul import bigrams
from ets_desktop.domain.search_terms import Term, TermKind, like_literal, shape_patterns

#: More keys than this are not asked for: what they find is everywhere among the newest orders.
MOST_KEYS = 2_000
#: From this length on initials mean a whole name; shorter ones any part of it.
WHOLE_INITIALS = 3

_NAMES = "SELECT name FROM person_name WHERE "
_PRODUCTS = "SELECT id FROM product WHERE "
_MOST = " LIMIT %(most)s"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a term stands for: names or product ids; `are_all` unless there are more of them."""

    values: tuple[object, ...] = ()
    are_all: bool = True


def look_up(session: Session, terms: Iterable[Term], *, guess: bool = False) -> Mapping[Term, Keys]:
    """The keys of those `terms` that stand for names or products, in one round trip.

    With `guess` a single letter or two initials are not looked up: they mean too many names.
    """
    asked = {term: query for term in terms if (query := _query_of(term)) is not None}
    if not asked:
        return {}
    guessed = {term: Keys(are_all=False) for term in asked if guess and is_short(term)}
    driver = driver_of(session)
    cursors = {term: driver.cursor() for term in asked if term not in guessed}
    with driver.pipeline() if len(cursors) > 1 else nullcontext():
        for term, cursor in cursors.items():
            statement, values = asked[term]
            cursor.execute(statement.encode(), {**values, "most": MOST_KEYS + 1})
    return guessed | {term: _keys(cursor.fetchall()) for term, cursor in cursors.items()}


def is_short(term: Term) -> bool:
    """True for what no index of the dictionary finds: one letter, one or two initials."""
    if term.kind is TermKind.NAME:
        return len("".join(term.text.split())) < 2
    return term.kind is TermKind.INITIALS and len(term.text) < WHOLE_INITIALS


def name_patterns(term: Term) -> tuple[str, str]:
    """LIKE patterns for the name (in small letters, without blanks) and for its initials."""
    if term.kind is TermKind.SHAPE:
        return shape_patterns(term.text)
    if term.kind is TermKind.INITIALS:
        whole = len(term.text) >= WHOLE_INITIALS
        # Whole names have an index on the orders: here only longer ones are missing.
        return "%", f"{term.text}_%" if whole else f"%{term.text}%"
    letters = "".join(term.text.lower().split())
    return f"%{like_literal(letters)}%", "%"


def product_patterns(text: str) -> list[str]:
    """LIKE patterns of which all must hold for a product's name and code in small letters."""
    return [f"%{like_literal(word)}%" for word in text.lower().split()]


def _keys(rows: list[tuple[object, ...]]) -> Keys:
    return Keys(tuple(row[0] for row in rows[:MOST_KEYS]), len(rows) <= MOST_KEYS)


def _query_of(term: Term) -> tuple[str, dict[str, object]] | None:
    if term.kind is TermKind.PRODUCT:
        patterns = product_patterns(term.text)
        names = {f"word{place}": pattern for place, pattern in enumerate(patterns)}
        # One by one, for LIKE ALL (array) uses no index.
        held = " AND ".join(f"words LIKE %({name})s" for name in names)
        return f"{_PRODUCTS}{held}{_MOST}", dict(names)
    if term.kind not in (TermKind.NAME, TermKind.SHAPE, TermKind.INITIALS):
        return None
    name, initials = name_patterns(term)
    values: dict[str, object] = {"name": name, "initials": initials}
    if term.kind is not TermKind.NAME:
        return f"{_NAMES}name LIKE %(name)s AND initials LIKE %(initials)s{_MOST}", values
    like = f"{_NAMES}replace(lower(name), ' ', '') LIKE %(name)s"
    if is_short(term):
        return f"{like}{_MOST}", values
    grams = {"grams": bigrams(term.text)}
    return f"{like} AND bigrams @> %(grams)s::text[]{_MOST}", values | grams
