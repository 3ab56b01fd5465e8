"""Logins as services see them: what no command line lets through either."""

from threading import Thread

import pytest
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.agents import (
    AddLogin,
    ChangeRole,
    EnableLogin,
    add_login,
    change_role,
    enable_login,
)
from tests.factories import an_agent, make


def test_a_role_is_one_of_ours(database: Database) -> None:
    for role in ("owner", "", "ets_admin"):
        with pytest.raises(RuleViolation, match="role_unknown"):
            database.call(add_login, AddLogin("newcomer", "새사람", role, "kept-secret-12"))


def test_nobody_becomes_a_service(database: Database) -> None:
    with pytest.raises(RuleViolation, match="role_unknown"):
        database.call(change_role, ChangeRole("newcomer", "gateway"))


def test_a_password_is_not_shown_by_accident() -> None:
    assert "kept-secret" not in repr(AddLogin("kim", "김상담", "agent", "kept-secret-12"))


def test_two_admins_who_shut_each_other_out_at_once_leave_one(database: Database) -> None:
    ones = [make(database, an_agent, role="admin").login for _ in range(2)]
    told: list[str] = []

    def shut_out(login: str) -> None:
        try:
            database.call(enable_login, EnableLogin(login, enabled=False))
        except RuleViolation as refused:
            told.append(refused.code)

    def while_the_first_is_under_way(session: Session) -> Thread:
        enable_login(session, EnableLogin(ones[0], enabled=False))
        second = Thread(target=shut_out, args=(ones[1],))
        second.start()
        waits = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while driver_of(session).execute(waits).fetchone() is None:
            pass
        return second

    database.call(while_the_first_is_under_way).join()
    assert told == ["last_admin"]
