"""Each reading of a text as conditions on tickets (`t`), each answered by one index."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import LiteralString

from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.search_terms import (
    SHORTEST_PHONE_END,
    Term,
    TermKind,
    like_literal,
    shape_patterns,
)
from ets_desktop.queries.order_search.pieces import Values, filled

#: More customers than this are looked for among the newest tickets first, and still more are not
#: told one by one.
FEW_CUSTOMERS = 300
MOST_CUSTOMERS = 4_000
_LAST_LETTER = "\U0010ffff"
_NAMED = frozenset({TermKind.INITIALS, TermKind.SHAPE, TermKind.NAME})
#: No index finds a shape quickly: the newest tickets are likelier to have one.
_LOOKED_UP = _NAMED - {TermKind.SHAPE}

_BY_CUSTOMERS_PHONE: LiteralString = (
    "t.customer_id IN (SELECT p.customer_id FROM customer_phone p WHERE {condition})"
)
_BY_ORDERS: LiteralString = "t.order_id IN (SELECT o.id FROM sales_order o WHERE {condition})"
_CUSTOMERS: LiteralString = "(SELECT c.id FROM customer c WHERE {condition}{limit})"
_ANY_CUSTOMER: LiteralString = "SELECT id FROM ({parts}) c{limit}"
_IS_NAMED: LiteralString = (
    "EXISTS (SELECT FROM customer c WHERE c.id = t.customer_id AND ({conditions}))"
)
# Between unit separators, which nobody types; the index's function would take ten times as long.
_HAS_TAG: LiteralString = """
    (t.tags <> '{{}}' AND strpos(
        chr(31) || lower(array_to_string(t.tags, chr(31))) || chr(31),
        chr(31) || lower({tag}) || chr(31)) > 0)
