"""보낸 이관 by index: a transfer knows whether its ticket is open; a take-over is an activity"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LIVE = "ticket_open AND returned_at IS NULL AND recalled_at IS NULL"

TRANSFER_FOLLOWS = """
CREATE FUNCTION transfer_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE transfer SET ticket_open = NEW.status IN ('received', 'transferred')
    WHERE ticket_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_follows AFTER UPDATE ON ticket
    FOR EACH ROW
    WHEN ((OLD.status IN ('completed', 'discarded')) <> (NEW.status IN ('completed', 'discarded')))
    EXECUTE FUNCTION transfer_follows();
"""


def upgrade() -> None:
    op.add_column(
        "transfer",
        sa.Column("ticket_open", sa.Boolean(), server_default="true", nullable=False),
    )
    op.execute(
        "UPDATE transfer x SET ticket_open = false FROM ticket t"
        " WHERE t.id = x.ticket_id AND t.status IN ('completed', 'discarded')"
    )
    op.create_index(
        "ix_transfer_from_agent_id_live",
        "transfer",
        ["from_agent_id", sa.literal_column("sent_at DESC")],
        postgresql_where=sa.text(LIVE),
    )
    op.execute(TRANSFER_FOLLOWS)
    op.drop_constraint("ck_activity_kind", "activity")
    op.create_check_constraint(
        op.f("ck_activity_kind"), "activity", "kind IN ('call', 'sms', 'note', 'take_over')"
    )


def downgrade() -> None:
    op.execute("UPDATE activity SET kind = 'note' WHERE kind = 'take_over'")
    op.drop_constraint("ck_activity_kind", "activity")
    op.create_check_constraint(
        op.f("ck_activity_kind"), "activity", "kind IN ('call', 'sms', 'note')"
    )
    op.execute("DROP TRIGGER transfer_follows ON ticket")
    op.execute("DROP FUNCTION transfer_follows()")
    op.drop_index("ix_transfer_from_agent_id_live", table_name="transfer")
    op.drop_column("transfer", "ticket_open")
