"""Korean words for the codes of claims and pickups; no Qt here, as in labels.py."""

CLAIM_TYPES = {
    "cancel": "취소",
    "return": "반품",
    "exchange_same": "동일상품교환",
    "exchange_other": "다른상품교환",
    "swap": "맞교환",
    "collect_only": "회수",
    "lost_in_transit": "배송중분실",
    "not_delivered": "미배송",
}
#: 제목 of the ticket that a claim makes (spec 15).
CLAIM_TITLES = {
    "cancel": "취소접수처리",
    "return": "반품접수처리",
    "exchange_same": "동일상품교환",
    "exchange_other": "다른상품교환접수",
    "swap": "맞교환접수",
    "collect_only": "회수접수",
    "lost_in_transit": "배송중분실접수",
    "not_delivered": "미배송접수",
}
CLAIM_STEPS = {
    "requested": "요청",
    "accepted": "접수",
    "pickup_ordered": "회수지시",
    "pickup_failed": "회수실패",
    "collecting": "회수중",
    "arrived": "입고",
    "inspected": "검수",
    "done": "완료",
    "rejected": "거부",
    "withdrawn": "철회",
}
CLAIM_SOURCES = {"desk": "상담", "channel": "판매처"}
CLAIM_REASONS = {
    "change_of_mind": "단순변심",
    "size_or_colour": "사이즈·색상 변경",
    "ordered_wrongly": "주문 실수",
    "faulty": "상품 불량",
    "damaged": "상품 파손",
    "wrong_item": "오배송",
    "parts_missing": "구성품 누락",
    "not_as_described": "상품정보 상이",
    "late": "배송 지연",
    "sold_out": "상품 품절",
    "lost": "배송 중 분실",
    "not_delivered": "미배송",
    "other": "기타",
}
HOLD_REASONS = {
    "fee_unpaid": "배송비 미입금",
    "extra_cost": "추가 비용 청구",
    "goods_not_arrived": "반품 상품 미입고",
    "exchange_not_ready": "교환 상품 준비 중",
    "seller_checks": "판매자 확인 필요",
    "customer_checks": "고객 확인 필요",
    "other": "기타",
}
#: 비용부담.
FEE_PAYERS = {"customer": "고객 부담", "seller": "판매자 부담", "courier": "택배사 부담"}
#: 결제방법.
FEE_METHODS = {
    "": "",
    "on_site": "사이트결제",
    "enclosed": "동봉",
    "transfer": "계좌",
    "unpaid": "미수",
}
INSPECTIONS = {
    "good": "양품",
    "faulty": "불량",
    "parts_missing": "구성품누락",
    "wrong_item": "오반품",
}
DECISIONS = {
    "refund": "환불",
    "exchange": "교환출고",
    "send_back": "고객회송",
    "stock": "입고",
}
PICKUP_STATES = {
    "requested": "회수요청",
    "accepted": "택배접수",
    "collected": "수거완료",
    "in_transit": "이동중",
    "arrived": "입고",
    "failed": "수거실패",
    "cancelled": "취소",
}
#: Where a courier gave its reason code; the same code means different things.
FAILED_AT = {"not_collected": "미집화", "not_delivered": "미배송"}
PICKUP_FAILURES = {
    "out_of_stock": "재고부족",
    "not_handed_over": "업체미출고",
    "order_cancelled": "주문취소",
    "other_district": "구역불일치",
    "customer_uses_it": "고객사용중",
    "wrong_details": "정보오류",
    "customer_details_wrong": "고객정보오류",
    "customer_absent": "고객부재",
    "no_answer_on_phone": "통화불가",
    "refused_by_receiver": "수취거부",
    "destination_changed": "착지변경",
    "goods_accident": "상품사고",
}
COURIERS = {
    "cj": "CJ대한통운",
    "epost": "우체국택배",
    "hanjin": "한진택배",
    "lotte": "롯데택배",
    "logen": "로젠택배",
    "other": "기타 택배",
}
#: 전송상태.
SEND_STATES = {"": "", "waiting": "전송대기", "sent": "전송완료", "failed": "실패"}
INSTRUCTIONS = {
    "collect": "회수 지시",
    "cancel_collect": "회수 취소",
    "cancel_order": "출고 중지",
    "stock_in": "입고 지시",
    "exchange_ship": "교환 출고",
    "reship": "재발송",
    "send_back": "고객 회송",
    "refund": "환불",
}
PAID_IN_FULL = {"true": "완납", "false": "미완납"}
#: What changed in a claim or a line of it, in 변경이력.
CLAIM_FIELDS = {
    "claim_created": "클레임",
    "claim_step": "단계",
    "claim_held": "보류",
    "claim_hold_reason": "보류 사유",
    "claim_hold_note": "보류 메모",
    "claim_channel_status": "판매처 상태",
    "claim_channel_status_detail": "판매처 상세 상태",
    "claim_reason": "사유",
    "claim_reason_note": "사유 메모",
    "claim_discovered_on": "하자를 안 날",
    "claim_note": "비고",
    "claim_fee": "배송비",
    "claim_fee_payer": "비용부담",
    "claim_fee_method": "결제방법",
    "claim_fee_deducted": "환불에서 뺀 배송비",
    "claim_inspection": "검수결과",
    "claim_inspection_note": "검수 비고",
    "claim_photos": "사진",
    "claim_decision": "처분",
    "claim_decision_reason": "처분 사유",
}
HELD = {"true": "보류", "false": "보류 아님"}

