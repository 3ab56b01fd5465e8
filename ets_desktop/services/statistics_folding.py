"""What 통계 counts is kept by days (migration 0025); this keeps those that changed, anew.

The gateway does it in small steps: it has calls to write, and nothing is wrong meanwhile.
"""

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read_mappings

#: Days of tickets or of calls at once: some hundredths of a second each.
MOST = 2
_FOLD = SQL("SELECT fold_statistics(%(most)s) AS folded")


def fold_statistics(session: Session, most: int = MOST) -> Done[int]:
    """Count up to `most` days that ended and changed since, newest first; how many it were.

    0 also while somebody else does it.
    """
    [row] = read_mappings(session, _FOLD, {"most": most})
    return Done(int(row["folded"]))
