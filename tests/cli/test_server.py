"""`ets server init` against a real server with TLS, whose pg_hba.conf and letters may be wrong."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main
from tests.tls_server import SUPERUSER_PASSWORD, TlsServer, tls_server

OWNER_PASSWORD = "owner-secret-12"
ADMIN_PASSWORD = "kept-secret-12"


@pytest.fixture(scope="module")
def server() -> Iterator[TlsServer]:
    with tls_server() as started:
        yield started


@pytest.fixture(autouse=True)
def where(server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that lets in nobody it should not, and has no shop yet."""
    monkeypatch.setenv("ETS_DATABASE_URL", server.url("shop"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    server.let_in()
    yield
    with server.superuser() as dba:
        dba.execute("DROP DATABASE IF EXISTS shop WITH (FORCE)")
        mine = dba.execute(
            "SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|postgres)' ORDER BY rolname"
        ).fetchall()
        for (name,) in mine:
            dba.execute(f'DROP OWNED BY "{name}"')
        for (name,) in mine:
            dba.execute(f'DROP ROLE "{name}"')


def init(*words: str, typed: str = "", exits: int = 0) -> Result:
    given = f"{SUPERUSER_PASSWORD}\n{typed or OWNER_PASSWORD}\n"
    result = CliRunner().invoke(main, ["server", "init", "--memory", "1", *words], input=given)
    assert result.exit_code == exits, result.output
    return result


def verdicts(*words: str, exits: int = 0) -> dict[str, Any]:
    """What is said by its code, the last of each."""
    told = json.loads(init("--json", *words, exits=exits).stdout)
    return {verdict["code"]: verdict for verdict in told}


def ets(*words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(main, words, input=typed)
    assert result.exit_code == 0, result.output
    return result


def test_a_new_server_becomes_a_shops_in_four_commands(
    server: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = verdicts()
    assert {code for code, verdict in said.items() if verdict["state"] == "wrong"} == set()
    assert {"groups_made", "owner_made", "database_made", "trgm", "tls", "hba"} <= set(said)
    assert said["tls"]["details"]["protocol"].startswith("TLSv1.")
    owner = server.url("shop").replace("ets_owner@", f"ets_owner:{OWNER_PASSWORD}@")
    monkeypatch.setenv("ETS_DATABASE_URL", owner)
    ets("db", "upgrade")
    ets("agents", "first-admin", "boss", "최관리", typed=f"{ADMIN_PASSWORD}\n")
    again = verdicts()
    assert again["rights"]["state"] == "ok"
    assert {"groups", "owner", "database"} <= set(again)
    ets("agents", "add", "kim", "김상담", typed=f"{ADMIN_PASSWORD}\n")
    with psycopg.connect(server.url("shop", "kim"), password=ADMIN_PASSWORD) as kim:
        assert kim.execute("SELECT name FROM agent WHERE login = 'kim'").fetchone() == ("김상담",)
        # The schema's owner is no superuser, and ends a session all the same.
        done = json.loads(ets("agents", "disable", "kim", "--json").stdout)
        assert done["sessions_ended"] == 1
        with pytest.raises(psycopg.OperationalError):
            kim.execute("SELECT 1")
    # Nor does that keep it from forgetting what is old, and nothing else of a trail.
    with psycopg.connect(owner) as schema_owner:
        schema_owner.execute(
            "INSERT INTO access_log (at, action) VALUES (now() - interval '3 years', 'login')"
        )
    assert json.loads(ets("retention", "run", "--json").stdout)["looks"] == 1
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added to")
    with psycopg.connect(owner) as schema_owner, refused:
        schema_owner.execute("DELETE FROM access_log")


def test_nobody_else_connects_to_the_shop(server: TlsServer) -> None:
    init()
    with server.superuser() as dba:
        dba.execute("CREATE ROLE stranger LOGIN PASSWORD 'kept-secret-12'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(server.url("shop", "stranger"), password="kept-secret-12")
    url = server.url("shop", sslmode="disable")
    with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
        psycopg.connect(url, password=OWNER_PASSWORD)


def test_looking_changes_nothing(server: TlsServer) -> None:
    said = verdicts("--check", exits=1)
    assert {"groups_missing", "owner_missing", "database_missing"} <= set(said)
    with server.superuser() as dba:
        roles = dba.execute("SELECT count(*) FROM pg_roles WHERE rolname ~ '^ets_'").fetchone()
    assert roles == (0,)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("local all all trust", "hba_trust"),
        ("hostssl all all 10.0.0.0/8 trust", "hba_trust"),
        ("hostssl all all 10.0.0.0/8 md5", "hba_not_scram"),
        ("hostssl all all 10.0.0.0/8 password", "hba_not_scram"),
        ("host all all 10.0.0.0/8 scram-sha-256", "hba_not_tls"),
        ("hostnossl all all 127.0.0.0/4 scram-sha-256", "hba_not_tls"),
        ("hostssl all all nonsense/8 scram-sha-256", "hba_unreadable"),
    ],
)
def test_whoever_is_let_in_too_easily_is_told_with_the_line(
    server: TlsServer, line: str, code: str
) -> None:
    server.let_in(line)
    said = verdicts(exits=1)
    assert said[code]["details"]["line"] == 2
    assert "hba" not in said


@pytest.mark.parametrize(
    "line",
    [
        "local all postgres peer",
        "local all all scram-sha-256",
        "host all all 127.0.0.1/32 scram-sha-256",
        "host all all ::1/128 scram-sha-256",
        "host all all 0.0.0.0/0 reject",
    ],
)
def test_what_never_leaves_the_machine_is_let_in(server: TlsServer, line: str) -> None:
    server.let_in(line)
    assert verdicts()["hba"]["state"] == "ok"


def test_a_server_whose_certificate_proves_nothing_is_refused(
    server: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in (
        server.url("shop", sslrootcert=str(server.stranger)),
        server.url("shop").replace("@localhost", "@127.0.0.1"),
    ):
        monkeypatch.setenv("ETS_DATABASE_URL", wrong)
        assert "server tls failed" in init(exits=2).stderr


def test_an_address_that_verifies_nothing_is_told(
    server: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", server.url("shop", sslmode="require"))
    assert verdicts(exits=1)["tls_not_verified"]["details"] == {"mode": "require"}


def test_a_database_blind_to_hangul_is_told(server: TlsServer) -> None:
    with server.superuser() as dba:
        dba.execute("CREATE DATABASE shop TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    said = verdicts(exits=1)
    assert said["trgm_blind"]["details"]["trigrams"] == 0
    assert "LC_CTYPE" in said["trgm_blind"]["text"]


def test_a_right_too_many_is_told(server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    init()
    owner = server.url("shop").replace("ets_owner@", f"ets_owner:{OWNER_PASSWORD}@")
    monkeypatch.setenv("ETS_DATABASE_URL", owner)
    ets("db", "upgrade")
    with server.superuser("shop") as dba:
        dba.execute("GRANT DELETE ON ticket TO ets_agent")
    assert "ticket agent remove" in verdicts(exits=1)["rights_differ"]["details"]["faults"]


def test_settings_that_lose_or_tell_are_named_with_the_cure(server: TlsServer) -> None:
    with server.superuser() as dba:
        dba.execute("ALTER SYSTEM SET log_statement = 'all'")
        dba.execute("SELECT pg_reload_conf()")
    try:
        said = init(exits=1).stdout
        assert "✗ log_statement = all; do ALTER SYSTEM SET log_statement = 'none'" in said
    finally:
        with server.superuser() as dba:
            dba.execute("ALTER SYSTEM RESET log_statement")
            dba.execute("SELECT pg_reload_conf()")


def test_the_memory_is_asked_of_the_machine(server: TlsServer) -> None:
    given = f"{SUPERUSER_PASSWORD}\n{OWNER_PASSWORD}\n"
    result = CliRunner().invoke(main, ["server", "init"], input=given)
    assert "shared_buffers = 32MB" in result.stdout


def test_only_a_superuser_prepares(server: TlsServer) -> None:
    with server.superuser() as dba:
        dba.execute("CREATE ROLE humble LOGIN PASSWORD 'kept-by-the-dba-1'")
    assert "server needs superuser" in init("--superuser", "humble", exits=2).stderr


@pytest.mark.parametrize("wrong", ["", "postgresql://localhost/shop", "postgresql://o@localhost"])
def test_an_address_that_names_no_owner_or_database_is_refused(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", wrong)
    assert "server needs" in init(exits=2).stderr


def test_it_speaks_korean(server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    server.let_in("host all all 10.0.0.0/8 trust")
    said = init(exits=1).stdout
    assert "✗ pg_hba.conf 2행이 비밀번호 없이 들여보냅니다(trust)." in said
    assert "! 아직 스키마가 없습니다. 다음: ets db upgrade" in said
