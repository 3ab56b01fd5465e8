"""What a person's login could still forge: times, versions and authors of tickets, offers, contacts

Column grants say what a desk writes at all; triggers fill in who and when (spec 80). The owner of
the schema (demo, import) is nobody in `agent` and stays free. Every login may ask which schema it
works with, or an old desk would find out by failing.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TICKET_GUARD = """
CREATE OR REPLACE FUNCTION ticket_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
    closes boolean := NEW.status = 'completed';
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A person's login cannot write in another's name; the owner (demo, import) may.
        IF me IS NOT NULL THEN
            NEW.version := 1;
            NEW.created_by := me;
            NEW.created_at := clock_timestamp();
            NEW.updated_at := NEW.created_at;
        END IF;
    ELSE
        IF NEW.created_by IS DISTINCT FROM OLD.created_by
           OR NEW.created_at IS DISTINCT FROM OLD.created_at
           OR NEW.ticket_no IS DISTINCT FROM OLD.ticket_no
           OR NEW.client_id IS DISTINCT FROM OLD.client_id THEN
            RAISE EXCEPTION 'origin of a ticket never changes' USING ERRCODE = 'ET002';
        END IF;
        IF OLD.status IN ('completed', 'discarded')
           AND NOT pg_has_role(session_user, 'ets_supervisor', 'MEMBER') THEN
            RAISE EXCEPTION 'a closed ticket is reopened by a supervisor' USING ERRCODE = 'ET001';
        END IF;
        NEW.updated_at := clock_timestamp();
        IF me IS NOT NULL THEN
            NEW.version := OLD.version + 1;
            IF closes AND OLD.status = 'completed' THEN
                NEW.completed_at := OLD.completed_at;
                NEW.completed_by := OLD.completed_by;
                closes := false;
            END IF;
        END IF;
    END IF;
    IF me IS NOT NULL THEN
        NEW.updated_by := me;
        IF closes THEN
            NEW.completed_at := NEW.updated_at;
            NEW.completed_by := me;
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""

TICKET_GUARD_BEFORE = """
CREATE OR REPLACE FUNCTION ticket_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF me IS NOT NULL THEN
            NEW.created_by := me;
            NEW.created_at := clock_timestamp();
        END IF;
    ELSE
        IF NEW.created_by IS DISTINCT FROM OLD.created_by
           OR NEW.created_at IS DISTINCT FROM OLD.created_at
           OR NEW.ticket_no IS DISTINCT FROM OLD.ticket_no
           OR NEW.client_id IS DISTINCT FROM OLD.client_id THEN
            RAISE EXCEPTION 'origin of a ticket never changes' USING ERRCODE = 'ET002';
        END IF;
        IF OLD.status IN ('completed', 'discarded')
           AND NOT pg_has_role(session_user, 'ets_supervisor', 'MEMBER') THEN
            RAISE EXCEPTION 'a closed ticket is reopened by a supervisor' USING ERRCODE = 'ET001';
        END IF;
        NEW.updated_at := clock_timestamp();
    END IF;
    IF me IS NOT NULL THEN
        NEW.updated_by := me;
    END IF;
    RETURN NEW;
END $$;
"""

