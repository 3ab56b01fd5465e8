"""How long the law keeps what (전자상거래법 시행령 제6조), and what stands where somebody was.

Consumer disputes three years; contract and withdrawal five. A ticket that carries a withdrawal
(취소, 반품, 교환, or a claim) is kept as long as the contract.
"""

from dataclasses import dataclass
from datetime import date

#: Stands for the name or the text that was there.
ERASED = "(파기)"
DISPUTE_YEARS = 3
CONTRACT_YEARS = 5
LOG_YEARS = 2
RIGHTS_YEARS = 3
#: Types of tickets that carry a withdrawal by themselves.
WITHDRAWALS = ("cancel", "return", "exchange")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the law still asks to keep of a customer, the last until when: `orders`, `tickets` or
    `ars`."""

    what: str
    count: int
    until: date
