"""who has which ticket open; dialling through the gateway; whose call it was, and who handled it"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# A desk has one ticket open at a time. What is only true now needs no log: after a crash of the
# server the desks write their rows again with the next beat.
PRESENCE = """
CREATE FUNCTION presence_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.agent_id := coalesce(current_agent_id(), NEW.agent_id);
    IF current_agent_id() IS NOT NULL THEN
        NEW.seen_at := clock_timestamp();
        IF TG_OP = 'INSERT' OR NEW.ticket_id <> OLD.ticket_id THEN
            NEW.opened_at := NEW.seen_at;
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER presence_guard BEFORE INSERT OR UPDATE ON ticket_presence
    FOR EACH ROW EXECUTE FUNCTION presence_guard();

CREATE FUNCTION presence_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', concat_ws(' ',
        CASE WHEN TG_OP <> 'INSERT' THEN 'presence/' || OLD.ticket_id END,
        CASE WHEN TG_OP <> 'DELETE' THEN 'presence/' || NEW.ticket_id END));
    RETURN NULL;
END $$;
CREATE TRIGGER presence_told AFTER INSERT OR DELETE ON ticket_presence
    FOR EACH ROW EXECUTE FUNCTION presence_told();
-- A beat is no news.
CREATE TRIGGER presence_moved AFTER UPDATE ON ticket_presence
    FOR EACH ROW WHEN (OLD.ticket_id <> NEW.ticket_id) EXECUTE FUNCTION presence_told();

ALTER TABLE ticket_presence ENABLE ROW LEVEL SECURITY;
CREATE POLICY presence_seen ON ticket_presence FOR SELECT USING (true);
CREATE POLICY presence_own ON ticket_presence
    USING (agent_id = (SELECT current_agent_id()))
    WITH CHECK (agent_id = (SELECT current_agent_id()));
-- A desk that was killed left its row: whoever comes next sweeps it.
CREATE POLICY presence_swept ON ticket_presence FOR DELETE
    USING (seen_at < clock_timestamp() - interval '3 minutes');
GRANT SELECT, DELETE ON ticket_presence TO ets_agent;
GRANT INSERT (desk_id, ticket_id, agent_id), UPDATE (ticket_id, seen_at) ON ticket_presence
    TO ets_agent;
"""

# Only its own phone may ring for an agent, whatever the desk asks for.
DIALLING = """
CREATE FUNCTION dial_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_agent_id() IS NOT NULL THEN
        NEW.agent_id := current_agent_id();
        NEW.asked_at := clock_timestamp();
        SELECT a.extension INTO NEW.extension FROM agent a WHERE a.id = NEW.agent_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dial_guard BEFORE INSERT ON dial_request
    FOR EACH ROW EXECUTE FUNCTION dial_guard();

CREATE FUNCTION dial_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_notify('ets_dial', NEW.id::text);
    ELSE
        PERFORM pg_notify('ets_change', 'dials/' || NEW.agent_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dial_asked AFTER INSERT ON dial_request
    FOR EACH ROW EXECUTE FUNCTION dial_told();
CREATE TRIGGER dial_answered AFTER UPDATE OF outcome ON dial_request
    FOR EACH ROW EXECUTE FUNCTION dial_told();

ALTER TABLE dial_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY dial_own ON dial_request
    USING (agent_id = (SELECT current_agent_id()))
    WITH CHECK (agent_id = (SELECT current_agent_id()));
CREATE POLICY dial_gateway ON dial_request TO ets_gateway USING (true) WITH CHECK (true);
GRANT SELECT ON dial_request TO ets_agent;
GRANT INSERT (client_id, agent_id, extension, number) ON dial_request TO ets_agent;
GRANT SELECT, UPDATE (taken_at, answered_at, outcome) ON dial_request TO ets_gateway;
"""

# Whose call it was is revised later: who changed it from whom to whom stays readable.
CALLS = """
CREATE FUNCTION call_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO call_tie (call_id, old_customer_id, new_customer_id, changed_by)
    VALUES (NEW.id, OLD.customer_id, NEW.customer_id, current_agent_id());
    PERFORM pg_notify('ets_change', concat_ws(' ',
        'customer/' || OLD.customer_id, 'customer/' || NEW.customer_id,
        (SELECT string_agg(DISTINCT 'calls/' || l.extension, ' ') FROM call_leg l
         WHERE l.call_id = NEW.id)));
    RETURN NULL;
END $$;
CREATE TRIGGER call_told AFTER UPDATE OF customer_id ON call
    FOR EACH ROW WHEN (OLD.customer_id IS DISTINCT FROM NEW.customer_id)
    EXECUTE FUNCTION call_told();

CREATE FUNCTION call_leg_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_agent_id() IS NULL THEN
        RETURN NEW;
    ELSIF OLD.handled_at IS NOT NULL THEN
        NEW.handled_at := OLD.handled_at;
        NEW.handled_by := OLD.handled_by;
    ELSIF NEW.handled_at IS NOT NULL THEN
        NEW.handled_at := clock_timestamp();
        NEW.handled_by := current_agent_id();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER call_leg_guard BEFORE UPDATE OF handled_at ON call_leg
    FOR EACH ROW EXECUTE FUNCTION call_leg_guard();

CREATE FUNCTION call_leg_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'calls/' || NEW.extension);
    RETURN NULL;
