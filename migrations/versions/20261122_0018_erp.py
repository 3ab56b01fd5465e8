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

        -- The ERP's login reads no customers; it may learn that an order needs a second look.
        CREATE FUNCTION is_flagged_number(numbers text[]) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT EXISTS (
                SELECT FROM customer_phone n JOIN customer c ON c.id = n.customer_id
                WHERE c.flagged AND c.merged_into_id IS NULL AND n.digits = ANY(numbers)
            )
        $$;
        REVOKE EXECUTE ON FUNCTION is_flagged_number(text[]) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION is_flagged_number(text[]) TO ets_erp, ets_admin;
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION is_flagged_number(text[]); DROP TABLE erp_source")
    op.drop_column("sales_order", "marks")
