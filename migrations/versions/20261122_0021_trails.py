"""trails that nobody rewrites: access log with persons, PC and hours, sessions, export news

What is appended stays: a trigger refuses UPDATE, DELETE and TRUNCATE to every role, the owner of
the schema included. Only `ets_retention`, which nobody is and which owns the functions that forget,
gets past it (spec 80).
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEEPER = "ets_retention"
HOST = "current_setting('application_name')"
APPENDED = (
    "ticket_history",
    "customer_history",
    "activity",
    "call_event",
    "call_tie",
    "agent_state_change",
    "access_log",
)
#: Of migration 0016.
APPENDED_BEFORE = ("claim_history", "pickup_event")
CREATE_KEEPER = f"""
DO $$ BEGIN
    CREATE ROLE {KEEPER} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""

# No SECURITY DEFINER: whoever writes is whom it judges.
ONLY_ADDED_TO = f"""
CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> '{KEEPER}' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;
"""
ONLY_ADDED_TO_BEFORE = """
CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
"""

# One desk a person (spec 80): whoever logs in ends what they had open elsewhere.
SESSIONS = """
CREATE FUNCTION begin_session(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM agent WHERE id = me FOR NO KEY UPDATE;
    UPDATE desk_session SET ended_at = clock_timestamp(), why = 'second_login'
    WHERE agent_id = me AND ended_at IS NULL AND session_id <> which;
    IF FOUND THEN
        PERFORM pg_notify('ets_change', 'session/' || me);
    END IF;
    INSERT INTO desk_session (session_id, agent_id) VALUES (which, me)
    ON CONFLICT (session_id) DO NOTHING;
    IF FOUND THEN
        INSERT INTO access_log (action) VALUES ('login');
    END IF;
END $$;

-- Why the desk has to close, '' while it has not.
CREATE FUNCTION session_ended(which uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN NOT a.active THEN 'disabled' ELSE coalesce((
        SELECT s.why FROM desk_session s WHERE s.session_id = which AND s.agent_id = a.id
    ), '') END
    FROM agent a WHERE a.login = session_user
$$;

CREATE FUNCTION end_session(which uuid, because text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF because NOT IN ('left', 'idle') THEN
        RAISE EXCEPTION 'nobody ends a session so' USING ERRCODE = '42501';
    END IF;
    UPDATE desk_session SET ended_at = clock_timestamp(), why = because
    WHERE session_id = which AND agent_id = current_agent_id() AND ended_at IS NULL;
    IF FOUND THEN
        INSERT INTO access_log (action, condition)
        VALUES ('logout', jsonb_build_object('why', because));
    END IF;
END $$;

CREATE FUNCTION session_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'session/' || NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER session_told AFTER UPDATE OF active ON agent
    FOR EACH ROW WHEN (NEW.active <> OLD.active) EXECUTE FUNCTION session_told();
"""

# As domain/calendar.py has it (a test compares); the database decides, no client says it.
HOURS = """
CREATE FUNCTION house_hours(weekday integer, OUT opens time, OUT closes time)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said jsonb := (SELECT value -> (ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])[weekday]
                   FROM setting WHERE key = 'business_hours' AND jsonb_typeof(value) = 'object');
    clock constant text := '^([01]?[0-9]|2[0-3]):[0-5]?[0-9]$';
BEGIN
    IF jsonb_typeof(said) = 'null' THEN
        RETURN;
    ELSIF jsonb_typeof(said) = 'array' AND jsonb_array_length(said) = 2
       AND said ->> 0 ~ clock AND said ->> 1 ~ clock THEN
        opens := make_time(split_part(said ->> 0, ':', 1)::integer,
                           split_part(said ->> 0, ':', 2)::integer, 0);
        closes := make_time(split_part(said ->> 1, ':', 1)::integer,
                            split_part(said ->> 1, ':', 2)::integer, 0);
    END IF;
    IF opens IS NULL OR opens >= closes THEN
        opens := CASE WHEN weekday < 6 THEN time '09:00' END;
        closes := CASE WHEN weekday < 6 THEN time '18:00' END;
    END IF;
END $$;

CREATE FUNCTION is_outside_hours(moment timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here timestamp := moment AT TIME ZONE 'Asia/Seoul';
    own boolean := (SELECT works FROM holiday WHERE day = here::date);
    opens time;
    closes time;
    first_opens time;
    first_closes time;
BEGIN
    IF NOT own OR own IS NULL AND EXISTS (SELECT FROM public_holiday WHERE day = here::date) THEN
        RETURN true;
    END IF;
    SELECT h.opens, h.closes INTO first_opens, first_closes
    FROM generate_series(1, 7) d CROSS JOIN house_hours(d) h
    WHERE h.opens IS NOT NULL ORDER BY d LIMIT 1;
    SELECT h.opens, h.closes INTO opens, closes
    FROM house_hours(extract(isodow FROM here)::integer) h;
    -- A week without any business is a slip; a day of rest on which the house works has hours, too.
    IF opens IS NULL AND (own OR first_opens IS NULL AND extract(isodow FROM here) < 6) THEN
        opens := coalesce(first_opens, time '09:00');
        closes := coalesce(first_closes, time '18:00');
    END IF;
    RETURN opens IS NULL OR here::time < opens OR here::time >= closes;
END $$;

CREATE FUNCTION access_log_stamp() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.outside_hours := is_outside_hours(NEW.at);
    RETURN NEW;
END $$;
CREATE TRIGGER access_log_stamp BEFORE INSERT ON access_log
    FOR EACH ROW EXECUTE FUNCTION access_log_stamp();
"""

