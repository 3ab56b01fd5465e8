"""Products by a part of their name or code, with what they were last sold for."""

from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.queries.order_search.lookups import product_patterns
from ets_desktop.queries.order_search.pieces import Values, filled

#: More than one looks through below a field.
MOST_PRODUCTS = 20


@dataclass(frozen=True, slots=True)
class ProductRow:
    """상품정보 as an exchange chooses it; `unit_price` of the newest sale in whole KRW, None
    without one that told it."""

    product_id: int
    code: str
    name: str
    unit_price: int | None


# The names are taken first, or each of thousands would look for its last sale.
_FOUND: LiteralString = """
    WITH hit AS MATERIALIZED (
        SELECT p.id, p.code, p.name FROM product p WHERE {words} ORDER BY p.name, p.id LIMIT {most}
    )
    SELECT h.id AS product_id, h.code, h.name, (
        SELECT l.unit_price FROM order_line l
        WHERE l.product_id = h.id AND l.unit_price IS NOT NULL
        ORDER BY l.ordered_at DESC LIMIT 1
    ) AS unit_price
    FROM hit h ORDER BY h.name, h.id
"""


def find_products(
    session: Session, typed: str, most: int = MOST_PRODUCTS
) -> tuple[ProductRow, ...]:
    """Products in whose name or code every word of `typed` stands, by name; none for no word."""
    values = Values()
    # One by one, for LIKE ALL (array) uses no index.
    words = [f"p.words LIKE {values.bind(word)}" for word in product_patterns(typed)]
    if not words:
        return ()
    query = filled(_FOUND, words=" AND ".join(words), most=values.bind(most))
    with driver_of(session).cursor(row_factory=class_row(ProductRow)) as cursor:
        return tuple(cursor.execute(query.encode(), values.bound).fetchall())
