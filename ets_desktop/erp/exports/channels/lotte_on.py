"""롯데ON: one row an order sequence; the number alone names the order."""

from ets_desktop.erp.exports.channels.preset import Preset

LOTTE_ON = Preset(
    code="lotteon",
    name="롯데ON",
    aliases=("롯데온", "lotte_on", "lotte on"),
    marks=(
        ("주문번호", "주문순번", "단품번호"),
        ("주문번호", "주문순번", "합배송그룹번호"),
        ("주문번호", "주문순번", "주문접수일시"),
        ("주문번호", "주문순번", "출고지시일시"),
        ("주문번호", "주문순번", "출고지시일"),
    ),
    own_columns={
        "line_no": ("주문순번",),
        "bundle_no": ("합배송그룹번호",),
        "ordered_at": ("주문접수일시", "주문일시", "출고지시일시", "출고지시일"),
        "paid_at": (),
        "recipient_phone": ("수취인 휴대폰번호", "수취인 전화번호"),
        "orderer_phone": ("주문자 휴대폰번호", "주문자 전화번호"),
        "address": ("수취인 배송지", "배송지"),
        "amount": ("실 결제금액", "판매가"),
        "unit_price": ("판매단가",),
        "product_code": ("판매자 내부 단품번호", "판매자 내부 상품번호", "단품번호"),
    },
)
