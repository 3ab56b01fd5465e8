"""`ets agents`: a person's way from the first login to the last, typed as an admin types it."""

import json
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import make_url

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from tests.people import database, desk_database

__all__ = ["database", "desk_database"]

STRONG = "kept-secret-12"


@pytest.fixture
def url(database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty central database, reached as its owner."""
    monkeypatch.setenv("ETS_DATABASE_URL", database.url)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with psycopg.connect(database.url, autocommit=True) as owner:
        # Logins belong to the whole server, and other tests made some.
        for name in ("boss", "kim", "lee", "gw1"):
            owner.execute(f"DROP ROLE IF EXISTS {name}")
    return database.url


def agents(*words: str, typed: str = "", exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["agents", *words], input=typed)
    assert result.exit_code == exits, result.output
    return result


def told(*words: str, typed: str = "") -> Any:
    return json.loads(agents(*words, "--json", typed=typed).stdout)


def url_of(url: str, login: str, password: str = STRONG) -> str:
    return make_url(url).set(username=login, password=password).render_as_string(False)


def logs_in(url: str, login: str, password: str = STRONG) -> bool:
    try:
        psycopg.connect(url_of(url, login, password)).close()
    except psycopg.OperationalError:
        return False
    return True


def rights_log(url: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as owner:
        query = "SELECT login, subject, change, old, new, reason FROM rights_change ORDER BY id"
        return owner.execute(query).fetchall()


@pytest.fixture
def boss(url: str) -> str:
    """The first admin; `--as` of a shop that just began."""
    told("first-admin", "boss", "최관리", typed=f"{STRONG}\n")
    return url


def test_a_new_database_gets_its_first_admin_and_no_second_one_so(url: str) -> None:
    made = told("first-admin", "boss", "최관리", typed=f"{STRONG}\n")
    assert (made["login"], made["role"]) == ("boss", "admin")
    assert logs_in(url, "boss")
    refused = agents("first-admin", "lee", "이둘째", typed=f"{STRONG}\n", exits=2)
    assert "admin exists" in refused.stderr
    assert not logs_in(url, "lee")


def test_an_admin_adds_a_person_who_then_logs_in(
    boss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told("add-team", "물류팀") == {"team": "물류팀", "new": True}
    assert told("add-team", "물류팀") == {"team": "물류팀", "new": False}
    # As on an admin's PC, whose settings name the server and nobody.
    host = conninfo_to_dict(boss)
    place = f"postgresql://{host['host']}:{host['port']}/{host['dbname']}"
    monkeypatch.setenv("ETS_DATABASE_URL", place)
    words = ("--as", "boss", "add", "kim", "김상담", "--extension", "101", "--team", "물류팀")
    added = told(*words, "--reason", "입사", typed=f"{STRONG}\n{STRONG}\n")
    assert added["role"] == "agent"
    assert logs_in(boss, "kim")
    rows = {row["login"]: row for row in told("--as", "boss", "list", typed=f"{STRONG}\n")}
    assert rows["kim"] == {
        "login": "kim",
        "name": "김상담",
        "role": "agent",
        "extension": "101",
        "team": "물류팀",
        "active": True,
        "group": "agent",
        "can_log_in": True,
        "sessions": 0,
        "ok": True,
    }
    assert rights_log(boss)[-1] == ("boss", "kim", "added", None, "agent", "입사")


def test_no_password_ever_reaches_the_server(boss: str) -> None:
    """Only its verifier does: what the server logs of a statement cannot hold it."""
    with psycopg.connect(boss, autocommit=True) as owner:
        found = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'boss'").fetchone()
    assert found is not None
    assert found[0].startswith("SCRAM-SHA-256$4096:")
    with (
        psycopg.connect(url_of(boss, "boss")) as admin,
        pytest.raises(psycopg.Error, match="no verifier"),
    ):
        admin.execute("SELECT add_agent('kim', '김상담', 'agent', NULL, NULL, 'in-the-clear', '')")


def test_a_role_is_changed_in_both_places_and_at_once(boss: str) -> None:
    agents("add", "kim", "김상담", typed=f"{STRONG}\n")
    reopened = "SELECT pg_has_role(session_user, 'ets_supervisor', 'MEMBER')"
    with psycopg.connect(url_of(boss, "kim"), autocommit=True) as kim:
        assert kim.execute(reopened).fetchone() == (False,)
        assert told("role", "kim", "supervisor", "--reason", "승진")["role"] == "supervisor"
        assert kim.execute(reopened).fetchone() == (True,)
        agents("role", "kim", "warehouse")
        assert kim.execute(reopened).fetchone() == (False,)
    assert [entry[2:] for entry in rights_log(boss)[-2:]] == [
        ("role", "agent", "supervisor", "승진"),
        ("role", "supervisor", "warehouse", ""),
    ]


def test_an_extension_is_one_persons(boss: str) -> None:
    agents("add", "kim", "김상담", "--extension", "101", typed=f"{STRONG}\n")
    agents("add", "lee", "이담당", typed=f"{STRONG}\n")
    assert "extension taken" in agents("extension", "lee", "101", exits=2).stderr
    assert told("extension", "kim")["extension"] is None
    assert told("extension", "lee", "101")["extension"] == "101"
    assert "extension refused" in agents("extension", "lee", "1O1", exits=2).stderr


def test_a_team_is_one_that_there_is(boss: str) -> None:
    agents("add-team", "물류팀")
    assert told("team", "boss", "물류팀", "--reason", "이동")["team"] == "물류팀"
    assert "물류팀" in agents("list").stdout
    assert told("team", "boss")["team"] is None
    assert [entry[2:] for entry in rights_log(boss)[-2:]] == [
        ("team", None, "물류팀", "이동"),
        ("team", "물류팀", None, ""),
    ]
    assert "needs team name" in agents("add-team", " ", exits=2).stderr


def test_anybody_changes_their_own_password_and_no_other(boss: str) -> None:
    agents("add", "kim", "김상담", typed=f"{STRONG}\n")
    agents("--as", "kim", "password", "kim", typed=f"{STRONG}\nanother-secret-34\n")
    assert logs_in(boss, "kim", "another-secret-34")
    typed = f"another-secret-34\n{STRONG}\n"
    assert "not allowed" in agents("--as", "kim", "password", "boss", typed=typed, exits=2).stderr


def test_a_password_is_changed_and_the_old_one_is_worth_nothing(boss: str) -> None:
    agents("password", "boss", typed="another-secret-34\n")
    assert not logs_in(boss, "boss")
    assert logs_in(boss, "boss", "another-secret-34")
    assert rights_log(boss)[-1][1:3] == ("boss", "password")


@pytest.mark.parametrize("weak", ["", "short-1", "onlyletters", "boss-secret-12", "x" * 201])
def test_a_weak_password_is_refused(boss: str, weak: str) -> None:
    assert "password weak" in agents("password", "boss", typed=f"{weak}\n", exits=2).stderr


def test_a_disabled_person_is_out_at_once_and_in_again_when_enabled(boss: str) -> None:
    agents("add", "kim", "김상담", typed=f"{STRONG}\n")
    with psycopg.connect(url_of(boss, "kim"), autocommit=True) as kim:
        done = told("disable", "kim", "--reason", "퇴사")
        assert (done["sessions_ended"], done["tickets"], done["callbacks"]) == (1, 0, 0)
        with pytest.raises(psycopg.OperationalError):
            kim.execute("SELECT 1")
    assert not logs_in(boss, "kim")
    assert [entry[1:3] for entry in rights_log(boss)[-2:]] == [
        ("kim", "disabled"),
        ("kim", "sessions_ended"),
    ]
    assert "login disabled" in agents("password", "kim", typed=f"{STRONG}\n", exits=2).stderr
    agents("enable", "kim")
    assert logs_in(boss, "kim")


def test_open_work_is_handed_over_first(boss: str) -> None:
    for login in ("kim", "lee"):
        agents("add", login, "김상담", typed=f"{STRONG}\n")
    with psycopg.connect(boss, autocommit=True) as owner:
        for number in (1, 2):
            owner.execute(
                "INSERT INTO ticket (client_id, ticket_type, content, due_on, caller_number,"
                " created_by, updated_by, assignee_id) SELECT gen_random_uuid(), 'general', '문의',"
                " current_date, %s, id, id, id FROM agent WHERE login = 'kim'",
                (f"0100000000{number}",),
            )
    assert "work left" in agents("disable", "kim", exits=2).stderr
    both = ("disable", "kim", "--spread", "--hand-over-to", "lee")
    assert "exclude" in agents(*both, exits=2).stderr
    assert "nobody present" in agents("disable", "kim", "--spread", exits=2).stderr
    refused = agents("disable", "kim", "--hand-over-to", "nobody", exits=2).stderr
    assert "agent unknown" in refused
    done = told("disable", "kim", "--hand-over-to", "lee")
    assert (done["tickets"], done["callbacks"], done["callers"]) == (2, 0, 0)
    assert not logs_in(boss, "kim")


def test_the_last_admin_stays_one(boss: str) -> None:
    assert "last admin" in agents("disable", "boss", exits=2).stderr
    assert "last admin" in agents("role", "boss", "agent", exits=2).stderr
    agents("add", "lee", "이관리", "--role", "admin", typed=f"{STRONG}\n")
    agents("role", "boss", "agent")
    assert "last admin" in agents("disable", "lee", exits=2).stderr


def test_a_service_has_a_login_and_is_no_agent(boss: str) -> None:
    assert told("add", "gw1", "--role", "gateway", typed=f"{STRONG}\n")["agent_id"] is None
    rows = {row["login"]: row for row in told("list")}
    assert (rows["gw1"]["role"], rows["gw1"]["name"], rows["gw1"]["ok"]) == ("gateway", "", True)
    agents("password", "gw1", typed="another-secret-34\n")
    agents("disable", "gw1")
    assert not logs_in(boss, "gw1", "another-secret-34")
    assert "login disabled" in agents("password", "gw1", typed=f"{STRONG}\n", exits=2).stderr
    agents("enable", "gw1")
    assert logs_in(boss, "gw1", "another-secret-34")
    assert [entry[2] for entry in rights_log(boss) if entry[1] == "gw1"] == [
        "added",
        "password",
        "disabled",
        "enabled",
    ]


def test_a_login_that_is_gone_is_seen_and_made_anew(boss: str) -> None:
    """After a restore on another server: its agents are here, their logins are not."""
    with psycopg.connect(boss, autocommit=True) as owner:
        owner.execute("INSERT INTO agent (login, name, role) VALUES ('kim', '김상담', 'agent')")
    assert "kim · 김상담 · agent · no PostgreSQL login" in agents("list", exits=1).stdout
    agents("password", "kim", typed=f"{STRONG}\n")
    assert "kim · 김상담 · agent\n" in agents("list").stdout


def test_a_login_with_other_rights_than_its_role_is_seen(boss: str) -> None:
    agents("add", "kim", "김상담", typed=f"{STRONG}\n")
    with psycopg.connect(boss, autocommit=True) as owner:
        owner.execute("GRANT ets_admin TO kim")
    assert "rights differ: admin+agent" in agents("list", exits=1).stdout
    agents("role", "kim", "agent")
    assert "differ" not in agents("list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Kim", "김상담"), "login name refused"),
        (("add", "pg_monitor", "김상담"), "login name refused"),
        (("add", "ets_agent", "김상담"), "login name refused"),
        (("add", "kim", " "), "needs agent name"),
        (("add", "kim", "김" * 51), "needs agent name"),
        (("add", "kim", "김상담", "--team", "없는팀"), "team unknown"),
        (("add", "boss", "김상담"), "login taken"),
        (("password", "nobody"), "agent unknown"),
        (("team", "nobody"), "agent unknown"),
        (("team", "boss", "없는팀"), "team unknown"),
        (("role", "nobody", "agent"), "agent unknown"),
        (("extension", "nobody", "101"), "agent unknown"),
        (("disable", "nobody"), "agent unknown"),
    ],
)
def test_what_cannot_be_is_refused_in_words(boss: str, words: tuple[str, ...], said: str) -> None:
    assert said in agents(*words, typed=f"{STRONG}\n", exits=2).stderr


def test_the_servers_other_logins_are_nobodys_to_change(boss: str) -> None:
    with psycopg.connect(boss, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS dba")
        owner.execute("CREATE ROLE dba LOGIN CREATEDB")
        owner.execute("INSERT INTO agent (login, name, role) VALUES ('dba', '김디비', 'agent')")
    for words in (("add", "dba", "김디비"), ("password", "dba"), ("disable", "dba")):
        refused = agents(*words, typed=f"{STRONG}\n", exits=2).stderr
        assert "login taken" in refused or "login not ours" in refused
    with psycopg.connect(boss, autocommit=True) as owner:
        owner.execute("DROP ROLE dba")


def test_whoever_is_no_admin_manages_nobody(boss: str) -> None:
    agents("add", "kim", "김상담", "--role", "supervisor", typed=f"{STRONG}\n")
    typed = f"{STRONG}\n{STRONG}\n"
    for words in (("add", "lee", "이담당"), ("role", "kim", "admin"), ("disable", "boss")):
        assert "not allowed" in agents("--as", "kim", *words, typed=typed, exits=2).stderr
    assert "login refused" in agents("--as", "kim", "list", typed="wrong\n", exits=2).stderr


def test_it_speaks_korean(boss: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    said = agents("add", "kim", "김상담", "--extension", "101", typed=f"{STRONG}\n").stdout
    assert said == "kim: 상담원 추가\n"
    assert "kim · 김상담 · 상담원 · 내선 101\n" in agents("list").stdout
    said = agents("disable", "kim").stdout
    assert said == ("kim: 중지, 접속 0개 종료. 넘긴 접수 0건, 콜백 0건, 부재 고객 0건\n")
    assert "kim · 김상담 · 상담원 · 내선 101 · 중지\n" in agents("list").stdout
    refused = agents("add", "kim", "김상담", typed=f"{STRONG}\n", exits=2)
    assert refused.stderr.strip().endswith("이미 있는 아이디입니다.")
