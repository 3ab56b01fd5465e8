"""agent states with a dated row each, offers of tasks, missed callers, abusive calls, dialled ties

Everything is decided here: desks only say that they are there, what their agent chose, and that a
task is taken. The functions run as the owner of the schema and take no word for it but the login.
Whoever changes states takes one lock first (40_101_02), then rows of desks, agents, offers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATES = (
    "'ready', 'on_call', 'wrap_up', 'rest', 'meal', 'training', 'protected_rest', 'not_ready',"
    " 'logged_out'"
)
CAUSES = (
    "'chosen', 'forced', 'call', 'timer', 'not_taken', 'pbx', 'signed_in', 'signed_out',"
    " 'desk_gone'"
)
OUTCOMES = "'taken', 'returned', 'expired', 'put_back', 'withdrawn'"

# A whole number that an admin set, or the default: a slip in a setting stops no desk.
TIMES = """
CREATE FUNCTION setting_number(name text, part text, plain integer, most integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN jsonb_typeof(s.value -> part) = 'number'
                     AND s.value ->> part ~ '^[0-9]{1,8}$'
                    THEN CASE WHEN (s.value ->> part)::integer <= most
                              THEN (s.value ->> part)::integer END END
        FROM setting s WHERE s.key = name), plain)
$$;

CREATE FUNCTION agent_times(OUT wrap_up interval, OUT take_within interval)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT make_interval(secs => setting_number('agent_times', 'wrap_up_seconds', 30, 3600)),
        make_interval(mins => setting_number('agent_times', 'take_within_minutes', 15, 1440))
$$;
"""

STATE = """
DROP TRIGGER agent_state_guard ON agent;
DROP FUNCTION agent_state_guard();
REVOKE UPDATE (state, state_since) ON agent FROM ets_agent;

CREATE FUNCTION agent_state_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.state_since := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER agent_state_stamp BEFORE UPDATE OF state ON agent
    FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION agent_state_stamp();

