"""Logins as services see them: what no command line lets through either."""

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.agents import AddLogin, ChangeRole, add_login, change_role


def test_a_role_is_one_of_ours(database: Database) -> None:
    for role in ("owner", "", "ets_admin"):
        with pytest.raises(RuleViolation, match="role_unknown"):
            database.call(add_login, AddLogin("newcomer", "새사람", role, "kept-secret-12"))


def test_nobody_becomes_a_service(database: Database) -> None:
    with pytest.raises(RuleViolation, match="role_unknown"):
        database.call(change_role, ChangeRole("newcomer", "gateway"))


def test_a_password_is_not_shown_by_accident() -> None:
    assert "kept-secret" not in repr(AddLogin("kim", "김상담", "agent", "kept-secret-12"))
