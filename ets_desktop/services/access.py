"""The access log the law asks for: who looked at whose data, or searched by what (spec 80)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.system import AccessLog
from ets_desktop.domain.storable import storable
from ets_desktop.domain.topics import Done


@dataclass(frozen=True, slots=True)
class LogAccess:
    """One look at personal data; who, when and from where is the database's own word.

    `action` says what was done ("search_orders", "reveal_order"), `subject` whose data it was
    ("order/12"), `condition` what was searched for, `row_count` how many rows came and `persons`
    about how many people they are (None: nobody counted).
    """

    action: str
    subject: str = ""
    condition: Mapping[str, object] = field(default_factory=dict)
    row_count: int | None = None
    persons: int | None = None


def log_access(session: Session, *accesses: LogAccess) -> Done[None]:
    """Append `accesses` in their order. An agent's login may write this log but never read it."""
    written = [
        {
            "action": access.action,
            "subject": access.subject,
            # A search that the log refused would have been seen by nobody.
            "condition": storable(access.condition),
            "row_count": access.row_count,
            "persons": access.persons,
        }
        for access in accesses
    ]
    # Inline: reading the new id back would need the right to read the log.
    session.execute(insert(AccessLog).inline(), written)
    return Done(None)
