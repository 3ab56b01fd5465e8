"""The statements of an order import: what lies in the temporary tables becomes orders and lines.

An import knows less than the database as often as more: an empty text, an absent column, a masked
name or number and a bare day never overwrite what is known better.
"""
# ruff: noqa: S608 - every part of every statement stands in this file.

from typing import Final, LiteralString

#: Batches are looked up by their keys, however large the tables have become meanwhile, and joined
#: in the order written: goods come last, for nobody can guess how many lines share one.
SETTINGS: Final[LiteralString] = """
SET LOCAL work_mem = '64MB'; SET LOCAL random_page_cost = 1.1; SET LOCAL join_collapse_limit = 1
"""
INCOMING: Final[LiteralString] = """
DROP TABLE IF EXISTS pg_temp.incoming_order, pg_temp.incoming_line, pg_temp.incoming_name,
    pg_temp.incoming_product, pg_temp.placed_order, pg_temp.placed_line;
CREATE TEMP TABLE incoming_order (
    place integer, channel_order_no text, ordered_at timestamptz, paid_at timestamptz,
    orderer_name text, orderer_initials text, orderer_phone text, orderer_phone2 text,
    recipient_name text, recipient_initials text, recipient_phone text, recipient_phone2 text,
    orderer_login text, orderer_email text, zipcode text, address text, memo text,
    payment_method text, paid_in_full boolean, shipping_fee bigint, order_total bigint,
    order_paid bigint, customs_id text, masked jsonb, extra jsonb
) ON COMMIT DROP;
CREATE TEMP TABLE incoming_line (
    place integer, line_no text, product text, product_code text, option text, quantity bigint,
    unit_price bigint, amount bigint, order_status text, channel_status text,
    channel_status_detail text, cancelled boolean, carrier text, tracking_no text,
    bundle_no text, shipped_at timestamptz, delivered_at timestamptz, source_row bigint,
    suspect jsonb, extra jsonb
) ON COMMIT DROP;
CREATE TEMP TABLE incoming_name (name text, initials text, bigrams text[]) ON COMMIT DROP;
"""
ORDER_COLUMNS: Final[LiteralString] = (
    "place, channel_order_no, ordered_at, paid_at, orderer_name, orderer_initials,"
    " orderer_phone, orderer_phone2, recipient_name, recipient_initials, recipient_phone,"
    " recipient_phone2, orderer_login, orderer_email, zipcode, address, memo, payment_method,"
    " paid_in_full, shipping_fee, order_total, order_paid, customs_id, masked, extra"
)
LINE_COLUMNS: Final[LiteralString] = (
    "place, line_no, product, product_code, option, quantity, unit_price, amount, order_status,"
    " channel_status, channel_status_detail, cancelled, carrier, tracking_no, bundle_no,"
    " shipped_at, delivered_at, source_row, suspect, extra"
)
_COPY_FORM: Final[LiteralString] = "FROM STDIN WITH (NULL E'\\x01')"
COPY_ORDERS: Final[LiteralString] = f"COPY incoming_order ({ORDER_COLUMNS}) {_COPY_FORM}"
COPY_LINES: Final[LiteralString] = f"COPY incoming_line ({LINE_COLUMNS}) {_COPY_FORM}"

CHANNEL: Final[LiteralString] = """
INSERT INTO sales_channel (code, name) VALUES (%(code)s, %(name)s) ON CONFLICT (code) DO NOTHING
"""
#: Two imports of one channel would race for the same orders: the second waits.
LOCK: Final[LiteralString] = """
SELECT id, pg_advisory_xact_lock(hashtextextended('order import', id))
FROM sales_channel WHERE code = %(code)s
"""
UNKNOWN_NAMES: Final[LiteralString] = """
SELECT orderer_name FROM incoming_order WHERE orderer_name <> ''
UNION SELECT recipient_name FROM incoming_order WHERE recipient_name <> ''
EXCEPT SELECT name FROM person_name
"""
COPY_NAMES: Final[LiteralString] = "COPY incoming_name (name, initials, bigrams) FROM STDIN"
NAMES: Final[LiteralString] = """
INSERT INTO person_name (name, initials, bigrams)
SELECT name, initials, bigrams FROM incoming_name ORDER BY name ON CONFLICT (name) DO NOTHING
"""

