"""Guards that were dropped or put back with other words are found, each by its name."""

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.paths import migrations_dir
from ets_desktop.queries.guards import FILE, guard_faults
from tests.guards import written


def found_after(database: Database, *statements: str) -> tuple[str, ...]:
    """The faults after these, which are undone."""
    faults: list[tuple[str, ...]] = []

    def spoil(session: object) -> None:
        for statement in statements:
            session.execute(text(statement))  # type: ignore[attr-defined]
        faults.append(guard_faults(session))  # type: ignore[arg-type]
        session.rollback()  # type: ignore[attr-defined]

    database.call(spoil)
    return faults[0]


def test_what_is_written_down_is_what_the_migrations_make(database: Database) -> None:
    told = (migrations_dir() / FILE).read_text(encoding="utf-8")
    assert told == written(database), "python -m tests.guards"
    assert found_after(database) == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DROP TRIGGER ticket_guard ON ticket", "trigger ticket.ticket_guard"),
        ("DROP POLICY draft_owner ON draft", "rule draft.draft_owner"),
        ("ALTER POLICY draft_owner ON draft USING (true)", "rule draft.draft_owner"),
        (
            "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$",
            "function only_added_to()",
        ),
        ("ALTER FUNCTION current_agent_id() SECURITY INVOKER", "function current_agent_id()"),
        (
            "CREATE OR REPLACE TRIGGER never_emptied BEFORE DELETE ON access_log"
            " FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()",
            "trigger access_log.never_emptied",
        ),
    ],
)
def test_a_guard_that_is_gone_or_other_is_named(
    database: Database, statement: str, fault: str
) -> None:
    assert fault in found_after(database, statement)
