"""이지어드민 확장주문검색: orders of many malls, an HTML table that is called .xls."""

from ets_desktop.erp.exports.channels.preset import Preset

EZADMIN = Preset(
    code="ezadmin",
    name="이지어드민",
    aliases=("easyadmin", "이지어드민 확장주문검색"),
    marks=(
        ("관리번호", "주문번호", "판매처"),
        ("합포번호", "주문번호"),
        ("주문번호", "판매처", "CS"),
        ("주문번호", "판매처", "CS상태"),
        ("주문번호", "판매처", "주문상세번호"),
    ),
    own_columns={
        "line_no": ("주문상세번호",),
        "bundle_no": ("관리번호", "합포번호"),
        "mall": ("판매처",),
        "ordered_at": ("주문일", "주문일시", "주문일자"),
        "ordered_time": ("주문시간",),
        "paid_at": ("결제일", "결제일시"),
        "product": ("상품명", "실제 상품명", "판매처 상품명"),
        "option": ("옵션명", "실제 옵션", "선택사항", "판매처 옵션"),
        "product_code": ("상품코드", "상품아이디", "업체상품코드", "판매처 상품코드"),
        "quantity": ("주문수량", "판매개수", "상품수량", "실제개수", "수량"),
        "amount": ("판매가", "총판매금액", "판매금액"),
        "status": ("상태", "배송상태"),
        "status_detail": ("CS", "CS상태"),
        "memo": ("배송메모", "메모", "배송메시지"),
        "shipped_at": ("배송일", "송장입력일"),
    },
    unique_lines=False,
    statuses={"접수": "paid", "송장": "ready_to_ship", "배송": "shipping", "보류": "on_hold"},
    cancel_in_detail=True,
    # A gift is a row of its own under the order it goes with.
    order_no_tail=r"_gift\d*$",
)
