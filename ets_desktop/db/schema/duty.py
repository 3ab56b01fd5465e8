"""Who sits at which desk in which state, and the tasks that are offered to them (spec 40)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from ets_desktop.db.schema.people import CAUSES, STATES
from ets_desktop.db.schema.record import Id, Record, Stamp, one_of

OUTCOMES = ("taken", "returned", "expired", "put_back", "withdrawn")


class Desk(Record):
    """One row a desk from login to close; `seen_at` is its last beat.

    `logged_off` by a supervisor: it seats nobody any more, and goes like any that falls silent.
    Unlogged: after a crash of the server the desks write their rows again.
    """

    __tablename__ = "desk"
    __table_args__ = (Index("ix_desk_agent_id", "agent_id"), {"prefixes": ["UNLOGGED"]})

    desk_id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    began_at: Mapped[Stamp]
    seen_at: Mapped[Stamp]
    logged_off: Mapped[bool] = mapped_column(server_default="false")


class DutyWatch(Record):
    """One row: when somebody last looked for desks that vanished, and until when all are spared.

    Looked at too late, the database was away: then desks have a while to say that they are there.
    """

    __tablename__ = "duty_watch"
    __table_args__ = (CheckConstraint("one", name="one"),)

    one: Mapped[bool] = mapped_column(primary_key=True, server_default="true")
    watched_at: Mapped[Stamp]
    spare_until: Mapped[datetime] = mapped_column(server_default="-infinity")


class AgentStateChange(Record):
    """Written by trigger and by nothing else; append-only. `changed_by` is NULL when no person
    did it: the telephone, a timer, a desk that vanished."""

    __tablename__ = "agent_state_change"
    __table_args__ = (
        CheckConstraint(one_of("state", *STATES), name="state"),
        CheckConstraint(one_of("cause", *CAUSES), name="cause"),
        Index("ix_agent_state_change_agent_id", "agent_id", "id"),
        Index("ix_agent_state_change_changed_at", "changed_at"),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    old_state: Mapped[str]
    state: Mapped[str]
    cause: Mapped[str]
    changed_at: Mapped[Stamp]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))


class MissedCall(Record):
    """A caller who tried in vain: of one agent, or (a group call) of a team, until handled.

    One open row a caller: `tries` counts the calls, `call_id` is the newest. Kept by triggers.
    """

    __tablename__ = "missed_call"
    __table_args__ = (
        CheckConstraint("(team_id IS NULL) <> (agent_id IS NULL)", name="owner"),
        CheckConstraint("(taken_by IS NULL) = (taken_at IS NULL)", name="taken"),
        Index(
            "uq_missed_call_open",
            "caller_number",
            text("coalesce(team_id, 0)"),
            text("coalesce(agent_id, 0)"),
            unique=True,
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_missed_call_team_id_open", "team_id", postgresql_where=text("done_at IS NULL")),
        Index("ix_missed_call_agent_id_open", "agent_id", postgresql_where=text("done_at IS NULL")),
        Index("ix_missed_call_call_id", "call_id"),
    )

    id: Mapped[Id]
    caller_number: Mapped[str]
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    team_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("team.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    tries: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    since: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class TaskOffer(Record):
    """A task of a team offered to one agent who was 준비; open while `outcome` is NULL.

    One open offer an agent, one a task. `put_back`: the agent left 준비; `withdrawn`: somebody
    else has it, or there is nothing to do any more.
    """

    __tablename__ = "task_offer"
    __table_args__ = (
        CheckConstraint("num_nonnulls(transfer_id, missed_call_id) = 1", name="task"),
        CheckConstraint(one_of("outcome", *OUTCOMES), name="outcome"),
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended_at"),
        Index(
            "uq_task_offer_agent_id_open",
            "agent_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_task_offer_transfer_id_open",
            "transfer_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_task_offer_missed_call_id_open",
            "missed_call_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_task_offer_agent_id", "agent_id", "id"),
        Index("ix_task_offer_missed_call_id", "missed_call_id"),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    transfer_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.id"))
    missed_call_id: Mapped[int | None] = mapped_column(ForeignKey("missed_call.id"))
    offered_at: Mapped[Stamp]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default="")


class AbusiveCall(Record):
    """폭언: the agent marked this call, after so many of the warning sentences; append-only."""

    __tablename__ = "abusive_call"
    __table_args__ = (
        Index("uq_abusive_call_call_id_agent_id", "call_id", "agent_id", unique=True),
        Index("ix_abusive_call_marked_at", "marked_at"),
    )

    id: Mapped[Id]
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    warnings_read: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    marked_at: Mapped[Stamp]
