"""phrases an agent writes with one key (상용구): agents read them, an admin writes them"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TYPES = (
    "ticket_type IN ('general', 'delivery', 'return', 'exchange', 'after_service', 'cancel',"
    " 'complaint', 'other')"
)

GUARD = """
CREATE FUNCTION template_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me bigint := current_agent_id();
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := clock_timestamp();
        NEW.created_by := coalesce(me, NEW.created_by);
    END IF;
    NEW.updated_at := clock_timestamp();
    NEW.updated_by := coalesce(me, NEW.updated_by);
    RETURN NEW;
END $$;
CREATE TRIGGER template_guard BEFORE INSERT OR UPDATE ON template
    FOR EACH ROW EXECUTE FUNCTION template_guard();
"""

TOLD = """
CREATE FUNCTION template_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ets_change', 'templates');
    RETURN NULL;
END $$;
CREATE TRIGGER template_told AFTER INSERT OR UPDATE OR DELETE ON template
    FOR EACH STATEMENT EXECUTE FUNCTION template_told();
"""

GRANTS = """
GRANT SELECT ON template TO ets_agent;
GRANT INSERT (title, body, ticket_type, sort, active) ON template TO ets_admin;
GRANT UPDATE (title, body, ticket_type, sort, active) ON template TO ets_admin;
GRANT DELETE ON template TO ets_admin;
"""


def upgrade() -> None:
    op.create_table(
        "template",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("ticket_type", sa.String(), nullable=True),
        sa.Column("sort", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        _stamp("created_at"),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        _stamp("updated_at"),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "btrim(title) <> '' AND char_length(title) <= 100", name=op.f("ck_template_title")
        ),
        sa.CheckConstraint(
            "btrim(body) <> '' AND char_length(body) <= 2000", name=op.f("ck_template_body")
        ),
        sa.CheckConstraint(TYPES, name=op.f("ck_template_ticket_type")),
        sa.ForeignKeyConstraint(["created_by"], ["agent.id"], name=op.f("fk_template_created_by")),
        sa.ForeignKeyConstraint(["updated_by"], ["agent.id"], name=op.f("fk_template_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        # Two of one title could not be told apart in the list.
        sa.UniqueConstraint("title", name=op.f("uq_template_title")),
    )
    op.execute(GUARD)
    op.execute(TOLD)
    op.execute(GRANTS)


def _stamp(name: str) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        server_default=sa.text("clock_timestamp()"),
        nullable=False,
    )


def downgrade() -> None:
    op.drop_table("template")
    op.execute("DROP FUNCTION template_told()")
    op.execute("DROP FUNCTION template_guard()")
