"""티몬 and 위메프, closed in 2024: old files still answer claims.

No header row of theirs is on record, only the first words and the sheet names; the other columns
go by the names that all channels share, never by position (positions moved four to eight times).
"""

from ets_desktop.erp.exports.channels.preset import Preset

TMON = Preset(
    code="tmon",
    name="티몬",
    aliases=("티켓몬스터", "ticketmonster"),
    marks=(("주문번호", "수량"),),
    sheet="주문관리",
    own_columns={
        "line_no": ("주문상품번호", "구매번호"),
        "option": ("옵션", "옵션명", "구매옵션"),
        "product": ("상품명", "딜명"),
        "unit_price": ("판매가", "판매단가"),
        "amount": ("판매금액", "주문금액"),
        "quantity": ("수량", "구매수량"),
        "recipient_phone": ("수령인 연락처", "수취인 연락처", "전화번호", "연락처"),
        "memo": ("배송메시지", "메모", "배송요청메모"),
    },
    unique_lines=False,
    # The number may carry ^ and parts of other systems behind it.
    order_no_tail=r"\^.*$",
)

WEMAKEPRICE = Preset(
    code="wemakeprice",
    name="위메프",
    aliases=("wmp", "wemef"),
    marks=(("주문ID",),),
    own_columns={
        "order_no": ("주문ID",),
        "line_no": ("주문옵션ID", "주문상품ID"),
        "option": ("옵션", "옵션명"),
        "product_code": ("업체상품코드", "업체옵션코드"),
        "unit_price": ("판매가",),
        "amount": ("판매금액", "주문금액"),
        "quantity": ("수량", "구매수량", "주문수량"),
        "recipient_phone": ("수령인 연락처", "수취인 연락처", "전화번호", "연락처", "휴대폰번호"),
        "memo": ("배송메시지", "메모", "배송요청사항"),
    },
    unique_lines=False,
)
