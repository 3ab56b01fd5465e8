"""A database that gives more or less than the table of permissions says is told so."""

import pytest
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.queries.permissions import permission_faults


class Undone(Exception):
    """Takes back what a test has granted, with its transaction."""


def faults_after(database: Database, statement: str) -> tuple[str, ...]:
    """What is found once `statement` was run; nothing stays of it."""
    found: tuple[str, ...] = ()

    def look(session: Session) -> None:
        nonlocal found
        driver_of(session).execute(statement.encode())
        found = permission_faults(session)
        raise Undone

    with pytest.raises(Undone):
        database.call(look)
    return found


def test_a_migrated_database_is_as_the_table_says(database: Database) -> None:
    assert database.call(permission_faults) == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("GRANT DELETE ON ticket TO ets_supervisor", "ticket supervisor remove"),
        ("GRANT TRUNCATE ON draft TO ets_erp", "draft erp own"),
        ("GRANT SELECT ON draft TO ets_erp", "draft erp read"),
        ("GRANT UPDATE (created_by) ON ticket TO ets_warehouse", "ticket warehouse change"),
        ("REVOKE INSERT (content) ON ticket FROM ets_agent", "ticket agent add"),
        (
            "GRANT EXECUTE ON FUNCTION put_in_group(text,text) TO ets_erp",
            "put_in_group(text,text) erp",
        ),
        ("GRANT EXECUTE ON FUNCTION ticket_guard() TO ets_erp", "ticket_guard() erp"),
        ("REVOKE EXECUTE ON FUNCTION next_ticket_no() FROM ets_agent", "next_ticket_no() agent"),
        ("CREATE TABLE extra (id bigint); GRANT SELECT ON extra TO ets_erp", "extra erp read"),
        ("DROP TABLE template", "template missing"),
        ("ALTER TABLE draft DISABLE ROW LEVEL SECURITY", "draft rows"),
        ("DROP POLICY draft_owner ON draft", "draft rows"),
        ("CREATE POLICY everybody ON draft USING (true)", "draft rows"),
        ("ALTER TABLE team ENABLE ROW LEVEL SECURITY", "team rows"),
    ],
)
def test_a_right_too_many_or_too_few_is_named(
    database: Database, statement: str, fault: str
) -> None:
    assert fault in faults_after(database, statement)
