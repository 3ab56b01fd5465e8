"""Who may accept, return and take back an offer; when it is late; when it is ping-pong."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.domain.transfers import (
    AcceptLimits,
    Offer,
    Person,
    TransferState,
    is_ping_pong,
    refusal_to_answer,
    refusal_to_recall,
    refusal_to_send,
    state_of,
)

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TO_SEVEN = Offer(1, 7, None, TransferState.SENT)
TO_TEAM = Offer(1, None, 4, TransferState.SEEN)
TAKEN = Offer(1, 7, None, TransferState.ACCEPTED)


@pytest.mark.parametrize(
    ("offer", "person", "refusal"),
    [
        (TO_SEVEN, Person(7), None),
        (TO_SEVEN, Person(8), "transfer_not_yours"),
        (TO_SEVEN, Person(1), "transfer_not_yours"),
        (TO_TEAM, Person(8, team_id=4), None),
        (TO_TEAM, Person(8, team_id=5), "transfer_not_yours"),
        (TO_TEAM, Person(8), "transfer_not_yours"),
        (TAKEN, Person(7), "transfer_settled"),
    ],
)
def test_only_the_receiver_answers_and_only_once(
    offer: Offer, person: Person, refusal: str | None
) -> None:
    assert refusal_to_answer(offer, person) == refusal


@pytest.mark.parametrize(
    ("offer", "person", "refusal"),
    [
        (TO_SEVEN, Person(1), None),
        (TO_TEAM, Person(1), None),
        (TO_SEVEN, Person(7), "transfer_not_yours"),
        (TAKEN, Person(1), "transfer_settled"),
    ],
)
def test_only_the_sender_takes_back_and_only_until_it_is_accepted(
    offer: Offer, person: Person, refusal: str | None
) -> None:
    assert refusal_to_recall(offer, person) == refusal


@pytest.mark.parametrize(
    ("agent", "team", "active", "refusal"),
    [
        (7, None, True, None),
        (None, 4, True, None),
        (None, None, True, "needs_receiver"),
        (7, 4, True, "needs_receiver"),
        (1, None, True, "receiver_is_me"),
        (7, None, False, "receiver_inactive"),
    ],
)
def test_the_receiver_is_one_active_and_somebody_else(
    agent: int | None, team: int | None, active: bool, refusal: str | None
) -> None:
    said = refusal_to_send(actor_id=1, to_agent_id=agent, to_team_id=team, receiver_active=active)
    assert said == refusal


@pytest.mark.parametrize(
    ("seen", "accepted", "returned", "recalled", "state"),
    [
        (None, None, None, None, TransferState.SENT),
        (AT, None, None, None, TransferState.SEEN),
        (AT, AT, None, None, TransferState.ACCEPTED),
        (AT, None, AT, None, TransferState.RETURNED),
        (None, None, None, AT, TransferState.RECALLED),
    ],
)
def test_the_times_tell_the_state(
    seen: datetime | None,
    accepted: datetime | None,
    returned: datetime | None,
    recalled: datetime | None,
    state: TransferState,
) -> None:
    said = state_of(seen_at=seen, accepted_at=accepted, returned_at=returned, recalled_at=recalled)
    assert said is state


@pytest.mark.parametrize(
    ("minutes", "to_team", "late"),
    [(29, False, False), (30, False, True), (59, True, False), (60, True, True)],
)
def test_an_offer_is_late_after_half_an_hour_and_at_a_team_after_one(
    minutes: int, to_team: bool, late: bool
) -> None:
    late_at = AcceptLimits().late_at(AT, to_team=to_team)
    assert (AT + timedelta(minutes=minutes) >= late_at) is late


def test_the_house_may_set_other_limits() -> None:
    limits = AcceptLimits(agent=timedelta(minutes=5))
    assert limits.late_at(AT, to_team=False) == AT + timedelta(minutes=5)


def test_the_third_hop_is_ping_pong() -> None:
    assert [is_ping_pong(hop) for hop in (1, 2, 3, 4)] == [False, False, True, True]
