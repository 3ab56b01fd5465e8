"""One small export of every channel in its own kind of file, for the contract test."""
# ruff: noqa: E501 - a row of a sheet reads best as one

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.erp.exports import headers
from tests.erp.exports.writing import Rows, row, write_csv, write_html, write_xls, write_xlsx

NAME = "홍가람"
ADDRESS = "경기도 나래구 은모래로 12 101동 202호"


@dataclass(frozen=True, slots=True)
class Sample:
    """`write` makes the file; the rest is what its first order and line must come to."""

    write: Callable[[Path], Path]
    order_no: str
    line_no: str
    product: str = "두루 강아지 간식"
    quantity: int = 2
    amount: int | None = 20_000
    phone: str = "01000001234"
    zipcode: str = "04021"
    ordered_at: str | None = "2026-10-12T08:48:53"
    status: str = "preparing"
    header_row: int = 1


def sheet(header: list[str], values: dict[str, object], above: Rows = (), below: Rows = ()) -> Rows:
    return [*above, header, *below, row(header, values)]


def smartstore(path: Path) -> Path:
    values: dict[str, object] = {
        "상품주문번호": "2026101212345671", "주문번호": "2026101212345678", "구매자명": NAME,
        "수취인명": NAME, "주문상태": "발송대기", "주문세부상태": "발주확인", "상품명": "두루 강아지 간식",
        "옵션정보": "맛: 오리", "수량": 2, "상품가격": 9000, "옵션가격": 1000,
        "상품별 총 주문금액": 20000, "배송비 묶음번호": "344398097", "수취인연락처1": "010-0000-1234",
        "배송지": ADDRESS, "우편번호": "04021", "결제일": "2026-10-12 08:48:53",
    }  # fmt: skip
    notice = ["◈ 다운로드 받은 파일로 '엑셀 일괄발송' 처리하는 방법"]
    rows = sheet(headers.SMARTSTORE_OLD, values, above=[notice])
    return write_xlsx(path.with_suffix(".xlsx"), rows, "발주발송관리")


def coupang(path: Path) -> Path:
    values: dict[str, object] = {
        "번호": 1, "묶음배송번호": 700956594406, "주문번호": 90007554142594, "옵션ID": 80261363127,
        "주문일": "2026-10-12 08:48:53", "등록상품명": "두루 강아지 간식", "등록옵션명": "오리",
        "결제액": 20000, "구매수(수량)": 2, "옵션판매가(판매단가)": 10000, "구매자": NAME,
        "수취인이름": NAME, "수취인전화번호": "010-0000-1234", "우편번호": 4021, "수취인 주소": ADDRESS,
    }  # fmt: skip
    rows = sheet(headers.COUPANG_OLDEST, values, above=[["배송관리"]])
    return write_xlsx(path.with_suffix(".xlsx"), rows, "Delivery")


def cafe24(path: Path) -> Path:
    values: dict[str, object] = {
        "주문번호": "20261012-0000018", "품목별 주문번호": "20261012-0000018-01",
        "주문일시": "2026-10-12 08:48:53.123", "주문 상태": "배송준비중", "주문자명": NAME,
        "수령인": NAME, "수령인 휴대전화": "010-0000-1234", "수령인 우편번호": "04021",
        "수령인 주소": "경기도 나래구 은모래로 12", "수령인 상세 주소": "101동 202호",
        "주문상품명": "두루 강아지 간식", "수량": "2", "옵션+판매가": "10,000",
        "상품구매금액": "20,000", "총 주문금액": "20,000", "총 결제금액": "23,000",
    }  # fmt: skip
    rows = sheet(headers.CAFE24_RESAVED, values)
    return write_csv(path.with_suffix(".csv"), rows, "utf-8-sig")


def st11(path: Path) -> Path:
    values: dict[str, object] = {
        "번호": "1", "주문상태": "배송준비중", "주문번호": "20261012123456789", "주문순번": "1",
        "결제일시": "2026/10/12 08:48:53", "배송번호": "1234567890", "상품명": "두루 강아지 간식",
        "옵션": "맛:오리-1개", "수량": "2", "주문금액": "20,000", "수취인": NAME,
        "휴대폰번호": "010-0000-1234", "전화번호": "-", "우편번호": "04021", "주소": ADDRESS,
        "구매자": NAME, "구매자ID": "gar***", "판매단가": "10,000", "옵션가": "0", "택배사코드": "00034",
    }  # fmt: skip
    rows = sheet(headers.ST11, values, above=[["발송처리 목록"]])
    return write_xls(path.with_suffix(".xls"), rows, "Sheet")


