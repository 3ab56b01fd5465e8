"""the customer card: phones, addresses, what the shop knows of a customer, reversible merges

A merge is one row of `customer_merge`: putting it in moves everything, undoing it moves back what
still is where it went. Both happen in triggers, so that no desk can merge by halves, and whatever
is written for a merged customer afterwards goes to the one who stayed.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")
NO_IDS = sa.text("'{}'")
#: What the card holds of a customer (domain/customers.py); a change of one is a new version.
FIELDS = (
    "name",
    "grade",
    "flagged",
    "flagged_reason",
    "login_id",
    "zipcode",
    "address",
    "address_detail",
    "address_kind",
    "occupation",
    "coupon",
    "cashback",
    "mailing",
    "introducer",
)
NEW_FIELDS = ", ".join(f"NEW.{name}" for name in FIELDS)
OLD_FIELDS = ", ".join(f"OLD.{name}" for name in FIELDS)

# Locks the customer as a foreign key does: who merges the customer waits for the writer, or the
# writer sees the merge.
SURVIVING_CUSTOMER = """
CREATE FUNCTION surviving_customer(asked bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here bigint := asked;
    further bigint;
BEGIN
    LOOP
        SELECT merged_into_id INTO further FROM customer WHERE id = here FOR KEY SHARE;
        EXIT WHEN further IS NULL;
        here := further;
    END LOOP;
    RETURN here;
END $$;

CREATE FUNCTION follow_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.customer_id := surviving_customer(NEW.customer_id);
    RETURN NEW;
END $$;
"""
OF_CUSTOMERS = ("ticket", "call", "sales_order", "customer_phone", "customer_address")

CUSTOMER_GUARD = f"""
CREATE FUNCTION customer_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    -- The owner (demo, import) is nobody and stays free.
    IF me IS NULL THEN
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.version := 1;
        NEW.created_by := me;
        NEW.created_at := clock_timestamp();
        NEW.updated_by := me;
        NEW.updated_at := NEW.created_at;
        RETURN NEW;
    END IF;
    NEW.created_by := OLD.created_by;
    NEW.created_at := OLD.created_at;
    NEW.client_id := OLD.client_id;
    NEW.version := OLD.version;
    NEW.updated_by := OLD.updated_by;
    NEW.updated_at := OLD.updated_at;
    IF ({NEW_FIELDS}) IS DISTINCT FROM ({OLD_FIELDS}) THEN
        NEW.version := OLD.version + 1;
        NEW.updated_by := me;
        NEW.updated_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER customer_guard BEFORE INSERT OR UPDATE ON customer
    FOR EACH ROW EXECUTE FUNCTION customer_guard();

CREATE FUNCTION customer_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO customer_history (customer_id, version, field, old, new, changed_by)
    SELECT NEW.id, NEW.version, n.key, o.value, n.value, NEW.updated_by
    FROM jsonb_each_text(to_jsonb(NEW)) n JOIN jsonb_each_text(to_jsonb(OLD)) o USING (key)
    WHERE n.value IS DISTINCT FROM o.value AND n.key = ANY ('{{{",".join(FIELDS)}}}');
    RETURN NULL;
END $$;
CREATE TRIGGER customer_changed AFTER UPDATE ON customer
    FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION customer_changed();
"""

# At depth 1 a desk writes; deeper a merge moves the row, which its own row tells.
BELONGINGS_GUARD = """
CREATE FUNCTION capture_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() = 1 AND current_agent_id() IS NOT NULL THEN
        NEW.captured_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER capture_guard BEFORE INSERT OR UPDATE ON customer_phone
    FOR EACH ROW EXECUTE FUNCTION capture_guard();
CREATE TRIGGER capture_guard BEFORE INSERT OR UPDATE ON customer_address
    FOR EACH ROW EXECUTE FUNCTION capture_guard();

CREATE FUNCTION belonging_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
    one jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    told text := coalesce(one->>'digits',
        concat_ws(' ', nullif(one->>'zipcode', ''), one->>'address',
                  nullif(one->>'address_detail', '')));
BEGIN
    IF me IS NULL OR pg_trigger_depth() > 1 THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        INSERT INTO customer_history (customer_id, version, field, old, new, changed_by)
        SELECT c.id, c.version, TG_ARGV[0], CASE WHEN TG_OP = 'DELETE' THEN told END,
            CASE WHEN TG_OP = 'INSERT' THEN told END, me
        FROM customer c WHERE c.id = (one->>'customer_id')::bigint;
    END IF;
    PERFORM pg_notify('ets_change', 'customer/' || (one->>'customer_id'));
    RETURN NULL;
END $$;
CREATE TRIGGER belonging_told AFTER INSERT OR UPDATE OR DELETE ON customer_phone
    FOR EACH ROW EXECUTE FUNCTION belonging_told('phone');
CREATE TRIGGER belonging_told AFTER INSERT OR UPDATE OR DELETE ON customer_address
    FOR EACH ROW EXECUTE FUNCTION belonging_told('other_address');
"""

# Who saves a ticket holds it before its customer: in another order the two would deadlock.
CUSTOMER_MERGE = """
CREATE FUNCTION hold_customers(one bigint, other bigint, tickets bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM ticket WHERE id = ANY (tickets) ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM customer WHERE id IN (one, other) ORDER BY id FOR UPDATE;
END $$;
REVOKE EXECUTE ON FUNCTION hold_customers(bigint, bigint, bigint[]) FROM PUBLIC;

CREATE FUNCTION customer_merge_made() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
    kept customer;
    merged customer;
    one bigint;
BEGIN
    IF me IS NOT NULL THEN
        NEW.merged_by := me;
        NEW.merged_at := clock_timestamp();
    END IF;
    PERFORM hold_customers(NEW.kept_id, NEW.merged_id,
        ARRAY(SELECT id FROM ticket WHERE customer_id = NEW.merged_id));
    SELECT * INTO kept FROM customer WHERE id = NEW.kept_id;
    SELECT * INTO merged FROM customer WHERE id = NEW.merged_id;
    IF kept.id IS NULL OR merged.id IS NULL THEN
        RAISE EXCEPTION 'no such customer' USING ERRCODE = '23503';
    ELSIF num_nonnulls(kept.merged_into_id, merged.merged_into_id) > 0 THEN
        RAISE EXCEPTION 'a merged customer is merged no more' USING ERRCODE = 'ET003';
    END IF;
    UPDATE customer SET merged_into_id = kept.id WHERE id = merged.id;
    -- In the order of their last change, for that is when they are changed now.
    FOR one IN SELECT id FROM ticket WHERE customer_id = merged.id ORDER BY updated_at, id LOOP
        UPDATE ticket SET customer_id = kept.id WHERE id = one;
        NEW.tickets := NEW.tickets || one;
    END LOOP;
    WITH moved AS (
        UPDATE call SET customer_id = kept.id WHERE customer_id = merged.id RETURNING id
    ) SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO NEW.calls FROM moved;
    WITH moved AS (
        UPDATE sales_order SET customer_id = kept.id WHERE customer_id = merged.id RETURNING id
    ) SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO NEW.orders FROM moved;
    -- Numbers both have stay once; the other one is kept here for an undoing.
    WITH dropped AS (
        DELETE FROM customer_phone p WHERE p.customer_id = merged.id
            AND EXISTS (SELECT FROM customer_phone k
                        WHERE k.customer_id = kept.id AND k.digits = p.digits)
        RETURNING p.*
    ) SELECT coalesce(jsonb_agg(to_jsonb(d)), '[]') INTO NEW.dropped_phones FROM dropped d;
    WITH moved AS (
        UPDATE customer_phone SET customer_id = kept.id WHERE customer_id = merged.id RETURNING id
    ) SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO NEW.phones FROM moved;
    WITH moved AS (
        UPDATE customer_address SET customer_id = kept.id WHERE customer_id = merged.id
        RETURNING id
    ) SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO NEW.addresses FROM moved;
    IF merged.address <> '' AND (merged.address, merged.address_detail)
       IS DISTINCT FROM (kept.address, kept.address_detail) THEN
        INSERT INTO customer_address
            (customer_id, kind, zipcode, address, address_detail, captured_at)
        VALUES (kept.id, merged.address_kind, merged.zipcode, merged.address,
                merged.address_detail, merged.updated_at)
        RETURNING id INTO NEW.copied_address_id;
    END IF;
    -- A warning must not get lost.
    IF merged.flagged AND NOT kept.flagged THEN
        NEW.took_flag := true;
        UPDATE customer SET flagged = true, flagged_reason = merged.flagged_reason,
            version = version + 1, updated_by = coalesce(NEW.merged_by, updated_by),
            updated_at = clock_timestamp() WHERE id = kept.id;
    END IF;
    UPDATE customer SET last_contact_at = greatest(last_contact_at, merged.last_contact_at)
    WHERE id = kept.id;
    RETURN NEW;
END $$;
CREATE TRIGGER customer_merge_made BEFORE INSERT ON customer_merge
    FOR EACH ROW EXECUTE FUNCTION customer_merge_made();

CREATE FUNCTION customer_merge_undone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
    kept customer;
    merged customer;
    one bigint;
BEGIN
    IF OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL THEN
        RAISE EXCEPTION 'a merge is undone once' USING ERRCODE = 'ET005';
    END IF;
    IF me IS NOT NULL THEN
        NEW.undone_by := me;
        NEW.undone_at := clock_timestamp();
    END IF;
    PERFORM hold_customers(OLD.kept_id, OLD.merged_id, OLD.tickets);
    SELECT * INTO kept FROM customer WHERE id = OLD.kept_id;
    SELECT * INTO merged FROM customer WHERE id = OLD.merged_id;
    IF kept.merged_into_id IS NOT NULL THEN
        RAISE EXCEPTION 'the later merge is undone first' USING ERRCODE = 'ET004';
    END IF;
    UPDATE customer SET merged_into_id = NULL WHERE id = merged.id;
    FOR one IN SELECT id FROM ticket
               WHERE id = ANY (OLD.tickets) AND customer_id = kept.id ORDER BY updated_at, id LOOP
        UPDATE ticket SET customer_id = merged.id WHERE id = one;
    END LOOP;
    UPDATE call SET customer_id = merged.id
    WHERE id = ANY (OLD.calls) AND customer_id = kept.id;
    UPDATE sales_order SET customer_id = merged.id
    WHERE id = ANY (OLD.orders) AND customer_id = kept.id;
    UPDATE customer_phone SET customer_id = merged.id
    WHERE id = ANY (OLD.phones) AND customer_id = kept.id;
    INSERT INTO customer_phone (id, customer_id, typed, digits, kind, captured_at)
    SELECT id, customer_id, typed, digits, kind, captured_at
    FROM jsonb_populate_recordset(NULL::customer_phone, OLD.dropped_phones);
    UPDATE customer_address SET customer_id = merged.id
    WHERE id = ANY (OLD.addresses) AND customer_id = kept.id;
    DELETE FROM customer_address WHERE id = OLD.copied_address_id AND customer_id = kept.id;
    IF OLD.took_flag THEN
        UPDATE customer SET flagged = false, flagged_reason = '', version = version + 1,
            updated_by = coalesce(NEW.undone_by, updated_by), updated_at = clock_timestamp()
        WHERE id = kept.id AND flagged AND flagged_reason = merged.flagged_reason;
    END IF;
    -- Told to the desks in any case.
    UPDATE customer SET last_contact_at = last_contact_at WHERE id = kept.id;
    RETURN NEW;
END $$;
CREATE TRIGGER customer_merge_undone BEFORE UPDATE ON customer_merge
    FOR EACH ROW EXECUTE FUNCTION customer_merge_undone();
"""

# A closed ticket stays as it is, but it goes with its customer: into a merge and out of it.
TICKET_FOLLOWS_MERGE = """
CREATE FUNCTION ticket_follows_merge(was ticket, now ticket) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    target bigint := now.customer_id;
BEGIN
    now.customer_id := was.customer_id;
    RETURN now IS NOT DISTINCT FROM was AND (
        EXISTS (SELECT FROM customer c
                WHERE c.id = was.customer_id AND c.merged_into_id = target)
        OR EXISTS (SELECT FROM customer_merge m JOIN customer c ON c.id = m.merged_id
                   WHERE m.kept_id = was.customer_id AND m.merged_id = target
                     AND m.undone_at IS NULL AND c.merged_into_id IS NULL
                     AND was.id = ANY (m.tickets)));
END $$;
"""
TICKET_GUARD_BEFORE = """
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
_CLOSED = "AND NOT pg_has_role(session_user, 'ets_supervisor', 'MEMBER') THEN"
TICKET_GUARD = TICKET_GUARD_BEFORE.replace(
    _CLOSED, _CLOSED.replace("THEN", "\n           AND NOT ticket_follows_merge(OLD, NEW) THEN")
)

WRITTEN = ", ".join((*FIELDS, "initials", "updated_by"))
GRANTS = f"""
REVOKE INSERT, UPDATE ON customer FROM ets_agent;
GRANT INSERT ({WRITTEN}, client_id, created_by) ON customer TO ets_agent;
GRANT UPDATE ({WRITTEN}, version, updated_at, last_contact_at) ON customer TO ets_agent;
REVOKE INSERT, UPDATE ON customer_phone FROM ets_agent;
GRANT INSERT (customer_id, typed, digits, kind) ON customer_phone TO ets_agent;
GRANT UPDATE (captured_at) ON customer_phone TO ets_agent;
GRANT SELECT ON customer_address, customer_history, customer_merge TO ets_agent;
GRANT INSERT (customer_id, kind, zipcode, address, address_detail) ON customer_address TO ets_agent;
GRANT DELETE ON customer_address TO ets_agent;
GRANT INSERT (kept_id, merged_id, merged_by) ON customer_merge TO ets_agent;
GRANT UPDATE (undone_at, undone_by) ON customer_merge TO ets_agent;
"""


def upgrade() -> None:
    _widen_customer()
    _create_tables()
    op.execute(SURVIVING_CUSTOMER)
    for table in OF_CUSTOMERS:
        op.execute(
            f"CREATE TRIGGER follow_merge BEFORE INSERT OR UPDATE OF customer_id ON {table}"
            " FOR EACH ROW WHEN (NEW.customer_id IS NOT NULL) EXECUTE FUNCTION follow_merge()"
        )
    op.execute(CUSTOMER_GUARD)
    op.execute(BELONGINGS_GUARD)
    op.execute(CUSTOMER_MERGE)
    op.execute(TICKET_FOLLOWS_MERGE)
    op.execute(TICKET_GUARD)
    op.execute(GRANTS)


def _widen_customer() -> None:
    words = ("address_kind", "occupation", "coupon", "introducer")
    columns = [sa.Column(name, sa.String(), server_default="", nullable=False) for name in words]
    columns += [
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("cashback", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mailing", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "merged_into_id",
            sa.BigInteger(),
            sa.ForeignKey("customer.id", name=op.f("fk_customer_merged_into_id")),
            nullable=True,
        ),
    ]
    for column in columns:
        op.add_column("customer", column)
    op.create_check_constraint(
        op.f("ck_customer_address_kind"),
        "customer",
        "address_kind IN ('', 'home', 'work', 'other')",
    )
    op.create_check_constraint(op.f("ck_customer_cashback"), "customer", "cashback >= 0")
    op.create_check_constraint(op.f("ck_customer_merged"), "customer", "merged_into_id <> id")
    op.create_index(
        "uq_customer_client_id",
        "customer",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("client_id IS NOT NULL"),
    )
    op.create_index(
        "ix_customer_merged_into_id",
        "customer",
        ["merged_into_id"],
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )


def _create_tables() -> None:
    op.create_table(
        "customer_address",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), server_default="", nullable=False),
        sa.Column("zipcode", sa.String(), server_default="", nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("address_detail", sa.String(), server_default="", nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint(
            "kind IN ('', 'home', 'work', 'other')", name=op.f("ck_customer_address_kind")
        ),
        sa.CheckConstraint("address <> ''", name=op.f("ck_customer_address_address")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_address_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_address")),
    )
    op.create_index("ix_customer_address_customer_id", "customer_address", ["customer_id"])
    op.create_table(
        "customer_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_history_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["agent.id"], name=op.f("fk_customer_history_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_history")),
    )
    op.create_index("ix_customer_history_customer_id", "customer_history", ["customer_id", "id"])
    _create_merges()


def _create_merges() -> None:
    moved = ("tickets", "calls", "orders", "phones", "addresses")
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("merged_by", sa.BigInteger(), nullable=True),
        *(
            sa.Column(name, sa.ARRAY(sa.BigInteger()), server_default=NO_IDS, nullable=False)
            for name in moved
        ),
        sa.Column(
            "dropped_phones",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("copied_address_id", sa.BigInteger(), nullable=True),
        sa.Column("took_flag", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_customer_merge_two")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_customer_merge_{column}"))
            for column, target in (
                ("kept_id", "customer.id"),
                ("merged_id", "customer.id"),
                ("merged_by", "agent.id"),
                ("undone_by", "agent.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
    )
    op.create_index("ix_customer_merge_kept_id", "customer_merge", ["kept_id"])
    op.create_index(
        "uq_customer_merge_merged_id_standing",
        "customer_merge",
        ["merged_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index("ix_customer_merge_merged_id", "customer_merge", ["merged_id"])


def downgrade() -> None:
    op.execute(TICKET_GUARD_BEFORE)
    op.execute("DROP FUNCTION ticket_follows_merge(ticket, ticket)")
    for table in OF_CUSTOMERS:
        op.execute(f"DROP TRIGGER follow_merge ON {table}")
    op.drop_table("customer_merge")
    for trigger in ("capture_guard", "belonging_told"):
        op.execute(f"DROP TRIGGER {trigger} ON customer_phone")
        op.execute(f"DROP TRIGGER {trigger} ON customer_address")
    for trigger in ("customer_guard", "customer_changed"):
        op.execute(f"DROP TRIGGER {trigger} ON customer")
    for function in (
        "customer_merge_made()",
        "customer_merge_undone()",
        "hold_customers(bigint, bigint, bigint[])",
        "capture_guard()",
        "belonging_told()",
        "customer_guard()",
        "customer_changed()",
        "follow_merge()",
        "surviving_customer(bigint)",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("customer_history")
    op.drop_table("customer_address")
    # A right on a table that is revoked takes those on its columns along.
    op.execute("REVOKE INSERT, UPDATE ON customer, customer_phone FROM ets_agent")
    op.execute("GRANT INSERT, UPDATE ON customer, customer_phone TO ets_agent")
    op.drop_index("ix_customer_merged_into_id", table_name="customer")
    op.drop_index("uq_customer_client_id", table_name="customer")
    for column in (
        "merged_into_id",
        "mailing",
        "cashback",
        "client_id",
        "introducer",
        "coupon",
        "occupation",
        "address_kind",
    ):
        op.drop_column("customer", column)
