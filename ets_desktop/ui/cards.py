"""What the window's own widgets show: small frozen values that the program fills."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallCard:
    """The call in the top bar. `state`: dialling, ringing, talking, held, ended, missed.

    `number` is ready to read ("010-0000-1234", "발신번호표시제한"); times carry their zone.
    """

    call_id: int
    number: str
    rang_at: datetime
    state: str
    talking_since: datetime | None = None
    talk_seconds: int = 0


@dataclass(frozen=True, slots=True)
class CallerCard:
    """Who is calling, for the caller strip (spec 10): named at once, whatever the form holds.

    `candidates` counts the customers on that number; with 0 the caller is unknown. `waiting` is
    the number of further calls behind this one, `number` the digits that call, "" unknown.
    """

    call_id: int
    name: str = ""
    grade: str = ""
    flagged: str = ""
    open_tickets: int = 0
    newest_order: str = ""
    candidates: int = 0
    waiting: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """The customer in the form; `flagged` is the reason of 주의고객, empty if none."""

    customer_id: int
    customer_no: str
    name: str
    grade: str
    flagged: str
    total_tickets: int


@dataclass(frozen=True, slots=True)
class OfferedCall:
    """A ringing call as the form may take it. `number` in digits, None when withheld;
    `candidates` counts the people with that number, `customer` is the only registered one;
    `missed` are earlier calls that nobody answered here: what they filled may give way."""

    call_id: int
    number: str | None
    candidates: int = 0
    customer: CustomerCard | None = None
    missed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CallLine:
    """A row of 당일 콜 히스토리. `kind`: in, out, missed; `state` as in CallCard, or waiting.

    `is_unhandled`: a missed call that nobody saw to yet; `handled_by` is who did, "" if nobody in
    person.
    """

    call_id: int
    rang_at: datetime
    kind: str
    number: str
    customer: str
    ticket_id: int | None
    ticket_no: str
    talk_seconds: int | None
    state: str
    is_unhandled: bool = False
    handled_by: str = ""
    #: whole, for 통화; "" when it is not known
    digits: str = ""
    is_abusive: bool = False


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """주문 선택 (whole order) or 상품 선택 (`order_line_id` set)."""

    order_id: int
    order_line_id: int | None = None
