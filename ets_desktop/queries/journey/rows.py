"""What a time line is asked about, and its entries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Whose:
    """A customer, or a caller who is nobody's customer yet: `number` in digits."""

    customer_id: int | None
    number: str = ""


@dataclass(frozen=True, slots=True)
class JourneyRow:
    """One thing that happened. `event` names its source, `state` what of it (codes).

    `place` and `key` tell apart what happened at once. `agent` is who did it, `other` whom it went
    to; `words` what it is about, `note` what was said of it; "" and None where there is none.
    Numbers are digits, names whole (masking is the screen's).
    """

    at: datetime
    place: int
    key: int
    event: str
    state: str
    ticket_id: int | None
    ticket_no: str
    order_id: int | None
    order_no: str
    agent: str
    other: str
    number: str
    words: str
    note: str
    amount: int | None
    count: int | None
    seconds: int | None
    due_at: datetime | None

    @property
    def call_id(self) -> int | None:
        """The call that it tells of."""
        return self.key if self.event == "call" else None

    @property
    def id(self) -> tuple[int, int]:
        return self.place, self.key
