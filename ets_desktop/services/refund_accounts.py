"""환불계좌 of a claim: sealed on the desk before it leaves it, opened by whoever refunds."""

from base64 import b64decode, b64encode
from uuid import UUID

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import EtsError, NotFound, RuleViolation
from ets_desktop.domain.refund_accounts import RefundAccount, from_bytes, to_bytes
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.local import refund_box
from ets_desktop.queries.reading import read_mappings

#: Key of the table `setting`: {"public": base64}, the half of the key that desks seal with.
REFUND_KEY = "refund_key"

_KEY = SQL("SELECT value FROM setting WHERE key = %(key)s")
_SET_KEY = SQL("""
    INSERT INTO setting (key, value) VALUES (%(key)s, %(value)s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")
_STORE = SQL("""
    INSERT INTO refund_account (claim_id, key_id, sealed)
    VALUES (%(claim_id)s, %(key_id)s, %(sealed)s)
    ON CONFLICT (claim_id) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed
""")
_SEALED = SQL("""
    SELECT r.sealed, c.client_id FROM refund_account r JOIN claim c ON c.id = r.claim_id
    WHERE c.claim_no = %(claim_no)s
""")


def set_refund_key(session: Session, public: bytes) -> Done[str]:
    """Let desks seal for the holder of the private half of `public`; the value names the key.

    Accounts sealed before stay readable with the old one only. An admin's right.
    """
    value = Jsonb({"public": b64encode(public).decode()})
    driver_of(session).execute(_SET_KEY, {"key": REFUND_KEY, "value": value})
    return Done(refund_box.box_id(public), frozenset({SETTINGS}))


def seal_account(session: Session, claim_id: int, client_id: UUID, account: RefundAccount) -> None:
    """Store `account` sealed; RuleViolation `refund_key_missing` while the house has no key."""
    public = _public_key(session)
    sealed = refund_box.seal(public, to_bytes(account), client_id.bytes)
    row = {"claim_id": claim_id, "key_id": refund_box.box_id(public), "sealed": sealed}
    driver_of(session).execute(_STORE, row)


def has_refund_key(session: Session) -> bool:
    """Whether accounts can be sealed here: the house has made a key."""
    return _stored_key(session) is not None


def open_account(session: Session, claim_no: str, private: bytes) -> RefundAccount:
    """The account of a claim, for the holder of the key.

    NotFound `no_refund_account`; EtsError `refund_account_sealed` with another key.
    """
    found = read_mappings(session, _SEALED, {"claim_no": claim_no})
    if not found:
        raise NotFound("no_refund_account")
    try:
        plain = refund_box.unseal(private, found[0]["sealed"], found[0]["client_id"].bytes)
    except refund_box.CannotOpen:
        raise EtsError("refund_account_sealed") from None
    return from_bytes(plain)


def _public_key(session: Session) -> bytes:
    text = _stored_key(session)
    if text is None:
        raise RuleViolation("refund_key_missing", field="refund_account")
    return b64decode(text)


def _stored_key(session: Session) -> str | None:
    found = read_mappings(session, _KEY, {"key": REFUND_KEY})
    stored = found[0]["value"] if found else None
    text = stored.get("public") if isinstance(stored, dict) else None
    return text if isinstance(text, str) else None
