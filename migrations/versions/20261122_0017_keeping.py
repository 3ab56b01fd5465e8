"""reminders with a lease, 재오픈 with a word of its own, and what is forgotten once it is done

A desk that takes a reminder has it for a while and says when it is shown: one that ended in between
costs the agent a moment and no reminder. What is done for long is forgotten, by no desk.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS_BEFORE = "kind IN ('call', 'sms', 'note', 'take_over')"
KINDS = "kind IN ('call', 'sms', 'note', 'take_over', 'reopen')"

_GUARD = """
CREATE OR REPLACE FUNCTION callback_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF NEW.assignee_id <> OLD.assignee_id THEN
        NEW.reminded_for := NULL;
    END IF;{lease}
    IF me IS NULL THEN
        RETURN NEW;
    END IF;
    IF OLD.outcome IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a settled callback stays settled' USING ERRCODE = '42501';
    END IF;
    IF NEW.reminded_for IS DISTINCT FROM OLD.reminded_for AND NEW.reminded_for IS NOT NULL
       AND OLD.assignee_id <> me THEN
        RAISE EXCEPTION 'a reminder is its assignee''s' USING ERRCODE = '42501';
    END IF;{leased}
    IF NEW.outcome IS NOT NULL AND OLD.outcome IS NULL THEN
        NEW.done_at := clock_timestamp();
        NEW.done_by := me;
    END IF;
    RETURN NEW;
END $$;
"""
GUARD_BEFORE = _GUARD.format(lease="", leased="")
# Another time or another agent: whoever was about to tell it tells what is no more.
GUARD = _GUARD.format(
    lease="""
    IF NEW.assignee_id <> OLD.assignee_id OR NEW.due_at <> OLD.due_at THEN
        NEW.reminding_until := NULL;
    END IF;""",
    leased="""
    IF NEW.reminding_until IS DISTINCT FROM OLD.reminding_until
       AND NEW.reminding_until IS NOT NULL AND OLD.assignee_id <> me THEN
        RAISE EXCEPTION 'a reminder is its assignee''s' USING ERRCODE = '42501';
    END IF;""",
)

# Longer than any PC keeps a save that it could not send; a number that was dialled is in its call.
FORGET = """
CREATE FUNCTION forget_what_is_done(most integer)
RETURNS TABLE (receipts bigint, dials bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH receipt AS (
        DELETE FROM save_receipt WHERE save_id IN (
            SELECT save_id FROM save_receipt
            WHERE saved_at < clock_timestamp() - interval '180 days'
            ORDER BY saved_at LIMIT most)
        RETURNING 1
    ), dial AS (
        DELETE FROM dial_request WHERE id IN (
            SELECT id FROM dial_request
            WHERE asked_at < clock_timestamp() - interval '30 days'
            ORDER BY asked_at LIMIT most)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM receipt), (SELECT count(*) FROM dial);
$$;
REVOKE EXECUTE ON FUNCTION forget_what_is_done(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_what_is_done(integer) TO ets_gateway;
"""


def upgrade() -> None:
    op.add_column("callback", sa.Column("reminding_until", sa.DateTime(timezone=True)))
    op.execute(GUARD)
    op.execute("GRANT UPDATE (reminding_until) ON callback TO ets_agent")
    op.drop_constraint("ck_activity_kind", "activity")
    op.create_check_constraint(op.f("ck_activity_kind"), "activity", KINDS)
    # Until now nothing else wrote a note.
    op.execute("UPDATE activity SET kind = 'reopen' WHERE kind = 'note'")
    op.create_index("ix_save_receipt_saved_at", "save_receipt", ["saved_at"])
    op.create_index("ix_dial_request_asked_at", "dial_request", ["asked_at"])
    op.execute(FORGET)


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_what_is_done(integer)")
    op.drop_index("ix_dial_request_asked_at", "dial_request")
    op.drop_index("ix_save_receipt_saved_at", "save_receipt")
    op.execute("UPDATE activity SET kind = 'note' WHERE kind = 'reopen'")
    op.drop_constraint("ck_activity_kind", "activity")
    op.create_check_constraint(op.f("ck_activity_kind"), "activity", KINDS_BEFORE)
    op.execute(GUARD_BEFORE)
    op.drop_column("callback", "reminding_until")
