"""lists and settings of the house tell who changed them; nobody leaves work behind (spec 60)

Supervisors change teams, templates and the default due days; the rest of 관리 is an admin's. Each
change of team, ticket_category, template, setting and holiday is a row of `setting_change`,
whichever way it came. Whoever is disabled has handed on what is open, a team that is closed has
nothing left, and neither gets a ticket any more.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import INET, JSONB

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None

KEEPER = "ets_retention"
#: table → the column that names a row, the one that people call it by, and what is no news.
WATCHED = {
    "team": ("id", "name"),
    "ticket_category": ("id", "name"),
    "template": ("id", "title", "created_at", "created_by", "updated_at", "updated_by"),
    "setting": ("key", "key"),
    "holiday": ("day", "name", "changed_at", "changed_by"),
}

# What stayed as it was is left out: `old` and `new` have the columns that differ.
TRAIL = """
CREATE FUNCTION setting_change_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD) - TG_ARGV[2:];
    now jsonb := to_jsonb(NEW) - TG_ARGV[2:];
    whole jsonb := coalesce(now, was);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) INTO was, now
        FROM jsonb_each(was) o JOIN jsonb_each(now) n USING (key)
        WHERE o.value IS DISTINCT FROM n.value;
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO setting_change (kind, subject, name, change, old, new, reason)
    VALUES (TG_TABLE_NAME, whole ->> TG_ARGV[0], whole ->> TG_ARGV[1],
        CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'DELETE' THEN 'removed' ELSE 'changed' END,
        was, now, coalesce(current_setting('ets.reason', true), ''));
    RETURN NULL;
END $$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON setting_change
    FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON setting_change
    FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
"""

FORGET = """
CREATE OR REPLACE FUNCTION forget_old_trails(most integer)
RETURNS TABLE (looks bigint, rights bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS MATERIALIZED (
        SELECT id FROM access_log WHERE at < clock_timestamp() - interval '2 years'
        ORDER BY at LIMIT most
    ), alert AS (
        DELETE FROM export_alert WHERE access_id IN (SELECT id FROM old)
    ), look AS (
        DELETE FROM access_log WHERE id IN (SELECT id FROM old) RETURNING 1
    ), session AS (
        DELETE FROM desk_session WHERE session_id IN (
            SELECT session_id FROM desk_session
            WHERE began_at < clock_timestamp() - interval '2 years' ORDER BY began_at LIMIT most)
    ),{settings} granted AS (
        DELETE FROM rights_change WHERE id IN (
            SELECT id FROM rights_change WHERE at < clock_timestamp() - interval '3 years'
            ORDER BY at LIMIT most)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM look), (SELECT count(*) FROM granted);
$$;
"""
FORGET_SETTINGS = """ changed AS (
        DELETE FROM setting_change WHERE id IN (
            SELECT id FROM setting_change WHERE at < clock_timestamp() - interval '3 years'
            ORDER BY at LIMIT most)
    ),"""

# KEY SHARE waits for a disabling under way (FOR UPDATE), SHARE for a closing of the team.
RECEIVERS = """
CREATE FUNCTION ticket_receiver_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_agent_id() IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.assignee_id IS NOT NULL THEN
        PERFORM FROM agent WHERE id = NEW.assignee_id AND active FOR KEY SHARE;
    ELSIF NEW.assignee_team_id IS NOT NULL THEN
        PERFORM FROM team WHERE id = NEW.assignee_team_id AND active FOR SHARE;
    ELSE
        RETURN NEW;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody there works' USING ERRCODE = 'ET034';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ticket_receiver_added BEFORE INSERT ON ticket
    FOR EACH ROW EXECUTE FUNCTION ticket_receiver_guard();
CREATE TRIGGER ticket_receiver_guard BEFORE UPDATE OF assignee_id, assignee_team_id ON ticket
    FOR EACH ROW
    WHEN ((NEW.assignee_id, NEW.assignee_team_id)
          IS DISTINCT FROM (OLD.assignee_id, OLD.assignee_team_id))
    EXECUTE FUNCTION ticket_receiver_guard();

CREATE FUNCTION team_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ticket WHERE assignee_team_id = NEW.id
               AND status IN ('received', 'transferred'))
       OR EXISTS (SELECT FROM missed_call WHERE team_id = NEW.id AND done_at IS NULL) THEN
        RAISE EXCEPTION 'the team has open work' USING ERRCODE = 'ET032';
    END IF;
    IF EXISTS (SELECT FROM agent WHERE team_id = NEW.id AND active) THEN
        RAISE EXCEPTION 'the team has members' USING ERRCODE = 'ET033';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER team_guard BEFORE UPDATE OF active ON team
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION team_guard();

