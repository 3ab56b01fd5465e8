"""a call missed at the telephone of somebody who is disabled is their team's (spec 60)

Who is disabled with the extension kept would get callers that nobody sees. The team has them, and
where there is none in use nobody has. What waits for somebody disabled by now goes the same way.
"""

from alembic import op

revision = "0031"
down_revision = "0025"
branch_labels = None
depends_on = None

# As migration 0015 has it but for {team} and {agent}.
MISSED = """
CREATE OR REPLACE FUNCTION call_missed() RETURNS trigger
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
        WHERE l.call_id = whole.id AND {team}
        GROUP BY a.team_id ORDER BY count(*) DESC, a.team_id LIMIT 1;
    END IF;
    IF of_team IS NULL THEN{agent}
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
"""
BEFORE = {
    "team": "a.team_id IS NOT NULL",
    "agent": """
        SELECT a.id INTO of_agent FROM agent a WHERE a.extension = NEW.extension;""",
}
# KEY SHARE waits for a disabling under way (FOR UPDATE, migration 0027).
NOW = {
    "team": "EXISTS (SELECT FROM team t WHERE t.id = a.team_id AND t.active)",
    "agent": """
        SELECT a.id INTO of_agent FROM agent a
        WHERE a.extension = NEW.extension AND a.active FOR KEY SHARE;
        IF NOT FOUND THEN
            SELECT t.id INTO of_team FROM agent a JOIN team t ON t.id = a.team_id
            WHERE a.extension = NEW.extension AND t.active;
        END IF;""",
}
STRANDED = """
UPDATE missed_call m SET done_at = clock_timestamp()
FROM agent a LEFT JOIN team t ON t.id = a.team_id AND t.active
WHERE a.id = m.agent_id AND NOT a.active AND m.done_at IS NULL
  AND (t.id IS NULL OR EXISTS (
        SELECT FROM missed_call o WHERE o.team_id = t.id AND o.caller_number = m.caller_number
          AND o.done_at IS NULL)
    -- Two of the team who left, and one caller: once is enough.
    OR EXISTS (
        SELECT FROM missed_call o JOIN agent b ON b.id = o.agent_id AND NOT b.active
        WHERE b.team_id = t.id AND o.caller_number = m.caller_number AND o.done_at IS NULL
          AND o.id > m.id));
UPDATE missed_call m SET agent_id = NULL, team_id = a.team_id, taken_by = NULL, taken_at = NULL
FROM agent a WHERE a.id = m.agent_id AND NOT a.active AND m.done_at IS NULL;
"""


def upgrade() -> None:
    op.execute(MISSED.format(**NOW))
    op.execute(STRANDED)


def downgrade() -> None:
    op.execute(MISSED.format(**BEFORE))