"""
_WORDS: LiteralString = "ticket_words(t.title, t.content)"


@dataclass(frozen=True, slots=True)
class Branch:
    """`lead` is answered by an index; `check` holds for the same tickets and is cheap for a single
    one. `is_common` marks what may be found everywhere."""

    lead: str
    check: str
    is_common: bool = False


#: The customers a name stands for; None when there are more than MOST_CUSTOMERS.
Named = tuple[int, ...] | None


def look_up(session: Session, terms: Iterable[Term]) -> dict[Term, Named]:
    """The customers of those `terms` that are names, a statement each (there is one field)."""
    return {term: _customers(session, term) for term in terms if term.kind in _LOOKED_UP}


def branches_of(term: Term, named: dict[Term, Named], values: Values) -> tuple[Branch, ...]:
    """The branches of one reading; none when it stands for nothing that exists."""
    if term.kind in _NAMED:
        return tuple(_of_name(term, named.get(term), values))
    if term.kind is TermKind.WORDS:
        return (_of_words(term.text.split(), values),)
    if term.kind is TermKind.TAG:
        return (_of_tag(values.bind(term.text)),)
    return tuple(Branch(one, one) for one in _of_number(term, values))


def any_of(branches: Sequence[Branch]) -> str:
    """One condition that holds where any branch does."""
    return "(" + " OR ".join(branch.check for branch in branches) + ")"


def _customers(session: Session, term: Term) -> Named:
    values = Values()
    limit = f" LIMIT {values.bind(MOST_CUSTOMERS + 1)}"
    parts = [filled(_CUSTOMERS, condition=one, limit=limit) for one in _names(term, values)]
    statement = filled(_ANY_CUSTOMER, parts=" UNION ".join(parts), limit=limit)
    found = driver_of(session).execute(statement.encode(), values.bound).fetchall()
    return tuple(int(str(key)) for (key,) in found) if len(found) <= MOST_CUSTOMERS else None


def _of_name(term: Term, customers: Named, values: Values) -> Iterator[Branch]:
    if customers is None:
        names = _names(term, values)
        every = " UNION ALL ".join(filled(_CUSTOMERS, condition=one, limit="") for one in names)
        is_named = filled(_IS_NAMED, conditions=" OR ".join(names))
        yield Branch(f"t.customer_id IN ({every})", is_named, is_common=True)
    elif customers:
        one_of = f"t.customer_id = ANY({values.bind(list(customers))}::bigint[])"
        yield Branch(one_of, one_of, is_common=len(customers) > FEW_CUSTOMERS)


def _names(term: Term, values: Values) -> list[str]:
    """Conditions on customers (`c`), any of which will do; as 고객ID finds them."""
    if term.kind is TermKind.SHAPE:
        name, initials = (values.bind(pattern) for pattern in shape_patterns(term.text))
        return [f"c.name LIKE {name} AND c.initials LIKE {initials}"]
    literal = like_literal(term.text)
    if term.kind is TermKind.NAME and len(term.text) > 2:
        return [f"c.name LIKE {values.bind(f'%{literal}%')}"]
    column = "c.initials" if term.kind is TermKind.INITIALS else "c.name"
    first, last = values.bind(term.text), values.bind(term.text + _LAST_LETTER)
    # A range, for LIKE with a parameter knows no beginning.
    begins = f"{column} ~>=~ {first} AND {column} ~<~ {last}"
    if term.kind is TermKind.INITIALS or len(term.text) == 1:
        return [begins]
    # Two letters have a trigram at the end of a name.
    return [begins, f"c.name LIKE {values.bind(f'%{literal}')}"]


def _of_words(words: Sequence[str], values: Values) -> Branch:
    texts = [(word, values.bind(f"%{like_literal(word)}%")) for word in words]
    check = " AND ".join(f"{_WORDS} LIKE lower({like})" for _, like in texts)
    # The blank is in no ticket_words: no pair is made of two words.
    pairs = " || ".join(f"letter_pairs(lower({values.bind(word)}))" for word in words)
    return Branch(f"letter_pairs({_WORDS}) @> ({pairs}) AND {check}", check, is_common=True)


def _of_tag(tag: str) -> Branch:
    check = filled(_HAS_TAG, tag=tag)
    return Branch(f"folded(t.tags) @> ARRAY[lower({tag})]", check, is_common=True)


def _of_number(term: Term, values: Values) -> Iterator[str]:
    text = term.text
    match term.kind:
        case TermKind.TICKET_NO:
            yield f"t.ticket_no = {values.bind(text)}"
        case TermKind.CUSTOMER_NO:
            yield f"t.customer_id = {values.bind(int(text))}"
        case TermKind.OUR_ORDER_NO:
            yield f"t.order_id = {values.bind(int(text))}"
        case TermKind.ORDER_NO:
            spellings = dict.fromkeys((text, text.replace("-", ""), text.upper()))
            numbers = f"{values.bind(list(spellings))}::text[]"
            yield filled(_BY_ORDERS, condition=f"o.channel_order_no = ANY({numbers})")
        case TermKind.ORDER_NO_END:
            end = text.replace("-", "")
            last6, whole = values.bind(end[-6:]), values.bind(f"%{like_literal(end)}")
            yield filled(
                _BY_ORDERS,
                condition=f"right(o.channel_order_no, 6) = {last6}"
                f" AND replace(o.channel_order_no, '-', '') LIKE {whole}",
            )
        case TermKind.PHONE:
            number = values.bind(text)
            yield f"t.caller_number = {number}"
            yield filled(_BY_CUSTOMERS_PHONE, condition=f"p.digits = {number}")
        case _:
            last4 = values.bind(text[-SHORTEST_PHONE_END:])
            end = values.bind(f"%{text}")
            yield f"right(t.caller_number, 4) = {last4} AND t.caller_number LIKE {end}"
            condition = f"right(p.digits, 4) = {last4} AND p.digits LIKE {end}"
            yield filled(_BY_CUSTOMERS_PHONE, condition=condition)
