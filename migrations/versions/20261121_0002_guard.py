"""the database is the guard: group roles, grants, row rules, history and notices by trigger"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GROUP_ROLES = (
    "ets_agent",
    "ets_supervisor",
    "ets_admin",
    "ets_technician",
    "ets_warehouse",
    "ets_gateway",
    "ets_erp",
)

# Group roles belong to the whole cluster: another database of it may have made them already.
CREATE_ROLES = "\n".join(
    f"""
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;"""
    for role in GROUP_ROLES
)

INHERITANCE = """
GRANT ets_agent TO ets_supervisor;
GRANT ets_supervisor TO ets_admin;
"""

CURRENT_AGENT = """
CREATE FUNCTION current_agent_id() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM agent WHERE login = session_user
$$;
"""

TICKET_GUARD = """
CREATE FUNCTION ticket_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A person's login cannot write in another's name; the owner (demo, import) may.
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
CREATE TRIGGER ticket_guard BEFORE INSERT OR UPDATE ON ticket
    FOR EACH ROW EXECUTE FUNCTION ticket_guard();
"""

TICKET_TOLD = """
CREATE FUNCTION ticket_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO ticket_history (ticket_id, version, field, old, new, changed_by)
        VALUES (NEW.id, NEW.version, 'created', NULL, NEW.status, NEW.created_by);
    ELSE
        INSERT INTO ticket_history (ticket_id, version, field, old, new, changed_by)
        SELECT NEW.id, NEW.version, n.key, o.value, n.value, NEW.updated_by
        FROM jsonb_each_text(to_jsonb(NEW)) n
        JOIN jsonb_each_text(to_jsonb(OLD)) o USING (key)
        WHERE n.value IS DISTINCT FROM o.value
          AND n.key NOT IN ('version', 'updated_at', 'updated_by', 'completed_at');
    END IF;
    PERFORM pg_notify('ets_change', concat_ws(' ',
        'ticket/' || NEW.id,
        'agent/' || NEW.created_by,
        'agent/' || NEW.assignee_id,
        CASE WHEN TG_OP = 'UPDATE' AND OLD.assignee_id IS DISTINCT FROM NEW.assignee_id
             THEN 'agent/' || OLD.assignee_id END,
        'customer/' || NEW.customer_id,
        'order/' || NEW.order_id));
    RETURN NULL;
END $$;
CREATE TRIGGER ticket_told AFTER INSERT OR UPDATE ON ticket
    FOR EACH ROW EXECUTE FUNCTION ticket_told();
"""

OTHERS_TOLD = """
CREATE FUNCTION transfer_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', concat_ws(' ',
        'transfers', 'ticket/' || NEW.ticket_id, 'agent/' || NEW.from_agent_id,
        'agent/' || NEW.to_agent_id, 'team/' || NEW.to_team_id));
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_told AFTER INSERT OR UPDATE ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_told();

CREATE FUNCTION callback_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', concat_ws(' ',
        'ticket/' || NEW.ticket_id, 'agent/' || NEW.assignee_id,
        CASE WHEN TG_OP = 'UPDATE' AND OLD.assignee_id <> NEW.assignee_id
             THEN 'agent/' || OLD.assignee_id END));
    RETURN NULL;
END $$;
CREATE TRIGGER callback_told AFTER INSERT OR UPDATE ON callback
    FOR EACH ROW EXECUTE FUNCTION callback_told();

CREATE FUNCTION customer_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'customer/' || NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER customer_told AFTER UPDATE ON customer
    FOR EACH ROW EXECUTE FUNCTION customer_told();

CREATE FUNCTION draft_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change',
        'drafts/' || CASE WHEN TG_OP = 'DELETE' THEN OLD.agent_id ELSE NEW.agent_id END);
    RETURN NULL;
END $$;
CREATE TRIGGER draft_told AFTER INSERT OR UPDATE OR DELETE ON draft
    FOR EACH ROW EXECUTE FUNCTION draft_told();
"""

GRANTS = """
GRANT USAGE ON SCHEMA public TO ets_agent, ets_technician, ets_warehouse, ets_gateway, ets_erp;
GRANT SELECT ON team, agent, customer, customer_phone, sales_channel, product, person_name,
    sales_order, order_line, ticket_category, ticket, ticket_history, transfer, callback, draft,
    activity, call, call_leg, call_event, gateway_link, setting TO ets_agent;
GRANT INSERT, UPDATE ON customer, customer_phone, ticket, transfer, callback TO ets_agent;
GRANT DELETE ON customer_phone TO ets_agent;
GRANT INSERT, UPDATE, DELETE ON draft TO ets_agent;
GRANT INSERT ON activity, access_log TO ets_agent;
GRANT UPDATE (customer_id) ON call, sales_order TO ets_agent;
GRANT UPDATE (handled_at) ON call_leg TO ets_agent;
GRANT UPDATE (state, state_since) ON agent TO ets_agent;

GRANT SELECT ON access_log, import_run TO ets_supervisor;

GRANT INSERT, UPDATE ON team, agent, ticket_category, setting TO ets_admin;
GRANT SELECT, INSERT, UPDATE ON sales_channel, product, person_name, import_run, sales_order,
    order_line TO ets_erp, ets_admin;
GRANT TEMPORARY ON DATABASE {database} TO ets_erp, ets_admin;

GRANT SELECT ON agent, customer, customer_phone, sales_order TO ets_gateway;
GRANT SELECT, INSERT, UPDATE ON call, call_leg, gateway_link TO ets_gateway;
GRANT SELECT, INSERT ON call_event TO ets_gateway;

ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY draft_owner ON draft
    USING (agent_id = (SELECT current_agent_id()))
    WITH CHECK (agent_id = (SELECT current_agent_id()));
"""


def upgrade() -> None:
    op.execute(CREATE_ROLES)
    op.execute(INHERITANCE)
    op.execute(CURRENT_AGENT)
    op.execute(TICKET_GUARD)
    op.execute(TICKET_TOLD)
    op.execute(OTHERS_TOLD)
    database = op.get_bind().exec_driver_sql("SELECT quote_ident(current_database())").scalar_one()
    op.execute(GRANTS.format(database=database))


def downgrade() -> None:
    op.execute("DROP POLICY draft_owner ON draft")
    op.execute("ALTER TABLE draft DISABLE ROW LEVEL SECURITY")
    # The group roles stay: other databases of the cluster may use them.
    op.execute("DROP OWNED BY " + ", ".join(GROUP_ROLES))
    for table in ("draft", "customer", "callback", "transfer", "ticket"):
        op.execute(f"DROP TRIGGER {table}_told ON {table}")
        op.execute(f"DROP FUNCTION {table}_told()")
    op.execute("DROP TRIGGER ticket_guard ON ticket")
    op.execute("DROP FUNCTION ticket_guard()")
    op.execute("DROP FUNCTION current_agent_id()")
