"""플레이오토 EMP (1.x) and 2.0: orders of many malls under the collector's own numbers."""

from ets_desktop.erp.exports.channels.preset import Preset

PLAYAUTO = Preset(
    code="playauto",
    name="플레이오토",
    aliases=("플레이오토 EMP", "플레이오토 2.0", "plto"),
    marks=(
        ("주문고유번호", "판매사이트 주문번호"),
        ("판매사이트 주문번호",),
        ("판매사이트명", "주문고유번호"),
        ("판매사이트명", "주문번호 앞부분"),
        ("주문번호 앞부분",),
        ("쇼핑몰주문번호", "온라인상품명"),
        ("쇼핑몰주문번호", "묶음번호", "주문수량"),
    ),
    own_columns={
        "order_no": (
            "판매사이트 주문번호", "쇼핑몰주문번호", "쇼핑몰 주문번호", "주문번호",
            "주문번호 앞부분",
        ),
        "line_no": ("주문고유번호", "쇼핑몰 주문고유번호"),
        "bundle_no": ("묶음번호",),
        "mall": ("판매사이트명", "쇼핑몰", "판매사이트"),
        "ordered_at": ("주문일", "주문일시", "결제일", "결제완료일"),
        "product": ("상품명", "온라인상품명"),
        "option": ("주문선택사항", "옵션"),
        "product_code": (
            "판매자상품코드", "마스터상품코드", "판매자관리코드", "판매사이트 상품코드",
        ),
        "quantity": ("주문수량", "수량"),
        "amount": ("판매가", "금액", "총판매가(묶음후)"),
        "status": ("상태", "주문상태"),
        "memo": ("배송메시지", "배송메모"),
        "shipped_at": ("배송일", "발송일"),
    },
)  # fmt: skip
