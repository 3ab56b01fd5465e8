"""Who, when and from where of the access log are the database's word: no client may write them"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("REVOKE INSERT ON access_log FROM ets_agent")
    op.execute("GRANT INSERT (action, subject, condition, row_count) ON access_log TO ets_agent")


def downgrade() -> None:
    op.execute("REVOKE INSERT (action, subject, condition, row_count) ON access_log FROM ets_agent")
    op.execute("GRANT INSERT ON access_log TO ets_agent")
