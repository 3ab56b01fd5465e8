"""ARS sessions as their vendor tells them (spec 50), logins that end with a desk that vanished, and
what is given to one person told as the export it is

A session of the ARS is its vendor's: one row an id, fuller with each event, and whoever is in it is
found by number and order when it is read, for orders may come later than the call.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = "kind IN ('cancel', 'return', 'exchange', 'delivery', 'consultation')"
TOLD = (
    "session_id, order_no, name, phone, phone_typed, answered_at, kind, category, amount,"
    " packing_fee, menu, reached_final, ended_at"
)
# Ids only, and not even these: whoever shows sessions reads them again.
ARS = f"""
CREATE FUNCTION ars_session_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'ars');
    RETURN NULL;
END $$;
CREATE TRIGGER ars_session_told AFTER INSERT OR UPDATE ON ars_session
    FOR EACH ROW EXECUTE FUNCTION ars_session_told();
REVOKE EXECUTE ON FUNCTION ars_session_told() FROM PUBLIC;
GRANT SELECT ON ars_session TO ets_agent, ets_gateway;
GRANT INSERT ({TOLD}), UPDATE ({TOLD}) ON ars_session TO ets_admin, ets_gateway;
"""

# One desk a person, as in 0021; a desk that vanished may have been asleep: its login goes on when it
# is back, unless the person logged in elsewhere meanwhile.
BEGIN = """
CREATE OR REPLACE FUNCTION begin_session(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM agent WHERE id = me FOR NO KEY UPDATE;
    UPDATE desk_session SET ended_at = clock_timestamp(), why = 'second_login'
    WHERE agent_id = me AND ended_at IS NULL AND session_id <> which;{told_of_the_open}
    INSERT INTO desk_session (session_id, agent_id) VALUES (which, me)
    ON CONFLICT (session_id) DO NOTHING;
    IF FOUND THEN
        INSERT INTO access_log (action) VALUES ('login');{told_of_all}
    END IF;
END $$;
"""
BEGIN_BEFORE = BEGIN.replace(
    "{told_of_the_open}",
    """
    IF FOUND THEN
        PERFORM pg_notify('ets_change', 'session/' || me);
    END IF;""",
).replace("{told_of_all}", "")
BEGIN_NOW = BEGIN.replace("{told_of_the_open}", "").replace(
    "{told_of_all}",
    """
        PERFORM pg_notify('ets_change', 'session/' || me);""",
)
ENDED = """
CREATE OR REPLACE FUNCTION session_ended(which uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN NOT a.active THEN 'disabled' ELSE coalesce((
        SELECT {why} FROM desk_session s WHERE s.session_id = which AND s.agent_id = a.id
    ), '') END
    FROM agent a WHERE a.login = session_user
$$;
"""
ENDED_BEFORE = ENDED.format(why="s.why")
ENDED_NOW = ENDED.format(
    why="""CASE WHEN s.why <> 'vanished' THEN s.why
            WHEN EXISTS (SELECT FROM desk_session n
                         WHERE n.agent_id = s.agent_id AND n.began_at > s.began_at)
            THEN 'second_login' ELSE '' END"""
)
# A desk that left has beaten a moment before.
VANISHED = """
CREATE FUNCTION session_vanished() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE desk_session SET ended_at = clock_timestamp(), why = 'vanished', desk_id = OLD.desk_id
    WHERE agent_id = OLD.agent_id AND ended_at IS NULL
      AND began_at <= OLD.seen_at + interval '5 seconds'
      AND NOT EXISTS (SELECT FROM desk d WHERE d.agent_id = OLD.agent_id);
    RETURN NULL;
END $$;
CREATE TRIGGER session_vanished AFTER DELETE ON desk
    FOR EACH ROW WHEN (OLD.seen_at < clock_timestamp() - interval '15 seconds')
    EXECUTE FUNCTION session_vanished();

CREATE FUNCTION session_goes_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE desk_session s SET ended_at = NULL, why = NULL, desk_id = NULL
    WHERE s.agent_id = NEW.agent_id AND s.desk_id = NEW.desk_id AND s.why = 'vanished'
      AND NOT EXISTS (SELECT FROM desk_session n
                      WHERE n.agent_id = s.agent_id AND n.began_at > s.began_at);
    RETURN NULL;
END $$;
CREATE TRIGGER session_goes_on AFTER INSERT ON desk
    FOR EACH ROW EXECUTE FUNCTION session_goes_on();
REVOKE EXECUTE ON FUNCTION session_vanished(), session_goes_on() FROM PUBLIC;
"""
# What is kept of one person is an export, too: told to supervisors while the house is closed.
EXPORT_TOLD = """
DROP TRIGGER export_told ON access_log;
CREATE TRIGGER export_told AFTER INSERT ON access_log
    FOR EACH ROW WHEN (NEW.action {actions}) EXECUTE FUNCTION export_told();
"""
EXPORT_TOLD_BEFORE = EXPORT_TOLD.format(actions="= 'export'")
EXPORT_TOLD_NOW = EXPORT_TOLD.format(actions="IN ('export', 'export_customer')")
CAUSES_BEFORE = "why IN ('second_login', 'left', 'idle', 'logged_off')"
CAUSES = "why IN ('second_login', 'left', 'idle', 'logged_off', 'vanished')"


def upgrade() -> None:
    _ars_session()
    op.execute(ARS)
    op.add_column("desk_session", sa.Column("desk_id", sa.Uuid()))
    op.drop_constraint("ck_desk_session_why", "desk_session")
    op.create_check_constraint(op.f("ck_desk_session_why"), "desk_session", CAUSES)
    op.execute(BEGIN_NOW)
    op.execute(ENDED_NOW)
    op.execute(VANISHED)
    op.execute(EXPORT_TOLD_NOW)


def _ars_session() -> None:
    op.create_table(
        "ars_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        _text("order_no"),
        _text("name"),
        sa.Column("phone", sa.String()),
        _text("phone_typed"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String()),
        _text("category"),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("packing_fee", sa.BigInteger()),
        sa.Column("menu", ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("reached_final", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.clock_timestamp(),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ars_session")),
        sa.UniqueConstraint("session_id", name=op.f("uq_ars_session_session_id")),
        sa.CheckConstraint(KINDS, name=op.f("ck_ars_session_kind")),
    )
    newest = sa.text("answered_at DESC")
    op.create_index("ix_ars_session_phone", "ars_session", ["phone", newest])
    op.create_index("ix_ars_session_order_no", "ars_session", ["order_no", newest])
    op.create_index("ix_ars_session_answered_at", "ars_session", [newest])


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), server_default="", nullable=False)


def downgrade() -> None:
    op.execute(EXPORT_TOLD_BEFORE)
    for trigger in ("session_vanished", "session_goes_on"):
        op.execute(f"DROP TRIGGER {trigger} ON desk")
        op.execute(f"DROP FUNCTION {trigger}()")
    op.execute(BEGIN_BEFORE)
    op.execute(ENDED_BEFORE)
    op.execute("UPDATE desk_session SET why = 'left' WHERE why = 'vanished'")
    op.drop_constraint("ck_desk_session_why", "desk_session")
    op.create_check_constraint(op.f("ck_desk_session_why"), "desk_session", CAUSES_BEFORE)
    op.drop_column("desk_session", "desk_id")
    op.drop_table("ars_session")
    op.execute("DROP FUNCTION ars_session_told()")