END $$;
CREATE TRIGGER call_leg_told AFTER UPDATE OF handled_at ON call_leg
    FOR EACH ROW WHEN (OLD.handled_at IS DISTINCT FROM NEW.handled_at)
    EXECUTE FUNCTION call_leg_told();
GRANT SELECT ON call_tie TO ets_agent;
"""

TRIGGERS = (
    ("call_leg", "call_leg_told", "call_leg_guard"),
    ("call", "call_told"),
    ("dial_request", "dial_answered", "dial_asked", "dial_guard"),
    ("ticket_presence", "presence_moved", "presence_told", "presence_guard"),
)
FUNCTIONS = (
    "call_leg_told",
    "call_leg_guard",
    "call_told",
    "dial_told",
    "dial_guard",
    "presence_told",
    "presence_guard",
)


def _stamp(name: str, *, given: bool = True) -> sa.Column[object]:
    default = sa.text("clock_timestamp()") if given else None
    kind = sa.DateTime(timezone=True)
    return sa.Column(name, kind, server_default=default, nullable=not given)


def _identity() -> sa.Column[object]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def _make_presence() -> None:
    op.create_table(
        "ticket_presence",
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        _stamp("opened_at"),
        _stamp("seen_at"),
        _reference("ticket_presence", "ticket_id", "ticket"),
        _reference("ticket_presence", "agent_id", "agent"),
        sa.PrimaryKeyConstraint("desk_id", name=op.f("pk_ticket_presence")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_ticket_presence_ticket_id", "ticket_presence", ["ticket_id"])


def _make_dialling() -> None:
    op.create_table(
        "dial_request",
        _identity(),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        _stamp("asked_at"),
        _stamp("taken_at", given=False),
        _stamp("answered_at", given=False),
        sa.Column("outcome", sa.String(), nullable=True),
        _reference("dial_request", "agent_id", "agent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dial_request")),
        sa.UniqueConstraint("client_id", name=op.f("uq_dial_request_client_id")),
    )
    op.create_index(
        "ix_dial_request_waiting",
        "dial_request",
        ["id"],
        postgresql_where=sa.text("taken_at IS NULL"),
    )


def _make_call_ties() -> None:
    op.create_table(
        "call_tie",
        _identity(),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("old_customer_id", sa.BigInteger(), nullable=True),
        sa.Column("new_customer_id", sa.BigInteger(), nullable=True),
        _stamp("changed_at"),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        _reference("call_tie", "call_id", "call"),
        _reference("call_tie", "old_customer_id", "customer"),
        _reference("call_tie", "new_customer_id", "customer"),
        _reference("call_tie", "changed_by", "agent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_tie")),
    )
    op.create_index("ix_call_tie_call_id", "call_tie", ["call_id", "id"])
    op.add_column("call_leg", sa.Column("handled_by", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_call_leg_handled_by"), "call_leg", "agent", ["handled_by"], ["id"]
    )


def upgrade() -> None:
    _make_presence()
    _make_dialling()
    _make_call_ties()
    op.execute(PRESENCE)
    op.execute(DIALLING)
    op.execute(CALLS)


def downgrade() -> None:
    for table, *triggers in TRIGGERS:
        for trigger in triggers:
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}()")
    op.drop_constraint(op.f("fk_call_leg_handled_by"), "call_leg")
    op.drop_column("call_leg", "handled_by")
    for table in ("call_tie", "dial_request", "ticket_presence"):
        op.drop_table(table)
