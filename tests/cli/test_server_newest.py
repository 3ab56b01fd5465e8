"""`ets server init` on the newest PostgreSQL, where a role's rights go by who gave them.

The embedded one, which speaks no TLS: that is told, and all the rest is done.
"""

import json
from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import main
from ets_desktop.local.connection import ConnectionTarget, connect

OWNER, PEOPLE = "shop_owner", ("boss18", "kim18", "gw18")
SECRET = "kept-secret-12"


@pytest.fixture
def owner_url(postgres_server: ConnectionTarget, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    place = f"{postgres_server.host}:{postgres_server.port}/shop18"
    monkeypatch.setenv("ETS_DATABASE_URL", f"postgresql://{OWNER}:{SECRET}@{place}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield f"postgresql://{{}}:{SECRET}@{place}"
    with connect(postgres_server, "postgres") as dba:
        dba.execute("DROP DATABASE IF EXISTS shop18 WITH (FORCE)")
        for name in (*PEOPLE, OWNER):
            dba.execute(f"DROP OWNED BY {name}")
            dba.execute(f"DROP ROLE {name}")


def ets(*words: str, typed: str = "", exits: int = 0) -> Result:
    result = CliRunner().invoke(main, words, input=typed)
    assert result.exit_code == exits, result.output
    return result


def test_an_owner_who_is_no_superuser_keeps_the_shop(
    owner_url: str, postgres_server: ConnectionTarget
) -> None:
    words = ("server", "init", "--json", "--superuser", postgres_server.user)
    typed = f"{postgres_server.password}\n"
    said = {
        one["code"]: one["state"] for one in json.loads(ets(*words, typed=typed, exits=1).stdout)
    }
    assert (said["tls_off"], said["trgm"], said["owner_made"]) == ("wrong", "ok", "ok")
    ets("db", "upgrade")
    ets("agents", "first-admin", "boss18", "최관리", typed=f"{SECRET}\n")
    ets("agents", "add", "gw18", "--role", "gateway", typed=f"{SECRET}\n")
    as_boss = ("agents", "--as", "boss18")
    ets(*as_boss, "add", "kim18", "김상담", typed=f"{SECRET}\n{SECRET}\n")
    ets(*as_boss, "role", "kim18", "supervisor", typed=f"{SECRET}\n")
    ets(*as_boss, "password", "kim18", typed=f"{SECRET}\n{SECRET}\n")
    with psycopg.connect(owner_url.format("kim18"), autocommit=True) as kim:
        assert kim.execute("SELECT count(*) > 0 FROM rights_change").fetchone() == (True,)
        done = json.loads(ets(*as_boss, "disable", "kim18", "--json", typed=f"{SECRET}\n").stdout)
        assert done["sessions_ended"] == 1
        with pytest.raises(psycopg.OperationalError):
            kim.execute("SELECT 1")
    ets(*as_boss, "list", typed=f"{SECRET}\n")
    again = json.loads(ets(*words, typed=typed, exits=1).stdout)
    assert next(one for one in again if one["code"].startswith("rights"))["code"] == "rights"
