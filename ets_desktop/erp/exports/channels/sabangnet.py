"""사방넷 주문서확인처리: orders of many malls; the form (양식) and its columns are the seller's."""

from ets_desktop.erp.exports.channels.preset import Preset

SABANGNET = Preset(
    code="sabangnet",
    name="사방넷",
    aliases=("사방넷 주문서확인처리",),
    marks=(
        ("주문번호(사방넷)",),
        ("사방넷주문번호",),
        ("주문번호(쇼핑몰)",),
        ("쇼핑몰주문번호", "상품명(수집)"),
        ("쇼핑몰주문번호", "상품명(확정)"),
    ),
    own_columns={
        "order_no": ("주문번호(쇼핑몰)", "쇼핑몰주문번호", "주문번호(사방넷)", "사방넷주문번호"),
        "line_no": ("주문번호(사방넷)", "사방넷주문번호", "부주문번호", "주문순번"),
        "bundle_no": ("묶음번호", "묶음주문번호", "합포번호"),
        "mall": ("쇼핑몰명(1)", "쇼핑몰명", "쇼핑몰"),
        "ordered_at": (
            "주문일시(YYYY-MM-DD HH:MM)", "주문일시(YYYY-MM-DD HH:MM:SS)", "주문일시",
            "주문일자(YYYYMMDD)", "주문일자", "주문일",
        ),
        "recipient": ("수취인명", "수취인", "수령인명", "받는분"),
        "recipient_phone": (
            "수취인핸드폰번호", "수취인휴대폰번호", "수취인전화번호1", "수취인전화번호2",
            "수취인전화번호",
        ),
        "orderer_phone": (
            "주문자핸드폰번호", "주문자휴대폰번호", "주문자전화번호1", "주문자전화번호2",
            "주문자전화번호",
        ),
        "zipcode": ("수취인우편번호(1)", "수취인우편번호", "우편번호"),
        "address": ("수취인주소(1)", "수취인주소(4)", "수취인주소", "주소"),
        "product": (
            "상품명(수집)", "상품명(확정)", "상품명", "상품명(확정)+옵션(확정)+수량(조합용)",
        ),
        "option": ("옵션(수집)", "옵션(확정)", "옵션별칭", "옵션", "옵션명"),
        "product_code": ("자체상품코드", "품번코드", "상품코드(쇼핑몰)"),
        "quantity": ("수량", "EA(상품)", "주문수량"),
        "amount": ("주문금액", "결제금액"),
        "unit_price": ("판매가(수집)", "판매가"),
        "shipped_at": ("출고완료일자",),
    },
    unique_lines=False,
)  # fmt: skip
