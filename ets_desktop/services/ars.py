"""What an ARS vendor told, written down: one row a session, fuller with each event (spec 50)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.rows import dict_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.ars import ArsEvent, ArsKind, merged
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.topics import ARS, Done

_ADD = SQL("""
    INSERT INTO ars_session (session_id, order_no, name, phone, phone_typed, answered_at, kind,
        category, amount, packing_fee, menu, reached_final, ended_at)
    VALUES (%(session_id)s, %(order_no)s, %(name)s, %(phone)s, %(phone_typed)s, %(answered_at)s,
        %(kind)s, %(category)s, %(amount)s, %(packing_fee)s, %(menu)s, %(reached_final)s,
        %(ended_at)s)
    ON CONFLICT (session_id) DO NOTHING
""")
_KNOWN = SQL("""
    SELECT session_id, answered_at, order_no, name, phone_typed AS phone, kind, category, amount,
        packing_fee, menu, reached_final, ended_at
    FROM ars_session WHERE session_id = %(session_id)s FOR UPDATE
""")
_TELL_MORE = SQL("""
    UPDATE ars_session SET order_no = %(order_no)s, name = %(name)s, phone = %(phone)s,
        phone_typed = %(phone_typed)s, answered_at = %(answered_at)s, kind = %(kind)s,
        category = %(category)s, amount = %(amount)s, packing_fee = %(packing_fee)s,
        menu = %(menu)s, reached_final = %(reached_final)s, ended_at = %(ended_at)s
    WHERE session_id = %(session_id)s
""")


@dataclass(frozen=True, slots=True)
class RecordedSessions:
    """How many events told of a new session, more of a known one, or nothing new."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "RecordedSessions") -> "RecordedSessions":
        return RecordedSessions(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))


def record_ars_events(session: Session, events: Sequence[ArsEvent]) -> Done[RecordedSessions]:
    """Write what was told; the same again changes nothing."""
    counted = RecordedSessions()
    # In the order of ids: two gateways that are told the same wait for each other one way only.
    for event in sorted(events, key=lambda event: event.session_id):
        counted += _record(session, event)
    return Done(counted, frozenset({ARS}))


def _record(session: Session, event: ArsEvent) -> RecordedSessions:
    driver = driver_of(session)
    if driver.execute(_ADD, _values(event)).rowcount:
        return RecordedSessions(created=1)
    asked = {"session_id": event.session_id}
    [known] = map(_event_of, driver.cursor(row_factory=dict_row).execute(_KNOWN, asked))
    fuller = merged(known, event)
    if fuller == known:
        return RecordedSessions(unchanged=1)
    driver.execute(_TELL_MORE, _values(fuller))
    return RecordedSessions(updated=1)


def _values(event: ArsEvent) -> dict[str, Any]:
    return {
        "session_id": event.session_id,
        "order_no": event.order_no,
        "name": event.name,
        "phone": digits_of(event.phone),
        "phone_typed": event.phone,
        "answered_at": event.answered_at,
        "kind": event.kind,
        "category": event.category,
        "amount": event.amount,
        "packing_fee": event.packing_fee,
        "menu": list(event.menu),
        "reached_final": event.reached_final,
        "ended_at": event.ended_at,
    }


def _event_of(row: dict[str, Any]) -> ArsEvent:
    kind = None if row["kind"] is None else ArsKind(row["kind"])
    return ArsEvent(**row | {"kind": kind, "menu": tuple(row["menu"])})
