"""Writing 상용구: every desk that is open offers them as they are from then on."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.templates import TemplateText, tidy_template
from ets_desktop.domain.topics import TEMPLATES, Done
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.ordering import put_in_order
from ets_desktop.services.records import give_reason, require_unchanged

# Whoever writes waits for whoever does so too: titles and places are looked at before.
_ALONE = SQL("SELECT pg_advisory_xact_lock(hashtextextended('template', 0))")
_TAKEN = SQL("SELECT 1 AS one FROM template WHERE title = %(title)s AND id <> %(id)s")
_ADD = SQL("""
    INSERT INTO template (title, body, ticket_type, active, sort)
    SELECT %(title)s, %(body)s, nullif(%(ticket_type)s, ''), %(active)s,
        coalesce(max(sort), 0) + 1 FROM template
    RETURNING id
""")
_CHANGE = SQL("""
    UPDATE template SET title = %(title)s, body = %(body)s,
        ticket_type = nullif(%(ticket_type)s, ''), active = %(active)s
    WHERE id = %(id)s
""")
_TOUCHED = frozenset({TEMPLATES})


@dataclass(frozen=True, slots=True)
class AddTemplate:
    text: TemplateText
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeTemplate:
    """`was` is what the change was based on."""

    template_id: int
    was: TemplateText
    text: TemplateText
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OrderTemplates:
    """All of them, in the order they had and the one they are to have."""

    was: tuple[int, ...]
    now: tuple[int, ...]


def add_template(session: Session, command: AddTemplate) -> Done[int]:
    """The id of a new one, which stands last; RuleViolation as `tidy_template`, and
    `template_title_taken`."""
    text = tidy_template(command.text)
    driver_of(session).execute(_ALONE)
    _refuse_taken(session, 0, text.title)
    give_reason(session, command.reason)
    [added] = read_mappings(session, _ADD, _given(0, text))
    return Done(int(added["id"]), _TOUCHED)


def change_template(session: Session, command: ChangeTemplate) -> Done[int]:
    """The value is its id; RuleViolation as `add_template`; StaleData `record_changed`, NotFound
    `record_gone`."""
    text, was = tidy_template(command.text), command.was
    driver_of(session).execute(_ALONE)
    seen = {
        "title": was.title,
        "body": was.body,
        "ticket_type": was.ticket_type or None,
        "active": was.active,
    }
    require_unchanged(session, "template", "id", command.template_id, seen)
    _refuse_taken(session, command.template_id, text.title)
    give_reason(session, command.reason)
    driver_of(session).execute(_CHANGE, _given(command.template_id, text))
    return Done(command.template_id, _TOUCHED)


def order_templates(session: Session, command: OrderTemplates) -> Done[None]:
    """StaleData `stale_list` if they stand differently by now."""
    driver_of(session).execute(_ALONE)
    put_in_order(session, "template", SQL("true"), command.was, command.now)
    return Done(None, _TOUCHED)


def _refuse_taken(session: Session, template_id: int, title: str) -> None:
    if read_mappings(session, _TAKEN, {"id": template_id, "title": title}):
        raise RuleViolation("template_title_taken", field="title")


def _given(template_id: int, text: TemplateText) -> dict[str, object]:
    return {
        "id": template_id,
        "title": text.title,
        "body": text.body,
        "ticket_type": text.ticket_type,
        "active": text.active,
    }
