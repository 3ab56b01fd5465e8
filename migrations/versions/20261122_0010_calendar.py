"""holidays the house adds or takes away, business hours, limits of offers and callbacks

A callback remembers for which of its times it reminded, so that two windows, a restart and a desk
that was away remind once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

HOLIDAY_GUARD = """
CREATE FUNCTION holiday_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.changed_at := clock_timestamp();
    NEW.changed_by := current_agent_id();
    RETURN NEW;
END $$;
CREATE TRIGGER holiday_guard BEFORE INSERT OR UPDATE ON holiday
    FOR EACH ROW EXECUTE FUNCTION holiday_guard();
"""

SETTINGS_TOLD = """
CREATE FUNCTION settings_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'settings');
    RETURN NULL;
END $$;
CREATE TRIGGER holiday_told AFTER INSERT OR UPDATE OR DELETE ON holiday
    FOR EACH STATEMENT EXECUTE FUNCTION settings_told();
CREATE TRIGGER setting_told AFTER INSERT OR UPDATE OR DELETE ON setting
    FOR EACH STATEMENT EXECUTE FUNCTION settings_told();
"""

# What came of a promise, when and by whom is not the client's word, and stays; only its assignee's
# desk has reminded. Whoever gets a promise is reminded of it anew.
CALLBACK_GUARD = """
CREATE FUNCTION callback_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF NEW.assignee_id <> OLD.assignee_id THEN
        NEW.reminded_for := NULL;
    END IF;
    IF me IS NULL THEN
        RETURN NEW;
    END IF;
    IF OLD.outcome IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a settled callback stays settled' USING ERRCODE = '42501';
    END IF;
    IF NEW.reminded_for IS DISTINCT FROM OLD.reminded_for AND NEW.reminded_for IS NOT NULL
       AND OLD.assignee_id <> me THEN
        RAISE EXCEPTION 'a reminder is its assignee''s' USING ERRCODE = '42501';
    END IF;
    IF NEW.outcome IS NOT NULL AND OLD.outcome IS NULL THEN
        NEW.done_at := clock_timestamp();
        NEW.done_by := me;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER callback_guard BEFORE UPDATE ON callback
    FOR EACH ROW EXECUTE FUNCTION callback_guard();
"""

GRANTS = """
GRANT SELECT ON holiday TO ets_agent, ets_technician, ets_warehouse, ets_gateway;
GRANT INSERT (day, name, works), UPDATE (day, name, works), DELETE ON holiday TO ets_admin;
GRANT DELETE ON setting TO ets_admin;
GRANT UPDATE (reminded_for) ON callback TO ets_agent;
"""


def upgrade() -> None:
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("works", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_holiday_name")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["agent.id"], name=op.f("fk_holiday_changed_by")
        ),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.add_column("callback", sa.Column("reminded_for", sa.DateTime(timezone=True)))
    op.add_column("callback", sa.Column("done_by", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_callback_done_by"), "callback", "agent", ["done_by"], ["id"]
    )
    # Promises that were due before anybody reminded are old news.
    op.execute("UPDATE callback SET reminded_for = due_at WHERE due_at <= clock_timestamp()")
    op.execute(HOLIDAY_GUARD)
    op.execute(SETTINGS_TOLD)
    op.execute(CALLBACK_GUARD)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("REVOKE DELETE ON setting FROM ets_admin")
    op.execute("DROP TRIGGER callback_guard ON callback")
    op.execute("DROP FUNCTION callback_guard()")
    op.execute("DROP TRIGGER setting_told ON setting")
    op.drop_column("callback", "done_by")
    op.drop_column("callback", "reminded_for")
    op.drop_table("holiday")
    op.execute("DROP FUNCTION settings_told()")
    op.execute("DROP FUNCTION holiday_guard()")
