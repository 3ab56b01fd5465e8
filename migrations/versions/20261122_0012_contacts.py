"""Contacts tell of themselves, and callbacks and follow-ups are found by their ticket

A recording, news of a courier or of the ARS is appended as an activity, by whomever: the desks
that show the ticket or its customer read again, and no version rises.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ACTIVITY_TOLD = """
CREATE FUNCTION activity_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('ets_change', concat_ws(' ',
        'ticket/' || NEW.ticket_id,
        (SELECT 'customer/' || t.customer_id FROM ticket t WHERE t.id = NEW.ticket_id)));
    RETURN NULL;
END $$;
CREATE TRIGGER activity_told AFTER INSERT ON activity
    FOR EACH ROW EXECUTE FUNCTION activity_told();
"""


def upgrade() -> None:
    op.execute(ACTIVITY_TOLD)
    op.execute("CREATE INDEX ix_callback_ticket_id ON callback (ticket_id, id)")
    op.execute(
        "CREATE INDEX ix_ticket_follow_up_of ON ticket (follow_up_of)"
        " WHERE follow_up_of IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DROP INDEX ix_ticket_follow_up_of")
    op.execute("DROP INDEX ix_callback_ticket_id")
    op.execute("DROP TRIGGER activity_told ON activity")
    op.execute("DROP FUNCTION activity_told()")
