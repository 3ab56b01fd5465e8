"""What a person may do with a Centrex line beside calling: forward it, hang it up, send texts.

Each is one question of the account, in its turn and never repeated (LG U+ §1.2).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.pbx.vendors.lgu_centrex.answers import Row
from ets_desktop.pbx.vendors.lgu_centrex.client import Account, Question, ask
from ets_desktop.pbx.vendors.lgu_centrex.history import moment
from ets_desktop.pbx.vendors.lgu_centrex.turns import turn

#: What one text may be, in bytes of EUC-KR: a short one, and a long one.
SHORT_TEXT = 80
LONGEST_TEXT = 720
MOST_RECIPIENTS = 10


class ForwardWhen(StrEnum):
    """When calls are forwarded; in this order the Centrex numbers them."""

    ALWAYS = "always"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    TOGETHER = "together"
    BUSY_OR_NO_ANSWER = "busy_or_no_answer"


@dataclass(frozen=True, slots=True)
class Forwarding:
    """`to` is the number as the Centrex has it, "" when nothing is forwarded; `when` is None when
    it says so in words that we do not know."""

    to: str = ""
    when: ForwardWhen | None = None
    voice_mail: bool = False


class Delivery(StrEnum):
    """What became of a text for one number: UNSURE was perhaps sent, and must not be sent again
    before somebody has looked."""

    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class SentText:
    """`deliveries` by number in digits; `left` texts may still be sent, None if it is not told."""

    deliveries: Mapping[str, Delivery]
    left: int | None


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """`sender` as the Centrex shows it: perhaps an opaque id and no number."""

    sender: str
    text: str
    at: datetime | None


class CentrexLine:
    """Raises CentrexRefused, Unavailable `centrex_…`; each call waits for the account's turn."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def forwarding(self) -> Forwarding:
        rows = self._ask("getforwardtype")
        return _forwarding(rows[0]) if rows else Forwarding()

    def forward(self, number: str, when: ForwardWhen) -> None:
        """Raises RuleViolation `not_a_number`."""
        kind = str(list(ForwardWhen).index(when))
        self._ask("setforwardtype", {"destnumber": _digits(number), "ftype": kind})

    def stop_forwarding(self) -> None:
        self._ask("stopforward")

    def hang_up(self) -> None:
        """End what the account's phone talks; nothing to end is fine."""
        self._ask("hangup")

    def send_text(self, numbers: Sequence[str], text: str) -> SentText:
        """Send `text` once. When no answer came each number is UNSURE.

        Raises RuleViolation `not_a_number`, `sms_…`.
        """
        check_text(text)
        digits = list(dict.fromkeys(_digits(number) for number in numbers))
        if not 0 < len(digits) <= MOST_RECIPIENTS:
            raise RuleViolation("sms_recipients", most=MOST_RECIPIENTS)
        try:
            rows = self._ask("smssend", {"destnumber": ",".join(digits), "smsmsg": text})
        except Unavailable as error:
            if not error.ambiguous:
                raise
            rows = ()
        return _sent(digits, rows)

    def received_texts(self, page: int = 1) -> tuple[ReceivedText, ...]:
        """The newest texts that came for the line."""
        return tuple(_received(row) for row in self._ask("getrecvsmslist", {"page": str(page)}))

    def _ask(
        self, operation: str, fields: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[Row, ...]:
        with turn(self._account.number):
            return ask(self._account, Question(operation, fields))


def check_text(text: str) -> int:
    """The bytes of `text`, Hangul as two. Raises RuleViolation `sms_…` for what cannot be sent."""
    if not text.strip():
        raise RuleViolation("sms_empty")
    try:
        length = len(text.encode("cp949"))
    except UnicodeEncodeError as error:
        raise RuleViolation("sms_unsendable", character=text[error.start]) from error
    if length > LONGEST_TEXT:
        raise RuleViolation("sms_too_long", bytes=length, most=LONGEST_TEXT)
    return length


def _digits(number: str) -> str:
    digits = phone.digits_of(number)
    if digits is None:
        raise RuleViolation("not_a_number")
    return digits


def _forwarding(row: Row) -> Forwarding:
    """F: forwarded, V: to voice mail, N: not."""
    use = row.get("FORWARD_USE", "").upper()
    if use == "V":
        return Forwarding(voice_mail=True)
    if use != "F":
        return Forwarding()
    kind, known = row.get("FORWARD_TYPE", ""), list(ForwardWhen)
    when = known[int(kind)] if re.fullmatch(r"[0-4]", kind) else None
    return Forwarding(row.get("FORWARD_DATA", ""), when)


def _sent(numbers: Sequence[str], rows: Sequence[Row]) -> SentText:
    row = rows[0] if rows else {}
    told = dict(re.findall(r"([0-9-]{3,})\s*=\s*(\w+)", row.get("DEBUG", "")))
    by_digits = {phone.digits_of(number): result.upper() for number, result in told.items()}
    whole = Delivery.SENT if row.get("STATUS", "").upper() == "OK" else Delivery.UNSURE
    deliveries: dict[str, Delivery] = {}
    for number in numbers:
        result = by_digits.get(number)
        said = Delivery.SENT if result == "OK" else Delivery.REFUSED
        deliveries[number] = whole if result is None else said
    left = row.get("RESTCOUNT", "")
    return SentText(deliveries, int(left) if re.fullmatch(r"\d{1,9}", left) else None)


def _received(row: Row) -> ReceivedText:
    """The field is called MNESSAGE, and may be mended one day."""
    text = row.get("MNESSAGE") or row.get("MESSAGE", "")
    return ReceivedText(row.get("SRC", ""), text, moment(row.get("TIME", "")))
