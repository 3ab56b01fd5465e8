"""Every cell of the table of permissions, tried past the program as a login of the role."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.permissions import ALL, ROLES, Rights, has, line_of
from ets_desktop.domain.permissions.actions import ACTIONS, FUNCTIONS
from ets_desktop.domain.permissions.tables import TABLES
from ets_desktop.local.connection import ConnectionTarget
from tests.db.tries import TRIES
from tests.db.world import World, make_world
from tests.postgres import clone

Shell = psycopg.Connection[Any]
KINDS = {
    "read": "SELECT {0} FROM {1} WHERE false",
    "add": "INSERT INTO {1} ({0}) SELECT NULL WHERE false",
    "change": "UPDATE {1} SET {0} = NULL WHERE false",
}
COLUMNS = """
    SELECT k.relname, array_agg(a.attname::text ORDER BY a.attnum),
        coalesce(array_agg(a.attname::text) FILTER (WHERE a.attgenerated <> ''), '{}')
    FROM pg_class k JOIN pg_attribute a ON a.attrelid = k.oid
    WHERE k.relnamespace = 'public'::regnamespace AND k.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY k.relname
"""
CALLABLE = """
    SELECT p.oid::regprocedure::text, p.prorettype = 'trigger'::regtype,
        p.proname, p.proargtypes::regtype[]::text[]
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                      AND d.objid = p.oid AND d.deptype = 'e')
"""


@pytest.fixture(scope="module")
def owner(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="test", pool_size=1)
        yield database
        database.close()


@pytest.fixture(scope="module")
def world(owner: Database) -> World:
    return make_world(owner)


@pytest.fixture(scope="module")
def shells(world: World) -> Iterator[dict[str, Shell]]:
    """A plain SQL shell of somebody in each role."""
    with ExitStack() as stack:
        yield {
            role: stack.enter_context(
                psycopg.connect(world.urls[role], cursor_factory=psycopg.ClientCursor)
            )
            for role in ROLES
        }


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def shell(role: str, shells: dict[str, Shell]) -> Shell:
    return shells[role]


def columns_of(owner: Database) -> list[tuple[str, list[str], list[str]]]:
    """Each table with its columns, and which of them are worked out."""
    with owner.driver_connection() as connection:
        return connection.execute(COLUMNS).fetchall()  # type: ignore[return-value]


@contextmanager
def thrown_away(shell: Shell) -> Iterator[Shell]:
    try:
        yield shell
    finally:
        shell.rollback()


def rights_of(role: str, table: str) -> list[Rights]:
    """What the role has, its own and what it inherits."""
    return [TABLES[table][one] for one in line_of(role) if one in TABLES[table]]


def may(role: str, table: str, kind: str, column: str) -> bool:
    granted = [getattr(rights, kind) for rights in rights_of(role, table)]
    return any(columns == ALL or column in columns.split() for columns in granted)


#: One round trip for thousands of statements, none of which finds a row.
EACH = """
    DO $$
    DECLARE
        one text;
    BEGIN
        FOREACH one IN ARRAY %s::text[] LOOP
            BEGIN
                EXECUTE one;
                RAISE NOTICE '%%', one;
            EXCEPTION WHEN insufficient_privilege THEN NULL;
            END;
        END LOOP;
    END $$
