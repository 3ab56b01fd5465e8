"""팀 of 관리: one with work or members is not closed, and a closed one gets nothing more."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.agents import teams
from ets_desktop.queries.setting_changes import setting_changes
from ets_desktop.queries.teams import all_members, managed_teams
from ets_desktop.services.agents import ChangeTeam, change_team
from ets_desktop.services.teams import AddTeam, ReviseTeam, add_new_team, revise_team
from ets_desktop.services.transfers import TransferTarget, require_receiver
from tests.factories import a_team, a_ticket, a_transfer, make

Login = Callable[[Agent], Database]


def close(team: Team) -> ReviseTeam:
    return ReviseTeam(team.id, team.name, False, team.name, True, "합침")


def test_a_supervisor_makes_renames_and_closes_a_team(
    database: Database, park: Agent, login: Login
) -> None:
    desk = login(park)
    team_id = desk.call(add_new_team, AddTeam(" AS팀 ", "새 일")).value
    desk.call(revise_team, ReviseTeam(team_id, "수리팀", True, "AS팀", True))
    desk.call(revise_team, ReviseTeam(team_id, "수리팀", False, "수리팀", True, "합침"))
    assert [(team.name, team.active) for team in desk.call(managed_teams)] == [("수리팀", False)]
    assert desk.call(teams) == ()
    told = desk.call(setting_changes, "team", str(team_id))
    assert [(row.change, row.old, row.new, row.reason) for row in told] == [
        ("changed", {"active": True}, {"active": False}, "합침"),
        ("changed", {"name": "AS팀"}, {"name": "수리팀"}, ""),
        ("added", None, {"id": team_id, "name": "AS팀", "active": True}, "새 일"),
    ]
    assert {(row.who, row.name) for row in told} == {("박관리", "AS팀"), ("박관리", "수리팀")}


@pytest.mark.parametrize("typed", ["물류  팀", "물류\u00a0팀", "물류 팀\u200b", "물류\n팀"])
def test_a_team_whose_name_looks_like_anothers_is_refused(database: Database, typed: str) -> None:
    database.call(add_new_team, AddTeam("물류 팀"))
    with pytest.raises(RuleViolation, match="team_taken"):
        database.call(add_new_team, AddTeam(typed))


def test_a_name_is_one_teams(database: Database, team: Team) -> None:
    other = make(database, a_team, name="AS팀")
    for _ in range(2):
        with pytest.raises(RuleViolation, match="team_taken"):
            database.call(add_new_team, AddTeam("물류팀"))
    with pytest.raises(RuleViolation, match="team_taken"):
        database.call(revise_team, ReviseTeam(other.id, "물류팀", True, "AS팀", True))
    with pytest.raises(RuleViolation, match="needs_team_name"):
        database.call(add_new_team, AddTeam(" "))


def test_whoever_was_slower_changes_nothing(
    database: Database, team: Team, park: Agent, login: Login
) -> None:
    login(park).call(revise_team, ReviseTeam(team.id, "물류1팀", True, "물류팀", True))
    with pytest.raises(StaleData) as stale:
        database.call(revise_team, ReviseTeam(team.id, "물류2팀", True, "물류팀", True))
    (change,) = stale.value.changes
    assert (change.field, change.theirs, change.changed_by) == ("name", "물류1팀", "박관리")
    with pytest.raises(NotFound, match="record_gone"):
        database.call(revise_team, ReviseTeam(999, "x", True, "y", True))


def test_without_a_trail_nobody_is_named(database: Database, team: Team) -> None:
    with database.driver_connection() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE team SET name = '물류9팀'")
        connection.execute("DELETE FROM setting_change")
        connection.execute("RESET session_replication_role")
    with pytest.raises(StaleData) as stale:
        database.call(revise_team, close(team))
    assert stale.value.changes[0].changed_by == ""


def test_a_team_with_work_or_members_stays(
    database: Database, team: Team, lee: Agent, kim: Agent, park: Agent, login: Login
) -> None:
    desk = login(park)
    waiting = make(database, a_transfer, from_agent=kim, to_team=team)
    with pytest.raises(RuleViolation, match="team_has_work"):
        desk.call(revise_team, close(team))
    done = text(
        "UPDATE ticket SET status = 'discarded', discard_reason = 'x', assignee_team_id = NULL,"
        " assignee_id = created_by WHERE id = :id"
    )
    database.call(lambda s: s.execute(done, {"id": waiting.ticket_id}))
    with pytest.raises(RuleViolation, match="team_has_members"):
        desk.call(revise_team, close(team))
    assert [(one.name, one.team) for one in desk.call(all_members)] == [
        ("김상담", ""),
        ("박관리", ""),
        ("이담당", "물류팀"),
    ]
    desk.call(change_team, ChangeTeam(lee.login, ""))
    desk.call(revise_team, close(team))
    with pytest.raises(RuleViolation, match="team_closed"):
        desk.call(change_team, ChangeTeam(lee.login, "물류팀"))
    with pytest.raises(RuleViolation, match="receiver_inactive"):
        desk.call(require_receiver, kim.id, TransferTarget(team_id=team.id))


def test_a_closed_team_is_counted_with_what_is_left(database: Database, team: Team) -> None:
    make(database, a_ticket, assignee_team=team, status="transferred")
    (row,) = database.call(managed_teams)
    assert (row.members, row.tickets, row.callers) == (0, 1, 0)
