"""orders pulled from an ERP: how far each source was read, and what is doubtful about an order

`marks` holds codes, written by the import; an order without any is as it should be.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sales_order",
        sa.Column("marks", sa.ARRAY(sa.Text), nullable=False, server_default="{}"),
    )
    op.execute(
        """
        CREATE TABLE erp_source (
            name varchar NOT NULL CONSTRAINT pk_erp_source PRIMARY KEY,
            watermark jsonb NOT NULL,
            read_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        GRANT SELECT, INSERT, UPDATE ON erp_source TO ets_erp, ets_admin;

        -- The ERP's login reads no customers; it may learn which orders need a second look.
        CREATE INDEX ix_customer_flagged ON customer (id) WHERE flagged;
        CREATE FUNCTION flagged_numbers() RETURNS SETOF varchar
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT n.digits FROM customer c JOIN customer_phone n ON n.customer_id = c.id
            WHERE c.flagged AND c.merged_into_id IS NULL
        $$;
        REVOKE EXECUTE ON FUNCTION flagged_numbers() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION flagged_numbers() TO ets_erp, ets_admin;
        """
    )


def downgrade() -> None:
    op.execute(
        "DROP FUNCTION flagged_numbers(); DROP INDEX ix_customer_flagged; DROP TABLE erp_source"
    )
    op.drop_column("sales_order", "marks")
