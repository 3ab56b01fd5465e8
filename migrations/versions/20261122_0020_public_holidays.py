"""public holidays are reckoned once a house, by the gateway or `ets db upgrade`; desks read them"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TOLD = """
CREATE TRIGGER public_holiday_told AFTER INSERT OR UPDATE OR DELETE ON public_holiday
    FOR EACH STATEMENT EXECUTE FUNCTION settings_told();
"""

GRANTS = """
GRANT SELECT ON public_holiday TO ets_agent, ets_technician, ets_warehouse, ets_gateway;
GRANT INSERT, UPDATE, DELETE ON public_holiday TO ets_gateway;
"""


def upgrade() -> None:
    op.create_table(
        "public_holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reckoned_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_public_holiday")),
    )
    op.execute(TOLD)
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("public_holiday")
