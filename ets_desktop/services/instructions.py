"""Writing the outbox: what logistics and accounting are told of a claim, each thing once."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.claims import Instruction
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.claim_rows import LockedClaim

# The same thing told again finds its key taken: nothing is sent twice.
_INSERT = SQL("""
    INSERT INTO logistics_instruction
        (key, kind, order_id, claim_id, claim_line_id, body, created_by)
    VALUES (%(key)s, %(kind)s, %(order_id)s, %(claim_id)s, %(claim_line_id)s, %(body)s,
            %(actor_id)s)
    ON CONFLICT (key) DO NOTHING
""")
_ABOUT = SQL("""
    SELECT c.claim_no, c.claim_type, c.reason, c.note, o.order_no, o.channel_order_no,
        s.code AS channel, o.paid_in_full, k.ticket_no
    FROM claim c JOIN sales_order o ON o.id = c.order_id JOIN ticket k ON k.id = c.ticket_id
        JOIN sales_channel s ON s.id = o.channel_id
    WHERE c.id = %(claim_id)s
""")
_GOODS = SQL("""
    SELECT l.id AS claim_line_id, p.code AS product_code, p.name AS product, b.option,
        l.quantity, l.amount, l.inspection
    FROM claim_line l JOIN order_line b ON b.id = l.order_line_id
        JOIN product p ON p.id = b.product_id
    WHERE l.id = ANY(%(ids)s) ORDER BY l.id
""")
_EXCHANGED = SQL("""
    SELECT p.code AS product_code, p.name AS product, e.option, e.quantity,
        e.unit_price * e.quantity AS amount
    FROM exchange_line e JOIN product p ON p.id = e.product_id
    WHERE e.claim_id = %(claim_id)s ORDER BY e.id
""")
_SHIP_TO = SQL("""
    SELECT ship_name AS name, ship_phone AS phone, ship_mobile AS mobile,
        ship_zipcode AS zipcode, ship_address AS address, ship_address_detail AS address_detail
    FROM claim WHERE id = %(claim_id)s
""")


#: Where goods go back to: where they were fetched, else where they were sent.
_BACK_TO = SQL("""
    SELECT coalesce(p.name, o.recipient_name) AS name,
        coalesce(p.phone, o.recipient_phone, '') AS phone,
        coalesce(p.mobile, o.recipient_phone2, '') AS mobile,
        coalesce(p.zipcode, o.zipcode) AS zipcode, coalesce(p.address, o.address) AS address,
        coalesce(p.address_detail, '') AS address_detail
    FROM claim c JOIN sales_order o ON o.id = c.order_id
        LEFT JOIN LATERAL (SELECT * FROM pickup WHERE claim_id = c.id ORDER BY id DESC LIMIT 1) p
            ON true
    WHERE c.id = %(claim_id)s
""")


class Telling:
    """Writes instructions about one claim, whose facts are read once."""

    def __init__(self, session: Session, claim: LockedClaim, actor_id: int) -> None:
        self._session = session
        self._claim = claim
        self._actor_id = actor_id
        self._about = read_mappings(session, _ABOUT, {"claim_id": claim.claim_id})[0]

    def of_lines(self, kind: Instruction, claim_line_ids: Sequence[int], **more: Any) -> None:
        """One instruction for each of these lines."""
        for goods in read_mappings(self._session, _GOODS, {"ids": list(claim_line_ids)}):
            line_id = goods.pop("claim_line_id")
            self._write(kind, f"{kind}/{line_id}", line_id, {"goods": [goods], **more})

    def of_claim(
        self, kind: Instruction, claim_line_ids: Sequence[int], suffix: str = "", **more: Any
    ) -> None:
        """One instruction for all these lines together; `suffix` tells one from another."""
        rows = read_mappings(self._session, _GOODS, {"ids": list(claim_line_ids)})
        goods = [{name: row[name] for name in row if name != "claim_line_id"} for row in rows]
        self._write(kind, f"{kind}{suffix}", None, {"goods": goods, **more})

    def of_exchange(self, kind: Instruction) -> None:
        """What goes out for the claim, all of it together."""
        asked = {"claim_id": self._claim.claim_id}
        goods = read_mappings(self._session, _EXCHANGED, asked)
        self._write(kind, str(kind), None, {"goods": goods, "ship_to": self.ship_to()})

    def ship_to(self) -> Mapping[str, Any]:
        """교환 배송지; of a return that became an exchange, where the goods came from."""
        place = read_mappings(self._session, _SHIP_TO, {"claim_id": self._claim.claim_id})[0]
        return place if place["name"] else self.back_to()

    def back_to(self) -> Mapping[str, Any]:
        """Where what is not kept goes back to."""
        return read_mappings(self._session, _BACK_TO, {"claim_id": self._claim.claim_id})[0]

    def _write(
        self, kind: Instruction, what: str, line_id: int | None, body: Mapping[str, Any]
    ) -> None:
        given = {
            "key": f"claim/{self._claim.client_id}/{what}",
            "kind": kind,
            "order_id": self._claim.order_id,
            "claim_id": self._claim.claim_id,
            "claim_line_id": line_id,
            "body": Jsonb(self._about | dict(body)),
            "actor_id": self._actor_id,
        }
        driver_of(self._session).execute(_INSERT, given)
