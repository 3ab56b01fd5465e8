"""Each reading of a text as branches: conditions that one index each answers, newest first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ets_desktop.domain.search_terms import (
    SHORTEST_PHONE_END,
    Term,
    TermKind,
    Wish,
    like_literal,
)
from ets_desktop.queries.order_search.conditions import Field
from ets_desktop.queries.order_search.lookups import (
    WHOLE_INITIALS,
    Keys,
    name_patterns,
    product_patterns,
)
from ets_desktop.queries.order_search.pieces import Values, filled

PHONES = ("o.orderer_phone", "o.orderer_phone2", "o.recipient_phone", "o.recipient_phone2")
_PEOPLE: Mapping[str, tuple[str, ...]] = {
    Field.ORDERER: ("o.orderer",),
    Field.RECIPIENT: ("o.recipient",),
    Field.ANYTHING: ("o.orderer", "o.recipient"),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A condition on orders (`o`) or, `by_line`, on their lines (`l`).

    With `keys`, the placeholder of an array, `column` is any of them and `where`, if not empty,
    holds as well. `is_common` marks what is found everywhere.
    """

    where: str = ""
    by_line: bool = False
    column: str = ""
    keys: str = ""
    key_count: int = 0
    is_common: bool = False

    @property
    def plain(self) -> str:
        """The condition as one expression."""
        if not self.keys:
            return self.where
        return f"{self.column} = ANY({self.keys})" + (f" AND {self.where}" if self.where else "")


def branches_of(wish: Wish, keys: Mapping[Term, Keys], values: Values) -> tuple[Branch, ...]:
    """All branches of `wish`; none when its text stands for nothing that exists."""
    return tuple(branch for term in wish.terms for branch in _of_term(term, wish, keys, values))


def branches_of_numbers(numbers: list[str], values: Values) -> tuple[Branch, ...]:
    """Orders tied to no customer that have any of the telephone numbers (digits)."""
    array = f"{values.bind(numbers)}::text[]"
    return tuple(
        Branch("o.customer_id IS NULL", column=column, keys=array, key_count=len(numbers))
        for column in PHONES
    )


def any_of(branches: Iterable[Branch]) -> str:
    """One condition that holds where any branch does."""
    return "(" + " OR ".join(f"({branch.plain})" for branch in branches) + ")"


def _of_term(term: Term, wish: Wish, keys: Mapping[Term, Keys], values: Values) -> Iterator[Branch]:
    match term.kind:
        case TermKind.PHONE:
            number = values.bind(term.text)
            yield from (Branch(f"{column} = {number}") for column in PHONES)
        case TermKind.PHONE_END:
            yield from _phone_end(term.text, values)
        case TermKind.OUR_ORDER_NO:
            yield Branch(f"o.id = {values.bind(int(term.text))}")
        case TermKind.ORDER_NO:
            yield Branch(f"o.channel_order_no = ANY({_spellings(term.text, values)})")
        case TermKind.ORDER_NO_END:
            yield _order_no_end(term.text, values)
        case TermKind.TRACKING_NO:
            yield Branch(f"l.tracking_no = ANY({_spellings(term.text, values)})", by_line=True)
        case TermKind.PRODUCT:
            yield from _products(term, keys[term], values)
        case _:
            yield from _names(term, _PEOPLE[wish.field], keys[term], values)


def _names(term: Term, people: tuple[str, ...], keys: Keys, values: Values) -> Iterator[Branch]:
    if term.kind is TermKind.INITIALS and len(term.text) >= WHOLE_INITIALS:
        consonants = values.bind(term.text)
        yield from (Branch(f"{person}_initials = {consonants}") for person in people)
    if not keys.are_all:
        name, initials = (values.bind(pattern) for pattern in name_patterns(term))
        for person in people:
            where = (
                f"replace(lower({person}_name), ' ', '') LIKE {name}"
                f" AND coalesce({person}_initials, '') LIKE {initials}"
            )
            yield Branch(where, is_common=True)
    elif len(keys.values) == 1:
        name = values.bind(keys.values[0])
        yield from (Branch(f"{person}_name = {name}") for person in people)
    elif keys.values:
        names = f"{values.bind(list(keys.values))}::text[]"
        for person in people:
            yield Branch(column=f"{person}_name", keys=names, key_count=len(keys.values))


def _products(term: Term, keys: Keys, values: Values) -> Iterator[Branch]:
    if not keys.are_all:
        likes = f"{values.bind(product_patterns(term.text))}::text[]"
        where = filled(
            "l.product_id IN (SELECT id FROM product WHERE words LIKE ALL ({likes}))", likes=likes
        )
        yield Branch(where, by_line=True, is_common=True)
    elif keys.values:
        ids = f"{values.bind(list(keys.values))}::bigint[]"
        yield Branch(by_line=True, column="l.product_id", keys=ids, key_count=len(keys.values))


def _phone_end(digits: str, values: Values) -> Iterator[Branch]:
    last4 = values.bind(digits[-SHORTEST_PHONE_END:])
    more = values.bind(f"%{digits}") if len(digits) > SHORTEST_PHONE_END else ""
    for column in PHONES:
        also = f" AND {column} LIKE {more}" if more else ""
        yield Branch(f"right({column}, 4) = {last4}{also}")


def _spellings(text: str, values: Values) -> str:
    """A number as typed, without its hyphens, and in capitals."""
    spellings = dict.fromkeys((text, text.replace("-", ""), text.upper()))
    return f"{values.bind(list(spellings))}::text[]"


def _order_no_end(text: str, values: Values) -> Branch:
    """By the last six characters; hyphens may be typed or not (20261012-0000018)."""
    end = text.replace("-", "")
    return Branch(
        f"right(o.channel_order_no, 6) = {values.bind(end[-6:])}"
        f" AND replace(o.channel_order_no, '-', '') LIKE {values.bind(f'%{like_literal(end)}')}"
    )
