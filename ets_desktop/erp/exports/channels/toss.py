"""토스쇼핑: instruction in row 1, header in 2, a helper row in 3; 주문건수 is the quantity."""

from ets_desktop.erp.exports.channels.preset import Preset

TOSS = Preset(
    code="toss",
    name="토스쇼핑",
    aliases=("토스", "toss shopping", "tossshopping"),
    marks=(
        ("주문번호", "주문상품번호", "주문건수"),
        ("주문번호", "주문건수"),
        ("주문번호", "주문상품번호", "배송비 묶음 번호"),
        ("주문번호", "주문일자", "거래금액"),
        ("주문번호", "수령인전화번호", "거래금액"),
    ),
    own_columns={
        "line_no": ("주문상품번호",),
        "bundle_no": ("배송비 묶음 번호",),
        "ordered_at": ("주문일시", "주문일자"),
        "option": ("옵션명", "옵션"),
        "product_code": ("옵션 관리 코드", "상품 관리 코드", "상품ID"),
        "quantity": ("주문건수", "수량", "주문수량"),
        "amount": ("주문금액", "거래금액"),
        "recipient": ("수령인명", "수령인"),
        "recipient_phone": ("수령인 연락처", "수령인전화번호"),
        "orderer_phone": ("구매자 연락처", "구매자전화번호"),
        "address": ("배송지", "주소"),
    },
    helper_words=frozenset({"수정가능", "수정불가", "수정불가능"}),
)
