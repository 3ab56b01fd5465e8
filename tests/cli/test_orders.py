"""`ets orders`: what it prints, in both languages, and how it exits."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from ets_desktop.cli import main, order_progress
from ets_desktop.cli.order_words import REASONS, REFUSALS, reason, refusal
from ets_desktop.db.engine import Database
from ets_desktop.erp.exports.sniff import Refused
from tests.erp.exports import headers
from tests.erp.exports.writing import row, write_csv, write_xlsx

RECORDINGS = Path(__file__).parents[1] / "recordings" / "exports"
SMARTSTORE = RECORDINGS / "smartstore.xlsx"
LOCKED = RECORDINGS / "smartstore_locked.xlsx"
PACKAGE = Path(order_progress.__file__).parents[1]


@pytest.fixture
def ets(clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Commands":
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("ETS_EXPORT_PASSWORD", raising=False)
    return Commands(clean_database)


class Commands:
    """Runs `ets orders …` against the test's database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, *arguments: object, exits: int = 0) -> Result:
        result = CliRunner().invoke(main, ["orders", *map(str, arguments)])
        assert result.exit_code == exits, result.output
        return result

    def json(self, *arguments: object, exits: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", exits=exits).stdout)


def test_an_import_tells_its_counts(ets: Commands) -> None:
    told = ets.json("import", RECORDINGS / "cafe24.csv")
    assert told["file"] == str(RECORDINGS / "cafe24.csv")
    assert {name: told[name] for name in ("channel", "orders", "lines", "created", "updated")} == {
        "channel": "cafe24", "orders": 192, "lines": 300, "created": 300, "updated": 0,
    }  # fmt: skip
    assert told["ignored_rows"][0] == {"row": 115, "reason": "blank row"}
    assert told["suspect"][0] == {
        "row": 13,
        "column": "운송장번호",
        "raw": "6E+11",
        "reason": "scientific notation: digits are lost, do not import as a number",
    }
    assert told["bad_rows"] == []
    again = ets.json("import", RECORDINGS / "cafe24.csv")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 300)


def test_several_files_print_a_line_each_and_one_refusal_exits_two(
    ets: Commands, tmp_path: Path
) -> None:
    (tmp_path / "빈 파일.csv").touch()
    result = ets("import", SMARTSTORE, tmp_path / "빈 파일.csv", LOCKED, "--json", exits=2)
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert first["created"] == 300
    assert second["refused"] == "the file is empty"
    assert third["refused"].startswith("the file is locked")