#: `product` of a line: by name and code; by name alone where the file has no code.
PRODUCTS: Final[LiteralString] = """
INSERT INTO product (name, code)
SELECT i.name, i.code
FROM (SELECT DISTINCT product AS name, product_code AS code FROM incoming_line
      WHERE product_code IS NOT NULL) i
WHERE NOT EXISTS (SELECT FROM product p WHERE p.name = i.name AND p.code = i.code)
ORDER BY i.name, i.code
ON CONFLICT (name, code) DO NOTHING;
INSERT INTO product (name)
SELECT DISTINCT i.product FROM incoming_line i
WHERE i.product_code IS NULL AND NOT EXISTS (SELECT FROM product p WHERE p.name = i.product)
ORDER BY i.product
ON CONFLICT (name, code) DO NOTHING;
CREATE TEMP TABLE incoming_product ON COMMIT DROP AS
SELECT i.name, i.code,
    (SELECT p.id FROM product p
     WHERE p.name = i.name AND (i.code IS NULL OR p.code = i.code)
     ORDER BY p.code = '' DESC, p.id LIMIT 1) AS product_id
FROM (SELECT DISTINCT product AS name, product_code AS code FROM incoming_line) i;
"""


def _told(column: LiteralString) -> LiteralString:
    return f"coalesce(nullif(i.{column}, ''), o.{column})"


def _name(side: LiteralString, column: LiteralString) -> LiteralString:
    """Real names beat masked ones; initials follow the name."""
    return f"""CASE WHEN i.{side}_name = '' OR (i.masked ? '{side}' AND NOT o.masked ? '{side}'
        AND o.{side}_name <> '') THEN o.{side}_{column} ELSE i.{side}_{column} END"""


def _keeps_phones(side: LiteralString) -> LiteralString:
    return f"""(coalesce(i.{side}_phone, i.{side}_phone2) IS NULL
        OR (i.masked ? '{side}_phone' AND NOT o.masked ? '{side}_phone'
            AND o.{side}_phone IS NOT NULL))"""


def _phone(side: LiteralString, column: LiteralString) -> LiteralString:
    return f"CASE WHEN {_keeps_phones(side)} THEN o.{side}_{column} ELSE i.{side}_{column} END"


def _masked_name(side: LiteralString) -> LiteralString:
    """What stays masked: what the file masks and nobody knows better."""
    return f"""CASE WHEN i.{side}_name = '' THEN o.masked -> '{side}'
        WHEN o.masked ? '{side}' OR o.{side}_name = '' THEN i.masked -> '{side}' END"""


def _masked_phone(side: LiteralString) -> LiteralString:
    return f"""CASE
        WHEN NOT {_keeps_phones(side)} THEN i.masked -> '{side}_phone'
        WHEN o.{side}_phone IS NULL OR o.masked ? '{side}_phone'
        THEN coalesce(i.masked -> '{side}_phone', o.masked -> '{side}_phone') END"""


_MASKED: Final[LiteralString] = f"""jsonb_strip_nulls(jsonb_build_object(
    'orderer', {_masked_name("orderer")}, 'orderer_phone', {_masked_phone("orderer")},
    'recipient', {_masked_name("recipient")}, 'recipient_phone', {_masked_phone("recipient")}))"""
_ADDRESS: Final[LiteralString] = """CASE WHEN i.address = ''
    OR (i.address ~ '[*＊○●]{2}' AND o.address <> '' AND o.address !~ '[*＊○●]{2}')
    THEN o.address ELSE i.address END"""
#: A day without a time (it stood in the order number) says nothing new about that day.
_ORDERED_AT: Final[LiteralString] = """CASE WHEN i.ordered_at IS NULL
    OR ((i.ordered_at AT TIME ZONE INTERVAL '9 h')::time = '00:00'
        AND o.ordered_at >= i.ordered_at AND o.ordered_at < i.ordered_at + INTERVAL '1 day')
    THEN o.ordered_at ELSE i.ordered_at END"""

#: What an order is after the import: `o` as it was, `i` as the file tells it.
ORDER_AFTER: Final[dict[LiteralString, LiteralString]] = {
    "ordered_at": _ORDERED_AT,
    "paid_at": "coalesce(i.paid_at, o.paid_at)",
    "orderer_name": _name("orderer", "name"),
    "orderer_initials": _name("orderer", "initials"),
    "orderer_phone": _phone("orderer", "phone"),
    "orderer_phone2": _phone("orderer", "phone2"),
    "recipient_name": _name("recipient", "name"),
    "recipient_initials": _name("recipient", "initials"),
    "recipient_phone": _phone("recipient", "phone"),
    "recipient_phone2": _phone("recipient", "phone2"),
    "orderer_login": _told("orderer_login"),
    "orderer_email": _told("orderer_email"),
    "zipcode": _told("zipcode"),
    "address": _ADDRESS,
    "memo": _told("memo"),
    "payment_method": _told("payment_method"),
    "paid_in_full": "i.paid_in_full",
    "shipping_fee": "coalesce(i.shipping_fee, o.shipping_fee)",
    "order_total": "coalesce(i.order_total, o.order_total)",
    "order_paid": "coalesce(i.order_paid, o.order_paid)",
    "customs_id": _told("customs_id"),
    "masked": _MASKED,
    "extra": "o.extra || i.extra",
}
#: Kept up to date, but no change that a line would count as updated for.
_BY_THE_WAY: Final = ("paid_at", "payment_method", "orderer_login", "orderer_email")
_NOTABLE: Final = [name for name in ORDER_AFTER if name not in _BY_THE_WAY]
_ORDER_NAMES: Final[LiteralString] = ", ".join(ORDER_AFTER)
_ORDER_OLD: Final[LiteralString] = ", ".join(f"o.{name}" for name in ORDER_AFTER)
_ORDER_NEW: Final[LiteralString] = ",\n    ".join(ORDER_AFTER.values())
_NOTABLE_OLD: Final[LiteralString] = ", ".join(f"o.{name}" for name in _NOTABLE)
_NOTABLE_NEW: Final[LiteralString] = ",\n    ".join(ORDER_AFTER[name] for name in _NOTABLE)

