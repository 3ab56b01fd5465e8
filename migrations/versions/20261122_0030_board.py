"""what 현황판 does and hears: a supervisor forces a state or logs a desk off, with a reason (spec 60)

Both are in the access log, whoever calls the functions. A desk that was logged off stays known for
a while, so that its next beat does not seat its agent again. A call that begins, is answered or
ends is told to whoever watches.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

# As migration 0015 has it, for whatever chooses.
CHANGE = """
CREATE FUNCTION change_agent_state(whose bigint, wanted text, why text) RETURNS text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    now agent%ROWTYPE;
BEGIN
    IF wanted NOT IN ('ready', 'wrap_up', 'rest', 'meal', 'training', 'protected_rest',
                      'not_ready') THEN
        RAISE EXCEPTION 'nobody chooses that state' USING ERRCODE = '42501';
    END IF;
    PERFORM pg_advisory_xact_lock(4010102);
    SELECT * INTO now FROM agent WHERE id = whose FOR NO KEY UPDATE;
    IF NOT FOUND OR now.state = 'logged_out' THEN
        RETURN 'logged_out';
    ELSIF is_talking(now.extension) THEN
        -- What is chosen while talking comes after the call; 후처리 does by itself.
        PERFORM set_agent_state(whose, 'on_call', why,
            CASE WHEN wanted NOT IN ('ready', 'wrap_up') THEN wanted END);
    ELSE
        PERFORM set_agent_state(whose, wanted, why);
        PERFORM agents_turn();
    END IF;
    RETURN (SELECT state FROM agent WHERE id = whose);
