"""The channels' status words, as the nine order statuses of the product (spec 00, order_status).

The channel's own word is always kept beside. What the nine do not tell apart goes where the goods
are: return and exchange words leave the order `delivered` (the claim is a thing of its own), a
cancel that is only asked for puts it `on_hold`. An unknown word counts as `paid`, or as `shipping`
once there is a tracking number.
"""

import re
from collections.abc import Mapping

_WORDS: dict[str, str] = {
    "awaiting_payment": """
        입금전 입금대기 입금확인중 입금예정 결제대기 결제대기중 미결제 미입금 결제중""",
    "paid": """
        결제완료 결제확인 입금완료 입금확인 신규주문 신규 주문접수 주문완료 접수 주문""",
    "preparing": """
        상품준비 상품준비중 상품준비완료 배송준비 배송준비중 주문확인 발주확인 발주완료 발송대기
        발송처리필요 출고지시 배송지시 배송지연 발송기한경과 포장중 확인""",
    "ready_to_ship": """
        출고대기 배송대기 출고준비 출고준비중 발송준비 송장 송장입력 송장출력 운송장출력
        운송장입력""",
    "shipping": """
        배송중 배송시작 출고완료 발송완료 발송처리 출고 배송 발송 집화완료 국내배송중
        해외배송중""",
    "delivered": """
        배송완료 수취완료 도착 배달완료 도착완료 회수요청 수거중 수거완료
        반품 반품요청 반품접수 반품신청 반품진행 반품수거중 반품처리중 반품완료 반품보류 반품거부
        교환 교환요청 교환접수 교환신청 교환진행 교환수거중 교환처리중 교환완료 교환보류 교환거부
        교환재배송중""",
    "confirmed": """
        구매확정 구매결정 구매결정완료 거래완료 구매완료 자동구매확정 정산완료""",
    "cancelled": """
        취소 취소완료 미결제취소 미입금취소 입금전취소 입금전취소완료 결제취소 주문취소 판매취소
        구매취소 취소처리완료 직권취소 품절취소""",
    "on_hold": """
        취소요청 취소접수 취소신청 취소진행 취소처리중 취소중 보류 주문보류 결제보류 발송보류
        배송보류 출고보류""",
}
STATUS_OF_WORD: dict[str, str] = {
    word: status for status, words in _WORDS.items() for word in words.split()
}
_TAIL = re.compile(r"[-–(\[/].*$")


def order_status_of(word: str, detail: str, overrides: Mapping[str, str], *, shipped: bool) -> str:
    """The order status for a channel's `word` and its `detail`.

    Tried in turn: the channel's overrides for "word/detail" and for the word, the common words;
    blanks do not count, nor what follows a hyphen ("입금전 취소 - 관리자").
    """
    joined = "".join(word.split())
    both = f"{joined}/{''.join(detail.split())}"
    if both in overrides:
        return overrides[both]
    for candidate in (joined, _TAIL.sub("", joined)):
        found = overrides.get(candidate) or STATUS_OF_WORD.get(candidate)
        if found:
            return found
    return "shipping" if shipped else "paid"
