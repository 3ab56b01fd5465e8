"""CJ's words: bodies that its database takes, tokens kept to its rules, answers of every kind."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from ets_desktop.couriers.cj.bodies import (
    Contract,
    address_parts,
    booking,
    calling_off,
    phone_parts,
)
from ets_desktop.couriers.cj.courier import CjCourier
from ets_desktop.couriers.cj.line import CjLine
from ets_desktop.couriers.cj.scans import scans_of
from ets_desktop.couriers.missed import Missed
from ets_desktop.couriers.places import Centre, Goods, Order, Parcel, Wish
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.pickups import PickupState
from tests.couriers.reference_cj import BIZ_NO, CUST_ID, ReferenceCj, reference_cj, refusal, scan

CENTRE = Centre("반품센터", "경기 광주시 초월읍 물류로 1", "2동", "12345", "15880000")
CONTRACT = Contract(CUST_ID, CENTRE)
ORDER = Order(
    "ETS1", date(2026, 11, 22), "이수취", "서울 강남구 역삼동 1", mobile="01000001234",
    wished_on=date(2026, 11, 24), goods=(Goods("티셔츠", 2),),
)  # fmt: skip


class Clock:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, tzinfo=UTC)
        self.waits: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cj() -> Iterator[ReferenceCj]:
    with reference_cj() as cj:
        yield cj


@pytest.fixture
def line(cj: ReferenceCj, clock: Clock) -> Iterator[CjLine]:
    with httpx.Client(base_url=cj.url, timeout=1) as client:
        yield CjLine(client, CUST_ID, BIZ_NO, now=clock, pause=clock.pause)


@pytest.fixture
def courier(line: CjLine) -> CjCourier:
    return CjCourier(line, CONTRACT)


def wish(number: int = 1) -> Wish:
    return Wish(number, f"ETS{number}", booking(CONTRACT, ORDER) | {"CUST_USE_NO": f"ETS{number}"})


def says(**answer: Any) -> CjLine:
    """A line whose far end says the same to everything but a wish for a token."""

    def answered(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/ReqOneDayToken":
            return httpx.Response(200, json={"RESULT_CD": "S", "DATA": {"TOKEN_NUM": "t"}})
        return httpx.Response(**({"status_code": 200} | answer))

    client = httpx.Client(base_url="http://cj", transport=httpx.MockTransport(answered))
    return CjLine(client, CUST_ID, BIZ_NO)


@pytest.mark.parametrize(
    ("digits", "parts"),
    [
        ("0200000000", ("02", "0000", "0000")),
        ("01000001234", ("010", "0000", "1234")),
        ("050400001234", ("0504", "0000", "1234")),
        ("15880000", ("000", "1588", "0000")),
        ("0310000000", ("031", "000", "0000")),
        ("12345", ("000", "1", "2345")),
        ("", ("", "", "")),
    ],
)
def test_a_phone_has_three_parts(digits: str, parts: tuple[str, str, str]) -> None:
    assert phone_parts(digits) == parts


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (("서울 강남구 역삼동 1 2층", ""), ("서울 강남구 역삼동", "1 2층")),
        (("서울 강남구 역삼동 1", "-"), ("서울 강남구 역삼동", "1")),
        (("서울 강남구 역삼동 1", "101동"), ("서울 강남구 역삼동 1", "101동")),
        (("서울 강남구", " "), ("서울", "강남구")),
        (("역삼동", "."), ("역삼동", "역삼동")),
        (("가" * 160, "나"), ("가" * 150, "가" * 10 + " 나")),
        ((f"{'가' * 100} {'나' * 100}", "다"), ("가" * 100, "나" * 100 + " 다")),
    ],
)
def test_neither_part_of_an_address_is_ever_empty(
    typed: tuple[str, str], parts: tuple[str, str]
) -> None:
    assert address_parts(*typed) == parts


def test_a_return_goes_from_the_customer_to_our_centre_without_a_number() -> None:
    body = booking(CONTRACT, ORDER)
    assert (body["RCPT_DV"], body["PRT_ST"], body["INVC_NO"]) == ("02", "01", "")
    assert (body["RCPT_YMD"], body["COLCT_EXPCT_YMD"]) == ("20261122", "20261124")
    assert (body["SENDR_NM"], body["RCVR_NM"]) == ("이수취", "반품센터")
    assert (body["SENDR_ZIP_NO"], body["RCVR_ZIP_NO"]) == ("000000", "12345")
    assert body["SENDR_TEL_NO3"] == body["SENDR_CELL_NO3"] == "1234"
    assert body["ARRAY"] == [{"MPCK_SEQ": 1, "GDS_NM": "티셔츠", "GDS_QTY": 2}]
    assert calling_off(body) == body | {"REQ_DV_CD": "02"}


def test_a_token_lasts_its_day(line: CjLine, cj: ReferenceCj, clock: Clock) -> None:
    line.call("ReqOneGdsTrc", INVC_NO="1")
    line.call("ReqOneGdsTrc", INVC_NO="1")
    assert cj.tokens_given == 1


def test_a_token_that_tells_no_end_is_renewed_after_a_day(clock: Clock) -> None:
    line = says(json={"RESULT_CD": "S"})
    line.now = clock
    line.call("Any")
    clock.now += timedelta(hours=25)
    assert line.call("Any") is None


def test_tokens_are_asked_for_a_second_apart(line: CjLine, cj: ReferenceCj, clock: Clock) -> None:
    line.call("ReqOneGdsTrc", INVC_NO="1")
    cj.token = "token-2"
    line.call("ReqOneGdsTrc", INVC_NO="1")
    assert (cj.tokens_given, clock.waits) == (2, [1.0])


def test_a_key_that_is_never_taken_is_told(line: CjLine, cj: ReferenceCj) -> None:
    cj.faults = [401, 401]
    with pytest.raises(Missed) as caught:
        line.call("ReqOneGdsTrc", INVC_NO="1")
    assert str(caught.value.miss) == "courier_login E401"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status_code": 404}, "courier_refused 404"),
        ({"status_code": 429}, "courier_busy 429"),
        ({"text": "<html>"}, "courier_malformed JSONDecodeError"),
        ({"json": ["S"]}, "courier_malformed RESULT_CD"),
        ({"json": refusal("이수취 ORA-01400 :")}, "courier_refused ORA-01400"),
    ],
)
def test_what_a_failed_call_means(answer: dict[str, Any], told: str) -> None:
    with pytest.raises(Missed) as caught:
        says(**answer).call("Any")
    assert str(caught.value.miss) == told


@pytest.mark.parametrize("content", [{"DATA": {}}, {"DATA": []}, {"DATA": {"TOKEN_NUM": 7}}])
def test_an_answer_without_a_token_is_no_answer(content: dict[str, Any]) -> None:
    told = httpx.Response(200, json={"RESULT_CD": "S"} | content)
    client = httpx.Client(base_url="http://cj", transport=httpx.MockTransport(lambda _: told))
    with pytest.raises(Missed, match="courier_malformed"):
        CjLine(client, CUST_ID, BIZ_NO).call("Any")


def test_a_courier_that_is_away_is_not_asked_for_the_rest(
    courier: CjCourier, cj: ReferenceCj
) -> None:
    cj.faults = ["lost", "lost"]
    booked = [str(result) for _, result in courier.book([wish(1), wish(2)])]
    called_off = [str(miss) for _, miss in courier.cancel([wish(1), wish(2)])]
    assert booked == [f"courier_{why} RemoteProtocolError" for why in ("silent", "unreachable")]
    assert called_off == booked
    assert cj.count("RegBook") == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("-20002 주소 분석 실패", "refine_not_understood"),
        ("-20004 폐점", "refine_branch_closed"),
        ("-20009 배송 불가", "refine_not_delivered"),
    ],
)
def test_an_address_that_is_refused_says_why(
    courier: CjCourier, cj: ReferenceCj, said: str, code: str
) -> None:
    cj.refused_addresses = {"서울": said}
    with pytest.raises(RuleViolation) as caught:
        courier.refine("서울 강남구")
    assert (caught.value.code, caught.value.field) == (code, "address")


def test_routing_without_a_code_is_no_answer_and_other_faults_stay() -> None:
    with pytest.raises(Missed, match="courier_malformed"):
        CjCourier(says(json={"RESULT_CD": "S", "DATA": {}}), CONTRACT).refine("서울")
    with pytest.raises(Missed, match="courier_busy"):
        CjCourier(says(status_code=502), CONTRACT).refine("서울")
    late = CjCourier(says(json=refusal("-20010")), CONTRACT)
    assert late.refine("서울").warnings == ("refine_may_be_late",)


def test_a_parcel_is_tracked_by_its_waybill(courier: CjCourier, cj: ReferenceCj) -> None:
    cj.scans = [scan("ETS1", "41", "20261122 100000", "W1")]
    told = list(courier.track([Parcel(1, "ETS1", "W1")]))
    assert [news[0].state for _, news in told if not isinstance(news, Miss)] == [
        PickupState.IN_TRANSIT
    ] * 2
    assert list(courier.track([])) == []


def test_tracking_ends_where_nobody_answers(courier: CjCourier, cj: ReferenceCj) -> None:
    cj.faults = ["lost"]
    ((_, news),) = courier.track([Parcel(1, "ETS1", "W1"), Parcel(2, "ETS2", "W2")])
    assert str(news) == "courier_silent RemoteProtocolError"


def test_news_that_cannot_be_confirmed_come_again(courier: CjCourier, cj: ReferenceCj) -> None:
    cj.scans = [scan("ETS1", "11", "20261122 100000")]
    cj.faults = [None, None, 503]
    assert len(list(courier.track([Parcel(1, "ETS1")]))) == 1
    assert len(list(courier.track([Parcel(1, "ETS1")]))) == 1
    assert list(courier.track([Parcel(1, "ETS1")])) == []


def test_a_full_heap_of_news_is_told(
    courier: CjCourier, cj: ReferenceCj, caplog: pytest.LogCaptureFixture
) -> None:
    cj.scans = [scan("SHOP", "11", "20261122 100000")] * 500
    assert list(courier.track([Parcel(1, "ETS1")])) == []
    assert "500 scans at once" in caplog.text


def test_news_of_no_form_are_a_miss(clock: Clock) -> None:
    line = says(json={"RESULT_CD": "S", "DATA": "없음"})
    line.now = clock
    ((_, news),) = CjCourier(line, CONTRACT).track([Parcel(1, "ETS1")])
    assert str(news) == "courier_malformed DATA"


def test_a_scan_is_read_with_both_forms_of_its_time_or_left_out() -> None:
    rows = [
        scan("", "84", "2026-11-22 09:44:04", NO_CLDV_RSN_CD="02", CRG_ST_NM="미배송"),
        scan("", "99", "20261122 094404"),
        scan("", "11", "어제"),
    ]
    failed, unknown = scans_of(rows, "ETS1")
    assert (failed.state, failed.failed_at, failed.words) == (None, "not_delivered", "미배송")
    assert failed.at == unknown.at == datetime(2026, 11, 22, 0, 44, 4, tzinfo=UTC)
    assert (unknown.state, unknown.courier_state) == (None, "99")