END $$;
"""
CHOOSE = """
CREATE OR REPLACE FUNCTION choose_agent_state(whose bigint, wanted text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    -- Nobody is the owner of the schema, or a gateway, which tells what the telephone said.
    IF why NOT IN ('chosen', 'pbx') OR me IS NOT NULL AND why = 'pbx'
       OR me IS NULL AND why = 'chosen' AND NOT pg_has_role(session_user, current_user, 'MEMBER')
    THEN
        RAISE EXCEPTION 'a state says truly who chose it' USING ERRCODE = '42501';
    ELSIF me <> whose THEN
        RAISE EXCEPTION 'a state is its agent''s own' USING ERRCODE = '42501';
    END IF;
    RETURN change_agent_state(whose, wanted, why);
END $$;
"""
FORCE = """
CREATE FUNCTION log_supervision(what text, whose bigint, why text, details jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(btrim(why), '') = '' THEN
        RAISE EXCEPTION 'nobody is forced without a reason' USING ERRCODE = '42501';
    ELSIF whose = current_agent_id() THEN
        RAISE EXCEPTION 'nobody forces themselves' USING ERRCODE = '42501';
    END IF;
    INSERT INTO access_log (action, subject, condition)
    SELECT what, 'agent/' || a.login, jsonb_build_object('reason', why) || details
    FROM agent a WHERE a.id = whose;
END $$;

CREATE FUNCTION force_agent_state(whose bigint, wanted text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    became text := change_agent_state(whose, wanted, 'forced');
BEGIN
    IF became <> 'logged_out' THEN
        PERFORM log_supervision('force_state', whose, why,
            jsonb_build_object('agent_state', wanted));
    END IF;
    RETURN became;
END $$;

-- Whether there was anything to end.
CREATE FUNCTION log_agent_off(whose bigint, why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    had_desk boolean;
    had_session boolean;
    was text;
BEGIN
    PERFORM pg_advisory_xact_lock(4010102);
    SELECT state INTO was FROM agent WHERE id = whose FOR NO KEY UPDATE;
    UPDATE desk SET logged_off = true WHERE agent_id = whose AND NOT logged_off;
    had_desk := FOUND;
    UPDATE desk_session SET ended_at = clock_timestamp(), why = 'logged_off'
    WHERE agent_id = whose AND ended_at IS NULL;
    had_session := FOUND;
    IF was IS NULL OR was = 'logged_out' AND NOT had_desk AND NOT had_session THEN
        RETURN false;
    END IF;
    PERFORM log_supervision('log_off', whose, log_agent_off.why, '{}');
    PERFORM set_agent_state(whose, 'logged_out', 'forced');
    PERFORM agents_turn();
    PERFORM pg_notify('ets_change', 'session/' || whose);
    RETURN true;
END $$;
"""

LEAVE = """
CREATE OR REPLACE FUNCTION leave_desk(which uuid, whose bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := coalesce(current_agent_id(), whose);
BEGIN
    PERFORM pg_advisory_xact_lock(4010102);
    DELETE FROM desk WHERE desk_id = which AND agent_id = me;
    IF FOUND AND NOT EXISTS (SELECT FROM desk WHERE agent_id = me{there}) THEN
        PERFORM set_agent_state(me, 'logged_out', 'signed_out');
        PERFORM agents_turn();
    END IF;
END $$;
"""
TURN = """
CREATE OR REPLACE FUNCTION agents_turn() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    times record;
    who record;
BEGIN
    PERFORM pg_advisory_xact_lock(4010102);
    SELECT * INTO times FROM agent_times();
    -- Where nobody looked, nobody could say that they are there: the database was away.
    INSERT INTO duty_watch AS w (watched_at) VALUES (clock_timestamp())
    ON CONFLICT (one) DO UPDATE SET
        spare_until = CASE WHEN w.watched_at < clock_timestamp() - interval '15 seconds'
            THEN clock_timestamp() + interval '20 seconds' ELSE w.spare_until END,
        watched_at = clock_timestamp();
    IF EXISTS (SELECT FROM duty_watch WHERE spare_until <= clock_timestamp()) THEN
        DELETE FROM desk WHERE seen_at < clock_timestamp() - interval '20 seconds';
        PERFORM set_agent_state(a.id, 'logged_out', 'desk_gone') FROM agent a
        WHERE a.state <> 'logged_out'
          AND NOT EXISTS (SELECT FROM desk d WHERE d.agent_id = a.id{there});
    END IF;
    PERFORM set_agent_state(a.id, 'ready', 'timer') FROM agent a
    WHERE a.state = 'wrap_up' AND a.state_since <= clock_timestamp() - times.wrap_up;
    PERFORM set_agent_state(o.agent_id, 'not_ready', 'not_taken') FROM task_offer o
    WHERE o.ended_at IS NULL AND o.offered_at <= clock_timestamp() - times.take_within;
    FOR who IN
        SELECT a.id, a.team_id FROM agent a
        WHERE a.state = 'ready' AND a.active AND a.team_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM task_offer o WHERE o.agent_id = a.id AND o.ended_at IS NULL)
          AND NOT EXISTS (SELECT FROM call_leg l
              WHERE l.extension = a.extension AND l.phase <> 'ended'
                AND l.rang_at > clock_timestamp() - interval '4 hours')
        ORDER BY greatest(a.state_since, (
            SELECT max(o.ended_at) FROM task_offer o
            WHERE o.agent_id = a.id AND o.outcome = 'taken')), a.id
    LOOP
        PERFORM offer_task(who.id, who.team_id);
    END LOOP;
END $$;
"""
THERE = " AND NOT logged_off"

CHOOSE_BEFORE = """
CREATE OR REPLACE FUNCTION choose_agent_state(whose bigint, wanted text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
    now agent%ROWTYPE;
BEGIN
    IF wanted NOT IN ('ready', 'wrap_up', 'rest', 'meal', 'training', 'protected_rest',
                      'not_ready') OR why NOT IN ('chosen', 'forced', 'pbx') THEN
        RAISE EXCEPTION 'nobody chooses that state' USING ERRCODE = '42501';
    ELSIF me IS NOT NULL AND (why = 'pbx' OR (why = 'forced') <> (whose <> me)) THEN
        RAISE EXCEPTION 'a state says truly who chose it' USING ERRCODE = '42501';
    ELSIF me <> whose AND NOT pg_has_role(session_user, 'ets_supervisor', 'MEMBER') THEN
        RAISE EXCEPTION 'a state is its agent''s own' USING ERRCODE = '42501';
    END IF;
    PERFORM pg_advisory_xact_lock(4010102);
    SELECT * INTO now FROM agent WHERE id = whose FOR NO KEY UPDATE;
    IF NOT FOUND OR now.state = 'logged_out' THEN
        RETURN 'logged_out';
    ELSIF is_talking(now.extension) THEN
        -- What is chosen while talking comes after the call; 후처리 does by itself.
        PERFORM set_agent_state(whose, 'on_call', why,
            CASE WHEN wanted NOT IN ('ready', 'wrap_up') THEN wanted END);
    ELSE
        PERFORM set_agent_state(whose, wanted, why);
        PERFORM agents_turn();
    END IF;
    RETURN (SELECT state FROM agent WHERE id = whose);
END $$;
"""

# No number, no extension: only that there is something to look at.
LIVE_CALLS = """
CREATE FUNCTION live_calls_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'live_calls');
    RETURN NULL;
END $$;
CREATE TRIGGER live_calls_told AFTER INSERT OR UPDATE OF phase ON call_leg
    FOR EACH ROW EXECUTE FUNCTION live_calls_told();
"""

INNER = (
    "change_agent_state(bigint, text, text)",
    "log_supervision(text, bigint, text, jsonb)",
)
FOR_SUPERVISORS = (
    "force_agent_state(bigint, text, text)",
    "log_agent_off(bigint, text)",
)
ENDS_BEFORE = "why IN ('second_login', 'left', 'idle')"
ENDS = "why IN ('second_login', 'left', 'idle', 'logged_off')"


def upgrade() -> None:
    op.add_column(
        "desk", sa.Column("logged_off", sa.Boolean(), server_default="false", nullable=False)
    )
    _session_ends(ENDS)
    for part in (CHANGE, CHOOSE, FORCE, LEAVE.format(there=THERE), TURN.format(there=THERE)):
        op.execute(part)
    op.execute(LIVE_CALLS)
    for function in (*INNER, *FOR_SUPERVISORS, "live_calls_told()"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    for function in FOR_SUPERVISORS:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO ets_supervisor")
    op.create_index(
        "ix_ticket_completed_at",
        "ticket",
        [sa.text("completed_at DESC")],
        postgresql_where=sa.text("completed_at IS NOT NULL"),
    )


def _session_ends(allowed: str) -> None:
    name = op.f("ck_desk_session_why")
    op.drop_constraint(name, "desk_session")
    op.create_check_constraint(name, "desk_session", allowed)


def downgrade() -> None:
    op.drop_index("ix_ticket_completed_at", "ticket")
    op.execute("DROP TRIGGER live_calls_told ON call_leg")
    op.execute("DROP FUNCTION live_calls_told()")
    for part in (CHOOSE_BEFORE, LEAVE.format(there=""), TURN.format(there="")):
        op.execute(part)
    for function in (*FOR_SUPERVISORS, *INNER):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("UPDATE desk_session SET why = 'left' WHERE why = 'logged_off'")
    _session_ends(ENDS_BEFORE)
    op.drop_column("desk", "logged_off")
