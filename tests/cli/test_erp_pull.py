"""`ets erp pull`: only what is new is read, what dies goes on where it was, nothing comes twice."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from ets_desktop.cli import main
from ets_desktop.db.engine import Database
from ets_desktop.local.embedded import ConnectionTarget
from ets_desktop.queries.import_runs import import_runs
from tests.erp.reference_orders import make_tables, sell, settings
from tests.factories import a_customer, a_phone, make
from tests.postgres import clone

PULL = [sys.executable, "-c", "from ets_desktop.cli import main; main()", "erp", "pull"]


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
def juno(postgres_server: ConnectionTarget, tmp_path: Path) -> Iterator[str]:
    """An ERP's database, and settings that read it."""
    with clone(postgres_server, "template0") as target:
        make_tables(target.url())
        settings(tmp_path, target.url())
        yield target.url()


def pulled(*arguments: str, exits: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ets(*arguments, "--json", exits=exits).stdout)
    return told


def ets(*arguments: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["erp", "pull", *arguments])
    assert result.exit_code == exits, result.output
    return result


def counts(told: dict[str, Any]) -> tuple[int, int, int]:
    return told["created"], told["updated"], told["unchanged"]


def rows(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql)).all()))


def test_only_what_is_new_or_changed_is_taken_in(database: Database, juno: str) -> None:
    sell(juno, 0, 30, lines=2)
    assert counts(pulled()) == (60, 0, 0)
    (order,) = rows(
        database,
        "SELECT o.channel_order_no, c.name, o.orderer_phone, to_char(o.ordered_at AT TIME ZONE"
        " 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') FROM sales_order o JOIN sales_channel c"
        " ON c.id = o.channel_id WHERE o.orderer_phone = '01000000007'",
    )
    assert tuple(order) == ("20261102000000007", "주노ERP", "01000000007", "2026-11-02 09:07")
    sell(juno, 30, 5)
    assert counts(pulled("juno")) == (5, 0, 4), "the last minute is read again"
    with psycopg.connect(juno) as connection:
        connection.execute(
            "UPDATE juno_ord SET qty = 3, upd_dt = '2026-11-03' WHERE seq = 1 AND ord_no % 7 = 0"
        )
    assert pulled()["updated"] == 5


def test_a_pull_that_is_killed_goes_on_where_it_was(database: Database, juno: str) -> None:
    sell(juno, 0, 12_000)
    pull = subprocess.Popen(PULL, env=os.environ, stdout=subprocess.DEVNULL)
    while not rows(database, "SELECT watermark FROM erp_source") and pull.poll() is None:
        pass
    pull.kill()
    pull.wait()
    so_far = rows(database, "SELECT count(*) FROM sales_order")[0][0]
    assert so_far in (5_000, 10_000, 12_000)
    told = pulled()
    assert told["created"] == 12_000 - so_far
    assert told["unchanged"] <= 2, "what was stored is not read again"
    assert rows(database, "SELECT count(*) FROM sales_order")[0][0] == 12_000


def test_rows_that_share_a_moment_are_stored_together(database: Database, juno: str) -> None:
    sell(juno, 0, 6_000, upd_dt="2026-11-05 10:00")
    sell(juno, 6_000, 10, upd_dt="2026-11-05 10:01")
    assert counts(pulled()) == (6_010, 0, 0)


def test_a_row_that_cannot_be_read_is_told_with_its_reason(database: Database, juno: str) -> None:
    sell(juno, 0, 2)
    with psycopg.connect(juno) as connection:
        connection.execute(
            "UPDATE juno_ord SET qty = -5 WHERE ord_no = (SELECT max(ord_no) FROM juno_ord)"
        )
    told = ets(exits=1)
    assert "juno: 3 qty: negative" in told.stderr
    assert rows(database, "SELECT count(*) FROM sales_order")[0][0] == 1


