"""Settings are changed by whom spec 60 names, and never over somebody else's change."""

from collections.abc import Callable
from datetime import date

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation, StaleData
from ets_desktop.domain.house import AGENT_TIMES, DEFAULT_DUE_DAYS
from ets_desktop.queries.house_settings import stored_settings
from ets_desktop.services.holidays import default_due_on
from ets_desktop.services.house_settings import UNSET, ChangeSetting, change_setting
from tests.factories import an_agent, make

LogIn = Callable[[Agent], Database]
THREE = {"delivery": 3}
SET_THREE = ChangeSetting(DEFAULT_DUE_DAYS, UNSET, THREE)


@pytest.fixture
def supervisor(database: Database, login: LogIn) -> Database:
    return login(make(database, an_agent, role="supervisor"))


def test_a_supervisor_sets_the_due_days_that_agents_go_by(
    supervisor: Database, login: LogIn, kim: Agent
) -> None:
    done = supervisor.call(change_setting, SET_THREE)
    assert (done.value, done.touched) == (True, {"settings"})
    assert login(kim).call(default_due_on, "delivery", date(2026, 11, 23)) == date(2026, 11, 26)
    again = supervisor.call(change_setting, SET_THREE)
    assert (again.value, again.touched) == (False, frozenset())
    later = ChangeSetting(DEFAULT_DUE_DAYS, THREE, {"delivery": 4})
    assert supervisor.call(change_setting, later).value
    assert supervisor.call(stored_settings) == {DEFAULT_DUE_DAYS: {"delivery": 4}}


def test_whoever_comes_second_is_told(supervisor: Database) -> None:
    supervisor.call(change_setting, SET_THREE)
    for was in (UNSET, {"delivery": 9}):
        with pytest.raises(StaleData) as refused:
            supervisor.call(change_setting, ChangeSetting(DEFAULT_DUE_DAYS, was, {"return": 1}))
        assert refused.value.code == "stale_setting"


def test_a_setting_that_is_gone_was_changed_too(database: Database, login: LogIn) -> None:
    admin = login(make(database, an_agent, role="admin"))
    with pytest.raises(StaleData):
        admin.call(change_setting, ChangeSetting(AGENT_TIMES, {}, {"wrap_up_seconds": 1}))


@pytest.mark.parametrize("is_set", [True, False])
def test_a_supervisor_sets_nothing_else(
    database: Database, supervisor: Database, login: LogIn, *, is_set: bool
) -> None:
    command = ChangeSetting(AGENT_TIMES, UNSET, {"wrap_up_seconds": 60})
    was: object = UNSET
    if is_set:
        login(make(database, an_agent, role="admin")).call(change_setting, command)
        was = command.value
    with pytest.raises(RuleViolation) as refused:
        supervisor.call(change_setting, ChangeSetting(AGENT_TIMES, was, {"wrap_up_seconds": 0}))
    assert refused.value.code == "not_allowed"
