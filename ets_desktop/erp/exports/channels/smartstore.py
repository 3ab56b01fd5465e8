"""네이버 스마트스토어: 발주발송관리 (72 columns of the seller's choice), 주문조회, 구매확정내역."""

from ets_desktop.erp.exports.channels.preset import Preset

SMARTSTORE = Preset(
    code="smartstore",
    name="스마트스토어",
    aliases=("naver", "네이버", "네이버 스마트스토어"),
    marks=(("상품주문번호", "주문번호"),),
    own_columns={
        "line_no": ("상품주문번호",),
        "bundle_no": ("배송비 묶음번호",),
        "ordered_at": ("주문일시", "주문일"),
        "paid_at": ("결제일",),
        "recipient_phone": ("수취인연락처1", "수취인연락처2"),
        "orderer_phone": ("구매자연락처",),
        "address": ("통합배송지", "배송지"),
        "address_base": ("기본배송지", "기본주소"),
        "address_detail": ("상세배송지", "상세주소"),
        "option": ("옵션정보",),
        "product_code": ("판매자 상품코드", "옵션관리코드"),
        "amount": ("최종 상품별 총 주문금액", "상품별 총 주문금액"),
        "amount_first": ("최초 상품별 총 주문금액",),
        "discount_first": ("최초 상품별 할인액",),
        "unit_price": ("상품가격",),
        "option_price": ("옵션가격",),
        "partial_claim": ("수량클레임 여부",),
        "status_detail": ("주문세부상태", "클레임상태"),
        "shipped_at": ("발송처리일", "발송일"),
    },
    statuses={
        "발송대기/신규주문": "paid",
        "결제완료/발주확인": "preparing",
        "결제완료/발주완료": "preparing",
    },
    dated_order_no=True,
)