def esm(path: Path) -> Path:
    values: dict[str, object] = {
        "판매아이디": "지마켓(garam)", "주문번호": 2512345678.0, "주문상태": "발송대기",
        "상품명": "두루 강아지 간식", "주문일(결제확인전)": 46307.36728009259, "수령인명": NAME,
        "구매자명": NAME, "수량": 2.0, "옵션": "맛:오리", "판매단가": 10000, "판매금액": 20000,
        "수령인 휴대폰": "010-0000-1234", "수령인 전화번호": "-", "우편번호": "04021", "주소": ADDRESS,
        "장바구니번호(결제번호)": 3812345678.0, "구매자 휴대폰": "-", "배송번호": 1512345678.0,
    }  # fmt: skip
    return write_xlsx(path.with_suffix(".xlsx"), sheet(headers.ESM, values), "Sheet 1")


def ezadmin(path: Path) -> Path:
    values: dict[str, object] = {
        "관리번호": "1234567", "판매처": "쿠팡", "주문번호": "0012345678901234567", "상태": "접수",
        "CS": "정상", "상품코드": "S0001", "상품명": "두루 강아지 간식", "옵션명": "오리",
        "주문수량": "2", "상품수량": "2", "판매가": "20000", "주문일": "2026-10-12",
        "주문시간": "08:48:53", "수령자우편번호": "04021", "수령자주소": ADDRESS, "주문자이름": "홍○람",
        "수령자이름": NAME, "수령자휴대폰": "", "수령자전화": "010-0000-1234", "주문상세번호": "9001",
    }  # fmt: skip
    return write_html(path.with_suffix(".xls"), sheet(headers.EZADMIN, values))


def sabangnet(path: Path) -> Path:
    values: dict[str, object] = {
        "주문일시(YYYY-MM-DD HH:MM)": "2026-10-12 08:48", "주문번호(사방넷)": "123456789",
        "주문번호(쇼핑몰)": "90007554142594", "쇼핑몰명(1)": "쿠팡", "주문상태": "주문확인",
        "주문자명": "********", "주문자전화번호1": "********", "수취인명": NAME,
        "수취인전화번호1": "01000001234", "수취인우편번호(1)": "04021", "수취인주소(1)": ADDRESS,
        "상품명(수집)": "두루 강아지 간식", "옵션(수집)": "오리", "수량": "2", "주문금액": "20000",
    }  # fmt: skip
    rows = sheet(headers.SABANGNET, values)
    return write_xlsx(path.with_suffix(".xlsx"), rows, "20261012_주문서확인처리_기본양식")


def playauto(path: Path) -> Path:
    values: dict[str, object] = {
        "주문고유번호": "10012345", "판매사이트명": "11번가", "주문일": "2026-10-12 08:48:53",
        "상태": "출고대기", "판매사이트 주문번호": "20261012123456789", "상품명": "두루 강아지 간식",
        "주문선택사항": "오리", "판매가": "20000", "주문수량": "2", "구매자명": NAME, "수령자명": NAME,
        "수령자휴대폰번호": "010-0000-1234", "배송지우편번호": "04021", "배송지주소": ADDRESS,
    }  # fmt: skip
    rows = sheet(headers.PLAYAUTO_EMP, values)
    return write_xls(path.with_suffix(".xls"), rows, "2026-10-12")


def lotteon(path: Path) -> Path:
    values: dict[str, object] = {
        "주문번호": "2026101212345678", "주문순번": "1", "주문상태": "상품준비",
        "합배송그룹번호": "777", "상품명": "두루 강아지 간식", "옵션명": "오리", "판매단가": "10000",
        "수량": "2", "주문접수일시": "2026-10-12 08:48:53", "우편번호": "04021",
        "수취인 배송지": ADDRESS, "수취인명": NAME, "수취인 휴대폰번호": "010-0000-1234",
        "주문자명": NAME, "실 결제금액": "20000",
    }  # fmt: skip
    return write_xlsx(path.with_suffix(".xlsx"), sheet(headers.LOTTE_ON, values), "sheet1")


def toss(path: Path) -> Path:
    values: dict[str, object] = {
        "주문번호": "T2026101200001", "주문상품번호": "88001", "주문상태": "상품준비중",
        "상품명": "두루 강아지 간식", "옵션명": "오리", "주문건수": "2", "구매자명": NAME,
        "수령인명": NAME, "수령인 연락처": "010-0000-1234", "우편번호": "04021", "배송지": ADDRESS,
        "주문일시": "2026-10-12 08:48:53", "주문금액": "20,000원", "배송비 묶음 번호": "5501",
    }  # fmt: skip
    guide = [["주문 정보를 수정한 뒤 업로드해주세요."]]
    note = [["수정 불가" if i % 3 else "수정 가능" for i in range(len(headers.TOSS))]]
    rows = sheet(headers.TOSS, values, above=guide, below=note)
    return write_xlsx(path.with_suffix(".xlsx"), rows)


