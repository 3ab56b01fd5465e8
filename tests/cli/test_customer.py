"""`ets customer` and `ets retention run`: what a person asked for, and what is old."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from ets_desktop.queries.approvals import approvals
from ets_desktop.services.approvals import AnswerApproval, answer_approval
from tests.factories import a_customer, an_agent, an_order, login_url, make

OLD = datetime.now(UTC) - timedelta(days=365 * 6)


@pytest.fixture
def database(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


def ets(*arguments: str | Path, exits: int = 0, typed: str = "") -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)), input=typed)
    assert result.exit_code == exits, result.output
    return result


def test_a_customer_is_exported_to_a_file_of_its_owners_alone_and_erased_when_confirmed(
    database: Database, tmp_path: Path
) -> None:
    number = make(database, a_customer, name="홍길동").customer_no
    why, file = ("--reason", "본인 요청"), tmp_path / "hong.json"
    assert "홍길동" in ets("customer", "export", number, *why).stdout
    ets("customer", "export", number, *why, "--file", file)
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_text(encoding="utf-8"))["customer"]["name"] == "홍길동"
    ets("customer", "export", number, *why, "--file", file, exits=2)
    ets("customer", "export", number, *why, "--file", tmp_path / "none" / "x", exits=2)
    ets("customer", "erase", number, *why, typed="n\n", exits=1)
    assert "erased" in ets("customer", "erase", number, *why, typed="y\n").stdout
    assert "(파기)" in ets("customer", "export", number, *why).stdout


def test_a_number_without_its_letter_is_told_how_it_is_written(database: Database) -> None:
    for typed, like in (("301", "C000000301"), ("홍길동", "C000000301"), ("", "C000000301")):
        told = ets("customer", "export", typed, "--reason", "본인 요청", exits=2).output
        assert like in told
        assert "홍길동" not in told


def test_who_is_erased_is_looked_for_before_anybody_is_asked(database: Database) -> None:
    why = ("--reason", "본인 요청")
    assert "?" not in ets("customer", "erase", "C000000999", *why, exits=2).output
    number = make(database, a_customer, name="홍길동").customer_no
    asked = ets("customer", "erase", number, *why, typed="n\n", exits=1).output
    assert f"erase {number} 홍*동?" in asked


def test_what_the_law_keeps_is_told(database: Database) -> None:
    customer = make(database, a_customer, name="홍길동")
    make(database, an_order, customer=customer)
    why = ("--reason", "본인 요청", "--yes")
    told = ets("customer", "erase", customer.customer_no, *why).stdout
    assert "kept by law: 1 orders, until" in told
    [kept] = json.loads(ets("customer", "erase", customer.customer_no, *why, "--json").stdout)[
        "kept"
    ]
    assert (kept["what"], kept["count"]) == ("orders", 1)


def test_the_job_erases_until_nothing_is_old_and_says_how_much(database: Database) -> None:
    for _ in range(3):
        make(database, an_order, ordered_at=OLD)
    assert json.loads(ets("retention", "run", "--json").stdout)["orders"] == 3
    assert "orders: 0" in ets("retention", "run").stdout
    counted = text("SELECT count(*) FROM access_log WHERE action = 'retention'")
    assert database.call(lambda session: session.scalar(counted)) == 1


def test_an_agent_exports_a_customer_when_a_supervisor_approved(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = make(database, a_customer, name="홍길동").customer_no
    kim = make(database, an_agent, name="김상담")
    park = make(database, an_agent, name="박관리", role="supervisor")
    monkeypatch.setenv("ETS_DATABASE_URL", login_url(database, kim))
    wanted = ("customer", "export", number, "--reason", "본인 요청")
    assert "needs approval" in ets(*wanted, exits=2).output
    assert "asked" in ets(*wanted, "--ask").stdout
    [row] = database.call(approvals).rows
    chief = Database(login_url(database, park), application_name="test")
    chief.call(answer_approval, AnswerApproval(park.id, row.approval_id, approves=True))
    chief.close()
    assert "홍길동" in ets(*wanted).stdout
    assert "needs approval" in ets(*wanted, exits=2).output
