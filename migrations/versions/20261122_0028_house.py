"""desks hear of 세부유형 and imports; whoever sends an instruction anew is told in setting_change

The masked cells of rows that an import could not read are forgotten after 90 days.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TOLD = """
CREATE TRIGGER ticket_category_told AFTER INSERT OR UPDATE OR DELETE ON ticket_category
    FOR EACH STATEMENT EXECUTE FUNCTION settings_told();
CREATE FUNCTION import_run_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'imports');
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION import_run_told() FROM PUBLIC;
CREATE TRIGGER import_run_told AFTER INSERT OR UPDATE OR DELETE ON import_run
    FOR EACH STATEMENT EXECUTE FUNCTION import_run_told();
CREATE TRIGGER setting_change_told AFTER UPDATE OF state ON logistics_instruction
    FOR EACH ROW WHEN (OLD.state = 'failed' AND NEW.state = 'waiting')
    EXECUTE FUNCTION setting_change_told('id', 'key', 'next_try_at');
"""

FORGET = """
CREATE OR REPLACE FUNCTION forget_what_is_done(most integer)
RETURNS TABLE (receipts bigint, dials bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH receipt AS (
        DELETE FROM save_receipt WHERE save_id IN (
            SELECT save_id FROM save_receipt
            WHERE saved_at < clock_timestamp() - interval '180 days'
            ORDER BY saved_at LIMIT most)
        RETURNING 1
    ), dial AS (
        DELETE FROM dial_request WHERE id IN (
            SELECT id FROM dial_request
            WHERE asked_at < clock_timestamp() - interval '30 days'
            ORDER BY asked_at LIMIT most)
        RETURNING 1
    ){cells}
    SELECT (SELECT count(*) FROM receipt), (SELECT count(*) FROM dial);
$$;
"""
CELLS = """, cell AS (
        UPDATE import_run SET result = result - 'values' WHERE id IN (
            SELECT id FROM import_run
            WHERE result ? 'values' AND started_at < clock_timestamp() - interval '90 days'
            ORDER BY started_at LIMIT most)
    )"""


def upgrade() -> None:
    op.execute(TOLD)
    op.execute(FORGET.format(cells=CELLS))
    op.create_index(
        "ix_import_run_values",
        "import_run",
        ["started_at"],
        postgresql_where=sa.text("result ? 'values'"),
    )
    op.create_index(
        "ix_logistics_instruction_state", "logistics_instruction", ["state", sa.text("id DESC")]
    )


def downgrade() -> None:
    op.drop_index("ix_logistics_instruction_state", "logistics_instruction")
    op.drop_index("ix_import_run_values", "import_run")
    op.execute("UPDATE import_run SET result = result - 'values' WHERE result ? 'values'")
    op.execute(FORGET.format(cells=""))
    op.execute("DROP TRIGGER setting_change_told ON logistics_instruction")
    op.execute("DROP TRIGGER import_run_told ON import_run")
    op.execute("DROP FUNCTION import_run_told()")
    op.execute("DROP TRIGGER ticket_category_told ON ticket_category")
