"""Imports into a real database: whole records, idempotency, updates, and what is never lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.cli.order_record import record_of
from ets_desktop.db.engine import Database
from ets_desktop.domain.topics import EVERYTHING, order_topic
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.queries.order_record import line_records, order_records
from ets_desktop.services import order_import
from ets_desktop.services.order_import import ImportedOrders, ImportOrders, import_orders
from tests.erp.exports import headers
from tests.erp.exports.writing import row, write_csv, write_xlsx

RECORDINGS = Path(__file__).parents[1] / "recordings" / "exports"
FULL: dict[str, Any] = json.loads((RECORDINGS / "EXPECTED.full.json").read_text(encoding="utf-8"))
SAID: dict[str, Any] = json.loads((RECORDINGS / "EXPECTED.json").read_text(encoding="utf-8"))


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


def imported(database: Database, file: Path, password: str | None = None) -> ImportedOrders:
    command = ImportOrders(file.name, open_export(file, password))
    return database.call(import_orders, command).value


def counts(done: ImportedOrders) -> tuple[int, int, int]:
    return done.created, done.updated, done.unchanged


def record(database: Database, number: str, channel: str | None = None) -> dict[str, Any]:
    def find(session: Session) -> dict[str, Any]:
        (order,) = order_records(session, number, [channel] if channel else None)
        return record_of(order, line_records(session, order.id))

    return database.call(find)


def all_records(database: Database, channel: str) -> dict[str, dict[str, Any]]:
    def read(session: Session) -> dict[str, dict[str, Any]]:
        numbers = session.scalars(text("SELECT order_no FROM sales_order ORDER BY id")).all()
        found = [order_records(session, number, [channel]) for number in numbers]
        return {
            order.channel_order_no: record_of(order, line_records(session, order.id))
            for orders in found
            for order in orders
        }

    return database.call(read)


def scalar(database: Database, statement: str) -> Any:
    return database.call(lambda session: session.scalar(text(statement)))


# The recorded files


@pytest.mark.parametrize("name", list(FULL))
def test_every_record_of_a_recorded_file_is_stored_as_expected(
    database: Database, name: str
) -> None:
    expected = SAID[name]
    done = imported(database, RECORDINGS / name, expected.get("password"))
    assert counts(done) == (expected["lines"], 0, 0)
    stored = all_records(database, expected["channel"])
    for one in stored.values():
        assert one.pop("ets_order_no").startswith("S")
    assert stored == {one["order_no"]: one for one in FULL[name]}


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    for name in ("cafe24.csv", "coupang.xlsx"):
        imported(database, RECORDINGS / name)
    before = scalar(database, "SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM sales_order o")
    lines = scalar(database, "SELECT md5(string_agg(l::text, '' ORDER BY id)) FROM order_line l")
    for name in ("cafe24.csv", "coupang.xlsx"):
        assert counts(imported(database, RECORDINGS / name)) == (0, 0, 300)
    assert before == scalar(
        database, "SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM sales_order o"
    )
    assert lines == scalar(
        database, "SELECT md5(string_agg(l::text, '' ORDER BY id)) FROM order_line l"
    )


def test_a_later_file_updates_the_orders_it_shares(database: Database) -> None:
    imported(database, RECORDINGS / "smartstore.xlsx")
    done = imported(database, RECORDINGS / "smartstore_locked.xlsx", "1234")
    assert counts(done) == (250, 30, 20)
    assert scalar(database, "SELECT count(*) FROM sales_order") == 217 + 214 - 40
    stored = all_records(database, "smartstore")
    for expected in FULL["smartstore_locked.xlsx"]:
        found = stored[expected["order_no"]]
        assert {name: found[name] for name in expected} == expected
    assert counts(imported(database, RECORDINGS / "smartstore_locked.xlsx", "1234")) == (0, 0, 300)


def test_changed_orders_are_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(database, RECORDINGS / "smartstore.xlsx")
    command = ImportOrders("b", open_export(RECORDINGS / "smartstore_locked.xlsx", "1234"))
    touched = database.call(import_orders, command).touched
    assert len(touched) == 40
    assert order_topic(1) in touched or all(topic.startswith("order/") for topic in touched)
    monkeypatch.setattr(order_import, "_MOST_TOPICS", 5)
    again = ImportOrders("a", open_export(RECORDINGS / "smartstore.xlsx"))
    assert database.call(import_orders, again).touched == {EVERYTHING}


# What a file that knows less must not take away


def smartstore_file(path: Path, **values: object) -> Path:
    """A 72-column-like file with one line; `values` are by header name."""
    header = [*headers.SMARTSTORE_OLD, "주문일시"]
    cells: dict[str, object] = {
        "상품주문번호": "2026101200000011", "주문번호": "2026101200000010", "구매자명": "홍가람",
        "수취인명": "홍나래", "주문상태": "배송중", "상품명": "감귤", "옵션정보": "5kg", "수량": 1,
        "상품가격": 9000, "상품별 총 주문금액": 9000, "수취인연락처1": "010-0000-1234",
        "구매자연락처": "010-0000-5678", "배송지": "경기도 나래구 은모래로 12", "우편번호": "04021",
        "배송메세지": "문 앞", "주문일시": "2026-10-12 08:48:53", "송장번호": "600000001234",
        "택배사": "CJ대한통운", "배송비 묶음번호": "344398097", **values,
    }  # fmt: skip
    return write_xlsx(path, [header, row(header, cells)])


NUMBER = "2026101200000010"


def test_a_shorter_layout_leaves_what_it_does_not_tell(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    before = record(database, NUMBER)
    values: dict[str, object] = {
        "상품주문번호": "2026101200000011", "주문번호": NUMBER, "상품명": "감귤", "옵션정보": "5kg",
        "수량": 1, "주문일시": "2026-10-12 08:48:53", "주문상태": "배송완료", "수취인명": "홍나래",
        "구매자명": "홍가람",
    }  # fmt: skip
    shorter = [headers.SMARTSTORE_QUERY, row(headers.SMARTSTORE_QUERY, values)]
    assert counts(imported(database, write_xlsx(tmp_path / "b.xlsx", shorter))) == (0, 1, 0)
    after = record(database, NUMBER)
    assert after["lines"][0].pop("status") == "배송완료"
    assert before["lines"][0].pop("status") == "배송중"
    assert after == before


def test_a_masked_person_never_replaces_a_known_one(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    before = record(database, NUMBER)
    masked = {
        "구매자명": "홍**", "수취인명": "홍*래", "수취인연락처1": "010-****-1234",
        "구매자연락처": "0502-****-5757", "배송지": "경기도 나래구 ***",
    }  # fmt: skip
    done = imported(database, smartstore_file(tmp_path / "b.xlsx", **masked))
    assert counts(done) == (0, 0, 1)
    assert record(database, NUMBER) == before


def test_a_person_unmasked_later_becomes_known(database: Database, tmp_path: Path) -> None:
    masked = {"수취인명": "홍*래", "수취인연락처1": "010-****-1234"}
    imported(database, smartstore_file(tmp_path / "a.xlsx", **masked))
    assert record(database, NUMBER)["masked"] == {
        "recipient": "홍*래",
        "recipient_phone": "010-****-1234",
    }
    assert scalar(database, "SELECT recipient_initials FROM sales_order") is None
    assert counts(imported(database, smartstore_file(tmp_path / "b.xlsx"))) == (0, 1, 0)
    after = record(database, NUMBER)
    assert (after["masked"], after["recipient"]) == ({}, "홍나래")
    assert scalar(database, "SELECT recipient_initials FROM sales_order") == "ㅎㄴㄹ"


def test_a_damaged_tracking_number_never_replaces_a_whole_one(
    database: Database, tmp_path: Path
) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    done = imported(database, smartstore_file(tmp_path / "b.xlsx", 송장번호="6E+11"))
    assert counts(done) == (0, 0, 1)
    line = record(database, NUMBER)["lines"][0]
    assert line["tracking_no"] == "600000001234"
    assert "tracking_damaged" not in line


def test_a_whole_tracking_number_replaces_a_damaged_one(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx", 송장번호="6E+11"))
    assert record(database, NUMBER)["tracking_damaged"] is True
    imported(database, smartstore_file(tmp_path / "b.xlsx"))
    after = record(database, NUMBER)
    assert after["lines"][0]["tracking_no"] == "600000001234"
    assert "tracking_damaged" not in after


def test_a_cleared_tracking_number_is_cleared(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    cleared = smartstore_file(tmp_path / "b.xlsx", 송장번호="", 택배사="")
    assert counts(imported(database, cleared)) == (0, 1, 0)
    assert record(database, NUMBER)["lines"][0]["tracking_no"] == ""


def test_a_day_taken_from_the_number_does_not_replace_the_time(
    database: Database, tmp_path: Path
) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    dateless = smartstore_file(tmp_path / "b.xlsx", 주문일시="", 결제일="")
    assert counts(imported(database, dateless)) == (0, 0, 1)
    assert record(database, NUMBER)["ordered_at"] == "2026-10-12T08:48:53"


def test_an_order_without_any_date_says_so(database: Database, tmp_path: Path) -> None:
    header = headers.CAFE24_SMALL
    values: dict[str, object] = {
        "주문번호": "A-17",
        "수령인": "홍가람",
        "주문상품명": "감귤",
        "수량": "2",
    }
    imported(database, write_csv(tmp_path / "a.csv", [header, row(header, values)]))
    assert record(database, "A-17")["ordered_at"] is None


def test_a_new_address_is_taken_over(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    moved = smartstore_file(tmp_path / "b.xlsx", 배송지="부산광역시 라온시 물빛로 1")
    assert counts(imported(database, moved)) == (0, 1, 0)
    assert record(database, NUMBER)["address"] == "부산광역시 라온시 물빛로 1"


# Products, names, runs


def test_products_and_names_are_made_once(database: Database) -> None:
    imported(database, RECORDINGS / "coupang.xlsx")
    products = scalar(database, "SELECT count(*) FROM product")
    names = scalar(database, "SELECT count(*) FROM person_name")
    imported(database, RECORDINGS / "coupang.xlsx")
    assert scalar(database, "SELECT count(*) FROM product") == products == 12
    assert scalar(database, "SELECT count(*) FROM person_name") == names > 100
    assert scalar(
        database,
        "SELECT bool_and(n.name IS NOT NULL) FROM sales_order o"
        " LEFT JOIN person_name n ON n.name = o.recipient_name",
    )


def test_a_file_without_product_codes_finds_the_product_by_name(
    database: Database, tmp_path: Path
) -> None:
    database.call(
        lambda s: s.execute(text("INSERT INTO product (name, code) VALUES ('감귤', 'G')"))
    )
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    assert scalar(database, "SELECT count(*) FROM product") == 1


def test_a_run_is_remembered_without_anybody_in_it(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "내 주문.xlsx", 수량="세개"))
    run = scalar(database, "SELECT to_jsonb(r) FROM import_run r")
    assert run["file"] == "내 주문.xlsx"
    assert run["finished_at"]
    assert run["result"]["bad"] == [[2, "수량", "not_a_number"]]
    assert run["result"]["values"] == {"bad": ["세*"], "suspect": []}
    assert "010" not in json.dumps(run["result"])


def test_what_stood_in_a_bad_cell_is_kept_masked(database: Database, tmp_path: Path) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx", 수량="010-0000-1234"))
    run = scalar(database, "SELECT result FROM import_run")
    assert run["values"]["bad"] == ["***-****-1234"]
    assert (run["bad_count"], run["suspect_count"]) == (1, 0)
    imported(database, smartstore_file(tmp_path / "b.xlsx"))
    clean = scalar(database, "SELECT result FROM import_run ORDER BY id DESC LIMIT 1")
    assert "values" not in clean


def test_orders_of_two_channels_with_one_number_are_two_orders(
    database: Database, tmp_path: Path
) -> None:
    imported(database, smartstore_file(tmp_path / "a.xlsx"))
    header = headers.LOTTE_ON
    values: dict[str, object] = {
        "주문번호": NUMBER, "주문순번": "1", "상품명": "감귤", "수량": "1",
        "주문접수일시": "2026-10-12 08:48:53",
    }  # fmt: skip
    imported(database, write_xlsx(tmp_path / "b.xlsx", [header, row(header, values)]))
    found = database.call(order_records, NUMBER, None)
    assert {order.channel for order in found} == {"smartstore", "lotteon"}
    assert record(database, NUMBER, "lotteon")["orderer"] == ""


def test_a_file_refused_half_way_leaves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ets_desktop.erp.exports import parse

    file = RECORDINGS / "cafe24.csv"
    monkeypatch.setattr(parse, "MOST_ROWS", 200)
    with pytest.raises(Refused):
        imported(database, file)
    assert scalar(database, "SELECT count(*) FROM sales_order") == 0
    assert scalar(database, "SELECT count(*) FROM import_run") == 0


def test_batches_come_to_the_same_as_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ets_desktop.erp.exports import parse

    monkeypatch.setattr(parse, "BATCH_ROWS", 7)
    monkeypatch.setattr(parse, "QUIET_ROWS", 4)
    name = "smartstore.xlsx"
    assert counts(imported(database, RECORDINGS / name)) == (300, 0, 0)
    stored = all_records(database, "smartstore")
    for one in stored.values():
        one.pop("ets_order_no")
    assert stored == {one["order_no"]: one for one in FULL[name]}
    assert counts(imported(database, RECORDINGS / name)) == (0, 0, 300)


def test_the_erp_login_may_import(database: Database) -> None:
    def as_erp(session: Session) -> ImportedOrders:
        session.execute(text("SET LOCAL ROLE ets_erp"))
        return import_orders(
            session, ImportOrders("a", open_export(RECORDINGS / "cafe24.csv"))
        ).value

    assert database.call(as_erp).created == 300


def test_a_damaged_order_number_is_stored_as_damaged(database: Database, tmp_path: Path) -> None:
    header = ["관리번호", "판매처", "주문번호", "상품명", "주문수량"]
    table = [
        header,
        ["77", "쿠팡", "1.00012E+17", "감귤", "1"],
        ["78", "쿠팡", "1.00012E+17", "배", "2"],
    ]
    imported(database, write_csv(tmp_path / "a.csv", table))
    shown = record(database, "1.00012E+17~77")
    assert (shown["order_no_damaged"], shown["mall"]) == (True, "쿠팡")
    assert counts(imported(database, tmp_path / "a.csv")) == (0, 0, 2)


def test_text_that_looks_like_copy_syntax_is_stored_as_it_stands(
    database: Database, tmp_path: Path
) -> None:
    memo = "\\N 탭\t줄\n역\\슬래시 \\. 끝"
    imported(database, smartstore_file(tmp_path / "a.xlsx", 배송메세지=memo))
    assert record(database, NUMBER)["memo"] == memo


def test_orders_whose_rows_stand_far_apart_are_whole_all_the_same(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ets_desktop.erp.exports import parse

    monkeypatch.setattr(parse, "BATCH_ROWS", 5)
    monkeypatch.setattr(parse, "QUIET_ROWS", 2)
    header = headers.CAFE24_SMALL
    table = [header] + [
        row(
            header,
            {
                "주문번호": f"A-{n % 10}",
                "주문상품명": f"감귤 {n}",
                "수량": "1",
                "주소": f"물빛로 {n}",
            },
        )
        for n in range(30)
    ]
    file = write_csv(tmp_path / "a.csv", table)
    assert counts(imported(database, file)) == (30, 0, 0)
    shown = record(database, "A-3")
    assert [line["product"] for line in shown["lines"]] == ["감귤 3", "감귤 13", "감귤 23"]
    assert shown["address"] == "물빛로 3"
    assert counts(imported(database, file)) == (0, 0, 30)
    assert scalar(database, "SELECT count(*) FROM import_run") == 2