#: Places of the file's orders that are here already: did they change, and notably so?
ORDERS: Final[LiteralString] = f"""
CREATE TEMP TABLE placed_order ON COMMIT DROP AS
SELECT i.place, o.id AS order_id, {_ORDERED_AT} AS ordered_at,
    ({_ORDER_OLD}) IS DISTINCT FROM (
    {_ORDER_NEW}) AS changed,
    ({_NOTABLE_OLD}) IS DISTINCT FROM (
    {_NOTABLE_NEW}) AS notably_changed
FROM incoming_order i
JOIN sales_order o ON o.channel_id = %(channel_id)s AND o.channel_order_no = i.channel_order_no
"""
UPDATE_ORDERS: Final[LiteralString] = f"""
UPDATE sales_order o SET ({_ORDER_NAMES}, updated_at) = (
    {_ORDER_NEW}, clock_timestamp())
FROM incoming_order i JOIN placed_order p USING (place)
WHERE p.changed AND o.id = p.order_id
"""
INSERT_ORDERS: Final[LiteralString] = f"""
WITH made AS (
    INSERT INTO sales_order (channel_id, channel_order_no, {_ORDER_NAMES})
    SELECT %(channel_id)s, i.channel_order_no,
        coalesce(i.ordered_at, clock_timestamp()), {", ".join(list(ORDER_AFTER)[1:])}
    FROM incoming_order i
    WHERE NOT EXISTS (SELECT FROM placed_order p WHERE p.place = i.place)
    ORDER BY i.place
    RETURNING id, channel_order_no, ordered_at
)
INSERT INTO placed_order (place, order_id, ordered_at, changed, notably_changed)
SELECT i.place, made.id, made.ordered_at, false, false
FROM made JOIN incoming_order i USING (channel_order_no)
"""

_PRODUCT: Final[LiteralString] = """CASE WHEN i.product_code IS NULL
    AND EXISTS (SELECT FROM product q WHERE q.id = o.product_id AND q.name = i.product)
    THEN o.product_id ELSE g.product_id END"""
#: A damaged number is no news about a number that is known.
_DAMAGED: Final[LiteralString] = "i.suspect ? 'tracking_no' AND o.tracking_no <> ''"
#: What a line is after the import: `o` as it was, `i` as the file tells it, `g` its product.
LINE_AFTER: Final[dict[LiteralString, LiteralString]] = {
    "product_id": _PRODUCT,
    "option": "coalesce(i.option, o.option)",
    "quantity": "i.quantity",
    "unit_price": "coalesce(i.unit_price, o.unit_price)",
    "amount": "coalesce(i.amount, o.amount)",
    "order_status": """CASE WHEN i.channel_status IS NULL AND o.channel_status IS NOT NULL
        THEN o.order_status ELSE i.order_status END""",
    "channel_status": "coalesce(i.channel_status, o.channel_status)",
    "channel_status_detail": """CASE WHEN i.channel_status IS NULL
        THEN o.channel_status_detail ELSE i.channel_status_detail END""",
    "cancelled": """CASE WHEN i.channel_status IS NULL AND o.channel_status IS NOT NULL
        THEN o.cancelled ELSE i.cancelled END""",
    "carrier": "coalesce(i.carrier, o.carrier)",
    "tracking_no": f"CASE WHEN {_DAMAGED} THEN o.tracking_no"
    " ELSE coalesce(i.tracking_no, o.tracking_no) END",
    "bundle_no": "coalesce(nullif(i.bundle_no, ''), o.bundle_no)",
    "shipped_at": "coalesce(i.shipped_at, o.shipped_at)",
    "delivered_at": "coalesce(i.delivered_at, o.delivered_at)",
    "suspect": f"CASE WHEN {_DAMAGED} THEN o.suspect ELSE i.suspect END",
    "extra": "o.extra || i.extra",
    "ordered_at": "p.ordered_at",
}
_LINE_NAMES: Final[LiteralString] = ", ".join(LINE_AFTER)
_LINE_OLD: Final[LiteralString] = ", ".join(f"o.{name}" for name in LINE_AFTER)
_LINE_NEW: Final[LiteralString] = ",\n    ".join(LINE_AFTER.values())
_LINES_IN: Final[LiteralString] = "FROM incoming_line i JOIN placed_order p USING (place)"
_GOODS: Final[LiteralString] = """
JOIN incoming_product g ON g.name = i.product AND g.code IS NOT DISTINCT FROM i.product_code
"""

