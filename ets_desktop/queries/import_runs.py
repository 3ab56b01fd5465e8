"""How orders came in: the runs of the import, and the rows of their files that were at fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import page_of, read


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    """One file, or one part of what an ERP told. `who` is a name, else the login; lines are
    counted, `bad` and `suspect` rows too, the latter were taken in. `refused` is the code of why
    nothing was taken in, with its `details`, or ""."""

    run_id: int
    file: str
    channel: str
    started_at: datetime
    finished_at: datetime | None
    who: str
    orders: int
    lines: int
    created: int
    updated: int
    unchanged: int
    ignored: int
    bad: int
    suspect: int
    refused: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row of the file, counted from 1; `is_bad`: it was left out. `value` is masked, None when
    it was forgotten."""

    number: int
    is_bad: bool
    row: int
    column: str
    reason: str
    value: str | None


_RUNS = SQL("""
    SELECT r.id AS run_id, r.file, coalesce(s.name, '') AS channel, r.started_at, r.finished_at,
        coalesce(a.name, r.login) AS who,
        coalesce((r.result ->> 'orders')::bigint, 0) AS orders,
        coalesce((r.result ->> 'lines')::bigint, 0) AS lines,
        coalesce((r.result ->> 'created')::bigint, 0) AS created,
        coalesce((r.result ->> 'updated')::bigint, 0) AS updated,
        coalesce((r.result ->> 'unchanged')::bigint, 0) AS unchanged,
        coalesce((r.result ->> 'ignored')::bigint, 0) AS ignored,
        coalesce((r.result ->> 'bad_count')::bigint,
                 jsonb_array_length(r.result -> 'bad'), 0) AS bad,
        coalesce((r.result ->> 'suspect_count')::bigint,
                 jsonb_array_length(r.result -> 'suspect'), 0) AS suspect,
        coalesce(r.result ->> 'refused', '') AS refused,
        coalesce(r.result -> 'details', '{}') AS details
    FROM import_run r LEFT JOIN sales_channel s ON s.id = r.channel_id
        LEFT JOIN agent a ON a.login = r.login
    WHERE r.id < %(before)s ORDER BY r.id DESC LIMIT %(limit)s
""")
# Where a row was at fault twice it stands twice.
_FAULTY = SQL("""
    SELECT row_number() OVER (ORDER BY NOT is_bad, place) AS number, is_bad,
        (told ->> 0)::bigint AS row, told ->> 1 AS column, told ->> 2 AS reason,
        CASE WHEN is_bad THEN r.result #>> ARRAY['values', 'bad', (place - 1)::text]
             ELSE r.result #>> ARRAY['values', 'suspect', (place - 1)::text] END AS value
    FROM import_run r CROSS JOIN LATERAL (
        SELECT true AS is_bad, told, place
        FROM jsonb_array_elements(r.result -> 'bad') WITH ORDINALITY AS b(told, place)
        UNION ALL
        SELECT false, told, place
        FROM jsonb_array_elements(r.result -> 'suspect') WITH ORDINALITY AS d(told, place)) f
    WHERE r.id = %(run_id)s ORDER BY number
""")
_BEFORE_ALL = 2**63 - 1


def import_runs(
    session: Session, after: tuple[object, ...] | None, size: int
) -> Page[ImportRunRow]:
    """The runs, the newest first."""
    given = {"before": after[0] if after else _BEFORE_ALL, "limit": size + 1}
    return page_of(read(session, _RUNS, given, ImportRunRow), size, "run_id")


def faulty_rows(session: Session, run_id: int) -> tuple[FaultyRow, ...]:
    """Up to a thousand bad rows of a run, then up to a thousand doubtful ones."""
    return tuple(read(session, _FAULTY, {"run_id": run_id}, FaultyRow))
