"""Teams and agents: who works here, on which extension, in which role."""

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

ROLES = ("agent", "supervisor", "admin", "technician", "warehouse")
STATES = (
    "ready",
    "on_call",
    "wrap_up",
    "rest",
    "meal",
    "training",
    "protected_rest",
    "not_ready",
    "logged_out",
)
#: Why a state is what it is (domain/agent_states.py).
CAUSES = (
    "chosen",
    "forced",
    "call",
    "timer",
    "not_taken",
    "pbx",
    "signed_in",
    "signed_out",
    "desk_gone",
)

#: What happens to somebody's rights.
CHANGES = (
    "added",
    "role",
    "extension",
    "team",
    "name",
    "login",
    "password",
    "disabled",
    "enabled",
    "sessions_ended",
)


class Team(Record):
    __tablename__ = "team"

    id: Mapped[int] = mapped_column(SmallInteger, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(server_default="true")


class Agent(Record):
    """A person with a PostgreSQL login of the same name (spec 80).

    `state_after` is what follows the call under way, NULL: 후처리. No login writes a state itself,
    see the functions of migration 0015.
    """

    __tablename__ = "agent"
    __table_args__ = (
        CheckConstraint(one_of("role", *ROLES), name="role"),
        CheckConstraint(one_of("state", *STATES), name="state"),
        CheckConstraint(one_of("state_after", *STATES), name="state_after"),
        CheckConstraint(one_of("state_cause", *CAUSES), name="state_cause"),
    )

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    extension: Mapped[str | None] = mapped_column(unique=True)
    team_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("team.id"))
    role: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default="true")
    state: Mapped[str] = mapped_column(server_default="logged_out")
    state_since: Mapped[Stamp]
    state_after: Mapped[str | None]
    state_cause: Mapped[str] = mapped_column(server_default="signed_out")
    created_at: Mapped[Stamp]


class RightsChange(Record):
    """Who gave whom which right or took it, when, from where and why (spec 80); only added to.

    Written by triggers and guarded functions alone; `subject` is a login, of agents or services.
    """

    __tablename__ = "rights_change"
    __table_args__ = (
        CheckConstraint(one_of("change", *CHANGES), name="change"),
        Index("ix_rights_change_at", text("at DESC"), text("id DESC")),
        Index("ix_rights_change_subject", "subject", text("id DESC")),
    )

    id: Mapped[Id]
    at: Mapped[Stamp]
    login: Mapped[str] = mapped_column(server_default=text("SESSION_USER"))
    address: Mapped[str | None] = mapped_column(INET, server_default=func.inet_client_addr())
    subject: Mapped[str]
    change: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default="")
