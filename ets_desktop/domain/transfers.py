"""Rules of handing a ticket on (spec 20): an offer, with a way back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: The hop from which a ticket is being passed to and fro, which the supervisor hears of.
PING_PONG_HOP = 3


@dataclass(frozen=True, slots=True)
class AcceptLimits:
    """How long an offer may wait at a person, and at a team (spec 20; settings)."""

    agent: timedelta = timedelta(minutes=30)
    team: timedelta = timedelta(minutes=60)

    def late_at(self, sent_at: datetime, *, to_team: bool) -> datetime:
        """From when an offer nobody accepted is red, and told to the supervisor."""
        return sent_at + (self.team if to_team else self.agent)


LIMITS = AcceptLimits()


class TransferState(StrEnum):
    SENT = "sent"
    SEEN = "seen"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    RECALLED = "recalled"


WAITING = frozenset({TransferState.SENT, TransferState.SEEN})


@dataclass(frozen=True, slots=True)
class Offer:
    """One hop as the rules see it: exactly one of `to_agent_id` and `to_team_id` is set."""

    from_agent_id: int
    to_agent_id: int | None
    to_team_id: int | None
    state: TransferState


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: an agent and the team the agent belongs to, if any."""

    agent_id: int
    team_id: int | None = None


def state_of(
    *,
    seen_at: datetime | None,
    accepted_at: datetime | None,
    returned_at: datetime | None,
    recalled_at: datetime | None,
) -> TransferState:
    """What became of an offer, by the times the database keeps of it."""
    if accepted_at is not None:
        return TransferState.ACCEPTED
    if returned_at is not None:
        return TransferState.RETURNED
    if recalled_at is not None:
        return TransferState.RECALLED
    return TransferState.SENT if seen_at is None else TransferState.SEEN


def is_offered_to(offer: Offer, person: Person) -> bool:
    """True for the receiver, and for every member of a receiving team."""
    if offer.to_agent_id is not None:
        return offer.to_agent_id == person.agent_id
    return person.team_id is not None and offer.to_team_id == person.team_id


def refusal_to_answer(offer: Offer, person: Person) -> str | None:
    """The error code why `person` may neither accept nor return `offer`; None when they may."""
    if offer.state not in WAITING:
        return "transfer_settled"
    return None if is_offered_to(offer, person) else "transfer_not_yours"


def refusal_to_recall(offer: Offer, person: Person) -> str | None:
    """The error code why `person` may not take `offer` back; None until it is accepted."""
    if offer.state not in WAITING:
        return "transfer_settled"
    return None if offer.from_agent_id == person.agent_id else "transfer_not_yours"


def refusal_to_send(
    *, actor_id: int, to_agent_id: int | None, to_team_id: int | None, receiver_active: bool
) -> str | None:
    """Why 이관처리 refuses, as an error code: 이관담당자 is one, active, and not me."""
    if (to_agent_id is None) == (to_team_id is None):
        return "needs_receiver"
    if to_agent_id == actor_id:
        return "receiver_is_me"
    return None if receiver_active else "receiver_inactive"


def is_ping_pong(hop: int) -> bool:
    """The third hop of one ticket and every later one (`hop` counts from 1)."""
    return hop >= PING_PONG_HOP
