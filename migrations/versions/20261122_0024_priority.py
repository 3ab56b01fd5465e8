"""a ticket has a priority, which supervisors give; what is urgent is offered first (spec 60)"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

RANK = """
CREATE FUNCTION priority_rank(priority text) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE priority WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END;
"""

OFFER_TASK = """
CREATE OR REPLACE FUNCTION offer_task(whose bigint, team smallint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    task record;
BEGIN
    FOR task IN
        SELECT x.id AS transfer_id, NULL::bigint AS missed_call_id, x.sent_at AS since{rank_of_ticket}
        FROM transfer x{ticket}
        WHERE x.to_team_id = team AND x.from_agent_id <> whose AND x.ticket_open
          AND num_nonnulls(x.accepted_at, x.returned_at, x.recalled_at) = 0
          AND NOT EXISTS (SELECT FROM task_offer o
                          WHERE o.transfer_id = x.id AND o.ended_at IS NULL)
        UNION ALL
        SELECT NULL, m.id, m.since{rank_of_call} FROM missed_call m
        WHERE m.team_id = team AND m.done_at IS NULL AND m.taken_by IS NULL
          AND NOT EXISTS (SELECT FROM task_offer o WHERE o.missed_call_id = m.id
                          AND (o.ended_at IS NULL OR (o.agent_id = whose
                               AND o.outcome = 'returned')))
        ORDER BY {rank}since
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
BY_PRIORITY = OFFER_TASK.format(
    rank_of_ticket=",\n            priority_rank(t.priority) AS rank",
    ticket=" JOIN ticket t ON t.id = x.ticket_id",
    rank_of_call=", 1::smallint",
    rank="rank, ",
)
BY_WAITING = OFFER_TASK.format(rank_of_ticket="", ticket="", rank_of_call="", rank="")


def upgrade() -> None:
    op.add_column(
        "ticket",
        sa.Column("priority", sa.String(), server_default="normal", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_ticket_priority"), "ticket", "priority IN ('high', 'normal', 'low')"
    )
    op.execute("GRANT UPDATE (priority) ON ticket TO ets_supervisor")
    op.execute(RANK)
    op.execute("REVOKE EXECUTE ON FUNCTION priority_rank(text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION priority_rank(text) TO ets_agent")
    op.execute(BY_PRIORITY)


def downgrade() -> None:
    op.execute(BY_WAITING)
    op.execute("DROP FUNCTION priority_rank(text)")
    op.drop_column("ticket", "priority")
