"""what 전체상담이력 searches by

Two letters of Hangul have no trigram, and people put blanks where they like: contents are found by
their pairs of letters without blanks, which serve longer words as well. Functions, because an index
takes immutable expressions only; the searches use the same (queries/ticket_search).
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# The unit separator keeps the end of a title and the beginning of a content apart.
WORDS = r"""
CREATE FUNCTION ticket_words(title text, content text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(lower(title || E'\x1f' || content), E' \t\r\n\u00a0\u3000', '')
$$;
"""

# Dear, for it must not be worked out for row after row where the index answers; nor by parallel
# workers, for starting these takes longer than most searches.
LETTER_PAIRS = """
CREATE FUNCTION letter_pairs(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL RESTRICTED COST 1000 AS $$
    SELECT coalesce(array_agg(pair) FILTER (WHERE pair IS NOT NULL), '{}') FROM (
        SELECT letter || lead(letter) OVER (ORDER BY place) AS pair
        FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS letters(letter, place)
    ) pairs
$$;
"""

FOLDED = """
CREATE FUNCTION folded(tags text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT lower(tag) FROM unnest(tags) AS tag)
$$;
"""

# A small list of what is still to be sorted in: a search reads all of it, and one save in many
# sorts it in.
INDEXES = (
    "CREATE INDEX ix_ticket_words ON ticket USING gin (letter_pairs(ticket_words(title, content)))"
    " WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX ix_ticket_tags ON ticket USING gin (folded(tags))"
    " WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX ix_ticket_caller_last4 ON ticket (right(caller_number, 4), created_at DESC)"
    " WHERE caller_number IS NOT NULL",
    "CREATE INDEX ix_ticket_assignee_id ON ticket (assignee_id, created_at DESC, id DESC)",
    "CREATE INDEX ix_ticket_assignee_team_id ON ticket"
    " (assignee_team_id, created_at DESC, id DESC) WHERE assignee_team_id IS NOT NULL",
    "CREATE INDEX ix_ticket_status ON ticket (status, created_at DESC, id DESC)"
    " WHERE status <> 'completed'",
    "CREATE INDEX ix_ticket_ticket_type ON ticket (ticket_type, created_at DESC, id DESC)",
)


def upgrade() -> None:
    for statement in (WORDS, LETTER_PAIRS, FOLDED, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    for statement in reversed(INDEXES):
        op.execute(f"DROP INDEX {statement.split()[2]}")
    op.execute("DROP FUNCTION folded(text[])")
    op.execute("DROP FUNCTION letter_pairs(text)")
    op.execute("DROP FUNCTION ticket_words(text, text)")
