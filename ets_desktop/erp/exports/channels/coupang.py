"""쿠팡 WING DeliveryList: no status column, one option a row, ids as numbers or text."""

from ets_desktop.erp.exports.channels.preset import Preset

COUPANG = Preset(
    code="coupang",
    name="쿠팡",
    aliases=("쿠팡 WING", "wing"),
    marks=(("묶음배송번호", "주문번호"),),
    own_columns={
        "line_no": ("옵션ID",),
        "bundle_no": ("묶음배송번호",),
        "product": ("등록상품명", "노출상품명(옵션명)"),
        "option": ("등록옵션명", "최초등록옵션명"),
        "product_code": ("업체상품코드",),
        "amount": ("결제액",),
        "unit_price": ("옵션판매가(판매단가)",),
        "orderer_phone": ("구매자전화번호",),
        "recipient": ("수취인이름",),
        "recipient_phone": ("수취인전화번호",),
        "shipped_at": ("출고일(발송일)",),
        "confirmed_at": ("구매확정일자",),
    },
    # An option that is split over two parcels comes twice under one order.
    unique_lines=False,
)
