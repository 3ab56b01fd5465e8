"""`ets couriers`: each pickup is booked once, whatever fails on the way; news come in once."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from ets_desktop.cli import main
from ets_desktop.cli.courier_rounds import Tally, push_due, track_due
from ets_desktop.couriers.places import Centre
from ets_desktop.couriers.sheets import sheet_courier
from ets_desktop.db.engine import Database
from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.claim_requests import PickupWish
from ets_desktop.services.pickups import CancelPickup, cancel_pickup
from tests.claims import PLACE, requested, shipped_line, wish
from tests.couriers.reference_cj import BIZ_NO, CUST_ID, ReferenceCj, reference_cj, scan
from tests.factories import an_agent, make

#: `ets couriers push` as a process of its own.
PUSH = [sys.executable, "-c", "from ets_desktop.cli import main; main()", "couriers", "push"]
CENTRE = {"name": "반품센터", "phone": "1588-0000", "zipcode": "12345"}
CENTRE |= {"address": "경기도 광주시 초월읍 물류로 1", "address_detail": "2동"}


@pytest.fixture
def database(
    clean_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Database]:
    monkeypatch.setenv("ETS_DATABASE_URL", clean_database)
    monkeypatch.setenv("ETS_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    settings(tmp_path)
    database = Database(clean_database, application_name="tests")
    yield database
    database.close()


@pytest.fixture
def cj(database: Database, tmp_path: Path) -> Iterator[ReferenceCj]:
    """CJ, and settings that lead to it."""
    with reference_cj() as cj:
        settings(tmp_path, base_url=cj.url, cust_id=CUST_ID, biz_no=BIZ_NO, patience_s=1)
        yield cj


def settings(home: Path, **of_cj: object) -> None:
    lines = ["[couriers.centre]", *(f"{name} = {json.dumps(CENTRE[name])}" for name in CENTRE)]
    if of_cj:
        lines += ["[couriers.cj]", *(f"{name} = {json.dumps(of_cj[name])}" for name in of_cj)]
    folder = home / "config"
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text("\n".join(lines), encoding="utf-8")


def wished(database: Database, count: int = 1, courier: str = "cj") -> list[int]:
    """That many pickups, each of an order of its own."""
    agent = make(database, an_agent)
    asked = PickupWish(courier, PLACE)
    made = [
        requested(database, agent, wish(shipped_line(database), pickup=asked)) for _ in range(count)
    ]
    return [one.pickup_id for one in made if one.pickup_id is not None]


def call_off(database: Database, pickup_id: int) -> None:
    database.call(cancel_pickup, CancelPickup(make(database, an_agent).id, pickup_id))


def rows(database: Database, sql: str) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql)).all()))


def states(database: Database) -> list[tuple[str, str, str]]:
    found = rows(database, "SELECT state, send_state, send_error FROM pickup ORDER BY id")
    return [tuple(row) for row in found]


def change(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)) and None)


def due_now(database: Database) -> None:
    change(database, "UPDATE pickup SET send_after = clock_timestamp(), tracked_at = NULL")


def ets(*arguments: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["couriers", *arguments])
    assert result.exit_code == exits, result.output
    return result


def today(hour: str = "094404") -> str:
    return f"{datetime.now(UTC).astimezone(SEOUL):%Y%m%d} {hour}"


def test_what_waits_is_booked_once_as_a_return(database: Database, cj: ReferenceCj) -> None:
    ids = wished(database, 2)
    assert ets("push").stdout == "2 told, 0 missed\n"
    assert ets("push").stdout == ""
    assert [body["CUST_USE_NO"] for body in cj.requests()] == [f"ETS{one}" for one in ids]
    body = cj.requests()[0]
    assert (body["SENDR_NM"], body["RCVR_NM"]) == ("이수취", "반품센터")
    assert [body[f"RCVR_TEL_NO{place}"] for place in (1, 2, 3)] == ["000", "1588", "0000"]
    assert body["ORI_INVC_NO"] == "600000000125"
    assert states(database) == [("accepted", "sent", "")] * 2
    assert cj.tokens_given == 1
    assert (cj.count("RegBook"), cj.booked.keys()) == (2, cj.booked.keys())
    kept = rows(database, "SELECT sent_body, booking_no FROM pickup ORDER BY id")
    assert [row.sent_body for row in kept] == cj.requests(), "word for word, and no token"
    assert kept[0].booking_no == f"ETS{ids[0]}"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("lost", "courier_silent RemoteProtocolError"),
        ("silent", "courier_silent ReadTimeout"),
        ("malformed", "courier_malformed UnicodeDecodeError"),
    ],
)
def test_a_booking_whose_answer_got_lost_is_booked_once(
    database: Database, cj: ReferenceCj, fault: str, error: str
) -> None:
    wished(database)
    cj.faults = [fault]
    ets("push", exits=1)
    assert states(database) == [("requested", "waiting", error)]
    due_now(database)
    ets("push")
    assert states(database) == [("accepted", "sent", "")]
    assert (len(cj.requests()), cj.count("RegBook")) == (1, 2)


def test_a_courier_that_cannot_now_is_asked_later(database: Database, cj: ReferenceCj) -> None:
    wished(database)
    cj.faults = [503]
    ets("push", exits=1)
    assert states(database) == [("requested", "waiting", "courier_busy 503")]
    ets("push")
    assert cj.requests() == [], "not before its time"
    due_now(database)
    ets("push")
    assert len(cj.requests()) == 1


def test_what_is_refused_stands_as_failed_until_it_is_sent_anew(
    database: Database, cj: ReferenceCj
) -> None:
    ids = wished(database, 2)
    cj.faults = ["집배점 폐점 -20004 이수취"]
    ets("push", exits=1)
    refused = ("requested", "failed", "courier_refused -20004")
    assert states(database) == [refused, ("accepted", "sent", "")]
    change(database, "UPDATE pickup SET zipcode = '06000' WHERE send_state = 'failed'")
    ets("retry", str(ids[0]))
    ets("push")
    assert cj.requests()[1]["SENDR_ZIP_NO"] == "06000", "what it refused is made anew"
    assert states(database) == [("accepted", "sent", "")] * 2


def test_a_dead_courier_is_not_knocked_at_for_each_pickup(
    database: Database, tmp_path: Path
) -> None:
    wished(database, 3)
    settings(tmp_path, base_url="http://127.0.0.1:9", cust_id=CUST_ID, biz_no=BIZ_NO)
    ets("push", exits=1)
    assert states(database) == [("requested", "waiting", "courier_unreachable ConnectError")] * 3


def test_who_is_not_known_waits_for_the_settings(
    database: Database, cj: ReferenceCj, tmp_path: Path
) -> None:
    wished(database, 2)
    secret = tmp_path / "biz"
    secret.touch(0o600)
    secret.write_text("000-00-00000\n")
    settings(tmp_path, base_url=cj.url, cust_id=CUST_ID, biz_no_file=str(secret))
    ets("push", exits=1)
    assert states(database) == [("requested", "waiting", "courier_login E")] * 2
    assert cj.count("ReqOneDayToken") == 1
    secret.write_text(BIZ_NO)
    due_now(database)
    ets("push")
    assert states(database) == [("accepted", "sent", "")] * 2


def test_what_was_booked_is_called_off_word_for_word(database: Database, cj: ReferenceCj) -> None:
    first, second = wished(database, 2)
    call_off(database, second)
    ets("push")
    call_off(database, first)
    ets("push")
    (body,) = cj.called_off()
    assert body == cj.requests()[0] | {"REQ_DV_CD": "02"}
    assert states(database) == [("cancelled", "sent", ""), ("cancelled", "", "")]
    due_now(database)
    change(database, "UPDATE pickup SET send_state = 'waiting' WHERE sent_body IS NOT NULL")
    ets("push")
    assert len(cj.called_off()) == 1, "it had that already"


def test_a_calling_off_that_is_refused_is_seen(database: Database, cj: ReferenceCj) -> None:
    (only,) = wished(database)
    ets("push")
    call_off(database, only)
    cj.faults = ["이미 출력된 예약"]
    ets("push", exits=1)
    assert states(database) == [("cancelled", "failed", "courier_refused E")]
    ets("retry", "--all")
    ets("push")
    assert len(cj.called_off()) == 1


def test_what_is_called_off_while_it_is_booked_is_called_off_there_too(
    database: Database, cj: ReferenceCj
) -> None:
    (only,) = wished(database)
    cj.faults = ["silent"]
    pusher = subprocess.Popen(PUSH)
    assert cj.kept_waiting.wait(30)
    call_off(database, only)
    pusher.wait(60)
    due_now(database)
    ets("push")
    assert len(cj.called_off()) == 1
    assert states(database) == [("cancelled", "sent", "")]


def test_two_pushers_book_each_once(database: Database, cj: ReferenceCj) -> None:
    ids = wished(database, 12)
    pushers = [subprocess.Popen(PUSH) for _ in range(2)]
    assert [pusher.wait(60) for pusher in pushers] == [0, 0]
    assert sorted(body["CUST_USE_NO"] for body in cj.requests()) == sorted(f"ETS{i}" for i in ids)
    assert cj.count("RegBook") == 12


def test_a_pusher_that_dies_leaves_what_it_booked_to_the_next(
    database: Database, cj: ReferenceCj, tmp_path: Path
) -> None:
    wished(database, 2)
    settings(tmp_path, base_url=cj.url, cust_id=CUST_ID, biz_no=BIZ_NO, patience_s=30)
    cj.faults = [None, "silent"]
    pusher = subprocess.Popen(PUSH)
    assert cj.kept_waiting.wait(30)
    pusher.kill()
    pusher.wait()
    assert states(database)[1] == ("requested", "waiting", "")
    ets("push")
    assert cj.count("RegBook") == 2, "it may still be on its way"
    due_now(database)
    ets("push")
    assert len(cj.requests()) == 2
    assert states(database) == [("accepted", "sent", "")] * 2


def test_a_token_that_ended_is_asked_for_again(database: Database, cj: ReferenceCj) -> None:
    wished(database, 2)
    cj.faults = [401]
    ets("push")
    assert cj.tokens_given == 2
    assert len(cj.requests()) == 2


def test_scans_move_the_pickup_and_tell_its_waybill(database: Database, cj: ReferenceCj) -> None:
    (only,) = wished(database)
    ets("push")
    cj.scans = [scan(f"ETS{only}", "11", today()), scan("OTHER", "91", today(), "1")]
    ets("track")
    assert rows(database, "SELECT state, return_waybill FROM pickup") == [
        ("collected", "600000000125")
    ]
    assert cj.confirmed == [{"INVC_NO": "600000000125", "CRG_ST": "11"}]
    cj.scans.append(scan(f"ETS{only}", "91", today("180000")))
    ets("track")
    assert states(database)[0][0] == "collected", "not before three hours"
    due_now(database)
    ets("track")
    assert states(database)[0][0] == "arrived"
    asked = len(cj.calls)
    due_now(database)
    ets("track")
    assert len(cj.calls) == asked, "it has come: nobody asks"


def test_a_failure_keeps_the_couriers_code_and_words(database: Database, cj: ReferenceCj) -> None:
    (only,) = wished(database)
    ets("push")
    reason = {"NO_CLDV_RSN_CD": "16", "DETAIL_RSN": "고객 사용중"}
    cj.scans = [scan(f"ETS{only}", "12", today(), **reason)]
    ets("track")
    columns = "state, failure_state, failure_code, failure_text"
    assert rows(database, f"SELECT {columns} FROM pickup") == [
        ("failed", "not_collected", "16", "고객 사용중")
    ]


def test_what_is_older_than_ten_days_is_not_tracked(database: Database, cj: ReferenceCj) -> None:
    wished(database)
    ets("push")
    change(database, "UPDATE pickup SET accepted_at = clock_timestamp() - interval '11 days'")
    ets("track")
    assert cj.count("ReqMssGdsTrc") == 0


def test_a_courier_that_does_not_answer_is_tracked_later(
    database: Database, cj: ReferenceCj
) -> None:
    wished(database)
    ets("push")
    cj.faults = [500]
    ets("track", exits=1)
    change(database, "UPDATE pickup SET return_waybill = '600000000125'")
    due_now(database)
    cj.faults = ["lost"]
    ets("track", exits=1)
    assert states(database) == [("accepted", "sent", "")]


def test_news_of_a_pickup_that_is_not_here_stop_no_other(
    database: Database, cj: ReferenceCj
) -> None:
    (only,) = wished(database)
    ets("push")
    cj.scans = [scan("ETS999999", "11", today()), scan(f"ETS{only}", "11", today())]
    ets("track")
    assert states(database)[0][0] == "collected"


def test_a_database_that_went_away_is_told_and_waited_for() -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/none", application_name="tests")
    courier = sheet_courier("lotte", Centre("반품센터", "경기 광주시 1"), lambda *_: None)
    tally = Tally()
    push_due(away, "lotte", courier, Event(), tally)
    track_due(away, "lotte", courier, tally)
    away.close()
    assert tally == Tally(0, 2)


def test_an_address_is_refined_to_codes(database: Database, cj: ReferenceCj) -> None:
    assert ets("refine", "서울 강남구 역삼동 1").stdout == "5D32 1g 역삼 1 강남 G03-01\n"
    cj.refused_addresses = {"울릉": "-20010 배송지연 가능지역", "폐점": "-20004 점소 폐점"}
    late = json.loads(ets("refine", "--json", "경북 울릉군 1").stdout)
    assert (late["code"], late["warnings"]) == ("5D32", ["refine_may_be_late"])
    assert "refine_may_be_late" in ets("refine", "경북 울릉군 1").stdout
    assert cj.tokens_given == 1, "one for the day, however many ask"
    assert "refine branch closed" in ets("refine", "폐점동 1", exits=2).output


def test_a_sheet_goes_out_and_its_results_come_back(database: Database, tmp_path: Path) -> None:
    first, second = wished(database, 2, "epost")
    file = tmp_path / "회수.xlsx"
    assert ets("sheet", "우체국", str(file)).stdout == "2 in the sheet, 0 missed\n"
    lines = list(load_workbook(file).active.values)  # type: ignore[union-attr]
    sheet = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    assert [row["고객주문번호"] for row in sheet] == [f"ETS{first}", f"ETS{second}"]
    assert sheet[0]["주문인(ord)명"] == "반품센터"
    assert sheet[0]["수취인(rec)명"] == "이수취"
    assert states(database) == [("requested", "sent", "")] * 2
    assert "nothing" in ets("sheet", "epost", str(tmp_path / "b.csv")).stdout
    answer = Workbook()
    assert answer.active is not None
    answer.active.append(["접수 결과"])
    answer.active.append(["고객주문번호", "등기번호"])
    answer.active.append([f"ETS{first}", 6000000000001])
    answer.active.append([f"ETS{second}", ""])
    answer.active.append(["777", "6000000000002"])
    answer.save(tmp_path / "결과.xlsx")
    said = ets("results", "epost", str(tmp_path / "결과.xlsx"), exits=1)
    assert "row 4: result_without_waybill" in said.output
    assert "row 5: result_foreign_key" in said.output
    assert "1 taken, 0 unchanged, 2 at fault" in said.output
    again = ets("results", "epost", str(tmp_path / "결과.xlsx"), exits=1)
    assert "0 taken, 1 unchanged, 2 at fault" in again.output
    found = rows(database, "SELECT state, return_waybill FROM pickup ORDER BY id")
    assert found == [("accepted", "6000000000001"), ("requested", "")]


def test_a_doubtful_waybill_is_told_and_taken(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (only,) = wished(database, 1, "lotte")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    file = tmp_path / "결과.csv"
    file.write_text(f"고객주문번호,운송장번호\nETS{only},600000000125\n", encoding="cp949")
    said = ets("results", "현대택배", str(file)).output
    assert "2행: 송장번호의 검증 숫자가 맞지 않습니다." in said
    assert "1건 반영, 0건 변경 없음, 0건 오류" in said
    other = ets("results", "lotte", str(file.rename(tmp_path / "다른.csv")), exits=0)
    assert "0건 반영, 1건 변경 없음" in other.output
    file.write_text(f"고객주문번호,운송장번호\nETS{only + 1},600000000121\n", encoding="utf-8")
    assert "없는 회수 요청" in ets("results", "lotte", str(file), exits=1).output
    ets("results", "lotte", str(tmp_path / "none.xlsx"), exits=2)


def test_a_retry_names_pickups_or_all(database: Database) -> None:
    ets("retry", exits=2)
    ets("retry", "1", "--all", exits=2)


def test_a_secret_that_others_may_read_and_a_courier_nobody_knows_are_refused(
    database: Database, tmp_path: Path
) -> None:
    secret = tmp_path / "biz"
    secret.write_text("only-for-tests")
    secret.chmod(0o644)
    settings(tmp_path, base_url="http://127.0.0.1:9", cust_id="1", biz_no_file=str(secret))
    said = ets("push", exits=2).output
    assert "courier secret mode" in said
    assert "only-for-tests" not in said
    (tmp_path / "config" / "settings.toml").write_text("[couriers.cjj]\ncust_id = '1'\n")
    assert "courier unknown" in ets("push", exits=2).output


def test_a_csv_sheet_runs_nothing_and_is_never_written_over(
    database: Database, tmp_path: Path
) -> None:
    wished(database, 1, "hanjin")
    change(database, "UPDATE pickup SET note = '=HYPERLINK(1)'")
    file = tmp_path / "a.csv"
    ets("sheet", "한진택배", str(file))
    (row,) = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    assert row["배송메시지"] == "'=HYPERLINK(1)"
    assert "export file exists" in ets("sheet", "hanjin", str(file), exits=2).output
    ets("sheet", "hanjin", str(tmp_path / "a.txt"), exits=2)
    assert "courier no sheet" in ets("sheet", "cj", str(tmp_path / "b.csv"), exits=2).output
    assert "courier unknown" in ets("sheet", "없는택배", str(tmp_path / "b.csv"), exits=2).output


def test_what_a_sheet_cannot_call_off_is_told(database: Database, tmp_path: Path) -> None:
    (only,) = wished(database, 1, "lotte")
    ets("sheet", "lotte", str(tmp_path / "a.xlsx"))
    call_off(database, only)
    ets("sheet", "lotte", str(tmp_path / "b.xlsx"), exits=1)
    assert states(database) == [("cancelled", "failed", "courier_cannot_cancel")]


def test_a_folder_that_cannot_be_written_loses_nothing(database: Database, tmp_path: Path) -> None:
    wished(database, 1, "logen")
    ets("sheet", "logen", str(tmp_path / "gone" / "a.xlsx"), exits=1)
    assert states(database) == [("requested", "waiting", "courier_file FileNotFoundError")]


@pytest.mark.parametrize(
    ("of_cj", "words"),
    [
        ({}, "courier not set"),
        ({"base_url": "ftp://127.0.0.1"}, "base_url"),
        ({"base_url": "http://127.0.0.1", "cust_id": " "}, "cust_id"),
        ({"base_url": "http://127.0.0.1", "cust_id": "1", "biz_no_file": "/nowhere"}, "biz_no"),
        ({"base_url": "http://127.0.0.1", "cust_id": "1", "biz_no": "1", "biz": 1}, "biz"),
        ({"base_url": "http://127.0.0.1", "cust_id": "1", "biz_no": 1}, "biz_no"),
    ],
)
def test_settings_that_lead_nowhere_are_told(
    database: Database, tmp_path: Path, of_cj: dict[str, object], words: str
) -> None:
    settings(tmp_path, **of_cj)
    assert words in ets("push", exits=2).output
