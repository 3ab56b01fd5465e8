"""`ets erp`: instructions reach the ERP at least once, its faults and ours lose and double none."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from ets_desktop.local.embedded import ConnectionTarget
from tests.claims import requested, shipped_line, wish
from tests.erp.reference_erp import ReferenceErp, reference_erp
from tests.factories import an_agent, make
from tests.postgres import clone

#: `ets erp push` as a process of its own.
PUSH = [sys.executable, "-c", "from ets_desktop.cli import main; main()", "erp", "push"]


@pytest.fixture
def database(
    clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Database]:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    database = Database(clean_database, application_name="tests")
    yield database
    database.close()


@pytest.fixture
def erp(postgres_server: ConnectionTarget, tmp_path: Path) -> Iterator[ReferenceErp]:
    """The ERP, and settings that lead to it."""
    with clone(postgres_server, "template0") as inbox, reference_erp(inbox.url()) as erp:
        token = tmp_path / "token"
        token.touch(0o600)
        token.write_text("only-for-tests\n")
        settings(tmp_path, to="http", url=erp.url, token_file=str(token), patience_s=1)
        yield erp


def settings(home: Path, **push: object) -> None:
    lines = [f"{name} = {json.dumps(value)}" for name, value in push.items()]
    folder = home / "config"
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text("\n".join(["[erp.push]", *lines]), encoding="utf-8")


def told(database: Database, count: int = 1) -> list[str]:
    """That many returns, each of an order of its own; the keys of what is to be told."""
    agent = make(database, an_agent)
    for _ in range(count):
        requested(database, agent, wish(shipped_line(database)))
    return [row.key for row in rows(database, "SELECT key FROM logistics_instruction ORDER BY id")]


def rows(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql)).all()))


def states(database: Database) -> list[tuple[str, str]]:
    found = rows(database, "SELECT state, error FROM logistics_instruction ORDER BY id")
    return [(state, error) for state, error in found]


def due_now(database: Database) -> None:
    change = text("UPDATE logistics_instruction SET next_try_at = clock_timestamp()")
    database.call(lambda session: session.execute(change) and None)


def ets(*arguments: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["erp", *arguments])
    assert result.exit_code == exits, result.output
    return result


def test_what_waits_is_sent_once_with_its_facts(database: Database, erp: ReferenceErp) -> None:
    keys = told(database, 3)
    ets("push")
    ets("push")
    assert erp.inbox() == [(key, "collect", 1) for key in keys]
    assert states(database) == [("sent", "")] * 3
    assert set(erp.tokens) == {"Bearer only-for-tests"}
    content = erp.contents()[0]
    assert content["paid_in_full"] is True
    assert content["body"]["claim_type"] == "return"
    assert content["body"]["goods"][0]["quantity"] == 1


def test_an_answer_that_got_lost_is_asked_for_again_under_the_same_key(
    database: Database, erp: ReferenceErp
) -> None:
    (key,) = told(database)
    erp.faults = ["lost"]
    ets("push", exits=1)
    assert states(database) == [("waiting", "erp_unreachable RemoteProtocolError")]
    due_now(database)
    ets("push")
    assert erp.inbox() == [(key, "collect", 2)]
    assert states(database) == [("sent", "")]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (503, "erp_busy 503"),
        (429, "erp_busy 429"),
        ("silent", "erp_silent ReadTimeout"),
    ],
)
def test_an_erp_that_cannot_now_is_asked_later(
    database: Database, erp: ReferenceErp, fault: int | str, error: str
) -> None:
    told(database)
    erp.faults = [fault]
    ets("push", exits=1)
    assert states(database) == [("waiting", error)]
    ets("push")
    assert erp.inbox() == [], "not before its time"
    due_now(database)
    ets("push")
    assert states(database) == [("sent", "")]


def test_how_long_the_erp_asks_to_wait_is_kept_to(database: Database, erp: ReferenceErp) -> None:
    told(database)
    erp.faults, erp.headers = [503], {"Retry-After": "900"}
    ets("push", exits=1)
    (wait,) = rows(
        database,
        "SELECT round(extract(epoch FROM next_try_at - clock_timestamp()) / 60) AS minutes"
        " FROM logistics_instruction",
    )
    assert wait.minutes == 15


def test_what_is_refused_stands_as_failed_and_stops_no_other(
    database: Database, erp: ReferenceErp
) -> None:
    keys = told(database, 3)
    erp.faults = [None, 422]
    ets("push", exits=1)
    assert states(database) == [("sent", ""), ("failed", "erp_refused 422"), ("sent", "")]
    status = json.loads(ets("status", "--json", exits=1).stdout)
    assert status == {
        "waiting": 0,
        "sent": 2,
        "failed": 1,
        "errors": [{"error": "erp_refused 422", "count": 1}],
    }
    ets("retry", keys[1])
    ets("push")
    assert [key for key, _, _ in erp.inbox()] == [keys[0], keys[2], keys[1]]
    ets("status")


def test_a_dead_erp_is_not_knocked_at_for_each_instruction(
    database: Database, tmp_path: Path
) -> None:
    told(database, 3)
    settings(tmp_path, to="http", url="http://127.0.0.1:9/instructions")
    ets("push", exits=1)
    assert states(database) == [("waiting", "erp_unreachable ConnectError")] * 3


def test_the_instructions_of_an_order_go_in_their_order(
    database: Database, erp: ReferenceErp
) -> None:
    told(database)
    later = text(
        "INSERT INTO logistics_instruction (key, kind, order_id)"
        " SELECT 'later/' || n, 'refund', order_id"
        " FROM logistics_instruction, generate_series(1, 2) n"
    )
    database.call(lambda session: session.execute(later) and None)
    erp.faults = [None, 503]
    ets("push", exits=1)
    keys = [row.key for row in rows(database, "SELECT key FROM logistics_instruction ORDER BY id")]
    assert [key for key, _, _ in erp.inbox()] == keys[:1]
    assert [state for state, _ in states(database)] == ["sent", "waiting", "waiting"]
    due_now(database)
    ets("push")
    assert [key for key, _, _ in erp.inbox()] == keys


def test_two_pushers_send_each_once(database: Database, erp: ReferenceErp, tmp_path: Path) -> None:
    keys = told(database, 40)
    pushers = [subprocess.Popen(PUSH) for _ in range(2)]
    assert [pusher.wait(60) for pusher in pushers] == [0, 0]
    assert sorted(erp.inbox()) == sorted((key, "collect", 1) for key in keys)


def test_a_pusher_that_dies_leaves_what_it_took_to_the_next(
    database: Database, erp: ReferenceErp, tmp_path: Path
) -> None:
    keys = told(database, 2)
    settings(tmp_path, to="http", url=erp.url, patience_s=30)
    erp.faults = [None, "silent"]
    pusher = subprocess.Popen(PUSH)
    assert erp.kept_waiting.wait(30)
    pusher.kill()
    pusher.wait()
    assert states(database)[1] == ("waiting", "")
    ets("push")
    assert len(erp.inbox()) == 1, "it may still be on its way"
    due_now(database)
    ets("push")
    assert erp.inbox() == [(key, "collect", 1) for key in keys]


def test_a_folder_gets_one_whole_sheet_a_push(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    keys = told(database, 2)
    change = text("UPDATE claim SET note = '=HYPERLINK(1)'")
    database.call(lambda session: session.execute(change) and None)
    settings(tmp_path, to="csv", folder=str(folder))
    ets("push")
    ets("push")
    (sheet,) = folder.iterdir()
    lines = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert [line["key"] for line in lines] == keys
    assert {line["kind"] for line in lines} == {"collect"}
    assert json.loads(lines[0]["body"])["claim_no"] == lines[0]["claim_no"]


def test_a_folder_that_cannot_be_written_loses_nothing(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    told(database)
    settings(tmp_path, to="csv", folder=str(folder))
    folder.rename(tmp_path / "gone")
    assert "folder" in ets("push", exits=2).output
    assert [state for state, _ in states(database)] == ["waiting"]


@pytest.mark.parametrize(
    ("push", "words"),
    [
        ({}, "erp not set"),
        ({"to": "fax"}, "http/csv"),
        ({"to": "http"}, "url"),
        ({"to": "http", "url": "ftp://127.0.0.1/"}, "url"),
        ({"to": "http", "url": "http://127.0.0.1/", "patience": 3}, "patience"),
        ({"to": "http", "url": "http://127.0.0.1/", "patience_s": True}, "patience_s"),
        ({"to": "http", "url": "http://127.0.0.1/", "token_file": "/nowhere"}, "token_file"),
        ({"to": "csv", "folder": "/nowhere"}, "folder"),
    ],
)
def test_settings_that_lead_nowhere_are_told(
    database: Database, tmp_path: Path, push: dict[str, object], words: str
) -> None:
    settings(tmp_path, **push)
    assert words in ets("push", exits=2).output


def test_a_token_that_others_may_read_is_refused(database: Database, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("only-for-tests")
    token.chmod(0o644)
    settings(tmp_path, to="http", url="http://127.0.0.1:9/", token_file=str(token))
    said = ets("push", exits=2).output
    assert "erp secret mode" in said
    assert "only-for-tests" not in said


def test_a_retry_names_keys_or_all(database: Database) -> None:
    ets("retry", exits=2)
    ets("retry", "a", "--all", exits=2)
    assert ets("retry", "--all").stdout == "0 will be sent again\n"
