"""Conditions that claims and pickups share: whose they are, and of which order, each by index."""

from collections.abc import Iterator, Sequence
from typing import LiteralString

from ets_desktop.domain.search_terms import (
    SHORTEST_PHONE_END,
    Term,
    TermKind,
    like_literal,
    shape_patterns,
)
from ets_desktop.queries.order_search.pieces import Values, filled

_LAST_LETTER = "\U0010ffff"

_NOBODYS: LiteralString = "SELECT NULL::bigint WHERE false"
_ORDERS: LiteralString = "SELECT o.id FROM sales_order o WHERE {condition}"
_ENDING: LiteralString = """
    right(o.channel_order_no, 6) = {last6} AND replace(o.channel_order_no, '-', '') LIKE {end}
"""
_OF_TICKET: LiteralString = """
    SELECT c.id FROM ticket t JOIN claim c ON c.ticket_id = t.id WHERE {condition}
"""
_OF_ORDERERS: LiteralString = """
    SELECT c.id FROM sales_order o JOIN claim c ON c.order_id = o.id
    WHERE o.orderer_initials = {initials}
"""
_OF_CALLED: LiteralString = """
    SELECT c.id FROM sales_order o JOIN claim c ON c.order_id = o.id
    WHERE right(o.{column}, 4) = {last4} AND o.{column} LIKE {end}
"""
_PHONES = ("orderer_phone", "orderer_phone2", "recipient_phone", "recipient_phone2")
_FETCHED: LiteralString = "SELECT p.claim_id FROM pickup p WHERE {condition}"
_BY_PHONE: LiteralString = """
    p.{column} <> '' AND right(p.{column}, 4) = {last4} AND p.{column} LIKE {end}
"""
_CALLED: LiteralString = """
    t.caller_number IS NOT NULL AND right(t.caller_number, 4) = {last4}
    AND t.caller_number LIKE {end}
"""
_OWNERS: LiteralString = "t.customer_id IN (SELECT customers_with_number_ending({digits}))"
_CUSTOMERS: LiteralString = "t.customer_id IN (SELECT u.id FROM customer u WHERE {condition})"
# A range, for LIKE with a parameter knows no beginning.
_BEGINS: LiteralString = "{column} ~>=~ {first} AND {column} ~<~ {last}"


def orders_of(terms: Sequence[Term], values: Values) -> str:
    """SELECT of the ids of the orders that any of `terms` names; without terms there are none."""
    if not terms:
        return _NOBODYS
    return " UNION ".join(filled(_ORDERS, condition=_order(term, values)) for term in terms)


def people_of(terms: Sequence[Term], values: Values) -> str:
    """SELECT of the ids of the claims that are the business of any of the people whom `terms` name:
    the ticket's customer, whom the goods were fetched from, and by their numbers who ordered and
    who received them; "" when they name nobody."""
    return " UNION ".join(part for term in terms for part in _people(term, values))


def _order(term: Term, values: Values) -> str:
    if term.kind is TermKind.OUR_ORDER_NO:
        return f"o.id = {values.bind(int(term.text))}"
    if term.kind is TermKind.ORDER_NO:
        spellings = dict.fromkeys((term.text, term.text.replace("-", ""), term.text.upper()))
        return f"o.channel_order_no = ANY({values.bind(list(spellings))}::text[])"
    end = term.text.replace("-", "")
    like = values.bind(f"%{like_literal(end)}")
    return filled(_ENDING, last6=values.bind(end[-6:]), end=like)


def _people(term: Term, values: Values) -> Iterator[str]:
    match term.kind:
        case TermKind.CUSTOMER_NO:
            yield _of_ticket(f"t.customer_id = {values.bind(int(term.text))}")
        case TermKind.PHONE | TermKind.PHONE_END:
            number = {
                "last4": values.bind(term.text[-SHORTEST_PHONE_END:]),
                "end": values.bind(f"%{term.text}"),
            }
            for column in ("phone", "mobile"):
                yield filled(_FETCHED, condition=filled(_BY_PHONE, column=column, **number))
            for column in _PHONES:
                yield filled(_OF_CALLED, column=column, **number)
            yield _of_ticket(filled(_CALLED, **number))
            yield _of_ticket(filled(_OWNERS, digits=values.bind(term.text)))
        case TermKind.INITIALS:
            begins = _begins("u.initials", term.text, values)
            yield _of_ticket(filled(_CUSTOMERS, condition=begins))
            yield filled(_OF_ORDERERS, initials=values.bind(term.text))
        case _:
            for column in ("p.customer_name", "p.name"):
                yield filled(_FETCHED, condition=_named(column, term, values))
            named = _named("u.name", term, values)
            yield _of_ticket(filled(_CUSTOMERS, condition=named))


def _of_ticket(condition: str) -> str:
    return filled(_OF_TICKET, condition=condition)


def _named(column: str, term: Term, values: Values) -> str:
    """A name that begins so; of 김*민 what begins alike, and then looks so."""
    if term.kind is not TermKind.SHAPE:
        return _begins(column, term.text, values)
    pattern = shape_patterns(term.text)[0]
    begins = _begins(column, pattern.partition("_")[0].rstrip("%"), values)
    return f"{begins} AND {column} LIKE {values.bind(pattern)}"


def _begins(column: str, beginning: str, values: Values) -> str:
    first, last = values.bind(beginning), values.bind(beginning + _LAST_LETTER)
    return filled(_BEGINS, column=column, first=first, last=last)
