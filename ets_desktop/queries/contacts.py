"""접촉이력: everything by which a customer was in touch, and SMS (spec 50)."""

from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.journey.reading import read_sources
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.queries.journey.sources import (
    ACTIVITIES,
    CALLBACKS,
    CALLS,
    MESSAGES,
    TICKETS,
    UNTIED_CALLS,
)

_CONTACTS = (CALLS, UNTIED_CALLS, TICKETS, ACTIVITIES, CALLBACKS)
_MESSAGES = (MESSAGES,)


def contacts_of(
    session: Session, whose: Whose, after: tuple[object, ...] | None, size: int
) -> Page[JourneyRow]:
    """Calls of any of the customer's numbers or given to them, tickets, what was noted in these,
    callbacks made; newest first. Of a caller who is nobody's customer: by that number."""
    return read_sources(session, _CONTACTS, whose, after, size)


def messages_of(
    session: Session, whose: Whose, after: tuple[object, ...] | None, size: int
) -> Page[JourneyRow]:
    """SMS of the customer's tickets, newest first."""
    return read_sources(session, _MESSAGES, whose, after, size)
