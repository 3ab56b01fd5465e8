"""세부유형 below the ticket types: added, renamed, put in order, taken out of use; never deleted,
for old tickets go on showing theirs."""

from dataclasses import dataclass

from psycopg.sql import SQL, Literal
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.domain.tickets import tidy_line
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.ordering import put_in_order

NAME_LIMIT = 40

# Whoever writes waits for whoever does so too: names and places are looked at before.
_ALONE = SQL("SELECT pg_advisory_xact_lock(hashtextextended('ticket_category', 0))")
_STANDING = SQL("SELECT ticket_type, name, active FROM ticket_category WHERE id = %(id)s")
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
_RENAME = SQL("UPDATE ticket_category SET name = %(name)s WHERE id = %(id)s")
_USE = SQL(
    "UPDATE ticket_category SET active = %(active)s WHERE id = %(id)s AND active <> %(active)s"
)
_TOUCHED = frozenset({SETTINGS})


@dataclass(frozen=True, slots=True)
class AddCategory:
    ticket_type: str
    name: str


@dataclass(frozen=True, slots=True)
class RenameCategory:
    """`was` is the name the change was based on."""

    category_id: int
    was: str
    name: str


@dataclass(frozen=True, slots=True)
class UseCategory:
    """Whether it is offered for new tickets."""

    category_id: int
    active: bool


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
    given = {"ticket_type": command.ticket_type, "name": name}
    [added] = read_mappings(session, _ADD, given)
    return Done(int(added["id"]), _TOUCHED)


def rename_category(session: Session, command: RenameCategory) -> Done[bool]:
    """False if it is called so already; StaleData `stale_category` if somebody was faster."""
    name = _tidy(command.name)
    driver_of(session).execute(_ALONE)
    standing = read_mappings(session, _STANDING, {"id": command.category_id})
    if not standing:
        raise NotFound("no_such_category")
    if standing[0]["name"] == name:
        return Done(False)
    if standing[0]["name"] != command.was:
        raise StaleData("stale_category")
    _refuse_taken(session, command.category_id, standing[0]["ticket_type"], name)
    driver_of(session).execute(_RENAME, {"id": command.category_id, "name": name})
    return Done(True, _TOUCHED)


def use_category(session: Session, command: UseCategory) -> Done[bool]:
    """False if it was so already."""
    given = {"id": command.category_id, "active": command.active}
    changed = driver_of(session).execute(_USE, given).rowcount
    return Done(changed > 0, _TOUCHED if changed else frozenset())


def order_categories(session: Session, command: OrderCategories) -> Done[None]:
    """StaleData `stale_list` if they stand differently by now."""
    driver_of(session).execute(_ALONE)
    which = SQL("ticket_type = {}").format(Literal(command.ticket_type))
    put_in_order(session, "ticket_category", which, command.was, command.now)
    return Done(None, _TOUCHED)


def _tidy(name: str) -> str:
    tidy = tidy_line(name)
    if not tidy:
        raise RuleViolation("needs_category_name", field="name")
    if len(tidy) > NAME_LIMIT:
        raise RuleViolation("text_too_long", field="name", limit=NAME_LIMIT)
    return tidy


def _refuse_taken(session: Session, category_id: int, ticket_type: str, name: str) -> None:
    given = {"id": category_id, "ticket_type": ticket_type, "name": name}
    if read_mappings(session, _TAKEN, given):
        raise RuleViolation("category_name_taken", field="name")