#: Lines that are here already, with what the file says differently about them.
LINES: Final[LiteralString] = f"""
CREATE TEMP TABLE placed_line ON COMMIT DROP AS
SELECT o.id AS line_id, p.place, i.line_no,
    ({_LINE_OLD}) IS DISTINCT FROM (
    {_LINE_NEW}) AS changed,
    p.notably_changed
{_LINES_IN}
JOIN order_line o ON o.order_id = p.order_id AND o.line_no = i.line_no
{_GOODS}
"""
#: The row in the newest file is kept even where nothing else is new: that is no change.
UPDATE_LINES: Final[LiteralString] = f"""
UPDATE order_line o SET ({_LINE_NAMES}, source_row, import_run_id) = (
    {_LINE_NEW}, i.source_row, %(run_id)s)
{_LINES_IN}
JOIN placed_line x ON x.place = i.place AND x.line_no = i.line_no
{_GOODS}
WHERE o.id = x.line_id AND (x.changed OR o.source_row IS DISTINCT FROM i.source_row)
"""
INSERT_LINES: Final[LiteralString] = (
    """
INSERT INTO order_line (order_id, line_no, product_id, option, quantity, unit_price, amount,
    order_status, channel_status, channel_status_detail, cancelled, carrier, tracking_no,
    bundle_no, ordered_at, shipped_at, delivered_at, source_row, suspect, extra, import_run_id)
SELECT p.order_id, i.line_no, g.product_id, coalesce(i.option, ''), i.quantity, i.unit_price,
    i.amount, i.order_status, i.channel_status, i.channel_status_detail, i.cancelled,
    coalesce(i.carrier, ''), coalesce(i.tracking_no, ''), i.bundle_no, p.ordered_at, i.shipped_at,
    i.delivered_at, i.source_row, i.suspect, i.extra, %(run_id)s
"""
    + _LINES_IN
    + """

LEFT JOIN placed_line x ON x.place = i.place AND x.line_no = i.line_no
"""
    + _GOODS
    + """
WHERE x.line_id IS NULL
ORDER BY i.place, i.source_row
"""
)
#: Channels count shipping and what was cancelled into a total, or not: none of it is a doubt.
MARKS: Final[LiteralString] = """
WITH flagged AS MATERIALIZED (SELECT flagged_numbers() AS digits)
UPDATE sales_order o SET marks = f.marks
FROM (
    SELECT o.id, array_remove(ARRAY[
        CASE WHEN coalesce(o.recipient_phone, o.orderer_phone) IS NULL
            AND NOT o.masked ?| ARRAY['recipient_phone', 'orderer_phone'] THEN 'no_phone' END,
        CASE WHEN o.address = '' THEN 'no_address' END,
        CASE WHEN o.order_total NOT IN (s.whole, s.kept, s.whole + coalesce(o.shipping_fee, 0),
            s.kept + coalesce(o.shipping_fee, 0)) AND s.told THEN 'sum_differs' END,
        CASE WHEN o.orderer_phone IN (SELECT digits FROM flagged)
            OR o.recipient_phone IN (SELECT digits FROM flagged) THEN 'flagged_customer' END
    ], NULL) AS marks
    FROM placed_order p JOIN sales_order o ON o.id = p.order_id
        CROSS JOIN LATERAL (
            SELECT sum(l.amount) AS whole, coalesce(sum(l.amount) FILTER (WHERE NOT l.cancelled), 0)
                AS kept, bool_and(l.amount IS NOT NULL) AS told
            FROM order_line l WHERE l.order_id = o.id
        ) s
) f
WHERE o.id = f.id AND o.marks <> f.marks
"""
COUNTS: Final[LiteralString] = """
SELECT count(*), count(*) FILTER (WHERE changed OR notably_changed) FROM placed_line
"""
CHANGED_ORDERS: Final[LiteralString] = """
SELECT order_id FROM placed_order WHERE changed
UNION
SELECT p.order_id FROM placed_line JOIN placed_order p USING (place) WHERE placed_line.changed
LIMIT %(most)s
"""
