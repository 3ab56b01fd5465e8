"""11번가 seller office, logistics*.xls: the phones are the recipient's, there is no buyer phone."""

from ets_desktop.erp.exports.channels.preset import Preset

ELEVEN_STREET = Preset(
    code="st11",
    name="11번가",
    aliases=("11번가", "eleven_street", "elevenst", "11st", "11street"),
    marks=(
        ("주문번호", "주문순번", "배송번호"),
        ("주문번호", "주문순번", "발송마감일"),
        ("주문번호", "주문순번", "서비스이용료"),
        ("주문번호", "주문순번", "택배사코드"),
        ("주문번호", "주문순번", "판매자/공급업체"),
    ),
    own_columns={
        "line_no": ("주문순번",),
        "bundle_no": ("배송번호",),
        "ordered_at": ("주문일시", "결제일시"),
        "paid_at": ("결제일시",),
        "recipient_phone": ("휴대폰번호", "전화번호"),
        "orderer_phone": (),
        "amount": ("주문금액",),
        "unit_price": ("판매단가",),
        "option_price": ("옵션가",),
        "carrier": ("택배사", "택배사명", "택배사코드"),
    },
)
