"""which presses of a save button are done: one that is sent again changes nothing (spec 85)

A desk makes the id of a save and sends it with it. The row stands in the same transaction as what
the save does, so a second arrival finds it, also while the first is still under way. Desks only
add rows, and nobody needs to read them.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE save_receipt (
    save_id uuid NOT NULL CONSTRAINT pk_save_receipt PRIMARY KEY,
    agent_id bigint NOT NULL CONSTRAINT fk_save_receipt_agent_id REFERENCES agent,
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""

GUARD = """
CREATE FUNCTION save_receipt_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.agent_id := coalesce(current_agent_id(), NEW.agent_id);
    NEW.saved_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER save_receipt_guard BEFORE INSERT ON save_receipt
    FOR EACH ROW EXECUTE FUNCTION save_receipt_guard();
"""

GRANTS = """
GRANT INSERT (save_id, agent_id) ON save_receipt TO ets_agent;
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(GUARD)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("DROP TABLE save_receipt")
    op.execute("DROP FUNCTION save_receipt_guard()")