# Told to whoever supervises: an export of many persons, or while the house is closed.
EXPORTS = """
CREATE FUNCTION export_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.outside_hours OR NEW.persons >= setting_number('access_review', 'many_persons', 100,
                                                          1000000) THEN
        INSERT INTO export_alert (access_id) VALUES (NEW.id);
        PERFORM pg_notify('ets_change', 'exports');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER export_told AFTER INSERT ON access_log
    FOR EACH ROW WHEN (NEW.action = 'export') EXECUTE FUNCTION export_told();

CREATE FUNCTION export_alert_seen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.seen_at := coalesce(OLD.seen_at, clock_timestamp());
    NEW.seen_by := coalesce(OLD.seen_by, current_agent_id());
    RETURN NEW;
END $$;
CREATE TRIGGER export_alert_seen BEFORE UPDATE ON export_alert
    FOR EACH ROW EXECUTE FUNCTION export_alert_seen();
"""

PEOPLE = "ets_agent, ets_warehouse, ets_technician"
LOGGED_BEFORE = "action, subject, condition, row_count"
LOGGED = f"{LOGGED_BEFORE}, persons"
GRANTS = f"""
GRANT INSERT ({LOGGED}) ON access_log TO {PEOPLE};
GRANT SELECT ON export_alert TO ets_supervisor;
GRANT UPDATE (seen_at) ON export_alert TO ets_supervisor;
"""
INNER = ("house_hours(integer)", "is_outside_hours(timestamptz)")
SESSION_FUNCTIONS = ("begin_session(uuid)", "session_ended(uuid)", "end_session(uuid, text)")


def upgrade() -> None:
    op.execute(CREATE_KEEPER)
    _tables()
    op.execute(ONLY_ADDED_TO)
    for table in APPENDED:
        op.execute(
            f"CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )
    for table in (*APPENDED, *APPENDED_BEFORE):
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )
    for statement in (SESSIONS, HOURS, EXPORTS, GRANTS):
        op.execute(statement)
    for function in SESSION_FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {PEOPLE}")
    for function in INNER:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")


def _tables() -> None:
    op.add_column(
        "access_log",
        sa.Column("host", sa.String(), server_default=sa.text(HOST)),
    )
    op.add_column("access_log", sa.Column("persons", sa.BigInteger()))
    op.add_column("access_log", sa.Column("outside_hours", sa.Boolean()))
    op.create_index("ix_access_log_login_at", "access_log", ["login", sa.text("at DESC")])
    op.create_table(
        "desk_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        _stamp("began_at"),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("why", sa.String()),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_desk_session")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_desk_session_agent_id")),
        sa.CheckConstraint(
            "why IN ('second_login', 'left', 'idle')", name=op.f("ck_desk_session_why")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (why IS NULL)", name=op.f("ck_desk_session_ended_at")
        ),
    )
    op.create_index(
        "ix_desk_session_agent_id_open",
        "desk_session",
        ["agent_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "export_alert",
        sa.Column("access_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("seen_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("access_id", name=op.f("pk_export_alert")),
        sa.ForeignKeyConstraint(["seen_by"], ["agent.id"], name=op.f("fk_export_alert_seen_by")),
    )


def _stamp(name: str) -> sa.Column[object]:
    now = sa.func.clock_timestamp()
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)


def downgrade() -> None:
    for trigger, table in (
        ("session_told", "agent"),
        ("export_told", "access_log"),
        ("access_log_stamp", "access_log"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
        op.execute(f"DROP FUNCTION {trigger}()")
    for table in APPENDED:
        op.execute(f"DROP TRIGGER only_added_to ON {table}")
    for table in (*APPENDED, *APPENDED_BEFORE):
        op.execute(f"DROP TRIGGER never_emptied ON {table}")
    op.execute(ONLY_ADDED_TO_BEFORE)
    for table in ("export_alert", "desk_session"):
        op.drop_table(table)
    for function in (
        *SESSION_FUNCTIONS,
        "export_alert_seen()",
        "is_outside_hours(timestamptz)",
        "house_hours(integer)",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_access_log_login_at", "access_log")
    for column in ("outside_hours", "persons", "host"):
        op.drop_column("access_log", column)
    op.execute(f"REVOKE INSERT ({LOGGED_BEFORE}) ON access_log FROM ets_warehouse, ets_technician")