def test_doubtful_orders_are_marked(database: Database, juno: str) -> None:
    flagged = make(database, a_customer, flagged=True, flagged_reason="환불 다툼")
    make(database, a_phone, customer=flagged, digits="01000000031")
    sell(juno, 0, 1, buyer_tel=None, rcv_tel=None)
    sell(juno, 10, 1, addr=None)
    sell(juno, 20, 1, lines=2, total=29_000)
    sell(juno, 21, 1, lines=2, total=30_000)
    sell(juno, 31, 1)
    pulled()
    marks = rows(database, "SELECT marks FROM sales_order ORDER BY channel_order_no")
    assert [row.marks for row in marks] == [
        ["no_phone"],
        ["no_address"],
        ["sum_differs"],
        [],
        ["flagged_customer"],
    ]
    with psycopg.connect(juno) as connection:
        connection.execute(
            "UPDATE juno_ord SET addr = '부산시 해운대구 1', upd_dt = now() WHERE addr IS NULL"
        )
    pulled()
    assert rows(database, "SELECT count(*) FROM sales_order WHERE marks <> '{}'")[0][0] == 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"query": "SELECT * FROM juno_ord WHERE upd_dt > :watermark ORDER BY upd_dt DESC"},
            "juno",
        ),
        ({"watermark": "nothing"}, "erp watermark"),
        ({"query": "SELECT * FROM nowhere WHERE upd_dt > :watermark"}, "ProgrammingError"),
        ({"query": "SELECT goods, upd_dt FROM juno_ord WHERE upd_dt > :watermark"}, "column"),
    ],
)
def test_a_source_that_cannot_be_read_says_why_and_takes_nothing(
    database: Database, juno: str, tmp_path: Path, change: dict[str, object], told: str
) -> None:
    sell(juno, 0, 3)
    settings(tmp_path, juno, **change)
    said = pulled(exits=1)
    assert said["created"] == 0
    assert said["error"]
    assert juno.rpartition("@")[0] not in said["error"]
    assert rows(database, "SELECT count(*) FROM sales_order")[0][0] == 0


def test_an_erp_that_is_away_is_told_without_its_password(
    database: Database, juno: str, tmp_path: Path
) -> None:
    settings(tmp_path, "postgresql://erp:secret-word@127.0.0.1:9/erp")
    result = ets(exits=1)
    assert "erp source failed" in result.output
    assert "secret-word" not in result.output


@pytest.mark.parametrize(
    ("change", "option"),
    [
        ({"source": "fax"}, "source"),
        ({"url": "no url"}, "url"),
        ({"query": "SELECT 1"}, "query"),
        ({"start": True}, "start"),
        ({"columns": 3}, "columns"),
        ({"overlap": 3}, "overlap"),
    ],
)
def test_wrong_settings_stop_the_command(
    database: Database, juno: str, tmp_path: Path, change: dict[str, object], option: str
) -> None:
    settings(tmp_path, juno, **change)
    assert option in ets(exits=2).output


def test_sources_are_named_as_the_settings_name_them(database: Database, juno: str) -> None:
    assert "elsewhere" in ets("elsewhere", exits=2).output


def test_without_a_source_there_is_nothing_to_pull(database: Database) -> None:
    assert "erp source not set" in ets(exits=2).output


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A watched folder, and settings that read it."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(
        f'[[erp.pull]]\nname = "drop"\nsource = "folder"\nfolder = "{folder}"\nsettle_s = 0\n'
    )
    return folder


HEAD = "상품주문번호,주문번호,주문일시,구매자명,수취인명,상품명,수량,주문상태\n"


def export(number: int) -> bytes:
    row = f"{number}1,{number},2026-11-02 10:00:00,김주문,이수취,물빛 텀블러,1,배송중\n"
    return (HEAD + row).encode("cp949")


def test_files_of_a_folder_are_read_once_and_put_aside(database: Database, drop: Path) -> None:
    (drop / "주문.csv").write_bytes(export(2026110200001))
    (drop / "쪽지.txt").write_text("주문이 아닙니다")
    (drop / "~$주문.csv").write_text("")
    told = pulled(exits=1)
    assert (told["created"], told["refused_files"]) == (1, 1)
    assert [file.name for file in (drop / "done").iterdir()] == ["주문.csv"]
    assert [file.name for file in (drop / "refused").iterdir()] == ["쪽지.txt"]
    runs = database.call(import_runs, None, 9).rows
    refused = [(run.file, run.lines) for run in runs if run.refused]
    assert refused == [("쪽지.txt", 0)]
    shutil.copy(drop / "done" / "주문.csv", drop)
    assert counts(pulled()) == (0, 0, 1)
    assert sorted(file.name for file in (drop / "done").iterdir()) == ["주문 (2).csv", "주문.csv"]


def test_a_file_that_is_still_being_written_waits(database: Database, drop: Path) -> None:
    settings_file = drop.parent / "config" / "settings.toml"
    settings_file.write_text(settings_file.read_text().replace("settle_s = 0", "settle_s = 60"))
    (drop / "주문.csv").write_bytes(export(2026110200001)[:-10])
    assert counts(pulled()) == (0, 0, 0)
    assert (drop / "주문.csv").exists()


def test_a_channel_that_is_none_is_refused_with_those_there_are(
    database: Database, drop: Path
) -> None:
    settings_file = drop.parent / "config" / "settings.toml"
    settings_file.write_text(settings_file.read_text() + 'channel = "장터"\n')
    said = ets(exits=2).output
    assert "smartstore/coupang" in said
    assert "cafe24" in said
