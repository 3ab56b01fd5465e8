"""Every list and setting of the house tells who changed it, and whose it is to change (spec 60)."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.setting_changes import setting_changes
from tests.factories import an_agent, login_url, make

WATCHED = {
    "ticket_category": (
        "INSERT INTO ticket_category (ticket_type, name) VALUES ('delivery', '파손') RETURNING id",
        "UPDATE ticket_category SET name = '분실'",
        ("name", "파손", "분실"),
    ),
    "template": (
        "INSERT INTO template (title, body) VALUES ('인사', '안녕하십니까') RETURNING id",
        "UPDATE template SET body = '감사합니다'",
        ("body", "안녕하십니까", "감사합니다"),
    ),
    "setting": (
        "INSERT INTO setting (key, value) VALUES ('claim_fees', '{\"return\": 3000}')"
        " RETURNING key",
        "UPDATE setting SET value = '{\"return\": 3500}'",
        ("value", {"return": 3000}, {"return": 3500}),
    ),
    "holiday": (
        "INSERT INTO holiday (day, name) VALUES ('2026-12-31', '휴무') RETURNING day",
        "UPDATE holiday SET name = '종무식'",
        ("name", "휴무", "종무식"),
    ),
}


@pytest.fixture
def boss(database: Database) -> Agent:
    return make(database, an_agent, name="최관리", role="admin")


def shell(database: Database, agent: Agent) -> psycopg.Connection[Any]:
    return psycopg.connect(login_url(database, agent), autocommit=True)


@pytest.mark.parametrize("kind", WATCHED)
def test_a_plain_shell_leaves_a_trail_too(database: Database, boss: Agent, kind: str) -> None:
    add, change, (column, old, new) = WATCHED[kind]
    with shell(database, boss) as admin:
        row = admin.execute(add.encode()).fetchone()
        assert row is not None
        admin.execute(change.encode())
        # Nothing differs: nothing to tell.
        admin.execute(change.encode())
    changed, added = database.call(setting_changes, kind, str(row[0]))
    assert (added.change, added.who, added.old) == ("added", "최관리", None)
    assert (changed.change, changed.old, changed.new) == ("changed", {column: old}, {column: new})


def test_what_is_taken_away_is_told_whole(database: Database, boss: Agent) -> None:
    with shell(database, boss) as admin:
        admin.execute("INSERT INTO holiday (day, name) VALUES ('2026-12-31', '휴무')")
        admin.execute("SELECT set_config('ets.reason', '정상 영업', false)")
        admin.execute("DELETE FROM holiday")
    gone = database.call(setting_changes, "holiday")[0]
    assert (gone.change, gone.name, gone.new, gone.reason) == ("removed", "휴무", None, "정상 영업")
    assert gone.old == {"day": "2026-12-31", "name": "휴무", "works": False}


def test_a_supervisor_changes_due_days_and_no_other_setting(
    database: Database, park: Agent, boss: Agent
) -> None:
    with shell(database, boss) as admin:
        admin.execute("INSERT INTO setting (key, value) VALUES ('claim_fees', '{}')")
    with shell(database, park) as supervisor:
        write = (
            "INSERT INTO setting (key, value) VALUES (%s, '{}')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        supervisor.execute(write, ("default_due_days",))
        for key in ("claim_fees", "agent_times"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                supervisor.execute(write, (key,))
        unseen = supervisor.execute("UPDATE setting SET value = '[]' WHERE key = 'claim_fees'")
        assert unseen.rowcount == 0
        found = supervisor.execute("SELECT key FROM setting ORDER BY key").fetchall()
        assert found == [("claim_fees",), ("default_due_days",)]


def test_an_agent_reads_no_trail(database: Database, kim: Agent) -> None:
    with (
        shell(database, kim) as agent,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        agent.execute("SELECT FROM setting_change")


def test_what_is_older_than_three_years_is_forgotten(
    database: Database, park: Agent, login: Callable[[Agent], Database]
) -> None:
    with database.driver_connection() as connection:
        connection.execute(
            "INSERT INTO setting_change (at, kind, subject, name, change) VALUES"
            " (now() - interval '3 years 1 day', 'team', '1', 'old', 'removed'),"
            " (now() - interval '2 years', 'team', '1', 'young', 'removed')"
        )
        connection.execute("SELECT forget_old_trails(10)")
    assert [row.name for row in database.call(setting_changes, "team")] == ["young"]
