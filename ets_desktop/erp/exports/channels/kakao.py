"""카카오 톡스토어: 결제번호 is the order, 주문번호 the line; nothing about the buyer."""

from ets_desktop.erp.exports.channels.preset import Preset

KAKAO = Preset(
    code="kakao",
    name="카카오 톡스토어",
    aliases=("톡스토어", "카카오", "talkstore", "kakao_store"),
    marks=(
        ("결제번호", "주문번호", "채널상품번호"),
        ("결제번호", "주문번호", "수령인연락처1"),
        ("결제번호", "주문번호", "최초배송비번호"),
    ),
    own_columns={
        "order_no": ("결제번호",),
        "line_no": ("주문번호",),
        "bundle_no": ("최초배송비번호",),
        "ordered_at": ("주문일", "주문일시"),
        # The plain spelling loses its zero in Excel, the hyphened one does not.
        "recipient_phone": (
            "하이픈포함 수령인연락처1", "수령인연락처1", "하이픈포함 수령인연락처2",
            "수령인연락처2",
        ),
        "orderer_phone": (),
        "address": ("배송지주소",),
        "amount": ("상품금액", "정산기준금액"),
        "product_code": ("판매자상품번호", "옵션코드"),
        "carrier": ("택배사", "택배사코드"),
    },
)  # fmt: skip
