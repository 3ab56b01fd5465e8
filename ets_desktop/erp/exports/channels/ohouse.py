"""오늘의집: three numbers an order, an item and an option; times in English halves of the day."""

from ets_desktop.erp.exports.channels.preset import Preset

OHOUSE = Preset(
    code="ohouse",
    name="오늘의집",
    aliases=("today_house", "bucketplace", "todayhouse"),
    marks=(
        ("주문번호", "주문옵션번호"),
        ("주문번호", "묶음배송그룹"),
        ("주문번호", "주문결제완료일", "수취인 주소상세"),
        ("주문번호", "주문결제완료일", "판매가*수량"),
    ),
    own_columns={
        "line_no": ("주문옵션번호", "주문상품번호"),
        "bundle_no": ("묶음배송그룹",),
        "ordered_at": ("주문결제완료일", "주문일시", "주문일"),
        "paid_at": ("주문결제완료일",),
        "amount": ("판매가 * 수량",),
        "unit_price": ("판매가",),
        "recipient": ("수취인명",),
        "recipient_phone": ("수취인 연락처",),
        "orderer_phone": ("주문자 연락처",),
        "zipcode": ("수취인 우편번호", "우편번호"),
        "address": ("수취인 주소", "주소"),
        "address_detail": ("수취인 주소상세",),
        "confirmed_at": ("구매확정일",),
    },
)