# Anybody may end an offer that waits (who takes a ticket over settles it, spec 20); only whom it
# was made to returns it, and what is settled stays so.
TRANSFER_GUARD = """
CREATE FUNCTION transfer_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF me IS NULL THEN
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.from_agent_id := me;
        RETURN NEW;
    END IF;
    IF num_nonnulls(OLD.accepted_at, OLD.returned_at, OLD.recalled_at) > 0
       AND (NEW.accepted_at, NEW.returned_at, NEW.recalled_at, NEW.return_reason)
           IS DISTINCT FROM (OLD.accepted_at, OLD.returned_at, OLD.recalled_at, OLD.return_reason)
    THEN
        RAISE EXCEPTION 'a settled offer stays settled' USING ERRCODE = '42501';
    END IF;
    IF NEW.returned_at IS NOT NULL AND OLD.returned_at IS NULL
       AND NEW.to_agent_id IS DISTINCT FROM me
       AND NOT EXISTS (SELECT FROM agent a WHERE a.id = me AND a.team_id = NEW.to_team_id) THEN
        RAISE EXCEPTION 'only its receiver returns an offer' USING ERRCODE = '42501';
    END IF;
    NEW.seen_at := CASE WHEN OLD.seen_at IS NOT NULL THEN OLD.seen_at
                        WHEN NEW.seen_at IS NOT NULL THEN clock_timestamp() END;
    NEW.accepted_at := CASE WHEN OLD.accepted_at IS NOT NULL THEN OLD.accepted_at
                            WHEN NEW.accepted_at IS NOT NULL THEN clock_timestamp() END;
    NEW.returned_at := CASE WHEN OLD.returned_at IS NOT NULL THEN OLD.returned_at
                            WHEN NEW.returned_at IS NOT NULL THEN clock_timestamp() END;
    NEW.recalled_at := CASE WHEN OLD.recalled_at IS NOT NULL THEN OLD.recalled_at
                            WHEN NEW.recalled_at IS NOT NULL THEN clock_timestamp() END;
    RETURN NEW;
END $$;
CREATE TRIGGER transfer_guard BEFORE INSERT OR UPDATE ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_guard();
"""

ACTIVITY_GUARD = """
CREATE FUNCTION activity_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.agent_id := coalesce(current_agent_id(), NEW.agent_id);
    RETURN NEW;
END $$;
CREATE TRIGGER activity_guard BEFORE INSERT ON activity
    FOR EACH ROW EXECUTE FUNCTION activity_guard();
"""

AGENT_GUARD = """
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
"""

EVERY_LOGIN = "ets_agent, ets_technician, ets_warehouse, ets_gateway, ets_erp"
TICKET_COLUMNS = (
    "client_id, status, ticket_type, category_id, origin, title, content, tags, customer_id,"
    " caller_number, order_id, order_line_id, due_on, resolution, customer_confirmed, assignee_id,"
    " assignee_team_id, created_by, updated_by, completed_at, completed_by, discard_reason,"
    " follow_up_of"
)
GRANTS = f"""
REVOKE INSERT ON ticket FROM ets_agent;
GRANT INSERT ({TICKET_COLUMNS}) ON ticket TO ets_agent;
REVOKE INSERT, UPDATE ON transfer FROM ets_agent;
GRANT INSERT (ticket_id, hop, from_agent_id, to_agent_id, to_team_id, reason) ON transfer
    TO ets_agent;
GRANT UPDATE (seen_at, accepted_at, returned_at, return_reason, recalled_at) ON transfer
    TO ets_agent;
REVOKE INSERT, UPDATE ON callback FROM ets_agent;
GRANT INSERT (ticket_id, number, due_at, assignee_id, attempts) ON callback TO ets_agent;
GRANT UPDATE (number, due_at, assignee_id, attempts, outcome, done_at) ON callback TO ets_agent;
REVOKE INSERT ON activity FROM ets_agent;
GRANT INSERT (ticket_id, kind, call_id, note, agent_id) ON activity TO ets_agent;
GRANT SELECT ON alembic_version TO {EVERY_LOGIN};
"""


def upgrade() -> None:
    op.execute(TICKET_GUARD)
    op.execute(TRANSFER_GUARD)
    op.execute(ACTIVITY_GUARD)
    op.execute(AGENT_GUARD)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute(f"REVOKE SELECT ON alembic_version FROM {EVERY_LOGIN}")
    for table, rights in (
        ("ticket", "INSERT"),
        ("transfer", "INSERT, UPDATE"),
        ("callback", "INSERT, UPDATE"),
        ("activity", "INSERT"),
    ):
        # A right on a table that is revoked takes those on its columns along.
        op.execute(f"REVOKE {rights} ON {table} FROM ets_agent")
        op.execute(f"GRANT {rights} ON {table} TO ets_agent")
    for trigger, table in (
        ("agent_state_guard", "agent"),
        ("activity_guard", "activity"),
        ("transfer_guard", "transfer"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
        op.execute(f"DROP FUNCTION {trigger}()")
    op.execute(TICKET_GUARD_BEFORE)