def test_the_password_comes_as_an_option_or_in_the_environment(
    ets: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ets.json("import", LOCKED, "--password", "0000", exits=2)
    assert told["refused"] == "the password is wrong"
    monkeypatch.setenv("ETS_EXPORT_PASSWORD", "1234")
    assert ets.json("import", LOCKED)["created"] == 300


def test_a_refused_file_needs_no_database(
    ets: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ETS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    told = ets.json("import", tmp_path / "없음.csv", exits=2)
    assert told["refused"] == "there is no such file"


def test_korean_words_under_a_korean_locale(
    ets: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    header = headers.CAFE24_SMALL
    table = [header] + [
        row(header, {"주문번호": f"A-{n}", "주문상품명": "감귤", "수량": "세개"}) for n in range(25)
    ]
    told = ets("import", write_csv(tmp_path / "주문.csv", table)).stdout
    assert "주문.csv: cafe24 · 주문 0 · 상품 0" in told
    assert "  2행 수량: 숫자가 아닙니다" in told
    assert "그 밖에 5건" in told
    refused = ets("import", tmp_path / "없음.csv", exits=2)
    assert "받지 않음 — 파일이 없습니다" in refused.stderr


def test_a_channel_may_be_demanded(ets: Commands) -> None:
    assert ets.json("import", SMARTSTORE, "--channel", "네이버")["created"] == 300
    assert "refused" in ets.json("import", SMARTSTORE, "--channel", "쿠팡", exits=2)
    assert "unknown channel" in ets("import", SMARTSTORE, "--channel", "노점", exits=2).stderr


def test_an_order_is_shown_by_either_number(ets: Commands) -> None:
    ets("import", SMARTSTORE)
    shown = ets.json("show", "2026101274060698")
    assert shown["lines"][0]["line_no"] == "2026101225548765"
    assert ets.json("show", shown["ets_order_no"]) == shown
    assert ets.json("show", "2026101274060698", "--channel", "스마트스토어") == shown
    assert json.loads(ets("show", "2026101274060698").stdout) == shown


def test_a_look_at_an_order_is_logged(ets: Commands) -> None:
    from sqlalchemy import text

    ets("import", SMARTSTORE)
    ets("show", "2026101274060698")
    database = Database(ets.url, application_name="test")
    try:
        logged = database.call(
            lambda session: session.execute(text("SELECT action, subject FROM access_log")).all()
        )
    finally:
        database.close()
    assert [tuple(row) for row in logged] == [("show_order", "order/1")]


def test_no_such_order_exits_one(ets: Commands) -> None:
    assert "no such order: 1" in ets("show", "1", exits=1).stderr


def test_a_number_in_several_channels_lists_them(ets: Commands, tmp_path: Path) -> None:
    for channel, header in (("lotteon", headers.LOTTE_ON), ("st11", headers.ST11)):
        values: dict[str, object] = {
            "주문번호": "77", "주문순번": "1", "상품명": "감귤", "수량": "1",
        }  # fmt: skip
        ets("import", write_xlsx(tmp_path / f"{channel}.xlsx", [header, row(header, values)]))
    choices = ets.json("show", "77", exits=2)
    assert {choice["channel"] for choice in choices} == {"lotteon", "st11"}
    assert "several channels" in ets("show", "77", exits=2).stdout
    assert ets.json("show", "77", "--channel", "11번가")["channel"] == "st11"


def test_progress_is_told_after_two_seconds(ets: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ets("import", SMARTSTORE).stderr == ""
    monkeypatch.setattr(order_progress, "_SILENT", 0.0)
    monkeypatch.setattr(order_progress, "_EVERY_IN_LOG", 0.0)
    monkeypatch.setattr(order_progress, "_LARGE", 10)
    monkeypatch.setattr("ets_desktop.erp.exports.parse.PROGRESS_ROWS", 100)
    told = ets("import", SMARTSTORE).stderr
    assert "smartstore.xlsx: opening" in told
    assert "smartstore.xlsx: 200/304 rows" in told


def test_progress_overwrites_itself_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    monkeypatch.setattr(order_progress, "_SILENT", 0.0)
    monkeypatch.setattr(order_progress, "_EVERY", 0.0)
    with order_progress.RowsTold(Path("없음.csv")) as told:
        told._overwrites = True
        told.rows(2_000, None)
        told.rows(4_000, None)
    assert capsys.readouterr().err == "\r없음.csv: 2,000행   \r없음.csv: 4,000행   \n"


def raised_codes() -> set[str]:
    """Every code that reading an export refuses a file with."""
    found: set[str] = set()
    for file in (PACKAGE / "erp" / "exports").rglob("*.py"):
        for piece in file.read_text(encoding="utf-8").split("Refused(\n")[1:]:
            found.add(piece.split('"')[1])
        for piece in file.read_text(encoding="utf-8").split('Refused("')[1:]:
            found.add(piece.split('"')[0])
    return found


def test_every_refusal_has_words() -> None:
    assert raised_codes() <= set(REFUSALS)
    assert len(raised_codes()) > 10


def test_words_without_details_do_not_fail() -> None:
    assert "…" in refusal(Refused("file_too_big"))
    assert refusal(Refused("brand_new", row=1)) == "brand_new (row=1)"
    assert reason("brand_new") == "brand_new"
    assert all(reason(code, 7) for code in REASONS)


def test_a_file_name_in_another_encoding_is_imported_and_remembered(
    ets: Commands, tmp_path: Path
) -> None:
    file = tmp_path / os.fsdecode("주문.csv".encode("cp949"))
    file.write_bytes((RECORDINGS / "cafe24.csv").read_bytes())
    assert ets.json("import", file)["file"] == str(file)
    database = Database(ets.url, application_name="test")
    remembered = database.call(lambda s: s.scalar(text("SELECT file FROM import_run")))
    database.close()
    assert remembered == "주문.csv"


def test_a_number_that_is_no_text_is_refused(ets: Commands) -> None:
    ets("show", "\udcb1", exits=2)