CREATE FUNCTION agent_team_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM team WHERE id = NEW.team_id AND active FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the team is closed' USING ERRCODE = 'ET035';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agent_team_guard BEFORE INSERT OR UPDATE OF team_id, active ON agent
    FOR EACH ROW WHEN (NEW.active AND NEW.team_id IS NOT NULL)
    EXECUTE FUNCTION agent_team_guard();

CREATE FUNCTION people_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'people');
    RETURN NULL;
END $$;
CREATE TRIGGER people_told AFTER INSERT OR UPDATE OR DELETE ON team
    FOR EACH STATEMENT EXECUTE FUNCTION people_told();
CREATE TRIGGER people_told AFTER INSERT
    OR UPDATE OF login, name, role, extension, team_id, active ON agent
    FOR EACH STATEMENT EXECUTE FUNCTION people_told();
"""

HAND_OVER = """
CREATE FUNCTION has_open_work(whose bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ticket WHERE assignee_id = whose
                   AND status IN ('received', 'transferred'))
        OR EXISTS (SELECT FROM callback WHERE assignee_id = whose AND outcome IS NULL)
        OR EXISTS (SELECT FROM missed_call WHERE agent_id = whose AND done_at IS NULL)
$$;

-- Whoever tried both is one caller of the one who stays.
CREATE FUNCTION hand_on_missed_calls(whose bigint, receiver bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved integer;
BEGIN
    PERFORM FROM agent WHERE id = receiver AND active FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody there works' USING ERRCODE = 'ET034';
    END IF;
    UPDATE missed_call m SET done_at = clock_timestamp()
    WHERE m.agent_id = whose AND m.done_at IS NULL AND EXISTS (SELECT FROM missed_call o
        WHERE o.agent_id = receiver AND o.done_at IS NULL
          AND o.caller_number = m.caller_number);
    UPDATE missed_call SET agent_id = receiver, taken_by = NULL, taken_at = NULL
    WHERE agent_id = whose AND done_at IS NULL;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved > 0 THEN
        PERFORM pg_notify('ets_change', 'missed/' || whose);
    END IF;
    RETURN moved;
END $$;
"""

ENABLE = """
CREATE OR REPLACE FUNCTION set_login_enabled(which text, wanted boolean, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    is_agent boolean := EXISTS (SELECT FROM agent WHERE login = which);
BEGIN
    PERFORM set_config('ets.reason', why, true);
    IF NOT is_agent AND service_of(which) IS NULL THEN
        RAISE EXCEPTION 'no such agent' USING ERRCODE = 'ET028';
    END IF;
    IF NOT wanted THEN
        PERFORM require_another_admin(which);{open_work}
    END IF;
    IF plain_login_exists(which) THEN
        IF NOT is_agent AND wanted <> (SELECT rolcanlogin FROM pg_roles WHERE rolname = which) THEN
            PERFORM log_right(which, CASE WHEN wanted THEN 'enabled' ELSE 'disabled' END,
                NULL, NULL);
        END IF;
        EXECUTE format('ALTER ROLE %I %s', which, CASE WHEN wanted THEN 'LOGIN' ELSE 'NOLOGIN' END);
    END IF;
    UPDATE agent SET active = wanted WHERE login = which AND active <> wanted;
END $$;
"""
OPEN_WORK = """
        -- Whoever is handing something to them this moment is waited for.
        PERFORM FROM agent WHERE login = which FOR UPDATE;
        IF EXISTS (SELECT FROM agent WHERE login = which AND active AND has_open_work(id)) THEN
            RAISE EXCEPTION 'somebody has open work' USING ERRCODE = 'ET036';
        END IF;"""

GRANTS = """
GRANT SELECT ON setting_change TO ets_supervisor;
GRANT INSERT (name), UPDATE (name, active) ON team TO ets_supervisor;
GRANT UPDATE (team_id) ON agent TO ets_supervisor;
GRANT INSERT (title, body, ticket_type, sort, active) ON template TO ets_supervisor;
GRANT UPDATE (title, body, ticket_type, sort, active) ON template TO ets_supervisor;
GRANT DELETE ON template TO ets_supervisor;
GRANT INSERT (key, value), UPDATE (value) ON setting TO ets_supervisor;
ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY setting_read ON setting FOR SELECT USING (true);
CREATE POLICY setting_admin ON setting TO ets_admin USING (true);
CREATE POLICY setting_due_days ON setting TO ets_supervisor USING (key = 'default_due_days');
"""
UNGRANTED = """
DROP POLICY setting_due_days ON setting;
DROP POLICY setting_admin ON setting;
DROP POLICY setting_read ON setting;
ALTER TABLE setting DISABLE ROW LEVEL SECURITY;
REVOKE INSERT (key, value), UPDATE (value) ON setting FROM ets_supervisor;
REVOKE DELETE ON template FROM ets_supervisor;
REVOKE UPDATE (title, body, ticket_type, sort, active) ON template FROM ets_supervisor;
REVOKE INSERT (title, body, ticket_type, sort, active) ON template FROM ets_supervisor;
REVOKE UPDATE (team_id) ON agent FROM ets_supervisor;
REVOKE INSERT (name), UPDATE (name, active) ON team FROM ets_supervisor;
"""
INNER = ("has_open_work(bigint)", "hand_on_missed_calls(bigint, bigint)")
TRIGGERS = {
    "ticket_receiver_guard()": (
        "ticket_receiver_added ON ticket",
        "ticket_receiver_guard ON ticket",
    ),
    "team_guard()": ("team_guard ON team",),
    "agent_team_guard()": ("agent_team_guard ON agent",),
    "people_told()": ("people_told ON team", "people_told ON agent"),
}


def upgrade() -> None:
    op.add_column(
        "team", sa.Column("active", sa.Boolean(), server_default="true", nullable=False)
    )
    _make_trail()
    op.execute(TRAIL)
    for table, words in WATCHED.items():
        told = ", ".join(f"'{word}'" for word in words)
        op.execute(
            f"CREATE TRIGGER setting_change_told AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION setting_change_told({told})"
        )
    op.execute(RECEIVERS)
    op.execute(HAND_OVER)
    op.execute(ENABLE.format(open_work=OPEN_WORK))
    for function in (*INNER, *TRIGGERS, "setting_change_told()"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION hand_on_missed_calls(bigint, bigint) TO ets_admin")
    op.execute(GRANTS)
    op.execute(f"GRANT SELECT, DELETE ON setting_change TO {KEEPER}")
    _forget(FORGET_SETTINGS)


def _make_trail() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("login", sa.String(), server_default=sa.text("SESSION_USER"), nullable=False),
        sa.Column("address", INET(), server_default=sa.text("inet_client_addr()")),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("old", JSONB()),
        sa.Column("new", JSONB()),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "change IN ('added', 'changed', 'removed')", name=op.f("ck_setting_change_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    op.create_index(
        "ix_setting_change_at", "setting_change", [sa.text("at DESC"), sa.text("id DESC")]
    )
    op.create_index(
        "ix_setting_change_kind", "setting_change", ["kind", "subject", sa.text("id DESC")]
    )


def _forget(settings: str) -> None:
    """The function is the keeper's: whoever rewrites it belongs to that role for the moment."""
    op.execute(f"GRANT {KEEPER} TO CURRENT_USER")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {KEEPER}")
    op.execute(FORGET.replace("{settings}", settings))
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {KEEPER}")
    op.execute(f"REVOKE {KEEPER} FROM CURRENT_USER")


def downgrade() -> None:
    _forget("")
    op.execute(UNGRANTED)
    op.execute(ENABLE.format(open_work=""))
    for table in WATCHED:
        op.execute(f"DROP TRIGGER setting_change_told ON {table}")
    for function, triggers in TRIGGERS.items():
        for trigger in triggers:
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION setting_change_told()")
    for function in INNER:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("setting_change")
    op.drop_column("team", "active")
