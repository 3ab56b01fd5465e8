"""Settings are changed by whom spec 60 names, and never over somebody else's change."""

from collections.abc import Callable
from datetime import date

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation, StaleData
from ets_desktop.domain.house import ABUSE_WARNINGS, AGENT_TIMES, DEFAULT_DUE_DAYS
from ets_desktop.queries.house_settings import stored_settings
from ets_desktop.queries.setting_changes import setting_changes
from ets_desktop.services.holidays import default_due_on
from ets_desktop.services.house_settings import ChangeSettings, change_settings
from tests.factories import an_agent, make

LogIn = Callable[[Agent], Database]
THREE = {"delivery": 3}
SET_THREE = ChangeSettings({DEFAULT_DUE_DAYS: THREE}, {}, "명절")


@pytest.fixture
def supervisor(database: Database, login: LogIn) -> Database:
    return login(make(database, an_agent, name="박관리", role="supervisor"))


@pytest.fixture
def admin(database: Database, login: LogIn) -> Database:
    return login(make(database, an_agent, name="최관리", role="admin"))


def test_a_supervisor_sets_the_due_days_that_agents_go_by(
    supervisor: Database, login: LogIn, kim: Agent
) -> None:
    assert supervisor.call(change_settings, SET_THREE).touched == {"settings"}
    assert login(kim).call(default_due_on, "delivery", date(2026, 11, 23)) == date(2026, 11, 26)
    again = ChangeSettings({DEFAULT_DUE_DAYS: THREE}, {DEFAULT_DUE_DAYS: THREE})
    assert supervisor.call(change_settings, again).touched == frozenset()
    later = ChangeSettings({DEFAULT_DUE_DAYS: {"delivery": 4}}, {DEFAULT_DUE_DAYS: THREE})
    supervisor.call(change_settings, later)
    assert supervisor.call(stored_settings) == {DEFAULT_DUE_DAYS: {"delivery": 4}}
    newest, oldest = supervisor.call(setting_changes, "setting")
    assert (newest.who, newest.name, oldest.reason) == ("박관리", DEFAULT_DUE_DAYS, "명절")


def test_whoever_comes_second_is_told_and_nothing_is_stored(
    supervisor: Database, admin: Database
) -> None:
    supervisor.call(change_settings, SET_THREE)
    for was in ({}, {DEFAULT_DUE_DAYS: {"delivery": 9}}):
        both = ChangeSettings({DEFAULT_DUE_DAYS: {"return": 1}, ABUSE_WARNINGS: ["그만"]}, was)
        with pytest.raises(StaleData) as refused:
            admin.call(change_settings, both)
        [change] = refused.value.changes
        assert (change.field, change.theirs) == (f"{DEFAULT_DUE_DAYS}.delivery", "3")
        assert change.changed_by == "박관리"
    assert admin.call(stored_settings) == {DEFAULT_DUE_DAYS: THREE}


def test_a_setting_that_is_gone_was_changed_too(database: Database, admin: Database) -> None:
    was = {AGENT_TIMES: {"wrap_up_seconds": 45}}
    command = ChangeSettings({AGENT_TIMES: {"wrap_up_seconds": 1}}, was)
    with pytest.raises(StaleData) as refused:
        admin.call(change_settings, command)
    assert refused.value.changes[0].changed_by == ""


@pytest.mark.parametrize("is_set", [True, False])
def test_a_supervisor_sets_nothing_else(
    supervisor: Database, admin: Database, *, is_set: bool
) -> None:
    was = {AGENT_TIMES: {"wrap_up_seconds": 60}} if is_set else {}
    admin.call(change_settings, ChangeSettings(was, {}))
    with pytest.raises(RuleViolation) as refused:
        supervisor.call(change_settings, ChangeSettings({AGENT_TIMES: {"wrap_up_seconds": 0}}, was))
    assert refused.value.code == "not_allowed"
