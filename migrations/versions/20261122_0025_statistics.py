"""통계: facts of days, kept as partial aggregates that are never older than what they count

`statistics_facts` and `statistics_calls` find what is counted in the base tables; they are the one
definition. What they find of a day is kept, grouped, in `statistics_part` (tickets and claims) and
`statistics_call_part`; `statistics_day` says which days are kept. Whoever changes something adds a
mark for each day that may count otherwise now, in the same transaction; marks are only added, so
that nobody waits for anybody. A reader takes a day from what is kept if it is kept and has no mark,
else from the base tables, all in one snapshot. Folding takes the marks that it sees, counts
afterwards, and deletes those marks alone: a change that it did not see keeps its mark.

What is open past its due day (`statistics_past_due`) changes with the day and not with a row: it is
never kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0029"
branch_labels = None
depends_on = None

# Not STRICT, no SET, one SELECT: so that the planner sees through them to the indexes below.
DAYS = """
CREATE FUNCTION seoul_day(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (moment AT TIME ZONE 'Asia/Seoul')::date;

CREATE FUNCTION seoul_midnight(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN day::timestamp AT TIME ZONE 'Asia/Seoul';
"""

#: A branch of tickets: their kind, when, whose, which; {more} joins.
_OF_TICKETS = """
    SELECT '{fact}', {at}, {id}, t.id, NULL::bigint, {agent}, t.ticket_type, t.category_id,
        o.channel_id, l.product_id, NULL::text, {seconds}
    FROM {source}
    LEFT JOIN sales_order o ON o.id = t.order_id
    LEFT JOIN order_line l ON l.id = t.order_line_id
    WHERE {at} >= since AND {at} < until AND {where}"""


def _of_tickets(fact: str, at: str, agent: str, where: str = "true", **other: str) -> str:
    return _OF_TICKETS.format(
        fact=fact,
        at=at,
        agent=agent,
        where=where,
        id=other.get("id", "t.id"),
        source=other.get("source", "ticket t"),
        seconds=other.get("seconds", "NULL::integer"),
    )


_OF_CLAIMS = """
    SELECT '{fact}', c.created_at, n.id, c.ticket_id, c.id, c.created_by, t.ticket_type,
        t.category_id, o.channel_id, l.product_id, c.reason, NULL::integer
    FROM claim c JOIN claim_line n ON n.claim_id = c.id
    JOIN ticket t ON t.id = c.ticket_id JOIN sales_order o ON o.id = c.order_id
    JOIN order_line l ON l.id = n.order_line_id
    WHERE c.created_at >= since AND c.created_at < until AND c.claim_type IN ({types})"""


def _of_claims(fact: str, types: str) -> str:
    return _OF_CLAIMS.format(fact=fact, types=types)


_CALLBACK = "callback b JOIN ticket t ON t.id = b.ticket_id"
_KEPT = "b.outcome = 'succeeded' AND seoul_day(b.done_at) <= seoul_day(b.due_at)"
FACTS = "\n    UNION ALL".join(
    (
        _of_tickets("received", "t.created_at", "t.created_by"),
        _of_tickets(
            "completed",
            "t.completed_at",
            "t.completed_by",
            seconds="greatest(floor(extract(epoch FROM t.completed_at - t.created_at)), 0)"
            "::integer",
        ),
        _of_tickets(
            "late",
            "t.created_at",
            "t.completed_by",
            "seoul_day(t.completed_at) > t.due_on",
        ),
        _of_tickets(
            "transferred",
            "x.sent_at",
            "x.from_agent_id",
            id="x.id",
            source="transfer x JOIN ticket t ON t.id = x.ticket_id",
        ),
        _of_tickets(
            "callback",
            "b.due_at",
            "b.assignee_id",
            f"b.outcome IS DISTINCT FROM 'cancelled' AND ({_KEPT}) IS NOT TRUE",
            id="b.id",
            source=_CALLBACK,
        ),
        _of_tickets(
            "callback_kept", "b.due_at", "b.assignee_id", _KEPT, id="b.id", source=_CALLBACK
        ),
        _of_tickets(
            "repeat",
            "t.created_at",
            "t.created_by",
            """t.status <> 'discarded' AND EXISTS (
            SELECT FROM ticket e WHERE e.customer_id = t.customer_id AND e.status <> 'discarded'
              AND e.created_at >= t.created_at - interval '168 hours'
              AND (e.created_at, e.id) < (t.created_at, t.id))""",
        ),
        _of_claims("return", "'return'"),
        _of_claims("exchange", "'exchange_same', 'exchange_other', 'swap'"),
    )
)
PAST_DUE = _of_tickets(
    "past_due",
    "t.created_at",
    "t.assignee_id",
    "t.status IN ('received', 'transferred') AND t.due_on < seoul_day(statement_timestamp())",
)
_COLUMNS = """
RETURNS TABLE (fact text, at timestamptz, source_id bigint, ticket_id bigint, claim_id bigint,
    agent_id bigint, ticket_type text, category_id smallint, channel_id smallint,
    product_id bigint, reason text, seconds integer)
LANGUAGE sql STABLE AS $$"""
FIND = """
CREATE FUNCTION statistics_facts(since timestamptz, until timestamptz)@columns@facts
$$;

CREATE FUNCTION statistics_past_due(since timestamptz, until timestamptz)@columns@past_due
$$;

CREATE FUNCTION statistics_calls(since timestamptz, until timestamptz)
RETURNS TABLE (fact text, at timestamptz, call_id bigint, extension text, seconds integer)
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN l.talked_at IS NOT NULL THEN 'call_answered'
                WHEN l.over AND NOT coalesce(l.elsewhere, false) THEN 'call_abandoned'
                ELSE 'call' END,
        c.rang_at, c.id, l.extension,
        CASE WHEN l.talked_at IS NOT NULL
            THEN greatest(floor(extract(epoch FROM l.talked_at - c.rang_at)), 0)::integer END
    FROM call c CROSS JOIN LATERAL (
        SELECT min(x.talked_at) AS talked_at, bool_and(x.phase = 'ended') AS over,
            bool_or(x."end" IN ('answered_elsewhere', 'transferred')) AS elsewhere,
            (array_agg(x.extension ORDER BY x.talked_at, x.rang_at, x.id))[1] AS extension
        FROM call_leg x WHERE x.call_id = c.id
    ) l
    WHERE c.direction = 'in' AND c.rang_at >= since AND c.rang_at < until
$$;
"""
FIND = FIND.replace("@columns", _COLUMNS).replace("@facts", FACTS).replace("@past_due", PAST_DUE)

TABLES = """
CREATE TABLE statistics_day (
    area varchar NOT NULL, day date NOT NULL, folded_at timestamptz NOT NULL,
    CONSTRAINT pk_statistics_day PRIMARY KEY (area, day),
    CONSTRAINT ck_statistics_day_area CHECK (area IN ('tickets', 'calls'))
);
CREATE TABLE statistics_mark (
    id bigint GENERATED BY DEFAULT AS IDENTITY, area varchar NOT NULL, day date NOT NULL,
    CONSTRAINT pk_statistics_mark PRIMARY KEY (id)
);
CREATE TABLE statistics_part (
    id bigint GENERATED BY DEFAULT AS IDENTITY, day date NOT NULL, fact varchar NOT NULL,
    agent_id bigint, ticket_type varchar NOT NULL, category_id smallint, channel_id smallint,
    product_id bigint, reason varchar, seconds integer, n integer NOT NULL,
    CONSTRAINT pk_statistics_part PRIMARY KEY (id)
);
CREATE INDEX ix_statistics_part_day ON statistics_part (day);
CREATE TABLE statistics_call_part (
    id bigint GENERATED BY DEFAULT AS IDENTITY, day date NOT NULL, fact varchar NOT NULL,
    extension varchar, seconds integer, n integer NOT NULL,
    CONSTRAINT pk_statistics_call_part PRIMARY KEY (id)
);
CREATE INDEX ix_statistics_call_part_day ON statistics_call_part (day);
"""

FOLD = """
CREATE FUNCTION fold_statistics(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := seoul_day(clock_timestamp());
    one record;
    seen bigint[];
    folded integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(4010105) THEN
        RETURN 0;
    END IF;
    FOR one IN
        SELECT area, d.day FROM (
            SELECT m.area, m.day FROM statistics_mark m WHERE m.day < today
            UNION
            SELECT a.area, g::date FROM (VALUES
                ('tickets', (SELECT min(created_at) FROM ticket)),
                ('calls', (SELECT min(rang_at) FROM call))) a (area, began),
                generate_series(seoul_day(a.began)::timestamp, today - 1, '1 day') g
            WHERE NOT EXISTS (SELECT FROM statistics_day k
                              WHERE k.area = a.area AND k.day = g::date)) d
        ORDER BY d.day DESC, area LIMIT most
    LOOP
        -- First the marks, then the facts: what comes in between is counted and keeps its mark.
        seen := ARRAY(SELECT id FROM statistics_mark m WHERE m.area = one.area AND m.day = one.day);
        IF one.area = 'tickets' THEN
            DELETE FROM statistics_part WHERE day = one.day;
            INSERT INTO statistics_part (day, fact, agent_id, ticket_type, category_id, channel_id,
                product_id, reason, seconds, n)
            SELECT one.day, f.fact, f.agent_id, f.ticket_type, f.category_id, f.channel_id,
                f.product_id, f.reason, f.seconds, count(*)
            FROM statistics_facts(seoul_midnight(one.day), seoul_midnight(one.day + 1)) f
            -- What has a time is kept one by one: a time needs no weight then.
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9,
                CASE WHEN f.seconds IS NOT NULL THEN f.source_id END;
        ELSE
            DELETE FROM statistics_call_part WHERE day = one.day;
            INSERT INTO statistics_call_part (day, fact, extension, seconds, n)
            SELECT one.day, f.fact, f.extension, f.seconds, count(*)
            FROM statistics_calls(seoul_midnight(one.day), seoul_midnight(one.day + 1)) f
            GROUP BY 1, 2, 3, 4;
        END IF;
        INSERT INTO statistics_day VALUES (one.area, one.day, clock_timestamp())
        ON CONFLICT (area, day) DO UPDATE SET folded_at = excluded.folded_at;
        DELETE FROM statistics_mark WHERE id = ANY (seen);
        folded := folded + 1;
    END LOOP;
    -- Of the many marks of today one is enough.
    seen := ARRAY(SELECT id FROM statistics_mark WHERE day >= today);
    INSERT INTO statistics_mark (area, day)
    SELECT DISTINCT area, day FROM statistics_mark WHERE id = ANY (seen);
    DELETE FROM statistics_mark WHERE id = ANY (seen);
    RETURN folded;
END $$;

CREATE FUNCTION forget_statistics() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM statistics_day;
$$;
"""

# A repeat contact lies up to seven days after the ticket that it repeats, and never in the future.
MARK = """
CREATE FUNCTION mark_tickets(moments timestamptz[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO statistics_mark (area, day)
    SELECT DISTINCT 'tickets', seoul_day(m) FROM unnest(moments) m WHERE m IS NOT NULL;
$$;

CREATE FUNCTION mark_repeats(moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO statistics_mark (area, day)
    SELECT 'tickets', g::date FROM generate_series(
        seoul_day(moment)::timestamp,
        least(seoul_day(moment) + 7, greatest(seoul_day(moment), seoul_day(clock_timestamp()))),
        '1 day') g;
$$;

CREATE FUNCTION mark_belongings(ticket bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO statistics_mark (area, day)
    SELECT DISTINCT 'tickets', seoul_day(at) FROM (
        SELECT t.created_at FROM ticket t WHERE t.id = ticket
        UNION ALL SELECT t.completed_at FROM ticket t WHERE t.id = ticket
        UNION ALL SELECT x.sent_at FROM transfer x WHERE x.ticket_id = ticket
        UNION ALL SELECT b.due_at FROM callback b WHERE b.ticket_id = ticket
        UNION ALL SELECT c.created_at FROM claim c WHERE c.ticket_id = ticket) f (at)
    WHERE at IS NOT NULL;
$$;

CREATE FUNCTION ticket_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM mark_repeats(NEW.created_at);
        IF NEW.completed_at IS NOT NULL THEN
            PERFORM mark_tickets(ARRAY[NEW.completed_at]);
        END IF;
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM mark_repeats(OLD.created_at), mark_tickets(ARRAY[OLD.completed_at]);
        RETURN NULL;
    END IF;
    PERFORM mark_tickets(ARRAY[OLD.created_at, NEW.created_at, OLD.completed_at, NEW.completed_at]);
    IF (OLD.status = 'discarded') <> (NEW.status = 'discarded')
       OR OLD.customer_id IS DISTINCT FROM NEW.customer_id OR OLD.created_at <> NEW.created_at THEN
        PERFORM mark_repeats(OLD.created_at), mark_repeats(NEW.created_at);
    END IF;
    IF (OLD.ticket_type, OLD.category_id, OLD.order_id, OLD.order_line_id) IS DISTINCT FROM
       (NEW.ticket_type, NEW.category_id, NEW.order_id, NEW.order_line_id) THEN
        PERFORM mark_belongings(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ticket_marked AFTER INSERT OR DELETE ON ticket
    FOR EACH ROW EXECUTE FUNCTION ticket_marked();
CREATE TRIGGER ticket_change_marked AFTER UPDATE ON ticket FOR EACH ROW
    WHEN ((OLD.status = 'discarded') <> (NEW.status = 'discarded')
        OR OLD.completed_at IS DISTINCT FROM NEW.completed_at
        OR OLD.completed_by IS DISTINCT FROM NEW.completed_by
        OR OLD.customer_id IS DISTINCT FROM NEW.customer_id
        OR OLD.ticket_type <> NEW.ticket_type
        OR OLD.category_id IS DISTINCT FROM NEW.category_id
        OR OLD.order_id IS DISTINCT FROM NEW.order_id
        OR OLD.order_line_id IS DISTINCT FROM NEW.order_line_id
        OR OLD.due_on <> NEW.due_on
        OR OLD.created_at <> NEW.created_at OR OLD.created_by <> NEW.created_by)
    EXECUTE FUNCTION ticket_marked();

CREATE FUNCTION transfer_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM mark_tickets(ARRAY[OLD.sent_at, NEW.sent_at]);
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_marked AFTER INSERT OR DELETE ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_marked();
CREATE TRIGGER transfer_change_marked AFTER UPDATE ON transfer FOR EACH ROW
    WHEN (OLD.sent_at <> NEW.sent_at OR OLD.from_agent_id <> NEW.from_agent_id
        OR OLD.ticket_id <> NEW.ticket_id)
    EXECUTE FUNCTION transfer_marked();

CREATE FUNCTION callback_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM mark_tickets(ARRAY[OLD.due_at, NEW.due_at]);
    RETURN NULL;
END $$;
CREATE TRIGGER callback_marked AFTER INSERT OR DELETE ON callback
    FOR EACH ROW EXECUTE FUNCTION callback_marked();
CREATE TRIGGER callback_change_marked AFTER UPDATE ON callback FOR EACH ROW
    WHEN (OLD.due_at <> NEW.due_at OR OLD.outcome IS DISTINCT FROM NEW.outcome
        OR OLD.done_at IS DISTINCT FROM NEW.done_at OR OLD.assignee_id <> NEW.assignee_id
        OR OLD.ticket_id <> NEW.ticket_id)
    EXECUTE FUNCTION callback_marked();

CREATE FUNCTION claim_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM mark_tickets(ARRAY[OLD.created_at, NEW.created_at]);
    RETURN NULL;
END $$;
CREATE TRIGGER claim_marked AFTER INSERT OR DELETE ON claim
    FOR EACH ROW EXECUTE FUNCTION claim_marked();
CREATE TRIGGER claim_change_marked AFTER UPDATE ON claim FOR EACH ROW
    WHEN (OLD.claim_type <> NEW.claim_type OR OLD.reason <> NEW.reason
        OR OLD.created_at <> NEW.created_at OR OLD.created_by <> NEW.created_by
        OR OLD.ticket_id <> NEW.ticket_id OR OLD.order_id <> NEW.order_id)
    EXECUTE FUNCTION claim_marked();

CREATE FUNCTION claim_line_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO statistics_mark (area, day)
    SELECT 'tickets', seoul_day(c.created_at) FROM claim c
    WHERE c.id IN (OLD.claim_id, NEW.claim_id);
    RETURN NULL;
END $$;
CREATE TRIGGER claim_line_marked AFTER INSERT OR DELETE ON claim_line
    FOR EACH ROW EXECUTE FUNCTION claim_line_marked();
CREATE TRIGGER claim_line_change_marked AFTER UPDATE ON claim_line FOR EACH ROW
    WHEN (OLD.claim_id <> NEW.claim_id OR OLD.order_line_id <> NEW.order_line_id)
    EXECUTE FUNCTION claim_line_marked();

CREATE FUNCTION order_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM mark_belongings(t.id) FROM ticket t WHERE t.order_id = NEW.id;
    PERFORM mark_tickets(ARRAY[c.created_at]) FROM claim c WHERE c.order_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER order_change_marked AFTER UPDATE ON sales_order FOR EACH ROW
    WHEN (OLD.channel_id <> NEW.channel_id) EXECUTE FUNCTION order_marked();

CREATE FUNCTION order_line_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM mark_belongings(t.id) FROM ticket t WHERE t.order_line_id = NEW.id;
    PERFORM mark_tickets(ARRAY[c.created_at]) FROM claim c JOIN claim_line n ON n.claim_id = c.id
    WHERE n.order_line_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER order_line_change_marked AFTER UPDATE ON order_line FOR EACH ROW
    WHEN (OLD.product_id <> NEW.product_id) EXECUTE FUNCTION order_line_marked();

CREATE FUNCTION call_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO statistics_mark (area, day)
    SELECT DISTINCT 'calls', seoul_day(m) FROM (VALUES (OLD.rang_at), (NEW.rang_at)) v (m)
    WHERE m IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER call_marked AFTER INSERT OR DELETE ON call
    FOR EACH ROW EXECUTE FUNCTION call_marked();
CREATE TRIGGER call_change_marked AFTER UPDATE ON call FOR EACH ROW
    WHEN (OLD.rang_at <> NEW.rang_at OR OLD.direction <> NEW.direction)
    EXECUTE FUNCTION call_marked();

CREATE FUNCTION call_leg_marked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO statistics_mark (area, day)
    SELECT 'calls', seoul_day(c.rang_at) FROM call c
    WHERE c.id IN (OLD.call_id, NEW.call_id) AND c.direction = 'in';
    RETURN NULL;
END $$;
CREATE TRIGGER call_leg_marked AFTER INSERT OR DELETE ON call_leg
    FOR EACH ROW EXECUTE FUNCTION call_leg_marked();
CREATE TRIGGER call_leg_change_marked AFTER UPDATE ON call_leg FOR EACH ROW
    WHEN (OLD.call_id <> NEW.call_id OR OLD.extension <> NEW.extension
        OR OLD.talked_at IS DISTINCT FROM NEW.talked_at OR OLD.rang_at <> NEW.rang_at
        OR (OLD.phase = 'ended') <> (NEW.phase = 'ended')
        OR OLD."end" IS DISTINCT FROM NEW."end")
    EXECUTE FUNCTION call_leg_marked();
"""
#: The tables whose triggers these are, with how they are called.
MARKED = {
    "ticket": "ticket",
    "transfer": "transfer",
    "callback": "callback",
    "claim": "claim",
    "claim_line": "claim_line",
    "call": "call",
    "call_leg": "call_leg",
}
INNER = (
    "mark_tickets(timestamptz[])",
    "mark_repeats(timestamptz)",
    "mark_belongings(bigint)",
    "forget_statistics()",
)
READING = (
    "statistics_facts(timestamptz, timestamptz)",
    "statistics_past_due(timestamptz, timestamptz)",
    "statistics_calls(timestamptz, timestamptz)",
    "seoul_day(timestamptz)",
    "seoul_midnight(date)",
)
TRIGGERS = (*MARKED, "order", "order_line")
KEPT = ("statistics_day", "statistics_mark", "statistics_part", "statistics_call_part")


def upgrade() -> None:
    op.execute(DAYS)
    op.execute(FIND)
    op.execute(TABLES)
    op.execute(FOLD)
    op.execute(MARK)
    ours = (*INNER, *READING, "fold_statistics(integer)", *(f"{one}_marked()" for one in TRIGGERS))
    for function in ours:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION fold_statistics(integer) TO ets_gateway")
    for function in READING:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO ets_supervisor")
    op.execute(f"GRANT SELECT ON {', '.join(KEPT)} TO ets_supervisor")
    op.create_index("ix_callback_due_at", "callback", [sa.text("due_at DESC"), sa.text("id DESC")])
    op.create_index("ix_claim_created_at", "claim", [sa.text("created_at DESC")])


def downgrade() -> None:
    op.drop_index("ix_claim_created_at", "claim")
    op.drop_index("ix_callback_due_at", "callback")
    for table in MARKED:
        op.execute(f"DROP TRIGGER {table}_marked ON {table}")
        op.execute(f"DROP TRIGGER {table}_change_marked ON {table}")
        op.execute(f"DROP FUNCTION {table}_marked()")
    for table, name in (("sales_order", "order"), ("order_line", "order_line")):
        op.execute(f"DROP TRIGGER {name}_change_marked ON {table}")
        op.execute(f"DROP FUNCTION {name}_marked()")
    for function in ("fold_statistics(integer)", *INNER, *READING[:3]):
        op.execute(f"DROP FUNCTION {function}")
    for table in KEPT:
        op.execute(f"DROP TABLE {table}")
    for function in READING[3:]:
        op.execute(f"DROP FUNCTION {function}")
