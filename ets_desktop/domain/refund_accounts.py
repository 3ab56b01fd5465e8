"""환불계좌: where a refund is paid to. Only ever stored sealed (spec 80)."""

import json
import re
from dataclasses import asdict, dataclass

_DIGITS = re.compile(r"[0-9]{6,20}")
TEXT_LIMIT = 60


@dataclass(frozen=True, slots=True, repr=False)
class RefundAccount:
    """As typed; `number` may have hyphens. Never in a log: it has no repr of its own."""

    bank: str
    number: str
    holder: str


def account_fault(account: RefundAccount) -> str:
    """The error code of what is wrong with `account`, "" when it could be paid to."""
    if not account.bank.strip() or not account.holder.strip():
        return "needs_refund_account"
    if max(len(account.bank), len(account.holder)) > TEXT_LIMIT:
        return "needs_refund_account"
    if not _DIGITS.fullmatch(account.number.replace("-", "").replace(" ", "")):
        return "no_account_number"
    return ""


def to_bytes(account: RefundAccount) -> bytes:
    return json.dumps(asdict(account), ensure_ascii=False).encode()


def from_bytes(plain: bytes) -> RefundAccount:
    return RefundAccount(**json.loads(plain))
