"""`ets access report`: a month for its reviewer, as text, as a workbook, logged itself."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import text

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from ets_desktop.domain.access_review import Unusual
from ets_desktop.queries.access_report import many_persons
from ets_desktop.reports.access_report import CHANGES, REMARKS
from tests.factories import an_agent, make

#: 2026-10-06 is a Tuesday; 02:00 UTC is eleven in the morning in Seoul.
_LOOKS = """
    INSERT INTO access_log (at, login, action, subject, condition, row_count, persons) VALUES
        ('2026-10-06 02:00+00', 'kim', 'login', '', '{}', NULL, NULL),
        ('2026-10-06 02:01+00', 'kim', 'search_orders', '', '{"orderer": "홍길동"}', 3, 3),
        ('2026-10-06 14:00+00', 'kim', 'reveal_order', 'order/1', '{}', NULL, NULL),
        ('2026-10-31 14:59+00', 'kim', 'export', 'list/주문목록', '{"reason": "=1+1"}', 120, 101),
        ('2026-10-31 15:00+00', 'kim', 'show_order', 'order/1', '{}', NULL, NULL),
        ('2026-09-30 14:59+00', 'kim', 'show_order', 'order/1', '{}', NULL, NULL)
"""


@pytest.fixture
def database(clean_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    database = Database(clean_database, application_name="test")
    make(database, an_agent, login="kim", name="김상담")
    database.call(lambda session: session.execute(text(_LOOKS)))
    yield database
    database.close()


def report(*arguments: str | Path, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["access", "report", *map(str, arguments)])
    assert result.exit_code == exits, result.output
    return result


def test_a_month_is_counted_from_midnight_to_midnight_in_seoul(database: Database) -> None:
    told = json.loads(report("--month", "2026-10", "--json").stdout)
    [kim] = told["people"]
    assert (kim["name"], kim["looks"], kim["searches"], kim["reveals"]) == ("김상담", 3, 1, 1)
    assert (kim["outside"], kim["exports"], kim["exported"], kim["days"]) == (2, 1, 101, 2)
    assert told["exports"] == 1
    assert [one["why"] for one in told["unusual"]] == ["outside_hours", "many_persons"]


def test_the_text_tells_each_export_with_its_reason_and_nobodys_name(database: Database) -> None:
    told = report("--month", "2026-10").stdout
    for words in (
        "처리 건수\t3",
        "100명 이상 엑셀 저장\t1",
        "김상담\tkim\t근무시간 외 접속\t2",
        "2026-10-31 23:59:00\t김상담\tkim\t",
        "=1+1\t120\t101\t시간 외",
    ):
        assert words in told
    assert "홍길동" not in told


def test_the_workbook_runs_no_formula_and_replaces_no_file(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "보고.xlsx"
    report("--month", "2026-10", "--file", file)
    book = load_workbook(file)
    assert book.sheetnames == [
        "요약",
        "특이사항",
        "담당자별",
        "엑셀 저장",
        "근무시간 외",
        "권한 변경",
    ]
    reason = book["엑셀 저장"]["G2"]
    assert (reason.value, reason.data_type) == ("=1+1", "s")
    report("--month", "2026-10", "--file", file, exits=2)


def test_without_a_month_it_is_the_one_before_and_reading_it_is_logged(database: Database) -> None:
    told = json.loads(report("--json").stdout)
    asked = text("SELECT condition ->> 'month' FROM access_log WHERE action = 'access_report'")
    assert database.call(lambda session: session.scalar(asked)) == told["month"]


@pytest.mark.parametrize(("stored", "many"), [('{"many_persons": 10}', 10), ('{"x": 1}', 100)])
def test_the_house_says_how_many_are_many(database: Database, stored: str, many: int) -> None:
    assert database.call(many_persons) == 100
    put = text("INSERT INTO setting (key, value) VALUES ('access_review', (:v)::jsonb)")
    database.call(lambda session: session.execute(put, {"v": stored}))
    assert database.call(many_persons) == many


def test_changes_of_rights_are_told_in_words(database: Database) -> None:
    change = text("UPDATE agent SET role = 'supervisor'")
    database.call(lambda session: session.execute(change))
    month = database.call(lambda session: session.scalar(text("SELECT to_char(now(), 'YYYY-MM')")))
    told = report("--month", month).stdout
    assert "\tkim\t추가\t\tagent\t" in told
    assert "\tkim\t역할\tagent\tsupervisor\t" in told
    asked = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    named = {"name": "ck_rights_change_change"}
    rule = database.call(lambda session: session.scalar(text(asked), named))
    assert set(re.findall(r"'(\w+)'", rule)) == CHANGES.keys()


def test_every_remark_has_its_words() -> None:
    assert REMARKS.keys() == set(Unusual)
