"""`ets ars import`: sessions from a file, each once, bad rows listed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ets_desktop.cli import ars, main
from tests.erp.exports.writing import write_csv, write_xlsx

HEADER = [
    "세션 번호",
    "답변일시",
    "주문번호",
    "고객명",
    "전화번호",
    "구분",
    "카테고리",
    "금액",
    "메뉴",
    "최종안내",
    "종료일시",
]
GOOD = [
    "s-1",
    "2026-11-20 10:00:00",
    "20261119-1",
    "홍길동",
    "1000001234",
    "반품",
    "단순변심",
    "32,000",
    "주문조회>반품",
    "Y",
    "2026-11-20 10:03:00",
]


@pytest.fixture
def folder(clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    return tmp_path


def run(file: Path, *options: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["ars", "import", str(file), *options])
    assert result.exit_code == exits, result.output
    return result


def changed(**cells: str) -> list[str]:
    names = {"session": 0, "answered": 1, "order": 2, "kind": 5, "amount": 7}
    row = list(GOOD)
    for name, cell in cells.items():
        row[names[name]] = cell
    return row


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_imported_and_again_changes_nothing(folder: Path, kind: str) -> None:
    write = write_csv if kind == "csv" else write_xlsx
    file = write(folder / f"ars.{kind}", [["이력"], HEADER, GOOD, [], changed(session="s-2")])
    assert "새로 2, 바뀜 0, 그대로 0, 받지 않은 행 0" in run(file).stdout
    assert "새로 0, 바뀜 0, 그대로 2" in run(file).stdout
    file = write(folder / f"more.{kind}", [HEADER, changed(kind="교환")])
    assert json.loads(run(file, "--json").stdout) == {
        "created": 0,
        "updated": 1,
        "unchanged": 0,
        "bad_rows": [],
    }


def test_bad_rows_are_listed_and_the_others_go_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        changed(answered="어제"),
        changed(session=""),
        changed(session="2.02611E+13"),
        changed(amount="많음"),
        [*GOOD, "남는 칸"],
        GOOD,
    ]
    file = write_csv(folder / "ars.csv", [HEADER, *rows])
    told = json.loads(run(file, "--json").stdout)
    assert told["created"] == 1
    assert [(bad["row"], bad["column"]) for bad in told["bad_rows"]] == [
        (2, "answered_at"),
        (3, "session_id"),
        (4, "session_id"),
        (5, "amount"),
        (6, ""),
    ]
    monkeypatch.setattr(ars, "_MOST_TOLD", 2)
    said = run(file).stdout
    assert "2행 answered_at: 날짜와 시각이 아닙니다" in said
    assert "… 그 밖에 3건" in said
    assert "홍길동" not in said


def test_many_rows_go_in_by_steps(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ars, "_AT_ONCE", 2)
    rows = [changed(session=f"s-{number}") for number in range(5)]
    file = write_csv(folder / "ars.csv", [HEADER, *rows])
    assert "새로 5" in run(file).stdout


@pytest.mark.parametrize("rows", [[["가", "나"], ["1", "2"]], [["가"]] * 20])
def test_a_file_without_sessions_is_refused(folder: Path, rows: list[list[str]]) -> None:
    file = write_csv(folder / "ars.csv", rows)
    assert "ARS 이력이 아닙니다" in run(file, exits=2).stderr
    assert "파일이 없습니다" in run(folder / "none.csv", exits=2).stderr
