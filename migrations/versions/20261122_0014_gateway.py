"""what a gateway has not written yet: how many events wait, and for how long the oldest

`ets gateway status` tells them link by link (spec 40, health is visible).
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE gateway_link
            ADD COLUMN waiting bigint NOT NULL DEFAULT 0,
            ADD COLUMN lag_s double precision NOT NULL DEFAULT 0
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE gateway_link DROP COLUMN waiting, DROP COLUMN lag_s")
