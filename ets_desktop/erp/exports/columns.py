"""Header names: how they are compared, and which canonical field each one fills.

A name matches whole, never in part: a substring once took 배송지우편번호 for 배송지.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ets_desktop.erp.exports.cells import Cell, text_of

Columns = Mapping[str, tuple[str, ...]]

#: A header name is short; a long first row is a notice.
_LONGEST_NAME = 80
_NOISE = re.compile(r"[\s*＊·\u200b\ufeff\"'_]|\((?:KRW|원|필수|선택)\)")
_WHOLLY_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


@lru_cache(maxsize=4096)
def normalised(name: str) -> str:
    """A header name for comparing: no blanks of any width, no stars, no (KRW), one spelling."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", name)).upper()
    if whole := _WHOLLY_BRACKETED.fullmatch(plain):
        plain = whole[1]
    return plain.replace("메세지", "메시지").replace("수령자", "수령인").replace("수취자", "수취인")


def normalised_row(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The comparable names of a row; what is too long to be a name counts as blank."""
    texts = (text_of(cell) for cell in cells)
    return tuple(normalised(text) if len(text) <= _LONGEST_NAME else "" for text in texts)


def located(names: Sequence[str], columns: Columns) -> dict[str, tuple[int, ...]]:
    """Where each canonical field stands: column indexes, best synonym first, copies behind it."""
    places: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        if name:
            places.setdefault(name, []).append(index)
    found: dict[str, tuple[int, ...]] = {}
    for field, synonyms in columns.items():
        indexes = [i for synonym in synonyms for i in places.get(normalised(synonym), ())]
        if indexes:
            found[field] = tuple(dict.fromkeys(indexes))
    return found


#: What most channels call a thing; a preset's own names for a field replace the common ones.
COMMON: Columns = {
    "order_no": ("주문번호",),
    "ordered_at": ("주문일시", "주문일", "주문일자", "주문날짜"),
    "paid_at": ("결제일시", "결제일", "결제완료일", "결제일시(입금확인일)", "결제완료일시"),
    "orderer": ("주문자명", "구매자명", "주문자이름", "주문자", "구매자", "주문자 성명"),
    "orderer_phone": (
        "주문자휴대폰번호", "주문자 휴대폰", "주문자휴대폰", "주문자 휴대전화", "주문자핸드폰",
        "구매자휴대폰번호", "구매자 휴대폰", "구매자연락처", "구매자 연락처", "주문자 연락처",
        "주문자전화번호1", "주문자전화번호2", "주문자 일반전화", "주문자전화번호", "주문자전화",
        "구매자전화번호", "구매자 전화번호", "주문자전화2",
    ),
    "orderer_login": ("주문자ID", "구매자ID", "구매자아이디", "주문자 아이디"),
    "orderer_email": ("주문자 이메일", "구매자이메일", "주문자이메일"),
    "recipient": (
        "수취인명", "수령인명", "수령인", "수취인", "수취인이름", "수령인이름", "받는사람",
        "받는분",
    ),
    "recipient_phone": (
        "수취인휴대폰번호", "수취인 휴대폰", "수취인핸드폰번호", "수취인 휴대폰번호",
        "수령인휴대폰번호", "수령인 휴대폰", "수령인 휴대전화", "수령인휴대폰",
        "수취인연락처1", "수령인연락처1", "수취인 연락처", "수령인 연락처",
        "수취인전화번호1", "수취인연락처2", "수령인연락처2", "수취인전화번호2",
        "수취인전화번호", "수령인전화번호", "수령인 전화번호", "수령인전화", "수령인전화2",
    ),
    "zipcode": ("우편번호", "수취인우편번호", "수령인우편번호", "배송지우편번호"),
    "address": (
        "주소", "수취인주소", "수령인주소", "배송지주소", "배송지", "수령인 주소(전체)",
        "수취인 배송지",
    ),
    "address_detail": ("상세주소", "수령인 상세 주소"),
    "memo": (
        "배송메시지", "배송메모", "주문요청사항", "배송시 요구사항", "배송 요청사항",
    ),
    "customs_id": (
        "개인통관고유부호", "개인통관번호", "개인통관번호(PCCC)", "통관번호", "수령인 통관번호",
        "수령인 통관정보", "수취인 개인통관고유부호",
    ),
    "payment_method": ("결제수단",),
    "product": ("상품명", "주문상품명", "등록상품명", "온라인상품명"),
    "option": ("옵션명", "옵션", "옵션정보", "상품옵션", "주문옵션", "등록옵션명", "선택사항"),
    "product_code": (
        "판매자 상품코드", "자체 상품코드", "업체상품코드", "판매자 관리코드", "자체상품코드",
        "상품 관리 코드", "판매자상품번호", "판매자상품코드", "판매자 내부 상품번호",
    ),
    "quantity": ("수량", "주문수량", "구매수(수량)", "구매수"),
    "status": ("주문상태", "주문 상태", "상태"),
    "carrier": (
        "택배사", "택배사명", "배송업체", "배송사", "배송사명", "택배사명(발송방법)",
        "배송정보(택배사)",
    ),
    "tracking_no": ("운송장번호", "송장번호", "송장번호/운송장번호"),
    "shipped_at": ("발송처리일", "발송일", "발송완료일시", "발송처리일시", "배송시작일"),
    "delivered_at": ("배송완료일", "배송완료일시"),
}  # fmt: skip