CREATE FUNCTION agent_state_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state <> OLD.state THEN
        INSERT INTO agent_state_change (agent_id, old_state, state, cause, changed_by)
        VALUES (NEW.id, OLD.state, NEW.state, NEW.state_cause,
            CASE WHEN NEW.state_cause IN ('chosen', 'forced', 'signed_in', 'signed_out')
                 THEN current_agent_id() END);
        IF OLD.state = 'ready' THEN
            UPDATE task_offer SET ended_at = clock_timestamp(),
                outcome = CASE NEW.state_cause WHEN 'not_taken' THEN 'expired' ELSE 'put_back' END
            WHERE agent_id = NEW.id AND ended_at IS NULL;
        END IF;
        IF NEW.state = 'logged_out' THEN
            -- A caller of the team waits for nobody who went home.
            UPDATE missed_call SET taken_by = NULL, taken_at = NULL
            WHERE taken_by = NEW.id AND done_at IS NULL AND team_id IS NOT NULL;
        END IF;
        IF NEW.state_cause <> 'pbx' AND NEW.extension IS NOT NULL THEN
            PERFORM pg_notify('ets_state', NEW.extension);
        END IF;
    END IF;
    PERFORM pg_notify('ets_change', 'state/' || NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER agent_state_told AFTER UPDATE OF state, state_after ON agent
    FOR EACH ROW
    WHEN ((NEW.state, NEW.state_after) IS DISTINCT FROM (OLD.state, OLD.state_after))
    EXECUTE FUNCTION agent_state_told();

CREATE FUNCTION set_agent_state(whose bigint, wanted text, why text, afterwards text DEFAULT NULL)
RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    UPDATE agent SET state = wanted, state_cause = why, state_after = afterwards
    WHERE id = whose AND (state, state_after) IS DISTINCT FROM (wanted, afterwards)
$$;

-- A leg that nobody ended for hours is no call under way.
CREATE FUNCTION is_talking(at_extension text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM call_leg l
        WHERE l.extension = at_extension AND l.phase IN ('talking', 'held')
          AND l.rang_at > clock_timestamp() - interval '4 hours')
$$;

CREATE FUNCTION choose_agent_state(whose bigint, wanted text, why text) RETURNS text
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

DESKS = """
CREATE FUNCTION desk_came() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who agent%ROWTYPE;
BEGIN
    SELECT * INTO who FROM agent WHERE id = NEW.agent_id FOR NO KEY UPDATE;
    IF who.state = 'logged_out' AND is_talking(who.extension) THEN
        PERFORM set_agent_state(who.id, 'on_call', 'signed_in', 'not_ready');
    ELSIF who.state = 'logged_out' THEN
        PERFORM set_agent_state(who.id, 'not_ready', 'signed_in');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER desk_came AFTER INSERT ON desk FOR EACH ROW EXECUTE FUNCTION desk_came();

CREATE FUNCTION be_at_desk(which uuid, whose bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := coalesce(current_agent_id(), whose);
BEGIN
    PERFORM pg_advisory_xact_lock(4010102);
    INSERT INTO desk AS d (desk_id, agent_id) VALUES (which, me)
    ON CONFLICT (desk_id) DO UPDATE SET seen_at = clock_timestamp() WHERE d.agent_id = me;
    PERFORM agents_turn();
END $$;

CREATE FUNCTION leave_desk(which uuid, whose bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := coalesce(current_agent_id(), whose);
BEGIN
    PERFORM pg_advisory_xact_lock(4010102);
    DELETE FROM desk WHERE desk_id = which AND agent_id = me;
    IF FOUND AND NOT EXISTS (SELECT FROM desk WHERE agent_id = me) THEN
        PERFORM set_agent_state(me, 'logged_out', 'signed_out');
        PERFORM agents_turn();
    END IF;
END $$;
"""

# Under the one lock: who vanished, which 후처리 is over, which offer lay too long, and then the
# longest-waiting task of a team to its agent who has been ready (and without one) longest.
TURN = """
CREATE FUNCTION agents_turn() RETURNS void
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
        WHERE a.state <> 'logged_out' AND NOT EXISTS (SELECT FROM desk d WHERE d.agent_id = a.id);
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

CREATE FUNCTION offer_task(whose bigint, team smallint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    task record;
BEGIN
    FOR task IN
        SELECT x.id AS transfer_id, NULL::bigint AS missed_call_id, x.sent_at AS since
        FROM transfer x
        WHERE x.to_team_id = team AND x.from_agent_id <> whose AND x.ticket_open
          AND num_nonnulls(x.accepted_at, x.returned_at, x.recalled_at) = 0
          AND NOT EXISTS (SELECT FROM task_offer o
                          WHERE o.transfer_id = x.id AND o.ended_at IS NULL)
        UNION ALL
        SELECT NULL, m.id, m.since FROM missed_call m
        WHERE m.team_id = team AND m.done_at IS NULL AND m.taken_by IS NULL
          AND NOT EXISTS (SELECT FROM task_offer o WHERE o.missed_call_id = m.id
                          AND (o.ended_at IS NULL OR (o.agent_id = whose
                               AND o.outcome = 'returned')))
        ORDER BY since
    LOOP
        -- Somebody takes it this moment: the next one.
        IF task.transfer_id IS NOT NULL THEN
            PERFORM FROM transfer x WHERE x.id = task.transfer_id
                AND num_nonnulls(x.accepted_at, x.returned_at, x.recalled_at) = 0
            FOR NO KEY UPDATE SKIP LOCKED;
        ELSE
            PERFORM FROM missed_call m WHERE m.id = task.missed_call_id
                AND m.done_at IS NULL AND m.taken_by IS NULL
            FOR NO KEY UPDATE SKIP LOCKED;
        END IF;
        IF FOUND THEN
            INSERT INTO task_offer (agent_id, transfer_id, missed_call_id)
            VALUES (whose, task.transfer_id, task.missed_call_id);
            RETURN;
        END IF;
    END LOOP;
END $$;
"""

OFFERS = """
CREATE FUNCTION task_offer_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('ets_change', concat_ws(' ', 'state/' || NEW.agent_id,
        'team/' || coalesce(
            (SELECT x.to_team_id FROM transfer x WHERE x.id = NEW.transfer_id),
            (SELECT m.team_id FROM missed_call m WHERE m.id = NEW.missed_call_id))));
    RETURN NULL;
END $$;
CREATE TRIGGER task_offer_told AFTER INSERT OR UPDATE ON task_offer
    FOR EACH ROW EXECUTE FUNCTION task_offer_told();

CREATE FUNCTION transfer_offer_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    UPDATE task_offer SET ended_at = clock_timestamp(), reason = NEW.return_reason,
        outcome = CASE WHEN agent_id IS DISTINCT FROM me THEN 'withdrawn'
                       WHEN NEW.accepted_at IS NOT NULL THEN 'taken'
                       WHEN NEW.returned_at IS NOT NULL THEN 'returned' ELSE 'withdrawn' END
    WHERE transfer_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_offer_ends AFTER UPDATE ON transfer
    FOR EACH ROW
    WHEN (NEW.to_team_id IS NOT NULL
        AND num_nonnulls(OLD.accepted_at, OLD.returned_at, OLD.recalled_at) = 0
        AND num_nonnulls(NEW.accepted_at, NEW.returned_at, NEW.recalled_at) > 0)
    EXECUTE FUNCTION transfer_offer_ends();
"""

MISSED = """
CREATE FUNCTION missed_call_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.done_at IS NOT NULL OR NEW.taken_by IS NOT NULL) THEN
        UPDATE task_offer SET ended_at = clock_timestamp(),
            outcome = CASE WHEN agent_id = NEW.taken_by THEN 'taken' ELSE 'withdrawn' END
        WHERE missed_call_id = NEW.id AND ended_at IS NULL;
    END IF;
    PERFORM pg_notify('ets_change',
        concat_ws(' ', 'team/' || NEW.team_id, 'missed/' || NEW.agent_id));
    RETURN NULL;
END $$;
CREATE TRIGGER missed_call_told AFTER INSERT OR UPDATE ON missed_call
    FOR EACH ROW EXECUTE FUNCTION missed_call_told();

CREATE FUNCTION call_missed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    whole call%ROWTYPE;
    of_agent bigint;
    of_team smallint;
BEGIN
    SELECT * INTO whole FROM call WHERE id = NEW.call_id;
    IF NEW.talked_at IS NOT NULL OR NEW."end" IN ('answered_elsewhere', 'transferred') THEN
        UPDATE missed_call SET done_at = clock_timestamp()
        WHERE call_id = whole.id AND done_at IS NULL;
        RETURN NULL;
    ELSIF NEW."end" IS NULL OR NEW.handled_at IS NOT NULL OR whole.direction <> 'in'
       OR whole.caller_number IS NULL
       -- Older ones nobody waits for, and 부재 처리 looks no further back.
       OR whole.rang_at < clock_timestamp() - interval '7 days' OR EXISTS (
            SELECT FROM call_leg l WHERE l.call_id = whole.id
              AND (l.phase <> 'ended' OR l.talked_at IS NOT NULL
                   OR l."end" IN ('answered_elsewhere', 'transferred'))) THEN
        RETURN NULL;
    END IF;
    IF whole.queue <> '' OR (SELECT count(DISTINCT l.extension) > 1 FROM call_leg l
                             WHERE l.call_id = whole.id) THEN
        SELECT a.team_id INTO of_team FROM call_leg l JOIN agent a ON a.extension = l.extension
        WHERE l.call_id = whole.id AND a.team_id IS NOT NULL
        GROUP BY a.team_id ORDER BY count(*) DESC, a.team_id LIMIT 1;
    END IF;
    IF of_team IS NULL THEN
        SELECT a.id INTO of_agent FROM agent a WHERE a.extension = NEW.extension;
    ELSE
        -- It rang at one alone before it went round.
        DELETE FROM missed_call
        WHERE call_id = whole.id AND agent_id IS NOT NULL AND done_at IS NULL AND tries = 1;
    END IF;
    INSERT INTO missed_call AS m (caller_number, call_id, team_id, agent_id, since)
    SELECT whole.caller_number, whole.id, of_team, of_agent, whole.rang_at
    WHERE num_nonnulls(of_team, of_agent) = 1
    ON CONFLICT (caller_number, coalesce(team_id, 0), coalesce(agent_id, 0))
        WHERE done_at IS NULL
    DO UPDATE SET tries = m.tries + 1, call_id = excluded.call_id
        WHERE m.call_id < excluded.call_id;
    RETURN NULL;
END $$;
CREATE TRIGGER call_missed AFTER INSERT OR UPDATE OF phase, "end", talked_at ON call_leg
    FOR EACH ROW
    WHEN (NEW.direction = 'in' AND (NEW.phase = 'ended' OR NEW.talked_at IS NOT NULL))
    EXECUTE FUNCTION call_missed();

CREATE FUNCTION missed_call_handled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE missed_call m SET done_at = clock_timestamp()
    FROM call c, agent a
    WHERE c.id = NEW.call_id AND a.extension = NEW.extension AND m.done_at IS NULL
      AND m.caller_number = c.caller_number AND (m.agent_id = a.id OR m.team_id = a.team_id);
    RETURN NULL;
END $$;
CREATE TRIGGER missed_call_handled AFTER UPDATE OF handled_at ON call_leg
    FOR EACH ROW WHEN (OLD.handled_at IS NULL AND NEW.handled_at IS NOT NULL)
    EXECUTE FUNCTION missed_call_handled();

CREATE FUNCTION take_missed_call(which bigint, whose bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := coalesce(current_agent_id(), whose);
    caller missed_call%ROWTYPE;
BEGIN
    SELECT m.* INTO caller FROM missed_call m WHERE m.id = which FOR NO KEY UPDATE;
    IF caller.id IS NULL OR caller.done_at IS NOT NULL THEN
        RETURN NULL;
    ELSIF caller.taken_by IS NOT NULL THEN
        RETURN caller.taken_by;
    ELSIF caller.agent_id <> me
       OR NOT EXISTS (SELECT FROM agent a WHERE a.id = me
                      AND (caller.team_id IS NULL OR a.team_id = caller.team_id)) THEN
        RAISE EXCEPTION 'a caller of another team' USING ERRCODE = '42501';
    END IF;
    UPDATE missed_call SET taken_by = me, taken_at = clock_timestamp() WHERE id = which;
    RETURN me;
END $$;

CREATE FUNCTION return_missed_call(which bigint, whose bigint, why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := coalesce(current_agent_id(), whose);
    caller missed_call%ROWTYPE;
BEGIN
    SELECT m.* INTO caller FROM missed_call m WHERE m.id = which FOR NO KEY UPDATE;
    IF caller.id IS NULL OR caller.done_at IS NOT NULL OR caller.team_id IS NULL
       OR caller.taken_by <> me
       OR NOT EXISTS (SELECT FROM agent a WHERE a.id = me AND a.team_id = caller.team_id) THEN
        RETURN false;
    END IF;
    UPDATE task_offer SET ended_at = clock_timestamp(), outcome = 'returned', reason = why
    WHERE missed_call_id = which AND agent_id = me AND ended_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO task_offer (agent_id, missed_call_id, ended_at, outcome, reason)
        VALUES (me, which, clock_timestamp(), 'returned', why);
    END IF;
    UPDATE missed_call SET taken_by = NULL, taken_at = NULL WHERE id = which;
    RETURN true;
END $$;
"""

CALLS = """
CREATE FUNCTION call_leg_followed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who agent%ROWTYPE;
    within boolean;
BEGIN
    SELECT * INTO who FROM agent WHERE extension = NEW.extension FOR NO KEY UPDATE;
    IF NOT FOUND OR who.state = 'logged_out' THEN
        RETURN NULL;
    ELSIF NEW.phase IN ('talking', 'held') THEN
        IF who.state <> 'on_call' AND is_talking(NEW.extension) THEN
            SELECT c.direction = 'internal' INTO within FROM call c WHERE c.id = NEW.call_id;
            -- A break goes on after a call; 후처리 follows work, but no word among colleagues.
            PERFORM set_agent_state(who.id, 'on_call', 'call',
                CASE WHEN within OR who.state NOT IN ('ready', 'wrap_up') THEN who.state END);
        END IF;
    ELSIF who.state = 'on_call' AND NOT is_talking(NEW.extension) THEN
        PERFORM set_agent_state(who.id, coalesce(who.state_after, 'wrap_up'), 'call');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER call_leg_followed AFTER INSERT OR UPDATE OF phase ON call_leg
    FOR EACH ROW EXECUTE FUNCTION call_leg_followed();

-- The call that a press of 통화 made belongs to the ticket or promise it was pressed on.
CREATE FUNCTION dialled_call_tied() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wish record;
BEGIN
    SELECT d.id, d.agent_id, coalesce(d.ticket_id, b.ticket_id) AS ticket_id INTO wish
    FROM dial_request d JOIN call c ON c.id = NEW.call_id AND c.caller_number = d.number
    LEFT JOIN callback b ON b.id = d.callback_id
    WHERE d.extension = NEW.extension AND d.asked_at > clock_timestamp() - interval '3 minutes'
      AND d.taken_at IS NOT NULL AND d.call_id IS NULL
      AND coalesce(d.outcome, 'dialled') = 'dialled'
      AND NOT EXISTS (SELECT FROM dial_request known WHERE known.call_id = NEW.call_id)
    ORDER BY d.id DESC LIMIT 1;
    IF wish.id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE dial_request SET call_id = NEW.call_id WHERE id = wish.id;
    IF wish.ticket_id IS NOT NULL THEN
        INSERT INTO activity (ticket_id, kind, call_id, agent_id)
        VALUES (wish.ticket_id, 'call', NEW.call_id, wish.agent_id)
        ON CONFLICT (ticket_id, call_id) DO NOTHING;
        UPDATE call c SET customer_id = t.customer_id FROM ticket t
        WHERE t.id = wish.ticket_id AND c.id = NEW.call_id AND c.customer_id IS NULL
          AND t.customer_id IS NOT NULL;
        PERFORM pg_notify('ets_change', 'ticket/' || wish.ticket_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dialled_call_tied AFTER INSERT OR UPDATE OF phase ON call_leg
    FOR EACH ROW WHEN (NEW.direction = 'out' AND NEW.phase <> 'ended')
    EXECUTE FUNCTION dialled_call_tied();
"""

ABUSE = """
CREATE FUNCTION abusive_call_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_agent_id() IS NOT NULL THEN
        NEW.agent_id := current_agent_id();
        NEW.marked_at := clock_timestamp();
        IF NOT EXISTS (SELECT FROM call_leg l JOIN agent a ON a.extension = l.extension
                       WHERE l.call_id = NEW.call_id AND a.id = NEW.agent_id) THEN
            RAISE EXCEPTION 'a call is marked by who had it' USING ERRCODE = '42501';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER abusive_call_guard BEFORE INSERT ON abusive_call
    FOR EACH ROW EXECUTE FUNCTION abusive_call_guard();
CREATE FUNCTION abusive_call_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'calls/' || l.extension)
    FROM (SELECT DISTINCT extension FROM call_leg WHERE call_id = NEW.call_id) l;
    RETURN NULL;
END $$;
CREATE TRIGGER abusive_call_told AFTER INSERT ON abusive_call
    FOR EACH ROW EXECUTE FUNCTION abusive_call_told();
"""

# What was missed before this list was kept: the trigger looks at each leg again.
BACKLOG = """
UPDATE call_leg SET phase = phase
WHERE direction = 'in' AND phase = 'ended' AND talked_at IS NULL AND handled_at IS NULL
  AND rang_at > clock_timestamp() - interval '7 days'
"""

#: What is for the owner's functions only, and what desks and the gateway may call.
INNER = (
    "set_agent_state(bigint, text, text, text)",
    "offer_task(bigint, smallint)",
    "is_talking(text)",
)
FOR_DESKS = (
    "be_at_desk(uuid, bigint)",
    "leave_desk(uuid, bigint)",
    "take_missed_call(bigint, bigint)",
    "return_missed_call(bigint, bigint, text)",
)
FOR_BOTH = ("choose_agent_state(bigint, text, text)", "agents_turn()")
_EVERYBODY = "ets_agent, ets_technician, ets_warehouse"
GRANTS = "\n".join(
    (
        *(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;" for name in INNER),
        *(
            f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;"
            f" GRANT EXECUTE ON FUNCTION {name} TO {_EVERYBODY};"
            for name in (*FOR_DESKS, *FOR_BOTH)
        ),
        *(f"GRANT EXECUTE ON FUNCTION {name} TO ets_gateway;" for name in FOR_BOTH),
        f"""
GRANT SELECT ON desk, task_offer, missed_call TO {_EVERYBODY};
GRANT SELECT ON agent_state_change, abusive_call TO ets_agent;
GRANT INSERT (call_id, agent_id, warnings_read) ON abusive_call TO ets_agent;
GRANT INSERT (ticket_id, callback_id) ON dial_request TO ets_agent;
ALTER TABLE agent_state_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY agent_state_change_own ON agent_state_change
    USING (agent_id = (SELECT current_agent_id())
        OR pg_has_role(session_user, 'ets_supervisor', 'MEMBER'));
""",
    )
)

TRIGGERS = (
    ("call_leg", ("dialled_call_tied", "call_leg_followed", "missed_call_handled", "call_missed")),
    ("transfer", ("transfer_offer_ends",)),
    ("agent", ("agent_state_told", "agent_state_stamp")),
)
FUNCTIONS = (
    *(f"{name}()" for _, names in TRIGGERS for name in names),
    "desk_came()",
    "task_offer_told()",
    "missed_call_told()",
    "abusive_call_guard()",
    "abusive_call_told()",
    *FOR_DESKS,
    *FOR_BOTH,
    *INNER,
    "agent_times()",
    "setting_number(text, text, integer, integer)",
)

AGENT_GUARD_BEFORE = """
CREATE FUNCTION agent_state_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF me IS NULL THEN
        RETURN NEW;
    ELSIF NEW.id <> me AND NOT pg_has_role(session_user, 'ets_supervisor', 'MEMBER') THEN
        RAISE EXCEPTION 'a state is its agent''s own' USING ERRCODE = '42501';
    END IF;
    NEW.state_since := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER agent_state_guard BEFORE UPDATE OF state, state_since ON agent
    FOR EACH ROW WHEN ((NEW.state, NEW.state_since) IS DISTINCT FROM (OLD.state, OLD.state_since))
    EXECUTE FUNCTION agent_state_guard();
GRANT UPDATE (state, state_since) ON agent TO ets_agent;
"""


def _stamp(name: str, *, given: bool = True) -> sa.Column[object]:
    default = sa.text("clock_timestamp()") if given else None
    kind = sa.DateTime(timezone=True)
    return sa.Column(name, kind, server_default=default, nullable=not given)


def _identity() -> sa.Column[object]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def _widen_agent() -> None:
    op.add_column("agent", sa.Column("state_after", sa.String(), nullable=True))
    op.add_column(
        "agent", sa.Column("state_cause", sa.String(), server_default="signed_out", nullable=False)
    )
    op.create_check_constraint(op.f("ck_agent_state_after"), "agent", f"state_after IN ({STATES})")
    op.create_check_constraint(op.f("ck_agent_state_cause"), "agent", f"state_cause IN ({CAUSES})")
    # Nobody signed anybody out before; whoever is there signs in with the next beat.
    op.execute("UPDATE agent SET state = 'logged_out' WHERE state <> 'logged_out'")


def _make_desks() -> None:
    op.create_table(
        "desk",
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        _stamp("began_at"),
        _stamp("seen_at"),
        _reference("desk", "agent_id", "agent"),
        _key("desk", "desk_id"),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_desk_agent_id", "desk", ["agent_id"])
    op.create_table(
        "duty_watch",
        sa.Column("one", sa.Boolean(), server_default="true", nullable=False),
        _stamp("watched_at"),
        sa.Column(
            "spare_until", sa.DateTime(timezone=True), server_default="-infinity", nullable=False
        ),
        _check("duty_watch", "one", "one"),
        _key("duty_watch", "one"),
    )
    op.create_table(
        "agent_state_change",
        _identity(),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("old_state", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        _stamp("changed_at"),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        _check("agent_state_change", "state", f"state IN ({STATES})"),
        _check("agent_state_change", "cause", f"cause IN ({CAUSES})"),
        _reference("agent_state_change", "agent_id", "agent"),
        _reference("agent_state_change", "changed_by", "agent"),
        _key("agent_state_change"),
    )
    op.create_index("ix_agent_state_change_agent_id", "agent_state_change", ["agent_id", "id"])
    op.create_index("ix_agent_state_change_changed_at", "agent_state_change", ["changed_at"])


def _make_missed_calls() -> None:
    op.create_table(
        "missed_call",
        _identity(),
        sa.Column("caller_number", sa.String(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.SmallInteger(), nullable=True),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        _stamp("taken_at", given=False),
        _stamp("done_at", given=False),
        _check("missed_call", "owner", "(team_id IS NULL) <> (agent_id IS NULL)"),
        _check("missed_call", "taken", "(taken_by IS NULL) = (taken_at IS NULL)"),
        _reference("missed_call", "call_id", "call"),
        _reference("missed_call", "team_id", "team"),
        _reference("missed_call", "agent_id", "agent"),
        _reference("missed_call", "taken_by", "agent"),
        _key("missed_call"),
    )
    is_open = sa.text("done_at IS NULL")
    op.create_index(
        "uq_missed_call_open",
        "missed_call",
        ["caller_number", sa.text("coalesce(team_id, 0)"), sa.text("coalesce(agent_id, 0)")],
        unique=True,
        postgresql_where=is_open,
    )
    for owner in ("team_id", "agent_id"):
        op.create_index(
            f"ix_missed_call_{owner}_open", "missed_call", [owner], postgresql_where=is_open
        )
    op.create_index("ix_missed_call_call_id", "missed_call", ["call_id"])


def _make_offers() -> None:
    op.create_table(
        "task_offer",
        _identity(),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=True),
        sa.Column("missed_call_id", sa.BigInteger(), nullable=True),
        _stamp("offered_at"),
        _stamp("ended_at", given=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        _check("task_offer", "task", "num_nonnulls(transfer_id, missed_call_id) = 1"),
        _check("task_offer", "outcome", f"outcome IN ({OUTCOMES})"),
        _check("task_offer", "ended_at", "(outcome IS NULL) = (ended_at IS NULL)"),
        _reference("task_offer", "agent_id", "agent"),
        _reference("task_offer", "transfer_id", "transfer"),
        sa.ForeignKeyConstraint(
            ["missed_call_id"],
            ["missed_call.id"],
            name=op.f("fk_task_offer_missed_call_id"),
        ),
        _key("task_offer"),
    )
    for task in ("agent_id", "transfer_id", "missed_call_id"):
        op.create_index(
            f"uq_task_offer_{task}_open",
            "task_offer",
            [task],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_index("ix_task_offer_agent_id", "task_offer", ["agent_id", "id"])
    op.create_index("ix_task_offer_missed_call_id", "task_offer", ["missed_call_id"])


def _make_call_marks() -> None:
    op.create_table(
        "abusive_call",
        _identity(),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("warnings_read", sa.SmallInteger(), server_default="0", nullable=False),
        _stamp("marked_at"),
        _reference("abusive_call", "call_id", "call"),
        _reference("abusive_call", "agent_id", "agent"),
        _key("abusive_call"),
    )
    op.create_index(
        "uq_abusive_call_call_id_agent_id", "abusive_call", ["call_id", "agent_id"], unique=True
    )
    op.create_index("ix_abusive_call_marked_at", "abusive_call", ["marked_at"])
    for column, to in (("ticket_id", "ticket"), ("callback_id", "callback"), ("call_id", "call")):
        op.add_column("dial_request", sa.Column(column, sa.BigInteger(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_dial_request_{column}"), "dial_request", to, [column], ["id"]
        )
    op.create_index(
        "ix_dial_request_extension", "dial_request", ["extension", sa.text("asked_at DESC")]
    )
    op.create_index("ix_dial_request_call_id", "dial_request", ["call_id"])
    op.create_index(
        "ix_call_leg_extension_live",
        "call_leg",
        ["extension"],
        postgresql_where=sa.text("phase <> 'ended'"),
    )


def upgrade() -> None:
    _widen_agent()
    _make_desks()
    _make_missed_calls()
    _make_offers()
    _make_call_marks()
    for part in (TIMES, STATE, DESKS, TURN, OFFERS, MISSED, CALLS, ABUSE, BACKLOG, GRANTS):
        op.execute(part)


def downgrade() -> None:
    for table, names in TRIGGERS:
        for name in names:
            op.execute(f"DROP TRIGGER {name} ON {table}")
    for table in (
        "abusive_call",
        "task_offer",
        "missed_call",
        "agent_state_change",
        "desk",
        "duty_watch",
    ):
        op.drop_table(table)
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    op.drop_index("ix_call_leg_extension_live", "call_leg")
    for column in ("ticket_id", "callback_id", "call_id"):
        op.drop_column("dial_request", column)
    op.drop_index("ix_dial_request_extension", "dial_request")
    for name in ("state_after", "state_cause"):
        op.drop_constraint(op.f(f"ck_agent_{name}"), "agent")
        op.drop_column("agent", name)
    op.execute(AGENT_GUARD_BEFORE)
