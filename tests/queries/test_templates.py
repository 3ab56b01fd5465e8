"""상용구 as the form reads them, and who may write them."""

from collections.abc import Callable

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.templates import TemplateRow, templates
from tests.factories import a_template, an_agent, make

LogIn = Callable[[Agent], Database]
ADD = "INSERT INTO template (title, body) VALUES ('인사', '안녕하십니까') RETURNING id"


def test_the_active_ones_come_in_the_admins_order(
    database: Database, kim: Agent, login: LogIn
) -> None:
    later = make(database, a_template, title="가", sort=2)
    first = make(database, a_template, title="나", sort=1, ticket_type="return", body="{고객명}")
    make(database, a_template, title="다", active=False)
    assert login(kim).call(templates) == (
        TemplateRow(first.id, "나", "{고객명}", "return"),
        TemplateRow(later.id, "가", later.body, ""),
    )


def test_no_agent_writes_them(database: Database, login: LogIn, kim: Agent) -> None:
    template = make(database, a_template)
    with psycopg.connect(login(kim).url, autocommit=True) as shell:
        for statement in (
            ADD,
            f"UPDATE template SET body = '' WHERE id = {template.id}",
            f"DELETE FROM template WHERE id = {template.id}",
        ):
            with pytest.raises(InsufficientPrivilege):
                shell.execute(statement.encode())


def test_who_wrote_one_and_when_is_the_databases_word(database: Database, login: LogIn) -> None:
    admin = make(database, an_agent, role="admin")
    other = make(database, an_agent, role="admin")
    with psycopg.connect(login(admin).url, autocommit=True) as shell:
        row = shell.execute(ADD).fetchone()
        assert row is not None
        for column in ("created_by", "updated_by", "created_at", "updated_at"):
            with pytest.raises(InsufficientPrivilege):
                shell.execute(f"UPDATE template SET {column} = DEFAULT".encode())
    with psycopg.connect(login(other).url, autocommit=True) as shell:
        shell.execute("UPDATE template SET body = '반갑습니다' WHERE id = %s", row)
        written = shell.execute(
            "SELECT created_by, updated_by, updated_at > created_at FROM template"
        ).fetchone()
    assert written == (admin.id, other.id, True)


def test_the_desks_are_told_of_a_change(database: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as shell:
        shell.execute("LISTEN ets_change")
        database.call(lambda session: session.execute(text(ADD)))
        notice = next(shell.notifies(timeout=10, stop_after=1))
    assert notice.payload == "templates"


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"title": " "}, CheckViolation),
        ({"body": "가" * 2001}, CheckViolation),
        ({"ticket_type": "gift"}, CheckViolation),
        ({"title": "인사"}, UniqueViolation),
    ],
)
def test_what_is_no_template_is_refused(
    database: Database, values: dict[str, str], error: type[Exception]
) -> None:
    make(database, a_template, title="인사")
    row = {"title": "새 것", "body": "본문", "ticket_type": None} | values
    with psycopg.connect(database.url) as shell, pytest.raises(error):
        shell.execute(
            "INSERT INTO template (title, body, ticket_type)"
            " VALUES (%(title)s, %(body)s, %(ticket_type)s)",
            row,
        )