"""


def let_through(shell: Shell, statements: Iterable[str]) -> set[str]:
    """Those of `statements` that the login may run."""
    done: set[str] = set()

    def take(notice: psycopg.errors.Diagnostic) -> None:
        done.add(notice.message_primary or "")

    shell.add_notice_handler(take)
    with thrown_away(shell):
        shell.cursor().execute(EACH, (list(statements),))
    shell.remove_notice_handler(take)
    return done


def test_every_table_has_its_line(owner: Database) -> None:
    there = {name: set(columns) for name, columns, _ in columns_of(owner)}
    assert sorted(there) == sorted(TABLES)
    told = [
        (table, column)
        for table, by_role in TABLES.items()
        for rights in by_role.values()
        for columns in (rights.read, rights.add, rights.change)
        for column in columns.split()
        if column != ALL and column not in there[table]
    ]
    assert told == []


def test_every_function_has_its_line(owner: Database) -> None:
    with owner.driver_connection() as connection:
        there = {name for name, is_trigger, *_ in connection.execute(CALLABLE) if not is_trigger}
    assert sorted(there) == sorted(FUNCTIONS)


def test_every_action_has_its_try() -> None:
    assert list(TRIES) == list(ACTIONS)


def test_a_role_does_with_each_column_what_the_table_says(
    role: str, shell: Shell, owner: Database
) -> None:
    expected = {}
    for table, columns, generated in columns_of(owner):
        for column in columns:
            for kind, statement in KINDS.items():
                if kind == "read" or column not in generated:
                    wish = statement.format(f'"{column}"', f'"{table}"')
                    expected[wish] = may(role, table, kind, column)
        removes = any(rights.remove for rights in rights_of(role, table))
        expected[f'DELETE FROM "{table}" WHERE false'] = removes
        expected[f'TRUNCATE "{table}"'] = False
    done = let_through(shell, expected)
    assert sorted(done) == sorted(wish for wish, allowed in expected.items() if allowed)


def test_nobody_draws_numbers_or_makes_objects(shell: Shell, owner: Database) -> None:
    with owner.driver_connection() as connection:
        found = connection.execute("SELECT sequencename FROM pg_sequences").fetchall()
    wishes = [f"SELECT nextval('{name}'), setval('{name}', 1)" for (name,) in found]
    wishes += ["CREATE SCHEMA mine", "CREATE VIEW mine AS SELECT 1", "CREATE EXTENSION hstore"]
    wishes += ["CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"]
    assert let_through(shell, wishes) == set()


def test_a_role_calls_the_functions_that_the_table_says(
    role: str, shell: Shell, owner: Database
) -> None:
    with owner.driver_connection() as connection:
        functions = connection.execute(CALLABLE).fetchall()
    wrong = []
    for signature, is_trigger, name, kinds in functions:
        allowed = not is_trigger and has(role, FUNCTIONS[str(signature)])
        nulls = ", ".join(f"NULL::{kind}" for kind in kinds)  # type: ignore[attr-defined]
        with thrown_away(shell):
            try:
                shell.execute(f"SELECT {name}({nulls})".encode())
                refused = False
            except psycopg.Error as error:
                refused = f"permission denied for function {name}" in str(error)
        if refused == allowed:
            wrong.append((signature, "refused" if refused else "let through"))
    assert wrong == []


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_done_by_the_roles_that_the_table_says(
    shells: dict[str, Shell], world: World, action: str
) -> None:
    done = {role for role in ROLES if is_done(shells[role], TRIES[action], world.facts[role])}
    assert done == {role for role in ROLES if has(role, ACTIONS[action])}


#: What even the owner of the schema may not, and what there is no owner's way to.
BEYOND_THE_OWNER = {
    "ticket.change_creator",
    "ticket.change_times",
    "ticket.change_number",
    "ticket.rewrite_history",
    "ticket.delete_history",
    "customer.rewrite_history",
    "claim.skip_steps",
    "claim.change_origin",
    "claim.rewrite_history",
    "claim.change_instruction",
    "approval.rewrite_history",
    "call.rewrite_event",
    "state.force_without_reason",
    "desk.log_off_without_reason",
    "access_log.rewrite",
    "access_log.delete",
    "access_log.empty",
    "rights_log.rewrite",
    "rights_log.delete",
    "setting_log.rewrite",
    "setting_log.delete",
    "login.make_first_admin",
    "login.disable_with_open_work",
    "team.close_with_open_work",
}


def test_each_try_is_one_that_would_do_it(owner: Database, world: World) -> None:
    """Or a refusal would prove nothing: whoever owns the schema is held back by few rules."""
    facts = world.facts["admin"]
    with psycopg.connect(owner.url, cursor_factory=psycopg.ClientCursor) as connection:
        failed = {
            action
            for action, statement in TRIES.items()
            if not is_done(connection, statement, facts)
        }
    assert failed == BEYOND_THE_OWNER


def is_done(shell: Shell, statement: str, facts: dict[str, object]) -> bool:
    with thrown_away(shell):
        cursor = shell.cursor()
        try:
            cursor.execute(statement.encode(), facts)
        except psycopg.errors.ForeignKeyViolation:
            # Let through, and in vain.
            return True
        except psycopg.Error as error:
            if (error.sqlstate or "").startswith(("42501", "ET")):
                return False
            raise  # a mistake of the try
        while cursor.nextset():
            pass
        return cursor.description is None or cursor.fetchone() == (True,)
