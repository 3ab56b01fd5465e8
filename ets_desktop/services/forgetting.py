"""What is done for long is forgotten (spec 80): nobody misses it, and it would only grow.

Migration 0017 says what and after how long; no desk may do it.
"""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read

#: Of each kind at once: whoever calls this has other things to do.
MOST = 2_000

_FORGET = SQL("SELECT receipts, dials FROM forget_what_is_done(%(most)s)")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows went: receipts of saves (180 days), wishes to dial (30 days)."""

    receipts: int
    dials: int

    @property
    def is_all(self) -> bool:
        """Whether nothing is left for now."""
        return max(self.receipts, self.dials) < MOST


def forget_what_is_done(session: Session, most: int = MOST) -> Done[Forgotten]:
    """Forget up to `most` rows of each kind, oldest first."""
    [gone] = read(session, _FORGET, {"most": most}, Forgotten)
    return Done(gone)
