"""G마켓 and 옥션 (ESM PLUS): every product has an order number of its own, the basket binds."""

from ets_desktop.erp.exports.channels.preset import Preset

ESM = Preset(
    code="esm",
    name="G마켓·옥션",
    aliases=("esm plus", "gmarket", "auction", "G마켓", "지마켓", "옥션", "esmplus"),
    marks=(
        ("주문번호", "장바구니번호(결제번호)"),
        ("주문번호", "판매아이디"),
        ("주문번호", "아이디", "발송정책"),
        ("주문번호", "아이디", "배송시 요구사항"),
        ("주문번호", "아이디", "수령인 휴대폰"),
        ("주문번호", "SKU번호 및 수량"),
        ("주문번호", "발송정책", "판매금액"),
    ),
    own_columns={
        "line_no": ("주문번호",),
        "bundle_no": ("장바구니번호(결제번호)", "장바구니번호", "배송번호"),
        "mall": ("판매아이디", "아이디"),
        "ordered_at": (
            "주문일(결제확인전)", "주문일자(결제확인전)", "주문일", "주문일자", "결제일",
        ),
        "paid_at": ("결제일", "결제완료일"),
        "option": ("옵션", "주문옵션"),
        "amount": ("판매금액",),
        "unit_price": ("판매단가",),
        "recipient_phone": ("수령인 휴대폰", "수령인 전화번호"),
        "orderer_phone": ("구매자 휴대폰", "구매자 전화번호"),
        "product_code": ("판매자 관리코드", "판매자 상세관리코드"),
    },
    unique_lines=False,
    statuses={"발송대기": "preparing", "발송처리필요": "preparing"},
    mall_names={
        "옥션": "옥션", "A": "옥션", "auction": "옥션", "AUCTION": "옥션",
        "지마켓": "G마켓", "G마켓": "G마켓", "G": "G마켓", "gmarket": "G마켓", "GMARKET": "G마켓",
    },
)  # fmt: skip
