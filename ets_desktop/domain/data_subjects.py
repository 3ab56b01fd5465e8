"""Whose personal data a row of a list holds, as far as can be told: so people are counted."""

from collections.abc import Iterable

#: Fields of the rows that name a person who is no agent.
NAMES = ("customer", "customer_name", "caller_name", "orderer", "recipient", "sender_name")
_NUMBERS = ("phone", "number", "caller_number", "sender_phone")

Subject = tuple[object, ...]


def subjects_of(row: object) -> frozenset[Subject]:
    """The people of `row`: a registered customer by id, everybody else by name and number.

    Orderer and recipient are two; a number without a name is one; a row about goods or agents has
    nobody.
    """
    number = next((value for value in _texts(row, _NUMBERS)), "")
    customer_id = getattr(row, "customer_id", None)
    if customer_id is not None:
        return frozenset({("customer", customer_id)})
    named: frozenset[Subject] = frozenset(("person", name, number) for name in _texts(row, NAMES))
    if named:
        return named
    return frozenset({("number", number)}) if number else frozenset()


def count_subjects(rows: Iterable[object]) -> int:
    """How many different people `rows` are about."""
    return len(frozenset().union(*map(subjects_of, rows)))


def _texts(row: object, fields: Iterable[str]) -> Iterable[str]:
    for field in fields:
        value = getattr(row, field, None)
        if isinstance(value, str) and value:
            yield value