CLAIM_ERRORS = {
    "needs_claim_lines": "반품할 상품을 하나 이상 고르십시오.",
    "line_twice": "같은 상품을 두 번 골랐습니다.",
    "order_cancelled": "취소된 주문입니다.",
    "line_under_claim": "이미 처리 중인 클레임이 있는 상품입니다. ({claim})",
    "not_shipped_yet": "아직 출고되지 않은 상품입니다. 취소접수로 처리하십시오.",
    "already_shipped": "이미 출고된 상품이라 취소할 수 없습니다. 반품으로 처리하십시오.",
    "needs_quantity": "수량을 1 이상으로 입력하십시오.",
    "quantity_over_left": "가능수량을 넘었습니다. (가능수량 {left})",
    "needs_claim_reason": "사유를 고르십시오.",
    "nothing_to_collect": "회수할 상품이 없는 클레임입니다.",
    "needs_courier": "택배사를 고르십시오.",
    "needs_place_name": "성명을 입력하십시오.",
    "needs_place_phone": "전화나 이동전화를 입력하십시오.",
    "wished_on_in_past": "수거희망일은 오늘이나 그 뒤여야 합니다.",
    "needs_refined_address": "고친 주소입니다. 주소 정제를 먼저 하십시오.",
    "needs_exchange_goods": "교환할 상품을 고르십시오.",
    "no_exchange_goods": "다른 상품이 나가지 않는 클레임입니다.",
    "no_such_product": "없는 상품입니다.",
    "needs_fee_method": "배송비 결제방법을 고르십시오.",
    "discovered_in_future": "하자를 안 날은 오늘이나 그 전이어야 합니다.",
    "needs_refund_account": "환불계좌의 은행과 예금주를 입력하십시오.",
    "no_account_number": "계좌번호가 아닙니다.",
    "refund_key_missing": "환불계좌를 암호화할 키가 없습니다. ets refunds new-key로 만드십시오.",
    "refund_account_sealed": "이 키로는 열 수 없는 환불계좌입니다.",
    "no_refund_account": "환불계좌가 없는 클레임입니다.",
    "no_such_claim": "없는 클레임입니다.",
    "stale_claim": "다른 담당자가 이 클레임을 먼저 고쳤습니다. 바뀐 내용을 확인하십시오.",
    "claim_closed": "이미 끝난 클레임입니다.",
    "claim_held": "보류된 클레임입니다. 보류를 먼저 푸십시오.",
    "fee_deducted_already": "이미 환불에서 뺀 배송비({deducted}원)보다 적게 바꿀 수 없습니다.",
    "claim_moved_on": "이 단계에서는 할 수 없는 처리입니다.",
    "line_not_claimed": "이 클레임에 없는 상품입니다.",
    "needs_hold_reason": "보류 사유를 고르십시오.",
    "needs_inspection": "검수결과를 고르십시오.",
    "needs_decision": "처분을 고르십시오.",
    "decision_not_for_type": "이 클레임에서는 고를 수 없는 처분입니다.",
    "already_decided": "이미 처분한 상품입니다.",
    "no_such_pickup": "없는 회수 요청입니다.",
    "pickup_under_way": "이미 진행 중인 회수 요청이 있습니다.",
    "pickup_moved_on": "이미 수거되었거나 끝난 회수 요청입니다.",
    "pickup_not_failed": "수거에 실패한 회수 요청만 다시 요청할 수 있습니다.",
    "pickup_not_acknowledged": "택배사에 보낸 요청입니다. 택배사에 취소를 먼저 알리십시오.",
    "no_such_return": "없는 미확인 반품입니다.",
    "return_matched": "이미 클레임과 연결된 반품입니다.",
    "return_known": "이미 등록된 송장번호입니다.",
    "needs_return_details": "송장번호, 보낸 사람, 전화번호 중 하나를 입력하십시오.",
    "photo_too_large": "사진이 너무 큽니다. {limit} MB까지 넣을 수 있습니다.",
    "photo_not_an_image": "JPG, PNG, WebP 사진만 넣을 수 있습니다.",
    "photo_unreadable": "사진을 읽을 수 없습니다. ({name})",
    "too_many_photos": "사진은 {limit}장까지 넣을 수 있습니다.",
    "no_claim_for_waybill": "이 송장번호의 클레임이 없습니다. 미확인 반품으로 등록하십시오.",
}
#: What happened to a claim, as 고객여정 tells it; a claim that was made says its 제목.
CLAIM_EVENTS = {
    **CLAIM_TITLES,
    "arrived": "반품 입고",
    "done": "클레임 완료",
    "rejected": "클레임 거부",
    "withdrawn": "클레임 철회",
    "pickup_requested": "회수요청",
    "pickup_collected": "수거완료",
    "pickup_failed": "수거실패",
    "pickup_cancelled": "회수 취소",
}
