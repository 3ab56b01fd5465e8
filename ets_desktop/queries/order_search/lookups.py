"""The dictionaries before the orders: which names and which products a text may mean.

A few thousand products and a hundred thousand names are searched for a part of a word; the orders
are then found by whole keys (spec 90).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import LiteralString

from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.hangul import bigrams
from ets_desktop.domain.search_terms import (
    Term,
    TermKind,
    like_literal,
    shape_patterns,
    typed_text,
)
from ets_desktop.queries.order_search.pieces import Values, filled

#: More keys than this are not asked for: what they find is everywhere among the newest orders.
MOST_KEYS = 2_000
#: From this length on initials mean a whole name; shorter ones any part of it.
WHOLE_INITIALS = 3
_KEYED = frozenset({TermKind.NAME, TermKind.SHAPE, TermKind.INITIALS, TermKind.PRODUCT})


_NAMES: LiteralString = (
    "(SELECT {place} AS place, name AS key FROM person_name WHERE {where} LIMIT {most})"
)
_PRODUCTS: LiteralString = (
    "(SELECT {place} AS place, id::text AS key FROM product WHERE {where} LIMIT {most})"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a term stands for: names or product ids; `are_all` unless there are more of them."""

    values: tuple[object, ...] = ()
    are_all: bool = True


def look_up(session: Session, terms: Iterable[Term], *, guess: bool = False) -> Mapping[Term, Keys]:
    """The keys of those `terms` that stand for names or products, by one statement.

    With `guess` a single letter or two initials are not looked up: they mean too many names.
    """
    keyed = [term for term in terms if term.kind in _KEYED]
    guessed = {term: Keys(are_all=False) for term in keyed if guess and is_short(term)}
    asked = [term for term in keyed if term not in guessed]
    if not asked:
        return guessed
    values = Values()
    parts = [_query_of(term, place, values) for place, term in enumerate(asked)]
    statement = " UNION ALL ".join(parts).encode()
    found: list[list[object]] = [[] for _ in asked]
    for place, key in driver_of(session).execute(statement, values.bound).fetchall():
        found[int(str(place))].append(key)
    return guessed | {term: _keys(term, rows) for term, rows in zip(asked, found, strict=True)}


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
    return [f"%{like_literal(word)}%" for word in typed_text(text).lower().split()]


def _keys(term: Term, found: list[object]) -> Keys:
    kept = found[:MOST_KEYS]
    is_product = term.kind is TermKind.PRODUCT
    keys = tuple(int(str(key)) for key in kept) if is_product else tuple(kept)
    return Keys(keys, len(found) <= MOST_KEYS)


def _query_of(term: Term, place: int, values: Values) -> str:
    template = _PRODUCTS if term.kind is TermKind.PRODUCT else _NAMES
    return filled(
        template,
        place=str(place),
        where=" AND ".join(_conditions(term, values)),
        most=values.bind(MOST_KEYS + 1),
    )


def _conditions(term: Term, values: Values) -> list[str]:
    if term.kind is TermKind.PRODUCT:
        # One by one, for LIKE ALL (array) uses no index.
        return [f"words LIKE {values.bind(word)}" for word in product_patterns(term.text)]
    name, initials = name_patterns(term)
    if term.kind is not TermKind.NAME:
        return [f"name LIKE {values.bind(name)}", f"initials LIKE {values.bind(initials)}"]
    like = f"replace(lower(name), ' ', '') LIKE {values.bind(name)}"
    if is_short(term):
        return [like]
    return [like, f"bigrams @> {values.bind(bigrams(term.text))}::text[]"]
