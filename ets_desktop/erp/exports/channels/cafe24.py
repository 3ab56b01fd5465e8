"""카페24: the seller chooses the columns; order totals repeat on every item or stand on one."""

from ets_desktop.erp.exports.channels.preset import Preset

CAFE24 = Preset(
    code="cafe24",
    name="카페24",
    aliases=("cafe 24",),
    marks=(
        ("품목별 주문번호", "주문번호"),
        ("주문번호", "수령인", "주문상품명"),
        ("주문번호", "주문상품명(옵션포함)"),
        ("주문번호", "주문상품명(기본)"),
        ("주문번호", "상품품목코드"),
        ("주문번호", "총 결제금액"),
    ),
    own_columns={
        "line_no": ("품목별 주문번호",),
        "bundle_no": ("배송번호",),
        "mall": ("매출경로",),
        "product": (
            "주문상품명", "주문상품명(기본)", "상품명(한국어 쇼핑몰)",
            "주문상품명(세트상품 포함)", "주문상품명(옵션포함)", "상품명",
        ),
        "option": ("상품옵션", "상품옵션(기본)", "옵션"),
        "product_code": ("자체 상품코드", "상품품목코드", "상품코드"),
        "amount": ("상품구매금액",),
        "unit_price": ("옵션+판매가", "판매가"),
        "shipping_fee": (
            "총 배송비", "총 배송비(전체 품목에 표시)", "총 배송비(첫 품목에만 표시)",
        ),
        "order_total": ("총 주문금액",),
        "order_paid": ("총 결제금액",),
        "orderer_phone": (
            "주문자 휴대전화", "주문자핸드폰", "주문자 휴대폰", "주문자 일반전화",
            "주문자 전화번호",
        ),
        "recipient": ("수령인", "수령인명"),
        "recipient_phone": (
            "수령인 휴대전화", "핸드폰", "수령인 휴대폰", "수령인 핸드폰", "수령인 전화번호",
            "수령인 일반전화", "전화번호",
        ),
        "zipcode": ("수령인 우편번호", "우편번호", "주문자우편번호"),
        "address": ("수령인 주소(전체)", "수령인 주소", "주소"),
        "memo": ("배송메시지", "비고"),
    },
    statuses={"배송대기": "ready_to_ship"},
    status_without_column="paid",
    dated_order_no=True,
)  # fmt: skip
