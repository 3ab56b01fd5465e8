"""what the law asks to keep is kept, and what it does no longer is forgotten (spec 80)

Trails are forgotten by functions that `ets_retention` owns, a role that nobody is: each takes the
words only of what has lost its person already, or rows older than two (three) years. Only the owner
of the schema calls them, who takes the persons out (services/retention.py).
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEEPER = "ets_retention"

TRAILS = """
CREATE FUNCTION forget_old_trails(most integer)
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
    ), granted AS (
        DELETE FROM rights_change WHERE id IN (
            SELECT id FROM rights_change WHERE at < clock_timestamp() - interval '3 years'
            ORDER BY at LIMIT most)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM look), (SELECT count(*) FROM granted);
$$;
"""
#: (파기) stands where a person was (domain/retention.py).
WORDS = """
CREATE FUNCTION forget_words_of_tickets(which bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE ticket_history SET old = NULL, new = NULL
    WHERE field IN ('title', 'content', 'caller_number', 'tags', 'resolution', 'discard_reason',
                    'customer_id')
      AND ticket_id IN (SELECT id FROM ticket WHERE id = ANY (which) AND content = '(파기)');
    UPDATE activity SET note = ''
    WHERE ticket_id IN (SELECT id FROM ticket WHERE id = ANY (which) AND content = '(파기)');
$$;

CREATE FUNCTION forget_words_of_customers(which bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE customer_history SET old = NULL, new = NULL
    WHERE customer_id IN (SELECT id FROM customer WHERE id = ANY (which) AND name = '(파기)');
$$;

CREATE FUNCTION forget_words_of_claims(which bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE claim_history SET old = NULL, new = NULL
    WHERE (field LIKE 'ship%' OR field LIKE '%note')
      AND claim_id IN (SELECT c.id FROM claim c JOIN sales_order o ON o.id = c.order_id
                       WHERE c.id = ANY (which) AND o.orderer_name = '(파기)');
    UPDATE pickup_event SET words = '', place = ''
    WHERE pickup_id IN (SELECT p.id FROM pickup p WHERE p.claim_id = ANY (which)
                        AND p.name = '(파기)');
$$;

CREATE FUNCTION forget_words_of_calls(which bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE call_event SET details = '{}'
    WHERE call_id IN (SELECT id FROM call WHERE id = ANY (which) AND caller_number IS NULL
                      AND dialled = '');
$$;
"""
FUNCTIONS = (
    "forget_old_trails(integer)",
    "forget_words_of_tickets(bigint[])",
    "forget_words_of_customers(bigint[])",
    "forget_words_of_claims(bigint[])",
    "forget_words_of_calls(bigint[])",
)
KEEPERS = f"""
GRANT USAGE ON SCHEMA public TO {KEEPER};
GRANT SELECT, DELETE ON access_log, rights_change, export_alert, desk_session TO {KEEPER};
GRANT SELECT ON ticket_history, activity, customer_history, claim_history, pickup_event, call_event
    TO {KEEPER};
GRANT UPDATE (old, new) ON ticket_history, customer_history, claim_history TO {KEEPER};
GRANT UPDATE (note) ON activity TO {KEEPER};
GRANT UPDATE (words, place) ON pickup_event TO {KEEPER};
GRANT UPDATE (details) ON call_event TO {KEEPER};
GRANT SELECT (id, content) ON ticket TO {KEEPER};
GRANT SELECT (id, name) ON customer TO {KEEPER};
GRANT SELECT (id, order_id) ON claim TO {KEEPER};
GRANT SELECT (id, orderer_name) ON sales_order TO {KEEPER};
GRANT SELECT (id, claim_id, name) ON pickup TO {KEEPER};
GRANT SELECT (id, caller_number, dialled) ON call TO {KEEPER};
"""


def upgrade() -> None:
    op.execute(TRAILS)
    op.execute(WORDS)
    op.execute(KEEPERS)
    # Whoever gives a function away belongs to the role for that moment.
    op.execute(f"GRANT {KEEPER} TO CURRENT_USER")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {KEEPER}")
    for function in FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"ALTER FUNCTION {function} OWNER TO {KEEPER}")
        # The rights of the one before went along with it.
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO CURRENT_USER")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {KEEPER}")
    op.execute(f"REVOKE {KEEPER} FROM CURRENT_USER")


def downgrade() -> None:
    op.execute(f"GRANT {KEEPER} TO CURRENT_USER")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    # The role stays: other databases of the cluster may use it.
    op.execute(f"DROP OWNED BY {KEEPER}")
    op.execute(f"REVOKE {KEEPER} FROM CURRENT_USER")
