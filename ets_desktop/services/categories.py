"""세부유형 below the ticket types: added, renamed, put in order, taken out of use; never deleted,
for old tickets go on showing theirs."""

from dataclasses import dataclass

from psycopg.sql import SQL, Literal
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import tidy_name
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.ordering import put_in_order
from ets_desktop.services.records import give_reason, require_unchanged

NAME_LIMIT = 40

# Whoever writes waits for whoever does so too: names and places are looked at before.
_ALONE = SQL("SELECT pg_advisory_xact_lock(hashtextextended('ticket_category', 0))")
_TAKEN = SQL("""
    SELECT 1 AS one FROM ticket_category
    WHERE ticket_type = %(ticket_type)s AND name = %(name)s AND id <> %(id)s
""")
_ADD = SQL("""
    INSERT INTO ticket_category (ticket_type, name, sort)
    SELECT %(ticket_type)s::varchar, %(name)s, coalesce(max(sort), 0) + 1
    FROM ticket_category WHERE ticket_type = %(ticket_type)s::varchar
    RETURNING id
""")
_CHANGE = SQL("UPDATE ticket_category SET name = %(name)s, active = %(active)s WHERE id = %(id)s")
_TOUCHED = frozenset({SETTINGS})


@dataclass(frozen=True, slots=True)
class AddCategory:
    ticket_type: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeCategory:
    """`active`: whether it is offered for new tickets; `was_…` is what the wish was made from."""

    category_id: int
    ticket_type: str
    name: str
    active: bool
    was_name: str
    was_active: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OrderCategories:
    """All of a ticket type, in the order they had and the one they are to have."""

    ticket_type: str
    was: tuple[int, ...]
    now: tuple[int, ...]


def add_category(session: Session, command: AddCategory) -> Done[int]:
    """The id of a new one, which stands last; RuleViolation `needs_category_name`,
    `text_too_long`, `category_name_taken`."""
    name = _tidy(command.name)
    driver_of(session).execute(_ALONE)
    _refuse_taken(session, 0, command.ticket_type, name)
    give_reason(session, command.reason)
    given = {"ticket_type": command.ticket_type, "name": name}
    [added] = read_mappings(session, _ADD, given)
    return Done(int(added["id"]), _TOUCHED)


def change_category(session: Session, command: ChangeCategory) -> Done[int]:
    """The value is its id; RuleViolation as `add_category`; StaleData `record_changed`, NotFound
    `record_gone`."""
    name, category_id = _tidy(command.name), command.category_id
    driver_of(session).execute(_ALONE)
    seen = {
        "ticket_type": command.ticket_type,
        "name": command.was_name,
        "active": command.was_active,
    }
    require_unchanged(session, "ticket_category", "id", category_id, seen)
    _refuse_taken(session, category_id, command.ticket_type, name)
    give_reason(session, command.reason)
    given = {"id": category_id, "name": name, "active": command.active}
    driver_of(session).execute(_CHANGE, given)
    return Done(category_id, _TOUCHED)


def order_categories(session: Session, command: OrderCategories) -> Done[None]:
    """StaleData `stale_list` if they stand differently by now."""
    driver_of(session).execute(_ALONE)
    which = SQL("ticket_type = {}").format(Literal(command.ticket_type))
    put_in_order(session, "ticket_category", which, command.was, command.now)
    return Done(None, _TOUCHED)


def _tidy(name: str) -> str:
    tidy = tidy_name(name)
    if not tidy:
        raise RuleViolation("needs_category_name", field="name")
    if len(tidy) > NAME_LIMIT:
        raise RuleViolation("text_too_long", field="name", limit=NAME_LIMIT)
    return tidy


def _refuse_taken(session: Session, category_id: int, ticket_type: str, name: str) -> None:
    given = {"id": category_id, "ticket_type": ticket_type, "name": name}
    if read_mappings(session, _TAKEN, given):
        raise RuleViolation("category_name_taken", field="name")