def kakao(path: Path) -> Path:
    values: dict[str, object] = {
        "결제번호": "300112233", "주문번호": "400112233", "주문상태": "배송준비중",
        "채널상품번호": "12345", "상품명": "두루 강아지 간식", "옵션": "오리", "수량": 2,
        "수령인명": NAME, "수령인연락처1": 1000001234, "하이픈포함 수령인연락처1": "010-0000-1234",
        "배송지주소": ADDRESS, "우편번호": "04021", "주문일": "2026-10-12 08:48:53",
        "상품금액": 20000, "최초배송비번호": "600112233",
    }  # fmt: skip
    return write_xlsx(path.with_suffix(".xlsx"), sheet(headers.KAKAO, values), "Sheet0")


def ohouse(path: Path) -> Path:
    values: dict[str, object] = {
        "주문번호": "701", "주문상품번호": "702", "주문옵션번호": "703", "묶음배송그룹": "704",
        "주문상태": "배송준비", "상품명": "두루 강아지 간식", "옵션명": "오리", "수량": "2",
        "판매가": "10000", "판매가 * 수량": "20000", "주문결제완료일": "2026.10.12  08:48:53 AM",
        "주문자명": NAME, "수취인명": NAME, "수취인 연락처": "010-0000-1234",
        "수취인 우편번호": "04021", "수취인 주소": "경기도 나래구 은모래로 12",
        "수취인 주소상세": "101동 202호",
    }  # fmt: skip
    return write_xlsx(path.with_suffix(".xlsx"), sheet(headers.OHOUSE, values))


def tmon(path: Path) -> Path:
    header = ["번호", "주문번호", "주문자", "상품명", "옵션", "판매가", "수량", "주문일", "수령인", "연락처",
              "주소", "우편번호", "메모"]  # fmt: skip
    values: dict[str, object] = {
        "주문번호": "8801234567^0^1", "주문자": NAME, "상품명": "두루 강아지 간식", "옵션": "오리",
        "판매가": "10000", "수량": "2", "주문일": "2026-10-12 08:48:53", "수령인": NAME,
        "연락처": "010-0000-1234", "주소": ADDRESS, "우편번호": "04021",
    }  # fmt: skip
    return write_xls(path.with_suffix(".xls"), sheet(header, values), "주문관리")


def wemakeprice(path: Path) -> Path:
    header = ["주문ID", "주문일", "주문자", "업체상품코드", "상품명", "옵션", "수량", "판매가", "수령인",
              "연락처", "우편번호", "주소", "메모"]  # fmt: skip
    values: dict[str, object] = {
        "주문ID": "990123456", "주문일": "2026-10-12 08:48:53", "주문자": NAME, "업체상품코드": "W1",
        "상품명": "두루 강아지 간식", "옵션": "오리", "수량": "2", "판매가": "10000", "수령인": NAME,
        "연락처": "010-0000-1234", "우편번호": "04021", "주소": ADDRESS,
    }  # fmt: skip
    return write_xls(path.with_suffix(".xls"), sheet(header, values), "Worksheet")


SAMPLES: dict[str, Sample] = {
    "smartstore": Sample(smartstore, "2026101212345678", "2026101212345671", header_row=2),
    "coupang": Sample(coupang, "90007554142594", "80261363127", header_row=2),
    "cafe24": Sample(cafe24, "20261012-0000018", "20261012-0000018-01"),
    "st11": Sample(st11, "20261012123456789", "1", header_row=2),
    "esm": Sample(esm, "2512345678", "2512345678"),
    "ezadmin": Sample(ezadmin, "0012345678901234567", "9001", status="paid"),
    "sabangnet": Sample(sabangnet, "90007554142594", "123456789", ordered_at="2026-10-12T08:48:00"),
    "playauto": Sample(playauto, "20261012123456789", "10012345", status="ready_to_ship"),
    "lotteon": Sample(lotteon, "2026101212345678", "1"),
    "toss": Sample(toss, "T2026101200001", "88001", header_row=2),
    "kakao": Sample(kakao, "300112233", "400112233"),
    "ohouse": Sample(ohouse, "701", "703"),
    "tmon": Sample(tmon, "8801234567", "두루 강아지 간식 / 오리"),
    "wemakeprice": Sample(wemakeprice, "990123456", "W1 / 오리"),
}
