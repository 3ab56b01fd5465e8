"""the warehouse finds whose an unexpected parcel is by the numbers of its customer, too"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("GRANT SELECT (customer_id, digits) ON customer_phone TO ets_warehouse")


def downgrade() -> None:
    op.execute("REVOKE SELECT (customer_id, digits) ON customer_phone FROM ets_warehouse")
